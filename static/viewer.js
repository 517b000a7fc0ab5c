// A source file to look at: pages turned and enlarged by buttons and by keys.
// Tells by the event "viewer:page" {page} what is in view: the number of the page, the name
// of the sheet, or "" for a text, which has no pages.
"use strict";

class SourceViewer {
  static ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

  // The viewer of a file in `place`; null where only a message can be shown, or where
  // meanwhile it is not wanted any more.
  static async open(place, address, wanted = "", isWanted = () => true) {
    place.setAttribute("aria-busy", "true");
    const fragment = await SourceViewer.fetched(address, place.dataset.failed);
    if (!isWanted()) return null;
    place.removeAttribute("aria-busy");
    place.replaceChildren(...fragment);
    const root = place.querySelector("[data-viewer]");
    return root ? new SourceViewer(root, wanted) : null;
  }

  static async fetched(address, failed) {
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (response.redirected) return [SourceViewer.message(failed)];
      if (!response.ok) return [SourceViewer.message((await response.json()).message ?? failed)];
      // The portal's own template: what the file holds is escaped or cleaned there.
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return page.body.children;
    } catch {
      return [SourceViewer.message(failed)];
    }
  }

  static message(text) {
    const place = document.createElement("p");
    place.className = "viewer-message";
    place.setAttribute("role", "status");
    place.textContent = text;
    return place;
  }

  constructor(root, wanted) {
    this.root = root;
    this.paper = root.querySelector(".viewer-paper");
    this.picture = root.querySelector("[data-picture]");
    this.pages = Number(root.dataset.pages);
    this.zoom = SourceViewer.ZOOMS.indexOf(1);
    this.page = "";
    root.addEventListener("click", (event) => this.clicked(event.target));
    root.addEventListener("change", (event) => this.changed(event.target));
    root.addEventListener("keydown", (event) => this.pressed(event));
    this.picture?.addEventListener("load", () => this.prepareNext());
    this.picture?.addEventListener("error", () => this.tellTrouble());
    if (this.picture) this.turnTo(Number(wanted) || 1);
    else this.showSheet(wanted);
  }

  clicked(target) {
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.turn) this.turn(Number(button.dataset.turn));
    if (button.dataset.zoom) this.enlarge(Number(button.dataset.zoom));
    if (button.dataset.sheet !== undefined) this.showSheet(button.dataset.sheet);
  }

  changed(target) {
    if (target.matches("[data-page]")) this.turnTo(Number(target.value.trim()) || this.page);
  }

  pressed(event) {
    const typing = event.target.matches("input");
    const act = {
      PageDown: () => this.turn(1),
      PageUp: () => this.turn(-1),
      "+": () => this.enlarge(1),
      "=": () => this.enlarge(1),
      "-": () => this.enlarge(-1),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || (typing && !event.key.startsWith("Page"))) return;
    if (event.key.startsWith("Page") && !this.picture) return; // a text scrolls
    event.preventDefault();
    act();
  }

  turn(by) {
    if (this.picture) this.turnTo(Number(this.page) + by);
    else this.paper.scrollBy({ top: by * this.paper.clientHeight * 0.9 });
  }

  turnTo(number) {
    const page = Math.min(Math.max(Math.trunc(Number(number)), 1), this.pages);
    this.root.querySelector("[data-page]").value = page;
    if (String(page) === this.page) return;
    const alt = this.picture.dataset.alt.replace("{}", () => page);
    this.picture.src = this.addressOf(page);
    this.picture.alt = alt;
    this.picture.hidden = false;
    this.root.querySelector("[data-trouble]").hidden = true;
    this.root.querySelector("[data-said]").textContent = `${page}/${this.pages}`;
    this.root.querySelector('[data-turn="-1"]').disabled = page === 1;
    this.root.querySelector('[data-turn="1"]').disabled = page === this.pages;
    this.paper.scrollTop = 0;
    this.tell(String(page));
  }

  addressOf(page) {
    return this.root.dataset.address.replace("/0/", `/${page}/`);
  }

  // The next page is drawn and fetched while this one is read.
  prepareNext() {
    const next = Number(this.page) + 1;
    if (next <= this.pages) new Image().src = this.addressOf(next);
  }

  // A picture cannot say why it is none: ask once more.
  async tellTrouble() {
    const page = this.page;
    const place = this.root.querySelector("[data-trouble]");
    let message = this.root.dataset.failed;
    try {
      const response = await fetch(this.addressOf(page), { headers: { Accept: "application/json" } });
      message = (await response.json()).message ?? message;
    } catch {
      // no answer, or none meant for people: our own words stand
    }
    if (page !== this.page) return;
    place.textContent = message;
    place.hidden = false;
    this.picture.hidden = true;
  }

  // The sheet of this name, or of a cell written as "Bieu 02!F12".
  showSheet(wanted = "") {
    const name = wanted.replace(/![A-Z]{1,3}[0-9]{1,7}$/, "");
    const sheets = [...this.root.querySelectorAll("[data-of-sheet]")];
    const chosen = sheets.find((sheet) => sheet.dataset.ofSheet === name) ?? sheets[0];
    for (const sheet of sheets) sheet.hidden = sheet !== chosen;
    for (const button of this.root.querySelectorAll("[data-sheet]")) {
      button.setAttribute("aria-pressed", String(button.dataset.sheet === chosen.dataset.ofSheet));
    }
    this.paper.scrollTo(0, 0);
    this.tell(chosen?.dataset.ofSheet ?? "");
  }

  enlarge(by) {
    this.zoom = Math.min(Math.max(this.zoom + by, 0), SourceViewer.ZOOMS.length - 1);
    const factor = `${SourceViewer.ZOOMS[this.zoom] * 100}%`;
    this.root.querySelector("[data-zoomed]").textContent = factor;
    if (this.picture) this.picture.style.width = factor;
    for (const part of this.root.querySelectorAll("[data-zoomable]")) part.style.fontSize = factor;
  }

  tell(page) {
    this.page = page;
    this.root.dispatchEvent(new CustomEvent("viewer:page", { detail: { page }, bubbles: true }));
  }
}

for (const place of document.querySelectorAll("[data-open-viewer]")) {
  SourceViewer.open(place, place.dataset.openViewer);
}
