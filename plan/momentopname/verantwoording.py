"""The findings that ask for a part, with their source."""

from plan.models import Feit, Verantwoording
from plan.momentopname.velden import kolommen

MODELLEN = (Feit, Verantwoording)


def neem(plan):
    """List of dicts: `onderdeel` is the key of the part, the rest the finding and why it asks for this part."""
    rijen = Verantwoording.objects.filter(onderdeel__plan=plan).select_related("feit").order_by("onderdeel_id", "pk")
    return [
        {
            "onderdeel": rij.onderdeel_id,
            "sleutel": rij.feit_id,
            **kolommen(rij.feit, {"id", "plan"}),
            "uitleg": rij.uitleg,
        }
        for rij in rijen
    ]
