"""My meetings: what I am invited to, whether I come, my tasks, and the address for a calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participatie.acties import agendalink
from participatie.acties.inschrijving import meld_af, verontschuldig
from participatie.acties.overlegtaak import zet_taak
from participatie.models import Inschrijving, Mandaat, Overleg, Verslagregel
from participatie.views.beheer import probeer
from sociaalhuis.rollen import ORGANISATIELID, heeft_rol, is_medewerker

PER_LIJST = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mijn_overleg(request):
    """For who speaks for an organisation and for staff; anybody else has nothing here."""
    if not (heeft_rol(request.user, ORGANISATIELID) or is_medewerker(request.user)):
        raise Http404
    adres = ""
    if request.method == "POST":
        doe = request.POST.get("doe", "")
        if doe != "adres":
            DADEN.get(doe, niets)(request)
            return redirect("participatie:mijn_overleg")
        adres = nieuw_adres(request)
    return render(request, "participatie/overleg/mijn.html", {**inhoud(request.user), "adres": adres})


def inhoud(gebruiker):
    """The meetings of a user with the own registration at each, the open tasks, and the mandates."""
    rijen = list(Inschrijving.objects.zichtbaar_voor(gebruiker))
    eigen = {rij.overleg_id: rij for rij in rijen if rij.is_lopend}
    afgemeld = {rij.overleg_id for rij in rijen}
    van_mij = Overleg.objects.van_genodigde(gebruiker) | Overleg.objects.bekend().filter(pk__in=eigen)
    rijen = van_mij.voor_lijst()
    lijsten = {"komend": list(rijen.komend()[:PER_LIJST]), "voorbij": list(rijen.voorbij()[:PER_LIJST])}
    for overleg in [*lijsten["komend"], *lijsten["voorbij"]]:
        overleg.eigen = eigen.get(overleg.pk)
        overleg.komt_niet = not overleg.eigen and overleg.pk in afgemeld
    taken = Verslagregel.objects.open_taken().voor_lijst()
    mandaten = Mandaat.objects.van_gebruiker(gebruiker)
    organisaties = [mandaat.organisatie_id for mandaat in mandaten]
    return {
        **lijsten,
        "taken": taken.filter(wie_gebruiker=gebruiker) | taken.filter(wie_organisatie__in=organisaties),
        "mandaten": mandaten.select_related("organisatie", "agendalink"),
    }


def nummer(request, naam):
    """A number from the form, or a 404 for what no page of ours sends."""
    waarde = request.POST.get(naam, "")
    if not (waarde.isascii() and waarde.isdigit() and len(waarde) < 10):
        raise Http404
    return int(waarde)


def nieuw_adres(request):
    """A new address for the calendar of one mandate: shown once."""
    mandaat = get_object_or_404(Mandaat.objects.van_gebruiker(request.user), pk=nummer(request, "mandaat"))
    geheim = agendalink.vernieuw(mandaat=mandaat, door=request.user)
    return request.build_absolute_uri(reverse("participatie:overleg_agenda_organisatie", args=[geheim]))


def adres_weg(request):
    mandaat = get_object_or_404(Mandaat.objects.van_gebruiker(request.user), pk=nummer(request, "mandaat"))
    agendalink.trek_in(mandaat=mandaat, door=request.user)
    messages.success(request, "Het adres werkt niet meer.")


def meld_mij_af(request):
    rij = get_object_or_404(Inschrijving.objects.zichtbaar_voor(request.user), pk=nummer(request, "inschrijving"))
    probeer(request, "Je bent afgemeld. Dank je om het te laten weten.", meld_af, inschrijving=rij)


def komt_niet(request):
    overleg = get_object_or_404(Overleg.objects.van_genodigde(request.user), pk=nummer(request, "overleg"))
    probeer(request, "Dank je om het te laten weten.", verontschuldig, overleg=overleg)


def taak_klaar(request):
    rijen = Verslagregel.objects.zichtbaar_voor(request.user).taken()
    zet_taak(taak=get_object_or_404(rijen, pk=nummer(request, "taak")), door=request.user, klaar=True)
    messages.success(request, "De taak is klaar.")


def niets(request):
    raise Http404


DADEN = {"adres_weg": adres_weg, "meld_af": meld_mij_af, "komt_niet": komt_niet, "taak_klaar": taak_klaar}
