// The year entry screen: every cell saves by itself and says how it stands.
"use strict";

const entryTable = document.getElementById("entry");
const entryData = JSON.parse(document.getElementById("entry-data").textContent);
const { words, language } = entryData;
const KEEP_SAVED_MARK = 2500; // ms the word "saved" stays in a cell
const RETRY_AFTER = 8000; // ms between tries while there is no connection

const say = (pattern, value) => pattern.replace("{}", value);

// --- one cell -------------------------------------------------------------------

// saved: what the server holds; draft: what is chosen for a cell without a number yet;
// patch: what waits to be sent; sent: what is under way.
class EntryCell {
  constructor(row, place) {
    this.row = row;
    this.place = place;
    this.side = place.dataset.side;
    this.input = place.querySelector("input");
    this.saved = entryData.cells[`${row.code} ${this.side}`] ?? { version: 0, text: "" };
    this.patch = null;
    this.draft = {};
    this.sent = null;
    this.wrong = false;
    this.held = ""; // why the patch is not under way: "line" or "session"
  }

  get saved_text() {
    return this.saved.text ?? "";
  }

  get is_open() {
    return this.input !== null;
  }

  get is_dirty() {
    return this.patch !== null || this.sent !== null || this.wrong;
  }

  get typed() {
    return this.input ? this.input.value.trim() : this.saved_text;
  }

  // The number as it stands in the cell now, in millionths; null for none.
  get number() {
    if (!this.input || this.typed === this.saved_text) {
      return EntryPreview.fromPlain(this.saved.value);
    }
    if (this.typed === entryData.marks.zero) return 0n;
    return EntryPreview.parse(this.typed, language);
  }

  get is_rough() {
    return Boolean(this.saved.precision);
  }

  show(state) {
    let mark = this.place.querySelector(".cell-state");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "cell-state";
      this.place.append(mark);
    }
    clearTimeout(this.fading);
    mark.dataset.state = state;
    mark.textContent = words[state];
    if (state === "saved") this.fading = setTimeout(() => mark.remove(), KEEP_SAVED_MARK);
    this.input?.setAttribute("aria-invalid", String(state === "error"));
    showOverall();
  }

  forget() {
    this.place.querySelector(".cell-state")?.remove();
    this.input?.removeAttribute("aria-invalid");
    this.wrong = false;
    showOverall();
  }

  // Keep a change and send it as soon as nothing of this cell is under way.
  keep(change) {
    const has_number = this.saved.version > 0 || "text" in change || "eleven_months" in change;
    if (!has_number) {
      Object.assign(this.draft, change); // nothing to hang it on yet
      return false;
    }
    this.patch = { ...this.draft, ...this.patch, ...change };
    this.draft = {};
    this.wrong = false;
    this.row.closeMessage(this);
    if (!this.sent) this.send();
    return true;
  }

  async send() {
    this.sent = this.patch;
    this.patch = null;
    this.held = "";
    this.row.closeMessage(this);
    this.show("saving");
    const body = { indicator: this.row.code, side: this.side, version: this.saved.version };
    const outcome = await post({ ...body, ...this.sent });
    const sent = this.sent;
    this.sent = null;
    (ANSWERS[outcome.status] ?? ANSWERS.other)(this, sent, outcome.answer);
    if (this.patch && !this.held && !this.wrong) this.send();
    showOverall();
  }

  // Put back what could not be sent; what was changed since stays on top.
  hold(sent, why) {
    this.patch = { ...sent, ...this.patch };
    this.held = why;
    this.show(why === "line" ? "waiting" : "error");
  }

  take(answer) {
    this.saved = answer;
    if (this.input && (document.activeElement !== this.input || !this.patch)) {
      this.input.value = this.saved_text;
    }
    this.row.showCell(this);
  }
}

async function post(body) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  try {
    const response = await fetch(entryTable.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
    });
    const is_json = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!is_json) return { status: response.redirected ? 401 : "other", answer: {} };
    return { status: response.status, answer: await response.json() };
  } catch {
    return { status: "line", answer: {} };
  }
}

// What each answer of the server does to a cell.
const ANSWERS = {
  200(cell, sent, answer) {
    cell.take(answer);
    cell.row.showOutcome(answer);
    if (!cell.patch) cell.show("saved");
    lastSaved = answer.saved_at;
    details.refresh(cell);
  },
  409(cell, sent, answer) {
    const retype = "text" in sent ? sent.text : null;
    const theirs = () => {
      cell.forget();
      cell.take(answer.current);
      cell.row.preview();
      details.refresh(cell);
    };
    const mine = () => {
      cell.saved = answer.current;
      cell.keep(sent);
    };
    refuse(cell, answer.message, [
      [retype === null ? words.keep : answer.current.text || words.empty, theirs],
      [retype === null ? words.mine : retype || words.empty, mine],
    ]);
  },
  422(cell, sent, answer) {
    const buttons = [];
    if (answer.suggestion) {
      const { field } = answer;
      buttons.push([
        say(words.yes, answer.suggestion),
        () => {
          if (field === "text" && cell.input) cell.input.value = answer.suggestion;
          cell.keep({ ...sent, [field]: answer.suggestion });
        },
      ]);
      buttons.push([words.fix, () => cell.input?.select()]);
    }
    const { text, ...rest } = sent; // what hangs on the number goes along with the corrected one
    cell.draft = { ...rest, ...cell.draft };
    refuse(cell, answer.message, buttons);
  },
  401(cell, sent, answer) {
    cell.hold(sent, "session");
    const signIn = () => window.open(entryTable.dataset.login, "_blank", "noopener");
    cell.row.openMessage(cell, answer.message ?? words.failed, [
      [words.signIn, signIn, true],
      [words.retry, flush],
    ]);
  },
  403(cell, sent, answer) {
    cell.hold(sent, "session");
    cell.row.openMessage(cell, answer.message ?? words.failed, [[words.retry, flush]]);
  },
  line(cell, sent) {
    cell.hold(sent, "line");
  },
  other(cell, sent, answer) {
    cell.hold(sent, "session");
    cell.row.openMessage(cell, answer.message ?? words.failed, [[words.retry, flush]]);
  },
};

function refuse(cell, message, buttons) {
  cell.wrong = true;
  cell.show("error");
  cell.row.openMessage(cell, message, buttons);
}

// --- one row --------------------------------------------------------------------

class EntryRow {
  constructor(element) {
    this.element = element;
    this.code = element.dataset.row;
    this.rule = entryData.rules[this.code];
    this.cells = {};
    for (const place of element.querySelectorAll("[data-side]")) {
      this.cells[place.dataset.side] = new EntryCell(this, place);
    }
  }

  get name() {
    return this.element.querySelector(".c-name").firstChild.textContent;
  }

  preview() {
    const actual = this.cells.actual.number;
    const ratio = this.rule.ratio
      ? EntryPreview.planRatio(actual, this.cells.plan.number, language)
      : "";
    const both_rough = this.rule.rough && this.cells.actual.is_rough;
    const change = EntryPreview.change(both_rough ? null : actual, this.rule, entryData, language);
    this.showOutcome({ plan_ratio: ratio, change: change.text, tone: change.tone });
  }

  showOutcome({ plan_ratio, change, tone }) {
    this.element.querySelector(".c-ratio").textContent = plan_ratio;
    const place = this.element.querySelector(".c-change");
    place.textContent = change;
    place.className = `c-change change-${tone}`;
  }

  // Certainty, qualifier, source and note of the actual; the marks of either cell.
  showCell(cell) {
    const { saved } = cell;
    const labels = entryData.labels;
    const word = labels.precision[saved.precision] ?? "";
    const inferred = saved.inferred ? " (*)" : "";
    cell.place.querySelector(".cell-mark").textContent = (cell.side === "plan" ? word : "") + inferred;
    if (cell.side === "plan") return;
    const texts = {
      status: [labels.status[saved.status] ?? ""],
      precision: [word],
      source: [saved.source_short ?? "", saved.source_label],
      note: [saved.note ?? "", saved.note],
    };
    for (const [field, [text, title]] of Object.entries(texts)) {
      const button = this.element.querySelector(`[data-open="${field}"]`);
      if (!button) continue;
      button.textContent = text;
      if (title) button.title = title;
    }
  }

  openMessage(cell, text, buttons) {
    this.closeMessage(cell);
    const place = document.createElement("tr");
    place.className = "message-row";
    place.dataset.side = cell.side;
    const inside = document.createElement("td");
    inside.colSpan = 14;
    const box = document.createElement("div");
    box.className = "cell-message";
    box.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.id = `message-${this.code}-${cell.side}`;
    said.textContent = text;
    box.append(said);
    for (const [label, act, stays] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = label;
      button.addEventListener("click", () => {
        if (!stays) this.closeMessage(cell);
        cell.input?.focus();
        act();
      });
      box.append(button);
    }
    inside.append(box);
    place.append(inside);
    this.element.after(place);
    cell.message = place;
    cell.input?.setAttribute("aria-describedby", said.id);
    place.scrollIntoView({ block: "nearest" });
  }

  closeMessage(cell) {
    cell.message?.remove();
    cell.message = null;
    cell.input?.removeAttribute("aria-describedby");
  }
}

const rows = new Map();
for (const element of entryTable?.querySelectorAll("[data-row]") ?? []) {
  rows.set(element, new EntryRow(element));
}
const allCells = [...rows.values()].flatMap((row) => Object.values(row.cells));

function cellOf(target) {
  const place = target.closest?.("[data-side]");
  return rows.get(target.closest?.("[data-row]"))?.cells[place?.dataset.side];
}

// --- the whole page ---------------------------------------------------------------

const overall = document.getElementById("save-state");
const offlineNotice = document.getElementById("offline");
const SIGNS = { saved: "fa-circle-check", saving: "fa-rotate", unsaved: "fa-circle-exclamation" };
let lastSaved = null;

function showOverall() {
  if (!overall) return;
  const dirty = allCells.filter((cell) => cell.is_dirty);
  const under_way = dirty.some((cell) => cell.sent);
  const waiting = dirty.filter((cell) => cell.held === "line").length;
  offlineNotice.hidden = waiting === 0;
  offlineNotice.querySelector("span").textContent = say(words.offline, waiting);
  overall.dataset.state = under_way ? "saving" : dirty.length ? "unsaved" : "saved";
  overall.querySelector("i").className = `fa-solid ${SIGNS[overall.dataset.state]}`;
  const text = overall.querySelector("span");
  if (under_way) text.textContent = words.saving;
  else if (dirty.length) text.textContent = say(words.unsaved, dirty.length);
  else if (lastSaved) text.textContent = words.allSaved.replace("%(time)s", lastSaved);
}

// Send again what waits for the line or for a new session.
function flush() {
  for (const cell of allCells) {
    if (cell.patch && cell.held && !cell.sent) cell.send();
  }
}
window.addEventListener("online", flush);
window.addEventListener("focus", flush);
document.addEventListener("visibilitychange", flush);
setInterval(() => {
  if (allCells.some((cell) => cell.held === "line")) flush();
}, RETRY_AFTER);
window.addEventListener("beforeunload", (event) => {
  if (allCells.some((cell) => cell.is_dirty)) event.preventDefault();
});

// --- typing and moving --------------------------------------------------------------

entryTable?.addEventListener("input", (event) => {
  if (event.target.closest("td[data-side]")) cellOf(event.target)?.row.preview();
});

entryTable?.addEventListener("change", (event) => commit(event.target));

function commit(target) {
  const cell = target.closest("td[data-side]") ? cellOf(target) : null;
  if (!cell || target !== cell.input) return;
  const known = cell.patch?.text ?? cell.sent?.text ?? cell.saved_text;
  if (cell.typed !== known) cell.keep({ text: cell.typed });
  else if (cell.wrong) {
    cell.forget();
    cell.row.closeMessage(cell);
  }
}

// The same column of the next or previous row that is shown.
function step(from, by) {
  const column = from.closest("td").cellIndex;
  const shown = [...rows.keys()].filter((row) => row.getClientRects().length);
  let place = shown.indexOf(from.closest("tr")) + by;
  for (; shown[place]; place += by) {
    const next = shown[place].cells[column].querySelector("input, button");
    if (next) return focusOn(next);
  }
}

// The neighbour in the row that can be entered or opened.
function sidestep(from, by) {
  const stops = [...from.closest("tr").querySelectorAll("input, button")];
  const next = stops[stops.indexOf(from) + by];
  if (next) focusOn(next);
}

function focusOn(target) {
  target.focus();
  target.select?.();
}

const at_start = (input) => !input.value || (input.selectionStart === 0 && input.selectionEnd === 0);
const at_end = (input) => !input.value || input.selectionStart === input.value.length;
const all_selected = (input) =>
  input.selectionStart === 0 && input.selectionEnd === input.value.length;

const KEYS = {
  Enter(target, event) {
    if (!target.matches("input")) return;
    event.preventDefault();
    commit(target);
    step(target, event.shiftKey ? -1 : 1);
  },
  ArrowDown: (target, event) => (event.preventDefault(), step(target, 1)),
  ArrowUp: (target, event) => (event.preventDefault(), step(target, -1)),
  ArrowLeft(target, event) {
    if (target.matches("input") && !at_start(target) && !all_selected(target)) return;
    event.preventDefault();
    sidestep(target, -1);
  },
  ArrowRight(target, event) {
    if (target.matches("input") && !at_end(target)) return;
    event.preventDefault();
    sidestep(target, 1);
  },
  Escape(target) {
    const cell = cellOf(target);
    if (!cell?.input) return;
    cell.input.value = cell.saved_text;
    if (!cell.sent && !cell.patch) cell.forget();
    cell.row.closeMessage(cell);
    cell.row.preview();
  },
  F2(target, event) {
    event.preventDefault();
    details.open(rows.get(target.closest("tr")), cellOf(target)?.side ?? "actual", null);
  },
};

entryTable?.addEventListener("keydown", (event) => {
  const in_row = event.target.closest("tr[data-row]");
  if (in_row && !event.altKey && !event.ctrlKey && !event.metaKey) {
    KEYS[event.key]?.(event.target, event);
  }
});
entryTable?.addEventListener("focusin", (event) => {
  if (event.target.matches("td[data-side] > input")) event.target.select();
});

const details = new EntryDetails(entryTable, entryData);
entryTable?.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) details.open(rows.get(opener.closest("tr")), "actual", opener.dataset.open);
});

const onlyEmpty = document.getElementById("only-empty");
onlyEmpty?.addEventListener("click", () => {
  const on = onlyEmpty.getAttribute("aria-pressed") !== "true";
  onlyEmpty.setAttribute("aria-pressed", String(on));
  details.close();
  for (const row of rows.values()) {
    const open = Object.values(row.cells).filter((cell) => cell.is_open);
    const asked = row.cells.actual.is_open ? [row.cells.actual] : open;
    row.element.hidden = on && !asked.some((cell) => cell.typed === "");
  }
  for (const group of entryTable.querySelectorAll("tr.group")) {
    let next = group.nextElementSibling;
    while (next && !next.matches("tr.group") && next.hidden) next = next.nextElementSibling;
    group.hidden = !next || next.matches("tr.group");
  }
});
