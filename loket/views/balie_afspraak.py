"""One appointment at the desk: who comes, and what is done with it. Reading it leaves a trace."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.acties import afspraak as acties
from loket.forms.afspraak import DaadForm, VerzetForm, WijsAfspraakToeForm, ZegAfForm
from loket.models import Afspraak, MagNiet, Vraag
from loket.models.afspraak import Stap
from loket.rooster import agenda
from loket.views.afspraak import waar_in_woorden, week
from loket.views.balie_afspraken import NU
from loket.views.werkbank import aan_de_balie
from sociaalhuis import versie

# address -> (step, what is said after it)
STAPPEN = {
    "aangekomen": (Stap.AANGEKOMEN, "Genoteerd: er is iemand."),
    "niet-gekomen": (Stap.NIET_GEKOMEN, "Genoteerd: niet gekomen."),
    "afgerond": (Stap.AFGEROND, "De afspraak is afgerond."),
    "zeg-af": (Stap.ZEG_AF, "De afspraak is afgezegd. Wie een e-mail koos, krijgt bericht."),
    "wijs-toe": (Stap.WIJS_TOE, "De afspraak is toegewezen."),
}


@require_safe
@never_cache
@aan_de_balie
@transaction.atomic
def afspraak(request, referentie):
    try:
        afspraak = acties.lees(referentie=referentie, door=request.user)
    except Afspraak.DoesNotExist as fout:
        raise Http404 from fout
    vraag = Vraag.objects.zichtbaar_voor(request.user).filter(pk=afspraak.vraag_id).only("referentie").first()
    context = {
        "afspraak": afspraak,
        "vraag": vraag,
        "waar": waar_in_woorden(versie.van(request), afspraak),
        "kan": {stap.value: afspraak.kan(stap) for stap, _ in STAPPEN.values()} | {"verzet": afspraak.kan(Stap.VERZET)},
        "zeg_af": ZegAfForm(initial={"versie": afspraak.versie}),
        "wijs_toe": WijsAfspraakToeForm(initial={"versie": afspraak.versie}, afspraak=afspraak),
        "spoor": afspraak.spoor.select_related("door").order_by("-op", "-pk"),
    }
    return render(request, "loket/balie_afspraak.html", context)


@require_POST
@never_cache
@aan_de_balie
def stap(request, referentie, stap):
    afspraak = _van(request, referentie)
    if stap not in STAPPEN:
        raise Http404
    daad, gelukt = STAPPEN[stap]
    try:
        _doe(request, afspraak, daad)
    except MagNiet as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(request, gelukt)
    return redirect(afspraak)


def _doe(request, afspraak, daad):
    """Does one step with what was posted. Raises MagNiet with what to say."""
    soort = {Stap.ZEG_AF: ZegAfForm, Stap.WIJS_TOE: WijsAfspraakToeForm}.get(daad, DaadForm)
    form = soort(request.POST, **({"afspraak": afspraak} if daad == Stap.WIJS_TOE else {}))
    if not form.is_valid():
        raise MagNiet(next(iter(form.errors.values()))[0])
    wat = {"afspraak": afspraak, "door": request.user, "getoond": form.cleaned_data["versie"]}
    if daad == Stap.ZEG_AF:
        acties.zeg_af(**wat, reden=form.cleaned_data["reden"])
    elif daad == Stap.WIJS_TOE:
        acties.wijs_toe(**wat, naar=form.cleaned_data["naar"])
    else:
        acties.zet(**wat, stap=daad)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@aan_de_balie
def verzetten(request, referentie):
    afspraak = _van(request, referentie)
    if not afspraak.kan(Stap.VERZET):
        messages.warning(request, "Deze afspraak kan niet meer verzet worden.")
        return redirect(afspraak)
    if request.method == "POST":
        form = VerzetForm(request.POST)
        if form.is_valid():
            velden = form.cleaned_data
            try:
                acties.verzet(
                    afspraak=afspraak, begin=velden["moment"], door=request.user, getoond=velden["versie"], minstens=NU
                )
            except MagNiet as fout:
                messages.warning(request, str(fout))
            else:
                messages.success(request, "De afspraak is verzet. Wie een e-mail koos, krijgt bericht.")
                return redirect(afspraak)
        else:
            messages.warning(request, "Kies een dag en een uur.")
    momenten = agenda.vrije_momenten(
        rooster=agenda.rooster(versie.van(request)), soort=afspraak.soort, locatie=afspraak.locatie,
        wijze=afspraak.wijze, behalve=afspraak, minstens=NU,
    )  # fmt: skip
    momenten = [moment for moment in momenten if moment.begin != afspraak.begin]
    afspraak.refresh_from_db(fields=["versie"])
    return render(request, "loket/balie_verzetten.html", {"afspraak": afspraak, **week(request, momenten)})


def _van(request, referentie):
    rijen = Afspraak.objects.zichtbaar_voor(request.user).zonder_inhoud().select_related("team", "soort__team")
    return get_object_or_404(rijen, referentie=referentie.upper())
