"""Where an action stands: following its tasks and indicators, or set by hand with a reason.

The one place where the state of an action changes. Who stopped an action said so by hand: nothing computes that away.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plan.meten import doelen, doelen_per_actie
from plan.models import Actie, Plan, Taak
from plan.models.redactie import delen_van
from plan.stand import bereken
from plan.woorden import standnamen


def mag(door, actie_pk):
    """Raises PermissionDenied for who neither works on the plan nor keeps this action up to date as an editor."""
    if not door.has_perm("plan.change_actie") and not delen_van(door).filter(pk=actie_pk).exists():
        raise PermissionDenied


def berekend(actie, op=None):
    """(Stand, progress) from the tasks and indicators of an action, or None when it has nothing to follow."""
    return bereken(actie, actie.taken.all(), doelen(actie), op=op)


def bronnen(actie):
    """What the state of an action follows from, in words."""
    taken, metingen = actie.taken.exists(), bool(doelen(actie))
    return "taken en de metingen" if taken and metingen else "metingen" if metingen else "taken"


def waarom_nodig(actie, stand, voortgang):
    """The sentence that asks why, when tasks or indicators say otherwise than this state; "" when no reason is needed."""
    volgt = berekend(actie)
    if not volgt or volgt == (stand, voortgang):
        return ""
    naam = standnamen(actie.plan)[volgt[0]].lower()
    return f"Volgens de {bronnen(actie)} is de stand '{naam}' ({volgt[1]} %). Schrijf waarom jij er anders over denkt."


@transaction.atomic
def zet_stand(*, actie, stand, voortgang, toelichting, door, reden=""):
    """Sets the state by hand; returns the action.

    Needs a reason when the action has tasks or indicators that say otherwise; without those, what is set here is
    simply the state. Raises PermissionDenied or ValidationError (per field).
    """
    mag(door, actie.pk)
    actie = Actie.objects.select_for_update(of=("self",)).get(pk=actie.pk)
    reden = reden.strip()
    waarom = waarom_nodig(actie, stand, voortgang)
    if waarom and not reden:
        raise ValidationError({"stand_reden": waarom})
    actie.stand_reden = reden if waarom else ""
    actie.noteer_stand(stand, voortgang, toelichting)
    actie.full_clean(exclude=["ouder", "niveau"])
    actie.save(update_fields=["stand", "voortgang", "stand_toelichting", "stand_op", "stand_reden"])
    return actie


@transaction.atomic
def volg(*, actie, op=None, ook_gestopt=False):
    """Lets the state follow tasks and indicators, unless it was set by hand; returns whether it changed.

    An action that was stopped stays so, but with `ook_gestopt`.
    """
    actie = Actie.objects.select_for_update(of=("self",)).get(pk=actie.pk)
    nieuw = berekend(actie, op)
    gestopt = actie.stand == Actie.Stand.STOPGEZET and not ook_gestopt
    if gestopt or actie.stand_reden or not nieuw or nieuw == (actie.stand, actie.voortgang):
        return False
    actie.noteer_stand(*nieuw, actie.stand_toelichting, op=op)
    actie.save(update_fields=["stand", "voortgang", "stand_toelichting", "stand_op"])
    return True


@transaction.atomic
def laat_volgen(*, actie, door):
    """Takes back a state that was set by hand: from now on it follows tasks and indicators."""
    mag(door, actie.pk)
    Actie.objects.filter(pk=actie.pk).update(stand_reden="")
    volg(actie=actie, ook_gestopt=True)


@transaction.atomic
def rond_af(*, taak, door, op=None):
    """Marks a task as done on a day (today); the state of its action follows. A second time changes nothing."""
    taak = Taak.objects.select_for_update().get(pk=taak.pk)
    mag(door, taak.actie_id)
    if taak.klaar_op is None:
        taak.klaar_op = op or timezone.localdate()
        taak.full_clean(exclude=["actie"])
        taak.save(update_fields=["klaar_op"])
        volg(actie=taak.actie)
    return taak


def volg_alles(nu):
    """Job: states that follow tasks turn late by themselves when a day passes. Gives how many moved.

    Three queries for all that stays as it is. What moves is locked, looked at again and written together: four
    queries more, and one per state and progress that occurs.
    """
    vandaag = timezone.localdate(nu)
    open_ = Actie.objects.filter(stand_reden="", plan__staat=Plan.Staat.OPENBAAR).exclude(stand=Actie.Stand.STOPGEZET)
    if not (bewegen := _bewegen(open_, vandaag)):
        return 0
    with transaction.atomic():
        vast = open_.filter(pk__in=bewegen).order_by("pk").select_for_update(of=("self",))
        per_stand = {}
        for sleutel, waar in _bewegen(Actie.objects.filter(pk__in=[actie.pk for actie in vast]), vandaag).items():
            per_stand.setdefault(waar, []).append(sleutel)
        for (naar, voortgang), sleutels in per_stand.items():
            Actie.objects.filter(pk__in=sleutels).update(stand=naar, voortgang=voortgang, stand_op=vandaag)
    return sum(len(sleutels) for sleutels in per_stand.values())


def _bewegen(acties, op):
    """{key: (state, progress)} of the actions among these that say something else than their tasks and indicators."""
    acties = list(acties.only("stand", "voortgang", "begin", "einde", "soort").prefetch_related("taken"))
    per_actie = doelen_per_actie(acties)
    nieuw = {actie.pk: bereken(actie, actie.taken.all(), per_actie.get(actie.pk, ()), op=op) for actie in acties}
    return {
        actie.pk: nieuw[actie.pk] for actie in acties if nieuw[actie.pk] not in (None, (actie.stand, actie.voortgang))
    }


@transaction.atomic
def bevestig_stand(*, actie, door):
    """Says that the state of an action is still right today; returns the action."""
    mag(door, actie.pk)
    actie = Actie.objects.select_for_update(of=("self",)).get(pk=actie.pk)
    actie.stand_op = timezone.localdate()
    actie.save(update_fields=["stand_op"])
    return actie


@transaction.atomic
def heropen(*, taak, door):
    """Takes back that a task is done; the state of its action follows. A second time changes nothing."""
    taak = Taak.objects.select_for_update().get(pk=taak.pk)
    mag(door, taak.actie_id)
    if taak.klaar_op is not None:
        taak.klaar_op = None
        taak.save(update_fields=["klaar_op"])
        volg(actie=taak.actie)
    return taak
