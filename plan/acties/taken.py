"""Tasks and milestones of an action. The state of the action follows at once."""

from django.db import transaction

from plan.acties.stand import mag, volg
from plan.models import Actie


@transaction.atomic
def bewaar_taak(*, taak, door):
    """Saves a new or changed `Taak`; returns it. The same new one again (a double click) gives the one that is there.

    Raises PermissionDenied, or ValidationError per field.
    """
    mag(door, taak.actie_id)
    if not taak.pk:
        Actie.objects.select_for_update(of=("self",)).get(pk=taak.actie_id)
        taken = taak.actie.taken
        if zelfde := taken.filter(soort=taak.soort, titel=taak.titel, tegen=taak.tegen, klaar_op=None).first():
            return zelfde
        taak.volgorde = taken.count()
    taak.full_clean(exclude=["actie"])
    taak.save()
    volg(actie=taak.actie)
    return taak


@transaction.atomic
def schrap_taak(*, taak, door):
    """Takes a task away. Its history stays in the log."""
    mag(door, taak.actie_id)
    actie = taak.actie
    taak.delete()
    volg(actie=actie)
