// The place files are dropped on: it says what was chosen.
"use strict";

const LARGEST = 20 * 1024 * 1024;

function sized(bytes) {
  const unit = bytes < 1024 * 1024 ? ["kB", 1024] : ["MB", 1024 * 1024];
  const digits = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${digits.format(bytes / unit[1])} ${unit[0]}`;
}

// Says which files were chosen, and refuses early what is too large.
document.addEventListener("change", (event) => {
  const place = event.target.closest?.("[data-drop]");
  const files = [...(event.target.files ?? [])];
  if (!place || !files.length) return;
  const tooLarge = files.some((file) => file.size > LARGEST);
  place.classList.toggle("is-wrong", tooLarge);
  place.classList.add("has-file");
  place.querySelector("[data-drop-name]").textContent = files
    .map((file) => file.name)
    .join(", ");
  place.querySelector("[data-drop-size]").textContent = tooLarge
    ? place.dataset.tooLarge
    : sized(files.reduce((sum, file) => sum + file.size, 0));
  event.target.setCustomValidity(tooLarge ? place.dataset.tooLarge : "");
});

for (const [name, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    event.target.closest?.("[data-drop]")?.classList.toggle("is-over", over);
  });
}
