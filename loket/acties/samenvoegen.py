"""Two questions of one person become one, and that can be undone for a day.

Nothing is copied: the one that goes along is closed as a double and points at the one that stays. Both codes open the
one that stays, and it tells both stories.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from loket.acties.slot import log, op_slot
from loket.models import MagNiet, Vraag
from loket.models.staat import Stap

SPIJT = timedelta(days=1)


@transaction.atomic
def voeg_samen(*, vraag, met, door, versie=None, op=None):
    """`met` goes along with `vraag`, for one and the same person. Raises MagNiet. Gives the one that stays."""
    # Both rows in one order, so that two who merge the other way round wait for each other.
    list(Vraag.objects.filter(pk__in=[vraag.pk, met.pk]).order_by("pk").select_for_update().only("pk"))
    vraag, mee = op_slot(vraag, door, versie), op_slot(met, door, None)
    if vraag.pk == mee.pk:
        raise MagNiet("Dat is deze vraag zelf. Kies een andere.")
    if vraag.team_id != mee.team_id:
        raise MagNiet("Deze vraag is bij een ander team. Draag eerst één van beide over.")
    if vraag.samengevoegd_met_id or mee.samengevoegd_met_id or mee.samengevoegde.exists():
        raise MagNiet("Eén van deze vragen is al samengevoegd. Kijk na welke vraag verder gaat.")
    if not vraag.kan(Stap.VOEG_SAMEN):
        raise MagNiet(f"Dit kan nu niet: de vraag staat op ‘{vraag.get_staat_display()}’.")
    nu = op or timezone.now()
    mee.zet_stap(
        Stap.VOEG_SAMEN, op=nu, resultaat=Vraag.Resultaat.DUBBEL, samengevoegd_met=vraag, samengevoegd_op=nu
    )  # fmt: skip
    log(mee, Stap.VOEG_SAMEN, door, nu)
    vraag.uiterlijk_op = min(vraag.uiterlijk_op, mee.uiterlijk_op)  # the promise that was made first
    vraag.versie += 1
    vraag.save(update_fields=["uiterlijk_op", "versie"])
    log(vraag, Stap.VOEG_SAMEN, door, nu)
    return vraag


@transaction.atomic
def maak_los(*, vraag, van, door, versie=None, op=None):
    """Undoes a wrong merge within a day: `van` goes on by itself. Raises MagNiet. Gives the one that stayed."""
    vraag, mee = op_slot(vraag, door, versie), op_slot(van, door, None)
    nu = op or timezone.now()
    if mee.samengevoegd_met_id != vraag.pk:
        raise MagNiet("Deze vragen zijn niet meer samengevoegd.")
    if nu - mee.samengevoegd_op > SPIJT:
        raise MagNiet("Losmaken kan tot een dag na het samenvoegen. Schrijf de vrager om een nieuwe vraag te stellen.")
    mee.zet_stap(Stap.MAAK_LOS, op=nu, samengevoegd_met=None, samengevoegd_op=None)
    log(mee, Stap.MAAK_LOS, door, nu)
    log(vraag, Stap.MAAK_LOS, door, nu)
    return vraag
