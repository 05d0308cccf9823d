"""Accepting a gap of the coverage matrix, and taking that back. Only who may approve for the plan does it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from plan.models import Leemte, Plan
from sociaalhuis.tekst import zonder_onzichtbare


@transaction.atomic
def aanvaard(*, plan, thema, doelgroep, gebied, reden, namens, tot, door):
    """Accepts an empty cell until a day, and returns the `Leemte`. Again for the same cell: the new reason and day count.

    `gebied` is None for "anywhere". Raises PermissionDenied, or ValidationError per field.
    """
    if not door.has_perm("plan.add_leemte"):
        raise PermissionDenied
    Plan.objects.select_for_update().get(pk=plan.pk)
    vak = {"plan": plan, "thema": thema, "doelgroep": doelgroep, "gebied": gebied}
    leemte = Leemte.objects.filter(**vak).first() or Leemte(**vak)
    leemte.reden, leemte.namens = zonder_onzichtbare(reden).strip(), zonder_onzichtbare(namens).strip()
    leemte.tot, leemte.door, leemte.aanvaard_op = tot, door, timezone.localdate()
    leemte.full_clean(exclude=["plan", "thema", "doelgroep", "gebied", "door"])
    leemte.save()
    return leemte


@transaction.atomic
def trek_in(*, leemte, door):
    """The cell is a gap again; who accepted it and why stays in the history. A second time changes nothing."""
    if not door.has_perm("plan.delete_leemte"):
        raise PermissionDenied
    Leemte.objects.filter(pk=leemte.pk).delete()
