// One cell that saves by itself and says how it stands.
// saved: what the server holds; typing: what is being typed; draft: what is chosen for a
// cell without a number yet; patch: what waits to be sent; sent: what is under way;
// base: the version all this was typed over.
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
    this.wrong = false;
    this.held = ""; // why the patch is not under way: "line" or "session"
    this.messages = {};
  }

  get saved_text() {
    return this.saved.text ?? "";
  }

  get is_open() {
    return this.input !== null;
  }

  get is_dirty() {
    return this.patch !== null || this.sent !== null || this.wrong;
  }

  get typed() {
    return this.input ? this.input.value.trim() : this.saved_text;
  }

  // The number as it stands in the cell now, in millionths; null for none.
  get number() {
    if (!this.input || this.typed === this.saved_text) {
      return EntryPreview.fromPlain(this.saved.value);
    }
    if (this.typed === entryScreen.data.marks.zero) return 0n;
    return EntryPreview.parse(this.typed, entryScreen.language);
  }

  get is_rough() {
    return Boolean(this.saved.precision);
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
    entryScreen.status.count(this);
  }

  forget() {
    this.place.querySelector(".cell-state")?.remove();
    this.input?.removeAttribute("aria-invalid");
    this.wrong = false;
    entryScreen.status.count(this);
  }

  // What a screen reader says after the name of the cell: its messages, and its remark.
  describe() {
    const said = Object.values(this.messages).map((place) => place.querySelector("p").id);
    if (said.length) this.input?.setAttribute("aria-describedby", said.join(" "));
    else this.input?.removeAttribute("aria-describedby");
  }

  // Keep a change and send it as soon as nothing of this cell is under way.
  keep(change) {
    const has_number = this.saved.version > 0 || "text" in change || "eleven_months" in change;
    if (!has_number) {
      Object.assign(this.draft, change); // nothing to hang it on yet
      return false;
    }
    const beside = entryScreen.companions.map((companion) => companion(this, change));
    this.patch = Object.assign({}, this.draft, this.patch, ...beside, change);
    this.draft = {};
    this.wrong = false;
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
    const body = { indicator: this.row.code, side: this.side, version: this.saved.version };
    const outcome = await EntryLine.post({ ...body, ...this.sent });
    const sent = this.sent;
    this.sent = null;
    EntryLine.answered(this, sent, outcome);
    if (this.patch && !this.held && !this.wrong) this.send();
    entryScreen.status.count(this);
  }

  // Put back what could not be sent; what was changed since stays on top.
  hold(sent, why) {
    this.patch = { ...sent, ...this.patch };
    this.held = why;
    this.show(why === "line" ? "waiting" : "error");
  }

  take(answer) {
    this.saved = answer;
    if (this.input && (document.activeElement !== this.input || !this.patch)) {
      this.input.value = this.saved_text;
    }
    this.row.showCell(this);
  }
}
