"""Bringing a round out, answering it, and publishing all its answers at once."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participatie.acties.inbreng import meld_antwoord
from participatie.models import Antwoord, Inbreng, Ronde
from participatie.models.ronde import Fase
from participatie.staat import MagNiet, ga_naar
from plan.models import Plan


class Ondertussen(MagNiet):
    """A colleague saved something meanwhile; nothing was written."""


@transaction.atomic
def publiceer(*, ronde, door):
    """Makes a round public; it opens by itself at its hour."""
    ronde = _op_slot(ronde, door)
    if not Plan.objects.openbaar().filter(pk=ronde.plan_id).exists():
        raise MagNiet("Het plan van deze ronde is nog niet openbaar. Maak eerst het plan openbaar.")
    return ga_naar(ronde, Ronde.Staat.GEPUBLICEERD)


@transaction.atomic
def haal_terug(*, ronde, door):
    """Makes a round a draft again, as long as nobody gave input."""
    ronde = _op_slot(ronde, door)
    if ronde.inbrengen.exists():
        raise MagNiet("Er is al inbreng. Deze ronde blijft online.")
    return ga_naar(ronde, Ronde.Staat.CONCEPT)


@transaction.atomic
def beantwoord(*, inbreng, besluit, reden, wijziging="", door, versie=None, op=None):
    """Writes the answer to an input, or changes it. A draft until `publiceer_antwoorden`.

    `versie` is the version the writer saw (0: none yet). Raises Ondertussen when a colleague saved another.
    """
    if not door.has_perm("participatie.add_antwoord"):
        raise PermissionDenied
    inbreng = (
        Inbreng.objects.zichtbaar_voor(door).select_related("ronde").select_for_update(of=("self",)).get(pk=inbreng.pk)
    )
    if inbreng.staat == Inbreng.Staat.INGEDIEND:
        raise MagNiet("Kijk deze inbreng eerst na.")
    antwoord = Antwoord.objects.filter(inbreng=inbreng).first() or Antwoord(inbreng=inbreng, versie=0)
    if versie is not None and versie != antwoord.versie:
        raise Ondertussen(f"{antwoord.door} bewaarde intussen een ander antwoord. Dat van jou is nog niet bewaard.")
    antwoord.besluit, antwoord.reden, antwoord.wijziging = besluit, reden, wijziging
    antwoord.door, antwoord.gewijzigd_op, antwoord.versie = door, op or timezone.now(), antwoord.versie + 1
    antwoord.save()
    return antwoord


@transaction.atomic
def publiceer_antwoorden(*, ronde, door, op=None):
    """Makes every answer of a closed round public at once and tells who gave input.

    Raises MagNiet while the round is open, an input is unread or an input has no answer.
    """
    ronde = _op_slot(ronde, door)
    if beletsel := beletsel_voor_antwoorden(ronde):
        raise MagNiet(beletsel)
    ronde.antwoorden_gepubliceerd_op = op or timezone.now()
    ronde.save(update_fields=["antwoorden_gepubliceerd_op"])
    for inbreng in ronde.inbrengen.openbaar().prefetch_related("organisatie__mandaten__gebruiker"):
        inbreng.ronde = ronde
        meld_antwoord(inbreng)
    return ronde


def beletsel_voor_antwoorden(ronde):
    """Why the answers of this round cannot be published now, as a sentence; '' when they can."""
    if ronde.fase == Fase.BEANTWOORD:
        return "De antwoorden staan al online."
    if ronde.fase != Fase.GESLOTEN:
        return "De antwoorden publiceer je als de ronde gesloten is."
    ongelezen = ronde.inbrengen.na_te_kijken().count()
    if ongelezen:
        return f"Kijk eerst alle inbreng na. Nog te lezen: {ongelezen}."
    zonder = ronde.inbrengen.openbaar().filter(antwoord=None).count()
    if zonder:
        return f"Elke inbreng heeft een antwoord nodig. Nog zonder antwoord: {zonder}."
    return ""


def _op_slot(ronde, door):
    """The row through the door, held until the end of the transaction."""
    if not door.has_perm("participatie.publiceer_ronde"):
        raise PermissionDenied
    return Ronde.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=ronde.pk)
