// How the whole page stands: what is not saved is counted, not searched for; what could not
// be sent is tried again, one cell first and the others once that one has been answered.
"use strict";

class EntryStatus {
  static RETRY_AFTER = 8000; // ms between tries while there is no connection
  static AT_ONCE = 4; // cells sent together when the line is back
  static SIGNS = {
    saved: "fa-circle-check",
    saving: "fa-rotate",
    unsaved: "fa-circle-exclamation",
  };

  constructor() {
    this.place = document.getElementById("save-state");
    this.notices = {};
    for (const why of ["line", "session", "server"]) {
      this.notices[why] = document.querySelector(`[data-held="${why}"]`);
    }
    this.dirty = new Set();
    this.said = this.place?.querySelector("span").textContent; // while nothing waits
    this.flush = this.flush.bind(this);
    window.addEventListener("online", this.flush);
    window.addEventListener("focus", this.flush);
    document.addEventListener("visibilitychange", this.flush);
    for (const button of document.querySelectorAll("[data-retry]")) {
      button.addEventListener("click", this.flush);
    }
    setInterval(() => {
      if (this.waiting("line").length || this.waiting("server").length) this.flush();
    }, EntryStatus.RETRY_AFTER);
    window.addEventListener("beforeunload", (event) => {
      const waits = this.waiting("line").length || entryScreen.store.has_failed;
      if (this.dirty.size && waits) event.preventDefault();
    });
  }

  waiting(why) {
    return [...this.dirty].filter((cell) => cell.held === why && cell.patch);
  }

  get is_saving() {
    return [...this.dirty].some((cell) => cell.sent);
  }

  saved(time) {
    this.said = entryScreen.words.allSaved.replace("%(time)s", time);
    const state = document.querySelector("[data-once-saved]");
    if (state) state.textContent = state.dataset.onceSaved;
  }

  // Told by a cell whenever its standing changes.
  count(cell) {
    if (cell.is_dirty) this.dirty.add(cell);
    else this.dirty.delete(cell);
    if (this.is_drawing) return;
    this.is_drawing = true;
    queueMicrotask(() => {
      this.is_drawing = false;
      this.draw();
    });
  }

  draw() {
    if (!this.place) return;
    const { words, say } = entryScreen;
    for (const [why, notice] of Object.entries(this.notices)) {
      const waiting = this.waiting(why).length;
      if (why === "line" && waiting) {
        notice.querySelector("span").textContent = say(words.offline, waiting);
      }
      const was_tried = notice.hidden || waiting || !this.is_saving;
      if (was_tried) notice.hidden = waiting === 0;
    }
    const state = this.is_saving ? "saving" : this.dirty.size ? "unsaved" : "saved";
    this.place.dataset.state = state;
    this.place.querySelector("i").className = `fa-solid ${EntryStatus.SIGNS[state]}`;
    this.place.querySelector("span").textContent = {
      saving: words.saving,
      unsaved: say(words.unsaved, this.dirty.size),
      saved: this.said,
    }[state];
  }

  sessionEnded(message) {
    const { words } = entryScreen;
    this.notices.session.querySelector("span").textContent = message ?? words.failed;
  }

  get held() {
    return [...this.dirty].filter(
      (cell) => cell.patch && !cell.sent && ["line", "session", "server"].includes(cell.held),
    );
  }

  // Try again with one of what waits.
  flush() {
    if (!this.is_saving) this.held[0]?.send();
  }

  // The portal answered: what still waits goes, a few at a time.
  lineIsBack() {
    const under_way = [...this.dirty].filter((cell) => cell.sent).length;
    const free = Math.max(0, EntryStatus.AT_ONCE - under_way);
    for (const cell of this.held.slice(0, free)) cell.send();
  }
}
