// Imports: the list of places alike, and the marked workbook that is ready.
"use strict";

// Who says which year has said where the file goes; the template is that year's.
for (const list of document.querySelectorAll("[data-family]")) {
  const line = list.closest("li");
  const radio = line.querySelector("[type=radio]");
  const link = line.querySelector(".template-link");
  const told = () => {
    link.hidden = !list.value;
    link.href = list.selectedOptions[0].dataset.template ?? "";
    list.required = radio.checked;
  };
  told(); // after going back the browser keeps what was chosen
  list.addEventListener("change", () => (radio.checked ||= Boolean(list.value)));
  list.form.addEventListener("change", told);
}

// The marked workbook was waited for: it comes without another press.
document.addEventListener("htmx:load", (event) => {
  event.detail.elt.querySelector("[data-fetch]")?.click();
});
