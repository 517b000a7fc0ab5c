// Only some of the rows: those with empty cells.
"use strict";

class EntryFilters {
  constructor() {
    this.button = document.getElementById("only-empty");
    this.button?.addEventListener("click", () => {
      const on = this.button.getAttribute("aria-pressed") !== "true";
      this.button.setAttribute("aria-pressed", String(on));
      this.apply(on);
    });
  }

  apply(on) {
    entryScreen.details.close();
    for (const row of entryScreen.rows.values()) {
      const open = Object.values(row.cells).filter((cell) => cell.is_open);
      const asked = row.cells.actual.is_open ? [row.cells.actual] : open;
      row.element.hidden = on && !asked.some((cell) => cell.typed === "");
    }
    this.hideEmptyGroups();
  }

  // A row that is asked for is shown, whatever the filters.
  reveal(row) {
    if (!row.element.hidden) return;
    row.element.hidden = false;
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
