"""The desk: lists of questions, and taking one down at the counter or on the phone."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket import werklijst
from loket.models import Vraag
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE
from sociaalhuis.toegang import alleen_rol

PER_PAGINA = 25
aan_de_balie = alleen_rol(LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE)


@require_safe
@never_cache
@aan_de_balie
def werkbank(request):
    """One list of the desk, filtered; or what a search by reference finds."""
    vragen = Vraag.objects.zichtbaar_voor(request.user)
    naam = request.GET.get("lijst", "")
    naam = naam if naam in werklijst.LIJSTEN else werklijst.STANDAARD
    referentie = request.GET.get("q", "")[:20].replace("\x00", "").strip()
    gekozen = (
        werklijst.zoek_referentie(vragen, referentie) if referentie else werklijst.lijst(vragen, naam, request.user)
    )
    filter_ = werklijst.VraagFilter(request.GET, queryset=gekozen.zonder_inhoud())
    pagina = Paginator(filter_.qs, PER_PAGINA).get_page(request.GET.get("pagina"))
    pagina.bladwijzers = pagina.paginator.get_elided_page_range(pagina.number)
    tellingen = vragen.tellingen(request.user)
    return render(
        request,
        "loket/werkbank.html",
        {
            "pagina": pagina,
            "filter": filter_,
            "lijst": "" if referentie else naam,
            "titel": f"Referentie {referentie}" if referentie else werklijst.LIJSTEN[naam][0],
            "q": referentie,
            "lijsten": lijsten_met(tellingen),
        },
    )


def lijsten_met(tellingen):
    """The lists for the left side, grouped: [(title of the group, [(code, name, number)])]."""
    groepen = {}
    for code, (naam, groep, _) in werklijst.LIJSTEN.items():
        groepen.setdefault(groep, []).append((code, naam, tellingen[code]))
    return list(groepen.items())


def naar_lijst(naam=werklijst.STANDAARD):
    return redirect(f"{reverse('loket:werkbank')}?lijst={naam}")
