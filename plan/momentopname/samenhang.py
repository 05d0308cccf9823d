"""Which action waits for which, and why."""

from plan.models import Afhankelijkheid

MODELLEN = (Afhankelijkheid,)


def neem(plan):
    """List of {"onderdeel", "wacht_op", "reden"}: keys of parts in the same snapshot."""
    rijen = Afhankelijkheid.objects.filter(actie__plan=plan).order_by("actie_id", "wacht_op__code")
    return [
        {"onderdeel": actie, "wacht_op": wacht_op, "reden": reden}
        for actie, wacht_op, reden in rijen.values_list("actie_id", "wacht_op_id", "reden")
    ]
