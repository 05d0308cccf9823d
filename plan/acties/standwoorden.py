"""Giving the states of an action the words of the town."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from plan.models import Onderdeel, Plan, Standwoord

Stand = Onderdeel.Stand


def controleer(woorden):
    """Raises ValidationError (per state) when two states would be called the same."""
    gezien, fouten = {}, {}
    for stand in Stand:
        naam = woorden.get(stand.value, "").strip() or stand.label
        if ander := gezien.get(naam.lower()):
            fouten[stand.value] = f"'{naam}' is al het woord voor '{Stand(ander).label.lower()}'. Kies een ander woord."
        gezien.setdefault(naam.lower(), stand.value)
    if fouten:
        raise ValidationError(fouten)


@transaction.atomic
def zet_standwoorden(*, plan, woorden, door):
    """Gives a plan these words: {state: word}; an empty word (or none) is the usual one again.

    Returns {state: own word}. Raises PermissionDenied for who may not edit plans, ValidationError per state.
    """
    if not door.has_perm("plan.change_plan"):
        raise PermissionDenied
    controleer(woorden)
    Plan.objects.select_for_update().get(pk=plan.pk)
    oud = {rij.stand: rij for rij in Standwoord.objects.filter(plan=plan)}
    nieuw = {}
    for stand in Stand:
        woord, rij = woorden.get(stand.value, "").strip(), oud.get(stand.value)
        if not woord or woord == stand.label:
            if rij:
                rij.delete()
            continue
        nieuw[stand.value] = woord
        rij = rij or Standwoord(plan=plan, stand=stand.value)
        if rij.woord != woord:
            rij.woord = woord
            rij.full_clean(exclude=["plan"])
            rij.save()
    return nieuw
