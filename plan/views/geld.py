"""The money of a plan: the requests that were granted, the multi-year plan beside it, and the translation of one into the other."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from plan.models import Mjplijn, Plan, Projectaanvraag
from plan.vertaalblad import als_verslag
from plan.vertaling import laatste_versies, vertaal
from plan.views import boek
from plan.views.deur import bezoeker, plan_of_404
from sociaalhuis import versie
from sociaalhuis.download import download
from sociaalhuis.verslag.rekenblad import SOORT_XLSX, als_xlsx


@require_safe
def geld(request, plan):
    """What is planned per Bestuur and year, and every request that was looked at with its amounts."""
    plan = plan_of_404(request, plan)
    aanvragen = (
        Projectaanvraag.objects.zichtbaar_voor(bezoeker(request))
        .filter(plan=plan)
        .exclude(staat__in=[Projectaanvraag.Staat.CONCEPT, Projectaanvraag.Staat.INGEDIEND])
        .met_saldo()
        .select_related("actie")
    )
    return render(
        request,
        "plan/geld.html",
        {
            "plan": plan,
            "geld": boek.geldbeeld(boek.toegekend(plan), plan.jaren),
            "meerjarenplan": boek.geldbeeld(Mjplijn.objects.van_nu(plan), plan.jaren),
            "versies": laatste_versies(plan),
            "aanvragen": aanvragen,
        },
    )


@require_safe
def vertaling(request, plan):
    """Per Bestuur and year what the multi-year plan holds, what this plan adds, and what it becomes."""
    plan = plan_of_404(request, plan)
    vertaling = vertaal(plan)
    return render(
        request,
        "plan/vertaling.html",
        {
            "plan": plan,
            "vertaling": vertaling,
            "besturen": [(bestuur, vertaling.per_jaar(bestuur)) for bestuur in vertaling.besturen],
            "regels": [
                (regel, [(jaar, regel.bedragen.get(jaar)) for jaar in plan.jaren]) for regel in vertaling.regels
            ],
            "doelen": [
                (rij, [(jaar, rij["bedragen"].get(jaar)) for jaar in plan.jaren], sum(rij["bedragen"].values()))
                for rij in vertaling.doelen
            ],
        },
    )


@require_safe
def vertaling_xlsx(request, plan):
    """The same as a table. Made once for as long as nothing public changes: with many lines that takes seconds."""
    naam, inhoud = _blad(versie.van(request), plan_of_404(request, plan).pk)
    return download(inhoud, SOORT_XLSX, f"{naam}.xlsx")


@versie.bij_versie
def _blad(nummer, plan):
    plan = Plan.objects.get(pk=plan)
    verslag = als_verslag(plan, vertaal(plan))
    return verslag.naam, als_xlsx(verslag)
