// Figures in the text: each shows what it says now, tells its name, and opens where it comes from.
"use strict";

class EditorChips {
  constructor(desk) {
    this.desk = desk;
    this.faces = new Map(Object.entries(desk.data.chips));
    this.shown = new Set();
  }

  face(token) {
    return this.faces.get(token) ?? { state: "waiting", text: "…" };
  }

  textOf(token) {
    return this.face(token).text;
  }

  learn(faces) {
    for (const [token, face] of Object.entries(faces)) this.faces.set(token, face);
    for (const view of this.shown) view.draw();
  }

  view = ({ node, view, getPos }) => new ChipView(this, node, view, getPos);

  // What can be done with the chip that is selected in a view.
  async openMenu(chip) {
    const { words, addresses } = this.desk.data;
    const { token } = chip.node.attrs;
    const face = this.face(token);
    const back = () => chip.view.focus();
    const items = [];
    const title = [face.name, face.form].filter(Boolean).join(" · ");
    items.push({ heading: title || face.text });
    if (face.address) {
      const run = () => this.desk.openSource(face.address, chip.dom);
      items.push({ text: words.source, run });
    }
    const query = new URLSearchParams({ token });
    const { answer } = await Line.get(`${addresses.pick}?${query}`);
    const others = answer.forms ?? [];
    if (others.length) items.push({ heading: words.otherForm });
    for (const form of others) {
      const current = form.token === token;
      const run = () => chip.change(form);
      items.push({ text: form.text || words.empty, detail: form.label, current, run });
    }
    items.push({ text: words.removeFigure, run: () => chip.remove() });
    EditorMenu.show(words.figure, items, chip.dom.getBoundingClientRect(), back);
  }
}

class ChipView {
  constructor(chips, node, view, getPos) {
    Object.assign(this, { chips, node, view, getPos });
    this.dom = document.createElement("span");
    this.dom.contentEditable = "false";
    this.dom.addEventListener("click", () => chips.openMenu(this));
    chips.shown.add(this);
    this.draw();
  }

  draw() {
    const face = this.chips.face(this.node.attrs.token);
    const name = [face.name, face.form].filter(Boolean).join(" · ");
    this.dom.className = `chip chip-${face.state}`;
    this.dom.textContent = face.text;
    this.dom.title = name || face.text;
    this.dom.setAttribute("role", "button");
    const label = [this.chips.desk.data.words.figure, face.text, name].filter(Boolean);
    this.dom.setAttribute("aria-label", label.join(": "));
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.draw();
    return true;
  }

  selectNode() {
    this.dom.classList.add("is-selected");
  }

  deselectNode() {
    this.dom.classList.remove("is-selected");
  }

  change(form) {
    const at = this.getPos();
    if (at === undefined) return;
    const { name, state } = this.chips.face(this.node.attrs.token);
    const said = form.text ? "said" : state;
    const text = form.text || this.chips.desk.data.words.empty;
    const face = { state: said, text, name, form: form.label, address: form.address };
    this.chips.learn({ [form.token]: face });
    this.view.dispatch(this.view.state.tr.setNodeMarkup(at, null, { token: form.token }));
    this.view.focus();
  }

  remove() {
    const at = this.getPos();
    if (at !== undefined) this.view.dispatch(this.view.state.tr.delete(at, at + 1));
    this.view.focus();
  }

  stopEvent(event) {
    return event.type === "click";
  }

  ignoreMutation() {
    return true;
  }

  destroy() {
    this.chips.shown.delete(this);
  }
}
