"""A citizen asks the coordinator for a copy of the plan."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from plan.acties.bestelling import bestel
from plan.forms.bestelling import BestelForm
from plan.models import Plan
from plan.views.deur import plan_of_404
from sociaalhuis.begrenzing import adres, telt

TE_VEEL = "Je vroeg al veel exemplaren. Probeer het morgen opnieuw, of bel ons."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bestellen(request, plan):
    plan = plan_of_404(request, plan)
    if plan.staat == Plan.Staat.VOORBEREIDING:
        raise Http404
    form = BestelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if telt(f"bestelling:{adres(request)}", per=timedelta(days=1), hoogstens=10):
            bestel(plan=plan, **form.gegevens())
            return redirect("plan:besteld", plan=plan.slug)
        form.add_error(None, TE_VEEL)
    status = 200 if request.method != "POST" else 429 if TE_VEEL in form.non_field_errors() else 422
    return render(request, "plan/bestellen.html", {"plan": plan, "form": form}, status=status)


@require_safe
def besteld(request, plan):
    return render(request, "plan/besteld.html", {"plan": plan_of_404(request, plan)})
