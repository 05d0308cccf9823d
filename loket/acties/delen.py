"""Sharing a case with another team, perhaps of the other Bestuur: for a reason, until a day, and the person may see it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from loket.acties.slot import log, op_slot
from loket.models import Deling, MagNiet
from loket.models.staat import Stap

LANGST = timedelta(days=183)


@transaction.atomic
def deel(*, vraag, met_team, recht, reden, tot, door, versie=None, op=None):
    """Lets a team read or help until and including `tot`. Raises MagNiet. Gives the `Deling`."""
    op = op or timezone.now()
    vraag = op_slot(vraag, door, versie)
    if met_team == vraag.team:
        raise MagNiet("Dit team behandelt de vraag al. Kies een ander team.")
    vandaag = timezone.localdate(op)
    if not vandaag <= tot <= vandaag + LANGST:
        raise MagNiet("Kies een dag vanaf vandaag en hoogstens een half jaar ver.")
    if not vraag.kan(Stap.DEEL):
        raise MagNiet(f"Dit kan nu niet: de vraag staat op ‘{vraag.get_staat_display()}’.")
    _sluit_verlopen(Deling.objects.filter(vraag=vraag, met_team=met_team, gestopt_op=None), timezone.now())
    if Deling.objects.filter(vraag=vraag, met_team=met_team, gestopt_op=None).exists():
        raise MagNiet("De vraag is al gedeeld met dit team. Stop dat eerst als je iets wil veranderen.")
    deling = Deling.objects.create(
        vraag=vraag, met_team=met_team, recht=recht, tekst=reden, tot=tot, door=door, op=op
    )  # fmt: skip
    log(vraag, Stap.DEEL, door, op)
    return deling


@transaction.atomic
def stop(*, vraag, deling, door, versie=None, op=None):
    """Ends one sharing at once. Raises MagNiet when it had ended already."""
    vraag = op_slot(vraag, door, versie)
    lopend = Deling.objects.lopend().filter(vraag=vraag, pk=deling.pk).first()
    if lopend is None:
        raise MagNiet("Deze vraag was al niet meer gedeeld.")
    _stop([lopend], door, op)
    return vraag


def beeindig(*, vraag, door, op=None):
    """Ends every sharing of a case that goes to another team: the new team decides anew. Inside a transaction."""
    _stop(Deling.objects.lopend().filter(vraag=vraag).select_related("vraag"), door, op)


def sluit_verlopen(nu):
    """Job: writes down that sharings past their last day have ended. They gave no access any more since that day."""
    _sluit_verlopen(Deling.objects.filter(gestopt_op=None), nu)


def _sluit_verlopen(delingen, nu):
    voorbij = delingen.filter(tot__lt=timezone.localdate(nu)).select_related("vraag").select_for_update(of=("self",))
    _stop(voorbij, None, nu)


def _stop(delingen, door, op):
    for deling in delingen:
        deling.gestopt_op, deling.gestopt_door = op or timezone.now(), door
        deling.save(update_fields=["gestopt_op", "gestopt_door"])
        log(deling.vraag, Stap.STOP_DELEN, door, op)
