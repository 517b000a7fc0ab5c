// Imports: the marked workbook that is ready.
"use strict";

// The marked workbook was waited for: it comes without another press.
document.addEventListener("htmx:load", (event) => {
  event.detail.elt.querySelector("[data-fetch]")?.click();
});
