"""One's own appointment, opened with the code of the receipt: look, move, say what is needed, cancel, erase, put in a calendar."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket.acties import afspraak as acties
from loket.acties.sessies import SESSIESLEUTEL
from loket.forms.afspraak import DaadForm, NodenForm, VerzetForm
from loket.models import Afspraak, MagNiet
from loket.models.afspraak import Stap
from loket.rooster import agenda, ics
from loket.views.afspraak import bij_afspraak, waar_in_woorden, week
from sociaalhuis import ontvangst, versie
from sociaalhuis.context import het_huis
from sociaalhuis.toegang import sessie_voorbij

SLEUTEL = "afspraak"


def afspraak_met(code):
    """The appointment with this code, or None; it takes as long either way."""
    return ontvangst.vind(Afspraak.objects.only("pk", "code_hash"), code)


def met_afspraak(view):
    """View decorator: only with an appointment in the session; otherwise to the page that asks for the code."""

    @wraps(view)
    @never_cache
    def met_sessie(request, *args, **kwargs):
        afspraak = (
            Afspraak.objects.select_related("soort__team", "locatie", "dienst", "dossiersleutel")
            .filter(pk=request.session.get(SLEUTEL), dossiersleutel__gewist_op=None)
            .first()
        )
        if afspraak is None:
            return sessie_voorbij(request, reverse("loket:opvolgen"))
        return view(request, afspraak, *args, **kwargs)

    return met_sessie


@require_safe
@met_afspraak
@transaction.atomic
def afspraak(request, afspraak):
    acties.lees_eigen(afspraak=afspraak)
    nummer = versie.van(request)
    context = {
        "afspraak": afspraak,
        "waar": waar_in_woorden(nummer, afspraak),
        "kan_verzetten": afspraak.kan(Stap.VERZET),
        "kan_afzeggen": afspraak.kan(Stap.ZEG_AF),
        "kan_noden": afspraak.kan(Stap.NODEN),
        "naar_vraag": afspraak.vraag_id and request.session.get(SESSIESLEUTEL) == afspraak.vraag_id,
        "wie_keek": acties.wie_keek(afspraak),
        "snel_weg": True,
        **bij_afspraak(nummer, afspraak),
    }
    return render(request, "loket/opvolgen_afspraak.html", context)


@require_safe
@met_afspraak
def in_agenda(request, afspraak):
    nummer = versie.van(request)
    inhoud = ics.kalender([afspraak], het_huis(nummer), adres=lambda rij: waar_in_woorden(nummer, rij))
    return ics.als_bestand(inhoud)


@require_http_methods(["GET", "HEAD", "POST"])
@met_afspraak
def verzetten(request, afspraak):
    """Choosing another moment; a click moves at once."""
    nummer = versie.van(request)
    if request.method == "POST":
        form = VerzetForm(request.POST)
        if form.is_valid():
            try:
                acties.verzet(
                    afspraak=afspraak, begin=form.cleaned_data["moment"], door=None, getoond=form.cleaned_data["versie"]
                )
            except MagNiet as fout:
                messages.warning(request, str(fout))
                return redirect(
                    "loket:opvolgen_afspraak_verzetten" if afspraak.kan(Stap.VERZET) else "loket:opvolgen_afspraak"
                )
            messages.success(request, "Je afspraak is verzet.")
            return redirect("loket:opvolgen_afspraak")
        messages.warning(request, "Kies een dag en een uur.")
    if not afspraak.kan(Stap.VERZET):
        messages.warning(request, "Deze afspraak kan je niet meer verzetten.")
        return redirect("loket:opvolgen_afspraak")
    momenten = agenda.vrije_momenten(
        rooster=agenda.rooster(nummer), soort=afspraak.soort, locatie=afspraak.locatie, wijze=afspraak.wijze,
        behalve=afspraak,
    )  # fmt: skip
    momenten = [moment for moment in momenten if moment.begin != afspraak.begin]
    context = {"afspraak": afspraak, "snel_weg": True, **week(request, momenten)}
    return render(request, "loket/opvolgen_afspraak_verzetten.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@met_afspraak
def noden(request, afspraak):
    """What helps the person to come, changed after booking."""
    if not afspraak.kan(Stap.NODEN):
        messages.warning(request, "Bij deze afspraak kan je niets meer aanpassen. Bel ons als je nog iets nodig hebt.")
        return redirect("loket:opvolgen_afspraak")
    form = NodenForm(request.POST if request.method == "POST" else None, afspraak=afspraak)
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        try:
            acties.wijzig_noden(afspraak=afspraak, nodig=schoon["nodig"], taal=schoon["taal"], getoond=schoon["versie"])
        except MagNiet as fout:
            messages.warning(request, str(fout))
        else:
            messages.success(request, "Bewaard. Wie je ontvangt, ziet dit vooraf.")
        return redirect("loket:opvolgen_afspraak")
    return render(request, "loket/opvolgen_afspraak_noden.html", {"afspraak": afspraak, "form": form, "snel_weg": True})


@require_http_methods(["GET", "HEAD", "POST"])
@met_afspraak
def afzeggen(request, afspraak):
    if request.method == "POST":
        form = DaadForm(request.POST)
        try:
            if not form.is_valid():
                raise MagNiet(acties.ONDERTUSSEN)
            acties.zeg_af(afspraak=afspraak, door=None, getoond=form.cleaned_data["versie"])
        except MagNiet as fout:
            messages.warning(request, str(fout))
        else:
            messages.success(request, "Je afspraak is afgezegd. Iemand anders kan nu op dat uur komen.")
        return redirect("loket:opvolgen_afspraak")
    return render(request, "loket/opvolgen_afspraak_afzeggen.html", {"afspraak": afspraak, "snel_weg": True})


@require_http_methods(["GET", "HEAD", "POST"])
@met_afspraak
def wissen(request, afspraak):
    if request.method == "POST":
        acties.wis(afspraak=afspraak)
        del request.session[SLEUTEL]
        messages.success(request, "Alles wat je bij deze afspraak invulde, is gewist.")
        return redirect("loket:opvolgen")
    return render(request, "loket/opvolgen_afspraak_wissen.html", {"afspraak": afspraak, "snel_weg": True})
