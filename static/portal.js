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
  const body = document.getElementById("source-panel-body");
  const isOurs = (event) => event.detail.target === body;
  let opener = null; // Safari does not focus a clicked button, so the way back is kept here

  const show = () => panel.open || panel.showModal();
  const showFailure = (event) => {
    if (!isOurs(event)) return;
    let message = panel.dataset.failure;
    try {
      message = JSON.parse(event.detail.xhr.responseText).message ?? message;
    } catch {
      // no answer, or none meant for people: our own words stand
    }
    body.textContent = message;
    show();
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isOurs(event) && !panel.contains(event.target)) opener = event.target;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (isOurs(event)) show();
  });
  document.addEventListener("htmx:responseError", showFailure);
  document.addEventListener("htmx:sendError", showFailure);
  panel.addEventListener("click", (event) => {
    const onBackdrop = event.target === panel;
    if (onBackdrop || event.target.closest("[data-close-panel]")) panel.close();
  });
  panel.addEventListener("close", () => opener?.focus());
}
