"""What anyone may read of a plan: the one place where the state of a plan changes."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plan.models import Plan

# from -> where a coordinator may bring it
OVERGANGEN = {
    Plan.Staat.VOORBEREIDING: [Plan.Staat.ONTWERP, Plan.Staat.OPENBAAR],
    Plan.Staat.ONTWERP: [Plan.Staat.OPENBAAR, Plan.Staat.VOORBEREIDING],
    Plan.Staat.OPENBAAR: [Plan.Staat.AFGELOPEN, Plan.Staat.VOORBEREIDING],
    Plan.Staat.AFGELOPEN: [Plan.Staat.OPENBAAR],
}


@transaction.atomic
def zet_staat(*, plan, staat, door, op=None):
    """Brings a plan into another state; becoming public sets the date (today, or `op`), going back clears it.

    Raises PermissionDenied for who may not publish, ValidationError for a step that does not exist, for a plan
    without a guarantee, or to become public before its way past the councils is done (when it walks one).
    """
    if not door.has_perm("plan.publiceer_plan"):
        raise PermissionDenied
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if staat not in OVERGANGEN[plan.staat]:
        raise ValidationError(f"Dat kan niet voor een plan dat nu '{plan.get_staat_display().lower()}' is.")
    if staat == Plan.Staat.VOORBEREIDING:
        plan.gepubliceerd_op = None
    else:
        if not plan.onderdelen.van_soort("garantie").exists():
            raise ValidationError("Dit plan heeft nog geen garanties. Voeg er eerst een toe.")
        paden = list(plan.raadspaden.all())
        if staat == Plan.Staat.OPENBAAR and paden and not any(pad.is_klaar for pad in paden):
            raise ValidationError(
                "De weg langs de raden is nog niet rond. Het plan wordt openbaar met de bekendmaking."
            )
        plan.gepubliceerd_op = plan.gepubliceerd_op or op or timezone.localdate()
    plan.staat = staat
    plan.save(update_fields=["staat", "gepubliceerd_op"])
    return plan
