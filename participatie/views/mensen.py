"""Who speaks for an organisation: the list, asking a colleague, ending a mandate; and the page of who is asked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participatie.acties import mandaat as mandaat_acties
from participatie.acties import mandaatuitnodiging as uitnodiging_acties
from participatie.acties.geschiedenis import wie_sprak
from participatie.forms.mandaat import AanvaardFormulier, EindeFormulier, UitnodigingFormulier
from participatie.models import Mandaat, Mandaatuitnodiging
from participatie.staat import MagNiet
from participatie.views.hoekje import toon, voor_organisatie
from sociaalhuis.inzending import sleutel_klopt


@require_safe
@voor_organisatie
def mensen(request, hoek):
    return _lijst(request, hoek)


def _lijst(request, hoek, form=None, status=200):
    """Everyone who speaks now or later, and who was asked; with `form` where one was refused."""
    leidt = hoek.mandaat.is_aanspreekpunt
    mandaten = Mandaat.objects.lopend_of_gepland().filter(organisatie=hoek.organisatie).select_related("gebruiker")
    uitnodigingen = Mandaatuitnodiging.objects.wachtend().filter(organisatie=hoek.organisatie)
    form = form or UitnodigingFormulier(leidt=leidt)
    form.helper.form_action = reverse("participatie:mijn_nodig_uit", args=[hoek.organisatie.code])
    return toon(
        request,
        "mensen",
        hoek,
        "mensen",
        status,
        leidt=leidt,
        sprekers=mandaten.order_by("van", "pk"),
        uitnodigingen=uitnodigingen.select_related("door", "dossiersleutel"),
        form=form,
        fout_in=form if form.errors else None,
        rollen=Mandaat.Rol,
    )


@require_POST
@voor_organisatie
def nodig_uit(request, hoek):
    form = UitnodigingFormulier(request.POST, leidt=hoek.mandaat.is_aanspreekpunt)
    if form.is_valid():
        try:
            uitnodiging_acties.nodig_uit(
                organisatie=hoek.organisatie, **form.gegevens, inzending=form.inzending, door=request.user
            )
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "De uitnodiging is verstuurd. Ze geldt 14 dagen.")
            return redirect("participatie:mijn_mensen", hoek.organisatie.code)
    return _lijst(request, hoek, form, 422)


@require_POST
@voor_organisatie
def trek_in(request, hoek, pk):
    rijen = Mandaatuitnodiging.objects.filter(organisatie=hoek.organisatie)
    uitnodiging = get_object_or_404(rijen, pk=pk)
    _probeer(request, "De uitnodiging is ingetrokken. De link werkt niet meer.",
             uitnodiging_acties.trek_uitnodiging_in, uitnodiging=uitnodiging)  # fmt: skip
    return redirect("participatie:mijn_mensen", hoek.organisatie.code)


@require_POST
@voor_organisatie
def wijzig(request, hoek, pk):
    """Ends a mandate (`doe=stop`), or changes its role (`doe=` the role)."""
    mandaat = get_object_or_404(Mandaat.objects.filter(organisatie=hoek.organisatie), pk=pk)
    doe = request.POST.get("doe")
    if doe == "stop":
        form = EindeFormulier(request.POST)
        if form.is_valid():
            _probeer(request, "Bewaard.", mandaat_acties.beeindig_mandaat, mandaat=mandaat, op=form.cleaned_data["tot"])
        else:
            messages.error(request, form.errors["tot"][0])
    elif doe in Mandaat.Rol.values:
        _probeer(request, "De rol is aangepast.", mandaat_acties.geef_rol, mandaat=mandaat, rol=doe)
    if not mandaat_acties.eigen_mandaat(hoek.organisatie, request.user):
        return redirect("participatie:mijn")
    return redirect("participatie:mijn_mensen", hoek.organisatie.code)


def _probeer(request, gelukt, verb, **wat):
    try:
        verb(door=request.user, **wat)
    except MagNiet as fout:
        messages.error(request, str(fout))
    except PermissionDenied:
        messages.error(request, "Dat kan alleen een aanspreekpunt van jullie organisatie.")
    else:
        messages.success(request, gelukt)


@require_safe
@voor_organisatie
def geschiedenis(request, hoek):
    """Who spoke for this organisation, from when to when, and what they sent."""
    return toon(request, "geschiedenis", hoek, "geschiedenis", sprekers=wie_sprak(hoek.organisatie))


# --- who is asked ---------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def uitgenodigd(request, referentie, sleutel):
    """The page behind the link in the mail: who asks, for whom, until when; and saying yes."""
    if not sleutel_klopt("mandaatuitnodiging", referentie, sleutel):
        raise Http404
    uitnodiging = get_object_or_404(
        Mandaatuitnodiging.objects.select_related("organisatie", "door", "mandaat", "dossiersleutel"),
        referentie=referentie,
    )
    geldt = uitnodiging.is_open and uitnodiging_acties.staat_erachter(uitnodiging)
    form = AanvaardFormulier(request.POST or None, initial={"naam": uitnodiging.naam if geldt else ""})
    if request.method == "POST" and form.is_valid():
        try:
            uitnodiging_acties.aanvaard(uitnodiging=uitnodiging, naam=form.cleaned_data["naam"])
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            return redirect(uitnodiging.url)
    status = 409 if form.non_field_errors() else 200
    inhoud = {"uitnodiging": uitnodiging, "geldt": geldt, "form": form}
    return render(request, "participatie/uitgenodigd.html", inhoud, status=status)
