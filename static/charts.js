// Draws the charts of a page from the specs it carries, and copies a chart's sentence.
"use strict";

const tip = document.createElement("div");
tip.className = "chart-tip";
tip.hidden = true;
document.body.append(tip);

const element = (name, text, className) => {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

// Our own tooltip: vega-tooltip would write a style element, which the content policy forbids.
function showTip(_handler, event, _item, year) {
  tip.hidden = !year?.rows?.length;
  if (tip.hidden) return;
  const rows = year.rows.map((row) => {
    const line = element("div", "", "chart-tip-row");
    const note = row.note ? [element("small", row.note)] : [];
    line.append(element("i", "", `is-${row.colour}`), element("span", row.name), ...note, element("b", row.text));
    return line;
  });
  tip.replaceChildren(element("strong", year.year), ...rows);
  const right = event.clientX + 16;
  const besides = right + tip.offsetWidth < window.innerWidth;
  const below = event.clientY + 16;
  const fits = below + tip.offsetHeight < window.innerHeight;
  tip.style.left = `${besides ? right : Math.max(8, event.clientX - tip.offsetWidth - 16)}px`;
  tip.style.top = `${fits ? below : Math.max(8, event.clientY - tip.offsetHeight - 16)}px`;
}
window.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

const options = {
  mode: "vega-lite",
  renderer: "svg",
  actions: false,
  ast: true, // expressions are interpreted, not compiled: the content policy forbids eval
  defaultStyle: false,
  tooltip: showTip,
};

// A phone has no room for ten years side by side, nor for three names in a row.
function narrowed(spec) {
  Object.assign(spec.config.legend, { columns: 2, columnPadding: 12 });
  if (spec.encoding.x.scale.domain.length > 6) {
    Object.assign(spec.encoding.x.axis, { labelAngle: -45, labelOverlap: false });
  }
  return spec;
}

async function draw(canvas) {
  try {
    const carried = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    const spec = canvas.clientWidth < 420 ? narrowed(carried) : carried;
    await window.vegaEmbed(canvas, spec, options);
    canvas.querySelector("svg").setAttribute("aria-hidden", "true"); // the canvas says it in words
  } catch (error) {
    console.error(error);
    canvas.classList.add("is-failed");
    canvas.removeAttribute("role");
    canvas.textContent = canvas.dataset.failed;
  }
}

// Text is measured when a chart is drawn, so the font has to be there first.
document.fonts.load('12px "Be Vietnam Pro"').finally(() => {
  document.querySelectorAll("[data-chart]").forEach(draw);
});

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = element("textarea", text, "visually-hidden"); // an intranet address without TLS
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(document.getElementById(button.dataset.copy).textContent.trim());
  const words = button.querySelector("span");
  const before = words.dataset.words ?? words.textContent;
  words.dataset.words = before;
  words.textContent = button.dataset.copied;
  setTimeout(() => { words.textContent = before; }, 2000);
});

document.addEventListener("click", (event) => {
  document.querySelectorAll(".year-menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
