"""Mails of participation. They say nothing: a reference, a link and whom to contact."""

from django.conf import settings

from sociaalhuis.models import Huis
from sociaalhuis.post.uit import zet_klaar

BRIEF = """Dag,

{tekst}

{adres}

Heb je een vraag? Bel {telefoon} of mail naar {email}. Geef dan je referentie {referentie}.

{huis}
"""


def stuur(*, sleutel, aan, onderwerp, tekst, pad, referentie):
    """Puts one mail in the outbox: one sentence, one link to `pad` on this site."""
    huis = Huis.objects.first() or Huis(naam="Sociaal Huis")
    zet_klaar(
        sleutel=sleutel,
        aan=aan,
        onderwerp=f"{onderwerp} ({referentie})",
        tekst=BRIEF.format(
            tekst=tekst,
            adres=settings.SITE_URL + pad,
            telefoon=huis.telefoon,
            email=huis.email,
            referentie=referentie,
            huis=huis.naam,
        ),
    )


def adres_van_de_coordinator():
    """Where mail for the staff of participation goes, or '' before there is a house."""
    huis = Huis.objects.first()
    return (huis.coordinator_email or huis.email) if huis else ""
