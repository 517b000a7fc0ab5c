// The form of an agency: the button that prints it, and the agency that is shown.
"use strict";

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
document.getElementById("don-vi")?.addEventListener("change", (event) => event.target.form.submit());
