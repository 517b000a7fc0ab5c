// Moving through the table by keys.
"use strict";

class EntryKeys {
  constructor() {
    this.table = entryScreen.table;
    this.table.addEventListener("keydown", (event) => this.pressed(event));
  }

  pressed(event) {
    const in_row = event.target.closest("tr[data-row]");
    if (in_row && !event.altKey && !event.ctrlKey && !event.metaKey) {
      EntryKeys.KEYS[event.key]?.call(this, event.target, event);
    }
  }

  // The same column of the next or previous row that is shown.
  step(from, by) {
    const column = from.closest("td").cellIndex;
    const shown = [...entryScreen.rows.keys()].filter((row) => row.getClientRects().length);
    let place = shown.indexOf(from.closest("tr")) + by;
    for (; shown[place]; place += by) {
      const next = shown[place].cells[column].querySelector("input, button");
      if (next) return EntryKeys.focusOn(next);
    }
  }

  // The neighbour in the row that can be entered or opened.
  sidestep(from, by) {
    const stops = [...from.closest("tr").querySelectorAll("input, button")];
    const next = stops[stops.indexOf(from) + by];
    if (next) EntryKeys.focusOn(next);
  }

  static focusOn(target) {
    target.focus();
    target.select?.();
  }

  static is_whole(input) {
    return input.selectionStart === 0 && input.selectionEnd === input.value.length;
  }

  static KEYS = {
    Enter(target, event) {
      if (!target.matches("input")) return;
      event.preventDefault();
      entryScreen.commit(target);
      this.step(target, event.shiftKey ? -1 : 1);
    },
    ArrowDown(target, event) {
      event.preventDefault();
      this.step(target, 1);
    },
    ArrowUp(target, event) {
      event.preventDefault();
      this.step(target, -1);
    },
    ArrowLeft(target, event) {
      const inside = target.matches("input") && target.selectionEnd > 0;
      if (inside && !EntryKeys.is_whole(target)) return;
      event.preventDefault();
      this.sidestep(target, -1);
    },
    ArrowRight(target, event) {
      const inside = target.matches("input") && target.selectionStart < target.value.length;
      if (inside) return;
      event.preventDefault();
      this.sidestep(target, 1);
    },
    Escape(target) {
      const cell = entryScreen.cellOf(target);
      if (!cell?.input) return;
      cell.input.value = cell.saved_text;
      if (!cell.sent && !cell.patch) cell.forget();
      cell.row.closeMessage(cell);
      cell.row.preview();
    },
    F2(target, event) {
      event.preventDefault();
      const row = entryScreen.rows.get(target.closest("tr"));
      entryScreen.details.open(row, entryScreen.cellOf(target)?.side ?? "actual", null);
    },
  };
}
