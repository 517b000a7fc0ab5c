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
    if (status === 200) return location.reload();
    this.diff.confirm.disabled = false;
    if (status === 409) this.show(answer);
    this.diff.fail(answer.message);
  }

  show({ digest, counts, rows }) {
    this.digest = digest;
    const said = EntryBlock.COUNTS.filter((name) => counts[name]);
    const words = said.map((name) => entryScreen.say(this.words[name], counts[name]));
    this.diff.show(rows, words.join(" · "), counts.faulty ? 0 : counts.new + counts.changed);
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
