"""At the meeting and after it: who is there, the minutes, their approval, and what comes of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from participatie.acties import inschrijving as inschrijf_acties
from participatie.acties import verslag as verslag_acties
from participatie.acties.overlegtaak import zet_taak
from participatie.forms.inschrijving import BijschrijfFormulier
from participatie.forms.verslag import PuntFormulier, RegelFormulier, SamenvattingFormulier
from participatie.models import Inschrijving, Verslagregel
from participatie.rechten import OVERLEGMAKERS
from participatie.staat import MagNiet
from participatie.verslagblad import opkomst, punten_met_regels
from participatie.views.beheer import probeer, toon
from participatie.views.beheer_overleg import overleg_van
from sociaalhuis.toegang import alleen_rol

AANWEZIG = {"er": True, "niet": False, "leeg": None}


# --- who is there -------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def aanwezig(request, slug):
    """The list for at the door: to print, and to tick on a phone."""
    overleg = overleg_van(request, slug)
    form = BijschrijfFormulier(request.POST if "bij" in request.POST else None)
    if form.is_bound and form.is_valid():
        wie = {"organisatie": form.cleaned_data["organisatie"], "aantal": form.cleaned_data["aantal"]}
        if probeer(
            request, "Bijgeschreven.", inschrijf_acties.schrijf_bij, overleg=overleg, inzending=form.inzending, **wie
        ):
            return redirect("participatie:beheer_overleg_aanwezig", slug)
    alle = list(overleg.inschrijvingen.select_related("dossiersleutel", "organisatie", "gebruiker"))
    rijen = [rij for rij in alle if rij.is_lopend]
    komen = sorted(
        (rij for rij in rijen if rij.staat == Inschrijving.Staat.INGESCHREVEN and not rij.onaangekondigd),
        key=lambda rij: (rij.organisatie.naam if rij.organisatie_id else "~", rij.pk),
    )
    return toon(
        request,
        "overleg_aanwezig",
        "overleg",
        overleg=overleg,
        form=form,
        komen=komen,
        wachten=[rij for rij in rijen if rij.staat == Inschrijving.Staat.WACHTLIJST],
        komen_niet=[rij for rij in alle if not rij.is_lopend],
        bijgeschreven=[rij for rij in rijen if rij.onaangekondigd],
        opkomst=opkomst(overleg),
        samen=verslag_acties.aanwezigen(overleg),
    )


@require_POST
@alleen_rol(*OVERLEGMAKERS)
def vink(request, slug, pk):
    """One tap: there, not there, not looked at; or take the registration away."""
    overleg = overleg_van(request, slug)
    rij = get_object_or_404(overleg.inschrijvingen.select_related("overleg"), pk=pk)
    doe = request.POST.get("doe")
    if doe in AANWEZIG:
        try:
            inschrijf_acties.vink_aan(inschrijving=rij, aanwezig=AANWEZIG[doe], door=request.user)
        except MagNiet as fout:
            messages.error(request, str(fout))
    elif doe == "schrap" and rij.onaangekondigd:
        inschrijf_acties.schrap_bijgeschreven(inschrijving=rij, door=request.user)
    elif doe == "schrap":
        probeer(request, "De inschrijving is geschrapt.", inschrijf_acties.meld_af, inschrijving=rij)
    else:
        raise Http404
    return redirect(f"{reverse('participatie:beheer_overleg_aanwezig', args=[slug])}#rij-{pk}")


# --- minutes ------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def verslag(request, slug):
    """The minutes as a whole: in short, point by point, and their way to the site."""
    overleg = overleg_van(request, slug)
    bestaand = overleg.verslag_of_niets
    doe = request.POST.get("doe")
    if doe and bestaand:
        stap(request, doe, bestaand)
        return redirect("participatie:beheer_verslag", slug)
    begin = {"samenvatting": bestaand.samenvatting, "versie": bestaand.versie} if bestaand else {"versie": 0}
    form = SamenvattingFormulier(request.POST or None, initial=begin)
    if (
        request.method == "POST"
        and form.is_valid()
        and schrijf(request, form, overleg, teksten={}, samenvatting=form.cleaned_data["samenvatting"])
    ):
        return redirect("participatie:beheer_verslag", slug)
    return toon(
        request, "verslag", "overleg", overleg=overleg, verslag=bestaand, form=form, punten=punten_met_regels(overleg)
    )


def stap(request, doe, verslag):
    """One step of the minutes."""
    versie = request.POST.get("versie", "")
    if doe == "keur_goed":
        gelezen = int(versie) if versie.isascii() and versie.isdigit() and len(versie) < 9 else 0
        probeer(request, "Het verslag is goedgekeurd.", verslag_acties.keur_goed, verslag=verslag, versie=gelezen)
    elif doe == "publiceer":
        probeer(request, "Het verslag staat online.", verslag_acties.publiceer_verslag, verslag=verslag)
    elif doe == "haal_terug":
        probeer(request, "Het verslag is weer een concept.", verslag_acties.haal_verslag_terug, verslag=verslag)
    else:
        raise Http404


def schrijf(request, form, overleg, **wat):
    """Keeps what was written; False with the error in the form when it could not be, and the newest version in it."""
    try:
        verslag_acties.schrijf_verslag(overleg=overleg, door=request.user, versie=form.cleaned_data["versie"], **wat)
    except MagNiet as fout:
        nu = overleg_van(request, overleg.slug).verslag_of_niets
        form.data = {**form.data.dict(), "versie": nu.versie if nu else 0}
        form.add_error(None, str(fout))
        return False
    messages.success(request, "Bewaard.")
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def verslagpunt(request, slug, pk):
    """One agenda point: its text, and the lines under it."""
    overleg = overleg_van(request, slug)
    punt = next((punt for punt in punten_met_regels(overleg) if punt.pk == pk), None)
    if punt is None:
        raise Http404
    verslag = overleg.verslag_of_niets
    eigen = redirect("participatie:beheer_verslagpunt", slug, pk)
    post = request.POST or None
    regel = RegelFormulier(post if "voeg_toe" in request.POST else None)
    if (
        regel.is_bound
        and regel.is_valid()
        and probeer(request, "Toegevoegd.", verslag_acties.voeg_regel_toe, punt=punt, **regel.velden)
    ):
        return eigen
    tekst = PuntFormulier(
        post if not regel.is_bound else None,
        initial={"tekst": punt.tekst_verslag, "versie": verslag.versie if verslag else 0},
    )
    if tekst.is_bound and tekst.is_valid():
        wat = {
            "teksten": {punt.pk: tekst.cleaned_data["tekst"]},
            "samenvatting": verslag.samenvatting if verslag else "",
        }
        if schrijf(request, tekst, overleg, **wat):
            return eigen
    return toon(
        request,
        "verslagpunt",
        "overleg",
        overleg=overleg,
        punt=punt,
        form=regel if regel.is_bound else tekst,
        tekst=tekst,
        regel=regel,
    )


@require_POST
@alleen_rol(*OVERLEGMAKERS)
def verslagregel(request, slug, pk):
    """One line of the minutes: into the round, away, or done."""
    overleg = overleg_van(request, slug)
    rijen = Verslagregel.objects.zichtbaar_voor(request.user).filter(agendapunt__overleg=overleg)
    regel = get_object_or_404(rijen.select_related("agendapunt__overleg"), pk=pk)
    doe = request.POST.get("doe")
    if doe == "inbreng":
        probeer(request, "Dit is nu inbreng in de ronde.", verslag_acties.maak_inbreng, regel=regel)
    elif doe == "weg":
        probeer(request, "De regel is weg.", verslag_acties.verwijder_regel, regel=regel)
    elif doe in ("klaar", "niet_klaar") and regel.soort == Verslagregel.Soort.TAAK:
        zet_taak(taak=regel, door=request.user, klaar=doe == "klaar")
        return redirect("participatie:beheer_overlegtaken")
    else:
        raise Http404
    return redirect("participatie:beheer_verslag", slug)
