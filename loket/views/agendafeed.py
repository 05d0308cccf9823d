"""The own agenda in the calendar of a phone: an address with a secret that shows times, places and references only."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket.acties import agendasleutel
from loket.models import Afspraak, Agendasleutel
from loket.rooster import ics
from loket.views.werkbank import aan_de_balie
from sociaalhuis import versie
from sociaalhuis.context import het_huis

TERUG, VOORUIT = timedelta(days=14), timedelta(days=90)


@require_safe
@never_cache
def agenda(request, sleutel):
    """The calendar of whoever has this secret; someone who no longer works at the desk has an empty one."""
    gebruiker = agendasleutel.gebruiker_met(sleutel)
    if gebruiker is None:
        raise Http404
    nu = timezone.now()
    rijen = (
        Afspraak.objects.zichtbaar_voor(gebruiker).zonder_inhoud()
        .filter(medewerker=gebruiker, begin__gte=nu - TERUG, begin__lte=nu + VOORUIT)
        .order_by("begin", "pk")
    )  # fmt: skip
    inhoud = ics.kalender(rijen, het_huis(versie.van(request)), adres=_waar, voor_medewerker=True)
    return ics.als_bestand(inhoud, "agenda.ics")


def _waar(afspraak):
    return {"hier": afspraak.locatie.naam, "telefoon": "Aan de telefoon"}.get(afspraak.wijze, "Huisbezoek")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@aan_de_balie
def mijn_agenda(request):
    """Makes the address, shows it once, renews it or takes it away."""
    adres = ""
    if request.method == "POST":
        if "weg" in request.POST:
            agendasleutel.trek_in(door=request.user)
            messages.success(request, "Het adres werkt niet meer.")
            return redirect("loket:balie_mijn_agenda")
        adres = request.build_absolute_uri(
            reverse("loket:agendafeed", args=[agendasleutel.vernieuw(door=request.user)])
        )
    rij = Agendasleutel.objects.filter(gebruiker=request.user).first()
    return render(request, "loket/balie_mijn_agenda.html", {"adres": adres, "rij": rij})
