"""Every form of paginas.py, sent empty and then filled in with much too long words; see kijker.py for what is looked at.

The ordinary run looks with axe at each form with its errors; `ALLES=1` also at the one that is filled in.
"""

import pytest

from tests.browser.kijker import SCHEMAS
from tests.browser.paginas import FORMULIEREN

VUL_ALLES_IN = """() => {
  for (const veld of document.querySelectorAll("main form :is(input, textarea, select)")) {
    if (["hidden", "file", "submit", "button"].includes(veld.type) || veld.closest(".visually-hidden")) continue;
    if (["checkbox", "radio"].includes(veld.type)) veld.checked = true;
    else if (veld.tagName === "SELECT") veld.selectedIndex = veld.options.length - 1;
    else if (veld.type === "number") veld.value = "3";
    else if (veld.type === "date") veld.value = "2031-02-03";
    else if (veld.type === "time") veld.value = "09:00";
    else veld.value = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte@wilgenbeke.example ".repeat(3).trim();
    veld.dispatchEvent(new Event("input", {bubbles: true}));
  }
}"""

# What the form was opened with goes too: a draft, or the name in an invitation. Choices stay, for a radio button has no empty.
MAAK_LEEG = """(knop) => {
  for (const veld of knop.form.elements) {
    const tekst = veld.tagName === "TEXTAREA" || (veld.tagName === "INPUT" && !["hidden", "file", "submit", "button", "checkbox", "radio"].includes(veld.type));
    if (tekst && !veld.closest(".visually-hidden")) veld.value = "";
  }
}"""


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("wie", list(dict.fromkeys(wie for wie, _, _ in FORMULIEREN)))
def test_every_form_sent_empty_and_filled_in(kijk, dingen, wie, schema):
    kijker, ingevuld = kijk(wie, schema=schema), set()
    pagina = kijker.pagina
    for voor_wie, adres, knop in FORMULIEREN:
        if voor_wie != wie:
            continue
        adres = adres.format(**dingen)
        kijker.ga(adres)
        vouw_open(pagina)
        pagina.eval_on_selector(knop, MAAK_LEEG)
        with pagina.expect_navigation():
            pagina.click(knop)
        if not pagina.title().startswith("Fout: "):
            kijker.noteer(f"sent empty with {knop}: the title is {pagina.title()!r}")
        over_een_veld = pagina.locator(".foutenlijst a").count() or not pagina.locator(".foutenlijst li").count()
        if over_een_veld and pagina.locator("main [aria-invalid=true]").count() == 0:
            kijker.noteer(f"sent empty with {knop}: no field is marked")
        kijker.bekijk()
        if adres not in ingevuld:
            ingevuld.add(adres)
            vouw_open(pagina)
            pagina.evaluate(VUL_ALLES_IN)
            kijker.bekijk(axe=False)
    kijker.klaar()


def vouw_open(pagina):
    pagina.eval_on_selector_all("main details", "delen => delen.forEach(deel => { deel.open = true; })")
