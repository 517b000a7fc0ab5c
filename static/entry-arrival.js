// Where the address leads, once everything on the page listens:
//   ?chi=trong|tra-lai|cua-toi   shows only such cells, the cursor in the first of them
//   #TRADE.TOTAL.actual          puts the cursor into one cell
"use strict";

if (window.entryScreen) {
  const { filters } = entryScreen;
  const asked = new URLSearchParams(location.search).get("chi");
  const filter = { trong: "empty", "tra-lai": "returned", "cua-toi": "mine" }[asked];
  const button = filters?.buttons.find((one) => one.dataset.filter === filter);
  if (button) filters.toggle(button);

  const arrive = () => {
    const [, code, side] = decodeURIComponent(location.hash).match(/^#(.+)\.(plan|actual)$/) ?? [];
    const cell = code && entryScreen.cellAt(code, side);
    if (cell) entryScreen.show(cell);
    return cell;
  };
  if (!arrive() && button) filters.toFirst();
  window.addEventListener("hashchange", arrive);
}
