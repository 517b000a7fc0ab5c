// Several cells chosen to be given one source: by keys, by the mouse, or all without one.
"use strict";

class EntryPicks {
  constructor(bar) {
    this.bar = bar;
    this.words = bar.dataset;
    this.cells = new Set();
    this.said = bar.querySelector("[data-said]");
    this.write = bar.querySelector("[data-write]");
    this.none = bar.querySelector("[data-drop]");
    this.sources = entryScreen.sources;
    this.without = this.sources.pane.querySelector("[data-pick-without]");
    this.mode = this.sources.pane.querySelector("[data-pick-mode]");
    this.listen();
    this.draw();
  }

  listen() {
    const { table } = entryScreen;
    // Before the table's own keys: Shift with an arrow means something else here.
    table.addEventListener("keydown", (event) => this.pressed(event), { capture: true });
    table.addEventListener("mousedown", (event) => this.clicked(event), { capture: true });
    table.addEventListener("cell:answered", () => this.draw());
    this.sources.pane.addEventListener("source:changed", () => this.draw());
    this.none.addEventListener("click", () => this.drop());
    this.write.addEventListener("click", () => this.send());
    this.without.addEventListener("click", () => this.pickAll(this.lacking));
    this.mode.addEventListener("click", () => {
      const on = this.mode.getAttribute("aria-pressed") !== "true";
      this.mode.setAttribute("aria-pressed", String(on));
    });
  }

  // --- choosing ----------------------------------------------------------------------------

  static canBePicked(cell) {
    return cell?.is_open && Boolean(cell.saved.figure);
  }

  // In the rows that are shown.
  get lacking() {
    const shown = (cell) => !cell.row.element.hidden;
    return entryScreen.allCells.filter(
      (cell) => EntryPicks.canBePicked(cell) && !cell.saved.source && shown(cell),
    );
  }

  toggle(cell) {
    if (!EntryPicks.canBePicked(cell)) return this.say(this.words.nothing);
    this.mark(cell, !this.cells.has(cell));
    this.draw();
  }

  pickAll(cells) {
    for (const cell of cells) this.mark(cell, true);
    this.draw();
  }

  mark(cell, on) {
    if (on && !EntryPicks.canBePicked(cell)) return;
    if (on) this.cells.add(cell);
    else this.cells.delete(cell);
    cell.place.classList.toggle("is-picked", on);
    if (on) cell.input.setAttribute("aria-description", this.words.picked);
    else cell.input.removeAttribute("aria-description");
  }

  drop() {
    const had_focus = this.bar.contains(document.activeElement);
    for (const cell of this.cells) this.mark(cell, false);
    this.draw();
    if (had_focus) this.sources.leave();
  }

  pressed(event) {
    const cell = entryScreen.cellOf(event.target);
    if (!cell || event.target !== cell.input || event.altKey || event.metaKey) return;
    const { key, ctrlKey, shiftKey } = event;
    if (ctrlKey && key === " ") this.toggle(cell);
    else if (shiftKey && !ctrlKey && key.startsWith("Arrow")) {
      if (!this.extend(cell, key)) return;
    } else if (key === "Escape" && this.cells.size && !cell.pending) this.drop();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // Up and down always extend; left and right only from a chosen cell, else they select text.
  extend(cell, key) {
    const across = key === "ArrowLeft" || key === "ArrowRight";
    if (across && !this.cells.has(cell)) return false;
    this.mark(cell, true);
    if (across) {
      const other = cell.row.cells[key === "ArrowLeft" ? "plan" : "actual"];
      if (other.is_open) entryScreen.show(other);
    } else {
      entryScreen.keys.step(cell.input, key === "ArrowUp" ? -1 : 1);
    }
    const reached = entryScreen.cellOf(document.activeElement);
    if (reached) this.mark(reached, true);
    this.draw();
    return true;
  }

  clicked(event) {
    const cell = entryScreen.cellOf(event.target);
    const is_meant = event.ctrlKey || event.metaKey || this.mode.getAttribute("aria-pressed") === "true";
    if (!cell?.is_open || event.button !== 0 || !is_meant) return;
    event.preventDefault();
    this.toggle(cell);
  }

  // --- the bar below the table -----------------------------------------------------------------

  draw() {
    const { say } = entryScreen;
    const count = this.cells.size;
    const lacking = this.lacking.length;
    this.bar.hidden = count === 0;
    this.write.hidden = this.none.hidden = count === 0; // when only a message is left
    this.said.textContent = count ? say(this.words.count, count) : "";
    const pattern = this.sources.document ? this.words.write : this.words.find;
    this.write.textContent = say(pattern, count);
    this.without.hidden = lacking === 0;
    this.without.textContent = say(this.words.without, lacking);
  }

  say(text) {
    this.bar.hidden = false;
    this.said.textContent = text;
  }

  // --- writing -------------------------------------------------------------------------------

  async send() {
    if (!this.sources.document) return this.sources.choose();
    const cells = [...this.cells];
    if (cells.some((cell) => cell.pending)) return this.say(this.words.waits);
    const figures = cells.map((cell) => cell.saved.figure);
    this.write.disabled = true;
    const { status, answer } = await this.post(figures);
    this.write.disabled = false;
    if (status === 200) this.written(cells, answer);
    else if (status === 409) this.overtaken(answer);
    else this.say(answer.message ?? this.words.failed);
  }

  async post(figures) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
    const { document: source, page, pane } = this.sources;
    try {
      const response = await fetch(pane.dataset.cite, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRFToken": token,
        },
        body: JSON.stringify({ figures, source: source.id, page }),
      });
      return { status: response.status, answer: await response.json() };
    } catch {
      return { status: 0, answer: {} };
    }
  }

  written(cells, answer) {
    for (const found of answer.cells) {
      const cell = entryScreen.cellAt(found.row, found.side);
      entryScreen.history.saved(cell, cell.saved, found);
      this.show(cell, found);
      cell.show("saved");
      this.sources.by_hand.delete(this.sources.nameOf(cell));
      entryScreen.tell("cell:answered", { cell, answer: found });
    }
    this.drop();
    this.say(entryScreen.say(this.words.written, cells.length));
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.draw(), 6000);
  }

  // Nothing was written: what others wrote is shown, everything stays chosen.
  overtaken(answer) {
    for (const found of answer.cells) {
      const cell = entryScreen.cellAt(found.row, found.side);
      if (cell && !cell.pending) this.show(cell, found);
      if (cell && !EntryPicks.canBePicked(cell)) this.mark(cell, false);
    }
    this.draw();
    this.say(answer.message);
  }

  show(cell, found) {
    cell.take(found);
    cell.row.preview();
    entryScreen.details.refresh(cell);
  }
}

if (window.entryScreen?.sources && document.getElementById("cell-picks")) {
  entryScreen.picks = new EntryPicks(document.getElementById("cell-picks"));
}
