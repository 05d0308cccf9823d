"""The mail that says there is a message, and nothing else: who reads along learns nothing."""

from django.conf import settings
from django.urls import reverse

from loket.models import Vraag
from sociaalhuis.models import Huis
from sociaalhuis.post.uit import zet_klaar

TEKST = """\
Dag

Er is een bericht voor je. Je referentie is {referentie}.

Je leest het met de code op je ontvangstbewijs:
{adres}

Vind je je code niet meer? Bel ons of kom langs. Hou je referentie bij de hand.

{naam}
{contact}

Dit is een automatisch bericht. Antwoord niet op deze mail: schrijf ons op de pagina hierboven.
"""


def meld_bericht(vraag, bericht):
    """Puts the mail in the outbox for who wants an answer by mail."""
    if vraag.antwoordwijze != Vraag.Antwoordwijze.MAIL or not vraag.email:
        return
    huis = Huis.objects.first() or Huis(naam="Sociaal Huis")
    zet_klaar(
        sleutel=f"vraag-{vraag.pk}-bericht-{bericht.pk}",
        aan=vraag.email,
        dossiersleutel=vraag.dossiersleutel,
        onderwerp=f"Er is een bericht voor je ({vraag.referentie})",
        tekst=TEKST.format(
            referentie=vraag.referentie,
            adres=settings.SITE_URL + reverse("loket:opvolgen"),
            naam=huis.naam,
            contact="\n".join(filter(None, [huis.telefoon, huis.email])),
        ),
    )
