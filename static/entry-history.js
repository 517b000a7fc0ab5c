// Undo and redo of what was saved from this page, cell by cell: the earlier content is saved
// anew, so the history of the figure stays whole.
"use strict";

class EntryHistory {
  static FIELDS = [
    "text",
    "eleven_months",
    "december_estimate",
    "status",
    "plan_stage",
    "precision",
    "source",
    "source_page",
    "note",
  ];

  constructor() {
    this.done = []; // {cell, before, after, block}, the latest last; a block is undone as one
    this.undone = [];
    this.under_way = null; // {cell, to, block}: the step that is being saved
    this.wanted = []; // steps asked for meanwhile
  }

  // Told after every save: what stood in the cell and what stands there now.
  saved(cell, before, after) {
    if (EntryHistory.isSame(before, after)) return;
    const step = this.under_way?.cell === cell ? this.under_way : null;
    (step?.to ?? this.done).push({ cell, before, after, block: step?.block });
    if (!step) this.undone = [];
  }

  static isSame(one, other) {
    return EntryHistory.FIELDS.every((field) => (one[field] ?? "") === (other[field] ?? ""));
  }

  undo() {
    this.want(this.done, this.undone);
  }

  redo() {
    this.want(this.undone, this.done);
  }

  // The latest step, with all others of its block.
  want(from, to) {
    const block = from.at(-1)?.block;
    const of_block = from.filter((step) => block && step.block === block);
    for (let left = of_block.length || 1; left > 0; left--) this.wanted.push([from, to]);
    this.next();
  }

  // A block of steps, whatever was changed after it.
  undoBlock(block) {
    const steps = this.done.filter((step) => step.block === block);
    for (const step of steps) this.done.push(...this.done.splice(this.done.indexOf(step), 1));
    if (steps.length) this.undo();
  }

  next() {
    if (this.under_way || !this.wanted.length) return;
    const [from, to] = this.wanted.shift();
    const step = from.pop();
    if (!step) return this.next();
    const { cell, before, after, block } = step;
    // Somebody else has been there since, or something else waits to be saved.
    if (cell.pending || !EntryHistory.isSame(cell.saved, after)) return this.next();
    entryScreen.show(cell);
    this.under_way = { cell, to, block };
    cell.push(EntryHistory.change(after, before));
    if (cell.input) cell.input.value = before.text ?? "";
  }

  // Told when a cell has come to rest.
  settled(cell) {
    if (this.under_way?.cell !== cell) return;
    this.under_way = null;
    this.next();
  }

  // What to send so that one content becomes the other.
  static change(from, to) {
    const differs = EntryHistory.FIELDS.filter((field) => (from[field] ?? "") !== (to[field] ?? ""));
    const change = Object.fromEntries(differs.map((field) => [field, to[field] ?? ""]));
    if (to.eleven_months) {
      delete change.text; // the parts make the year
      change.eleven_months = to.eleven_months;
      change.december_estimate = to.december_estimate;
    }
    return change;
  }
}
