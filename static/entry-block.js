// A block out of Excel or a Word table pasted into the entry table: the portal says what it
// would change, and writes it when that is confirmed, all of it or nothing.
"use strict";

class EntryBlock {
  constructor(dialog) {
    this.dialog = dialog;
    this.words = dialog.dataset;
    this.error = dialog.querySelector("[data-error]");
    this.confirm = dialog.querySelector("[data-confirm]");
    entryScreen.table.addEventListener("paste", (event) => this.pasted(event));
    this.confirm.addEventListener("click", () => this.write());
    for (const button of dialog.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => dialog.close());
    }
    dialog.addEventListener("close", () => this.cell && entryScreen.show(this.cell));
  }

  // One cell of a spreadsheet ends with a line break too: that is an ordinary paste.
  pasted(event) {
    const cell = entryScreen.cellOf(event.target);
    if (!cell || event.target !== cell.input) return;
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.replace(/\r/g, "").replace(/\n$/, ""))) return;
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
    this.clear();
    this.dialog.showModal();
    if (entryScreen.allCells.some((cell) => cell.is_dirty)) return this.fail(this.words.unsaved);
    const { status, answer } = await this.post(this.block);
    if (status === 200) this.show(answer);
    else this.fail(answer.message);
  }

  async write() {
    this.confirm.disabled = true;
    const { status, answer } = await this.post({ ...this.block, digest: this.digest });
    if (status === 200) return location.reload();
    this.confirm.disabled = false;
    if (status === 409) this.show(answer);
    this.fail(answer.message);
  }

  clear() {
    this.error.hidden = true;
    this.confirm.hidden = true;
    this.confirm.disabled = false;
    this.dialog.querySelector("[data-region]").hidden = true;
    this.dialog.querySelector("[data-counts]").textContent = "";
  }

  fail(message) {
    this.error.textContent = message ?? this.words.failed;
    this.error.hidden = false;
  }

  show(answer) {
    this.clear();
    this.digest = answer.digest;
    const { counts } = answer;
    const said = ["new", "changed", "unchanged", "faulty"].filter((name) => counts[name]);
    this.dialog.querySelector("[data-counts]").textContent = said
      .map((name) => entryScreen.say(this.words[name], counts[name]))
      .join(" · ");
    const lines = answer.rows.flatMap((row) => this.lines(row));
    this.dialog.querySelector("[data-rows]").replaceChildren(...lines);
    this.dialog.querySelector("[data-region]").hidden = lines.length === 0;
    const written = counts.new + counts.changed;
    this.confirm.textContent = entryScreen.say(this.words.write, written);
    this.confirm.hidden = written === 0 || counts.faulty > 0;
    if (!this.confirm.hidden) this.confirm.focus();
  }

  // A row of the diff: its cells, what is wrong, what looks odd.
  lines(row) {
    const lines = row.cells.map(([label, old, fresh]) =>
      this.line("", [label, old || this.words.empty, fresh || this.words.empty]),
    );
    for (const [value, message] of row.faults) lines.push(this.said("is-fault", value, message));
    if (row.note) lines.push(this.said("is-note", "", row.note));
    const head = document.createElement("th");
    head.scope = "rowgroup";
    head.rowSpan = lines.length;
    head.textContent = row.title;
    lines[0]?.prepend(head);
    return lines;
  }

  line(name, texts) {
    const line = document.createElement("tr");
    line.className = name;
    for (const text of texts) line.insertCell().textContent = text;
    return line;
  }

  said(name, value, message) {
    const line = this.line(name, [value ? `“${value}”: ${message}` : message]);
    line.cells[0].colSpan = 3;
    return line;
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
