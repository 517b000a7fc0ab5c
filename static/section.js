// Editing a section: a picked figure goes where the cursor is; leaving with unsaved text asks.
"use strict";

const text = document.getElementById("id_text");
let saved = text?.value;

document.addEventListener("click", (event) => {
  const picked = event.target.closest("[data-token]");
  if (!picked || !text) return;
  text.focus();
  text.setRangeText(picked.dataset.token, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

text?.form.addEventListener("submit", () => {
  saved = text.value;
});

window.addEventListener("beforeunload", (event) => {
  if (text && text.value !== saved) event.preventDefault();
});
