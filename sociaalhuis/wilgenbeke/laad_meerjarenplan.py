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


def laad(bron: Path) -> None:
    """After the plan. The second file lies there as an upload that was looked at: it changes nothing, and says so."""
    plan = Plan.objects.get()
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    for bestand, naam, op in STANDEN:
        inhoud = (bron / bestand).read_bytes()
        verslag = voer_in(inhoud=inhoud, naam=bestand, plan=plan, bestuur=BEIDE, door=coordinator, versienaam=naam)
        if verslag.geweigerd:
            raise ValueError(f"{bestand}: {verslag.geweigerd}")
        Mjpversie.objects.filter(plan=plan, naam=naam).update(ingevoerd_op=timezone.make_aware(op))
    if coordinator:
        laad_op(bestand=ContentFile(inhoud, bestand), door=coordinator, plan=plan, bestuur=BEIDE)
        volgende_mjpinvoer()
