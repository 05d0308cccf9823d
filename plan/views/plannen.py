"""The plan as a whole: the list of plans, the plan itself, and all of it on paper."""

from django.db.models import Prefetch, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plan.boom import boom
from plan.models import Besluit, Jaaractieplan, Onderdeel, Partnerschap, Plan, Uitvoer
from plan.models.plan import ziet_alles
from plan.views import boek
from plan.views.acties import REDENEN
from plan.views.deur import bezoeker, plan_of_404


@require_safe
def plannen(request):
    """The one plan there is, or the choice between several."""
    zichtbaar = list(Plan.objects.zichtbaar_voor(bezoeker(request)))
    if len(zichtbaar) == 1:
        return redirect(zichtbaar[0])
    return render(request, "plan/plannen.html", {"plannen": zichtbaar, "mag": ziet_alles(bezoeker(request))})


@require_safe
def plan(request, plan):
    plan = plan_of_404(request, plan)
    takken = boek.bomen(plan)
    acties = [actie for tak in takken for actie in tak.acties]
    return render(
        request,
        "plan/plan.html",
        {
            "plan": plan,
            "takken": takken,
            "acties_aantal": len(acties),
            "standen": boek.tel_standen(plan, acties),
            "geld": boek.geldbeeld(boek.toegekend(plan), plan.jaren),
            "stappen": plan.processtappen.all(),
            "pijlers": plan.pijlers.all(),
            "jaarplannen": Jaaractieplan.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan),
            "vandaag": timezone.localdate(),
            "bestanden": Uitvoer.objects.van(plan),
        },
    )


@require_safe
def afdrukken(request, plan):
    """The whole plan on one page, for paper."""
    plan = plan_of_404(request, plan)
    onderdelen = (
        Onderdeel.objects.filter(plan=plan)
        .select_related("trekker_organisatie", "niveau")
        .prefetch_related(
            "themas",
            "doelgroepen",
            "gebieden",
            "bbc_codes",
            REDENEN,
            Prefetch("partnerschappen", Partnerschap.objects.nu().select_related("organisatie"), "partners_nu"),
        )
        .in_volgorde()
    )
    return render(
        request,
        "plan/afdrukken.html",
        {
            "plan": plan,
            "takken": boom(boek.met_stappen(plan, onderdelen)),
            "geld": boek.geldbeeld(boek.toegekend(plan), plan.jaren),
            "stappen": plan.processtappen.all(),
            "pijlers": plan.pijlers.all(),
            "besluiten": Besluit.objects.geldend().filter(plan=plan).select_related("orgaan", "adviesraad"),
            "jaarplannen": Jaaractieplan.objects.zichtbaar_voor(bezoeker(request))
            .filter(Q(plan=plan))
            .prefetch_related("regels__actie"),
        },
    )
