// The text of a section as the editor knows it, and its way from the stored form and back.
// A figure is one thing in the text ("chip"); a footnote is a small text inside the text.
"use strict";

class EditorSchema {
  static TOKEN = /\[\[([^[\]]*)\]\]/;

  constructor(lib, views) {
    this.lib = lib;
    this.extensions = EditorSchema.extensions(lib, views);
    this.schema = lib.getSchema(this.extensions);
    this.parser = lib.pm.model.DOMParser.fromSchema(this.schema);
    this.serializer = EditorSchema.serializer(lib);
    this.written = new WeakMap(); // block → its markup: only what changed is written again
  }

  static extensions(lib, views) {
    const chip = lib.Node.create({
      name: "chip",
      group: "inline",
      inline: true,
      atom: true,
      addAttributes: () => ({
        token: { default: "", parseHTML: (element) => element.dataset.token, rendered: false },
      }),
      parseHTML: () => [{ tag: "span[data-token]" }],
      renderHTML: ({ node }) => [
        "span",
        { "data-token": node.attrs.token },
        views.textOf(node.attrs.token),
      ],
      renderText: ({ node }) => views.textOf(node.attrs.token),
      addNodeView: () => views.chip,
      addInputRules() {
        const handler = ({ state, range, match }) => {
          const node = this.type.create({ token: match[1].trim() });
          state.tr.replaceWith(range.from, range.to, node);
        };
        return [new lib.InputRule({ find: /\[\[([^[\]]+)\]\]$/, handler })];
      },
    });
    const footnote = lib.Node.create({
      name: "footnote",
      group: "inline",
      inline: true,
      atom: true,
      isolating: true,
      content: "(text | chip | hardBreak)*",
      parseHTML: () => [{ tag: "span.footnote" }],
      renderHTML: () => ["span", { class: "footnote" }, 0],
      addNodeView: () => views.footnote,
    });
    const inCell = { content: "paragraph+" };
    return [
      lib.Document,
      lib.Paragraph,
      lib.Text,
      lib.Bold,
      lib.Italic,
      lib.Underline,
      lib.HardBreak,
      lib.Heading.configure({ levels: [4] }),
      lib.BulletList,
      lib.OrderedList,
      lib.ListItem.extend({ content: "paragraph (paragraph | bulletList | orderedList)*" }),
      lib.Table,
      lib.TableRow,
      lib.TableHeader.extend(inCell),
      lib.TableCell.extend(inCell),
      lib.History,
      lib.Gapcursor,
      lib.Dropcursor,
      chip,
      footnote,
    ];
  }

  static serializer(lib) {
    const spans = ({ attrs }) => {
      const wide = {};
      if (attrs.colspan > 1) wide.colspan = attrs.colspan;
      if (attrs.rowspan > 1) wide.rowspan = attrs.rowspan;
      return wide;
    };
    const nodes = {
      text: (node) => node.text,
      chip: (node) => ["data", { value: node.attrs.token }],
      footnote: () => ["span", { class: "footnote" }, 0],
      hardBreak: () => ["br"],
      paragraph: () => ["p", 0],
      heading: () => ["h4", 0],
      bulletList: () => ["ul", 0],
      orderedList: () => ["ol", 0],
      listItem: () => ["li", 0],
      table: () => ["table", ["tbody", 0]],
      tableRow: () => ["tr", 0],
      tableHeader: (node) => ["th", spans(node), 0],
      tableCell: (node) => ["td", spans(node), 0],
    };
    const marks = {
      bold: () => ["strong", 0],
      italic: () => ["em", 0],
      underline: () => ["u", 0],
    };
    return new lib.pm.model.DOMSerializer(nodes, marks);
  }

  // The stored form of a document: one line for each block.
  write(doc) {
    const lines = [];
    doc.forEach((block) => {
      if (!this.written.has(block)) this.written.set(block, this.writeBlock(block));
      const line = this.written.get(block);
      if (line) lines.push(line);
    });
    return lines.join("\n");
  }

  writeBlock(block) {
    if (block.isTextblock && !block.content.size) return "";
    const element = this.serializer.serializeNode(block);
    for (const chip of element.querySelectorAll("data")) chip.replaceWith(`[[${chip.value}]]`);
    // The only paragraph of an item or a cell is the item's or the cell's own text.
    for (const holder of element.querySelectorAll("li, td, th")) {
      const own = [...holder.children].filter((child) => child.tagName === "P");
      if (own.length === 1) own[0].replaceWith(...own[0].childNodes);
    }
    return element.outerHTML;
  }

  read(markup) {
    const page = new DOMParser().parseFromString(`<body>${markup}`, "text/html");
    return this.parser.parse(EditorSchema.withChips(page.body));
  }

  // Tokens in the text become elements the schema knows.
  static withChips(root) {
    const texts = [];
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.data.includes("[[")) texts.push(walker.currentNode);
    }
    for (const text of texts) {
      const pieces = text.data.split(new RegExp(EditorSchema.TOKEN, "g"));
      const nodes = pieces.map((piece, place) => {
        if (place % 2 === 0) return piece;
        const chip = root.ownerDocument.createElement("span");
        chip.dataset.token = piece.trim();
        chip.textContent = "\u00a0";
        return chip;
      });
      text.replaceWith(...nodes.filter((node) => node !== ""));
    }
    return root;
  }

  // Runs of text with their places in the document, for whoever reads prose: a chip or the
  // mark of a footnote is one letter of no language.
  prose(doc) {
    const found = [];
    const collect = (node, start) => {
      const places = [];
      let text = "";
      node.forEach((child, offset) => {
        const at = start + offset;
        if (child.isText) {
          for (let i = 0; i < child.text.length; i += 1) places.push(at + i);
          text += child.text;
          return;
        }
        places.push(at);
        text += child.type.name === "hardBreak" ? "\n" : "\ufffc";
        if (child.type.name === "footnote") collect(child, at + 1);
      });
      places.push(start + node.content.size);
      if (text) found.push({ text, places });
    };
    doc.descendants((node, at) => {
      if (!node.isTextblock) return true;
      collect(node, at + 1);
      return false;
    });
    return found;
  }
}
