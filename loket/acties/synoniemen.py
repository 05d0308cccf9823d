"""The thesaurus that comes with the portal: everyday words of the social field and what a catalogue calls them."""

import tomllib
from pathlib import Path

from django.db import transaction

from loket.models import Synoniem

GEGEVENS = Path(__file__).resolve().parent.parent / "gegevens"
BESTAND, TAALWOORDEN = GEGEVENS / "synoniemen.toml", GEGEVENS / "taalwoorden.toml"


def lees_paren(pad=BESTAND):
    """List of (what people say, what it is called here, both ways) of a file."""
    groepen = tomllib.loads(pad.read_text(encoding="utf-8"))["groep"]
    paren = {}
    for groep in groepen:
        for betekent, zeggen in groep["woorden"].items():
            for woord in zeggen:
                paren.setdefault((woord.lower(), betekent.lower()), (woord, betekent, groep.get("beide", False)))
    return list(paren.values())


def lees_taalwoorden(pad=TAALWOORDEN):
    """List of (word in another language, Dutch, code of the language) of a file."""
    return [
        (woord.strip(), nederlands, taal)
        for taal, rijen in tomllib.loads(pad.read_text(encoding="utf-8")).items()
        for nederlands, woorden in rijen.items()
        for woord in woorden.split(",")
    ]


@transaction.atomic
def laad_synoniemen():
    """Adds the pairs that are not there yet; what staff changed or added stays. Gives how many were added."""
    bestaand = {(s.woord.lower(), s.betekent.lower()) for s in Synoniem.objects.all()}
    nieuw = [
        Synoniem(woord=woord, betekent=betekent, beide_richtingen=beide)
        for woord, betekent, beide in lees_paren()
        if (woord.lower(), betekent.lower()) not in bestaand
    ]
    bestaand.update((s.woord.lower(), s.betekent.lower()) for s in nieuw)
    nieuw += [
        Synoniem(woord=woord, betekent=betekent, taal=taal)
        for woord, betekent, taal in lees_taalwoorden()
        if (woord.lower(), betekent.lower()) not in bestaand
    ]
    Synoniem.objects.bulk_create(nieuw)
    return len(nieuw)
