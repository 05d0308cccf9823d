"""The data of an organisation in its corner: to change, and to take along."""

import json

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.gegevens import alles_van, wijzig_gegevens
from participatie.forms.gegevens import GegevensFormulier
from participatie.views.hoekje import toon, voor_organisatie
from sociaalhuis.download import download


@require_http_methods(["GET", "HEAD", "POST"])
@voor_organisatie
def gegevens(request, hoek):
    """What stands on the website, for an aanspreekpunt as a form."""
    leidt = hoek.mandaat.is_aanspreekpunt
    gestuurd = request.method == "POST" and leidt
    form = GegevensFormulier(request.POST if gestuurd else None, instance=hoek.organisatie)
    if gestuurd and form.is_valid():
        wijzig_gegevens(organisatie=hoek.organisatie, door=request.user, **form.cleaned_data)
        messages.success(request, "Jullie gegevens zijn aangepast.")
        return redirect("participatie:mijn_gegevens", hoek.organisatie.code)
    return toon(request, "gegevens", hoek, "gegevens", 422 if gestuurd else 200, form=form, leidt=leidt)


@require_safe
@voor_organisatie
def alles(request, hoek):
    """Everything the organisation gave, as one file of JSON."""
    inhoud = json.dumps(alles_van(hoek.organisatie, request.user), ensure_ascii=False, indent=2)
    return download(inhoud, "application/json", f"{hoek.organisatie.code}.json")
