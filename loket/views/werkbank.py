"""The desk: the lists of questions, filtered, sorted and found by reference."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.forms.reeks import ReeksForm
from loket.forms.werkbank import FilterForm, LijstForm
from loket.models import OpgeslagenFilter, Vraag
from loket.termijnen.kalender import sluitingsdagen
from loket.werkbank import rijen, werklijst
from sociaalhuis import versie
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE
from sociaalhuis.toegang import alleen_rol

aan_de_balie = alleen_rol(LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE)


@require_safe
@never_cache
@aan_de_balie
def werkbank(request):
    """One list of the desk, filtered; or what a search by reference finds."""
    getypt = request.GET.get("q", "")[:20].replace("\x00", "").strip()
    nummer = versie.van(request)
    keuze = LijstForm(request.GET, gebruiker=request.user, nummer=nummer)
    if getypt:
        vragen = werklijst.zoek_referentie(Vraag.objects.in_de_bak_van(request.user), getypt).zonder_inhoud()
    else:
        vragen = keuze.toegepast(werklijst.lijst(request.user, keuze.naam, keuze.gekozen.get("orde", "")))
    pagina = werklijst.Bladzijde(vragen.met_verwijsmerk(), request.GET.get("pagina", 1), sluitingsdagen(nummer))
    return render(
        request,
        "loket/werkbank.html",
        {
            "pagina": pagina,
            "regels": rijen.regels(pagina, keuze.keuzes),
            "keuze": keuze,
            "lijst": "" if getypt else keuze.naam,
            "titel": f"Referentie {getypt}" if getypt else werklijst.LIJSTEN[keuze.naam].naam,
            "leeg": werklijst.LIJSTEN[keuze.naam].leeg,
            "q": getypt,
            "hele_lijst": f"?lijst={keuze.naam}",
            "reeks": ReeksForm(door=request.user, lijsten=keuze.indeling, collegas=keuze.collegas),
            "bewaar_filter": FilterForm(gebruiker=request.user),
            **zijkant(request.user),
        },
    )


def zijkant(gebruiker):
    """What stands left of every list: the lists in groups with their counts, and the filters of this user."""
    aantallen, groepen = werklijst.tellingen(gebruiker), {}
    for code, rij in werklijst.lijsten_voor(gebruiker).items():
        aantal = aantallen.get(code)
        tekst = f"{werklijst.TEL_TOT}+" if aantal is not None and aantal > werklijst.TEL_TOT else aantal
        groepen.setdefault(rij.groep, []).append((code, rij.naam, tekst))
    return {"lijsten": list(groepen.items()), "filters": list(OpgeslagenFilter.objects.zichtbaar_voor(gebruiker)[:30])}


def naar_lijst(naam=werklijst.STANDAARD):
    return redirect(f"{reverse('loket:werkbank')}?lijst={naam}")
