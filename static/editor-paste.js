// Pasting from Word, Excel and the web: structure stays, the rest is dropped, length is bounded.
"use strict";

class EditorPaste {
  static MOST_MARKUP = 20_000_000; // more than this is not even read
  static DROPPED =
    "script, style, link, meta, title, head, noscript, template, iframe, object, embed, svg, math," +
    " canvas, video, audio, img, picture, source, input, select, textarea, button, map, col," +
    " colgroup, [hidden], [aria-hidden=true]";
  static BLOCKS = new Set(
    ("ADDRESS ARTICLE ASIDE BLOCKQUOTE CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION" +
      " FIGURE FOOTER FORM HEADER HR MAIN NAV PRE SECTION SUMMARY").split(" "),
  );

  constructor(desk) {
    this.desk = desk;
  }

  // For ProseMirror: true when the paste has been dealt with here.
  handle = (view, event) => {
    const { words, most } = this.desk.data;
    const plain = event.clipboardData?.getData("text/plain") ?? "";
    const markup = event.clipboardData?.getData("text/html") ?? "";
    const refuse = (pattern, count) => {
      event.preventDefault();
      this.desk.notify(pattern.replace("{}", count.toLocaleString("vi-VN")));
      return true;
    };
    const pasted = Math.max(plain.length, markup.length > EditorPaste.MOST_MARKUP ? most + 1 : 0);
    if (pasted > most) return refuse(words.tooLong, pasted);
    const { from, to } = view.state.selection;
    const rest = this.desk.length() - view.state.doc.textBetween(from, to).length;
    if (rest + plain.length > most) return refuse(words.fullSection, 0);
    if (!plain.trim() && !markup.trim()) {
      if (event.clipboardData?.files.length) return refuse(words.nothingPasted, 0);
      return false;
    }
    if (!markup) return false;
    const cleaned = this.clean(markup);
    if (cleaned.text > most) return refuse(words.tooLong, cleaned.text);
    if (!cleaned.text) return refuse(words.nothingPasted, 0);
    if (cleaned.dropped) this.desk.notify(words.pasted);
    return false;
  };

  // Into one line, as a footnote is: blocks become spaces.
  intoLine = (view, event) => {
    const plain = event.clipboardData?.getData("text/plain") ?? "";
    if (plain.length + this.desk.length() > this.desk.data.most) return this.handle(view, event);
    if (event.clipboardData?.getData("text/html").includes("data-pm-slice")) return false;
    event.preventDefault();
    view.dispatch(view.state.tr.insertText(plain.replace(/\s+/g, " ")));
    return true;
  };

  // What the editor reads instead of what the clipboard holds.
  transform = (markup) =>
    markup.includes("data-pm-slice") ? markup : this.clean(markup).body.innerHTML;

  clean(markup) {
    if (this.last?.markup === markup) return this.last; // asked twice for one paste
    const { body } = new DOMParser().parseFromString(EditorPaste.unstyled(markup), "text/html");
    const word = new WordPaste(body);
    word.footnotes();
    let dropped = false;
    for (const element of body.querySelectorAll(EditorPaste.DROPPED)) {
      dropped ||= element.tagName === "IMG" || element.tagName === "SCRIPT";
      element.remove();
    }
    this.withoutComments(body);
    word.lists();
    for (const element of [...body.querySelectorAll("*")].reverse()) this.simplify(element);
    EditorSchema.withChips(body);
    const text = body.textContent.trim().length;
    this.last = { markup, body, text, dropped };
    setTimeout(() => {
      this.last = null;
    });
    return this.last;
  }

  // Styles are read, never applied; the content policy would complain of each, and of scripts.
  static unstyled(markup) {
    const renamed = (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)\s*=/gi, "$1 data-$2=");
    return markup.replace(/<style[\s\S]*?<\/style\s*>/gi, "").replace(/<[a-z][^>]*>/gi, renamed);
  }

  static styleOf(element, name) {
    const style = element.dataset.style ?? "";
    return style.match(new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, "i"))?.[1].trim() ?? "";
  }

  withoutComments(root) {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    for (const comment of found) comment.remove();
  }

  // One element in the words of our own markup.
  simplify(element) {
    const { tagName: tag, ownerDocument: page } = element;
    const children = [...element.childNodes];
    if (/^H[1-6]$/.test(tag)) {
      const heading = page.createElement("h4");
      heading.append(...children);
      element.replaceWith(heading);
      return;
    }
    if (tag === "SPAN" && (element.dataset.token || element.className === "footnote")) return;
    if (tag === "SPAN" || tag === "FONT" || tag === "A" || tag === "B" || tag === "I" || tag === "U") {
      let inside = children;
      const wrap = (name) => {
        const mark = page.createElement(name);
        mark.append(...inside);
        inside = [mark];
      };
      const weight = EditorPaste.styleOf(element, "font-weight");
      const slant = EditorPaste.styleOf(element, "font-style");
      const line = EditorPaste.styleOf(element, "text-decoration(?:-line)?");
      const heavy = /^bold/.test(weight) || Number(weight) >= 600;
      if (heavy || (tag === "B" && !weight)) wrap("strong");
      if (slant === "italic" || (tag === "I" && !slant)) wrap("em");
      if (tag === "U" || (tag !== "A" && line.includes("underline"))) wrap("u");
      element.replaceWith(...inside);
      return;
    }
    if (EditorPaste.BLOCKS.has(tag)) {
      const holdsBlocks = children.some((child) => /^(P|H4|UL|OL|TABLE|DIV)$/.test(child.tagName));
      if (holdsBlocks) {
        element.replaceWith(...children);
        return;
      }
      const paragraph = page.createElement("p");
      paragraph.append(...children);
      element.replaceWith(paragraph);
      return;
    }
    for (const { name } of [...element.attributes]) {
      if (name !== "colspan" && name !== "rowspan") element.removeAttribute(name);
    }
    for (const name of ["colspan", "rowspan"]) {
      if (Number(element.getAttribute(name)) > 50) element.removeAttribute(name);
    }
  }
}

// What only Word writes: lists that are paragraphs, footnotes at the end of the page.
class WordPaste {
  constructor(body) {
    this.body = body;
  }

  footnotes() {
    for (const mark of this.body.querySelectorAll('a[href^="#_ftn"]:not([href^="#_ftnref"])')) {
      const id = mark.getAttribute("href").slice(2);
      const note = this.body.querySelector(`#${CSS.escape(id)}`);
      if (!note || note.contains(mark)) continue;
      note.querySelector('a[href^="#_ftnref"]')?.remove();
      const footnote = this.body.ownerDocument.createElement("span");
      footnote.className = "footnote";
      footnote.textContent = note.textContent.replace(/\s+/g, " ").trim();
      note.remove();
      (mark.closest("sup") ?? mark).replaceWith(footnote);
    }
    for (const list of this.body.querySelectorAll('[data-style*="mso-element:footnote-list"]')) list.remove();
  }

  lists() {
    const stack = []; // lists that are open, the outermost first
    for (const paragraph of [...this.body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
      const style = paragraph.dataset.style ?? "";
      const level = Number(style.match(/mso-list:[^;]*level(\d)/)?.[1] ?? 0);
      if (stack[0]?.nextElementSibling !== paragraph) stack.length = 0;
      if (!level) continue;
      const marker = this.takeMarker(paragraph);
      const kind = /^\s*[(]?([0-9]+|[a-zđ]|[ivxlc]+)[.)]/i.test(marker) ? "OL" : "UL";
      const depth = Math.min(level, stack.length + 1);
      stack.length = Math.min(stack.length, depth);
      if (stack.length === depth && stack.at(-1).tagName !== kind) stack.pop();
      if (stack.length < depth) {
        const list = this.body.ownerDocument.createElement(kind);
        const holder = stack.at(-1)?.lastElementChild;
        if (holder) holder.append(list);
        else paragraph.before(list);
        stack.push(list);
      }
      const item = this.body.ownerDocument.createElement("li");
      item.append(...paragraph.childNodes);
      stack.at(-1).append(item);
      paragraph.remove();
    }
  }

  takeMarker(paragraph) {
    const marker = paragraph.querySelector('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]');
    const text = marker?.textContent ?? "";
    marker?.remove();
    return text;
  }
}
