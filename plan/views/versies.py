"""Frozen versions: the list, one version as it was, and the difference of two in two voices."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from plan import burgertaal
from plan import herkomst as herkomsten
from plan.models import Besluit, Uitvoer, Versie
from plan.momentopname import lezen
from plan.verschil import vergelijk
from plan.verschilblad import als_verslag
from plan.views.deur import bezoeker, plan_of_404
from sociaalhuis.download import download
from sociaalhuis.verslag.rekenblad import SOORT_XLSX, als_xlsx

TUSSEN = 5  # published versions between two whose reasons are read too


def van_plan(request, plan):
    """The versions of a plan that this visitor may see, without their text, in order."""
    zichtbaar = Versie.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan)
    return zichtbaar.defer("tekst").select_related("besluit__orgaan").order_by("nummer")


def versie_of_404(versies, nummer):
    versie = next((versie for versie in versies if versie.nummer == nummer), None)
    if versie is None:
        raise Http404
    return versie


@require_safe
def lijst(request, plan, fout=""):
    """Every version, newest first. Versions with the same content say so."""
    plan = plan_of_404(request, plan)
    versies = list(van_plan(request, plan))
    eerste = {}
    for vorige, versie in zip([None, *versies], versies, strict=False):
        versie.vorige = vorige
        versie.zelfde_als = eerste.setdefault(versie.vingerafdruk, versie)
    ander = [versie for versie in versies if versie.vingerafdruk != versies[-1].vingerafdruk]
    context = {"plan": plan, "versies": versies[::-1], "fout": fout, "van": ander[-1] if ander else None}
    return render(request, "plan/versies.html", context, status=400 if fout else 200)


@require_safe
def versie(request, plan, nummer):
    """The whole plan as it was: nothing on this page comes from the plan of now but its address."""
    plan = plan_of_404(request, plan)
    versies = list(van_plan(request, plan))
    versie = versie_of_404(versies, nummer)
    inhoud = versie.inhoud
    return render(
        request,
        "plan/versie.html",
        {
            "plan": plan,
            "versie": versie,
            "inhoud": inhoud,
            "wortels": lezen.boom(inhoud),
            "geld": lezen.geldtabel(inhoud),
            "indicatoren": lezen.indicatoren(inhoud),
            "vorige": next((ander for ander in versies[::-1] if ander.nummer < nummer), None),
            "later": [ander for ander in versies if ander.nummer > nummer],
            "bestanden": Uitvoer.objects.van(plan, versie),
        },
    )


def twee(request, plan, van, naar):
    """(plan, old version, new version, their `Verschil`), or Http404. The older one must come first."""
    plan = plan_of_404(request, plan)
    versies = list(van_plan(request, plan))
    oud, nieuw = versie_of_404(versies, van), versie_of_404(versies, naar)
    if oud.nummer >= nieuw.nummer:
        raise Http404
    tussen = [
        ander
        for ander in versies
        if oud.nummer < ander.nummer < nieuw.nummer and ander.stap == Besluit.Stap.BEKENDMAKING
    ]
    redenen = [reden for ander in tussen[-TUSSEN:] for reden in ander.inhoud.get("redenen", [])]
    verschil = vergelijk(oud.inhoud, nieuw.inhoud, redenen)
    herkomst = herkomsten.tussen(herkomsten.van_delen(plan), oud.nummer, nieuw.nummer)
    for deel in [*verschil.delen, *([verschil.plan] if verschil.plan else [])]:
        deel.herkomst = herkomst.get(deel.sleutel, [])
    return plan, oud, nieuw, verschil


@require_safe
def vergelijking(request, plan):
    """From the form on the list to the page of the difference; a choice that makes no sense is told there."""
    van, naar = (request.GET.get(naam, "") for naam in ("van", "naar"))
    if not (van.isdecimal() and naar.isdecimal() and len(van + naar) < 10):
        return lijst(request, plan, fout="Kies twee versies.")
    van, naar = sorted((int(van), int(naar)))
    if van == naar:
        return lijst(request, plan, fout="Kies twee verschillende versies.")
    return redirect("plan:verschil", plan, van, naar)


@require_safe
def verschil(request, plan, van, naar):
    """For the council: every part, every word, every euro, and why."""
    plan, oud, nieuw, verschil = twee(request, plan, van, naar)
    return render(
        request,
        "plan/verschil.html",
        {
            "plan": plan,
            "oud": oud,
            "nieuw": nieuw,
            "verschil": verschil,
            "groepen": [
                ("Nieuw", "nieuw", verschil.van("nieuw")),
                ("Weggevallen", "weg", verschil.van("weg")),
                ("Gewijzigd", "gewijzigd", verschil.anders()),
            ],
            "opgevolgd": [
                (deel, next((veld for veld in deel.velden if veld.naam == "stand"), deel.velden[0]))
                for deel in verschil.opgevolgd()
            ],
        },
    )


@require_safe
def veranderd(request, plan, van, naar):
    """For who lives here: what changed and why, in sentences."""
    plan, oud, nieuw, verschil = twee(request, plan, van, naar)
    tekst, doelen, verplaatst = burgertaal.geteld(verschil)
    return render(
        request,
        "plan/veranderd.html",
        {
            "plan": plan,
            "oud": oud,
            "nieuw": nieuw,
            "verschil": verschil,
            "groepen": burgertaal.vertel(verschil),
            "tekst": tekst,
            "doelen": doelen,
            "verplaatst": verplaatst,
        },
    )


@require_safe
def verschil_xlsx(request, plan, van, naar):
    plan, oud, nieuw, verschil = twee(request, plan, van, naar)
    return download(
        als_xlsx(als_verslag(plan, oud, nieuw, verschil)), SOORT_XLSX, f"{plan.slug}-verschil-{van}-{naar}.xlsx"
    )
