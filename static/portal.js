// What plain HTML cannot do alone: the menu on a phone and the panel with a figure's source.
"use strict";

const menuButton = document.querySelector(".menu-button");
menuButton?.addEventListener("click", () => {
  const open = menuButton.getAttribute("aria-expanded") !== "true";
  menuButton.setAttribute("aria-expanded", String(open));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menuButton?.getAttribute("aria-expanded") === "true") {
    menuButton.setAttribute("aria-expanded", "false");
    menuButton.focus();
  }
});

const panel = document.getElementById("source-panel");
if (panel) {
  let opener = null; // Safari does not focus a clicked button, so the way back is kept here

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id === "source-panel-body" && !panel.contains(event.target)) {
      opener = event.target;
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "source-panel-body" && !panel.open) panel.showModal();
  });
  panel.addEventListener("click", (event) => {
    const onBackdrop = event.target === panel;
    if (onBackdrop || event.target.closest("[data-close-panel]")) panel.close();
  });
  panel.addEventListener("close", () => opener?.focus());
}
