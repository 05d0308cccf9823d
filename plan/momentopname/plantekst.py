"""The texts of the plan itself, and its pillars."""

from plan.models import Alinea, Pijler, Plan
from plan.momentopname.velden import alineas_van, kolommen

MODELLEN = (Alinea, Pijler)
BUITEN = {"id", "staat", "gepubliceerd_op", "verouderd_na"}  # where the plan stands is told by its decisions


def neem(plan):
    """All columns of the plan, its paragraphs with their keys, and its pillars."""
    return {
        **kolommen(Plan.objects.get(pk=plan.pk), BUITEN),
        "alineas": alineas_van(plan).get(None, []),
        "pijlers": [kolommen(pijler, {"id", "plan"}) for pijler in Pijler.objects.filter(plan=plan)],
    }
