// Dialogs over the entry table: adding a document, and entering on behalf of an agency.
"use strict";

class EntryDocuments {
  constructor() {
    this.dialog = document.getElementById("document-dialog");
    this.body = this.dialog.querySelector("[data-body]");
    this.trouble = this.dialog.querySelector("[data-trouble]");
    this.taker = null; // fn(id, label): what the added document is for
    document.addEventListener("click", ({ target }) => this.clicked(target));
    this.dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.target, event.submitter);
    });
    this.dialog.addEventListener("close", () => this.body.replaceChildren());
    this.onBehalf();
    this.keepAgency();
  }

  clicked(target) {
    const opener = target.closest("[data-open-dialog]");
    if (opener) document.getElementById(opener.dataset.openDialog).showModal();
    if (target.closest("dialog [data-close]")) target.closest("dialog").close();
    const adder = target.closest("[data-add-document]");
    if (adder) this.open(this.takerOf(adder));
    const known = this.dialog.contains(target) && target.closest("[data-use]");
    if (known) this.take(known.dataset.use, known.dataset.label);
  }

  // Where the document was asked for: the details of a cell, the dialog, or the pane.
  takerOf(adder) {
    const { sources } = entryScreen;
    const choices = adder.closest(".source-choices");
    if (!choices || sources?.pane.contains(adder)) return (id, label) => sources.open({ id, label });
    return (id, label) => {
      const choice = document.createElement("button");
      choice.type = "button";
      choice.dataset.source = id;
      choice.textContent = label;
      choices.append(choice);
      choice.click(); // as if it had been found
      if (choices.closest(".details-side")) sources?.open({ id, label });
    };
  }

  // --- adding ------------------------------------------------------------------------------

  async open(taker) {
    this.taker = taker;
    this.tell("");
    this.dialog.showModal();
    const { text } = await this.ask(this.dialog.dataset.address);
    this.draw(text);
    this.body.querySelector("input:not([type=hidden])")?.focus();
  }

  async send(form, submitter) {
    const typed = new FormData(form, submitter);
    const files = form.querySelector("input[type=file]");
    submitter.disabled = true;
    const { status, text } = await this.ask(form.action, { method: "POST", body: typed });
    submitter.disabled = false;
    if (status === 201) {
      const { id, label } = JSON.parse(text);
      return this.take(id, label);
    }
    if (status !== 422 && status !== 409) return this.tell(this.dialog.dataset.failed);
    this.draw(text);
    // The file that was chosen stays chosen.
    const fresh = this.body.querySelector("input[type=file]");
    if (files.files.length) fresh.files = files.files;
    (this.body.querySelector("[data-use]") ?? this.body.querySelector(".field-wrong input"))?.focus();
  }

  async ask(address, options = {}) {
    const headers = { "HX-Request": "true" };
    try {
      const response = await fetch(address, { ...options, headers });
      return { status: response.redirected ? 0 : response.status, text: await response.text() };
    } catch {
      return { status: 0, text: "" };
    }
  }

  // The portal's own form: what people wrote in it is escaped there.
  draw(html) {
    this.tell("");
    const page = new DOMParser().parseFromString(html, "text/html");
    const form = page.querySelector("form");
    if (form) this.body.replaceChildren(form);
    else this.tell(this.dialog.dataset.failed);
  }

  tell(text) {
    this.trouble.textContent = text;
    this.trouble.hidden = !text;
  }

  take(id, label) {
    this.dialog.close();
    this.taker(id, label);
  }

  // --- on behalf ------------------------------------------------------------------------------

  onBehalf() {
    const dialog = document.getElementById("behalf-dialog");
    if (!dialog) return;
    const agency = dialog.querySelector("select");
    agency.addEventListener("change", () => {
      const address = new URL(this.dialog.dataset.address, location.href);
      address.searchParams.set("issuer", agency.selectedOptions[0].dataset.name ?? "");
      this.dialog.dataset.address = address.href;
    });
    dialog.addEventListener("click", ({ target }) => {
      const choice = target.closest("[data-source]");
      if (!choice) return;
      dialog.querySelector('[name="van-ban"]').value = choice.dataset.source;
      dialog.querySelector("[data-chosen]").textContent = choice.textContent.trim();
      dialog.querySelector(".source-choices").replaceChildren();
      dialog.querySelector("[type=search]").value = "";
      dialog.querySelector("[type=submit]").focus();
    });
  }

  // Another year or period is entered for the same agency.
  keepAgency() {
    if (!new URLSearchParams(location.search).has("thay")) return;
    for (const link of document.querySelectorAll(".year-list a")) link.search = location.search;
  }
}

if (window.entryScreen && document.getElementById("document-dialog")) {
  entryScreen.documents = new EntryDocuments();
}
