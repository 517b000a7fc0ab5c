// A small menu beside a place in the text: arrows, Enter, Escape; focus goes back where it was.
"use strict";

class EditorMenu {
  static open = null;

  // items: { text, detail, run, current } or { heading }
  static show(label, items, rect, back) {
    EditorMenu.open?.close(false);
    EditorMenu.open = new EditorMenu(label, items, rect, back);
  }

  constructor(label, items, rect, back) {
    this.back = back;
    this.element = document.createElement("div");
    this.element.className = "editor-menu";
    this.element.setAttribute("role", "menu");
    this.element.setAttribute("aria-label", label);
    this.element.append(...items.map((item) => this.item(item)));
    document.getElementById("writing").append(this.element);
    EditorMenu.place(this.element, rect);
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.outside = (event) => {
      if (!this.element.contains(event.target)) this.close(false);
    };
    document.addEventListener("pointerdown", this.outside, true);
    this.buttons()[0]?.focus();
  }

  item({ heading, text, detail, run, current }) {
    if (heading) {
      const title = document.createElement("p");
      title.className = "editor-menu-heading";
      title.textContent = heading;
      return title;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", current === undefined ? "menuitem" : "menuitemradio");
    if (current !== undefined) button.setAttribute("aria-checked", String(current));
    button.append(Object.assign(document.createElement("span"), { textContent: text }));
    if (detail) {
      button.append(Object.assign(document.createElement("small"), { textContent: detail }));
    }
    button.addEventListener("click", () => {
      this.close();
      run();
    });
    return button;
  }

  buttons() {
    return [...this.element.querySelectorAll("button")];
  }

  key(event) {
    const buttons = this.buttons();
    const here = buttons.indexOf(document.activeElement);
    const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 };
    if (event.key in steps) {
      buttons[(steps[event.key] + buttons.length) % buttons.length]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      this.close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  close(goBack = true) {
    document.removeEventListener("pointerdown", this.outside, true);
    this.element.remove();
    if (EditorMenu.open === this) EditorMenu.open = null;
    if (goBack) this.back?.();
  }

  // Below the place, above it where there is no room; always inside the window.
  static place(element, rect) {
    const { width, height } = element.getBoundingClientRect();
    const below = rect.bottom + 6;
    const above = rect.top - height - 6;
    const top = below + height > window.innerHeight && above > 0 ? above : below;
    const left = Math.max(8, Math.min(rect.left, window.innerWidth - width - 8));
    element.style.top = `${Math.max(8, Math.min(top, window.innerHeight - height - 8))}px`;
    element.style.left = `${left}px`;
  }
}
