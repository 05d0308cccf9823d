"""Why parts changed since what was published before, as far as staff wrote it."""

from plan.models import Wijzigingsreden

MODELLEN = (Wijzigingsreden,)


def neem(plan):
    """List of {"onderdeel", "code", "voor_raad", "voor_burger"}; without a part it is about the texts of the plan."""
    open_ = Wijzigingsreden.objects.filter(plan=plan, versie__isnull=True).order_by("code", "pk")
    return list(open_.values("onderdeel", "code", "voor_raad", "voor_burger"))
