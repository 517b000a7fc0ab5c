// Records that outlive the page that wrote them: what is typed and not yet confirmed by the
// portal stays on this machine, whatever ends the browser.
//
// IndexedDB, not localStorage: Chromium writes the latter to disk seconds later, so a killed
// browser loses just what was typed last. Every page has a record of its own, so that two
// never overwrite each other's, and holds a lock of that name for as long as it lives: whoever
// gets the lock knows that the page is gone.
"use strict";

class KeptRecords {
  static TABLE = "kept";

  // Only records under the same prefix are ever met: it names the person and the place.
  constructor(database, prefix) {
    this.name = database;
    this.prefix = `${prefix} `;
    const numbers = [...crypto.getRandomValues(new Uint32Array(4))];
    this.page = numbers.map((number) => number.toString(36)).join("");
    this.own = this.prefix + this.page;
    this.database = null;
  }

  get is_open() {
    return this.database !== null;
  }

  // Fails where the browser keeps nothing.
  async open() {
    this.database = await new Promise((done, failed) => {
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(KeptRecords.TABLE);
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
      request.onblocked = () => failed(new Error("blocked"));
    });
    await this.hold();
  }

  // Held until this page is gone, however it goes; without https there are no locks.
  hold() {
    return new Promise((done) => {
      if (!navigator.locks) return done();
      navigator.locks.request(this.own, () => {
        done();
        return new Promise(() => {});
      });
    });
  }

  get(name) {
    return this.ask((table) => table.get(name));
  }

  async names() {
    const range = IDBKeyRange.bound(this.prefix, `${this.prefix}\uffff`);
    const found = await this.ask((table) => table.getAllKeys(range));
    return found.filter((name) => name !== this.own);
  }

  ask(question) {
    return new Promise((done, failed) => {
      const table = this.database.transaction(KeptRecords.TABLE).objectStore(KeptRecords.TABLE);
      const request = question(table);
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  }

  // Write name → record, null for none, all at once. It is on its way when this returns, so a
  // page that is leaving may call it last; the promise tells when it is on the disk.
  write(records) {
    return new Promise((done, failed) => {
      const mode = { durability: "strict" };
      const transaction = this.database.transaction(KeptRecords.TABLE, "readwrite", mode);
      const table = transaction.objectStore(KeptRecords.TABLE);
      for (const [name, record] of Object.entries(records)) {
        if (record) table.put(record, name);
        else table.delete(name);
      }
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
      transaction.commit();
    });
  }
}
