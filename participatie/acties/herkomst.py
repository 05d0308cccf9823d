"""Which input changed which part of the plan: what participation tells the plan."""

from django.db.models import Q

from participatie.models import Doorwerking, Inbreng
from plan.herkomst import Herkomst, registreer


@registreer
def van_inbreng(plan, sleutels=None):
    """{key of a part: list of `Herkomst`} of published answers; two queries, merged inputs included."""
    rijen = (
        Doorwerking.objects.openbaar().filter(antwoord__inbreng__ronde__plan=plan).select_related("versie", "antwoord")
    )
    if sleutels is not None:
        rijen = rijen.filter(onderdeel__in=sleutels)
    rijen = list(rijen.defer("versie__tekst").order_by("versie__nummer", "pk"))
    leiders = {rij.antwoord.inbreng_id for rij in rijen}
    met_antwoord = Q(pk__in=leiders) | Q(samengevoegd__leidend__in=leiders)
    per_leider = {}
    for inbreng in Inbreng.objects.openbaar().filter(met_antwoord).voor_lijst().order_by("ingediend_op", "pk"):
        per_leider.setdefault(inbreng.leidend.pk, []).append(inbreng)
    uit = {}
    for rij in rijen:
        for inbreng in per_leider.get(rij.antwoord.inbreng_id, []):
            uit.setdefault(rij.onderdeel, []).append(
                Herkomst(
                    inbreng.van, inbreng.woorden, inbreng.get_absolute_url(), rij.versie.nummer if rij.versie else 0
                )
            )
    return uit
