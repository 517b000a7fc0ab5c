// Imports: the list of places alike, and the marked workbook that is ready.
"use strict";

// Who says which year has said where the file goes; the template is that year's.
function told(list) {
  const line = list.closest("li");
  line.querySelector(".template-link").href = list.selectedOptions[0].dataset.template;
  return line.querySelector("[type=radio]");
}

for (const list of document.querySelectorAll("[data-family]")) {
  told(list); // after going back the browser keeps what was chosen
  list.addEventListener("change", () => (told(list).checked = true));
}

// The marked workbook was waited for: it comes without another press.
document.addEventListener("htmx:load", (event) => {
  event.detail.elt.querySelector("[data-fetch]")?.click();
});
