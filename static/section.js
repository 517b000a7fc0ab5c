// Writing a section put together: the text, its tools, the preview beside it, saving.
"use strict";

class SectionDesk {
  static PREVIEW_PAUSE = 350; // ms after the last key before the preview is asked for

  constructor(place, data) {
    this.place = place;
    this.data = data;
    this.left = new Set(data.left);
    this.notice = document.getElementById("notice");
    this.preview = document.getElementById("preview");
  }

  async begin() {
    this.lib = await import(this.data.library);
    this.chips = new EditorChips(this);
    this.numerals = new EditorNumerals(this);
    this.paste = new EditorPaste(this);
    this.schema = new EditorSchema(this.lib, {
      textOf: (token) => this.chips.textOf(token),
      chip: this.chips.view,
      footnote: ({ node, view, getPos }) => new FootnoteView(this, node, view, getPos),
    });
    this.picker = new EditorPicker(this);
    const numerals = this.numerals;
    this.editor = new this.lib.Editor({
      element: this.place.querySelector("#text"),
      injectCSS: false,
      enableInputRules: ["bulletList", "orderedList", "chip"],
      enablePasteRules: false,
      extensions: [
        ...this.schema.extensions,
        this.lib.Extension.create({
          name: "numerals",
          addProseMirrorPlugins: () => [numerals.plugin()],
        }),
      ],
      content: this.schema.read(this.data.html).toJSON(),
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": this.data.words.label,
          "aria-describedby": "editor-help",
          lang: "vi",
          spellcheck: "true",
        },
        handleKeyDown: (view, event) => this.key(view, event),
        handleDOMEvents: { paste: this.paste.handle },
        transformPastedHTML: this.paste.transform,
      },
      onUpdate: () => this.changed(),
      onSelectionUpdate: () => this.tools.show(),
    });
    this.place.dataset.state = "ready";
    this.saver = new SectionSaver(this);
    this.tools = new SectionTools(this);
    await this.saver.recover();
    this.showPreview();
  }

  text() {
    return this.schema.write(this.editor.state.doc);
  }

  length() {
    return this.editor.state.doc.content.size;
  }

  changed() {
    this.saver?.changed();
    this.tools?.show();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.showPreview(), SectionDesk.PREVIEW_PAUSE);
  }

  // Another text in place of this one, touching only what differs.
  replace(html, mayUndo = false) {
    const { state, view } = this.editor;
    const { content } = this.schema.read(html);
    const fresh = this.editor.schema.nodeFromJSON({ type: "doc", content: content.toJSON() });
    const start = state.doc.content.findDiffStart(fresh.content);
    if (start === null) return;
    let { a, b } = state.doc.content.findDiffEnd(fresh.content);
    const overlap = start - Math.min(a, b);
    if (overlap > 0) [a, b] = [a + overlap, b + overlap];
    const change = state.tr.replace(start, a, fresh.slice(start, b));
    view.dispatch(change.setMeta("addToHistory", mayUndo));
  }

  // Keys of our own, in the text and in the box of a footnote.
  key(view, event) {
    const { selection } = view.state;
    const { $from, node } = selection;
    if (node && (event.key === "Enter" || event.key === " ") && node.type.name === "chip") {
      view.nodeDOM(selection.from)?.click();
      return true;
    }
    if (event.ctrlKey && event.altKey && event.code === "KeyF" && view === this.editor.view) {
      this.tools.run("footnote");
      return true;
    }
    if (event.ctrlKey && event.code === "Space") {
      this.picker.open(view);
      return true;
    }
    const before = $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc").slice(-1);
    if (event.key === "/" && !event.isComposing && /^[\s(\u201c"]?$/.test(before)) {
      this.picker.open(view, "/");
      event.preventDefault();
      return true;
    }
    if (event.ctrlKey && event.key === "." && this.numerals.all().length) {
      this.numerals.next();
      return true;
    }
    if (event.altKey && event.key === "F10") {
      this.tools.focus();
      return true;
    }
    return false;
  }

  async showPreview() {
    clearTimeout(this.waiting);
    this.previewing?.abort();
    this.previewing = new AbortController();
    const { doc } = this.editor.state;
    const prose = this.schema.prose(doc);
    const body = {
      html: this.text(),
      blocks: prose.map((one) => one.text),
      left: [...this.left],
    };
    const { signal } = this.previewing;
    const { status, answer } = await Line.post(this.data.addresses.preview, body, { signal });
    if (status === "dropped" || signal.aborted) return;
    if (status === 200) {
      const page = new DOMParser().parseFromString(answer.page, "text/html");
      this.preview.replaceChildren(...page.body.childNodes);
      window.htmx?.process(this.preview);
      this.chips.learn(answer.chips);
      if (this.editor.state.doc === doc) this.numerals.mark(prose, answer.numerals);
    } else if (status === 422 || !this.preview.childElementCount) {
      this.preview.textContent = answer.messages?.join(" ") ?? this.data.words.noPreview;
    }
  }

  openSource(address, from) {
    window.htmx.ajax("GET", address, { target: "#source-panel-body", source: from });
  }

  notify(text) {
    this.offer(text, []);
  }

  offer(text, choices) {
    const said = Object.assign(document.createElement("span"), { textContent: text });
    const close = () => {
      this.notice.hidden = true;
      this.editor.view.focus();
    };
    const words = choices.length ? choices : [[this.data.words.close, () => {}]];
    const buttons = words.map(([label, run]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = label;
      button.addEventListener("click", () => {
        close();
        run();
      });
      return button;
    });
    this.notice.replaceChildren(said, ...buttons);
    this.notice.hidden = false;
  }

  showPeople(said) {
    const place = document.getElementById("people");
    place.hidden = said.length === 0;
    place.querySelector("span").textContent = said.join(" · ");
  }
}

// The row of tools: one stop for Tab, arrows inside it.
class SectionTools {
  constructor(desk) {
    this.desk = desk;
    this.bar = document.getElementById("tools");
    this.table = document.getElementById("table-tools");
    this.bar.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-tool]");
      if (tool) this.run(tool.dataset.tool);
    });
    this.bar.addEventListener("mousedown", (event) => {
      if (event.target.closest("[data-tool]")) event.preventDefault(); // the cursor stays
    });
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.bar.addEventListener("focusin", (event) => this.stopAt(event.target));
    document.getElementById("preview-toggle").addEventListener("click", (event) => {
      const shown = this.desk.place.classList.toggle("shows-preview");
      event.currentTarget.setAttribute("aria-expanded", String(shown));
    });
    this.stopAt(this.tools()[0]);
    this.show();
  }

  tools() {
    return [...this.bar.querySelectorAll("button")].filter((tool) => tool.offsetParent !== null);
  }

  stopAt(tool) {
    for (const one of this.bar.querySelectorAll("button")) one.tabIndex = one === tool ? 0 : -1;
  }

  focus() {
    (this.bar.querySelector('button[tabindex="0"]') ?? this.tools()[0]).focus();
  }

  key(event) {
    const tools = this.tools();
    const here = tools.indexOf(document.activeElement);
    const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tools.length - 1 };
    if (event.key in steps) tools[(steps[event.key] + tools.length) % tools.length].focus();
    else if (event.key === "Escape") this.desk.editor.commands.focus();
    else return;
    event.preventDefault();
  }

  run(tool) {
    const { editor, picker } = this.desk;
    const chain = () => editor.chain().focus();
    const runs = {
      bold: () => chain().toggleBold().run(),
      italic: () => chain().toggleItalic().run(),
      underline: () => chain().toggleUnderline().run(),
      heading: () => chain().toggleHeading({ level: 4 }).run(),
      bullets: () => chain().toggleBulletList().run(),
      numbers: () => chain().toggleOrderedList().run(),
      footnote: () => this.footnote(),
      table: () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
      undo: () => chain().undo().run(),
      redo: () => chain().redo().run(),
      rowBelow: () => chain().addRowAfter().run(),
      rowAbove: () => chain().addRowBefore().run(),
      columnAfter: () => chain().addColumnAfter().run(),
      columnBefore: () => chain().addColumnBefore().run(),
      dropRow: () => chain().deleteRow().run(),
      dropColumn: () => chain().deleteColumn().run(),
      headerRow: () => chain().toggleHeaderRow().run(),
      dropTable: () => chain().deleteTable().run(),
      figure: () => {
        editor.view.focus();
        picker.open(editor.view);
      },
    };
    runs[tool]?.();
    this.show();
  }

  footnote() {
    const { editor } = this.desk;
    const { NodeSelection } = this.desk.lib.pm.state;
    const note = editor.schema.nodes.footnote.create();
    editor.view.focus();
    const { to } = editor.state.selection;
    const change = editor.state.tr.insert(to, note);
    editor.view.dispatch(change.setSelection(NodeSelection.create(change.doc, to)));
  }

  // Which tools are pressed, and whether those of tables are needed.
  show() {
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      const { editor } = this.desk;
      const pressed = {
        bold: editor.isActive("bold"),
        italic: editor.isActive("italic"),
        underline: editor.isActive("underline"),
        heading: editor.isActive("heading"),
        bullets: editor.isActive("bulletList"),
        numbers: editor.isActive("orderedList"),
      };
      for (const [tool, is_on] of Object.entries(pressed)) {
        this.bar.querySelector(`[data-tool=${tool}]`).setAttribute("aria-pressed", String(is_on));
      }
      this.table.hidden = !editor.isActive("table");
    });
  }
}

{
  const place = document.getElementById("writing");
  const data = document.getElementById("section-data");
  if (place && data) {
    const desk = new SectionDesk(place, JSON.parse(data.textContent));
    desk.begin().catch((error) => {
      place.dataset.state = "plain"; // the text box without script serves as well
      throw error;
    });
  }
}
