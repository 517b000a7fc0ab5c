// Cells given back: the marked ones with one reason.
"use strict";

class EntryRemarks {
  constructor(dialog, picks) {
    this.dialog = dialog;
    this.picks = picks;
    this.form = dialog.querySelector("form");
    this.error = dialog.querySelector("[data-error]");
    this.opener = document.createElement("button");
    this.opener.type = "button";
    this.opener.className = "btn";
    this.opener.addEventListener("click", () => this.open());
    picks.none.before(this.opener);
    new MutationObserver(() => this.draw()).observe(picks.said, { childList: true });
    this.mode = document.getElementById("mark-cells");
    this.mode?.addEventListener("click", () => this.mark());
    this.form.addEventListener("submit", (event) => this.send(event));
    for (const button of dialog.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => dialog.close());
    }
    this.draw();
  }

  draw() {
    const count = this.picks.cells.size;
    this.opener.hidden = count === 0;
    this.opener.textContent = entryScreen.say(this.dialog.dataset.open, count);
    const is_asked = this.mode?.getAttribute("aria-pressed") === "true";
    this.opener.classList.toggle("btn-primary", is_asked); // what was come for stands out
    this.picks.write.classList.toggle("btn-primary", !is_asked);
  }

  // One click marks a cell, without the Ctrl key; the mode is shared with choosing sources.
  mark() {
    const on = this.mode.getAttribute("aria-pressed") !== "true";
    this.mode.setAttribute("aria-pressed", String(on));
    this.picks.mode.setAttribute("aria-pressed", String(on));
    if (on) this.picks.say(this.mode.dataset.said);
    else this.picks.drop();
  }

  open() {
    const cells = [...this.picks.cells];
    if (cells.some((cell) => cell.is_dirty)) return this.picks.say(this.dialog.dataset.waits);
    const said = entryScreen.say(this.dialog.dataset.count, cells.length);
    this.dialog.querySelector("[data-said]").textContent = said;
    this.dialog.querySelector("[data-list]").replaceChildren(
      ...cells.slice(0, 8).map((cell) => {
        const line = document.createElement("li");
        line.textContent = `${cell.row.name}, ${cell.place.dataset.l}: ${cell.saved_text}`;
        return line;
      }),
    );
    this.error.hidden = true;
    this.dialog.showModal();
    this.form.elements.text.focus();
  }

  async send(event) {
    event.preventDefault();
    const cells = [...this.picks.cells];
    const body = new FormData(this.form);
    for (const cell of cells) body.append("figure", cell.saved.figure);
    const button = this.form.querySelector("[type=submit]");
    button.disabled = true;
    const { status, answer } = await this.post(body);
    button.disabled = false;
    if (status !== 200) {
      this.error.textContent = answer.message ?? this.dialog.dataset.failed;
      this.error.hidden = false;
      return;
    }
    for (const cell of cells) {
      const remark = answer.remarks[cell.saved.figure];
      if (!remark) continue; // it was given back before and still waits
      cell.saved.remark = remark;
      cell.row.showCell(cell);
    }
    this.form.reset();
    this.dialog.close();
    this.mode?.setAttribute("aria-pressed", "false");
    this.picks.mode.setAttribute("aria-pressed", "false");
    this.picks.drop();
    this.picks.say(answer.message);
  }

  async post(body) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    try {
      const response = await fetch(this.dialog.dataset.address, { method: "POST", headers, body });
      return { status: response.status, answer: await response.json() };
    } catch {
      return { status: 0, answer: {} };
    }
  }
}

if (window.entryScreen) {
  const dialog = document.getElementById("give-back");
  if (dialog && entryScreen.picks) new EntryRemarks(dialog, entryScreen.picks);
}
