// Only some of the rows: with empty cells, with returned cells, with cells that are mine.
"use strict";

class EntryFilters {
  static ASKS = {
    // A row owes its actual; its plan only while the actual cannot be entered yet.
    empty: (cell) =>
      cell.is_open &&
      cell.typed === "" &&
      (cell.side === "actual" || !cell.row.cells.actual.is_open),
    returned: (cell) => Boolean(cell.saved.remark),
    mine: (cell) => cell.is_open,
  };

  constructor() {
    this.buttons = [...document.querySelectorAll("[data-filter]")];
    this.keyed = new Map();
    this.none = document.getElementById("no-rows");
    for (const button of this.buttons) {
      this.keyed.set(button.getAttribute("aria-keyshortcuts"), button);
      button.addEventListener("click", () => this.toggle(button));
    }
  }

  get pressed() {
    return this.buttons.filter((button) => button.getAttribute("aria-pressed") === "true");
  }

  toggle(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    this.apply();
  }

  // A row stays when one of its cells is all that is asked for.
  apply() {
    const focused = document.activeElement;
    const asked = this.pressed.map((button) => EntryFilters.ASKS[button.dataset.filter]);
    entryScreen.details.close();
    for (const row of entryScreen.rows.values()) {
      const cells = Object.values(row.cells);
      const fits = !asked.length || cells.some((cell) => asked.every((ask) => ask(cell)));
      this.setHidden(row, !fits);
    }
    this.hideEmptyGroups();
    const first = [...entryScreen.rows.values()].find((row) => !row.element.hidden);
    if (this.none) this.none.hidden = Boolean(first);
    if (entryScreen.table.contains(focused)) this.keepFocus(focused, first);
  }

  // Whoever comes to fill what is asked for begins in its first cell.
  toFirst() {
    const asked = this.pressed.map((button) => EntryFilters.ASKS[button.dataset.filter]);
    const cells = [...entryScreen.rows.values()].flatMap((row) => Object.values(row.cells));
    const first = cells.find((cell) => asked.every((ask) => ask(cell)));
    if (first) entryScreen.show(first);
  }

  // The cursor stays where it was, else goes to the first row that is left.
  keepFocus(focused, first) {
    const target = focused.isConnected && focused.getClientRects().length ? focused : null;
    const place = target ?? first?.element.querySelector("input, button") ?? this.pressed[0];
    place?.focus();
    place?.scrollIntoView({ block: "nearest" });
  }

  setHidden(row, hidden) {
    row.element.hidden = hidden;
    for (const cell of Object.values(row.cells)) {
      for (const message of Object.values(cell.messages)) message.hidden = hidden;
    }
  }

  // A row that is asked for is shown, whatever the filters.
  reveal(row) {
    if (!row.element.hidden) return;
    this.setHidden(row, false);
    this.hideEmptyGroups();
  }

  hideEmptyGroups() {
    for (const group of entryScreen.table.querySelectorAll("tr.group")) {
      let next = group.nextElementSibling;
      while (next && !next.matches("tr.group") && next.hidden) next = next.nextElementSibling;
      group.hidden = !next || next.matches("tr.group");
    }
  }
}
