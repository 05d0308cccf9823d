"""Taking down contacts at the desk, one after the other."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from loket.acties import behandeling
from loket.acties.intake import neem_op, van_vandaag
from loket.forms.intake import AFSPRAAK, MIJ, ONTHOUDEN, IntakeForm
from loket.models import MagNiet, Vraag
from loket.views.vraag import toon_ontvangst
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
            if form.krijgt_bewijs:
                return toon_ontvangst(request, ontvangst, form.cleaned_data["tekst"], medewerker=True)
            messages.success(request, f"Geteld: {in_een_zin(ontvangst.vraag)}.")
            return redirect("loket:werkbank_intake")
    return render(request, "loket/werkbank_intake.html", {"form": form, "vandaag": van_vandaag(request.user)})


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
