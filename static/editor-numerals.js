// Numbers typed by hand: underlined, and turned into figures where the year knows their value.
"use strict";

class EditorNumerals {
  constructor(desk) {
    this.desk = desk;
    this.button = document.getElementById("numerals");
    this.button.addEventListener("click", () => this.next());
  }

  plugin() {
    const { Plugin, PluginKey } = this.desk.lib.pm.state;
    const { DecorationSet } = this.desk.lib.pm.view;
    this.key = new PluginKey("numerals");
    return new Plugin({
      key: this.key,
      state: {
        init: () => DecorationSet.empty,
        apply: (change, old) => {
          const fresh = change.getMeta(this.key);
          return fresh ?? (change.docChanged ? old.map(change.mapping, change.doc) : old);
        },
      },
      props: {
        decorations: (state) => this.key.getState(state),
        handleClick: (view, at) => this.click(view, at, 0),
      },
    });
  }

  // Places as the portal found them, for the prose they were found in.
  mark(prose, found) {
    const { Decoration, DecorationSet } = this.desk.lib.pm.view;
    const { view } = this.desk.editor;
    const { words } = this.desk.data;
    const marks = found.flatMap((places, block) =>
      places.map(([start, end]) =>
        Decoration.inline(
          prose[block].places[start],
          prose[block].places[end - 1] + 1,
          { class: "numeral", title: words.numeral },
          { block: prose[block], start },
        ),
      ),
    );
    const set = DecorationSet.create(view.state.doc, marks);
    view.dispatch(view.state.tr.setMeta(this.key, set).setMeta("addToHistory", false));
    this.count();
  }

  all() {
    return this.key.getState(this.desk.editor.state).find();
  }

  count() {
    const many = this.all().length;
    this.button.hidden = many === 0;
    const words = this.desk.data.words.numerals.replace("{}", many);
    this.button.querySelector("span").textContent = words;
  }

  // The marks inside a footnote, for the box it is edited in.
  inside(start, size, inner) {
    const { Decoration, DecorationSet } = this.desk.lib.pm.view;
    if (!inner) return DecorationSet.empty;
    const here = this.key
      .getState(this.desk.editor.state)
      .find(start, start + size)
      .map((one) => Decoration.inline(one.from - start, one.to - start, { class: "numeral" }));
    return DecorationSet.create(inner.state.doc, here);
  }

  click(view, at, offset) {
    const [found] = this.key.getState(this.desk.editor.state).find(at + offset, at + offset);
    if (!found) return false;
    this.openMenu(view, found, offset);
    return true;
  }

  // The next one after the cursor, chosen and with its menu open.
  next() {
    const { editor } = this.desk;
    const all = this.all();
    const { to } = editor.state.selection;
    const found = all.find((one) => one.from >= to) ?? all[0];
    if (!found) return;
    const place = editor.state.doc.resolve(found.from);
    if (place.parent.type.name === "footnote") {
      const at = this.desk.lib.pm.state.NodeSelection.create(editor.state.doc, place.before());
      editor.view.dispatch(editor.state.tr.setSelection(at).scrollIntoView());
    } else editor.commands.setTextSelection({ from: found.from, to: found.to });
    editor.commands.scrollIntoView();
    requestAnimationFrame(() => this.openMenu(editor.view, found, 0));
  }

  async openMenu(view, mark, offset) {
    const { words, addresses } = this.desk.data;
    const { block, start } = mark.spec;
    const query = new URLSearchParams({ text: block.text, at: start });
    const { status, answer } = await Line.get(`${addresses.match}?${query}`);
    if (status !== 200) return;
    const main = this.desk.editor.view;
    const place = main.coordsAtPos(mark.from);
    const rect = offset ? view.coordsAtPos(mark.from - offset) : place;
    const items = [{ heading: answer.found.length ? words.makeFigure : words.unknownNumber }];
    for (const match of answer.found) {
      const detail = [match.name, match.form].filter(Boolean).join(" · ");
      items.push({ text: match.text, detail, run: () => this.replace(block, match) });
    }
    items.push({ text: words.leave, run: () => this.leave(answer.key) });
    EditorMenu.show(words.numeral, items, rect, () => view.focus());
  }

  replace(block, match) {
    const { editor, chips } = this.desk;
    const [from, to] = [block.places[match.start], block.places[match.end - 1] + 1];
    const prose = this.desk.schema.prose(editor.state.doc);
    const still = prose.some((one) => one.text === block.text && one.places[0] === block.places[0]);
    if (!still) return; // typed on meanwhile: the next look finds it again
    const { token, text, name, form } = match;
    chips.learn({ [token]: { state: "said", text, name, form } });
    const chip = editor.schema.nodes.chip.create({ token });
    editor.view.dispatch(editor.state.tr.replaceWith(from, to, chip));
    editor.view.focus();
  }

  leave(key) {
    this.desk.left.add(key);
    this.desk.changed();
  }
}
