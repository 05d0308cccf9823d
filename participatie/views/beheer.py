"""The desk of participation: checking organisations with four eyes, reading input, publishing a round."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Value
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participatie.acties import aangekruist, antwoordplicht
from participatie.acties import aanmelding as aanmelding_acties
from participatie.acties import antwoord as antwoord_acties
from participatie.acties import inbreng as inbreng_acties
from participatie.acties import ronde as ronde_acties
from participatie.filters import STATEN
from participatie.forms.beheer import RedenFormulier
from participatie.models import Aanmelding, Inbreng, Melding, Ronde
from participatie.rechten import INVOERDERS, NAKIJKERS, RONDEWERKERS
from participatie.staat import MagNiet
from participatie.vraagsoorten import gegeven_antwoorden, niet_ingevuld
from sociaalhuis import persoonsgegevens
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.toegang import alleen_rol

MEEST_WERKDAGEN = 250  # about a year


def probeer(request, gelukt, verb, **wat):
    """Does a verb and says how it went; True when it worked."""
    try:
        verb(door=request.user, **wat)
    except MagNiet as fout:
        messages.error(request, str(fout))
        return False
    messages.success(request, gelukt)
    return True


def toon(request, sjabloon, lijst="", **inhoud):
    """A page of this desk, with the lists at its side and how much waits in them."""
    kijkt_na, werkt_aan_rondes = heeft_rol(request.user, *NAKIJKERS), heeft_rol(request.user, *RONDEWERKERS)
    wacht = {}
    if werkt_aan_rondes:
        wacht["te_lezen"] = Inbreng.objects.zichtbaar_voor(request.user).na_te_kijken()
        wacht["open_meldingen"] = Melding.objects.zichtbaar_voor(request.user).open()
    if kijkt_na:
        wacht["te_erkennen"] = Aanmelding.objects.zichtbaar_voor(request.user).lopend()
    zij = {
        "lijst": lijst,
        "kijkt_na": kijkt_na,
        "werkt_aan_rondes": werkt_aan_rondes,
        "typt_in": heeft_rol(request.user, *INVOERDERS),
        **aantallen(wacht),
    }
    return render(request, f"participatie/beheer/{sjabloon}.html", {**zij, **inhoud})


def aantallen(rijen):
    """{name: how many} of {name: queryset}; one query for all of them."""
    takken = [
        rij.order_by().annotate(wat=Value(naam)).values("wat").annotate(aantal=Count("pk")).values_list("wat", "aantal")
        for naam, rij in rijen.items()
    ]
    return dict.fromkeys(rijen, 0) | (dict(takken[0].union(*takken[1:], all=True)) if takken else {})


# --- start --------------------------------------------------------------------------------------


@never_cache
@require_safe
@alleen_rol(*NAKIJKERS, *RONDEWERKERS)
def start(request):
    rondes = (
        Ronde.objects.zichtbaar_voor(request.user).met_tellingen().met_antwoordtelling().order_by("-sluit_op")
        if heeft_rol(request.user, *RONDEWERKERS)
        else []
    )
    return toon(request, "start", "start", rondes=rondes)


# --- organisations ------------------------------------------------------------------------------


@never_cache
@require_safe
@alleen_rol(*NAKIJKERS)
def aanmeldingen(request):
    alle = Aanmelding.objects.zichtbaar_voor(request.user).voor_lijst()
    return toon(
        request,
        "aanmeldingen",
        "aanmeldingen",
        lopend=alle.lopend(),
        klaar=alle.exclude(staat__in=Aanmelding.LOPEND).order_by("-aangemeld_op")[:50],
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*NAKIJKERS)
def aanmelding(request, pk):
    """One application: approve, or refuse with a reason."""
    rijen = Aanmelding.objects.zichtbaar_voor(request.user)
    aanmelding = get_object_or_404(
        rijen.select_related("dossiersleutel", "eerste_door", "tweede_door", "geweigerd_door", "vorige"), pk=pk
    )
    doe = request.POST.get("doe")
    form = RedenFormulier(
        request.POST if doe == "weiger" else None,
        label="Waarom weiger je?",
        uitleg="De aanvrager leest deze reden.",
    )
    if doe == "akkoord":
        probeer(request, "Je akkoord is bewaard.", aanmelding_acties.kijk_na, aanmelding=aanmelding)
        return redirect("participatie:beheer_aanmelding", pk)
    if doe == "weiger" and form.is_valid():
        probeer(
            request,
            "De aanmelding is geweigerd. De aanvrager krijgt bericht.",
            aanmelding_acties.weiger,
            aanmelding=aanmelding,
            reden=form.cleaned_data["reden"],
        )
        return redirect("participatie:beheer_aanmelding", pk)
    return toon(
        request,
        "aanmelding",
        aanmelding=aanmelding,
        form=form,
        zelf_eerste=aanmelding.eerste_door_id == request.user.pk,
    )


# --- reading input ------------------------------------------------------------------------------


@never_cache
@require_safe
@alleen_rol(*RONDEWERKERS)
def nakijken(request):
    """What waits, oldest first; what looks like a machine comes after all of it."""
    wacht = Inbreng.objects.zichtbaar_voor(request.user).na_te_kijken().voor_lijst()
    pagina = blad(request, wacht.order_by("teken", "ingediend_op", "pk"))
    rijen = list(pagina)
    for rij in rijen:
        rij.let_op = persoonsgegevens.in_tekst(voor_iedereen(rij))
    verdacht = [rij for rij in rijen if rij.teken]
    gewoon = [rij for rij in rijen if not rij.teken]
    return toon(request, "nakijken", "nakijken", inbrengen=gewoon, verdacht=verdacht, pagina=pagina)


def blad(request, rijen, per_blad=25):
    """The page of a list that the address asks for; one that is not there is the nearest."""
    return Paginator(rijen, per_blad).get_page(request.GET.get("pagina"))


def voor_iedereen(inbreng):
    """The words that everyone would read."""
    return "\n".join([inbreng.tekst, inbreng.voorstel, inbreng.naam_publiek])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def inbreng(request, pk):
    """One input: show it, or hide it with a reason. What may belong to a person is said before it shows, once."""
    inbreng = get_object_or_404(Inbreng.objects.zichtbaar_voor(request.user).voor_lijst(), pk=pk)
    doe = request.POST.get("doe")
    form = RedenFormulier(
        request.POST if doe == "verberg" else None,
        label="Waarom tonen we dit niet?",
        uitleg="Iedereen kan deze reden lezen op de pagina van de ronde. Herhaal niet wat er stond.",
    )
    if doe == "verberg" and form.is_valid():
        reden = form.cleaned_data["reden"]
        probeer(request, "De inbreng staat niet online.", inbreng_acties.verberg, inbreng=inbreng, reden=reden)
        return redirect("participatie:beheer_nakijken")
    waarschuwing = []
    if doe != "toch" and not inbreng.is_zichtbaar:  # reads names of cases and may leave a trace: only where it is asked
        waarschuwing = persoonsgegevens.met_bekende_namen(voor_iedereen(inbreng), request.user)
    if doe == "toch" or (doe == "toon" and not waarschuwing):
        reden_laat = request.POST.get("reden_laat", "")[:500].replace("\x00", "")
        if probeer(request, "De inbreng staat online.", inbreng_acties.toon, inbreng=inbreng, reden_laat=reden_laat):
            return redirect("participatie:beheer_nakijken")
        return redirect("participatie:beheer_inbreng", pk)
    opmerkingen = inbreng.opmerkingen.voor_lijst() if inbreng.organisatie_id else []
    return toon(
        request,
        "inbreng",
        inbreng=inbreng,
        form=form,
        let_op=waarschuwing,
        opmerkingen=opmerkingen,
        gegeven=gegeven_antwoorden(inbreng),
        niet_ingevuld=niet_ingevuld(inbreng),
        inzages=inbreng.bestandinzages.select_related("door", "vraag") if inbreng.met_formulier else [],
    )


# --- a round ------------------------------------------------------------------------------------


@never_cache
@require_safe
@alleen_rol(*RONDEWERKERS)
def ronde(request, slug):
    """One round: bringing it out, and how far its answers are."""
    ronde = get_object_or_404(Ronde.objects.zichtbaar_voor(request.user).met_tellingen().met_vraagfasen(), slug=slug)
    vragen = bool(ronde.vraagfasen)
    return toon(
        request,
        "ronde",
        ronde=ronde,
        beletsel=antwoord_acties.beletsel_voor_antwoorden(ronde),
        voortgang=voortgang(ronde),
        aangekruist=aangekruist.leider(ronde) if vragen else None,
        samen_te_nemen=aangekruist.te_nemen(ronde).count() if vragen and not ronde.antwoorden_gepubliceerd_op else 0,
        opmerkingen=ronde.opmerkingen.filter(inbreng=None).voor_lijst(),
    )


def voortgang(ronde):
    """[(words, number, choice in the list)] of the inputs of a round, in the order of the work."""
    aantal = ronde.inbrengen.aggregate(
        **{naam: Count("pk", filter=voorwaarde) for naam, (_, voorwaarde) in STATEN.items()}
    )
    return [(label, aantal[naam], naam) for naam, (label, _) in STATEN.items() if aantal[naam]]


@require_POST
@alleen_rol(*RONDEWERKERS)
def publiceer(request, slug):
    """Makes the round itself public, or all its answers at once; or sets the term of the answers."""
    ronde = get_object_or_404(Ronde.objects.zichtbaar_voor(request.user), slug=slug)
    verb, gelukt = {
        "ronde": (ronde_acties.publiceer, "De ronde staat online."),
        "terug": (ronde_acties.haal_terug, "De ronde is weer een concept."),
        "antwoorden": (
            antwoord_acties.publiceer_antwoorden,
            "Alle antwoorden staan online. Wie inbreng gaf, krijgt bericht.",
        ),
        "aangekruist": (aangekruist.neem_samen, "Ze zijn samengenomen. Schrijf nu het antwoord dat voor allen geldt."),
    }.get(request.POST.get("wat"), (None, ""))
    dagen = request.POST.get("werkdagen", "")
    if verb:
        probeer(request, gelukt, verb, ronde=ronde)
    elif request.POST.get("wat") == "termijn" and dagen.isdecimal() and 0 < int(dagen[:4]) <= MEEST_WERKDAGEN:
        probeer(request, "De termijn is bewaard.", antwoordplicht.zet_termijn, ronde=ronde, werkdagen=int(dagen))
    elif request.POST.get("wat") == "termijn":
        messages.error(request, f"Kies een aantal werkdagen van 1 tot {MEEST_WERKDAGEN}.")
    return redirect("participatie:beheer_ronde", slug)
