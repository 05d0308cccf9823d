"""Following one question with the receipt code: read, write back, withdraw, close.

The code is posted, never part of an address. After it, the session of this browser knows the case, until it is closed
or has been idle.
"""

from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.acties import behandeling
from loket.acties.eigen import te_beoordelen
from loket.acties.inzage import lees_delen, lees_eigen
from loket.acties.sessies import SESSIESLEUTEL as SLEUTEL
from loket.forms.eigen import OordeelForm
from loket.forms.opvolgen import CodeForm, SchrijfTerugForm
from loket.models import Afspraak, Bijlage, Inzage, MagNiet, Vraag
from loket.models.staat import Stap
from loket.views.opvolgen_afspraak import SLEUTEL as AFSPRAAK
from loket.views.opvolgen_afspraak import afspraak_met
from loket.zaak import gesprek, lezers
from sociaalhuis import begrenzing, ontvangst, versie
from sociaalhuis.context import het_huis
from sociaalhuis.keuring import bijlagen
from sociaalhuis.toegang import sessie_voorbij

POGINGEN, PER = 10, timedelta(minutes=15)
TE_VAAK = "Je hebt te vaak een code geprobeerd. Wacht een kwartier, of bel ons: dan helpen we je meteen."
ONBEKEND = (
    "We vinden geen vraag of afspraak met deze code. Kijk de code na op je ontvangstbewijs."
    " Vroeg je om alles te wissen? Dan is dat gebeurd, en werkt de code niet meer."
)
INGETROKKEN = "Je hebt deze vraag ingetrokken. Je kan er niet meer op schrijven. Stel gerust een nieuwe vraag."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opvolgen(request):
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wie = f"opvolgen:{begrenzing.adres(request)}"
        if not begrenzing.telt(wie, per=PER, hoogstens=POGINGEN):
            form.add_error("code", TE_VAAK)
        elif not (zaak := zaak_met(form.cleaned_data["code"])):
            form.add_error("code", ONBEKEND)
        else:
            begrenzing.geef_terug(wie)
            request.session.cycle_key()
            request.session.update({sleutel: pk for sleutel, pk, _ in zaak})
            return redirect(zaak[0][2])
    return render(request, "loket/opvolgen.html", {"form": form, "snel_weg": True})


def vraag_met(code):
    """The question with this code, or None; it takes as long either way."""
    return ontvangst.vind(Vraag.objects.only("pk", "code_hash"), code)


def zaak_met(code):
    """List of what this code opens, as (key of the session, primary key, where to go). One box knows both kinds, and
    who booked at the counter right after asking has one code for both."""
    soorten = [
        (SLEUTEL, vraag_met, "loket:opvolgen_dossier"),
        (AFSPRAAK, afspraak_met, "loket:opvolgen_afspraak"),
    ]
    return [(sleutel, zaak.pk, naar) for sleutel, zoek, naar in soorten if (zaak := zoek(code))]


def met_dossier(view):
    """View decorator: only with a case in the session; otherwise to the page that asks for the code."""

    @wraps(view)
    @never_cache
    @transaction.atomic
    def met_sessie(request, *args, **kwargs):
        pk = request.session.get(SLEUTEL)
        rij = Vraag.objects.filter(pk=pk).values_list("pk", "samengevoegd_met").first() if pk else None
        if rij is None:
            return sessie_voorbij(request, reverse("loket:opvolgen"))
        return view(request, rij[1] or rij[0], *args, **kwargs)  # merged: the one that goes on

    return met_sessie


@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier
def dossier(request, pk):
    """The case as the one who asked may see it; a post writes back."""
    form = None
    if request.method == "POST":
        namen = Vraag.objects.filter(afgesplitst_van=pk).order_by("geregistreerd_op", "pk")
        form = SchrijfTerugForm(request.POST, request.FILES, delen=namen.values_list("pk", "team__naam"))
    if form and form.is_valid():
        velden = form.cleaned_data
        try:
            behandeling.schrijf_terug(
                vraag=Vraag(pk=int(velden.get("deel") or pk)), tekst=velden["tekst"], bijlagen=velden["bestanden"]
            )
        except MagNiet:
            form.add_error(None, INGETROKKEN)
        else:
            messages.success(request, "Je bericht is verstuurd.")
            return redirect("loket:opvolgen_dossier")
    vraag = lees_eigen(pk=pk)
    delen, huis = lees_delen(vraag), het_huis(versie.van(request))
    form = form or SchrijfTerugForm(delen=[(deel.pk, deel.team.naam) for deel in delen])
    return render(
        request,
        "loket/opvolgen_dossier.html",
        {
            "vraag": vraag,
            "delen": [(deel, gesprek.voor_vrager(deel, huis)) for deel in delen],
            "afspraken": Afspraak.objects.komend_bij(vraag),
            "eigen_afspraak": request.session.get(AFSPRAAK),
            "mag_oordelen": te_beoordelen(vraag)[0],
            "oordeel": OordeelForm(),
            "form": form,
            "gesprek": gesprek.voor_vrager(vraag, huis),
            "lezers": lezers.van(vraag),
            "wie_keek": gesprek.wie_keek(vraag),
            "mag_schrijven": vraag.staat != Vraag.Staat.INGETROKKEN,
            "mag_intrekken": vraag.kan(Stap.TREK_IN),
            "snel_weg": True,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier
def intrekken(request, pk):
    if request.method == "POST":
        try:
            behandeling.trek_in(vraag=Vraag(pk=pk))
        except MagNiet:
            messages.warning(request, "Deze vraag is al afgesloten.")
        else:
            messages.success(request, "Je vraag is ingetrokken. Niemand werkt er nog aan.")
        return redirect("loket:opvolgen_dossier")
    return render(request, "loket/opvolgen_intrekken.html", {"snel_weg": True})


@require_POST
@never_cache
def sluiten(request):
    """Forgets the case in this browser. Someone who is logged in as well stays so."""
    zaken = [request.session.pop(sleutel, None) for sleutel in (SLEUTEL, AFSPRAAK)]
    if any(zaken) and request.session.is_empty():
        request.session.flush()
    messages.success(request, "Je bent afgemeld op dit toestel. Met je code kijk je later opnieuw.")
    return redirect("loket:opvolgen")


@require_safe
@met_dossier
def bijlage(request, pk, bijlage):
    van_mij = Q(vraag=pk) | Q(vraag__samengevoegd_met=pk) | Q(vraag__afgesplitst_van=pk)
    gevonden = get_object_or_404(Bijlage.objects.op_te_halen().filter(van_mij), pk=bijlage)
    gevonden.vraag = lees_eigen(pk=gevonden.vraag_id, pagina=Inzage.Pagina.BIJLAGE)
    return download(gevonden)


def download(bijlage):
    """A stored file as a download. Raises Http404 when the key of the case was erased."""
    inhoud = bijlage.lees()
    if inhoud is None:
        raise Http404
    return bijlagen.als_download(bijlagen.Schoon(bijlage.naam, bijlage.soort, inhoud))
