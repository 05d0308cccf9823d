"""Mail about one case. It says that there is something, and nothing else: who reads along learns nothing.

All mail about a case goes through `stuur_over`: so an answer finds the case again, and a mail that does not arrive is
seen on it.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from loket.models import Antwoordadres, Mailspoor, Vraag
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.post.uit import message_id_van

BERICHT = (
    "Er is een bericht voor je. Je leest het op de pagina hieronder, met de code op je ontvangstbewijs."
    " Heb je geen code, of vind je ze niet meer? Bel ons of kom langs, dan krijg je een nieuwe."
)


@transaction.atomic
def stuur_over(*, vraag, sleutel, onderwerp, tekst, pad, aan=""):
    """Puts a mail about a case in the outbox, to the one who asked or to `aan`; gives whether it is new.

    For the rest as `sociaalhuis.post.brief.stuur_brief`.
    """
    nieuw = stuur_brief(
        sleutel=sleutel,
        aan=aan or vraag.email,
        dossiersleutel=vraag.dossiersleutel,
        onderwerp=onderwerp,
        tekst=tekst,
        pad=pad,
        referentie=vraag.referentie,
        antwoord_naar="" if aan else antwoord_naar(vraag),
    )
    if nieuw:
        Mailspoor.objects.get_or_create(message_id=message_id_van(sleutel), defaults={"vraag": vraag})
    return nieuw


def antwoord_naar(vraag) -> str:
    """The address that answers about this case go to, or '' where this house reads no mail."""
    if not settings.ANTWOORDADRES:
        return ""
    return settings.ANTWOORDADRES.replace("*", Antwoordadres.van(vraag).teken)


def meld_bericht(vraag, bericht):
    """Tells who wants an answer by mail that there is a message."""
    if vraag.antwoordwijze == Vraag.Antwoordwijze.MAIL and vraag.email:
        stuur_over(
            vraag=vraag,
            sleutel=f"vraag-{vraag.pk}-bericht-{bericht.pk}",
            onderwerp="Er is een bericht voor je",
            tekst=BERICHT,
            pad=reverse("loket:opvolgen"),
        )
