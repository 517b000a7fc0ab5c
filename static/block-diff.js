// The dialog a pasted block is shown in before anything of it is done: each cell before and
// after, what is wrong, what looks odd. A row is {title, cells: [[column, old, new]], faults:
// [[value, message, column]], note}.
"use strict";

class BlockDiff {
  constructor(dialog, confirmed) {
    this.dialog = dialog;
    this.words = dialog.dataset;
    this.error = dialog.querySelector("[data-error]");
    this.counts = dialog.querySelector("[data-counts]");
    this.region = dialog.querySelector("[data-region]");
    this.confirm = dialog.querySelector("[data-confirm]");
    this.confirm.addEventListener("click", confirmed);
    for (const button of dialog.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => dialog.close());
    }
  }

  open() {
    this.clear();
    this.dialog.showModal();
  }

  clear() {
    this.error.hidden = true;
    this.region.hidden = true;
    this.confirm.hidden = true;
    this.confirm.disabled = false;
    this.counts.textContent = "";
  }

  fail(message) {
    this.error.textContent = message ?? this.words.failed;
    this.error.hidden = false;
  }

  // `written` rows or cells can be written; 0 where there are none, or where something is wrong.
  show(rows, counts, written) {
    this.clear();
    this.counts.textContent = counts;
    const lines = rows.flatMap((row) => this.lines(row));
    this.dialog.querySelector("[data-rows]").replaceChildren(...lines);
    this.region.hidden = lines.length === 0;
    this.confirm.textContent = this.words.write.replace("{}", written);
    this.confirm.hidden = written === 0;
    if (written) this.confirm.focus();
  }

  lines(row) {
    const lines = row.cells.map(([column, old, fresh]) =>
      this.line("", [column, old || this.words.empty, fresh || this.words.empty]),
    );
    for (const fault of row.faults) lines.push(this.said("is-fault", ...fault));
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

  said(name, value, message, column = "") {
    const place = [column, value && `“${value}”`].filter(Boolean).join(" ");
    const line = this.line(name, [place ? `${place}: ${message}` : message]);
    line.cells[0].colSpan = 3;
    return line;
  }

  // Whether a text is more than one cell; one cell of a spreadsheet ends with a line break too.
  static isBlock(text) {
    return /[\t\n]/.test(text.replaceAll("\r", "").replace(/\n$/, ""));
  }
}
