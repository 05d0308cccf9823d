"""What is measured, for anyone: the list with its state against the targets, and one indicator with its chart."""

from collections import Counter

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plan.grafiek import teken
from plan.koers import Koers
from plan.meten import gemeten, lees, volgende
from plan.models import Indicator, Meting, Onderdeel
from plan.uitsplitsing import tabellen
from plan.views.deur import plan_of_404


@require_safe
def lijst(request, plan):
    plan = plan_of_404(request, plan)
    stukken = gemeten(Indicator.objects.filter(plan=plan).select_related("plan"))
    aantallen = Counter(stuk.koers for stuk in stukken)
    return render(
        request,
        "plan/indicatoren.html",
        {
            "plan": plan,
            "stukken": stukken,
            "koersen": [(koers, aantallen[koers]) for koers in Koers if aantallen[koers]],
        },
    )


@require_safe
def indicator(request, plan, code):
    plan = plan_of_404(request, plan)
    indicator = get_object_or_404(Indicator.objects.select_related("plan").met_cijfers(), plan=plan, code=code)
    stuk = lees(indicator)
    metingen = list(
        Meting.objects.goedgekeurd().filter(indicator=indicator).order_by("-datum").prefetch_related(
            "uitsplitsingen__doelgroep", "uitsplitsingen__gebied"
        )
    )  # fmt: skip
    for meting in metingen:
        meting.indicator = indicator
    laatste = metingen[0] if metingen else None
    return render(
        request,
        "plan/indicator.html",
        {
            "plan": plan,
            "indicator": indicator,
            "stuk": stuk,
            "grafiek": teken(stuk),
            "laatste": laatste,
            "uitsplitsing": tabellen(indicator, laatste, laatste.uitsplitsingen.all()) if laatste else [],
            "toelichtingen": [meting for meting in metingen if meting.toelichting],
            "delen": Onderdeel.objects.filter(indicatorkoppelingen__indicator=indicator)
            .select_related("plan", "garantie", "niveau")
            .in_volgorde(),
            "beurt": volgende(indicator, laatste.datum if laatste else None),
        },
    )
