// A box that searches on the server: what is chosen is kept as the number of a row in a hidden
// field. Only what existed on the record's day is offered, so the day travels with the question.
"use strict";

// A name as it is compared: accents, case and spaces aside.
function bare(name) {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
  return plain.trim().replace(/\s+/g, " ");
}

class Picker {
  static WAIT = 180; // ms after the last key before the server is asked

  constructor(root) {
    this.root = root;
    this.box = root.querySelector(".picker-box");
    this.list = root.querySelector(".picker-list");
    this.isMultiple = "multiple" in root.dataset;
    this.shown = this.isMultiple ? "" : this.box.value;
    this.at = -1;
    this.asked = 0;
    root.dataset.ready = "";
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("focus", () => this.box.select());
    this.box.addEventListener("click", () => this.list.hidden && this.ask());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.left());
    // Before the box loses focus, or the list would be gone when the click arrives.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
    for (const chip of root.querySelectorAll(".picker-chip")) this.removable(chip);
  }

  typed() {
    clearTimeout(this.timer);
    this.enterPressed = false;
    this.mark(null); // what is offered belongs to other words: Enter takes none of it
    this.timer = setTimeout(() => this.ask(), Picker.WAIT);
  }

  get day() {
    const field = this.root.dataset.day;
    return this.root.closest("form")?.elements[field]?.value ?? "";
  }

  async ask() {
    if (this.box.disabled) return;
    const number = ++this.asked;
    const isChosen = this.box.value === this.shown && (this.isMultiple || this.hidden.value);
    const words = isChosen ? "" : this.box.value;
    const query = new URLSearchParams({ q: words, on: this.day });
    try {
      const answer = await fetch(`${this.root.dataset.picker}?${query}`, {
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(answer.status);
      const { rows } = await answer.json();
      if (number === this.asked) this.offer(rows);
    } catch {
      if (number === this.asked) this.say(this.root.dataset.failed);
    }
  }

  offer(rows) {
    const taken = new Set(this.isMultiple ? this.values() : []);
    const left = rows.filter((row) => !taken.has(String(row.id)));
    if (!left.length) return this.say(this.root.dataset.nothing);
    this.list.replaceChildren(...left.map((row, place) => this.option(row, place)));
    this.open();
    this.mark(0);
    this.isMoved = false; // the first is marked, and nobody has pressed an arrow yet
    if (this.enterPressed && this.options.length === 1) this.choose(this.options[0]);
    this.enterPressed = false;
  }

  option(row, place) {
    const item = document.createElement("li");
    item.role = "option";
    item.id = `${this.list.id}_${place}`;
    item.dataset.value = row.id;
    item.dataset.label = row.label;
    item.append(row.label);
    if (row.hint) {
      const hint = document.createElement("small");
      hint.textContent = row.hint;
      item.append(hint);
    }
    return item;
  }

  say(words) {
    const item = document.createElement("li");
    item.className = "picker-said";
    item.textContent = words;
    this.list.replaceChildren(item);
    this.open();
    this.mark(null);
  }

  open() {
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
  }

  close() {
    this.asked += 1; // an answer on its way comes too late
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  mark(place) {
    const options = this.options;
    this.at = place === null || !options.length ? -1 : (place + options.length) % options.length;
    options.forEach((option, index) =>
      option.setAttribute("aria-selected", String(index === this.at)),
    );
    const marked = options[this.at];
    marked?.scrollIntoView({ block: "nearest" });
    if (marked) this.box.setAttribute("aria-activedescendant", marked.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  // The first arrow down means what is marked already: with Enter it takes the first.
  move(by) {
    const isFirst = !this.isMoved && this.at === 0 && by === 1;
    this.isMoved = true;
    this.mark(isFirst ? 0 : this.at + by);
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Enter" && (isOpen || this.box.value !== this.shown)) {
      event.preventDefault();
      if (this.options[this.at]) this.choose(this.options[this.at]);
      else this.enterPressed = true; // the answer is on its way
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.restore();
    } else if (event.key === "Backspace" && this.isMultiple && !this.box.value) {
      this.root.querySelector(".picker-chip:last-of-type")?.remove();
      this.changed();
    }
  }

  values() {
    const name = CSS.escape(this.root.dataset.name);
    return [...this.root.querySelectorAll(`input[name="${name}"]`)].map((input) => input.value);
  }

  choose(option) {
    const { value, label } = option.dataset;
    if (this.isMultiple) {
      this.box.before(this.chip(value, label));
      this.box.value = "";
    } else {
      this.hidden.value = value;
      this.box.value = this.shown = label;
    }
    this.close();
    this.changed();
  }

  get hidden() {
    return this.root.querySelector("input[type=hidden]");
  }

  chip(value, label) {
    const chip = document.createElement("span");
    chip.className = "picker-chip";
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: this.root.dataset.name, value });
    chip.append(label, input);
    return this.removable(chip);
  }

  removable(chip) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: "×" });
    button.setAttribute("aria-label", `${this.root.dataset.remove} ${chip.textContent.trim()}`);
    button.addEventListener("click", () => {
      chip.remove();
      this.box.focus();
      this.changed();
    });
    chip.append(button);
    return chip;
  }

  changed() {
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  restore() {
    clearTimeout(this.timer);
    this.box.value = this.shown;
    this.close();
  }

  // Left without choosing: what was chosen before does not stand for other words. Words that
  // nobody chose a row for are sent as they are, and the portal asks for a choice.
  left() {
    clearTimeout(this.timer);
    this.close();
    if (this.box.value === this.shown) return;
    const exact = this.options.filter(({ dataset }) => bare(dataset.label) === bare(this.box.value));
    if (exact.length === 1) return this.choose(exact[0]);
    if (this.isMultiple && !("keeps" in this.root.dataset)) this.box.value = "";
    if (!this.isMultiple) this.hidden.value = "";
    this.shown = this.isMultiple ? "" : this.box.value.trim() && this.box.value;
    this.changed();
  }
}

function readyPickers() {
  for (const root of document.querySelectorAll(".picker:not([data-ready])")) new Picker(root);
}
readyPickers();
document.addEventListener("htmx:load", readyPickers);
document.addEventListener("lines:added", readyPickers);
