// A block out of Excel or a Word table pasted into the entry table: the portal says what it
// would change, and writes it when that is confirmed, all of it or nothing.
"use strict";

class EntryBlock {
  static COUNTS = ["new", "changed", "unchanged", "faulty"];

  constructor(dialog) {
    this.words = dialog.dataset;
    this.diff = new BlockDiff(dialog, () => this.write());
    entryScreen.table.addEventListener("paste", (event) => this.pasted(event));
    dialog.addEventListener("close", () => this.cell && entryScreen.show(this.cell));
    this.notice = document.getElementById("pasted");
    this.notice.querySelector("button").addEventListener("click", () => this.undo());
    entryScreen.table.addEventListener("cell:answered", () => this.tell());
    this.remember();
  }

  // What stood in the cells before the latest block: kept over the reload of the page, so that
  // one Ctrl+Z, or the button, gives it back. What was changed since stays.
  get key() {
    return `langson-pasted ${entryScreen.data.person} ${entryScreen.table.dataset.save}`;
  }

  keep(figures) {
    const before = Object.fromEntries(entryScreen.allCells.map((cell) => [cell.key, cell.saved]));
    try {
      const kept = { figures, before, at: this.cell.key };
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // no room: the block can be undone cell by cell only
    }
  }

  remember() {
    const { figures, before, at } = JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    this.figures = new Set(figures);
    for (const cell of entryScreen.allCells) {
      if (!this.figures.has(cell.saved.figure)) continue;
      const [block, after] = ["paste", cell.saved];
      entryScreen.history.done.push({ cell, before: before[cell.key], after, block });
    }
    if (at) {
      sessionStorage.setItem(this.key, JSON.stringify({ figures, before }));
      const from = entryScreen.cellAt(...at.split(" "));
      if (from) entryScreen.show(from); // the block was pasted here
    }
    this.tell();
  }

  undo() {
    entryScreen.history.undoBlock("paste");
  }

  // How many cells still stand as the block wrote them.
  tell() {
    const left = entryScreen.allCells.filter((cell) => this.figures.has(cell.saved.figure)).length;
    const words = this.notice.dataset[left === 1 ? "one" : "many"];
    this.notice.querySelector("span").textContent = entryScreen.say(words, left);
    this.notice.hidden = left === 0;
  }

  pasted(event) {
    const cell = entryScreen.cellOf(event.target);
    const text = event.clipboardData.getData("text/plain");
    if (!cell || event.target !== cell.input || !BlockDiff.isBlock(text)) return;
    event.preventDefault();
    this.cell = cell;
    this.block = {
      person: entryScreen.data.person,
      text,
      side: cell.place.dataset.side,
      rows: this.below(cell),
      ...entryScreen.sources?.carried,
    };
    this.ask();
  }

  // The rows that are shown, from the cell downwards.
  below(cell) {
    const all = [...entryScreen.table.querySelectorAll("[data-row]")];
    const shown = all.filter((row) => row.getClientRects().length > 0);
    return shown.slice(shown.indexOf(cell.row.element)).map((row) => row.dataset.row);
  }

  async ask() {
    this.diff.open();
    if (entryScreen.allCells.some((cell) => cell.is_dirty)) {
      return this.diff.fail(this.words.unsaved);
    }
    const { status, answer } = await this.post(this.block);
    if (status === 200) this.show(answer);
    else this.diff.fail(answer.message);
  }

  async write() {
    this.diff.confirm.disabled = true;
    const { status, answer } = await this.post({ ...this.block, digest: this.digest });
    if (status === 200) {
      this.keep(answer.figures);
      return location.reload();
    }
    this.diff.confirm.disabled = false;
    if (status === 409) this.show(answer);
    this.diff.fail(answer.message);
  }

  show({ digest, counts, rows, unsourced }) {
    this.digest = digest;
    const said = EntryBlock.COUNTS.filter((name) => counts[name]);
    const words = said.map((name) => entryScreen.say(this.words[name], counts[name]));
    if (unsourced && !counts.faulty) {
      words.push(entryScreen.say(this.words.unsourced, unsourced));
    }
    this.diff.show(rows, words.join(" · "), counts.faulty ? 0 : counts.new + counts.changed);
    if (counts.faulty) this.diff.fail(entryScreen.say(this.words.stuck, counts.faulty));
  }

  async post(body) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    try {
      const sent = { method: "POST", headers, body: JSON.stringify(body) };
      const response = await fetch(this.words.address, sent);
      return { status: response.status, answer: await response.json() };
    } catch {
      return { status: 0, answer: {} };
    }
  }
}

if (window.entryScreen && document.getElementById("block-dialog")) {
  entryScreen.block = new EntryBlock(document.getElementById("block-dialog"));
}
