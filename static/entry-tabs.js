// The same sheet in several tabs of one person: a save in one shows in the others.
"use strict";

class EntryTabs {
  constructor(person, sheet) {
    this.channel = new BroadcastChannel(`entry ${person} ${sheet}`);
    this.channel.addEventListener("message", (event) => this.heard(event.data));
    entryScreen.table.addEventListener("cell:answered", ({ detail }) => {
      if (detail.elsewhere) return;
      this.channel.postMessage({ key: detail.cell.key, answer: detail.answer });
    });
    this.channel.postMessage({}); // a page was opened, so somebody is signed in
  }

  // Where something else is being typed the portal will ask which one stays.
  heard({ key, answer }) {
    if (!key) return entryScreen.status.flush();
    const cell = entryScreen.cellAt(...key.split(" "));
    if (!cell || cell.pending) return;
    cell.take(answer);
    cell.row.showOutcome(answer);
    entryScreen.details.refresh(cell);
    entryScreen.tell("cell:answered", { cell, answer, elsewhere: true });
  }
}
