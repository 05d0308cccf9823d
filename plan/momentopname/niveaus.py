"""The levels in the words of the town."""

from plan.models import Niveau
from plan.momentopname.velden import kolommen

MODELLEN = (Niveau,)


def neem(plan):
    return [kolommen(niveau, {"plan", "id"}) for niveau in plan.niveaus.order_by("rang")]
