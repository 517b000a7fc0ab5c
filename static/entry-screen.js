// What the scripts of the entry screen share: `entryScreen`, null on a page without a table.
// It tells what happens by events on the table: "cell:focused" {cell}, "cell:answered"
// {cell, answer} after a save, "cell:conflict" {cell, answer} when somebody else was faster.
"use strict";

window.entryScreen = (() => {
  const table = document.getElementById("entry");
  if (!table) return null;
  const data = JSON.parse(document.getElementById("entry-data").textContent);
  return {
    table,
    data,
    words: data.words,
    language: data.language,
    rows: new Map(), // element of the row → EntryRow
    allCells: [],
    companions: [], // fn(cell, change) → what else is saved with the change

    say: (pattern, value) => pattern.replace("{}", () => value),

    tell(name, detail) {
      table.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
    },

    // The cell an element is in, or undefined.
    cellOf(target) {
      const place = target.closest?.("[data-side]");
      return this.rows.get(target.closest?.("[data-row]"))?.cells[place?.dataset.side];
    },

    // The row and side under their names: cellAt("TRADE.TOTAL", "actual").
    cellAt(code, side) {
      const element = table.querySelector(`[data-row="${CSS.escape(code)}"]`);
      return this.rows.get(element)?.cells[side];
    },

    // Bring a cell into sight, whatever is filtered, and put the cursor into it.
    show(cell) {
      this.filters?.reveal(cell.row);
      const target = cell.input ?? cell.row.element.querySelector("button");
      target?.focus();
      target?.select?.();
      cell.place.scrollIntoView({ block: "nearest" });
    },
  };
})();
