"""The pages around the plan: how it was made, how it is built, what it rests on."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plan.models import Pijler
from plan.views.deur import bezoeker, plan_of_404


@require_safe
def proces(request, plan):
    plan = plan_of_404(request, plan)
    return render(
        request,
        "plan/proces.html",
        {
            "plan": plan,
            "stappen": plan.processtappen.all(),
            "besluiten": plan.besluiten.geldend().select_related("orgaan", "adviesraad", "document"),
            "vandaag": timezone.localdate(),
        },
    )


@require_safe
def structuur(request, plan):
    return render(request, "plan/structuur.html", {"plan": plan_of_404(request, plan)})


@require_safe
def principes(request, plan):
    return render(request, "plan/principes.html", {"plan": plan_of_404(request, plan)})


@require_safe
def cijfers(request, plan):
    return render(request, "plan/cijfers.html", {"plan": plan_of_404(request, plan)})


@require_safe
def pijlers(request, plan):
    plan = plan_of_404(request, plan)
    return render(request, "plan/pijlers.html", {"plan": plan, "pijlers": plan.pijlers.all()})


@require_safe
def pijler(request, plan, code):
    zichtbaar = Pijler.objects.zichtbaar_voor(bezoeker(request)).select_related("plan")
    pijler = get_object_or_404(zichtbaar, plan__slug=plan, code=code)
    return render(
        request,
        "plan/pijler.html",
        {"plan": pijler.plan, "pijler": pijler, "andere": pijler.plan.pijlers.exclude(pk=pijler.pk)},
    )
