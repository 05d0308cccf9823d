"""Derived plans: the same actions through another lens, as they are now and as they were in a version."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plan.boom import boom
from plan.models import Besluit, Deelplan, Onderdeel
from plan.momentopname import lezen
from plan.views import boek
from plan.views.deur import bezoeker, plan_of_404
from plan.views.versies import van_plan, versie_of_404


def takken_van(plan, acties):
    """The guarantees with only these actions below them: [(guarantee as `Tak`, [actions])], in the order of the booklet."""
    delen = Onderdeel.objects.filter(plan=plan, soort=Onderdeel.Soort.GARANTIE).in_volgorde()
    per_garantie = {}
    for actie in acties:
        per_garantie.setdefault(actie.garantie_id, []).append(actie)
    return [(tak, per_garantie[tak.deel.pk]) for tak in boom(delen) if tak.deel.pk in per_garantie]


@require_safe
def lijst(request, plan):
    plan = plan_of_404(request, plan)
    zichtbaar = Deelplan.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan).select_related("adviesraad")
    return render(request, "plan/deelplannen.html", {"plan": plan, "deelplannen": zichtbaar})


@require_safe
def deelplan(request, plan, slug):
    plan = plan_of_404(request, plan)
    zichtbaar = Deelplan.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan)
    deelplan = get_object_or_404(
        zichtbaar.select_related("adviesraad").prefetch_related("doelgroepen", "themas", "keuzes"), slug=slug
    )
    acties = list(deelplan.acties().select_related("plan", "trekker_organisatie").in_volgorde())
    erbij = {keuze.actie_id: keuze.reden for keuze in deelplan.keuzes.all() if keuze.erbij}
    for actie in acties:
        actie.gekozen_omdat = erbij.get(actie.pk, "")
    advies = (
        Besluit.objects.geldend().filter(plan=plan, adviesraad=deelplan.adviesraad_id or -1).order_by("-datum").first()
    )
    ramingen = boek.toegekend(plan).filter(projectaanvraag__actie__in=[actie.pk for actie in acties])
    return render(
        request,
        "plan/deelplan.html",
        {
            "plan": plan,
            "deelplan": deelplan,
            "groepen": takken_van(plan, acties),
            "acties": acties,
            "eruit": [keuze for keuze in deelplan.keuzes.select_related("actie") if not keuze.erbij],
            "standen": boek.tel_standen(plan, acties),
            "geld": boek.geldbeeld(ramingen, plan.jaren),
            "advies": advies,
            "versie": van_plan(request, plan).filter(tekst__contains=f'"slug":"{deelplan.slug}"').last(),
        },
    )


@require_safe
def bevroren(request, plan, nummer, slug):
    """A derived plan as it was in a version; reads the snapshot only."""
    plan = plan_of_404(request, plan)
    versie = versie_of_404(van_plan(request, plan), nummer)
    inhoud = versie.inhoud
    rij = next((rij for rij in inhoud.get("deelplannen", []) if rij["slug"] == slug), None)
    if rij is None:
        raise Http404
    return render(
        request,
        "plan/deelplan_versie.html",
        {
            "plan": plan,
            "versie": versie,
            "deelplan": rij,
            "wortels": lezen.boom(inhoud, rij["acties"]),
            "geld": lezen.geldtabel(inhoud, set(rij["acties"])),
        },
    )
