"""The card of one guarantee: one page on screen, one sheet of paper."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plan import kaartblad
from plan.kaart import maak
from plan.models import Garantie
from plan.views.deur import bezoeker
from sociaalhuis import versie
from sociaalhuis.context import het_huis
from sociaalhuis.download import download
from sociaalhuis.verslag.pdf import SOORT_PDF


def _garantie(request, plan, code):
    zichtbaar = Garantie.objects.zichtbaar_voor(bezoeker(request)).select_related("plan")
    return get_object_or_404(zichtbaar.prefetch_related("doelgroepen"), plan__slug=plan, code=code)


@require_safe
def kaart(request, plan, code):
    kaart = maak(_garantie(request, plan, code))
    return render(request, "plan/kaart.html", {"plan": kaart.garantie.plan, "kaart": kaart})


@require_safe
def pdf(request, plan, code):
    """The same on one sheet of A4, tagged (PDF/UA-1). Made once for as long as nothing public changes."""
    garantie = _garantie(request, plan, code)
    inhoud = _pdf(versie.van(request), garantie.pk)
    return download(inhoud, SOORT_PDF, f"{plan}-{code}-kaart.pdf")


@versie.bij_versie
def _pdf(nummer, sleutel):
    garantie = Garantie.objects.select_related("plan").prefetch_related("doelgroepen").get(pk=sleutel)
    huis = het_huis(nummer)
    return kaartblad.als_pdf(maak(garantie), huis=huis.naam, accent=huis.accent, op=timezone.now())
