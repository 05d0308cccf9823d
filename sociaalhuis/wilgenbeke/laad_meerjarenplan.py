"""The multi-year plan of the demo town: adopted, adjusted once, and a file that somebody just uploaded."""

from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from plan.acties.bbc import BEIDE, voer_in
from plan.acties.mjpinvoer import laad_op, volgende_mjpinvoer
from plan.models import Mjpversie, Plan
from sociaalhuis.models import Gebruiker
from sociaalhuis.rollen import COORDINATOR

# file, name of the version, day on which it came in
STANDEN = [
    ("meerjarenplan.csv", "Meerjarenplan 2026-2031", datetime(2026, 1, 12, 9)),
    ("meerjarenplan-aanpassing.csv", "Aanpassing 1 van 2026", datetime(2026, 9, 28, 9)),
]


# what the file of the next adjustment has more: a line, and one that is not ready
ERBIJ = """OCMW Wilgenbeke;;;AP-GB;Gelijkblijvend beleid;GB-AC08;Noodfonds energie;;;Sociale dienst;0900 Sociale bijstand;Exploitatie;Uitgave;;45.000,00;45.000,00;;;\r
Gemeente Wilgenbeke;;;AP-GB;Gelijkblijvend beleid;GB-AC09;Herstelling van het buurthuis;;;Dienst Omgeving;0929 Overige acties op het vlak van inclusie;Investering;Uitgave;;nog te ramen;;;;\r
"""


def laad(bron: Path) -> None:
    """After the plan. The file of the next adjustment lies there as an upload that was looked at and not brought in yet."""
    plan = Plan.objects.get()
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    for bestand, naam, op in STANDEN:
        inhoud = (bron / bestand).read_bytes()
        verslag = voer_in(inhoud=inhoud, naam=bestand, plan=plan, bestuur=BEIDE, door=coordinator, versienaam=naam)
        if verslag.geweigerd:
            raise ValueError(f"{bestand}: {verslag.geweigerd}")
        Mjpversie.objects.filter(plan=plan, naam=naam).update(ingevoerd_op=timezone.make_aware(op))
    if coordinator:
        laad_op(
            bestand=ContentFile(inhoud + ERBIJ.encode(), "meerjarenplan-voorstel-2027.csv"),
            door=coordinator,
            plan=plan,
            bestuur=BEIDE,
            versienaam="Aanpassing 1 van 2027",
        )
        volgende_mjpinvoer()
