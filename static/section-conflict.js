// Two texts of one section: what differs, place by place, and a choice for each.
"use strict";

class SectionConflict {
  constructor(desk, conflict, done) {
    this.desk = desk;
    this.done = done;
    this.conflict = conflict;
    this.dialog = document.getElementById("conflict");
    const { words } = desk.data;
    const title = words.conflict.replace("{}", conflict.who).replace("{}", conflict.at);
    this.dialog.querySelector("h2").textContent = title;
    this.body = this.dialog.querySelector("[data-pieces]");
    this.body.replaceChildren(...conflict.pieces.map((piece, at) => this.piece(piece, at)));
    this.on("[data-all-mine]", () => this.all("mine"));
    this.on("[data-all-theirs]", () => this.all("theirs"));
    this.on("[data-join]", () => this.finish(this.joined()));
    this.on("[data-later]", () => this.finish(null));
    this.dialog.oncancel = () => this.finish(null);
    if (!this.dialog.open) this.dialog.showModal();
  }

  on(selector, run) {
    this.dialog.querySelector(selector).onclick = run;
  }

  piece(piece, at) {
    if (piece.html !== undefined) return document.createComment("agreed");
    const { words } = this.desk.data;
    const field = document.createElement("fieldset");
    const choice = (value, label, shown) => {
      const line = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), {
        type: "radio",
        name: `piece-${at}`,
        value,
        checked: value === "mine",
      });
      const name = Object.assign(document.createElement("strong"), { textContent: label });
      line.append(radio, name);
      if (shown !== undefined) line.append(this.reading(shown));
      return line;
    };
    field.append(
      choice("mine", words.mine, piece.mine_read),
      choice("theirs", words.theirs, piece.theirs_read),
      choice("both", words.both),
    );
    return field;
  }

  // Made safe by the portal: words, <ins>, <del>, nothing else.
  reading(markup) {
    const place = document.createElement("div");
    place.className = "reading-diff";
    place.lang = "vi";
    const page = new DOMParser().parseFromString(markup, "text/html");
    place.append(...page.body.childNodes);
    if (!place.textContent.trim()) place.textContent = this.desk.data.words.removed;
    return place;
  }

  all(value) {
    for (const radio of this.body.querySelectorAll(`[value=${value}]`)) radio.checked = true;
  }

  joined() {
    const chosen = (piece, at) => {
      if (piece.html !== undefined) return piece.html;
      const { value } = this.body.querySelector(`[name=piece-${at}]:checked`);
      return value === "both" ? piece.theirs + piece.mine : piece[value];
    };
    return this.conflict.pieces.map(chosen).join("");
  }

  finish(html) {
    this.dialog.close();
    this.done(html);
  }
}
