"""Answering one input: write, cut in points, merge, read what a colleague wrote, put right."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from participatie.acties import antwoord as acties
from participatie.acties import samenvoegen
from participatie.filters import TE_SCHRIJVEN, AntwoordFilter, na_te_lezen
from participatie.forms.antwoord import AntwoordFormulier, NotaFormulier, RechtzetFormulier, punten_set, punten_van
from participatie.gelijkend import gelijkende
from participatie.models import Inbreng
from participatie.rechten import RONDEWERKERS
from participatie.staat import MagNiet, Ondertussen
from participatie.views.beheer import probeer, toon
from participatie.vraagsoorten import gegeven_antwoorden
from sociaalhuis.toegang import alleen_rol


def inbreng_of_404(request, pk):
    rijen = Inbreng.objects.zichtbaar_voor(request.user).voor_lijst()
    return get_object_or_404(rijen.select_related("antwoord__door", "antwoord__nagelezen_door"), pk=pk)


def pad(inbreng, filter, **meer):
    """The address of the answer of an input, with the choices of the list it was opened from."""
    vraag = "&".join(filter_ for filter_ in (filter.adres, urlencode(meer)) if filter_)
    return reverse("participatie:beheer_antwoord", args=[inbreng]) + (f"?{vraag}" if vraag else "")


def lijst_pad(ronde, filter):
    adres = reverse("participatie:beheer_antwoorden", args=[ronde.slug])
    return f"{adres}?{filter.adres}" if filter.adres else adres


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def antwoord(request, pk):
    """The answer to one input. When a colleague was faster, both texts are shown and nothing is lost."""
    inbreng = inbreng_of_404(request, pk)
    filter = AntwoordFilter(request.GET, ronde=inbreng.ronde, gebruiker=request.user)
    if request.POST.get("doe") in DOE:
        return DOE[request.POST["doe"]](request, inbreng, filter)
    bestaand = getattr(inbreng, "antwoord", None)
    form = AntwoordFormulier(
        request.POST or None,
        instance=bestaand if request.method != "POST" else None,
        versie=bestaand.versie if bestaand else 0,
        punten=inbreng.punten.exists(),
        begin="begin" in request.GET,
    )
    if request.method == "POST" and form.is_valid():
        volgende = filter.volgende(inbreng.pk, TE_SCHRIJVEN)
        if bewaar(request, inbreng, form):
            if "volgende" in request.POST and volgende:
                return redirect(pad(volgende, filter, begin=1))
            return redirect(lijst_pad(inbreng.ronde, filter))
        inbreng = inbreng_of_404(request, pk)
    return toon_antwoord(request, inbreng, filter, form)


def bewaar(request, inbreng, form):
    """Writes what the form says; True when it worked, else the form says why."""
    try:
        acties.beantwoord(inbreng=inbreng, door=request.user, **form.cleaned_data)
    except Ondertussen as fout:
        nu = getattr(inbreng_of_404(request, inbreng.pk), "antwoord", None)
        form.data = {**form.data.dict(), "versie": nu.versie if nu else 0}
        form.add_error(None, f"{fout} Vergelijk, en bewaar opnieuw als jouw tekst moet blijven.")
        form.ondertussen = nu
    except MagNiet as fout:
        form.add_error(None, str(fout))
    else:
        messages.success(request, f"Het antwoord op {inbreng.referentie} is bewaard. Een collega leest het na.")
        return True
    return False


def toon_antwoord(request, inbreng, filter, form, nota=None):
    volgt = list(inbreng.gevolgd.select_related("inbreng__organisatie", "inbreng__onderdeel").defer("inbreng__email"))
    kan_samen = inbreng.ronde.antwoorden_gepubliceerd_op is None and inbreng.staat in acties.BEKEKEN
    antwoord = inbreng.antwoord_of_niets
    return toon(
        request,
        "antwoord",
        inbreng=inbreng,
        antwoord=antwoord,
        form=form,
        nota=nota or NotaFormulier(),
        punten=inbreng.leidend.punten.select_related("onderdeel"),
        volgt=[rij.inbreng for rij in volgt],
        gelijkend=gelijkende(inbreng) if kan_samen and inbreng.leidend.pk == inbreng.pk else [],
        kan_samen=kan_samen,
        opmerkingen=inbreng.opmerkingen.voor_lijst() if inbreng.organisatie_id else [],
        kan_antwoorden=inbreng.staat in acties.BEKEKEN,
        open_rechtzetting=antwoord.rechtzettingen.filter(akkoord_op=None).select_related("door").first()
        if antwoord
        else None,
        rechtzettingen=antwoord.rechtzettingen.exclude(akkoord_op=None) if antwoord else [],
        terug=lijst_pad(inbreng.ronde, filter),
        vraag=filter.adres,
        volgende=filter.volgende(inbreng.pk, TE_SCHRIJVEN),
        gegeven=gegeven_antwoorden(inbreng),
        ondertussen=getattr(form, "ondertussen", None),
    )


# --- the second reader ----------------------------------------------------------------------------


def lees_na(request, inbreng, filter):
    volgende = filter.volgende(inbreng.pk, na_te_lezen(request.user))
    gelukt = doe(request, inbreng, "Het antwoord is nagelezen.", acties.lees_na)
    if gelukt and volgende:
        return redirect(pad(volgende, filter))
    return redirect(lijst_pad(inbreng.ronde, filter) if gelukt else pad(inbreng.pk, filter))


def stuur_terug(request, inbreng, filter):
    nota = NotaFormulier(request.POST)
    if not nota.is_valid():
        bestaand = getattr(inbreng, "antwoord", None)
        form = AntwoordFormulier(
            instance=bestaand, versie=bestaand.versie if bestaand else 0, punten=inbreng.punten.exists()
        )
        return toon_antwoord(request, inbreng, filter, form, nota)
    doe(request, inbreng, "Het antwoord gaat terug naar wie het schreef.", acties.stuur_terug, **nota.cleaned_data)
    return redirect(pad(inbreng.pk, filter))


def wis(request, inbreng, filter):
    doe(request, inbreng, "Het concept is gewist.", acties.wis_concept)
    return redirect(pad(inbreng.pk, filter))


def doe(request, inbreng, gelukt, verb, **wat):
    """A verb about the answer of this input as it was on the page."""
    antwoord = getattr(inbreng, "antwoord", None)
    if antwoord is None:
        messages.error(request, "Er is geen antwoord (meer).")
        return False
    antwoord.inbreng = inbreng
    versie = request.POST.get("versie", "")
    return probeer(request, gelukt, verb, antwoord=antwoord, versie=int(versie) if versie.isdecimal() else 0, **wat)


DOE = {"nagelezen": lees_na, "terug": stuur_terug, "wis": wis}


# --- several inputs, several points ---------------------------------------------------------------


@require_POST
@alleen_rol(*RONDEWERKERS)
def samen(request, pk):
    """Merges the chosen inputs with this one, or takes this one apart again."""
    inbreng = inbreng_of_404(request, pk)
    if request.POST.get("doe") == "los":
        probeer(request, "Deze inbreng krijgt weer een eigen antwoord.", samenvoegen.maak_los, inbreng=inbreng)
    else:
        sleutels = [pk for pk in request.POST.getlist("inbreng") if pk.isdecimal() and len(pk) < 10]
        referentie = request.POST.get("referentie", "").strip().upper()[:11].replace("\x00", "")
        rijen = inbreng.ronde.inbrengen.voor_lijst()
        gekozen = [*rijen.filter(pk__in=sleutels), *rijen.filter(referentie=referentie).exclude(pk__in=sleutels)]
        if referentie and not any(rij.referentie == referentie for rij in gekozen):
            messages.error(request, f"We vinden geen inbreng {referentie} in deze ronde.")
        elif not gekozen:
            messages.error(request, "Kies minstens één andere inbreng.")
        else:
            voeg_samen(request, [inbreng, *gekozen])
    return redirect("participatie:beheer_antwoord", pk)


def voeg_samen(request, inbrengen):
    """Merges these: the first that has an answer or a right to one leads, else the first."""
    leidend = next((rij for rij in inbrengen if rij.antwoord_of_niets or rij.heeft_reactierecht), inbrengen[0])
    return probeer(
        request,
        f"Samengevoegd. {leidend.leidend.referentie} leidt: wat je daar antwoordt, geldt voor allemaal.",
        samenvoegen.voeg_samen,
        leidend=leidend,
        inbrengen=[rij for rij in inbrengen if rij.pk != leidend.pk],
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def punten(request, pk):
    """Cuts one input in points that each get a decision."""
    inbreng = inbreng_of_404(request, pk)
    antwoord = getattr(inbreng, "antwoord", None)
    formulieren = punten_set(inbreng, request.POST or None)
    fout = ""
    if request.method == "POST" and formulieren.is_valid():
        versie = request.POST.get("versie", "")
        try:
            acties.splits(
                inbreng=inbreng,
                punten=punten_van(formulieren),
                door=request.user,
                versie=int(versie) if versie.isdecimal() else 0,
            )
        except MagNiet as mag_niet:
            fout = str(mag_niet)
        else:
            messages.success(request, "De punten zijn bewaard.")
            return redirect("participatie:beheer_antwoord", pk)
    return toon(
        request,
        "punten",
        inbreng=inbreng,
        formulieren=formulieren,
        fout=fout,
        versie=request.POST.get("versie") or (antwoord.versie if antwoord else 0),
    )


# --- putting right --------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def rechtzetting(request, pk):
    """A correction of a published answer: propose one, agree with it, or take it back."""
    inbreng = inbreng_of_404(request, pk)
    antwoord = getattr(inbreng, "antwoord", None)
    if antwoord is None or not antwoord.is_gepubliceerd:
        return redirect("participatie:beheer_antwoord", pk)
    open_ = antwoord.rechtzettingen.filter(akkoord_op=None).select_related("door").first()
    daad = {"keur": acties.keur_rechtzetting, "intrekken": acties.trek_rechtzetting_in}.get(request.POST.get("doe"))
    if daad:
        if open_ is None:
            messages.error(request, "Deze rechtzetting wacht niet meer.")
        else:
            probeer(request, "Dat is gebeurd.", daad, rechtzetting=open_)
        return redirect("participatie:beheer_antwoord", pk)
    punten = inbreng.punten.exists()
    form = RechtzetFormulier(request.POST or None, antwoord=antwoord, punten=punten)
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(
            request,
            "Een collega leest je rechtzetting na. Daarna staat ze online.",
            acties.zet_recht,
            antwoord=antwoord,
            **form.cleaned_data,
        )
    ):
        return redirect("participatie:beheer_antwoord", pk)
    return toon(request, "rechtzetting", inbreng=inbreng, antwoord=antwoord, form=form, open=open_)
