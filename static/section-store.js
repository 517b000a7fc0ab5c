// What is typed is kept on this machine until the portal has confirmed it: one copy for each
// window, so that two windows never overwrite each other's.
"use strict";

class SectionStore {
  static QUIET = 30_000; // ms without a change after which a window counts as gone

  constructor(prefix, now) {
    this.prefix = prefix;
    this.ahead = now - Date.now(); // the portal's clock counts, not this machine's
    this.window = SectionStore.windowName();
    this.key = `${prefix}:${this.window}`;
    this.works = true;
    // Held as long as the window lives: whoever gets it knows that the window is gone.
    navigator.locks?.request(this.key, () => new Promise(() => {}));
  }

  static windowName() {
    const fresh = Math.random().toString(36).slice(2, 12);
    try {
      // A copy of the window copies its name too; only a reload may keep it.
      const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
      const name = (reloaded && sessionStorage.getItem("section-window")) || fresh;
      sessionStorage.setItem("section-window", name);
      return name;
    } catch {
      return fresh;
    }
  }

  now() {
    return Date.now() + this.ahead;
  }

  keep(draft) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ ...draft, at: this.now() }));
      this.works = true;
    } catch {
      this.works = false; // private window or full: only the portal keeps it
    }
  }

  forget(key = this.key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // nothing was kept
    }
  }

  // Texts of windows that are gone, the newest first.
  async left() {
    const found = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(`${this.prefix}:`)) continue;
        const draft = JSON.parse(localStorage.getItem(key));
        if (key === this.key || (await this.isGone(key, draft))) found.push({ key, ...draft });
      }
    } catch {
      return found;
    }
    return found.sort((one, other) => other.at - one.at);
  }

  async isGone(key, draft) {
    if (!navigator.locks) return this.now() - draft.at > SectionStore.QUIET;
    return navigator.locks.request(key, { ifAvailable: true }, (lock) => lock !== null);
  }

  clock(at) {
    const when = new Date(at);
    const two = (number) => String(number).padStart(2, "0");
    const day = `${two(when.getDate())}/${two(when.getMonth() + 1)}/${when.getFullYear()}`;
    return `${two(when.getHours())}:${two(when.getMinutes())} ${day}`;
  }
}
