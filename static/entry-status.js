// How the whole page stands, in its corner: what is not saved is counted, not searched for.
"use strict";

class EntryStatus {
  static RETRY_AFTER = 8000; // ms between tries while there is no connection
  static SIGNS = {
    saved: "fa-circle-check",
    saving: "fa-rotate",
    unsaved: "fa-circle-exclamation",
  };

  constructor() {
    this.place = document.getElementById("save-state");
    this.offline = document.getElementById("offline");
    this.dirty = new Set();
    this.said = this.place?.querySelector("span").textContent; // while nothing waits
    this.flush = this.flush.bind(this);
    window.addEventListener("online", this.flush);
    window.addEventListener("focus", this.flush);
    document.addEventListener("visibilitychange", this.flush);
    setInterval(() => {
      if (this.waiting("line").length) this.flush();
    }, EntryStatus.RETRY_AFTER);
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty.size) event.preventDefault();
    });
  }

  waiting(why) {
    return [...this.dirty].filter((cell) => cell.held === why);
  }

  savedAt(time) {
    this.said = entryScreen.words.allSaved.replace("%(time)s", time);
  }

  // Told by a cell whenever its standing changes.
  count(cell) {
    if (cell.is_dirty) this.dirty.add(cell);
    else this.dirty.delete(cell);
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.draw();
    });
  }

  draw() {
    if (!this.place) return;
    const { words, say } = entryScreen;
    const waiting = this.waiting("line").length;
    this.offline.hidden = waiting === 0;
    this.offline.querySelector("span").textContent = say(words.offline, waiting);
    const under_way = [...this.dirty].some((cell) => cell.sent);
    const state = under_way ? "saving" : this.dirty.size ? "unsaved" : "saved";
    this.place.dataset.state = state;
    this.place.querySelector("i").className = `fa-solid ${EntryStatus.SIGNS[state]}`;
    this.place.querySelector("span").textContent = {
      saving: words.saving,
      unsaved: say(words.unsaved, this.dirty.size),
      saved: this.said,
    }[state];
  }

  // Send again what waits for the line or for a new session.
  flush() {
    for (const cell of this.dirty) {
      if (cell.patch && cell.held && !cell.sent) cell.send();
    }
  }
}
