// A block out of a spreadsheet pasted into the entry table of turnover: shown first, then
// filled in, all of it or nothing. Saving stays with the form.
"use strict";

class TurnoverBlock {
  constructor(table) {
    this.of = table; // TurnoverTable
    this.words = table.table.dataset;
    this.diff = new BlockDiff(document.getElementById("block-dialog"), () => this.fill());
    table.table.addEventListener("paste", (event) => this.pasted(event));
    table.table.addEventListener("keydown", (event) => this.undo(event));
    this.diff.dialog.addEventListener("close", () => this.from.focus());
  }

  pasted(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!this.of.isCell(event.target) || !BlockDiff.isBlock(text)) return;
    event.preventDefault();
    this.from = event.target;
    const lines = text.replaceAll("\r", "").replace(/\n+$/, "").split("\n");
    this.diff.open();
    try {
      this.lay(lines.map((line) => line.split("\t").map((cell) => cell.trim())));
    } catch (refusal) {
      if (!(refusal instanceof RangeError)) throw refusal;
      this.diff.fail(refusal.message);
    }
  }

  // Lines that begin with the name of a gate go there; else they go down from the cursor.
  lay(lines) {
    const is_named = lines.some(([first]) => /\p{Letter}/u.test(first));
    const rows = this.of.rows;
    const at = rows.indexOf(this.from.closest("tr"));
    const column = Number(this.from.parentElement.dataset.flow);
    if (!is_named && at + lines.length > rows.length) throw new RangeError(this.words.tooLong);
    const met = lines.map((line, down) => {
      const row = is_named ? this.rowOf(line[0]) : rows[at + down];
      return this.compare(row, is_named ? line.slice(1) : line, column, line[0]);
    });
    this.changes = met.flatMap((row) => row.changes);
    const told = met.filter((row) => row.cells.length + row.faults.length);
    const is_good = told.every((row) => row.faults.length === 0);
    this.diff.show(told, "", is_good ? this.changes.length : 0);
    if (!told.length) this.diff.fail(this.words.nothing);
  }

  compare(row, values, column, name) {
    if (!row) return { title: name, cells: [], faults: [["", this.words.noGate]], changes: [] };
    const found = { title: this.nameOf(row), cells: [], faults: [], changes: [] };
    values.forEach((value, across) => {
      if (!value) return; // an empty cell of the block changes nothing
      const place = row.querySelector(`[data-flow="${column + across}"]`);
      if (!place) throw new RangeError(this.words.tooWide);
      const input = place.querySelector("input[type=text]");
      const number = Numbers.read(value);
      const was = this.of.value(place);
      if (number === undefined) found.faults.push([value, this.words.noNumber]);
      else if (number === was) return;
      else if (!input) found.faults.push([value, this.words.fixed]);
      else {
        found.cells.push([place.dataset.l, input.value, value]);
        found.changes.push([input, value]);
      }
    });
    return found;
  }

  nameOf(row) {
    return row.querySelector("th").firstChild.textContent.trim();
  }

  rowOf(name) {
    return this.of.rows.find((row) => this.key(this.nameOf(row)) === this.key(name));
  }

  key(text) {
    return text.normalize("NFD").replace(/\p{Mark}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
  }

  fill() {
    this.filled = this.changes.map(([input, value]) => [input, input.value, value]);
    this.put(this.changes);
    this.diff.dialog.close();
  }

  put(values) {
    for (const [input, value] of values) {
      input.value = value;
      this.of.mark(input);
    }
    this.of.add();
    this.from.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Ctrl+Z takes the whole block out again, as long as nothing of it was changed; what was
  // typed since, the browser undoes first.
  undo(event) {
    const is_undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
    const stands = this.filled?.every(([input, _before, value]) => input.value === value);
    if (!is_undo || !stands) return;
    event.preventDefault();
    this.put(this.filled.map(([input, before]) => [input, before]));
    this.filled = null;
  }
}

function readyBlock() {
  const table = window.turnoverTable;
  const is_new = table && !table.block && document.contains(table.table);
  if (is_new && document.getElementById("block-dialog")) table.block = new TurnoverBlock(table);
}
readyBlock();
document.addEventListener("htmx:load", readyBlock);
