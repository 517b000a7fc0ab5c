// The entry screen put together: rows and cells, what is typed, what is opened.
"use strict";

if (window.entryScreen) {
  const screen = entryScreen;
  const { table, rows, data } = screen;

  screen.status = new EntryStatus();
  screen.details = new EntryDetails(table, data);
  for (const element of table.querySelectorAll("[data-row]")) {
    rows.set(element, new EntryRow(element));
  }
  screen.allCells.push(...[...rows.values()].flatMap((row) => Object.values(row.cells)));
  screen.filters = new EntryFilters();
  screen.keys = new EntryKeys();

  // Take what stands in a cell's field as what is meant.
  screen.commit = (target) => {
    const cell = screen.cellOf(target);
    if (!cell || target !== cell.input) return;
    const known = cell.patch?.text ?? cell.sent?.text ?? cell.saved_text;
    if (cell.typed !== known) cell.keep({ text: cell.typed });
    else if (cell.wrong) {
      cell.forget();
      cell.row.closeMessage(cell);
    }
  };

  table.addEventListener("input", (event) => {
    const cell = screen.cellOf(event.target);
    if (cell && event.target === cell.input) cell.row.preview();
  });
  table.addEventListener("change", (event) => screen.commit(event.target));
  table.addEventListener("focusin", (event) => {
    const cell = screen.cellOf(event.target);
    if (!cell || event.target !== cell.input) return;
    cell.input.select();
    screen.tell("cell:focused", { cell });
  });
  table.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (!opener) return;
    screen.details.open(rows.get(opener.closest("tr")), "actual", opener.dataset.open);
  });
}
