"""What the desk has for an organisation: the people it sent there. Numbers only, nothing of anybody."""

from django.urls import reverse

from loket.models import Doorverwijzing
from sociaalhuis.hoekje import Deur, registreer


def nieuw(organisatie):
    """How many referrals wait for a first answer of this organisation."""
    return Doorverwijzing.objects.filter(organisatie=organisatie, staat=Doorverwijzing.Staat.VERZONDEN).count()


registreer(
    Deur(
        naam="loket",
        rang=50,
        titel="Doorverwijzingen",
        tekst="Mensen die het Sociaal Huis naar jullie doorstuurt, en jullie plaats en wachttijd.",
        picto="persoon",
        adres=lambda organisatie: reverse("loket:partner_voor", args=[organisatie.code]),
        wacht=nieuw,
        enkel="doorverwijzing wacht op jullie antwoord",
        meer="doorverwijzingen wachten op jullie antwoord",
    )
)
