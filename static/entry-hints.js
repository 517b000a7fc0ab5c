// Hints: what looks odd about a saved number, with the fix or a place to explain it. A
// hint never stops anybody; one that waits leaves a quiet mark on its cell.
"use strict";

class EntryHints {
  constructor() {
    const { table, data } = entryScreen;
    this.of = new Map(); // cell → its hints
    this.read = new Map(); // row → when the hints shown for it were read
    this.kept = new Map(); // emptied cell → what belonged to its number
    this.take(data.hints ?? []);
    table.addEventListener("cell:answered", ({ detail: { cell, answer } }) => {
      this.replace(answer);
      this.keepBeside(cell, answer);
      for (const other of this.of.keys()) {
        if (answer.hint_rows?.includes(other.row.code)) this.open(other);
      }
    });
    // A cell emptied to be typed anew keeps its source and note for the new number.
    entryScreen.companions.push((cell, change) => (change.text ? (this.kept.get(cell) ?? {}) : {}));
    table.addEventListener("cell:focused", ({ detail: { cell } }) => this.focused(cell));
  }

  // --- what waits where ---------------------------------------------------------------

  take(hints) {
    for (const hint of hints) {
      const cell = entryScreen.cellAt(hint.row, hint.side);
      if (!cell) continue;
      this.of.set(cell, [...(this.of.get(cell) ?? []), hint]);
    }
    for (const cell of this.of.keys()) this.mark(cell);
  }

  // An answer knows all hints of its row and of the totals above it. One that was read
  // before what is shown came late: its rows have been told anew since.
  replace({ hints, hint_rows, read_at }) {
    if (!hints) return;
    const rows = new Set(hint_rows.filter((row) => !(this.read.get(row) > read_at)));
    for (const row of rows) this.read.set(row, read_at);
    for (const cell of [...this.of.keys()]) {
      if (!rows.has(cell.row.code)) continue;
      this.of.delete(cell);
      this.mark(cell);
      this.close(cell);
    }
    this.take(hints.filter((hint) => rows.has(hint.row)));
  }

  waiting(cell) {
    return (this.of.get(cell) ?? []).filter((hint) => hint.explained === null);
  }

  mark(cell) {
    cell.place.querySelector(".cell-hint")?.remove();
    if (!this.waiting(cell).length) return;
    const mark = document.createElement("span");
    mark.className = "cell-hint";
    mark.textContent = entryScreen.words.hints.waits;
    cell.place.append(mark);
  }

  // --- messages ------------------------------------------------------------------------

  focused(cell) {
    if (this.peeked && this.peeked !== cell && !this.isIn(this.peeked)) this.close(this.peeked);
    if (!this.waiting(cell).length || cell.messages[EntryHints.ids(cell)]) return;
    this.open(cell);
    this.peeked = cell;
  }

  isIn(cell) {
    return Object.values(cell.messages).some((place) => place.contains(document.activeElement));
  }

  static id(hint) {
    return `hint-${hint.kind}`;
  }

  static ids(cell) {
    return Object.keys(cell.messages).find((id) => id.startsWith("hint-"));
  }

  open(cell) {
    for (const hint of this.waiting(cell)) this.say(cell, hint);
  }

  close(cell) {
    for (const id of Object.keys(cell.messages)) {
      if (id.startsWith("hint-")) cell.row.closeMessage(cell, id);
    }
  }

  say(cell, hint) {
    const { words, say } = entryScreen;
    const buttons = [];
    if (hint.fix !== null && cell.is_open) {
      buttons.push([say(words.hints.fix, hint.fix), () => this.write(cell, hint.fix)]);
    }
    const differs = ["parts", "register"].includes(hint.kind);
    const label = differs ? words.hints.note : words.hints.explain;
    buttons.push([label, () => this.ask(cell, hint), true]);
    if (hint.parts.length) {
      buttons.push([words.hints.parts, () => this.showParts(hint), true]);
    }
    const options = { id: EntryHints.id(hint), tone: "quiet" };
    cell.row.openMessage(cell, hint.message, buttons, options);
  }

  write(cell, text) {
    cell.input.value = text;
    cell.keep({ text });
    cell.row.preview();
  }

  showParts(hint) {
    const first = entryScreen.cellAt(hint.parts[0], hint.side);
    if (first) entryScreen.show(first);
  }

  // --- explaining -----------------------------------------------------------------------

  // A field in the message itself; Enter saves, Escape leads back to the cell.
  ask(cell, hint) {
    const { words } = entryScreen;
    const id = EntryHints.id(hint);
    const place = cell.row.openMessage(cell, hint.message, [], { id, tone: "quiet" });
    const box = place.querySelector(".cell-message");
    const form = document.createElement("form");
    form.className = "hint-form";
    const label = document.createElement("label");
    label.textContent = words.hints.why;
    const field = document.createElement("input");
    field.className = "control";
    field.maxLength = 2000;
    field.autocomplete = "off";
    field.value = hint.explained ?? "";
    label.append(field);
    const save = document.createElement("button");
    save.className = "btn btn-primary";
    save.textContent = words.hints.save;
    const problem = document.createElement("p");
    problem.className = "hint-problem";
    problem.setAttribute("role", "alert");
    form.append(label, save, problem);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(cell, hint, field.value, problem);
    });
    box.append(form);
    field.focus();
  }

  async send(cell, hint, text, problem) {
    const { words, table } = entryScreen;
    const body = { figure: hint.figure, kind: hint.kind, text };
    const outcome = await EntryLine.post(body, table.dataset.explain);
    if (outcome.status === 200) {
      this.replace(outcome.answer);
      entryScreen.show(cell);
      cell.show("saved");
      return;
    }
    problem.textContent = outcome.answer.message ?? words.hints.notSaved;
  }

  // In the drawer: what was explained, and a way to write it anew.
  listExplained(list, cell) {
    const said = (this.of.get(cell) ?? []).filter((hint) => hint.explained !== null);
    list.replaceChildren(
      ...said.map((hint) => {
        const item = document.createElement("li");
        const change = document.createElement("button");
        change.type = "button";
        change.className = "link-button";
        change.textContent = entryScreen.words.hints.change;
        change.addEventListener("click", () => {
          entryScreen.details.close();
          this.ask(cell, hint);
        });
        item.append(`${hint.message} — ${hint.explained} `, change);
        return item;
      }),
    );
  }

  // --- what else an answer brings ---------------------------------------------------------

  keepBeside(cell, { kept }) {
    this.kept.delete(cell);
    cell.row.closeMessage(cell, "kept");
    if (!kept) return;
    const { words } = entryScreen;
    this.kept.set(cell, kept);
    const buttons = [[words.hints.drop, () => this.kept.delete(cell)]];
    cell.row.openMessage(cell, words.hints.kept, buttons, { id: "kept", tone: "quiet" });
  }
}

if (window.entryScreen) entryScreen.hints = new EntryHints();
