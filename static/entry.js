// The entry screen put together: rows and cells, what is typed, what is opened.
"use strict";

if (window.entryScreen) {
  const screen = entryScreen;
  const { table, rows, data } = screen;

  screen.store = new EntryStore(data.person, table.dataset.save);
  screen.status = new EntryStatus();
  screen.history = new EntryHistory();
  screen.details = new EntryDetails(table, data);
  for (const element of table.querySelectorAll("[data-row]")) {
    rows.set(element, new EntryRow(element));
  }
  screen.allCells.push(...[...rows.values()].flatMap((row) => Object.values(row.cells)));
  for (const cell of screen.allCells) cell.row.showRemark(cell);
  screen.filters = new EntryFilters();
  screen.keys = new EntryKeys();
  screen.tabs = new EntryTabs(data.person, table.dataset.save);

  let told = null; // the cell whose remark stands below its row, while the cursor is there

  // The cell or the field of the drawer something is typed into.
  const typedInto = (target) => {
    const cell = screen.cellOf(target);
    if (cell && target === cell.input) return { cell, field: "text" };
    const side = target.closest(".details-side[data-of]")?.dataset.of;
    const drawn = side && screen.details.row?.cells[side];
    return { cell: drawn, field: target.dataset.field };
  };

  table.addEventListener("input", ({ target }) => {
    const { cell, field } = typedInto(target);
    if (!cell || !field || field === "mark") return;
    cell.type(field, target.value.trim());
    if (field === "text") cell.row.preview();
  });
  const leave = ({ target }) => {
    const cell = screen.cellOf(target);
    if (cell && target === cell.input) cell.commit();
  };
  table.addEventListener("change", leave);
  table.addEventListener("focusout", leave);
  table.addEventListener("focusin", ({ target }) => {
    const cell = screen.cellOf(target);
    if (!cell || target !== cell.input) return;
    cell.input.select();
    screen.tell("cell:focused", { cell });
  });
  table.addEventListener("cell:focused", ({ detail: { cell } }) => {
    const { remark, row } = cell;
    if (told && told !== cell) told.row.closeMessage(told, "remark");
    told = remark ? cell : null;
    if (remark) row.openMessage(cell, remark.textContent, [], { id: "remark", tone: "quiet" });
  });
  table.addEventListener("click", ({ target }) => {
    const opener = target.closest("[data-open]");
    if (!opener) return;
    screen.details.open(rows.get(opener.closest("tr")), "actual", opener.dataset.open);
  });

  screen.store.start((key, kept) => {
    const cell = screen.cellAt(...key.split(" "));
    const is_back = cell?.restore(kept) ?? false;
    if (is_back && cell.is_restored) screen.show(cell);
    return is_back;
  });
}
