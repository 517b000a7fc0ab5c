// Imports: the place a file is dropped on, and the marked workbook that is ready.
"use strict";

const LARGEST = 20 * 1024 * 1024;

function sized(bytes) {
  const unit = bytes < 1024 * 1024 ? ["kB", 1024] : ["MB", 1024 * 1024];
  const digits = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${digits.format(bytes / unit[1])} ${unit[0]}`;
}

// Says which file was chosen, and refuses early what is too large.
document.addEventListener("change", (event) => {
  const place = event.target.closest?.("[data-drop]");
  const file = event.target.files?.[0];
  if (!place || !file) return;
  const tooLarge = file.size > LARGEST;
  place.classList.toggle("is-wrong", tooLarge);
  place.classList.add("has-file");
  place.querySelector("[data-drop-name]").textContent = file.name;
  place.querySelector("[data-drop-size]").textContent = tooLarge
    ? place.dataset.tooLarge
    : sized(file.size);
  event.target.setCustomValidity(tooLarge ? place.dataset.tooLarge : "");
});

for (const [name, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    event.target.closest?.("[data-drop]")?.classList.toggle("is-over", over);
  });
}

// The marked workbook was waited for: it comes without another press.
document.addEventListener("htmx:load", (event) => {
  event.detail.elt.querySelector("[data-fetch]")?.click();
});
