// Keys for the lists of the desk. Off with one box (WCAG 2.1.4); everything they do, the page does without them.
"use strict";
{
  const form = document.querySelector("[data-werkbank]");
  const hulp = document.querySelector("[data-toetsen]");
  const aan = document.querySelector("[data-toetsen-aan]");
  const rijen = [...(form?.querySelectorAll("tbody tr") ?? [])];
  let hier = -1;

  hulp.hidden = false;
  aan.checked = localStorage.getItem("sneltoetsen") !== "uit";
  aan.addEventListener("change", () => localStorage.setItem("sneltoetsen", aan.checked ? "aan" : "uit"));

  function ga(stap) {
    const nu = rijen.findIndex((rij) => rij.contains(document.activeElement));
    hier = Math.min(Math.max((nu >= 0 ? nu : hier) + stap, 0), rijen.length - 1);
    rijen[hier]?.querySelector("a").focus();
  }
  const vakje = (rij) => rij.querySelector("input[type=checkbox]");

  const toetsen = {
    j: () => ga(1),
    k: () => ga(-1),
    x: () => rijen.filter((rij) => rij.contains(document.activeElement)).forEach((rij) => vakje(rij).click()),
    a: () => { const alles = rijen.some((rij) => !vakje(rij).checked); rijen.forEach((rij) => { if (vakje(rij).checked !== alles) vakje(rij).click(); }); },
    "/": () => document.getElementById("zoek-referentie").focus(),
    n: () => document.querySelector("nav a.knop-hoofd").click(),
    "?": () => { hulp.open = !hulp.open; if (hulp.open) hulp.querySelector("summary").focus(); },
  };
  document.addEventListener("keydown", (toets) => {
    const typt = toets.target.matches("input:not([type=checkbox]), textarea, select");
    if (!aan.checked || typt || toets.ctrlKey || toets.altKey || toets.metaKey || !toetsen[toets.key]) return;
    toets.preventDefault();
    toetsen[toets.key]();
  });
  form?.addEventListener("change", () => rijen.forEach((rij) => rij.classList.toggle("gekozen", vakje(rij).checked)));
}
