"""One case at the desk. Every page here that shows what people tell goes through `lees`, in one transaction."""

from dataclasses import dataclass, field
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from loket.acties.inzage import lees
from loket.forms.stap import Keuzes
from loket.forms.stappen import STAPPEN, VOUWEN
from loket.models import Afspraak, Inzage, Vraag
from loket.models.staat import Stap
from loket.models.vraagset import Toegang
from loket.termijnen.kalender import sluitingsdagen
from loket.views.opvolgen import download
from loket.views.werkbank import aan_de_balie, naar_lijst
from loket.werkbank.buren import buren, lijst_van
from loket.zaak import gesprek, gevaar
from loket.zaak.dubbels import dubbels_van
from loket.zaak.verwanten import verwanten_van
from sociaalhuis import rijksregister, versie
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, heeft_rol

# What a team that was asked to help may do; all the rest stays with the team of the question.
HULP = {Stap.NOTEER, Stap.BEANTWOORD, Stap.VRAAG_TERUG, Stap.STUUR_BERICHT}
SCHRIJVEN = (Stap.BEANTWOORD, Stap.VRAAG_TERUG, Stap.STUUR_BERICHT)


def gelezen_door(pagina):
    """View decorator: gives the view the case that this user may read, with the trace of reading it.

    The page is made inside the transaction that writes the trace: no trace, no page. Not theirs = 404.
    """

    def decorator(view):
        @wraps(view)
        @never_cache
        @aan_de_balie
        @transaction.atomic
        def met_spoor(request, referentie, **kwargs):
            try:
                vraag = lees(referentie=referentie, door=request.user, pagina=pagina)
            except Vraag.DoesNotExist as fout:
                raise Http404 from fout
            return view(request, vraag, **kwargs)

        return met_spoor

    return decorator


@require_safe
@gelezen_door(Inzage.Pagina.DOSSIER)
def dossier(request, vraag):
    return toon(request, vraag)


@dataclass(frozen=True)
class Antwoordhulp:
    """What the page shows about canned answers, in the form of an answer."""

    zoek: str = ""
    open: bool = False
    treffers: list = field(default_factory=list)
    gekozen: object = None
    bestanden: bool = False
    nog_open: list = field(default_factory=list)


def toon(request, vraag, formulier=None, *, schrijven=None, hulp=Antwoordhulp()):
    """The conversation, the facts and what can be done now.

    `formulier` is a step that did not go through, `schrijven` an answer that is being written, with its `hulp`. Of the
    folded steps one is open: that of `formulier`, or the one that the address names with `doe`.
    """
    nummer = versie.van(request)
    vraag.gesloten = sluitingsdagen(nummer)
    stappen = {stap for stap in STAPPEN if vraag.kan(stap) and mag(request.user, vraag, stap)}
    if formulier:
        stappen.add(formulier.stap.value)
    if formulier and formulier.stap in SCHRIJVEN:
        schrijven = formulier
    keuzes = Keuzes(vraag, nummer, request.user)
    if schrijven is None and Stap.BEANTWOORD in stappen:
        schrijven = STAPPEN[Stap.BEANTWOORD](vraag=vraag, door=request.user, keuzes=keuzes)
    verhaal = gesprek.verhaal_voor_medewerker(vraag)
    terug = buren(request.user, lijst_van(request), vraag.referentie, nummer)
    return render(
        request,
        "loket/werkbank_dossier.html",
        {
            "vraag": vraag,
            "adres": vraag.get_absolute_url(),
            "uit": f"{urlencode({'uit': terug.terug})}&" if terug else "",
            "buren": terug,
            "gesprek": gesprek.voor_medewerker(verhaal),
            "afspraken": Afspraak.objects.van_vraag(vraag, request.user) if verhaal.heeft("afspraak") else [],
            "verwezen": verhaal.heeft("verwijzing"),
            "delingen": verhaal.delingen_nu(),
            "gekoppeld": keuzes.gekoppeld,
            "verwanten": verwanten_van(vraag, request.user),
            "dubbels": dubbels_van(vraag, request.user) if Stap.VOEG_SAMEN in stappen else [],
            "stappen": stappen,
            "vouwen": vouwen(request, vraag, stappen, formulier, keuzes),
            "schrijven": schrijven,
            "hulp": hulp,
            "form": formulier,
            "gevaar": gevaar.hint(vraag.tekst),
            "rijksregister": rijksregister.staat_in(vraag.tekst),
        },
        status=409 if formulier and formulier.non_field_errors() else 200,
    )


def vouwen(request, vraag, stappen, formulier, keuzes):
    """The folded steps: dicts with stap, titel, knop, and for the open one its form.

    A form is made for the open step only: with all of them, half of the time went to forms that nobody looked at.
    """
    gekozen = formulier.stap if formulier else request.GET.get("doe")
    rijen = []
    for stap in (stap for stap in VOUWEN if stap in stappen):
        soort, form = STAPPEN[stap], None
        if stap == gekozen:
            form = formulier or soort(vraag=vraag, door=request.user, keuzes=keuzes, in_beeld=True)
        rijen.append({"stap": stap.value, "titel": soort.titel, "knop": soort.knop, "formulier": form})
    return rijen


def mag(gebruiker, vraag, stap):
    """Whether this person may do this step at all; `vraag.toegang` says by which door they came in."""
    if vraag.toegang != Toegang.EIGEN:
        return vraag.toegang == Toegang.HELP and stap in HULP
    return stap != Stap.WIJS_TOE or heeft_rol(gebruiker, TEAMVERANTWOORDELIJKE)


@require_POST
@never_cache
@aan_de_balie
def stap(request, referentie, stap):
    """Does one step. When it does not go through, the page comes back with what was typed."""
    vraag = get_object_or_404(Vraag.objects.leesbaar_voor(request.user), referentie=referentie.upper())
    if stap not in STAPPEN:
        raise Http404
    if not mag(request.user, vraag, stap):
        raise PermissionDenied
    formulier = STAPPEN[stap](request.POST, request.FILES, vraag=vraag, door=request.user)
    if not (formulier.is_valid() and formulier.voer_uit()):
        return toon_opnieuw(request, vraag, formulier)
    messages.success(request, formulier.gelukt + getattr(formulier, "gelukt_samen", ""))
    if Vraag.objects.leesbaar_voor(request.user).filter(pk=vraag.pk).exists():
        uit = lijst_van(request)
        return redirect(f"{vraag.get_absolute_url()}?{urlencode({'uit': uit})}" if uit else vraag)
    return naar_lijst()


@transaction.atomic
def toon_opnieuw(request, vraag, formulier):
    """The case again, read anew and with a trace; when it went elsewhere meanwhile, what was typed is still shown."""
    try:
        vraag = lees(referentie=vraag.referentie, door=request.user, pagina=Inzage.Pagina.DOSSIER)
    except Vraag.DoesNotExist:
        return render(
            request, "loket/werkbank_weg.html", {"form": formulier, "referentie": vraag.referentie}, status=409
        )
    return toon(request, vraag, formulier)


@require_safe
@gelezen_door(Inzage.Pagina.BIJLAGE)
def bijlage(request, vraag, bijlage):
    return download(get_object_or_404(vraag.bijlagen.op_te_halen(), pk=bijlage))


@require_safe
@never_cache
@aan_de_balie
def spoor(request, referentie):
    """Who read this case and who did what. Shows nothing of what people tell."""
    vraag = get_object_or_404(Vraag.objects.zichtbaar_voor(request.user).zonder_inhoud(), referentie=referentie.upper())
    return render(request, "loket/werkbank_spoor.html", {"vraag": vraag, "spoor": gesprek.spoor(vraag)})
