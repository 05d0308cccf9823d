"""Taking down contacts at the desk, one after the other."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from loket.acties import behandeling
from loket.acties.code import geef_bewijs
from loket.acties.intake import neem_op, van_vandaag
from loket.acties.vraag import Ontvangst
from loket.forms.intake import AFSPRAAK, MIJ, ONTHOUDEN, IntakeForm
from loket.models import MagNiet, Vraag
from loket.views.balie_afspraken import ZONDER_BEWIJS
from loket.views.ontvangst import toon_ontvangst
from loket.views.werkbank import aan_de_balie

SESSIE = "balie_laatst"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@aan_de_balie
def intake(request):
    """One contact. Handled at once: counted, and the empty form again. Still open: its receipt, to hand over."""
    form = IntakeForm(request.POST or None, request.FILES or None, door=request.user, initial=begin(request))
    if request.method == "POST" and form.is_valid():
        try:
            ontvangst = bewaar(form, request.user)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            request.session[SESSIE] = {veld: request.POST.get(veld, "")[:50] for veld in ONTHOUDEN}
            if form.cleaned_data["afloop"] == AFSPRAAK:
                return naar_afspraak(request, ontvangst.vraag)
            if form.krijgt_bewijs:
                return toon_ontvangst(request, ontvangst, form.cleaned_data["tekst"], medewerker=True)
            messages.success(request, f"Geteld: {in_een_zin(ontvangst.vraag)}.")
            return redirect("loket:werkbank_intake")
    context = {"form": form, "vandaag": van_vandaag(request.user), "zonder_bewijs": zonder_bewijs(request)}
    return render(request, "loket/werkbank_intake.html", context)


def naar_afspraak(request, vraag):
    """On to booking. Nobody saw the code of this question yet: the one of the appointment will open both."""
    if not vraag.gebeurtenissen.filter(stap=Vraag.Stap.GEEF_BEWIJS).exists():  # the same post again, after booking
        request.session[ZONDER_BEWIJS] = vraag.pk
    return redirect(f"{reverse('loket:balie_nieuw')}?{urlencode({'vraag': vraag.referentie})}")


def zonder_bewijs(request):
    """The question that was to get an appointment, as long as the person has no receipt; otherwise None."""
    pk = request.session.get(ZONDER_BEWIJS)
    return Vraag.objects.zichtbaar_voor(request.user).zonder_inhoud().filter(pk=pk).first() if pk else None


@require_POST
@never_cache
@aan_de_balie
def bewijs(request, referentie):
    """The receipt of a question that stayed without an appointment after all. Only who took it down, and only once."""
    vraag = zonder_bewijs(request)
    if vraag is None or vraag.referentie != referentie.upper():
        raise Http404
    code = geef_bewijs(vraag=vraag, door=request.user)
    del request.session[ZONDER_BEWIJS]
    return toon_ontvangst(request, Ontvangst(vraag, code, nieuw=True), "", medewerker=True)


def begin(request):
    """What the form starts with: what this clerk chose last, or the contact that is being mended."""
    if verbetert := request.GET.get("verbeter", ""):
        vraag = get_object_or_404(
            Vraag.objects.zichtbaar_voor(request.user).zonder_inhoud().select_related("dienst"),
            referentie=verbetert[:11].upper().replace("\x00", ""),
        )
        if not vraag.is_telling:
            raise Http404
        velden = {naam: getattr(vraag, naam) for naam in ("thema", "doelgroep", "gebied", "team")}
        velden = {naam: rij.code for naam, rij in velden.items() if rij} | ({"dienst": vraag.dienst.slug} if vraag.dienst else {})  # fmt: skip
        return {**velden, "kanaal": vraag.kanaal, "afloop": vraag.resultaat, "verbetert": vraag.referentie}
    return request.session.get(SESSIE, {})


def bewaar(form, door):
    """Registers what the form holds, and does what was chosen."""
    afloop = form.cleaned_data["afloop"]
    return neem_op(
        door=door,
        resultaat="" if form.blijft_open else afloop,
        zelf=afloop in (MIJ, AFSPRAAK),
        met_bewijs=form.krijgt_bewijs,
        verbetert=form.cleaned_data["verbetert"],
        **form.inhoud(),
    )


def in_een_zin(vraag):
    """A counted contact as a phrase, without anything that was told."""
    delen = [
        str(vraag.thema or vraag.dienst or "zonder thema"),
        vraag.doelgroep and vraag.doelgroep.naam,
        vraag.gebied and vraag.gebied.naam,
        vraag.get_kanaal_display().lower(),
        Vraag.objects.only("resultaat").get(pk=vraag.pk).get_resultaat_display().lower(),
    ]
    return ", ".join(filter(None, delen))


@require_POST
@never_cache
@aan_de_balie
def schrap(request, referentie):
    """Takes back a contact that was counted by mistake today."""
    vraag = get_object_or_404(Vraag.objects.zichtbaar_voor(request.user), referentie=referentie.upper())
    try:
        behandeling.schrap(vraag=vraag, door=request.user)
        messages.success(request, "Het contact is geschrapt. Het telt niet mee.")
    except MagNiet as fout:
        messages.error(request, str(fout))
    return redirect("loket:werkbank_intake")
