"""The data of an organisation in its corner: to change, to take along, and to erase."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.gegevens import als_zip, wijzig_gegevens
from participatie.acties.wisverzoek import stop, vraag_wissen
from participatie.forms.gegevens import GegevensFormulier, WisFormulier
from participatie.models import Wisverzoek
from participatie.models.wisverzoek import WACHT
from participatie.staat import MagNiet
from participatie.views.hoekje import toon, voor_organisatie
from sociaalhuis.meenemen import beletsels_van, lot_van

SOORT = "application/zip"


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
    """Everything the organisation gave, as one zip."""
    naam = f"{hoek.organisatie.code}-{timezone.localdate():%Y%m%d}.zip"
    return FileResponse(als_zip(hoek.organisatie, request.user), as_attachment=True, filename=naam, content_type=SOORT)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_organisatie
def wissen(request, hoek):
    """What erasing takes away and what stays; an aanspreekpunt asks it, or stops it in time."""
    organisatie, leidt = hoek.organisatie, hoek.mandaat.is_aanspreekpunt
    verzoek = Wisverzoek.objects.open().filter(organisatie=organisatie).select_related("door").first()
    hier = redirect("participatie:mijn_wissen", organisatie.code)
    if request.method == "POST" and request.POST.get("doe") == "stop":
        _stop(request, verzoek)
        return hier
    gestuurd = request.method == "POST" and leidt
    form = WisFormulier(request.POST if gestuurd else None, organisatie=organisatie)
    if gestuurd and form.is_valid():
        try:
            vraag_wissen(organisatie=organisatie, door=request.user)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            return hier
    return toon(
        request,
        "wissen",
        hoek,
        "wissen",
        422 if gestuurd else 200,
        form=form,
        leidt=leidt,
        verzoek=verzoek,
        lot=lot_van(organisatie),
        beletsels=beletsels_van(organisatie),
        wachtdagen=WACHT.days,
    )


def _stop(request, verzoek):
    try:
        if verzoek:
            stop(verzoek=verzoek, door=request.user)
            messages.success(request, "Gestopt. Er wordt niets gewist.")
    except MagNiet as fout:
        messages.error(request, str(fout))
