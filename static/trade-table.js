// The entry table of turnover: moving about by keys, totals while typing.
// Sums are kept in whole hundred-millionths of a million, so that nothing is rounded on the way.
"use strict";

const SCALE = 8;
const UNIT = 10n ** BigInt(SCALE);

class Numbers {
  static language = document.documentElement.lang === "en" ? "en" : "vi";
  static group = Numbers.language === "en" ? "," : ".";
  static point = Numbers.language === "en" ? "." : ",";
  static grouped = new RegExp(
    `^\\+?([0-9]+|[1-9][0-9]{0,2}(\\${Numbers.group}[0-9]{3})+)(\\${Numbers.point}[0-9]{1,${SCALE}})?$`,
  );

  // The number in its smallest unit; null for nothing, undefined for what is no number here.
  static read(text) {
    const typed = text.trim();
    if (!typed) return null;
    if (!Numbers.grouped.test(typed)) return undefined;
    const [whole, rest = ""] = typed.replaceAll(Numbers.group, "").split(Numbers.point);
    return BigInt(whole) * UNIT + BigInt(rest.padEnd(SCALE, "0"));
  }

  // With at least so many decimals, so that columns stand in line.
  static write(number, decimals = 0) {
    if (number === null) return "";
    const whole = String(number / UNIT).replace(/\B(?=([0-9]{3})+$)/g, Numbers.group);
    const digits = String(number % UNIT).padStart(SCALE, "0");
    const rest = digits.slice(0, decimals) + digits.slice(decimals).replace(/0+$/, "");
    return rest ? whole + Numbers.point + rest : whole;
  }

  // As the portal prints it: one decimal, halves away from zero, ",0" dropped.
  static change(now, before) {
    if (now === null || !before) return "";
    const moved = now - before;
    const tenths = ((moved < 0n ? -moved : moved) * 2000n + before) / (before * 2n);
    const said = `${Numbers.write((tenths * UNIT) / 10n)}%`;
    if (tenths === 0n) return said;
    return moved < 0n ? `−${said}` : `+${said}`;
  }

  static sum(all) {
    const known = all.filter((one) => one !== null && one !== undefined);
    return known.length ? known.reduce((one, other) => one + other, 0n) : null;
  }
}

class TurnoverTable {
  constructor(table) {
    this.table = table;
    this.form = table.closest("form");
    table.dataset.ready = "";
    table.addEventListener("input", (event) => this.changed(event.target));
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("click", ({ target }) => target.dataset.write && this.take(target));
    table.addEventListener("focusin", ({ target }) => this.isCell(target) && target.select());
    for (const input of this.inputs) this.mark(input);
    this.add();
    const wrong = table.querySelector("[aria-invalid=true]");
    if (wrong) wrong.focus();
    else if (matchMedia("(min-width: 48rem)").matches) this.inputs[0]?.focus();
  }

  get inputs() {
    return [...this.table.querySelectorAll("td > input[type=text]")];
  }

  // The rows of gates, without what is said below them.
  get rows() {
    return [...this.table.tBodies[0].rows].filter((row) => row.querySelector("[data-flow]"));
  }

  isCell(target) {
    return target.matches("td > input[type=text]");
  }

  base(input) {
    return input.parentElement.querySelector("[name^='b-']").value;
  }

  changed(input) {
    if (!this.isCell(input)) return;
    this.mark(input);
    this.add();
  }

  // What the portal thinks is meant is written; it is stored with the rest.
  take(button) {
    const input = this.form.elements[button.dataset.write];
    input.value = button.value;
    input.removeAttribute("aria-describedby");
    const row = button.closest("tr");
    button.closest(".t-message").remove();
    if (!row.querySelector(".t-message")) row.remove();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  }

  mark(input) {
    input.classList.toggle("is-changed", input.value.trim() !== this.base(input));
    const isOdd = Numbers.read(input.value) === undefined;
    const isSaid = input.hasAttribute("aria-describedby");
    if (isOdd || isSaid) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    const isEmptied = (one) => !one.value.trim() && this.base(one);
    const reason = document.getElementById("reason-field");
    if (reason && this.inputs.some(isEmptied)) reason.hidden = false;
  }

  value(cell) {
    const input = cell.querySelector("input[type=text]");
    const text = input ? input.value : (cell.querySelector("[data-value]")?.dataset.value ?? "");
    return Numbers.read(text);
  }

  // Rows, columns and everything, each beside last year.
  add() {
    const columns = [[], []];
    for (const row of this.rows) {
      const cells = [...row.querySelectorAll("[data-flow]")];
      const values = cells.map((cell) => this.value(cell));
      cells.forEach((cell, place) => {
        columns[place].push(values[place]);
        const past = cell.previousElementSibling.textContent;
        cell.nextElementSibling.textContent = Numbers.change(values[place] ?? null, Numbers.read(past));
      });
      const sum = row.querySelector("[data-row-sum]");
      if (sum) this.show(sum, Numbers.sum(values));
    }
    const sums = columns.map(Numbers.sum);
    for (const sum of this.table.querySelectorAll("[data-column-sum]")) {
      this.show(sum, sums[sum.dataset.columnSum] ?? (sum.dataset.columnSum === "2" ? Numbers.sum(sums) : null));
    }
  }

  show(cell, value) {
    cell.textContent = Numbers.write(value, Number(this.table.dataset.decimals));
    cell.nextElementSibling.textContent = Numbers.change(value, Numbers.read(cell.dataset.before));
  }

  key(event) {
    const { key, target } = event;
    if (event.altKey || event.metaKey || !this.isCell(target)) return;
    if (event.ctrlKey) {
      if (key.toLowerCase() === "s") {
        event.preventDefault();
        this.form.requestSubmit();
      }
      return;
    }
    const step = TurnoverTable.STEPS[key];
    if (step && this.leaves(target, key)) {
      event.preventDefault();
      this.go(target, ...(event.shiftKey ? step.map((by) => -by) : step));
    } else if (key === "Escape" && target.value !== this.base(target)) {
      event.preventDefault();
      target.value = this.base(target);
      target.dispatchEvent(new Event("input", { bubbles: true }));
      target.select();
    }
  }

  // Left and right move inside a number first; a number that is selected whole is left at once.
  leaves(input, key) {
    const { selectionStart: start, selectionEnd: end, value } = input;
    const isWhole = start === 0 && end === value.length;
    if (key === "ArrowLeft") return isWhole || (start === 0 && end === 0);
    if (key === "ArrowRight") return isWhole || (start === value.length && end === value.length);
    return true;
  }

  go(from, down, across) {
    const rows = this.rows;
    const at = rows.indexOf(from.closest("tr"));
    const column = Number(from.parentElement.dataset.flow) + across;
    for (let place = at + down; place >= 0 && place < rows.length; place += down) {
      const next = rows[place].querySelector(`[data-flow="${column}"] > input[type=text]`);
      if (next) return next.focus();
      if (!down) return;
    }
  }

  static STEPS = {
    Enter: [1, 0],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
  };
}

function readyTurnover() {
  const table = document.querySelector("#turnover-table:not([data-ready])");
  if (table) window.turnoverTable = new TurnoverTable(table);
}
readyTurnover();
document.addEventListener("htmx:load", readyTurnover);
