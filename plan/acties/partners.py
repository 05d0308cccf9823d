"""A partner confirms its own part in an action, or withdraws with a reason. Only who speaks for it now may."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plan.models import Partnerschap
from sociaalhuis.vertegenwoordiging import organisaties_van

Staat = Partnerschap.Staat


def _van(partnerschap, door):
    """The row, held until the end of the transaction; raises PermissionDenied when `door` does not speak for it."""
    partnerschap = (
        Partnerschap.objects.select_for_update(of=("self",))
        .select_related("onderdeel__plan", "organisatie")
        .get(pk=partnerschap.pk)
    )
    if not organisaties_van(door).filter(pk=partnerschap.organisatie_id).exists():
        raise PermissionDenied
    return partnerschap


def _zet(partnerschap, staat, door, reden=""):
    partnerschap.staat, partnerschap.staat_op, partnerschap.staat_door = staat, timezone.now(), door
    partnerschap.reden = reden
    partnerschap.full_clean(exclude=["onderdeel", "organisatie"])
    partnerschap.save()
    return partnerschap


@transaction.atomic
def bevestig(*, partnerschap, wat, tot, door):
    """Says what the organisation does and until when (a date in the period of the plan, or None); returns the row.

    Who withdrew may come back. Raises PermissionDenied, or ValidationError per field.
    """
    partnerschap = _van(partnerschap, door)
    wat = wat.strip()
    if not wat:
        raise ValidationError({"wat": "Schrijf in één zin wat jullie doen."})
    if tot and tot.year not in partnerschap.onderdeel.plan.jaren:
        raise ValidationError(
            {"tot": f"Kies een datum in de periode van het plan ({partnerschap.onderdeel.plan.periode})."}
        )
    partnerschap.wat, partnerschap.tot = wat, tot
    return _zet(partnerschap, Staat.BEVESTIGD, door)


@transaction.atomic
def trek_terug(*, partnerschap, reden, door):
    """The organisation no longer takes part, and says why; returns the row. A second time changes nothing."""
    partnerschap = _van(partnerschap, door)
    reden = reden.strip()
    if not reden:
        raise ValidationError({"reden": "Schrijf waarom jullie stoppen. De coördinator leest het."})
    if partnerschap.staat == Staat.TERUGGETROKKEN:
        return partnerschap
    return _zet(partnerschap, Staat.TERUGGETROKKEN, door, reden)
