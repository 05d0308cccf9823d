"""Asking a question on the website."""

from django.db.models import Model
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loket.acties.vraag import GeenTeam, stel_vraag
from loket.catalogus.passend import passende_diensten
from loket.forms.vraag import VraagForm, VraagToets
from loket.models import Dienst
from loket.termijnen.kalender import sluitingsdagen
from loket.views.ontvangst import toon_ontvangst
from loket.zaak import gevaar
from loket.zoek.taal import talen
from sociaalhuis import rijksregister, versie
from sociaalhuis.context import het_huis

NIET_INGERICHT = "We kunnen je vraag nu niet bewaren. Bel ons of kom langs, dan helpen we je meteen."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vraag(request):
    """The form; "Kijk eerst wat past" shows it again with services that may help, "Stuur" registers it."""
    if request.method != "POST":
        return toon(request, VraagForm(initial=begin(request)))
    form = VraagToets(request.POST, request.FILES)
    goed = form.is_valid()
    if "kijk" in request.POST:
        return toon(request, VraagForm(initial={**request.POST.dict(), **form.cleaned_data}), gekeken=True)
    if not goed:
        return toon(request, form.toonbaar())
    huis = het_huis(versie.van(request))
    try:
        ontvangst = stel_vraag(
            door=None,
            nummer=versie.van(request),
            werkdagen=huis.antwoordtermijn,
            gesloten=sluitingsdagen(versie.van(request)),
            **form.inhoud(),
        )
    except GeenTeam:
        form.add_error(None, NIET_INGERICHT)
        return toon(request, form.toonbaar())
    return toon_ontvangst(request, ontvangst, form.cleaned_data["tekst"])


def begin(request):
    """What a link from the search, the signpost or a service page brings along."""
    return {
        "tekst": request.GET.get("q", "")[:200].replace("\x00", ""),
        "dienst": request.GET.get("dienst", "")[:120],
        "thema": request.GET.get("thema", "")[:50].replace("\x00", ""),
    }


def toon(request, form, gekeken=False):
    tekst, thema, dienst = (waarde_van(form, veld) for veld in ("tekst", "thema", "dienst"))
    return render(
        request,
        "loket/vraag.html",
        {
            "form": form,
            "snel_weg": True,
            "gekeken": gekeken,
            "dienst": Dienst.objects.gepubliceerd().filter(slug=dienst).first() if dienst else None,
            "passend": passende_diensten(tekst, thema) if tekst or thema else [],
            "gevaar": gevaar.hint(tekst),
            "rijksregister": rijksregister.staat_in(tekst),
            "taal": talen().get(request.GET.get("taal", "")),
        },
    )


def waarde_van(form, veld):
    """What stands in a field now, as text; a chosen row by the name that the form knows it by."""
    waarde = form[veld].value()
    if isinstance(waarde, Model):
        waarde = getattr(waarde, form.fields[veld].to_field_name)
    return str(waarde or "").replace("\x00", "")
