"""Acting on several questions of a list, and keeping the choices of a list under a name."""

from urllib.parse import parse_qs, urlencode

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from loket.forms.reeks import ReeksForm
from loket.forms.werkbank import FilterForm, LijstForm
from loket.models import OpgeslagenFilter
from loket.views.werkbank import aan_de_balie

MEEST_GENOEMD = 12


def terug(request):
    """The list that the form came from, with its choices and its page."""
    keuze = LijstForm(QueryDict(request.POST.get("terug", "")[:400]), gebruiker=request.user)
    bladzijde = parse_qs(request.POST.get("terug", "")[:400]).get("pagina", ["1"])[0]
    extra = f"&{urlencode({'pagina': bladzijde})}" if bladzijde.isascii() and bladzijde.isdigit() and bladzijde != "1" else ""  # fmt: skip
    return redirect(f"{reverse('loket:werkbank')}?{keuze.keuzes}{extra}"), keuze


@require_POST
@never_cache
@aan_de_balie
def reeks(request):
    """Does one thing on all ticked questions and says what could not be done, and why."""
    form = ReeksForm(request.POST, door=request.user)
    antwoord, _ = terug(request)
    if not form.is_valid():
        for fouten in form.errors.values():
            messages.error(request, fouten[0])
        return antwoord
    verslag = form.voer_uit()
    if aantal := len(verslag.gedaan):
        messages.success(request, f"{'1 vraag is' if aantal == 1 else f'{aantal} vragen zijn'} {form.gedaan_woord}.")
    if verslag.niet:
        genoemd = [f"{referentie}: {reden}" for referentie, reden in verslag.niet[:MEEST_GENOEMD]]
        if over := len(verslag.niet) - MEEST_GENOEMD:
            genoemd += [f"en nog {over}."] if over > 0 else []
        wat = "1 vraag bleef" if len(verslag.niet) == 1 else f"{len(verslag.niet)} vragen bleven"
        messages.warning(request, f"{wat} staan. {' '.join(genoemd)}")
    return antwoord


@require_POST
@never_cache
@aan_de_balie
def bewaar_filter(request):
    """Keeps the choices of a list under a name, for oneself or for a team."""
    form = FilterForm(request.POST, gebruiker=request.user)
    antwoord, keuze = terug(request)
    if form.is_valid():
        filter_ = form.bewaar(keuze.keuzes)
        messages.success(request, f"Het filter ‘{filter_.naam}’ staat nu links in je lijst.")
    else:
        for fouten in form.errors.values():
            messages.error(request, fouten[0])
    return antwoord


@require_POST
@never_cache
@aan_de_balie
def wis_filter(request, pk):
    """Throws away an own filter."""
    filter_ = get_object_or_404(OpgeslagenFilter, pk=pk, eigenaar=request.user)
    filter_.delete()
    messages.success(request, f"Het filter ‘{filter_.naam}’ is weg.")
    antwoord, _ = terug(request)
    return antwoord
