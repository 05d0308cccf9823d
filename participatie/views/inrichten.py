"""The coordinator makes a round in a few steps: recipe, words and days, questions, try-out, online."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participatie.acties import vragenlijst
from participatie.acties.inrichten import maak_ronde, wijzig_ronde
from participatie.forms.inrichten import NeemOver, NieuweRonde, RondeFormulier, VraagFormulier
from participatie.forms.vragen import ProefVragen
from participatie.mag import Handeling, mag
from participatie.models import Formulier, Formuliervraag, Ronde
from participatie.staat import MagNiet
from participatie.views.beheer import probeer, toon
from participatie.vraagsoorten import in_woorden
from plan.models import Plan
from sociaalhuis.rollen import COORDINATOR
from sociaalhuis.toegang import alleen_rol

LEZEN = ["GET", "HEAD", "POST"]


def een_ronde(request, slug):
    return get_object_or_404(Ronde.objects.zichtbaar_voor(request.user).select_related("plan"), slug=slug)


def een_fase(ronde, fase):
    """The step, when this round has it; else it is not there."""
    if fase not in {rij.soort for rij in ronde.tijdlijn} or fase not in Formulier.Fase.values:
        raise Http404
    return Formulier.Fase(fase)


# --- the round --------------------------------------------------------------------------------------


@never_cache
@require_http_methods(LEZEN)
@alleen_rol(COORDINATOR)
def nieuw(request):
    plannen = Plan.objects.zichtbaar_voor(request.user).order_by("-beginjaar")
    form = NieuweRonde(request.POST or None, plannen=plannen, initial={"plan": Plan.objects.huidig()})
    if request.method == "POST" and form.is_valid():
        ronde = maak_ronde(door=request.user, **form.cleaned_data)
        messages.success(request, "Je concept is klaar. Kijk de woorden en de dagen na.")
        return redirect("participatie:beheer_inrichten", ronde.slug)
    return toon(request, "ronde_nieuw", "start", form=form)


@never_cache
@require_http_methods(LEZEN)
@alleen_rol(COORDINATOR)
def inrichten(request, slug):
    ronde = een_ronde(request, slug)
    form = RondeFormulier(request.POST or None, instance=ronde)
    if request.method == "POST" and form.is_valid():
        try:
            wijzig_ronde(
                ronde=ronde,
                velden=form.velden,
                fasen=form.fasen,
                antwoord_tegen=form.cleaned_data["antwoord_dag"],
                door=request.user,
            )
        except MagNiet as fout:
            form.add_error(None, str(fout))
        except ValidationError as fout:
            form.add_error(None, fout.messages)
        else:
            messages.success(request, "De ronde is bewaard.")
            return redirect("participatie:beheer_ronde", slug)
    kan = mag(Handeling.INRICHTEN, ronde=ronde, gebruiker=request.user)
    return toon(request, "ronde_inrichten", "start", ronde=ronde, form=form, kan=kan)


# --- its questions ----------------------------------------------------------------------------------


@never_cache
@require_http_methods(LEZEN)
@alleen_rol(COORDINATOR)
def vragen(request, slug, fase):
    """The list of questions: move, take out, copy from another round, bring a new version into use."""
    ronde = een_ronde(request, slug)
    fase = een_fase(ronde, fase)
    formulieren = (
        Formulier.objects.in_gebruik()
        .filter(ronde__in=Ronde.objects.zichtbaar_voor(request.user))
        .exclude(ronde=ronde)
        .select_related("ronde")
        .annotate(aantal=Count("vragen"))
        .filter(aantal__gt=0)
        .order_by("ronde__titel", "nummer")
    )
    doe = request.POST.get("doe", "")
    over = NeemOver(request.POST if doe == "over" else None, formulieren=formulieren)
    if request.method == "POST" and (doe != "over" or over.is_valid()):
        doe_met_vragen(request, ronde, fase, doe, over)
        return redirect("participatie:beheer_vragen", slug, fase)
    formulier = vragenlijst.in_de_maak(ronde, fase)
    return toon(
        request,
        "vragen",
        "start",
        ronde=ronde,
        fase=fase,
        formulier=formulier,
        vragen=formulier.vragen.select_related("toon_als") if formulier else [],
        vast=formulier and formulier.is_vast,
        over=over,
        kan=mag(Handeling.INRICHTEN, ronde=ronde, gebruiker=request.user),
    )


def doe_met_vragen(request, ronde, fase, doe, over):
    wat, _, stam = doe.partition(":")
    waar = {"ronde": ronde, "fase": fase}
    stammen = {str(vraag.stam) for formulier in ronde.formulieren.all() for vraag in formulier.vragen.all()}
    if wat in ("op", "neer", "weg") and stam not in stammen:
        raise Http404
    if wat in ("op", "neer"):
        probeer(request, "De vraag staat op een andere plaats.", vragenlijst.verplaats_vraag, stam=stam, omhoog=wat == "op", **waar)  # fmt: skip
    elif wat == "weg":
        probeer(request, "De vraag is weg.", vragenlijst.haal_vraag_weg, stam=stam, **waar)
    elif wat == "gebruik":
        probeer(request, "Vanaf nu zien mensen deze vragen.", vragenlijst.neem_in_gebruik, **waar)
    elif wat == "over":
        probeer(request, "De vragen zijn overgenomen.", vragenlijst.neem_vragen_over, van=over.cleaned_data["van"], **waar)  # fmt: skip


@never_cache
@require_http_methods(LEZEN)
@alleen_rol(COORDINATOR)
def vraag(request, slug, fase, stam=None):
    """One question, new or changed."""
    ronde = een_ronde(request, slug)
    fase = een_fase(ronde, fase)
    formulier = vragenlijst.in_de_maak(ronde, fase)
    alle = formulier.vragen.all() if formulier else Formuliervraag.objects.none()
    bestaand = get_object_or_404(alle, stam=stam) if stam else None
    eerdere = alle.filter(soort__in=Formuliervraag.KAN_TONEN)
    if bestaand:
        eerdere = eerdere.filter(nummer__lt=bestaand.nummer)
    form = VraagFormulier(request.POST or None, instance=bestaand, eerdere=eerdere)
    if request.method == "POST" and form.is_valid():
        gelukt = "De vraag is bewaard."
        if formulier and formulier.is_vast:
            gelukt = "Je wijziging staat in een nieuwe versie, die nog niet in gebruik is."
        if probeer(request, gelukt, vragenlijst.bewaar_vraag, ronde=ronde, fase=fase, stam=stam, gegevens=form.cleaned_data):  # fmt: skip
            return redirect("participatie:beheer_vragen", slug, fase)
    return toon(request, "vraag", "start", ronde=ronde, fase=fase, form=form, vraag=bestaand)


@never_cache
@require_http_methods(LEZEN)
@alleen_rol(COORDINATOR)
def proef(request, slug, fase):
    """The questions as people get them. Everything is checked, nothing is kept."""
    ronde = een_ronde(request, slug)
    formulier = vragenlijst.in_de_maak(ronde, een_fase(ronde, fase))
    if formulier is None:
        raise Http404
    form = ProefVragen(request.POST or None, request.FILES or None, formulier=formulier)
    uitkomst = None
    if request.method == "POST" and form.is_valid():
        uitkomst = [(vraag.vraag, in_woorden(vraag, waarde)) for vraag, waarde in form.antwoorden.items()]
    return toon(request, "vragen_proef", "start", ronde=ronde, fase=fase, form=form, uitkomst=uitkomst)
