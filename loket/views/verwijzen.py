"""Referring a case, at the desk: choose a partner, propose, consent, send, and follow until the client was helped."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.acties import verwijzing as verbs
from loket.acties.inzage import lees
from loket.forms.verwijzing import NAMENS_PARTNER, VAN_LOKET, KiesForm, VoorstelForm
from loket.models import Doorverwijzing, Inzage, MagNiet, Vraag
from loket.models.staat import Stap
from loket.models.verwijzing import Aandacht
from loket.models.vraagset import Toegang
from loket.verwijzen import keuze
from loket.verwijzen import woorden as verwijswoorden
from loket.views.dossier import gelezen_door
from loket.views.werkbank import aan_de_balie
from loket.werkbank.werklijst import PER_PAGINA
from sociaalhuis.models import Organisatie

HOEVEEL = 12
STAPPEN = {**NAMENS_PARTNER, **VAN_LOKET}
LIJSTEN = {
    "aandacht": ("Vragen aandacht", lambda rijen: rijen.met_aandacht().order_by("-staat_sinds", "pk")),
    "laat": ("Te laat", lambda rijen: rijen.te_laat()),
    "lopend": ("Lopend", lambda rijen: rijen.lopend()),
    "afgelopen": ("Afgelopen", lambda rijen: rijen.filter(beeindigd_op__isnull=False).order_by("-beeindigd_op", "pk")),
}


def van_eigen_team(view):
    """View decorator: the case read with its trace, by the team that has it. Who only reads along does not refer."""

    @wraps(view)
    @gelezen_door(Inzage.Pagina.VERWIJZING)
    def eigen(request, vraag, **kwargs):
        if vraag.toegang != Toegang.EIGEN:
            raise Http404
        return view(request, vraag, **kwargs)

    return eigen


@require_safe
@never_cache
@aan_de_balie
def lijst(request):
    """The referrals of own teams: what wants a look, what is late, what runs."""
    rijen = Doorverwijzing.objects.van_loket(request.user)
    code = request.GET.get("partner", "")[:50].replace("\x00", "")
    if partner := Organisatie.objects.filter(code=code).first() if code else None:
        rijen = rijen.filter(organisatie=partner)
    naam = request.GET.get("lijst") if request.GET.get("lijst") in LIJSTEN else "lopend"
    pagina = Paginator(LIJSTEN[naam][1](rijen).voor_lijst(), PER_PAGINA).get_page(request.GET.get("pagina"))
    tellingen = rijen.tellingen()
    lijsten = [(code, titel, tellingen[code]) for code, (titel, _) in LIJSTEN.items()]
    inhoud = {"pagina": pagina, "lijst": naam, "titel": LIJSTEN[naam][0], "lijsten": lijsten, "partner": partner}
    return render(request, "loket/verwijzen/lijst.html", inhoud)


@require_safe
@never_cache
@aan_de_balie
def kies(request, referentie):
    """The partners that fit, with their room and waiting time. Shows nothing of what people tell."""
    vragen = Vraag.objects.zichtbaar_voor(request.user).zonder_inhoud().select_related("dienst")
    vraag = get_object_or_404(vragen, referentie=referentie.upper())
    begin = {naam: getattr(vraag, naam).code for naam in ("thema", "doelgroep", "gebied") if getattr(vraag, naam)}
    form = KiesForm(request.GET if "thema" in request.GET else {**begin, "q": request.GET.get("q", "")})
    gekozen = {naam: form.gekozen(naam) for naam in ("thema", "doelgroep", "gebied")}
    bezig = set(vraag.doorverwijzingen.lopend().values_list("organisatie_id", flat=True))
    alle = keuze.keuzes(**gekozen, dienst=vraag.dienst, q=form.gekozen("q") or "", bezig=bezig)
    past = [rij for rij in alle if rij.punten]
    toon = alle if "alle" in request.GET or not past else past[:HOEVEEL]
    inhoud = {
        "vraag": vraag,
        "form": form,
        "keuzes": toon,
        "meer": len(alle) - len(toon),
        "mag": vraag.kan(Stap.VERWIJS),
    }
    return render(request, "loket/verwijzen/kies.html", inhoud)


@require_http_methods(["GET", "HEAD", "POST"])
@van_eigen_team
def stel_voor(request, vraag, organisatie):
    """The proposal to one partner: which data, which words, until when."""
    organisatie = get_object_or_404(Organisatie.objects.erkend(), code=organisatie)
    rij = next(k for k in keuze.keuzes(dienst=vraag.dienst) if k.organisatie == organisatie)
    begin = {"doelgroep": vraag.doelgroep and vraag.doelgroep.code}
    form = VoorstelForm(
        request.POST or None, vraag=vraag, organisatie=organisatie, wachttijd=rij.wachttijd, initial=begin
    )
    if request.method == "POST" and form.is_valid() and (verwijzing := form.voer_uit(request.user)):
        messages.success(request, "Het voorstel staat klaar. Vraag nu het akkoord van de vrager.")
        return redirect(verwijzing)
    status = 409 if form.non_field_errors() else 200
    inhoud = {"vraag": vraag, "organisatie": organisatie, "keuze": rij, "form": form}
    return render(request, "loket/verwijzen/voorstel.html", inhoud, status=status)


@require_safe
@van_eigen_team
def verwijzing(request, vraag, verwijzing):
    return toon(request, vraag, de_verwijzing(vraag, verwijzing))


def de_verwijzing(vraag, referentie):
    """One referral of a case that may be read, with what belongs to it. Raises Http404."""
    rijen = vraag.doorverwijzingen.select_related("organisatie", "dienst", "doelgroep", "door", "kopie__sleutel")
    gevonden = get_object_or_404(rijen, referentie=referentie.upper())
    gevonden.vraag = vraag
    gevonden.kopie.doorverwijzing = gevonden
    return gevonden


def toon(request, vraag, verwijzing, formulier=None):
    """Where it stands, what is shared, what was said, and what can be done now. `formulier`: a step that failed."""

    def formulieren(soorten):
        mogelijk = {stap: soort for stap, soort in soorten.items() if verwijzing.kan(stap)}
        return [
            formulier if formulier and formulier.stap == stap else soort(verwijzing=verwijzing, door=request.user)
            for stap, soort in mogelijk.items()
        ]

    gelezen = vraag.inzages.filter(organisatie=verwijzing.organisatie_id).select_related("door")
    inhoud = {
        "vraag": vraag,
        "verwijzing": verwijzing,
        "soort": verwijswoorden.SOORT[verwijzing.staat],
        "lus": verwijswoorden.LUS,
        "hier": verwijswoorden.HIER.get(verwijzing.staat),
        "gesprek": verwijswoorden.gesprek(verwijzing),
        "stappen": verwijzing.gebeurtenissen.select_related("door"),
        "gelezen": gelezen,
        "van_loket": formulieren(VAN_LOKET),
        "namens_partner": formulieren(NAMENS_PARTNER),
        "terug": verwijzing.aandacht
        in (Aandacht.GEWEIGERD, Aandacht.VERLOPEN, Aandacht.NIET_GEHOLPEN, Aandacht.WEERSPROKEN),
        "los": formulier if formulier and not verwijzing.kan(formulier.stap) else None,
        "form": formulier,
    }
    status = 409 if formulier and formulier.non_field_errors() else 200
    return render(request, "loket/verwijzen/verwijzing.html", inhoud, status=status)


@require_safe
@van_eigen_team
def blad(request, vraag, verwijzing):
    """The consent sheet in plain words, to print and sign."""
    gevonden = de_verwijzing(vraag, verwijzing)
    try:
        verbs.maak_blad(verwijzing=gevonden, door=request.user)
    except MagNiet as fout:
        messages.warning(request, str(fout))
        return redirect(gevonden)
    return render(request, "loket/verwijzen/blad.html", {"vraag": vraag, "verwijzing": gevonden})


@require_POST
@never_cache
@aan_de_balie
def stap(request, referentie, verwijzing, stap):
    """One step at the desk. When it does not go through, the page comes back with what was typed."""
    vraag = get_object_or_404(Vraag.objects.zichtbaar_voor(request.user), referentie=referentie.upper())
    gevonden = get_object_or_404(vraag.doorverwijzingen, referentie=verwijzing.upper())
    if stap == "gezien":
        verbs.gezien(verwijzing=gevonden, door=request.user)
        messages.success(request, "Gezien. Het teken in de lijst is weg.")
        return redirect(vraag)
    if stap not in STAPPEN:
        raise Http404
    volledig = de_verwijzing(vraag, verwijzing)
    formulier = STAPPEN[stap](request.POST, verwijzing=volledig, door=request.user)
    if not (formulier.is_valid() and formulier.voer_uit()):
        return toon_opnieuw(request, referentie, verwijzing, formulier)
    messages.success(request, formulier.gelukt)
    return redirect(gevonden)


@transaction.atomic
def toon_opnieuw(request, referentie, verwijzing, formulier):
    """The referral again, read anew and with a trace."""
    try:
        vraag = lees(referentie=referentie, door=request.user, pagina=Inzage.Pagina.VERWIJZING)
    except Vraag.DoesNotExist as fout:
        raise Http404 from fout
    return toon(request, vraag, de_verwijzing(vraag, verwijzing), formulier)
