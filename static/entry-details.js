// What belongs to a number besides the number: state, certainty, qualifier, source, note.
// One drawer below the row; plan and actual each have their own.
"use strict";

class EntryDetails {
  constructor(table, data) {
    this.table = table;
    this.data = data;
    this.row = null;
    this.element = null;
  }

  open(row, side, field) {
    if (field === "eleven_months" || field === "december_estimate") {
      entryScreen.parts.open(row.cells[side], field);
      return;
    }
    const again = this.row === row && field === null;
    this.close();
    if (!row || again) return;
    this.row = row;
    this.element = document.createElement("tr");
    this.element.className = "details-row";
    const place = document.createElement("td");
    place.colSpan = row.element.cells.length;
    place.append(document.getElementById("details-form").content.cloneNode(true));
    this.element.append(place);
    place.querySelector("[data-name]").textContent = row.name;
    place.querySelector("[data-owner]").textContent = this.data.owners[row.code];
    const sides = place.querySelector(".details-sides");
    for (const cell of Object.values(row.cells)) {
      if (cell.is_open) sides.append(this.sideOf(cell));
    }
    row.element.after(this.element);
    row.element.classList.add("is-open");
    htmx.process(this.element);
    place.querySelector("[data-close]").addEventListener("click", () => this.leave(side));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.leave(side);
    });
    const shown = place.querySelector(`[data-of="${side}"]`) ?? place.querySelector("[data-of]");
    this.element.scrollIntoView({ block: "nearest" });
    const wanted = field === "source" ? "[data-source-search]" : `[data-field="${field ?? "mark"}"]`;
    shown?.querySelector(wanted)?.focus();
  }

  leave(side) {
    const row = this.row;
    this.close();
    (row.cells[side].input ?? row.element.querySelector("input, button"))?.focus();
  }

  close() {
    this.row?.element.classList.remove("is-open");
    this.element?.remove();
    this.row = this.element = null;
  }

  sideOf(cell) {
    const clone = document.getElementById("details-side").content.cloneNode(true);
    const form = clone.querySelector("fieldset");
    form.dataset.of = cell.side;
    form.querySelector("legend").textContent = cell.place.dataset.l;
    for (const part of form.querySelectorAll("[data-only]")) {
      if (part.dataset.only !== cell.side) part.remove();
    }
    this.fill(form, cell);
    form.addEventListener("change", (event) => this.changed(form, cell, event.target));
    form.addEventListener("click", (event) => this.clicked(form, cell, event.target));
    return clone;
  }

  fill(form, cell) {
    const held = { ...cell.saved, ...cell.draft, ...cell.patch };
    for (const control of form.querySelectorAll("[data-field]")) {
      const field = control.dataset.field;
      if (control === document.activeElement && control.tagName !== "SELECT") continue;
      control.value = field === "mark" ? this.markOf(cell) : (held[field] ?? "");
    }
    const { words } = this.data;
    form.querySelector("[data-chosen]").textContent = held.source_label || words.noSource;
    form.querySelector("[data-no-source]").hidden = !held.source;
    form.querySelector("[data-open-source]").hidden = !held.source;
    form.querySelector("[data-history]").hidden = !cell.saved.figure;
    const opener = form.querySelector("[data-open-parts]");
    if (opener) opener.hidden = !cell.row.rule.parts;
    entryScreen.hints.listExplained(form.querySelector("[data-explained]"), cell);
    const waits = Object.keys(cell.draft).length > 0;
    form.querySelector(".details-hint").textContent = waits ? words.withNumber : "";
  }

  markOf(cell) {
    const marks = Object.values(this.data.marks);
    return marks.includes(cell.typed) ? cell.typed : "";
  }

  refresh(cell) {
    const form = this.row === cell.row && this.element.querySelector(`[data-of="${cell.side}"]`);
    if (form) this.fill(form, cell);
  }

  changed(form, cell, control) {
    const field = control.dataset.field;
    if (!field) return;
    if (field === "mark") {
      if (control.value) cell.input.value = control.value;
      else if (this.markOf(cell)) cell.input.value = "";
      cell.keep({ text: cell.typed });
    } else {
      cell.keep({ [field]: control.value.trim() });
    }
    cell.row.preview();
    this.fill(form, cell);
  }

  clicked(form, cell, target) {
    const choice = target.closest("[data-source]");
    if (choice) this.choose(form, cell, choice.dataset.source, choice.textContent);
    if (target.closest("[data-no-source]")) this.choose(form, cell, "", "");
    if (target.closest("[data-open-parts]")) {
      this.close();
      entryScreen.parts.open(cell);
    }
    if (target.closest("[data-history]")) {
      const address = this.table.dataset.figure.replace("/0/", `/${cell.saved.figure}/`);
      htmx.ajax("GET", address, { target: "#source-panel-body", source: target });
    }
  }

  choose(form, cell, source, label) {
    const sent = cell.keep({ source });
    if (!sent) cell.draft.source_label = label;
    form.querySelector(".source-choices").replaceChildren();
    form.querySelector("[data-source-search]").value = "";
    form.querySelector("[data-chosen]").textContent = label || this.data.words.noSource;
  }
}
