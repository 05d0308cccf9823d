"""Coming back with the receipt code: how it stands, the answer, add, another name, take back, take along, erase.

The code is posted, never part of an address. After it, the session of this browser knows the input, until it is closed
or has been idle.
"""

import json
from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participatie.acties import eigen
from participatie.acties.inbreng import RondeGesloten, geef_inbreng
from participatie.forms.eigen import AanvulFormulier, CodeFormulier, NaamFormulier
from participatie.models import Inbreng
from participatie.staat import MagNiet
from participatie.vraagsoorten import gegeven_antwoorden
from sociaalhuis import begrenzing, ontvangst
from sociaalhuis.download import download
from sociaalhuis.toegang import sessie_voorbij

SLEUTEL = "inbreng"  # under which a session knows the input that the code opened
POGINGEN, PER = 10, timedelta(minutes=15)
TE_VAAK = "Je hebt te vaak een code geprobeerd. Wacht een kwartier, of bel ons: dan helpen we je meteen."
ONBEKEND = (
    "We vinden geen inbreng met deze code. Kijk de code na op je ontvangstbewijs."
    " Liet je alles wissen? Dan is dat gebeurd, en werkt de code niet meer."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opvolgen(request):
    form = CodeFormulier(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wie = f"opvolgen:{begrenzing.adres(request)}"
        if not begrenzing.telt(wie, per=PER, hoogstens=POGINGEN):
            form.add_error("code", TE_VAAK)
        elif not (inbreng := ontvangst.vind(Inbreng.objects.only("pk", "code_hash"), form.cleaned_data["code"])):
            form.add_error("code", ONBEKEND)
        else:
            begrenzing.geef_terug(wie)
            request.session.cycle_key()
            request.session[SLEUTEL] = inbreng.pk
            return redirect("participatie:opvolgen_inbreng")
    return render(request, "participatie/opvolgen.html", {"form": form})


def met_inbreng(view):
    """View decorator: only with an input in the session; otherwise to the page that asks for the code."""

    @wraps(view)
    @never_cache
    @transaction.atomic
    def met_sessie(request, *args, **kwargs):
        inbrengen = eigen.eigen(request.session.get(SLEUTEL))
        if not inbrengen or inbrengen[0].gewist_op:
            return sessie_voorbij(request, reverse("participatie:opvolgen"))
        return view(request, inbrengen, *args, **kwargs)

    return met_sessie


@require_http_methods(["GET", "HEAD", "POST"])
@met_inbreng
def inbreng(request, inbrengen):
    """All of it on one page; a post adds something or changes the name."""
    eerste = inbrengen[0]
    doe = next((naam for naam in ("vul_aan", "naam") if naam in request.POST), "")
    aanvulling = AanvulFormulier(request.POST if doe == "vul_aan" else None)
    naam = NaamFormulier(request.POST if doe == "naam" else None, initial={"naam_publiek": eerste.naam_publiek})
    if doe == "vul_aan" and aanvulling.is_valid() and vul_aan(request, eerste, aanvulling):
        return redirect("participatie:opvolgen_inbreng")
    if doe == "naam" and naam.is_valid():
        try:
            with transaction.atomic():
                for rij in inbrengen:
                    if rij.staat in Inbreng.STAAND:
                        eigen.wijzig_naam(inbreng=rij, naam=naam.cleaned_data["naam_publiek"])
        except MagNiet as fout:
            naam.add_error("naam_publiek", str(fout))
        else:
            messages.success(request, "De naam bij je inbreng is veranderd.")
            return redirect("participatie:opvolgen_inbreng")
    for rij in inbrengen:
        rij.gegeven = gegeven_antwoorden(rij)
    return render(
        request,
        "participatie/opvolgen_inbreng.html",
        {
            "inbrengen": inbrengen,
            "ronde": eerste.ronde,
            "aanvulling": aanvulling,
            "naam": naam,
            "staat_nog": any(rij.staat in Inbreng.STAAND for rij in inbrengen),
            "mag_intrekken": eerste.staat in Inbreng.STAAND and not eerste.ronde.antwoorden_zichtbaar,
        },
    )


def vul_aan(request, eerste, form):
    """Keeps what was added as an input of its own that belongs to the first; True when it was kept."""
    try:
        geef_inbreng(
            ronde=eerste.ronde,
            tekst=form.cleaned_data["tekst"],
            onderdeel=eerste.onderdeel,
            naam_publiek=eerste.naam_publiek,
            vult_aan=eerste,
            inzending=form.inzending,
            teken=form.teken,
        )
    except RondeGesloten:
        form.add_error(None, "De ronde is intussen gesloten. Aanvullen kan niet meer. Je tekst staat hieronder nog.")
        return False
    messages.success(request, "We kregen je aanvulling. Een medewerker leest ze na.")
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@met_inbreng
def weg(request, inbrengen):
    """Taking back, or erasing for good: both are asked once more."""
    if request.method == "POST" and request.POST.get("doe") == "wis":
        eigen.wis(inbreng=inbrengen[0])
        vergeet(request)
        messages.success(request, "Alles wat je ons gaf, is gewist. Je code werkt niet meer.")
        return redirect("participatie:opvolgen")
    if request.method == "POST" and request.POST.get("doe") == "trek_in":
        try:
            with transaction.atomic():
                for rij in inbrengen:
                    if rij.staat in Inbreng.STAAND:
                        eigen.trek_in(inbreng=rij)
        except MagNiet as fout:
            messages.error(request, str(fout))
        else:
            messages.success(request, "Je inbreng is ingetrokken. Hij staat niet meer op de website.")
        return redirect("participatie:opvolgen_inbreng")
    beantwoord = inbrengen[0].ronde.antwoorden_zichtbaar
    mag_intrekken = inbrengen[0].staat in Inbreng.STAAND and not beantwoord
    return render(request, "participatie/opvolgen_weg.html", {"mag_intrekken": mag_intrekken, "beantwoord": beantwoord})


@require_safe
@met_inbreng
def meenemen(request, inbrengen):
    """Everything that is kept about this citizen, as a file (article 20 of the GDPR)."""
    tekst = json.dumps(eigen.als_gegevens(eigen.eigen(inbrengen[0].pk, met_adres=True)), ensure_ascii=False, indent=1)
    return download(tekst, "application/json; charset=utf-8", "mijn-inbreng.json")


@require_POST
@never_cache
def sluiten(request):
    """Forgets the input in this browser. Someone who is logged in as well stays so."""
    vergeet(request)
    messages.success(request, "Je bent afgemeld op dit toestel. Met je code kijk je later opnieuw.")
    return redirect("participatie:opvolgen")


def vergeet(request):
    if request.session.pop(SLEUTEL, None) and request.session.is_empty():
        request.session.flush()
