"""What happens in one year, how it goes, and the reports about it."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from plan.jaarverslag import als_verslag, naam_van, titel_van
from plan.models import Jaaractieplan, Jaaropvolging, Jaarverslag, Taak
from plan.views import boek
from plan.views.deur import bezoeker
from sociaalhuis import versie
from sociaalhuis.download import download
from sociaalhuis.verslag.pdf import SOORT_PDF
from sociaalhuis.verslag.rekenblad import SOORT_XLSX, als_xlsx

Moment = Jaaropvolging.Moment


def jaar_of_404(request, plan, jaar):
    """(the year, the years that this visitor may see)."""
    zichtbaar = Jaaractieplan.objects.zichtbaar_voor(bezoeker(request)).defer("tekst")
    return get_object_or_404(zichtbaar.select_related("plan"), plan__slug=plan, jaar=jaar), zichtbaar


@require_safe
def jaar(request, plan, jaar):
    jaarplan, zichtbaar = jaar_of_404(request, plan, jaar)
    regels = list(
        jaarplan.regels.select_related("actie__garantie").prefetch_related("opvolgingen").order_by("actie__plek")
    )
    taken = {}
    for taak in Taak.objects.filter(actie__in=[regel.actie_id for regel in regels], tegen__year=jaar):
        taken.setdefault(taak.actie_id, []).append(taak)
    per_garantie, momenten = {}, set()
    for regel in regels:
        regel.actie.plan = jaarplan.plan
        regel.taken = taken.get(regel.actie_id, [])
        opvolging = {rij.moment: rij for rij in regel.opvolgingen.all()}
        regel.opvolging = opvolging.get(Moment.JAAR) or opvolging.get(Moment.HALFJAAR)
        momenten |= set(opvolging)
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
            "standen": standen_van(jaarplan.plan, regels),
            "verslagen": [moment for moment in Moment if moment in momenten],
            "jaren": zichtbaar.filter(plan=jaarplan.plan),
            "geld": boek.geldbeeld(boek.toegekend(jaarplan.plan).filter(jaar=jaar), [jaar]),
        },
    )


def standen_van(plan, regels):
    """[(name, kind of state label, count)] of the follow-up of a year; [] before anything was noted."""
    return boek.tel_standen(plan, [regel.opvolging for regel in regels if regel.opvolging])


def noteerde_of_404(request, plan, jaar, moment):
    """The year, when anything was noted for that moment."""
    jaarplan, _ = jaar_of_404(request, plan, jaar)
    if not Jaaropvolging.objects.filter(jaaractie__jaaractieplan=jaarplan, moment=moment).exists():
        raise Http404
    return jaarplan


@require_safe
def verslag(request, plan, jaar, moment):
    """The report to read and to print."""
    jaarplan = noteerde_of_404(request, plan, jaar, moment)
    verslag = als_verslag(jaarplan, moment)
    pdf = Jaarverslag.objects.filter(jaaractieplan=jaarplan, moment=moment).first()
    return render(
        request,
        "plan/jaarverslag.html",
        {"plan": jaarplan.plan, "jaarplan": jaarplan, "verslag": verslag, "moment": moment, "pdf": pdf},
    )


@require_safe
def verslag_xlsx(request, plan, jaar, moment):
    """The same as a table, made once for as long as nothing public changes."""
    naam, inhoud = _blad(versie.van(request), noteerde_of_404(request, plan, jaar, moment).pk, moment)
    return download(inhoud, SOORT_XLSX, f"{naam}.xlsx")


@versie.bij_versie
def _blad(nummer, jaarplan, moment):
    verslag = als_verslag(Jaaractieplan.objects.select_related("plan").get(pk=jaarplan), moment)
    return verslag.naam, als_xlsx(verslag)


@require_safe
def verslag_pdf(request, plan, jaar, moment):
    """The PDF that the worker made; a page that says so while it is not there."""
    jaarplan = noteerde_of_404(request, plan, jaar, moment)
    rij = Jaarverslag.objects.filter(jaaractieplan=jaarplan, moment=moment).first()
    if rij is None:
        inhoud = {"plan": jaarplan.plan, "jaarplan": jaarplan, "titel": titel_van(jaarplan, moment), "moment": moment}
        antwoord = render(request, "plan/jaarverslag_straks.html", inhoud, status=202)
        antwoord["Cache-Control"] = "no-store"
        return antwoord
    etag = f'"{rij.van}"'
    if zelfde := get_conditional_response(request, etag=etag):
        return zelfde
    antwoord = FileResponse(
        rij.bestand.open("rb"),
        as_attachment=True,
        filename=f"{naam_van(jaarplan, moment)}.pdf",
        content_type=SOORT_PDF,
    )
    antwoord["ETag"], antwoord["Cache-Control"] = etag, "no-cache"
    return antwoord
