"""Eyes on a page, for everyone: axe, no sideways scrolling, nothing in the console, nothing from another site.

The ordinary run looks in the light scheme at the narrow width, where most goes wrong, and at the contrast of what every
page shares (header, footer) once per window. `ALLES=1` (make toegankelijk) looks at all of it, in both schemes at both widths.
"""

import os

import pytest

from tests.browser.axe import overtredingen, zet_klaar, zijwaarts

ALLES = bool(os.environ.get("ALLES"))
BREEDTES = [1280, 320] if ALLES else [320]
SCHEMAS = ["light", "dark"] if ALLES else ["light"]
EIGEN = "main *, dialog *"  # what a page does not share with the others
KOP = """() => ({
  h1: document.querySelectorAll("h1").length, taal: document.documentElement.lang,
})"""


class Kijker:
    """Looks at what a window shows, and keeps what is wrong in `fout`."""

    def __init__(self, bezoek):
        self.pagina, self.thuis = bezoek.pagina, bezoek.portaal.url
        zet_klaar(bezoek.context)
        self.fout, self.duur = [], "*"
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

    def bekijk(self, axe=True):
        """Everything about the page that is shown now, at each width; without `axe` all but that."""
        kop = self.pagina.evaluate(KOP)
        if kop["h1"] != 1:
            self.noteer(f"{kop['h1']} h1")
        if kop["taal"] != "nl-BE":
            self.noteer(f"lang is {kop['taal']!r}")
        for breedte in BREEDTES:
            self.pagina.set_viewport_size({"width": breedte, "height": 900})
            for tekst in overtredingen(self.pagina, self.duur) if axe or ALLES else zijwaarts(self.pagina):
                self.noteer(f"{breedte} px: {tekst}")
        if axe and not ALLES:
            self.duur = EIGEN
        return self

    def klaar(self):
        """Fails with everything that was wrong."""
        if self.fout:
            pytest.fail("\n".join(self.fout), pytrace=False)
