// Choosing a figure: a search beside the cursor, its finds in the words they would print.
"use strict";

class EditorPicker {
  static PAUSE = 150; // ms after the last key before asking

  constructor(desk) {
    this.desk = desk;
    this.element = document.getElementById("picker");
    this.input = this.element.querySelector("input");
    this.list = this.element.querySelector("[role=listbox]");
    this.status = this.element.querySelector("[role=status]");
    this.options = [];
    this.here = -1;
    this.input.addEventListener("input", () => this.searchSoon());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options[Number(option.dataset.place)]);
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.element.hidden && !this.element.contains(event.target)) this.close();
    });
  }

  // `typed` is what opened it and goes back into the text when nothing is chosen.
  open(view, typed = "") {
    this.view = view;
    this.typed = typed;
    this.element.hidden = false;
    this.input.value = "";
    this.shown = null;
    this.chooseFirst = false;
    const at = view.coordsAtPos(view.state.selection.from);
    EditorMenu.place(this.element, at);
    this.input.focus();
    this.input.setAttribute("aria-expanded", "true");
    this.search();
  }

  close(giveBack = false) {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.asking?.abort();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (giveBack && this.typed) this.view.dispatch(this.view.state.tr.insertText(this.typed));
    if (giveBack) this.view.focus();
  }

  searchSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.search(), EditorPicker.PAUSE);
  }

  async search() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.asking = new AbortController();
    const { words, addresses } = this.desk.data;
    const query = this.input.value;
    this.asked = query;
    this.status.textContent = words.searching;
    const address = `${addresses.pick}?${new URLSearchParams({ q: query })}`;
    const { status, answer } = await Line.get(address, this.asking.signal);
    if (status === "dropped" || this.asked !== query) return;
    this.shown = query;
    if (status !== 200) this.show([], answer.message ?? words.noSearch);
    else {
      const count = answer.found.length;
      this.show(answer.found, count ? words.found.replace("{}", count) : words.nothing);
    }
  }

  show(found, said) {
    this.status.textContent = said;
    this.options = [];
    this.list.replaceChildren(...found.map((figure, place) => this.group(figure, place)));
    this.list.scrollTop = 0;
    this.move(this.options.length ? 0 : -1);
    if (this.chooseFirst && this.options.length) this.choose(this.options[0]);
    this.chooseFirst = false;
  }

  group(figure, place) {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    const name = document.createElement("p");
    name.id = `picker-${place}`;
    name.className = "picker-name";
    name.append(figure.label);
    if (figure.scope) {
      name.append(" ", Object.assign(document.createElement("small"), { textContent: figure.scope }));
    }
    group.setAttribute("aria-labelledby", name.id);
    group.append(name, ...figure.forms.map((form) => this.option(form, figure)));
    return group;
  }

  option(form, figure) {
    const option = document.createElement("div");
    option.setAttribute("role", "option");
    option.id = `picker-option-${this.options.length}`;
    option.dataset.place = this.options.length;
    option.setAttribute("aria-selected", "false");
    const text = Object.assign(document.createElement("span"), {
      textContent: form.text || this.desk.data.words.empty,
    });
    option.append(text, Object.assign(document.createElement("small"), { textContent: form.label }));
    this.options.push({ ...form, name: figure.label, option });
    return option;
  }

  move(to) {
    this.options[this.here]?.option.setAttribute("aria-selected", "false");
    this.here = to;
    const chosen = this.options[to]?.option;
    if (!chosen) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", chosen.id);
  }

  key(event) {
    const many = this.options.length;
    const steps = { ArrowDown: this.here + 1, ArrowUp: this.here - 1 };
    if (event.key in steps && many) this.move((steps[event.key] + many) % many);
    else if (event.key === "PageDown" && many) this.move(Math.min(this.here + 8, many - 1));
    else if (event.key === "PageUp" && many) this.move(Math.max(this.here - 8, 0));
    else if (event.key === "Enter") {
      if (this.shown !== this.input.value) {
        this.chooseFirst = true; // typed faster than the answer came: the first find of all words
        if (this.asked !== this.input.value) this.search();
      } else this.choose(this.options[this.here]);
    } else if (event.key === "Escape" || event.key === "Tab") this.close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(form) {
    if (!form) return;
    const { view } = this;
    const state = form.text ? "said" : "missing";
    const text = form.text || this.desk.data.words.empty;
    this.desk.chips.learn({
      [form.token]: { state, text, name: form.name, form: form.label, address: form.address },
    });
    this.close();
    const chip = view.state.schema.nodes.chip.create({ token: form.token });
    view.dispatch(view.state.tr.replaceSelectionWith(chip, true).scrollIntoView());
    view.focus();
  }
}
