"""What happens in one year."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plan.models import Jaaractieplan
from plan.views import boek
from plan.views.deur import bezoeker


@require_safe
def jaar(request, plan, jaar):
    zichtbaar = Jaaractieplan.objects.zichtbaar_voor(bezoeker(request))
    jaarplan = get_object_or_404(zichtbaar.select_related("plan"), plan__slug=plan, jaar=jaar)
    regels = list(jaarplan.regels.select_related("actie__garantie").order_by("actie__volgorde", "actie__code"))
    per_garantie = {}
    for regel in regels:
        regel.actie.plan = jaarplan.plan
        per_garantie.setdefault(regel.actie.garantie, []).append(regel)
    return render(
        request,
        "plan/jaar.html",
        {
            "plan": jaarplan.plan,
            "jaarplan": jaarplan,
            "per_garantie": sorted(per_garantie.items(), key=lambda paar: (paar[0].volgorde, paar[0].code)),
            "aantal": len(regels),
            "overgedragen": sum(regel.overgedragen for regel in regels),
            "jaren": zichtbaar.filter(plan=jaarplan.plan),
            "geld": boek.geldbeeld(boek.toegekend(jaarplan.plan).filter(jaar=jaar), [jaar]),
        },
    )
