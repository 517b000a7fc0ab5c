// A footnote: a numbered mark in the text; chosen, its own small text opens below it.
"use strict";

class FootnoteView {
  constructor(desk, node, view, getPos) {
    Object.assign(this, { desk, node, view, getPos, inner: null });
    this.dom = document.createElement("span");
    this.dom.className = "note-mark";
    this.dom.setAttribute("role", "button");
    this.dom.contentEditable = "false";
    this.describe();
  }

  // The mark's number is counted by the style sheet; a screen reader hears the text.
  describe() {
    const { words } = this.desk.data;
    const leaf = (node) => (node.attrs.token ? this.desk.chips.textOf(node.attrs.token) : " ");
    const text = this.node.textBetween(0, this.node.content.size, null, leaf);
    this.dom.setAttribute("aria-label", words.footnote.replace("{}", text));
    this.dom.title = text || words.footnoteText;
  }

  selectNode() {
    this.dom.classList.add("is-selected");
    if (!this.inner) this.open();
  }

  deselectNode() {
    this.dom.classList.remove("is-selected");
    if (this.inner) this.close();
  }

  open() {
    const { pm } = this.desk.lib;
    const { words } = this.desk.data;
    this.box = document.createElement("span");
    this.box.className = "footnote-box";
    this.dom.append(this.box);
    const main = this.view;
    const leave = () => {
      this.leave();
      return true;
    };
    const keys = pm.keymap.keymap({
      "Mod-z": () => pm.history.undo(main.state, main.dispatch),
      "Mod-y": () => pm.history.redo(main.state, main.dispatch),
      "Mod-Shift-z": () => pm.history.redo(main.state, main.dispatch),
      "Mod-b": pm.commands.toggleMark(main.state.schema.marks.bold),
      "Mod-i": pm.commands.toggleMark(main.state.schema.marks.italic),
      "Mod-u": pm.commands.toggleMark(main.state.schema.marks.underline),
      Escape: leave,
      Enter: leave,
      Tab: leave,
      Backspace: (state) => state.doc.content.size === 0 && this.remove(),
    });
    this.inner = new pm.view.EditorView(this.box, {
      state: pm.state.EditorState.create({
        doc: this.node,
        plugins: [keys, pm.keymap.keymap(pm.commands.baseKeymap)],
      }),
      dispatchTransaction: (transaction) => this.passOn(transaction),
      nodeViews: { chip: (node, view, getPos) => this.desk.chips.view({ node, view, getPos }) },
      decorations: () => this.marks(),
      handleKeyDown: (view, event) => this.desk.key(view, event),
      handleClick: (view, at) => this.desk.numerals.click(view, at, this.getPos() + 1),
      handleDOMEvents: { paste: this.desk.paste.intoLine },
      attributes: { "aria-label": words.footnoteText, role: "textbox", "aria-multiline": "true" },
    });
    this.box.addEventListener("mousedown", () => this.inner.focus());
    // The box stays inside the sheet, whatever word the mark stands behind.
    const sheet = main.dom.getBoundingClientRect();
    const mark = this.dom.getBoundingClientRect();
    const width = this.box.offsetWidth;
    this.box.style.left = `${Math.min(0, sheet.right - width - 16 - mark.left)}px`;
    requestAnimationFrame(() => {
      if (!this.inner) return;
      const { state } = this.inner;
      const end = pm.state.Selection.atEnd(state.doc);
      this.inner.dispatch(state.tr.setSelection(end));
      this.inner.focus();
    });
  }

  marks() {
    return this.desk.numerals.inside(this.getPos() + 1, this.node.content.size, this.inner);
  }

  // What is typed in the box happens in the text itself: one document, one undo.
  passOn(transaction) {
    const { state, transactions } = this.inner.state.applyTransaction(transaction);
    this.inner.updateState(state);
    if (transaction.getMeta("fromOutside")) return;
    const main = this.view.state.tr;
    const map = this.desk.lib.pm.transform.StepMap.offset(this.getPos() + 1);
    for (const one of transactions) for (const step of one.steps) main.step(step.map(map));
    if (main.docChanged) this.view.dispatch(main);
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.describe();
    if (!this.inner) return true;
    const { state } = this.inner;
    const start = node.content.findDiffStart(state.doc.content);
    if (start !== null) {
      let { a, b } = node.content.findDiffEnd(state.doc.content);
      const overlap = start - Math.min(a, b);
      if (overlap > 0) [a, b] = [a + overlap, b + overlap];
      const change = state.tr.replace(start, b, node.slice(start, a)).setMeta("fromOutside", true);
      this.inner.dispatch(change);
    }
    return true;
  }

  // Back into the text, right behind the mark.
  leave() {
    const { pm } = this.desk.lib;
    const after = this.getPos() + this.node.nodeSize;
    const { state } = this.view;
    const empty = this.node.content.size === 0;
    const change = empty ? state.tr.delete(this.getPos(), after) : state.tr;
    const at = pm.state.TextSelection.create(change.doc, empty ? this.getPos() : after);
    this.view.dispatch(change.setSelection(at));
    this.view.focus();
  }

  remove() {
    this.leave();
    return true;
  }

  close() {
    this.inner.destroy();
    this.inner = null;
    this.box.remove();
  }

  destroy() {
    if (this.inner) this.close();
  }

  stopEvent(event) {
    return Boolean(this.inner && this.box.contains(event.target));
  }

  ignoreMutation() {
    return true;
  }
}
