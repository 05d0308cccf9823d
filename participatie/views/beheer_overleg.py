"""The desk of meetings: making one, its agenda, its papers, whom to invite, moving it or calling it off."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participatie.acties import agendapunt as agenda_acties
from participatie.acties import overleg as overleg_acties
from participatie.acties import uitnodigen as uitnodig_acties
from participatie.forms.beheer import RedenFormulier
from participatie.forms.genodigden import ZoekKeuze
from participatie.forms.overleg import (
    AgendapuntFormulier,
    DocumentFormulier,
    OverlegFormulier,
    PersoonFormulier,
    UitnodigFormulier,
)
from participatie.models import Overleg, Verslagregel
from participatie.rechten import OVERLEGMAKERS
from participatie.staat import MagNiet
from participatie.views.beheer import blad, probeer, toon
from sociaalhuis.toegang import alleen_rol

PER_LIJST = 100


def overleg_van(request, slug):
    return get_object_or_404(Overleg.objects.zichtbaar_voor(request.user).voor_lijst(), slug=slug)


@never_cache
@require_safe
@alleen_rol(*OVERLEGMAKERS)
def lijst(request):
    rijen = Overleg.objects.zichtbaar_voor(request.user).voor_lijst()
    return toon(
        request, "overleggen", "overleg", komend=rijen.komend()[:PER_LIJST], voorbij=rijen.voorbij()[:PER_LIJST]
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def nieuw(request):
    form = OverlegFormulier(request.POST or None)
    if request.method == "POST" and form.is_valid():
        overleg = overleg_acties.maak_overleg(door=request.user, **form.velden)
        messages.success(request, "Het overleg is bewaard als concept. Zet nu punten op de agenda en nodig mensen uit.")
        return redirect("participatie:beheer_overleg", overleg.slug)
    return toon(request, "overleg_form", "overleg", form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def wijzig(request, slug):
    overleg = overleg_van(request, slug)
    form = OverlegFormulier(request.POST or None, overleg=overleg)
    if request.method == "POST" and form.is_valid():
        extra = {"versie": form.cleaned_data["versie"], "reden": form.cleaned_data.get("reden", "")}
        try:
            overleg_acties.wijzig_overleg(overleg=overleg, door=request.user, **extra, **form.velden)
        except MagNiet as fout:
            overleg.refresh_from_db()
            form.data = {**form.data.dict(), "versie": overleg.versie}
            form.add_error(None, str(fout))
        else:
            messages.success(request, "Het overleg is bewaard.")
            return redirect("participatie:beheer_overleg", slug)
    return toon(request, "overleg_form", "overleg", form=form, overleg=overleg)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def overleg(request, slug):
    """One meeting: how far it is, and what to do next."""
    overleg = overleg_van(request, slug)
    doe = request.POST.get("doe")
    form = RedenFormulier(
        request.POST if doe == "gelast_af" else None,
        label="Waarom gaat het niet door?",
        uitleg="Iedereen die uitgenodigd is of komt, krijgt een mail en leest deze reden.",
    )
    if doe == "kondig_aan":
        probeer(
            request,
            "Het overleg is aangekondigd. De uitnodigingen vertrekken.",
            overleg_acties.kondig_aan,
            overleg=overleg,
        )
        return redirect("participatie:beheer_overleg", slug)
    if doe == "verwijder":
        if probeer(request, "Het concept is verwijderd.", overleg_acties.verwijder_overleg, overleg=overleg):
            return redirect("participatie:beheer_overleggen")
        return redirect("participatie:beheer_overleg", slug)
    if doe == "gelast_af" and form.is_valid():
        reden = form.cleaned_data["reden"][:300]
        probeer(
            request,
            "Het overleg is afgelast. Iedereen krijgt een mail.",
            overleg_acties.gelast_af,
            overleg=overleg,
            reden=reden,
        )
        return redirect("participatie:beheer_overleg", slug)
    inhoud = {
        "agenda": overleg.agenda.select_related("onderdeel", "inbreng__organisatie").defer("inbreng__email"),
        "documenten": overleg.documenten.all(),
        "genodigden": overleg.uitnodigingen.count(),
    }
    return toon(request, "overleg", "overleg", overleg=overleg, form=form, **inhoud)


# --- agenda -------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def agenda(request, slug):
    overleg = overleg_van(request, slug)
    form = AgendapuntFormulier(request.POST or None, overleg=overleg)
    gelukt = "Het punt staat op de agenda."
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(request, gelukt, agenda_acties.zet_op_agenda, overleg=overleg, **form.velden)
    ):
        return redirect("participatie:beheer_overleg_agenda", slug)
    punten = list(overleg.agenda.select_related("onderdeel", "inbreng__organisatie").defer("inbreng__email"))
    minuten = sum(punt.minuten or 0 for punt in punten)
    duur = int((overleg.einde - overleg.begin).total_seconds() // 60)
    return toon(
        request, "overleg_agenda", "overleg", overleg=overleg, form=form, punten=punten, minuten=minuten, duur=duur
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def agendapunt(request, slug, pk):
    """One point: change it, move it up or down, take it away."""
    overleg = overleg_van(request, slug)
    punt = get_object_or_404(overleg.agenda.select_related("onderdeel", "inbreng__organisatie"), pk=pk)
    doe = request.POST.get("doe")
    if doe in ("omhoog", "omlaag"):
        agenda_acties.verplaats_agendapunt(punt=punt, door=request.user, omhoog=doe == "omhoog")
        return redirect("participatie:beheer_overleg_agenda", slug)
    if doe == "weg":
        probeer(request, "Het punt is van de agenda.", agenda_acties.haal_van_agenda, punt=punt)
        return redirect("participatie:beheer_overleg_agenda", slug)
    form = AgendapuntFormulier(request.POST or None, overleg=overleg, punt=punt)
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(request, "Het punt is bewaard.", agenda_acties.wijzig_agendapunt, punt=punt, **form.velden)
    ):
        return redirect("participatie:beheer_overleg_agenda", slug)
    return toon(request, "overleg_punt", "overleg", overleg=overleg, form=form, punt=punt)


# --- invitations and papers ---------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def uitnodigen(request, slug):
    """Whom to invite: searched by name, kind, theme, group and area, ticked or all that fit at once; and one person."""
    overleg = overleg_van(request, slug)
    keuze = ZoekKeuze(request.GET if set(request.GET) & set(ZoekKeuze.base_fields) else None, auto_id="kies_%s")
    post = request.POST or None
    form = UitnodigFormulier(post if "nodig" in request.POST else None, overleg=overleg, keuze=keuze)
    persoon = PersoonFormulier(post if "persoon" in request.POST else None)
    terug, gelukt = redirect(request.get_full_path()), "De uitnodiging is bewaard."
    passend = form.passend["organisaties"]
    if "allemaal" in request.POST and keuze.is_bound:
        probeer(request, gelukt, uitnodig_acties.nodig_uit, overleg=overleg, organisaties=list(passend))
        return terug
    for gekozen, verb in ((form, uitnodig_acties.nodig_uit), (persoon, uitnodig_acties.nodig_persoon_uit)):
        if (
            gekozen.is_bound
            and gekozen.is_valid()
            and probeer(request, gelukt, verb, overleg=overleg, **gekozen.cleaned_data)
        ):
            return terug
    rijen = overleg.uitnodigingen.select_related("organisatie", "team__bestuur", "gebruiker", "dossiersleutel")
    return toon(
        request,
        "overleg_uitnodigen",
        "overleg",
        overleg=overleg,
        form=form,
        keuze=keuze,
        persoon=persoon,
        pagina=blad(request, rijen.order_by("pk")),
        past=passend.count() if keuze.is_bound else 0,
    )


@require_POST
@alleen_rol(*OVERLEGMAKERS)
def uitnodiging_weg(request, slug, pk):
    uitnodiging = get_object_or_404(overleg_van(request, slug).uitnodigingen.select_related("dossiersleutel"), pk=pk)
    probeer(request, "De uitnodiging is weg.", uitnodig_acties.trek_uitnodiging_in, uitnodiging=uitnodiging)
    return redirect("participatie:beheer_overleg_uitnodigen", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*OVERLEGMAKERS)
def documenten(request, slug):
    overleg = overleg_van(request, slug)
    if "weg" in request.POST:
        waarde = request.POST["weg"]
        rij = get_object_or_404(overleg.documenten, pk=waarde if waarde.isascii() and waarde.isdigit() else 0)
        probeer(request, "Het document is weg.", agenda_acties.verwijder_document, document=rij)
        return redirect("participatie:beheer_overleg_documenten", slug)
    form = DocumentFormulier(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        schoon = {"titel": form.cleaned_data["titel"], "schoon": form.cleaned_data["bestand"]}
        if probeer(request, "Het document is toegevoegd.", agenda_acties.voeg_document_toe, overleg=overleg, **schoon):
            return redirect("participatie:beheer_overleg_documenten", slug)
    return toon(
        request, "overleg_documenten", "overleg", overleg=overleg, form=form, documenten=overleg.documenten.all()
    )


# --- tasks --------------------------------------------------------------------------------------


@never_cache
@require_safe
@alleen_rol(*OVERLEGMAKERS)
def taken(request):
    """What was agreed at meetings: what is open, by day, and what was done last."""
    rijen = Verslagregel.objects.zichtbaar_voor(request.user).taken().voor_lijst()
    klaar = rijen.exclude(klaar_op=None).order_by("-klaar_op")[:PER_LIJST]
    return toon(request, "overlegtaken", "overlegtaken", open_taken=rijen.filter(klaar_op=None), klaar=klaar)
