"""Screenshots of a running portal with the demo town (`make run` first).

`python -m hulpmiddelen.schermafdrukken` makes the pictures of the README in docs/beeld/;
`--alles MAP [WOORD]` makes every page at 1280 and 320 px, light and dark, in MAP (only names holding WOORD).
PORT= tells where the portal runs. Needs a Chromium.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

URL = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
BEELD = Path(__file__).resolve().parent.parent / "docs" / "beeld"
VLAGGEN = [
    "--no-sandbox",
    "--headless=new",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
README = [  # name, who, address, width, scheme
    ("start", None, "/", 1280, "light"),
    ("start-klein", None, "/", 320, "light"),
    ("zoeken", None, "/loket/zoeken/?q=huur+betalen", 1280, "light"),
    ("dienst", None, "/loket/diensten/leefloon/", 1280, "light"),
    ("werkbank", "loket.ocmw", "/loket/werkbank/", 1280, "light"),
    ("plan", None, "/plan/2026-2031/", 1280, "light"),
    ("ronde", None, "/participatie/rondes/ontwerp-2026-2031/", 1280, "light"),
    ("beheer", "planner", "/beheer/", 1280, "dark"),
]
PAGINAS = [  # name, who, address
    ("start", None, "/"),
    ("zoeken", None, "/loket/zoeken/?q=huur"),
    ("zoeken-alles", None, "/loket/zoeken/"),
    ("zoeken-thema", None, "/loket/zoeken/?thema=geld"),
    ("zoeken-tikfout", None, "/loket/zoeken/?q=leeflon"),
    ("zoeken-niets", None, "/loket/zoeken/?q=xqzwv"),
    ("dienst", None, "/loket/diensten/leefloon/"),
    ("dienst-kort", None, "/loket/diensten/parkeerkaart/"),
    ("vraag", None, "/loket/vraag/"),
    ("vraag-dienst", None, "/loket/vraag/?dienst=leefloon"),
    ("opvolgen", None, "/loket/opvolgen/"),
    ("werkbank", "loket.ocmw", "/loket/werkbank/"),
    ("intake", "loket.ocmw", "/loket/werkbank/nieuw/"),
    ("plan", None, "/plan/2026-2031/"),
    ("garantie", None, "/plan/2026-2031/garanties/G1/"),
    ("acties", None, "/plan/2026-2031/acties/"),
    ("actie", None, "/plan/2026-2031/acties/G1.1.a/"),
    ("matrix", None, "/plan/2026-2031/matrix/"),
    ("jaar", None, "/plan/2026-2031/jaren/2026/"),
    ("geld", None, "/plan/2026-2031/geld/"),
    ("proces", None, "/plan/2026-2031/proces/"),
    ("structuur", None, "/plan/2026-2031/structuur/"),
    ("principes", None, "/plan/2026-2031/principes/"),
    ("pijlers", None, "/plan/2026-2031/pijlers/"),
    ("documenten", None, "/plan/2026-2031/documenten/"),
    ("bestellen", None, "/plan/2026-2031/bestellen/"),
    ("afdrukken", None, "/plan/2026-2031/afdrukken/"),
    ("participatie", None, "/participatie/"),
    ("ronde-dicht", None, "/participatie/rondes/ontwerp-2026-2031/"),
    ("organisaties", None, "/participatie/organisaties/"),
    ("aanmelden", None, "/participatie/organisaties/aanmelden/"),
    ("mijn", "voedselbank", "/participatie/mijn/"),
    ("inbreng-nakijken", "coordinator", "/participatie/beheer/"),
    ("login", None, "/account/login/"),
    ("login-code", None, "/account/login/code/"),
    ("privacy", None, "/privacy/"),
    ("toegankelijkheid", None, "/toegankelijkheid/"),
    ("gezond", None, "/gezond/"),
    ("niet-gevonden", None, "/bestaat-niet/"),
    ("demo-post", None, "/demo/post/"),
    ("beheer", "coordinator", "/beheer/"),
    ("beheer-acties", "planner", "/beheer/plan/actie/"),
    ("galerij", None, "/galerij/"),
]


class Fotograaf:
    """Opens windows on the portal, one login per person, and writes full-page pictures."""

    def __init__(self, browser):
        self.browser = browser
        self.sessies = {}

    def venster(self, wie, breedte, schema):
        context = self.browser.new_context(
            base_url=URL,
            viewport={"width": breedte, "height": 800},
            color_scheme=schema,
            locale="nl-BE",
            reduced_motion="reduce",
            storage_state=self.sessies.get(wie),
        )
        pagina = context.new_page()
        if wie and wie not in self.sessies:
            pagina.goto("/account/login/")
            pagina.fill("input[name=login]", f"{wie}@wilgenbeke.example")
            pagina.fill("input[name=password]", "wilgenbeke-demo")
            pagina.click("main button[type=submit]")
            pagina.wait_for_url(lambda url: "/account/login/" not in url)
            self.sessies[wie] = context.storage_state()
        return pagina

    def maak(self, bestand, wie, adres, breedte, schema, heel=True):
        pagina = self.venster(wie, breedte, schema)
        antwoord = pagina.goto(adres)
        bestand.parent.mkdir(parents=True, exist_ok=True)
        pagina.screenshot(path=bestand, full_page=heel)
        pagina.context.close()
        print(antwoord.status, bestand.name)


def main(*keuzes):
    chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    with sync_playwright() as playwright:
        fotograaf = Fotograaf(playwright.chromium.launch(executable_path=chromium, args=VLAGGEN))
        if keuzes[:1] == ("--alles",):
            woord = keuzes[2] if len(keuzes) > 2 else ""
            for naam, wie, adres in PAGINAS:
                for breedte in (1280, 320):
                    for schema in ("light", "dark"):
                        if woord in naam:
                            bestand = Path(keuzes[1], f"{naam}-{breedte}-{schema}.png")
                            fotograaf.maak(bestand, wie, adres, breedte, schema)
        else:
            for naam, wie, adres, breedte, schema in README:
                fotograaf.maak(BEELD / f"{naam}.png", wie, adres, breedte, schema, heel=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
