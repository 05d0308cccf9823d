"""Naming a colleague in a note: only who may see the case; they get a mail that says nothing."""

from django.urls import reverse
from django.utils import timezone

from loket.models import MagNiet, Vermelding, Vraag
from sociaalhuis.post.brief import stuur_brief


def vermeld(*, notitie, wie, door):
    """Names colleagues in a note that was just written, in its transaction. Raises MagNiet."""
    for collega in dict.fromkeys(wie):
        if collega == door:
            continue
        if not Vraag.objects.leesbaar_voor(collega).filter(pk=notitie.vraag_id).exists():
            raise MagNiet("Deze collega kan de vraag niet lezen. Noem iemand anders, of deel de vraag eerst.")
        vermelding = Vermelding.objects.create(notitie=notitie, wie=collega, op=notitie.op)
        stuur_brief(
            sleutel=f"vermelding-{vermelding.pk}",
            aan=collega.email,
            onderwerp="Er staat iets voor je klaar",
            tekst="Een collega vraagt je om naar iets te kijken op de werkbank.",
            pad=reverse("loket:voor_mij"),
        )


def gelezen(*, vraag, door):
    """The case was opened by this person: what they were named in is read."""
    mijn = Vermelding.objects.filter(wie=door, notitie__vraag=vraag, gelezen_op=None)
    mijn.update(gelezen_op=timezone.now())
