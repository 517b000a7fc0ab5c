// What is typed is kept on this machine until the portal has confirmed it: one copy for each
// window, so that two windows never overwrite each other's.
//
// IndexedDB, not localStorage: Chromium writes the latter to disk seconds later, so a killed
// browser would lose just what was typed last. A window holds a lock named after its copy as
// long as it lives; whoever gets the lock knows that the window is gone.
"use strict";

class SectionStore {
  static NAME = "langson-section";
  static TABLE = "kept";
  static QUIET = 30_000; // ms after which a window counts as gone where there are no locks

  constructor(prefix, now, failed) {
    this.prefix = `${prefix} `;
    this.failed = failed;
    this.ahead = now - Date.now(); // the portal's clock counts, not this machine's
    const numbers = [...crypto.getRandomValues(new Uint32Array(3))];
    this.window = numbers.map((number) => number.toString(36)).join("");
    this.key = this.prefix + this.window;
    this.works = true;
    this.next = undefined; // what is to be written; null: to be forgotten
    navigator.locks?.request(this.key, () => new Promise(() => {}));
  }

  async start() {
    try {
      this.database = await new Promise((done, refused) => {
        const request = indexedDB.open(SectionStore.NAME, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(SectionStore.TABLE);
        request.onsuccess = () => done(request.result);
        request.onerror = () => refused(request.error);
      });
    } catch {
      this.fail();
    }
  }

  now() {
    return Date.now() + this.ahead;
  }

  keep(draft) {
    this.next = { ...draft, at: this.now() };
    this.write();
  }

  forget(key = this.key) {
    if (key === this.key) {
      this.next = null;
      this.write();
    } else this.change((table) => table.delete(key));
  }

  // One write at a time, each of what stands then: as fast as the disk and no faster.
  async write() {
    if (this.writing || !this.database) return;
    this.writing = true;
    while (this.next !== undefined) {
      const draft = this.next;
      this.next = undefined;
      await this.change((table) => (draft ? table.put(draft, this.key) : table.delete(this.key)));
    }
    this.writing = false;
  }

  change(act) {
    return new Promise((done) => {
      const gone = () => {
        this.fail();
        done();
      };
      try {
        const mode = { durability: "strict" };
        const transaction = this.database.transaction(SectionStore.TABLE, "readwrite", mode);
        act(transaction.objectStore(SectionStore.TABLE));
        transaction.oncomplete = () => done();
        transaction.onabort = gone;
        transaction.commit();
      } catch {
        gone();
      }
    });
  }

  ask(question) {
    return new Promise((done, refused) => {
      const table = this.database.transaction(SectionStore.TABLE).objectStore(SectionStore.TABLE);
      const request = question(table);
      request.onsuccess = () => done(request.result);
      request.onerror = () => refused(request.error);
    });
  }

  // The texts of windows that are gone, the newest first.
  async left() {
    const found = [];
    try {
      const range = IDBKeyRange.bound(this.prefix, `${this.prefix}\uffff`);
      for (const key of await this.ask((table) => table.getAllKeys(range))) {
        const draft = await this.ask((table) => table.get(key));
        if (draft && key !== this.key && (await this.isGone(key, draft))) {
          found.push({ key, ...draft });
        }
      }
    } catch {
      this.fail();
    }
    return found.sort((one, other) => other.at - one.at);
  }

  async isGone(key, draft) {
    if (!navigator.locks) return this.now() - draft.at > SectionStore.QUIET;
    return navigator.locks.request(key, { ifAvailable: true }, (lock) => lock !== null);
  }

  fail() {
    if (this.works) this.failed();
    this.works = false;
  }

  clock(at) {
    const when = new Date(at);
    const two = (number) => String(number).padStart(2, "0");
    const day = `${two(when.getDate())}/${two(when.getMonth() + 1)}/${when.getFullYear()}`;
    return `${two(when.getHours())}:${two(when.getMinutes())} ${day}`;
  }
}
