// "Chỉ tiêu và phân công": agencies chosen by typing part of their name; every row saves by itself.
"use strict";

(() => {
  const table = document.getElementById("assign");
  if (!table?.dataset.save) return;
  const { agencies, words } = JSON.parse(document.getElementById("assign-data").textContent);
  const RETRY_AFTER = 8000; // ms between tries while there is no connection
  const say = (pattern, value) => pattern.replace("{}", () => value);

  // "so cong" finds "Sở Công Thương": as the server makes its keys.
  const plain = (text) =>
    text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

  // --- choosing an agency ---------------------------------------------------------

  const list = document.getElementById("agency-list");
  let open = null; // the field whose choices are shown
  let active = -1;

  function matches(text) {
    const asked = plain(text).split(/\s+/).filter(Boolean);
    return agencies.filter((one) => asked.every((word) => one.key.includes(word)));
  }

  function showChoices(field, found) {
    open = field;
    active = -1;
    list.replaceChildren(
      ...found.map((one, number) => {
        const item = document.createElement("li");
        item.id = `agency-${number}`;
        item.setAttribute("role", "option");
        item.dataset.agency = one.id;
        item.textContent = one.name;
        return item;
      }),
    );
    if (!found.length) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = words.none;
      list.append(none);
    }
    if (!list.matches(":popover-open")) list.showPopover();
    field.setAttribute("aria-expanded", "true");
    place();
  }

  // Below the field, or above it where there is no room; it goes along when the page scrolls.
  function place() {
    if (!open) return;
    const box = open.getBoundingClientRect();
    const above = window.innerHeight - box.bottom < 200 && box.top > 300;
    list.style.left = `${box.left}px`;
    list.style.width = `${box.width}px`;
    list.style.top = above ? "auto" : `${box.bottom + 4}px`;
    list.style.bottom = above ? `${window.innerHeight - box.top + 4}px` : "auto";
  }

  function closeChoices() {
    if (!open) return;
    open.setAttribute("aria-expanded", "false");
    open.removeAttribute("aria-activedescendant");
    list.hidePopover();
    open = null;
  }

  function mark(place) {
    const items = [...list.querySelectorAll("[data-agency]")];
    if (!items.length) return;
    active = (place + items.length) % items.length;
    for (const [number, item] of items.entries()) {
      item.setAttribute("aria-selected", String(number === active));
    }
    items[active].scrollIntoView({ block: "nearest" });
    open.setAttribute("aria-activedescendant", items[active].id);
  }

  function choose(field, agency) {
    closeChoices();
    field.value = agency.name;
    field.dataset.chosen = agency.id;
    field.select();
    const row = field.closest("tr[data-code]");
    if (row) send([row], agency.id);
    else bar.querySelector("[type=submit]").disabled = false;
  }

  // What was typed and not chosen is no choice: the field shows again what stands.
  function leave(field) {
    closeChoices();
    const row = field.closest("tr[data-code]");
    if (row) field.value = nameOf(row.dataset.agency) ?? field.defaultValue;
    else if (!field.dataset.chosen) field.value = "";
    else field.value = nameOf(field.dataset.chosen);
  }

  const nameOf = (id) => agencies.find((one) => String(one.id) === String(id))?.name;
  const agencyOf = (id) => agencies.find((one) => String(one.id) === String(id));

  const KEYS = {
    ArrowDown: (field) => (open ? mark(active + 1) : showChoices(field, matches(""))),
    ArrowUp: (field) => (open ? mark(active - 1) : showChoices(field, matches(""))),
    Enter(field) {
      const found = [...list.querySelectorAll("[data-agency]")];
      const item = open === field && (found[active] ?? (found.length === 1 ? found[0] : null));
      if (item) choose(field, agencyOf(item.dataset.agency));
      else if (field === into && field.dataset.chosen && !open) bar.requestSubmit();
    },
    Escape(field) {
      leave(field);
      field.select();
    },
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[role=combobox]")) {
      showChoices(event.target, matches(event.target.value));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches("[role=combobox]") || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key](event.target);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[role=combobox]")) event.target.select();
  });
  document.addEventListener("click", (event) => {
    const field = event.target.closest("[role=combobox]");
    if (field && !open) showChoices(field, matches(""));
    const heir = event.target.closest("[data-heir]");
    if (heir) {
      const row = heir.closest("tr");
      row.querySelector("[role=combobox]").value = nameOf(heir.dataset.heir);
      send([row], Number(heir.dataset.heir));
    }
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches("[role=combobox]")) leave(event.target);
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const item = event.target.closest("[data-agency]");
    if (item) choose(open, agencyOf(item.dataset.agency));
  });
  document.addEventListener("scroll", place, { passive: true, capture: true });
  window.addEventListener("resize", place);

  // --- saving ---------------------------------------------------------------------

  const waiting = new Map(); // row → agency not saved yet

  function tell(row, text, state) {
    const place = row.querySelector(".a-said");
    place.textContent = text;
    place.dataset.state = state;
  }

  async function send(rows, agency) {
    for (const row of rows) {
      waiting.set(row, agency);
      tell(row, words.saving, "");
    }
    const seen = rows.map((row) => [row.dataset.code, Number(row.dataset.agency) || null]);
    const outcome = await post({ agency, rows: Object.fromEntries(seen) });
    for (const row of rows) {
      if (waiting.get(row) === agency) take(row, outcome, agency);
    }
  }

  function take(row, outcome, agency) {
    if (outcome.status === "line") return tell(row, words.offline, "wrong"); // keeps waiting
    waiting.delete(row);
    const found = outcome.answer.rows?.[row.dataset.code];
    if (found) {
      row.dataset.agency = found.agency ?? "";
      row.classList.toggle("is-changed", found.changed);
      row.querySelector("[role=combobox]").value = found.name;
      const said = found.conflict ? say(words.meanwhile, found.name) : words.saved;
      return tell(row, said, found.conflict ? "wrong" : "saved");
    }
    row.querySelector("[role=combobox]").value = nameOf(row.dataset.agency) ?? "";
    tell(row, outcome.answer.message ?? words.failed, "wrong");
  }

  async function post(body) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    try {
      const response = await fetch(table.dataset.save, {
        method: "POST",
        headers: { ...headers, "X-CSRFToken": token },
        body: JSON.stringify(body),
      });
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      return { status: response.status, answer: isJson ? await response.json() : {} };
    } catch {
      return { status: "line", answer: {} };
    }
  }

  function again() {
    const byAgency = new Map();
    for (const [row, agency] of waiting) {
      byAgency.set(agency, [...(byAgency.get(agency) ?? []), row]);
    }
    for (const [agency, rows] of byAgency) send(rows, agency);
  }
  window.addEventListener("online", again);
  setInterval(again, RETRY_AFTER);
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });

  // --- many rows at once ------------------------------------------------------------

  const bar = document.getElementById("assign-bar");
  const into = document.getElementById("assign-to");
  const all = document.getElementById("pick-all");
  const picks = [...table.querySelectorAll("[data-pick]")];
  const chosen = () => picks.filter((pick) => pick.checked).map((pick) => pick.closest("tr"));

  function showBar() {
    const count = chosen().length;
    bar.hidden = count === 0;
    document.getElementById("chosen-count").textContent = say(words.chosen, count);
    all.checked = count > 0 && count === picks.length;
    all.indeterminate = count > 0 && count < picks.length;
  }

  function pickAll(on) {
    for (const pick of picks) pick.checked = on;
    showBar();
  }

  table.addEventListener("change", (event) => {
    if (event.target === all) pickAll(all.checked);
    else if (event.target.matches("[data-pick]")) showBar();
  });
  document.getElementById("pick-none").addEventListener("click", () => pickAll(false));
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    const agency = Number(into.dataset.chosen);
    if (!agency) return;
    const rows = chosen();
    for (const row of rows) row.querySelector("[role=combobox]").value = nameOf(agency);
    send(rows, agency);
    pickAll(false);
    into.value = "";
    delete into.dataset.chosen;
    bar.querySelector("[type=submit]").disabled = true;
  });
})();
