// Search in a long list (Django's autocomplete): a combobox after the ARIA pattern, beside the select that holds the value.
"use strict";
{
  const LOPEND = 250; // ms without typing before the server is asked

  function maak(soort, eigenschappen, ...kinderen) {
    const element = Object.assign(document.createElement(soort), eigenschappen);
    element.append(...kinderen);
    return element;
  }

  function verrijk(select) {
    if (select.name.includes("__prefix__") || select.dataset.verrijkt) return;
    select.dataset.verrijkt = "ja";
    const veel = select.multiple;
    const id = `${select.id}_zoek`;
    const labels = [...select.labels];
    const naam = labels.map((label) => label.firstChild.textContent.trim()).join(" ") || select.getAttribute("aria-label") || "Zoek";
    const invoer = maak("input", { type: "text", id, autocomplete: "off", className: "keuze-invoer" });
    const lijst = maak("ul", { id: `${id}_lijst`, className: "keuze-lijst", hidden: true });
    const stand = maak("p", { className: "visually-hidden" });
    const gekozen = maak("ul", { className: "keuze-gekozen", hidden: true });
    const doos = maak("div", { className: "keuze" }, gekozen, invoer, lijst, stand);
    stand.setAttribute("role", "status");
    lijst.setAttribute("role", "listbox");
    lijst.setAttribute("aria-label", naam);
    for (const [eigenschap, waarde] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": lijst.id })) invoer.setAttribute(eigenschap, waarde);
    for (const eigenschap of ["aria-describedby", "aria-invalid", "aria-label"]) if (select.hasAttribute(eigenschap)) invoer.setAttribute(eigenschap, select.getAttribute(eigenschap));
    labels.forEach((label) => { label.htmlFor = id; });
    document.querySelectorAll(`a[href="#${CSS.escape(select.id)}"]`).forEach((link) => { link.hash = id; });
    select.hidden = true;
    select.after(doos);

    let wacht, vraag = 0, hier = -1;
    const keuzes = () => [...lijst.querySelectorAll("[role=option]")];
    const huidig = () => [...select.selectedOptions].filter((keuze) => keuze.value);

    function toon() {
      if (!veel) { invoer.value = huidig()[0]?.textContent ?? ""; return; }
      gekozen.replaceChildren(...huidig().map((keuze) => {
        const weg = maak("button", { type: "button", className: "keuze-weg" }, keuze.textContent, maak("span", { className: "visually-hidden" }, ": haal weg"));
        weg.addEventListener("click", () => { keuze.selected = false; gewijzigd(); invoer.focus(); });
        return maak("li", {}, weg);
      }));
      gekozen.hidden = !gekozen.children.length;
    }
    function gewijzigd() { select.dispatchEvent(new Event("change", { bubbles: true })); toon(); }
    function sluit() { lijst.hidden = true; hier = -1; invoer.setAttribute("aria-expanded", "false"); invoer.removeAttribute("aria-activedescendant"); }
    function wijs(nummer) {
      const alle = keuzes();
      if (!alle.length) return;
      hier = (nummer + alle.length) % alle.length;
      alle.forEach((keuze, i) => keuze.setAttribute("aria-selected", String(i === hier)));
      alle[hier].scrollIntoView({ block: "nearest" });
      invoer.setAttribute("aria-activedescendant", alle[hier].id);
    }
    function kies(keuze) {
      let optie = [...select.options].find((o) => o.value === keuze.dataset.waarde);
      if (!optie) select.add(optie = new Option(keuze.textContent, keuze.dataset.waarde));
      optie.selected = true;
      if (veel) invoer.value = "";
      sluit();
      gewijzigd();
    }
    async function zoek() {
      const nummer = ++vraag;
      const { appLabel, modelName, fieldName } = select.dataset;
      const vragen = new URLSearchParams({ term: veel || invoer.value !== (huidig()[0]?.textContent ?? "") ? invoer.value : "", app_label: appLabel, model_name: modelName, field_name: fieldName });
      const antwoord = await fetch(`${select.getAttribute("data-ajax--url")}?${vragen}`);
      if (nummer !== vraag || document.activeElement !== invoer) return;
      const { results, pagination } = antwoord.ok ? await antwoord.json() : { results: [], pagination: {} };
      lijst.replaceChildren(...results.map(({ id: waarde, text }, i) => {
        const keuze = maak("li", { id: `${lijst.id}_${i}` }, text);
        keuze.dataset.waarde = waarde;
        keuze.setAttribute("role", "option");
        keuze.setAttribute("aria-selected", "false");
        return keuze;
      }));
      stand.textContent = !antwoord.ok ? "Zoeken lukt nu niet." : results.length ? `${results.length}${pagination.more ? " of meer" : ""} gevonden${pagination.more ? ", typ verder" : ""}` : "Niets gevonden";
      lijst.hidden = !results.length;
      stand.classList.toggle("visually-hidden", Boolean(results.length));
      invoer.setAttribute("aria-expanded", String(!lijst.hidden));
      hier = -1;
    }

    invoer.addEventListener("input", () => { clearTimeout(wacht); wacht = setTimeout(zoek, LOPEND); });
    invoer.addEventListener("click", zoek);
    invoer.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        if (lijst.hidden) zoek().then(() => wijs(0));
        else wijs(hier + (e.key === "ArrowDown" ? 1 : hier < 0 ? 0 : -1));
      } else if (e.key === "Enter" && !lijst.hidden) {
        e.preventDefault();
        if (hier >= 0) kies(keuzes()[hier]);
      } else if (e.key === "Escape" && !lijst.hidden) { e.preventDefault(); sluit(); toon(); }
      else if (e.key === "Backspace" && veel && !invoer.value && huidig().length) { huidig().at(-1).selected = false; gewijzigd(); }
    });
    lijst.addEventListener("mousedown", (e) => { e.preventDefault(); const keuze = e.target.closest("[role=option]"); if (keuze) kies(keuze); });
    invoer.addEventListener("blur", () => {
      clearTimeout(wacht);
      vraag += 1;
      sluit();
      stand.classList.add("visually-hidden");
      if (!veel && !invoer.value.trim() && huidig().length) { select.value = ""; gewijzigd(); }
      if (veel) invoer.value = ""; else toon();
    });
    django.jQuery(select).on("change", toon);
    toon();
  }

  const alle = (begin) => begin.querySelectorAll("select.admin-autocomplete").forEach(verrijk);
  document.addEventListener("DOMContentLoaded", () => alle(document));
  document.addEventListener("formset:added", (e) => alle(e.target));
}
