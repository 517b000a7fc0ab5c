// The same sheet in several tabs of one person: a save in one shows in the others, also in one
// that was being opened meanwhile and read its cells before.
"use strict";

class EntryTabs {
  constructor(person, sheet) {
    this.answers = new Map(); // key of the cell → the last answer this page got for it
    this.channel = new BroadcastChannel(`entry ${person} ${sheet}`);
    this.channel.addEventListener("message", ({ data }) => {
      if (data.key) this.heard(data);
      else this.welcome();
    });
    entryScreen.table.addEventListener("cell:answered", ({ detail }) => {
      if (detail.elsewhere) return;
      this.answers.set(detail.cell.key, detail.answer);
      this.tell(detail.cell.key);
    });
    this.channel.postMessage({}); // a page was opened, so somebody is signed in
  }

  tell(key) {
    this.channel.postMessage({ key, answer: this.answers.get(key) });
  }

  welcome() {
    entryScreen.status.flush();
    for (const key of this.answers.keys()) this.tell(key);
  }

  // Where something else is being typed the portal will ask which one stays.
  heard({ key, answer }) {
    const cell = entryScreen.cellAt(...key.split(" "));
    if (!cell || cell.pending) return;
    const { read_at = entryScreen.data.read_at } = cell.saved;
    if (answer.read_at <= read_at) return;
    cell.take(answer);
    cell.row.showOutcome(answer);
    entryScreen.details.refresh(cell);
    entryScreen.tell("cell:answered", { cell, answer, elsewhere: true });
  }
}
