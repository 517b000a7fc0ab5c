// Keeps the text of a section that the portal has not confirmed, one copy for each window.
"use strict";

class SectionStore {
  static QUIET = 30_000; // ms after which a window counts as gone where there are no locks

  constructor(prefix, now, failed) {
    this.records = new KeptRecords("langson-section", prefix);
    this.failed = failed;
    this.ahead = now - Date.now(); // the portal's clock counts, not this machine's
    this.works = true;
    this.next = undefined; // what is to be written; null: to be forgotten
  }

  get window() {
    return this.records.page;
  }

  async start() {
    try {
      await this.records.open();
      this.write(); // what was typed meanwhile
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

  forget(name = this.records.own) {
    if (name === this.records.own) {
      this.next = null;
      this.write();
    } else this.records.write({ [name]: null }).catch(() => this.fail());
  }

  // One write at a time, each of what stands then: as fast as the disk and no faster.
  async write() {
    if (this.writing || !this.records.is_open) return;
    this.writing = true;
    while (this.next !== undefined) {
      const draft = this.next;
      this.next = undefined;
      try {
        await this.records.write({ [this.records.own]: draft });
      } catch {
        this.fail();
      }
    }
    this.writing = false;
  }

  // The texts of windows that are gone, the newest first.
  async left() {
    const found = [];
    try {
      for (const key of await this.records.names()) {
        const draft = await this.records.get(key);
        if (draft && (await this.isGone(key, draft))) found.push({ key, ...draft });
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
