// One cell that saves by itself and says how it stands. What a person did and the portal
// has not confirmed passes through these hands:
//   typing   what is being typed, not yet meant
//   draft    what was chosen for a cell that has no number yet
//   patch    what waits to be sent            (held: why it waits: "line", "session", …)
//   sent     what is under way
//   refused  the number that was refused or met another person's
// base is the version all this was typed over: the portal compares it with what it holds.
"use strict";

class EntryCell {
  static SAVED_MARK = 2500; // ms the word "saved" stays

  constructor(row, place) {
    this.row = row;
    this.place = place;
    this.side = place.dataset.side;
    this.input = place.querySelector("input");
    this.key = `${row.code} ${this.side}`;
    this.saved = entryScreen.data.cells[this.key] ?? { version: 0, text: "" };
    this.base = null;
    this.typing = {};
    this.draft = {};
    this.patch = null;
    this.sent = null;
    this.refused = null;
    this.theirs = null; // what the portal holds where it met another person's
    this.held = "";
    this.is_restored = false; // typing of an earlier page was put back, nobody has seen to it yet
    this.messages = {};
  }

  get saved_text() {
    return this.saved.text ?? "";
  }

  get is_open() {
    return this.input !== null;
  }

  get wrong() {
    return this.refused !== null;
  }

  get is_dirty() {
    return this.patch !== null || this.sent !== null || this.wrong || this.is_restored;
  }

  get typed() {
    return this.input ? this.input.value.trim() : this.saved_text;
  }

  // The number as it stands in the cell now, in millionths; null for none.
  get number() {
    if (!this.input || this.typed === this.saved_text) {
      return EntryPreview.fromPlain(this.saved.value);
    }
    if (this.wrong && this.typed === this.refused.text) return null;
    if (this.typed === entryScreen.data.marks.zero) return 0n;
    const number = EntryPreview.parse(this.typed, entryScreen.language);
    return number < 0n && !this.row.rule.signed ? null : number;
  }

  get is_rough() {
    return Boolean(this.saved.precision);
  }

  // What would be lost if the page were gone now, or null.
  get pending() {
    const change = { ...this.draft, ...this.refused, ...this.sent, ...this.patch };
    const { typing, base } = this;
    const is_empty = !Object.keys(change).length && !Object.keys(typing).length;
    return is_empty ? null : { base, change, typing: { ...typing } };
  }

  show(state) {
    let mark = this.place.querySelector(".cell-state");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "cell-state";
      this.place.append(mark);
    }
    clearTimeout(this.fading);
    mark.dataset.state = state;
    mark.textContent = entryScreen.words[state];
    if (state === "saved") {
      this.fading = setTimeout(() => mark.remove(), EntryCell.SAVED_MARK);
    }
    this.input?.setAttribute("aria-invalid", String(state === "error"));
    this.changed();
  }

  // Its standing changed: the page counts it, the browser keeps what is not confirmed.
  changed() {
    const { status, store, history } = entryScreen;
    if (!this.pending) this.base = null;
    status.count(this);
    store.note(this);
    if (!this.pending || this.wrong) history.settled(this);
  }

  // Give up what was refused or is being typed; what waits for the line stays.
  escape() {
    delete this.typing.text;
    this.is_restored = false;
    if (this.wrong) this.settle(this.theirs);
    if (this.input) this.input.value = this.known_text;
    this.row.preview();
    this.changed();
  }

  // A refusal or conflict ends with what the portal holds.
  settle(theirs) {
    this.draft = {};
    this.refused = this.theirs = null;
    this.row.closeMessage(this);
    this.place.querySelector(".cell-state")?.remove();
    this.input?.removeAttribute("aria-invalid");
    if (!theirs) return;
    delete this.typing.text;
    this.take(theirs);
    this.row.preview();
    entryScreen.details.refresh(this);
    this.changed();
  }

  // What a screen reader says after the name of the cell: its messages, and its remark.
  describe() {
    const said = Object.values(this.messages).map((place) => place.querySelector("p").id);
    if (this.remark) said.push(this.remark.id);
    if (said.length) this.input?.setAttribute("aria-describedby", said.join(" "));
    else this.input?.removeAttribute("aria-describedby");
  }

  // Being typed, in the cell itself ("text") or in what belongs to its number.
  type(field, text) {
    this.base ??= this.saved.version;
    const known = field === "text" ? this.known_text : (this.saved[field] ?? "");
    if (text === known) delete this.typing[field];
    else this.typing[field] = text;
    this.changed();
  }

  get known_text() {
    return this.patch?.text ?? this.sent?.text ?? this.saved_text;
  }

  // What stands in the field is meant.
  commit() {
    this.is_restored = false;
    if (this.wrong && this.typed === this.refused.text) return;
    if (this.typed !== this.known_text) this.keep({ text: this.typed });
    else if (this.wrong || this.typing.text !== undefined) this.escape();
  }

  // Keep a change, with what the companions know of it, and send it as soon as nothing of
  // this cell is under way. False while there is no number to hang it on.
  keep(change) {
    const beside = entryScreen.companions.map((companion) => companion(this, change));
    return this.push(Object.assign({}, ...beside, change));
  }

  push(change) {
    this.base ??= this.saved.version;
    for (const field of Object.keys(change)) delete this.typing[field];
    const has_number = this.saved.version > 0 || "text" in change || "eleven_months" in change;
    if (!has_number) {
      Object.assign(this.draft, change);
      this.changed();
      return false;
    }
    this.patch = { ...this.draft, ...this.refused, ...this.patch, ...change };
    this.draft = {};
    this.refused = null;
    this.row.closeMessage(this);
    if (!this.sent) this.send();
    return true;
  }

  async send() {
    this.sent = this.patch;
    this.patch = null;
    this.held = "";
    this.row.closeMessage(this);
    this.show("saving");
    const body = { indicator: this.row.code, side: this.side, version: this.base };
    const outcome = await EntryLine.post({ ...body, ...this.sent });
    const sent = this.sent;
    this.sent = null;
    EntryLine.answered(this, sent, outcome);
    if (this.patch && !this.held && !this.wrong) this.send();
    this.changed();
  }

  // Put back what could not be sent; what was changed since stays on top.
  hold(sent, why) {
    this.patch = { ...sent, ...this.patch };
    this.held = why;
    this.show(why === "line" ? "waiting" : "error");
  }

  // The portal wants another number, or a choice; what hangs on the number waits with it.
  refuse({ text, ...rest }) {
    this.draft = { ...rest, ...this.draft };
    this.refused = text === undefined ? {} : { text };
    this.show("error");
  }

  // This is what the portal holds now.
  take(answer) {
    this.saved = answer;
    this.base = this.pending ? answer.version : null;
    const is_busy = this.patch?.text !== undefined || this.typing.text !== undefined;
    if (this.input && !is_busy) {
      const is_focused = document.activeElement === this.input;
      this.input.value = this.saved_text;
      if (is_focused) this.input.select();
    }
    this.row.showCell(this);
  }

  // Put back what an earlier page kept: what was meant is sent, a number that was still
  // being typed stands in its cell again. False when the cell cannot take it now.
  restore({ base, change, typing }) {
    if (!this.input || this.pending) return false;
    const { text, ...fields } = typing;
    const meant = { ...change, ...fields };
    this.base = base;
    if (text !== undefined) this.typing = { text };
    this.is_restored = text !== undefined;
    this.input.value = text ?? change.text ?? this.saved_text;
    if (Object.keys(meant).length) this.push(meant);
    if (this.is_restored) {
      this.typing = { text };
      this.show("unsavedCell");
    }
    this.row.preview();
    return true;
  }
}
