"""Our own themes and groups for a service of LPDC, which knows one welfare theme and one kind of citizen.

The rules are in `loket/gegevens/lpdc_indeling.toml`: words in the title or the search words, and the theme of LPDC.
A code that this town does not have is passed over. Only a new service is classified; after that it is the clerk's.
"""

import re
import tomllib
from pathlib import Path

from loket.zoek.woorden import genormaliseerd
from sociaalhuis.models import Doelgroep, Thema

BESTAND = Path(__file__).resolve().parent.parent / "gegevens" / "lpdc_indeling.toml"
MEESTE = 3


class Indeler:
    """Reads the rules and the own lists once, classifies many services."""

    def __init__(self):
        regels = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
        self.themas = _bruikbaar(regels["thema"], Thema)
        self.doelgroepen = _bruikbaar(regels["doelgroep"], Doelgroep)
        self.lpdc_themas = {
            lpdc: thema
            for thema in Thema.objects.all()
            for lpdc in {thema.lpdc_thema, *regels["lpdc_thema"].get(thema.code, [])} - {""}
        }

    def themas_van(self, waarden):
        """At most three themes: by words, else by the theme of LPDC."""
        treffers = _treffers(self.themas, waarden)
        return treffers or [t for lpdc, t in self.lpdc_themas.items() if lpdc in waarden["lpdc_themas"]][:MEESTE]

    def doelgroepen_van(self, waarden):
        return _treffers(self.doelgroepen, waarden)


def _bruikbaar(regels, model):
    eigen = {rij.code: rij for rij in model.objects.all()}
    return [
        (eigen[code], re.compile(r"\b(?:" + "|".join(re.escape(genormaliseerd(w)) for w in woorden) + r")"))
        for code, woorden in regels.items()
        if code in eigen
    ]


def _treffers(regels, waarden):
    titel = genormaliseerd(waarden["titel"])
    alles = genormaliseerd(" ".join([waarden["titel"], *waarden["zoektermen"]]))
    telling = [
        (-2 * len(patroon.findall(titel)) - len(patroon.findall(alles)), nummer, rij)
        for nummer, (rij, patroon) in enumerate(regels)
    ]
    return [rij for punten, _, rij in sorted(telling, key=lambda t: t[:2])[:MEESTE] if punten]
