"""Is the house well? For people and for monitoring. Tells no more than that."""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from sociaalhuis import versie
from sociaalhuis.context import huis_zonder_databank
from sociaalhuis.models import Hartslag, UitgaandeMail

HARTSLAG_MAX = 60  # seconds without a sign of life of any worker
MAIL_MAX = 900  # seconds that the oldest unsent mail may wait


@dataclass
class Meting:
    """One thing that is measured; `leeftijd` in seconds, None when there is nothing to measure."""

    naam: str
    goed: bool
    leeftijd: int | None = None

    @property
    def label(self):
        return {"databank": "Databank", "werker": "Werk op de achtergrond", "post": "Mail die nog moet vertrekken"}[
            self.naam
        ]


def leeftijd(moment, nu):
    return None if moment is None else max(0, int((nu - moment).total_seconds()))


def metingen():
    """The state of the database, the worker and the mail, as a list; never raises."""
    nu = timezone.now()
    try:
        versie.huidige_versie()
        hartslag = leeftijd(Hartslag.objects.order_by("-op").values_list("op", flat=True).first(), nu)
        wacht = UitgaandeMail.objects.filter(staat=UitgaandeMail.Staat.WACHT).order_by("gemaakt_op")
        oudste = leeftijd(wacht.values_list("gemaakt_op", flat=True).first(), nu)
    except (DatabaseError, InterfaceError):
        return [Meting("databank", False), Meting("werker", False), Meting("post", False)]
    return [
        Meting("databank", True),
        Meting("werker", hartslag is not None and hartslag <= HARTSLAG_MAX, hartslag),
        Meting("post", oudste is None or oudste <= MAIL_MAX, oudste),
    ]


@require_safe
def gezond(request):
    lijst = metingen()
    goed = all(meting.goed for meting in lijst)
    status = 200 if goed else 503
    if request.GET.get("formaat") == "json" or request.accepts("text/html") is False:
        inhoud = {meting.naam: {"goed": meting.goed, "leeftijd": meting.leeftijd} for meting in lijst}
        response = JsonResponse({"goed": goed, **inhoud}, status=status)
    else:
        inhoud = {"huis": huis_zonder_databank(), "demo": settings.DEMO, "goed": goed, "metingen": lijst}
        response = HttpResponse(render_to_string("huis/gezond.html", inhoud), status=status)
    response["Cache-Control"] = "no-store"
    return response
