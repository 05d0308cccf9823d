"""What the plan has for an organisation: its part in the actions."""

from django.urls import reverse

from plan.models import Partnerschap
from sociaalhuis.hoekje import Deur, registreer


def gevraagd(organisatie):
    """How many actions ask whether this organisation takes part."""
    return Partnerschap.objects.filter(
        organisatie=organisatie, staat=Partnerschap.Staat.GEVRAAGD, onderdeel__plan__staat__in=["ontwerp", "openbaar"]
    ).count()


registreer(
    Deur(
        naam="plan",
        rang=40,
        titel="Ons deel in het plan",
        tekst="Bevestig wat jullie doen in een actie, pas het aan, of stop ermee.",
        picto="doel",
        adres=lambda organisatie: reverse("plan:mijn_voor", args=[organisatie.code]),
        wacht=gevraagd,
        enkel="actie vraagt of jullie meedoen",
        meer="acties vragen of jullie meedoen",
    )
)
