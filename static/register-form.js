// The form of a record: sent without leaving the page, so that a lost connection, an ended
// session or a wrong field never costs what was typed. A draft is kept on this machine, under
// the person's own number, until the portal has confirmed the record.
"use strict";

const DRAFTS = "register-draft ";
const DRAFT_DAYS = 7;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "entry_key", "twins_seen"]);

class Draft {
  constructor(form) {
    this.key = DRAFTS + form.dataset.draft;
    this.form = form;
  }

  values() {
    return [...new FormData(this.form)].filter(
      ([name, value]) => !NOT_KEPT.has(name) && typeof value === "string",
    );
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), values: this.values() }));
      return true;
    } catch {
      return false; // the disk is full, or the browser keeps nothing
    }
  }

  drop() {
    localStorage.removeItem(this.key);
  }

  static forgetOld() {
    const oldest = Date.now() - DRAFT_DAYS * 24 * 60 * 60 * 1000;
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith(DRAFTS))) {
      let at = 0;
      try {
        at = JSON.parse(localStorage.getItem(key)).at;
      } catch {
        // not ours any more
      }
      if (!(at > oldest)) localStorage.removeItem(key);
    }
  }
}

class RecordForm {
  constructor(form) {
    this.form = form;
    this.draft = new Draft(form);
    this.notice = document.getElementById("form-notice");
    this.state = document.getElementById("draft-state");
    form.dataset.ready = "";
    this.untouched = JSON.stringify(this.draft.values());
    form.addEventListener("input", () => this.touched());
    form.addEventListener("change", () => this.touched());
    form.addEventListener("click", (event) => this.clicked(event));
    window.addEventListener("pagehide", () => this.flush());
    for (const row of form.querySelectorAll(".line-row")) this.hideIfRemoved(row);
    if (form.dataset.state === "sent") this.isTouched = true;
    else this.offerDraft();
    form.querySelector("[aria-invalid=true], .field-wrong input, .field-wrong select")?.focus();
  }

  touched() {
    this.isTouched = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), 400);
  }

  flush() {
    clearTimeout(this.timer);
    if (!this.isTouched || this.isDone || !this.form.isConnected) return;
    this.isTouched = false;
    if (this.draft.keep()) this.tell(this.form.dataset.kept, new Date());
  }

  tell(words, at) {
    const time = at.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    this.state.textContent = `${words} ${time}`;
  }

  offerDraft() {
    const kept = this.draft.read();
    if (!kept) return;
    if (JSON.stringify(kept.values) === this.untouched) return this.draft.drop();
    const offer = document.getElementById("draft-offer");
    const at = new Date(kept.at);
    offer.querySelector("[data-when]").textContent = at.toLocaleString("vi-VN", {
      hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric",
    });
    offer.hidden = false;
    offer.querySelector("[data-restore]").addEventListener("click", () => this.restore(kept));
    offer.querySelector("[data-drop]").addEventListener("click", () => {
      this.draft.drop();
      offer.hidden = true;
    });
  }

  // The server draws the form with what was kept: names of chosen rows, lines and all.
  restore(kept) {
    const values = new FormData();
    for (const [name, value] of kept.values) values.append(name, value);
    for (const name of ["csrfmiddlewaretoken", "entry_key"]) {
      const field = this.form.elements[name];
      if (field) values.append(name, field.value);
    }
    values.append("draft", "1");
    const plain = {};
    for (const name of new Set(values.keys())) plain[name] = values.getAll(name);
    htmx.ajax("POST", location.pathname, {
      values: plain, source: this.form, target: "#main", select: "#main", swap: "outerHTML",
    });
  }

  say(words) {
    this.notice.querySelector("span").textContent = words;
    this.notice.hidden = false;
    this.notice.scrollIntoView({ block: "center" });
  }

  clicked(event) {
    const add = event.target.closest("[data-add-line]");
    if (add) this.addLine(add.closest(".lines"));
    const remove = event.target.closest("[data-remove-line]");
    if (remove) this.removeLine(remove.closest(".line-row"));
  }

  addLine(lines) {
    const total = lines.querySelector("[name$=-TOTAL_FORMS]");
    const blank = lines.querySelector("template").content.querySelector(".line-row");
    const row = blank.cloneNode(true);
    for (const part of row.querySelectorAll("*")) {
      for (const { name, value } of [...part.attributes]) {
        if (value.includes("__prefix__")) {
          part.setAttribute(name, value.replaceAll("__prefix__", total.value));
        }
      }
    }
    lines.querySelector("tbody").append(row);
    total.value = Number(total.value) + 1;
    document.dispatchEvent(new Event("lines:added"));
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    this.touched();
  }

  removeLine(row) {
    row.querySelector("[name$=-DELETE]").checked = true;
    row.hidden = true;
    row.closest(".lines").querySelector("[data-add-line]").focus();
    this.touched();
  }

  hideIfRemoved(row) {
    if (row.querySelector("[name$=-DELETE]")?.checked) row.hidden = true;
  }

  // Called by htmx events below.
  answered(xhr) {
    if (!xhr.getResponseHeader("HX-Redirect")) return;
    this.isDone = true;
    this.draft.drop();
  }

  failed(xhr) {
    this.draft.keep();
    let words = this.form.dataset.failed;
    if (xhr.status === 0) words = this.form.dataset.offline;
    try {
      words = JSON.parse(xhr.responseText).message ?? words;
    } catch {
      // no words of the portal's
    }
    this.say(words);
  }
}

let open = null;
function readyForm() {
  const form = document.querySelector("#record-form:not([data-ready])");
  if (form) open = new RecordForm(form);
}

Draft.forgetOld();
readyForm();
document.addEventListener("htmx:load", readyForm);
// What is wrong, or changed meanwhile, comes with its own status and is a page like any other.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if ([409, 422].includes(detail.xhr.status)) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  if (detail.elt === open?.form) open.answered(detail.xhr);
});
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, ({ detail }) => {
    if (detail.elt === open?.form) open.failed(detail.xhr);
  });
}
