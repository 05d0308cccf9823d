"""The wish to be erased: someone asks, a person decides within a month (article 12 of the GDPR)."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from loket.acties.behandeling import _op_slot, _zet
from loket.acties.bericht import stuur_over
from loket.models import MagNiet, Vraag, Wiswens
from loket.models.staat import Stap
from loket.termijnen.maanden import maanden_later
from loket.werkbank.rechten import hoofden_van, mag_wissen
from sociaalhuis.post.brief import stuur_brief

ALLEEN_HOOFD = "Alleen wie het team leidt, beslist over wissen."
GEEN_WENS = "Er is geen wens om te wissen die op een antwoord wacht."
MAAND = 1


@transaction.atomic
def vraag_om_wissen(*, vraag, tekst="", op=None) -> Wiswens:
    """The one who asked wants everything gone. The same wish again, while one is open, is the same wish."""
    vraag = _op_slot(vraag, None, None)
    if wens := vraag.wiswensen.open().first():
        return wens
    op = op or timezone.now()
    uiterlijk = maanden_later(timezone.localdate(op), MAAND)
    wens = Wiswens.objects.create(vraag=vraag, tekst=tekst, op=op, uiterlijk_op=uiterlijk)
    _zet(vraag, Stap.WISWENS, None, op)
    for hoofd in hoofden_van(vraag.team):
        _meld(wens, hoofd, "nieuw")
    return wens


@transaction.atomic
def weiger_wens(*, vraag, grond, antwoord, door, versie=None, op=None) -> Wiswens:
    """What we keep must stay for now; the one who asked reads why. Raises MagNiet, Ondertussen."""
    vraag = _op_slot(vraag, door, versie)
    if not mag_wissen(door, vraag):
        raise MagNiet(ALLEEN_HOOFD)
    wens = vraag.wiswensen.open().first()
    if wens is None:
        raise MagNiet(GEEN_WENS)
    wens.besloten_op, wens.door, wens.grond, wens.antwoord = op or timezone.now(), door, grond, antwoord
    wens.save(update_fields=["besloten_op", "door", "grond", "antwoord"])
    _zet(vraag, Stap.WEIGER_WENS, door, op)
    if vraag.antwoordwijze == Vraag.Antwoordwijze.MAIL and vraag.email:
        stuur_over(
            vraag=vraag,
            sleutel=f"wiswens-{wens.pk}-antwoord",
            onderwerp="Er is een bericht voor je",
            tekst="Er is een bericht voor je. Je leest het met je code:",
            pad=reverse("loket:opvolgen"),
        )
    return wens


def herinner(nu=None) -> int:
    """Reminds who decides of wishes that are due within a week; once per wish. Gives how many mails are new."""
    vandaag = timezone.localdate(nu)
    bijna = Wiswens.objects.open().filter(uiterlijk_op__lte=vandaag + timedelta(days=7))
    wensen = bijna.select_related("vraag__team")
    return sum(_meld(wens, hoofd, "herinnering") for wens in wensen for hoofd in hoofden_van(wens.vraag.team))


def _meld(wens, hoofd, soort):
    return stuur_brief(
        sleutel=f"wiswens-{wens.pk}-{soort}-{hoofd.pk}",
        aan=hoofd.email,
        onderwerp="Er wacht een beslissing op de werkbank",
        tekst="Op de werkbank wacht iets op jouw beslissing. Kijk onder Wensen:",
        pad=reverse("loket:werkbank_wensen"),
        referentie=wens.vraag.referentie,
    )
