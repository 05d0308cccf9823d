"""Meetings for everyone: which are coming, what was said at the past ones, and saying that you come."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties import agendalink
from participatie.acties.inschrijving import meld_af, schrijf_in, verontschuldig
from participatie.agenda import kalender, sinds, waar_precies
from participatie.forms.inschrijving import BewonerKomFormulier, KomFormulier, OrganisatieKomFormulier
from participatie.models import Inschrijving, Overleg, Overleguitnodiging, Ronde
from participatie.staat import MagNiet
from participatie.verslagblad import opkomst, pdf_van, punten_met_regels
from plan.views.deur import bezoeker
from sociaalhuis import ical, versie
from sociaalhuis.context import het_huis
from sociaalhuis.download import download
from sociaalhuis.inzending import sleutel_klopt
from sociaalhuis.keuring.bijlagen import Schoon, als_download
from sociaalhuis.verslag.pdf import SOORT_PDF
from sociaalhuis.vertegenwoordiging import organisaties_van

PER_LIJST = 100


def overleg_of_404(request, slug):
    rijen = Overleg.objects.zichtbaar_voor(bezoeker(request)).voor_lijst()
    return get_object_or_404(rijen, slug=slug)


@require_safe
def lijst(request):
    """The public meetings: those to come, and those that were."""
    rijen = Overleg.objects.openbaar().voor_lijst()
    return render(
        request,
        "participatie/overleg/lijst.html",
        {"komend": rijen.komend()[:PER_LIJST], "voorbij": rijen.voorbij().exclude(staat="afgelast")[:PER_LIJST]},
    )


def inhoud_van(overleg, huis):
    """What the page of a meeting shows, whoever looks."""
    return {
        "overleg": overleg,
        "punten": punten_met_regels(overleg),
        "documenten": overleg.documenten.op_te_halen(),
        "plaats": waar_precies(overleg, huis),
        "ronde": Ronde.objects.openbaar().filter(pk=overleg.ronde_id).first() if overleg.ronde_id else None,
        "opkomst": opkomst(overleg) if overleg.verslag_online else [],
    }


@require_safe
def overleg(request, slug):
    overleg = overleg_of_404(request, slug)
    return render(request, "participatie/overleg/overleg.html", inhoud_van(overleg, het_huis(versie.van(request))))


@require_safe
def document(request, slug, pk):
    """A paper, as a download."""
    return _document(overleg_of_404(request, slug), pk)


def _document(overleg, pk):
    rij = get_object_or_404(overleg.documenten.op_te_halen(), pk=pk)
    return als_download(Schoon(rij.naam, rij.soort, rij.lees()))


@require_safe
def verslag_pdf(request, slug):
    overleg = overleg_of_404(request, slug)
    if not overleg.verslag_online:
        raise Http404
    naam, inhoud = pdf_van(versie.van(request), overleg.pk)
    return download(inhoud, SOORT_PDF, naam)


# --- calendars ----------------------------------------------------------------------------------


@require_safe
def in_agenda(request, slug):
    """One meeting for a calendar. On a public page the link to take part online stays out."""
    overleg = overleg_of_404(request, slug)
    return ical.als_bestand(
        kalender([overleg], het_huis(versie.van(request)), met_link=not overleg.openbaar), "overleg.ics"
    )


@require_safe
def agenda(request):
    """The feed of all public meetings."""
    huis = het_huis(versie.van(request))
    rijen = Overleg.objects.openbaar().filter(einde__gte=sinds()).select_related("locatie").order_by("begin", "pk")
    return ical.als_bestand(kalender(rijen, huis, met_link=False, naam=f"Overleg {huis.naam}"), "overleg.ics")


@never_cache
@require_safe
def agenda_van_organisatie(request, sleutel):
    """The feed of one representative: what the organisation is invited to. It is gone when the mandate ends."""
    mandaat = agendalink.mandaat_met(sleutel)
    if mandaat is None:
        raise Http404
    rijen = Overleg.objects.bekend().filter(uitnodigingen__organisatie=mandaat.organisatie_id, einde__gte=sinds())
    huis = het_huis(versie.van(request))
    naam = f"Overleg van {mandaat.organisatie.naam}"
    inhoud = kalender(rijen.select_related("locatie").order_by("begin", "pk"), huis, met_link=True, naam=naam)
    return ical.als_bestand(inhoud, "overleg.ics")


# --- coming -------------------------------------------------------------------------------------


def formulier(request):
    """The form for who asks: for an organisation, as staff, or as a citizen."""
    if not request.user.is_authenticated:
        return BewonerKomFormulier(request.POST or None)
    organisaties = list(organisaties_van(request.user))
    if organisaties:
        return OrganisatieKomFormulier(request.POST or None, organisaties=organisaties)
    return KomFormulier(request.POST or None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inschrijven(request, slug):
    overleg = get_object_or_404(Overleg.objects.zichtbaar_voor(request.user).voor_lijst(), slug=slug)
    return _inschrijven(
        request, overleg, formulier(request), door=request.user if request.user.is_authenticated else None
    )


def _inschrijven(request, overleg, form, **wie):
    """The form, and what comes of it. What was acknowledged once, stays so."""
    if request.method == "POST":
        eerder = Inschrijving.objects.filter(inzending=form.inzending).first()
        if eerder:
            return redirect(eerder.bewijs_url)
        if form.is_valid():
            try:
                rij = schrijf_in(overleg=overleg, **form.gegevens, inzending=form.inzending, teken=form.teken, **wie)
            except MagNiet as fout:
                form.add_error(None, str(fout))
            except PermissionDenied as fout:
                raise Http404 from fout
            else:
                return redirect(rij.bewijs_url)
    eigen = overleg.inschrijvingen.zichtbaar_voor(request.user).lopend().first()
    inhoud = {
        "overleg": overleg,
        "form": form,
        "eigen": eigen,
        "plaats": waar_precies(overleg, het_huis(versie.van(request))),
    }
    return render(request, "participatie/overleg/inschrijven.html", inhoud)


def inschrijving_of_404(referentie, sleutel):
    if not sleutel_klopt("inschrijving", referentie, sleutel):
        raise Http404
    rijen = Inschrijving.objects.select_related("overleg__locatie", "overleg__verslag", "organisatie")
    return get_object_or_404(rijen.defer("naam", "email", "nodig", "nodig_tekst"), referentie=referentie)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inschrijving(request, referentie, sleutel):
    """The receipt: when and where, and the way to cancel."""
    rij = inschrijving_of_404(referentie, sleutel)
    if request.method == "POST":
        try:
            meld_af(inschrijving=rij)
        except MagNiet as fout:
            messages.error(request, str(fout))
        else:
            messages.success(request, "Je bent afgemeld. Dank je om het te laten weten.")
        return redirect(rij.bewijs_url)
    plaats = waar_precies(rij.overleg, het_huis(versie.van(request)))
    return render(
        request, "participatie/overleg/inschrijving.html", {"rij": rij, "overleg": rij.overleg, "plaats": plaats}
    )


@never_cache
@require_safe
def inschrijving_in_agenda(request, referentie, sleutel):
    overleg = inschrijving_of_404(referentie, sleutel).overleg
    return ical.als_bestand(kalender([overleg], het_huis(versie.van(request)), met_link=True), "overleg.ics")


def uitnodiging_of_404(referentie, sleutel):
    """The invitation of a person, of a meeting that was told about."""
    if not sleutel_klopt("overleg", referentie, sleutel):
        raise Http404
    rijen = Overleguitnodiging.objects.exclude(dossiersleutel=None).filter(overleg__in=Overleg.objects.bekend())
    return get_object_or_404(rijen.select_related("dossiersleutel"), referentie=referentie)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def genodigd(request, referentie, sleutel):
    """The page of an invited person: the meeting, its papers, and saying that you come, without an account."""
    uitnodiging = uitnodiging_of_404(referentie, sleutel)
    overleg = Overleg.objects.voor_lijst().get(pk=uitnodiging.overleg_id)
    if request.method == "POST" and request.POST.get("doe") == "komt_niet":
        try:
            verontschuldig(overleg=overleg, uitnodiging=uitnodiging)
        except MagNiet as fout:
            messages.error(request, str(fout))
        else:
            messages.success(request, "Dank je om het te laten weten.")
        return redirect(uitnodiging.url)
    form = KomFormulier(request.POST or None)
    if request.method == "POST":
        gewist = uitnodiging.dossiersleutel.gewist_op
        wie = {"naam": "" if gewist else uitnodiging.naam, "email": "" if gewist else uitnodiging.email}
        antwoord = _inschrijven(request, overleg, form, uitnodiging=uitnodiging, **wie)
        if antwoord.status_code == 302:
            return antwoord
    rijen = list(uitnodiging.inschrijvingen.defer("naam", "email", "nodig", "nodig_tekst"))
    inhoud = {
        **inhoud_van(overleg, het_huis(versie.van(request))),
        "uitnodiging": uitnodiging,
        "komt": next((rij for rij in rijen if rij.is_lopend), None),
        "komt_niet": bool(rijen),
        "form": form,
    }
    return render(request, "participatie/overleg/genodigd.html", inhoud)


@never_cache
@require_safe
def document_van_genodigde(request, referentie, sleutel, pk):
    return _document(uitnodiging_of_404(referentie, sleutel).overleg, pk)
