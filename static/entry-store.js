// Keeps what is typed and not yet confirmed by the portal on this machine, so that a killed
// browser, a reload or an ended session loses nothing.
//
// IndexedDB, not localStorage: Chromium writes the latter to disk seconds later, so a killed
// browser loses just what was typed last. Every page keeps its own record, named after the
// person, the sheet and the page; another person never reads it. While a page lives it holds
// a lock of that name; what waits is taken over by whoever gets the lock after it is gone.
"use strict";

class EntryStore {
  static NAME = "langson-entry";
  static TABLE = "kept";

  constructor(person, sheet) {
    this.prefix = `${person} ${sheet} `;
    const page = [...crypto.getRandomValues(new Uint32Array(4))];
    this.name = this.prefix + page.map((number) => number.toString(36)).join("");
    this.kept = new Map(); // key of the cell → what waits there
    this.left = new Map(); // record of a gone page → what of it stays there, null for nothing
    this.database = null;
    this.is_writing = false;
    this.is_stale = false;
    window.addEventListener("pagehide", () => this.write());
    document.addEventListener("visibilitychange", () => this.write());
  }

  // Take over what gone pages kept: restore(key, kept) says whether it found its cell.
  async start(restore) {
    try {
      this.database = await this.opened();
      await this.lock(this.name);
      this.write();
      const names = await this.ask((table) => table.getAllKeys(this.range));
      for (const name of names) {
        if (name !== this.name) this.afterPage(name, () => this.takeOver(name, restore));
      }
    } catch {
      this.fail();
    }
  }

  get range() {
    return IDBKeyRange.bound(this.prefix, `${this.prefix}\uffff`);
  }

  opened() {
    return new Promise((done, failed) => {
      const request = indexedDB.open(EntryStore.NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(EntryStore.TABLE);
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
      request.onblocked = () => failed(new Error("blocked"));
    });
  }

  ask(question) {
    return new Promise((done, failed) => {
      const table = this.database.transaction(EntryStore.TABLE).objectStore(EntryStore.TABLE);
      const request = question(table);
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  }

  // Held until this page is gone, however it goes.
  lock(name) {
    return new Promise((done) => {
      if (!navigator.locks) return done();
      navigator.locks.request(name, () => {
        done();
        return new Promise(() => {});
      });
    });
  }

  // Without locks (no https) two pages may both send; the portal then tells the second one
  // that the same value is already there.
  afterPage(name, act) {
    const tried = navigator.locks ? navigator.locks.request(name, act) : act();
    tried.catch(() => this.fail());
  }

  async takeOver(name, restore) {
    const record = await this.ask((table) => table.get(name));
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
  write() {
    if (!this.database) return;
    this.is_writing = true;
    this.is_stale = false;
    try {
      const transaction = this.database.transaction(EntryStore.TABLE, "readwrite");
      const table = transaction.objectStore(EntryStore.TABLE);
      const put = (name, record) => (record ? table.put(record, name) : table.delete(name));
      put(this.name, this.kept.size ? Object.fromEntries(this.kept) : null);
      for (const [name, record] of this.left) put(name, record);
      this.left.clear();
      transaction.oncomplete = () => this.written();
      transaction.onabort = () => {
        this.fail();
        this.written();
      };
      transaction.commit();
    } catch {
      this.is_writing = false;
      this.fail();
    }
  }

  written() {
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
