"""Every page for everyone: axe, no sideways scrolling, nothing in the console, nothing from another site.

The ordinary run looks at every page of paginas.py in the light scheme, at both widths, and at every form filled in and
sent empty. `ALLES=1` (make toegankelijk) does so in both schemes.
"""

import os

import pytest

from tests.browser.axe import overtredingen
from tests.browser.conftest import WACHTWOORD
from tests.browser.mensen import DOMEIN, Mensen, zet_app_aan
from tests.browser.paginas import FORMULIEREN, PAGINAS, voorwerpen

BREEDTES = [1280, 320]
SCHEMAS = ["light", "dark"] if os.environ.get("ALLES") else ["light"]
IEDEREEN = list(dict.fromkeys(pagina.wie for pagina in PAGINAS))
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
KOP = """() => ({
  h1: document.querySelectorAll("h1").length, taal: document.documentElement.lang,
})"""


class Kijker:
    """Looks at what a window shows, and keeps what is wrong in `fout`."""

    def __init__(self, bezoek):
        self.pagina, self.thuis = bezoek.pagina, bezoek.portaal.url
        self.fout = []
        self.pagina.on("console", self.console)
        self.pagina.on("pageerror", lambda fout: self.noteer(str(fout)))
        bezoek.context.on("request", self.verzoek)

    def noteer(self, tekst):
        self.fout.append(f"{self.pagina.url.removeprefix(self.thuis)}: {tekst}")

    def console(self, bericht):
        eigen_status = bericht.text.startswith("Failed to load resource") and bericht.location["url"] == self.pagina.url
        if bericht.type in ("error", "warning") and not eigen_status:
            self.noteer(f"console: {bericht.text}")

    def verzoek(self, verzoek):
        if not verzoek.url.startswith((f"{self.thuis}/", "data:")):
            self.noteer(f"asks another site: {verzoek.url}")

    def ga(self, adres, status=200):
        kreeg = self.pagina.goto(adres).status
        if kreeg != status:
            self.noteer(f"status {kreeg} instead of {status}")
        elif self.pagina.url != self.thuis + adres:
            self.noteer(f"led away from {adres}")
        return self

    def bekijk(self):
        """Everything about the page that is shown now, at both widths."""
        kop = self.pagina.evaluate(KOP)
        if kop["h1"] != 1:
            self.noteer(f"{kop['h1']} h1")
        if kop["taal"] != "nl-BE":
            self.noteer(f"lang is {kop['taal']!r}")
        for breedte in BREEDTES:
            self.pagina.set_viewport_size({"width": breedte, "height": 900})
            for tekst in overtredingen(self.pagina):
                self.noteer(f"{breedte} px: {tekst}")
        return self

    def klaar(self):
        """Fails with everything that was wrong."""
        if self.fout:
            pytest.fail("\n".join(self.fout), pytrace=False)


@pytest.fixture(scope="module")
def mensen(portaal, chromium):
    return Mensen(portaal, chromium)


@pytest.fixture(scope="module")
def dingen(portaal, mensen):
    mensen.venster("zonder-wachtwoord")  # gets a mail, so there is one to read
    mensen.sluit()
    return voorwerpen(portaal)


@pytest.fixture
def kijk(mensen):
    """Opens the eyes of somebody: `kijk("coordinator", schema="dark")`."""
    yield lambda wie=None, **keuzes: Kijker(mensen.venster(wie, **keuzes))
    mensen.sluit()


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("wie", IEDEREEN)
def test_every_page(kijk, dingen, wie, schema):
    kijker, titels = kijk(wie, schema=schema), {}
    for pagina in PAGINAS:
        if pagina.wie == wie:
            kijker.ga(pagina.adres.format(**dingen), pagina.status).bekijk()
            if pagina.status == 200:
                titels.setdefault(kijker.pagina.title(), set()).add(pagina.adres.split("?")[0])
    kijker.fout += [f"{titel!r} is the title of {adressen}" for titel, adressen in titels.items() if len(adressen) > 1]
    kijker.klaar()


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("wie", list(dict.fromkeys(wie for wie, _, _ in FORMULIEREN)))
def test_every_form_filled_in_and_sent_empty(kijk, dingen, wie, schema):
    kijker, ingevuld = kijk(wie, schema=schema), set()
    pagina = kijker.pagina
    for voor_wie, adres, knop in FORMULIEREN:
        if voor_wie != wie:
            continue
        adres = adres.format(**dingen)
        if adres not in ingevuld:
            ingevuld.add(adres)
            kijker.ga(adres)
            vouw_open(pagina)
            pagina.evaluate(VUL_ALLES_IN)
            kijker.bekijk()
        kijker.ga(adres)
        vouw_open(pagina)
        with pagina.expect_navigation():
            pagina.click(knop)
        if not pagina.title().startswith("Fout: "):
            kijker.noteer(f"sent empty with {knop}: the title is {pagina.title()!r}")
        if pagina.locator("main [aria-invalid=true]").count() == 0:
            kijker.noteer(f"sent empty with {knop}: no field is marked")
        kijker.bekijk()
    kijker.klaar()


def vouw_open(pagina):
    pagina.eval_on_selector_all("main details", "delen => delen.forEach(deel => { deel.open = true; })")


@pytest.mark.parametrize("schema", SCHEMAS)
def test_pages_in_the_middle_of_a_login(kijk, portaal, schema):
    kijker = kijk(schema=schema)
    pagina = kijker.pagina
    naam = f"onderweg-{schema}"
    portaal.maak_account(naam, "organisatielid")
    kijker.ga("/account/login/")
    pagina.fill("[name=login]", f"{naam}@{DOMEIN}")
    pagina.fill("[name=password]", WACHTWOORD)
    pagina.click("main form button")
    pagina.wait_for_url(lambda url: "/account/login/" not in url)
    zet_app_aan(pagina, onderweg=kijker.bekijk)
    kijker.bekijk()
    kijker.ga("/account/logout/")
    pagina.click("main form button")
    pagina.wait_for_url(lambda url: "/logout/" not in url)
    kijker.ga("/account/login/")
    pagina.fill("[name=login]", f"{naam}@{DOMEIN}")
    pagina.fill("[name=password]", WACHTWOORD)
    pagina.click("main form button")
    pagina.wait_for_url("**/account/2fa/authenticate/")
    kijker.bekijk()
    pagina.fill("[name=code]", "000000")
    with pagina.expect_navigation():
        pagina.click("main form button:text-is('Ga verder')")
    assert pagina.title().startswith("Fout: ")
    kijker.bekijk()
    kijker.klaar()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_pages_around_a_mailed_code(kijk, portaal, schema):
    kijker = kijk(schema=schema)
    pagina = kijker.pagina
    kijker.ga("/account/login/code/")
    pagina.fill("[name=email]", f"toezicht@{DOMEIN}")
    pagina.click("main form button")
    pagina.wait_for_url("**/account/login/code/confirm/")
    kijker.bekijk()
    pagina.fill("[name=code]", "FOUTXX")
    with pagina.expect_navigation():
        pagina.click("main form button:text-is('Meld me aan')")
    assert pagina.title().startswith("Fout: ")
    kijker.bekijk()
    kijker.klaar()


def test_a_form_without_its_cookie_and_too_many_requests(kijk):
    kijker = kijk()
    pagina = kijker.pagina
    kijker.ga("/loket/opvolgen/")
    pagina.context.clear_cookies()
    pagina.fill("[name=code]", "A1B2-C3D4-E5F6-G7H8")
    with pagina.expect_navigation():
        pagina.click("[name=open]")
    assert pagina.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 403
    kijker.bekijk()
    for _ in range(12):
        kijker.ga("/account/password/reset/")
        pagina.fill("[name=email]", f"niemand@{DOMEIN}")
        with pagina.expect_navigation():
            pagina.click("main form button")
        if pagina.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 429:
            break
    else:
        kijker.noteer("never refused")
    kijker.bekijk()
    kijker.klaar()
