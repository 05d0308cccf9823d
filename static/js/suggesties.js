// Suggestions while typing in a search field with data-suggesties: a combobox with a list, after WAI-ARIA 1.2.
// Without this file, or when the address does not answer, the field is an ordinary one.
for (const veld of document.querySelectorAll("[data-suggesties]")) {
  const maak = (naam, eigenschappen) => Object.assign(document.createElement(naam), eigenschappen);
  const lijst = maak("ul", { className: "suggesties", id: `${veld.id}-lijst`, hidden: true });
  const melding = maak("p", { className: "visually-hidden" });
  lijst.setAttribute("role", "listbox");
  lijst.setAttribute("aria-label", "Suggesties");
  melding.setAttribute("role", "status");
  veld.form.append(lijst, melding);
  const kenmerken = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": lijst.id };
  for (const [naam, waarde] of Object.entries(kenmerken)) veld.setAttribute(naam, waarde);

  let gekozen = -1;
  let wacht = 0;
  let vraag = new AbortController();

  const kies = (plek) => {
    gekozen = plek;
    [...lijst.children].forEach((keuze, i) => keuze.setAttribute("aria-selected", String(i === plek)));
    const keuze = lijst.children[plek];
    if (!keuze) return veld.removeAttribute("aria-activedescendant");
    veld.setAttribute("aria-activedescendant", keuze.id);
    keuze.scrollIntoView({ block: "nearest" });
  };

  const stop = () => {
    clearTimeout(wacht);
    vraag.abort();
    lijst.hidden = true;
    veld.setAttribute("aria-expanded", "false");
    kies(-1);
  };

  const toon = (suggesties) => {
    lijst.replaceChildren(
      ...suggesties.map(({ tekst, soort, url }, i) => {
        const keuze = maak("li", { id: `${lijst.id}-${i}` });
        keuze.setAttribute("role", "option");
        keuze.dataset.url = url;
        keuze.append(maak("span", { textContent: tekst }), " ", maak("span", { className: "soort", textContent: soort }));
        return keuze;
      }),
    );
    lijst.hidden = !suggesties.length;
    veld.setAttribute("aria-expanded", String(!lijst.hidden));
    kies(-1);
    melding.textContent = `${suggesties.length || "Geen"} suggestie${suggesties.length === 1 ? "" : "s"}`;
  };

  const haal = async () => {
    vraag = new AbortController();
    const adres = `${veld.dataset.suggesties}?${new URLSearchParams({ q: veld.value.trim() })}`;
    try {
      const antwoord = await fetch(adres, { signal: vraag.signal, credentials: "omit" });
      if (antwoord.ok) toon((await antwoord.json()).suggesties);
    } catch {
      // typed on, gone, or no network: the field goes on without
    }
  };

  veld.addEventListener("input", () => {
    clearTimeout(wacht);
    vraag.abort();
    if (veld.value.trim().length < 2) return stop();
    wacht = setTimeout(haal, 150);
  });
  veld.addEventListener("keydown", (toets) => {
    if (lijst.hidden || toets.isComposing) return;
    const aantal = lijst.children.length + 1; // the field itself is one of the stops
    if (toets.key === "ArrowDown") kies(((gekozen + 2) % aantal) - 1);
    else if (toets.key === "ArrowUp") kies(((gekozen + aantal) % aantal) - 1);
    else if (toets.key === "Escape") stop();
    else if (toets.key === "Enter" && gekozen >= 0) window.location.assign(lijst.children[gekozen].dataset.url);
    else return;
    toets.preventDefault();
  });
  veld.addEventListener("blur", stop);
  lijst.addEventListener("mousedown", (muis) => muis.preventDefault()); // the field keeps the focus
  lijst.addEventListener("click", (muis) => {
    const keuze = muis.target.closest("[role=option]");
    if (keuze) window.location.assign(keuze.dataset.url);
  });
}
