// A source document beside the table: cells entered while it is open carry it, with the page
// in view, as their source. Which one is open survives a reload, not a sign-out.
"use strict";

class EntrySources {
  static KEPT = "entry-source";
  static NUMBERS = ["text", "eleven_months", "december_estimate"];

  constructor(pane) {
    this.pane = pane;
    this.document = null; // {id, label}
    this.page = "";
    this.by_hand = new Set(); // cells whose source was chosen in their details
    this.body = pane.querySelector("[data-body]");
    this.chooser = pane.querySelector("[data-chooser]");
    this.carry = pane.querySelector("[data-carry]");
    this.opener = document.querySelector("[data-open-source-pane]");
    entryScreen.companions.push((cell, change) => this.companion(cell, change));
    this.listen();
    this.restore();
  }

  listen() {
    this.opener?.addEventListener("click", () => (this.pane.hidden ? this.choose() : this.close()));
    this.pane.addEventListener("click", ({ target }) => this.clicked(target));
    this.pane.addEventListener("viewer:page", ({ detail }) => this.turned(detail.page));
    this.carry.addEventListener("change", () => this.told());
    this.pane.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.leave();
    });
    entryScreen.table.addEventListener("click", ({ target }) => {
      if (target.closest("[data-open-source]")) this.openOf(target);
    });
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  // --- what cells take -------------------------------------------------------------------

  companion(cell, change) {
    if ("source" in change || "source_page" in change) {
      this.by_hand.add(this.nameOf(cell));
      this.keep();
      return {};
    }
    const is_number = EntrySources.NUMBERS.some((field) => change[field]);
    if (!is_number || !this.is_carried || this.by_hand.has(this.nameOf(cell))) return {};
    return { source: this.document.id, source_page: this.page };
  }

  // What numbers that are not typed one by one take: nothing while no document is carried.
  get carried() {
    return this.is_carried ? { source: this.document.id, source_page: this.page } : {};
  }

  get is_carried() {
    return this.document !== null && !this.pane.hidden && this.carry.checked;
  }

  nameOf(cell) {
    return `${entryScreen.table.dataset.save} ${cell.key}`;
  }

  // --- opening and closing -----------------------------------------------------------------

  async open({ id, label }, page = "") {
    this.document = { id: Number(id), label };
    this.page = page;
    this.viewer = null;
    this.show(true);
    this.chooser.hidden = true;
    this.pane.querySelector("[data-title]").textContent = label;
    this.pane.querySelector("[data-title]").title = label;
    this.body.replaceChildren();
    this.told();
    const address = this.pane.dataset.content.replace("/0/", `/${id}/`);
    const asked = this.document;
    const viewer = await SourceViewer.open(this.body, address, page, () => this.document === asked);
    if (this.document !== asked) return;
    this.viewer = viewer;
    if (!viewer) this.turned(""); // only a message is shown: there is no page
  }

  // The list of documents, over the one that is open.
  choose() {
    this.show(true);
    this.chooser.hidden = false;
    this.told();
    this.chooser.querySelector("input").focus();
  }

  close() {
    const was_inside = this.pane.contains(document.activeElement);
    this.show(false);
    this.document = null;
    this.page = "";
    this.body.replaceChildren();
    this.told();
    if (was_inside) this.leave();
  }

  show(on) {
    this.pane.hidden = !on;
    document.body.classList.toggle("has-source", on);
    this.opener?.setAttribute("aria-pressed", String(on));
  }

  // The document of the cell whose details are open.
  openOf(target) {
    const side = target.closest("[data-of]").dataset.of;
    const cell = entryScreen.details.row.cells[side];
    const held = { ...cell.saved, ...cell.draft, ...cell.patch };
    const label = target.closest("[data-of]").querySelector("[data-chosen]").textContent;
    if (held.source) this.open({ id: held.source, label }, held.source_page ?? "");
  }

  clicked(target) {
    const choice = target.closest("[data-source]");
    if (choice) this.open({ id: choice.dataset.source, label: choice.textContent.trim() });
    if (target.closest("[data-close-source]")) this.close();
    if (target.closest("[data-pick]")) {
      if (this.chooser.hidden) this.choose();
      else if (this.document) this.chooser.hidden = true;
    }
  }

  // --- the page in view ----------------------------------------------------------------------

  turned(page) {
    this.page = page.slice(0, 60);
    this.told();
  }

  // What the head of the pane says, and what a reload finds again.
  told() {
    const { dataset } = this.pane;
    const pattern = !this.page
      ? dataset.carries
      : this.body.querySelector("[data-picture]")
        ? dataset.carriesPage
        : dataset.carriesSheet;
    this.pane.querySelector("[data-use-of-source]").hidden = !this.document;
    this.pane.querySelector("[data-carries-now]").textContent = entryScreen.say(pattern, this.page);
    this.pane.dataset.carried = String(this.is_carried);
    this.keep();
    this.pane.dispatchEvent(new CustomEvent("source:changed"));
  }

  // --- keys ------------------------------------------------------------------------------------

  // F6 goes round: table, chosen cells, document. Alt with PageDown turns from within the table.
  pressed(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "F6") {
      event.preventDefault();
      this.goRound(event.target);
    } else if (event.altKey && (event.key === "PageDown" || event.key === "PageUp")) {
      if (!this.viewer) return;
      event.preventDefault();
      this.viewer.turn(event.key === "PageDown" ? 1 : -1);
    }
  }

  goRound(from) {
    const picks = document.getElementById("cell-picks");
    if (this.pane.contains(from)) return this.leave();
    if (picks && !picks.hidden && !picks.contains(from)) {
      picks.querySelector("button").focus();
    } else if (this.pane.hidden) this.choose();
    else (this.body.querySelector(".viewer-paper") ?? this.pane.querySelector("button")).focus();
  }

  leave() {
    const last = this.last ?? entryScreen.allCells.find((cell) => cell.is_open);
    if (last) entryScreen.show(last);
  }

  // --- surviving a reload --------------------------------------------------------------------------

  // The token of forms changes with every sign-in: what another session kept is not read.
  get session() {
    return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1].slice(-12) ?? "";
  }

  keep() {
    const { document: chosen, page, session } = this;
    const kept = { session, chosen, page, carry: this.carry.checked, by_hand: [...this.by_hand] };
    try {
      sessionStorage.setItem(EntrySources.KEPT, JSON.stringify(kept));
    } catch {
      // kept for this page only
    }
  }

  restore() {
    let kept = {};
    try {
      kept = JSON.parse(sessionStorage.getItem(EntrySources.KEPT)) ?? {};
    } catch {
      // nothing was kept
    }
    if (kept.session !== this.session) kept = {};
    this.by_hand = new Set(kept.by_hand);
    this.carry.checked = kept.carry ?? true;
    const { document: id, label } = this.pane.dataset;
    const named = id ? { id: Number(id), label } : null; // by the address: entered on behalf
    const chosen = named ?? kept.chosen;
    if (chosen) this.open(chosen, chosen.id === kept.chosen?.id ? kept.page : "");
    else this.told();
  }
}

if (window.entryScreen && document.getElementById("source-viewer")) {
  entryScreen.sources = new EntrySources(document.getElementById("source-viewer"));
  entryScreen.table.addEventListener("cell:focused", ({ detail }) => {
    entryScreen.sources.last = detail.cell;
  });
}
