// Eleven months + estimated December = the year: three linked cells below the row. The
// server settles them; beside each stands whether it was typed or computed.
"use strict";

class EntryParts {
  static FIELDS = ["eleven_months", "december_estimate"];

  constructor() {
    const { table, rows } = entryScreen;
    this.cell = null;
    this.element = null;
    for (const row of rows.values()) this.addOpener(row);
    table.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-parts]");
      if (opener) this.toggle(rows.get(opener.closest("tr")).cells.actual);
    });
    table.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.ctrlKey) return;
      const row = rows.get(event.target.closest("tr[data-row]"));
      if (!EntryParts.has(row)) return;
      event.preventDefault();
      this.toggle(row.cells.actual);
    });
    table.addEventListener("cell:answered", ({ detail: { cell } }) => {
      this.mark(cell);
      if (cell === this.cell) this.fill();
    });
  }

  static has(row) {
    return Boolean(row?.rule.parts && row.cells.actual.is_open);
  }

  addOpener(row) {
    if (!EntryParts.has(row)) return;
    const opener = document.createElement("button");
    opener.type = "button";
    opener.className = "parts-opener";
    opener.dataset.parts = "";
    opener.tabIndex = -1;
    opener.textContent = "11+1";
    opener.title = entryScreen.words.parts.open;
    opener.setAttribute("aria-label", `${row.name}: ${entryScreen.words.parts.open}`);
    row.element.querySelector(".c-unit").append(opener);
    this.mark(row.cells.actual);
  }

  // A year made of its parts shows it before anybody opens them.
  mark(cell) {
    if (cell.side !== "actual") return;
    const opener = cell.row.element.querySelector("[data-parts]");
    opener?.toggleAttribute("data-known", Boolean(cell.saved.eleven_months));
  }

  toggle(cell) {
    const again = cell === this.cell;
    this.close();
    if (again) return entryScreen.show(cell);
    this.open(cell);
  }

  open(cell, field = "eleven_months") {
    this.close();
    this.cell = cell;
    const { row } = cell;
    this.element = document.createElement("tr");
    this.element.className = "parts-row";
    const place = document.createElement("td");
    place.colSpan = row.element.cells.length;
    place.append(document.getElementById("parts-line").content.cloneNode(true));
    this.element.append(place);
    row.element.after(this.element);
    row.element.classList.add("is-open");
    this.element.addEventListener("input", (event) => this.typed(event.target));
    this.element.addEventListener("change", (event) => this.changed(event.target));
    this.element.addEventListener("keydown", (event) => this.pressed(event));
    this.element.querySelector("[data-close]").addEventListener("click", () => this.leave());
    this.offer(this.element.querySelector("[data-take]"));
    this.fill();
    this.element.scrollIntoView({ block: "nearest" });
    this.field(field).focus();
    this.field(field).select();
  }

  close() {
    this.cell?.row.element.classList.remove("is-open");
    this.element?.remove();
    this.cell = this.element = null;
  }

  leave() {
    const { cell } = this;
    this.close();
    entryScreen.show(cell);
  }

  field(part) {
    return this.element.querySelector(`[data-field="${part}"]`);
  }

  // What the year to date of eleven months says, where somebody entered it.
  offer(button) {
    const { eleven } = this.cell.row.rule;
    if (!eleven) return;
    button.hidden = false;
    button.textContent = entryScreen.say(entryScreen.words.parts.take, eleven);
    button.addEventListener("click", () => {
      this.field("eleven_months").value = eleven;
      this.changed(this.field("eleven_months"));
    });
  }

  fill() {
    const { saved, draft, refused, patch, typing } = this.cell;
    const { words } = entryScreen;
    const held = { ...saved, ...draft, ...refused, ...patch, ...typing };
    const is_known = Boolean(saved.eleven_months);
    const computed = saved.computed_part || "year";
    for (const part of [...EntryParts.FIELDS, "text"]) {
      const field = this.field(part);
      const is_computed = is_known && part === (computed === "year" ? "text" : computed);
      const shown = held[part] ?? "";
      if (field.value !== shown) {
        field.value = shown;
        if (field === document.activeElement) field.select(); // the next key replaces what came late
      }
      field.classList.toggle("is-computed", is_computed);
      const how = field.parentElement.querySelector("[data-how]");
      how.textContent = !is_known ? "" : is_computed ? words.parts.computed : words.parts.typed;
    }
    this.say("");
  }

  say(text) {
    this.element.querySelector("[data-said]").textContent = text;
  }

  typed(field) {
    const { cell } = this;
    if (!field.dataset.field) return;
    if (field.dataset.field === "text") cell.input.value = field.value;
    cell.type(field.dataset.field, field.value.trim());
    cell.row.preview();
  }

  // Of the three, two make the third: one alone waits for another.
  changed(field) {
    const { cell } = this;
    const part = field.dataset.field;
    if (!part) return;
    const text = field.value.trim();
    if (part === "text") return cell.commit();
    const other = EntryParts.FIELDS.find((name) => name !== part);
    const has_year = cell.saved.value !== undefined;
    const beside = cell.draft[other] ? { [other]: cell.draft[other] } : {};
    if (has_year || beside[other] || !text) {
      cell.keep({ ...beside, [part]: text });
    } else {
      cell.draft[part] = text;
      delete cell.typing[part];
      cell.changed();
      this.say(entryScreen.words.parts.waits);
    }
  }

  pressed(event) {
    if (event.key === "Escape" || (event.key === "Enter" && event.ctrlKey)) {
      event.preventDefault();
      event.stopPropagation();
      event.target.blur(); // what is typed is kept
      this.leave();
    } else if (event.key === "Enter" && event.target.matches("[data-field]")) {
      event.preventDefault();
      const fields = [...this.element.querySelectorAll("[data-field]")];
      const next = fields[fields.indexOf(event.target) + 1];
      if (next) {
        next.focus();
        next.select();
      } else {
        event.target.blur();
        this.leave();
      }
    }
  }
}

if (window.entryScreen) entryScreen.parts = new EntryParts();
