// The keys of the table. "?" in the head of the page lists them.
"use strict";

class EntryKeys {
  constructor() {
    const { table } = entryScreen;
    table.addEventListener("keydown", (event) => this.inTable(event));
    document.addEventListener("keydown", (event) => this.anywhere(event));
    this.help = document.getElementById("entry-help");
    document.getElementById("open-help")?.addEventListener("click", () => this.help.showModal());
  }

  inTable(event) {
    const { target, key } = event;
    if (event.altKey || event.metaKey || !target.closest("tr[data-row]")) return;
    const name = event.ctrlKey ? `Ctrl+${key}` : key;
    EntryKeys.IN_TABLE[name]?.call(this, target, event);
  }

  anywhere(event) {
    if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
    const { filters } = entryScreen;
    const filter = filters.keyed.get(event.key);
    const is_command = event.ctrlKey || event.metaKey;
    if (is_command && this.history(event)) event.preventDefault();
    else if (is_command) return;
    else if (filter) {
      event.preventDefault();
      filters.toggle(filter);
    } else if (event.key === "F8") {
      event.preventDefault();
      this.toMessage(event.target);
    } else if (event.key === "F1" && this.help) {
      event.preventDefault();
      this.help.showModal();
    }
  }

  // Undo and redo of what was saved; while something is typed the browser's own act.
  history({ key, shiftKey, target }) {
    const letter = key.toLowerCase();
    const cell = entryScreen.cellOf(target);
    const is_cell = cell && target === cell.input;
    const is_typing = is_cell ? cell.typing.text !== undefined : target.matches?.("input, textarea");
    if (is_typing || (letter !== "z" && letter !== "y")) return false;
    if (letter === "y" || shiftKey) entryScreen.history.redo();
    else entryScreen.history.undo();
    return true;
  }

  // The same column of the next or previous row that is shown.
  step(from, by) {
    const column = from.closest("td").cellIndex;
    const next = by > 0 ? "nextElementSibling" : "previousElementSibling";
    for (let row = from.closest("tr")[next]; row; row = row[next]) {
      const stop = !row.hidden && row.dataset.row && EntryKeys.stopIn(row, column);
      if (stop) return EntryKeys.focusOn(stop);
    }
  }

  // The first or last of the column.
  toEnd(from, by) {
    const column = from.closest("td").cellIndex;
    const rows = [...entryScreen.rows.keys()].filter((row) => !row.hidden);
    if (by > 0) rows.reverse();
    const row = rows.find((found) => EntryKeys.stopIn(found, column));
    if (row) EntryKeys.focusOn(EntryKeys.stopIn(row, column));
  }

  static stopIn(row, column) {
    return row.cells[column].querySelector("input, button");
  }

  // The neighbour in the row that can be entered or opened.
  sidestep(from, by) {
    const all = [...from.closest("tr").querySelectorAll("input, button")];
    const stops = all.filter((stop) => stop.checkVisibility({ visibilityProperty: true }));
    const next = stops[stops.indexOf(from) + by];
    if (next) EntryKeys.focusOn(next);
  }

  // The next or previous cell. Messages come and go below the rows as answers arrive: F8 leads
  // to them, and Tab passes them, so that a number typed blindly always meets its cell.
  toCell(from, by) {
    const next = by > 0 ? "nextElementSibling" : "previousElementSibling";
    for (let row = from.closest("tr"); row; row = row[next]) {
      if (row.hidden || !row.dataset.row) continue;
      const all = [...row.querySelectorAll("td[data-side] > :is(input, button)")];
      const stops = all.filter((stop) => stop === from || stop.checkVisibility());
      const at = row.contains(from) ? stops.indexOf(from) + by : by > 0 ? 0 : stops.length - 1;
      if (stops[at]) return stops[at];
    }
    return null;
  }

  static focusOn(target) {
    target.focus();
    target.select?.();
  }

  static isWhole(input) {
    return input.selectionStart === 0 && input.selectionEnd === input.value.length;
  }

  // To the next message after the cursor, over the end to the first one: its buttons, or the
  // cell it speaks of where it only says what is wrong.
  toMessage(from) {
    const places = [...document.querySelectorAll("[data-held]:not([hidden]), .cell-message")];
    const stops = places.map(EntryKeys.stopOf).filter(Boolean);
    const isAfter = (stop) => from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING;
    const inside = from.closest?.("[data-held], .cell-message");
    const next = stops.find((stop) => isAfter(stop) && !inside?.contains(stop));
    const stop = next ?? stops[0];
    if (stop) EntryKeys.focusOn(stop);
  }

  static stopOf(message) {
    const said = message.querySelector("[id]")?.id;
    return (
      message.querySelector("a.btn, button") ??
      document.querySelector(`[aria-describedby~="${CSS.escape(said ?? "")}"]`)
    );
  }

  static IN_TABLE = {
    Tab(target, event) {
      if (!target.matches("td[data-side] > :is(input, button)")) return;
      const cell = this.toCell(target, event.shiftKey ? -1 : 1);
      if (!cell) return;
      event.preventDefault();
      EntryKeys.focusOn(cell);
    },
    Enter(target, event) {
      if (!target.matches("input")) return;
      event.preventDefault();
      entryScreen.cellOf(target)?.commit();
      this.step(target, event.shiftKey ? -1 : 1);
    },
    ArrowDown(target, event) {
      if (event.shiftKey) return;
      event.preventDefault();
      this.step(target, 1);
    },
    ArrowUp(target, event) {
      if (event.shiftKey) return;
      event.preventDefault();
      this.step(target, -1);
    },
    ArrowLeft(target, event) {
      const is_inside = target.matches("input") && target.selectionEnd > 0;
      if (event.shiftKey || (is_inside && !EntryKeys.isWhole(target))) return;
      event.preventDefault();
      this.sidestep(target, -1);
    },
    ArrowRight(target, event) {
      const is_inside = target.matches("input") && target.selectionEnd < target.value.length;
      if (event.shiftKey || (is_inside && !EntryKeys.isWhole(target))) return;
      event.preventDefault();
      this.sidestep(target, 1);
    },
    "Ctrl+Home"(target, event) {
      event.preventDefault();
      this.toEnd(target, -1);
    },
    "Ctrl+End"(target, event) {
      event.preventDefault();
      this.toEnd(target, 1);
    },
    Escape(target) {
      const cell = entryScreen.cellOf(target);
      if (!cell?.input) return;
      if (target === cell.input) cell.escape();
      EntryKeys.focusOn(cell.input);
    },
    F2(target, event) {
      event.preventDefault();
      const row = entryScreen.rows.get(target.closest("tr"));
      entryScreen.details.open(row, entryScreen.cellOf(target)?.side ?? "actual", null);
    },
  };
}
