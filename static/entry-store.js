// Keeps what is typed into cells and not yet confirmed by the portal, so that a killed browser,
// a reload or an ended session loses nothing. What waits of a page that is gone is taken over
// by whoever gets its lock.
"use strict";

class EntryStore {
  constructor(person, sheet) {
    this.records = new KeptRecords("langson-entry", `${person} ${sheet}`);
    this.kept = new Map(); // key of the cell → what waits there
    this.left = new Map(); // record of a gone page → what of it stays there, null for nothing
    this.is_writing = false;
    this.is_stale = false;
    window.addEventListener("pagehide", () => this.write());
    document.addEventListener("visibilitychange", () => this.write());
  }

  // Take over what gone pages kept: restore(key, kept) says whether it found its cell.
  async start(restore) {
    try {
      await this.records.open();
      this.write();
      for (const name of await this.records.names()) {
        this.afterPage(name, () => this.takeOver(name, restore));
      }
    } catch {
      this.fail();
    }
  }

  // Without locks two pages may both send; the portal then tells the second one that the same
  // value is already there.
  afterPage(name, act) {
    const tried = navigator.locks ? navigator.locks.request(name, act) : act();
    tried.catch(() => this.fail());
  }

  async takeOver(name, restore) {
    const record = await this.records.get(name);
    const left = Object.entries(record ?? {}).filter(([key, kept]) => !restore(key, kept));
    this.left.set(name, left.length ? Object.fromEntries(left) : null);
    this.write();
  }

  // Told by a cell whenever something of it changed.
  note(cell) {
    const { pending } = cell;
    if (pending) this.kept.set(cell.key, pending);
    else if (!this.kept.delete(cell.key)) return;
    if (this.is_writing) this.is_stale = true;
    else this.write();
  }

  // One write at a time, each of what stands then: as fast as the disk and no faster.
  async write() {
    if (!this.records.is_open) return;
    this.is_writing = true;
    this.is_stale = false;
    const own = this.kept.size ? Object.fromEntries(this.kept) : null;
    const records = { ...Object.fromEntries(this.left), [this.records.own]: own };
    this.left.clear();
    try {
      await this.records.write(records);
    } catch {
      this.fail();
    }
    this.is_writing = false;
    if (this.is_stale) this.write();
  }

  // The disk is full, or the browser keeps nothing: said once; saving goes on without.
  fail() {
    if (this.has_failed) return;
    this.has_failed = true;
    document.getElementById("storage-off").hidden = false;
  }
}
