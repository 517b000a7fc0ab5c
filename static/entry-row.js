// One row: its two cells, what is computed from them, and the messages below it.
"use strict";

class EntryRow {
  constructor(element) {
    this.element = element;
    this.code = element.dataset.row;
    this.rule = entryScreen.data.rules[this.code];
    this.cells = {};
    for (const place of element.querySelectorAll("[data-side]")) {
      this.cells[place.dataset.side] = new EntryCell(this, place);
    }
  }

  get name() {
    return this.element.querySelector(".c-name").firstChild.textContent;
  }

  preview() {
    const { data, language } = entryScreen;
    const actual = this.cells.actual.number;
    const reached = this.reachedWith(actual);
    const ratio = this.rule.ratio
      ? EntryPreview.planRatio(reached, this.cells.plan.number, language)
      : "";
    const both_rough = this.rule.rough && this.cells.actual.is_rough;
    const change = EntryPreview.change(both_rough ? null : actual, this.rule, data, language);
    this.showOutcome({
      plan_ratio: ratio,
      change: change.text,
      tone: change.tone,
      reached: reached === null ? "" : EntryPreview.format(reached, EntryPreview.DECIMALS, language),
    });
  }

  // What of the year is done: beside a single month, with the months before it.
  reachedWith(actual) {
    if (!("before" in this.rule) || actual === null) return actual;
    const before = EntryPreview.fromPlain(this.rule.before);
    return before === null ? null : before + actual;
  }

  showOutcome({ plan_ratio, change, tone, reached }) {
    this.element.querySelector(".c-ratio").textContent = plan_ratio;
    const place = this.element.querySelector(".c-change");
    place.textContent = change;
    place.className = `c-change change-${tone}`;
    const sum = this.element.querySelector(".c-reached");
    if (sum && reached !== undefined) sum.textContent = reached;
  }

  // Certainty, qualifier, source and note of the actual; the marks of either cell.
  showCell(cell) {
    const { saved } = cell;
    const { labels } = entryScreen.data;
    const word = labels.precision[saved.precision] ?? "";
    const inferred = saved.inferred ? " (*)" : "";
    cell.place.querySelector(".cell-mark").textContent =
      (cell.side === "plan" ? word : "") + inferred;
    this.showRemark(cell);
    if (cell.side === "plan") return;
    const texts = {
      status: [labels.status[saved.status] ?? ""],
      precision: [word],
      source: [saved.source_short ?? "", saved.source_label],
      note: [saved.note ?? "", saved.note],
    };
    for (const [field, [text, title]] of Object.entries(texts)) {
      const button = this.element.querySelector(`[data-open="${field}"]`);
      if (!button) continue;
      button.textContent = text;
      if (title) button.title = title;
    }
  }

  // A cell that was given back, or asked about: a quiet mark, and its text for every reader.
  showRemark(cell) {
    const { remark } = cell.saved;
    cell.place.querySelector(".cell-remark")?.remove();
    cell.remark = null;
    if (remark) {
      const kind = entryScreen.words.remarks[remark.kind] ?? "";
      const where = [remark.who, remark.when].filter(Boolean).join(", ");
      cell.remark = document.createElement("span");
      cell.remark.className = "cell-remark";
      cell.remark.id = `remark-${this.code}-${cell.side}`;
      cell.remark.dataset.kind = remark.kind;
      cell.remark.textContent = `${kind}: ${remark.text}${where && ` (${where})`}`;
      cell.place.append(cell.remark);
    }
    cell.place.title = cell.remark?.textContent ?? "";
    cell.describe();
  }

  // Say something below the row. A cell has one message of each id: the refusal or
  // question of its save ("save"), and whatever others have to say of it.
  // buttons: [label, act, stays]; while focus is in the message, Escape leads back.
  openMessage(cell, text, buttons = [], { id = "save", tone = "" } = {}) {
    this.closeMessage(cell, id);
    const place = document.createElement("tr");
    place.className = "message-row";
    place.dataset.side = cell.side;
    place.dataset.message = id;
    const inside = document.createElement("td");
    inside.colSpan = this.element.cells.length;
    const box = document.createElement("div");
    box.className = "cell-message";
    box.dataset.tone = tone;
    box.setAttribute("role", tone ? "status" : "alert");
    const said = document.createElement("p");
    said.id = `message-${this.code}-${cell.side}-${id}`;
    said.textContent = text;
    box.append(said, ...buttons.map((button) => this.buttonOf(cell, id, button)));
    inside.append(box);
    place.append(inside);
    place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") entryScreen.show(cell);
    });
    [...Object.values(cell.messages), this.element].at(0).after(place);
    cell.messages = { [id]: place, ...cell.messages };
    cell.describe();
    place.scrollIntoView({ block: "nearest" });
    return place;
  }

  buttonOf(cell, id, [label, act, stays]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = label;
    button.addEventListener("click", () => {
      if (!stays) this.closeMessage(cell, id);
      cell.input?.focus();
      act();
    });
    return button;
  }

  closeMessage(cell, id = "save") {
    cell.messages[id]?.remove();
    delete cell.messages[id];
    cell.describe();
  }
}
