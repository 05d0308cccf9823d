"""The milestones of the actions, and the tasks that may be on the site; others are the work of a service and stay out."""

from plan.models import Taak
from plan.momentopname.velden import kolommen

MODELLEN = (Taak,)
BUITEN = {"id", "actie", "openbaar", "volgorde"}


def neem(plan):
    """List of dicts in the order of the action; `onderdeel` is the key of the action, days are ISO."""
    rijen = Taak.objects.filter(actie__plan=plan).op_site().order_by("actie_id", "volgorde", "tegen", "pk")
    return [{"sleutel": rij.pk, "onderdeel": rij.actie_id, **kolommen(rij, BUITEN)} for rij in rijen]
