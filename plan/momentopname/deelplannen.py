"""The derived plans that anyone may read: their introduction, who gives advice, and which actions they showed."""

from plan.models import Deelplan, Deelplankeuze
from plan.momentopname.velden import naamloos

MODELLEN = (Deelplan, Deelplankeuze)


def neem(plan):
    """List of dicts; `acties` holds keys of parts in the same snapshot, `keuzes` what was picked by hand and why."""
    rijen = Deelplan.objects.filter(plan=plan, openbaar=True).select_related("adviesraad")
    return [
        {
            "slug": rij.slug,
            "titel": rij.titel,
            "inleiding": rij.inleiding,
            "adviesraad": naamloos(rij.adviesraad) if rij.adviesraad else None,
            "doelgroepen": [naamloos(groep) for groep in rij.doelgroepen.all()],
            "themas": [naamloos(thema) for thema in rij.themas.all()],
            "acties": list(rij.acties().in_volgorde().values_list("pk", flat=True)),
            "keuzes": list(rij.keuzes.order_by("actie__plek").values("actie", "erbij", "reden")),
        }
        for rij in rijen.prefetch_related("doelgroepen", "themas", "keuzes")
    ]
