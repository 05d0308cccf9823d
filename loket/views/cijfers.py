"""Figures of the desk: on a page, as PDF, xlsx and CSV. Numbers only, never a case."""

from itertools import count

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.cijfers import feiten as lezen
from loket.cijfers import partners, verslag
from loket.forms.cijfers import CijfersForm
from sociaalhuis import versie
from sociaalhuis.context import het_huis
from sociaalhuis.download import download
from sociaalhuis.models import Organisatie
from sociaalhuis.rollen import COORDINATOR, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, TOEZICHTHOUDER, heeft_rol
from sociaalhuis.toegang import alleen_rol
from sociaalhuis.verslag.pdf import SOORT_PDF, als_pdf
from sociaalhuis.verslag.rekenblad import SOORT_CSV, SOORT_XLSX, als_csv, als_xlsx

mag_tellen = alleen_rol(LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, COORDINATOR, TOEZICHTHOUDER)


@require_safe
@never_cache
@mag_tellen
def cijfers(request):
    form, rapport = _rapport(request)
    nummers = count(1)
    delen = [(deel, [(next(nummers), tabel) for tabel in deel.tabellen]) for deel in rapport.delen]
    return render(request, "loket/cijfers.html", {"form": form, "verslag": rapport, "delen": delen})


@require_safe
@never_cache
@mag_tellen
def pdf(request):
    _, rapport = _rapport(request)
    huis = het_huis(versie.van(request))
    return download(
        als_pdf(rapport, huis=huis.naam, op=timezone.now(), accent=huis.accent), SOORT_PDF, f"{rapport.naam}.pdf"
    )


@require_safe
@never_cache
@mag_tellen
def xlsx(request):
    _, rapport = _rapport(request)
    return download(als_xlsx(rapport), SOORT_XLSX, f"{rapport.naam}.xlsx")


@require_safe
@never_cache
@mag_tellen
def csv(request, tabel):
    """One table by its number on the page, from 1."""
    _, rapport = _rapport(request)
    if not 1 <= tabel <= len(rapport.tabellen):
        raise Http404
    return download(als_csv(rapport.tabellen[tabel - 1]), SOORT_CSV, f"{rapport.naam}-{tabel}.csv")


def _rapport(request):
    vragen = lezen.telbaar_voor(request.user)
    form = CijfersForm.van(request.GET, vragen)
    return form, verslag.maak(
        nu=lezen.feiten(vragen, form.gekozen),
        eerder=lezen.feiten(vragen, form.vorige),
        periode=form.gekozen,
        vorige=form.vorige,
        bereik=bereik_van(request.user),
        partners=partners.tabel(form.gekozen, dict(Organisatie.objects.values_list("pk", "naam"))),
    )


def bereik_van(gebruiker):
    """Whose figures this user sees, in words."""
    if heeft_rol(gebruiker, COORDINATOR, TOEZICHTHOUDER):
        return "Alle teams van gemeente en OCMW"
    return "Teams: " + (", ".join(team.naam for team in gebruiker.teams.order_by("naam")) or "geen")
