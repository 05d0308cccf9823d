// Folds a question that is only asked after a certain answer (data-toon-als, data-toon-waarde). Without this the page
// shows every question with a word when to answer it, and the server decides.
(() => {
  for (const form of document.querySelectorAll("form[data-toon]")) {
    const vakken = [...form.querySelectorAll("[data-toon-als]")];
    const gekozen = (naam) =>
      [...form.querySelectorAll(`[name="${naam}"]:checked:not(:disabled)`)].map((veld) => veld.value);

    const toon = () => {
      for (const vak of vakken) {
        vak.hidden = !gekozen(vak.dataset.toonAls).includes(vak.dataset.toonWaarde);
        for (const veld of vak.querySelectorAll("input, select, textarea")) veld.disabled = vak.hidden;
      }
    };
    form.addEventListener("change", toon);
    toon();
  }
})();
