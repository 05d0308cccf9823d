"""Measuring, for who works on the plan: what is due, what waits for approval, what came back; one measurement with its steps."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from plan.acties.metingen import bewaar, bewaar_en_dien_in, gooi_weg, keur_goed, stuur_terug
from plan.forms.meten import KeurForm, MetingForm
from plan.meten import lees, te_meten, volgende
from plan.models import Indicator, Meting, Plan, Uitsplitsing
from plan.uitsplitsing import tabellen
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER
from sociaalhuis.toegang import alleen_rol

mag_meten = alleen_rol(PLANMEDEWERKER, COORDINATOR)
VOORUIT = timedelta(days=100)  # how far ahead the list looks


@require_safe
@never_cache
@mag_meten
def overzicht(request):
    """What came back first, then what waits, what is due, and the drafts."""
    plannen = Plan.objects.exclude(staat=Plan.Staat.AFGELOPEN)
    metingen = list(
        Meting.objects.filter(indicator__plan__in=plannen)
        .exclude(staat=Meting.Staat.GOEDGEKEURD)
        .select_related("indicator__plan", "ingevoerd_door")
        .order_by("indicator__volgorde", "datum")
    )
    per_staat = {staat: [rij for rij in metingen if rij.staat == staat] for staat in Meting.Staat}
    bezig = {rij.indicator_id for rij in metingen if rij.is_open}
    tot = timezone.localdate() + VOORUIT
    return render(
        request,
        "plan/meten/overzicht.html",
        {
            "teruggestuurd": per_staat[Meting.Staat.TERUGGESTUURD],
            "ingediend": per_staat[Meting.Staat.INGEDIEND],
            "klad": per_staat[Meting.Staat.CONCEPT],
            "beurten": [beurt for plan in plannen for beurt in te_meten(plan, tot) if beurt.indicator.pk not in bezig],
            "alle": Indicator.objects.filter(plan__in=plannen).select_related("plan"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag_meten
def invoer(request, indicator):
    """A new measurement: the number, the day (the end of the period that is due), and it is handed in."""
    indicator = get_object_or_404(Indicator.objects.select_related("plan").met_cijfers(), pk=indicator)
    gedaan = indicator.metingen.exclude(staat__in=Meting.OPEN).order_by("-datum").values_list("datum", flat=True)
    beurt = volgende(indicator, gedaan.first())
    dag = min(beurt.periode.einde, timezone.localdate()) if beurt else None
    form = MetingForm(request.POST or None, indicator=indicator, initial={"datum": dag})
    if request.method == "POST" and form.is_valid() and (meting := _bewaar(request, form)):
        return redirect("plan:meten") if meting.staat == Meting.Staat.INGEDIEND else redirect("plan:meting", meting.pk)
    inhoud = {"indicator": indicator, "stuk": lees(indicator), "form": form, "beurt": beurt}
    return render(request, "plan/meten/invoer.html", inhoud, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag_meten
def meting(request, meting):
    """One measurement: its figures while they are open, and the step that comes next."""
    meting = get_object_or_404(
        Meting.objects.zichtbaar_voor(request.user)
        .select_related("indicator__plan", "ingevoerd_door", "gekeurd_door")
        .prefetch_related(
            Prefetch("uitsplitsingen", Uitsplitsing.objects.select_related("doelgroep", "gebied"))
        ),
        pk=meting,
    )  # fmt: skip
    stap = request.POST.get("stap", "") if request.method == "POST" else ""
    form = keuring = None
    if meting.is_open:
        form = MetingForm(request.POST or None, indicator=meting.indicator, meting=meting)
        klaar = stap and (
            _weg(request, meting, form) if stap == "weg" else form.is_valid() and _bewaar(request, form, meting)
        )
    else:
        keuring = KeurForm(request.POST or None)
        klaar = stap and keuring.is_valid() and _keur(request, keuring, meting, stap)
    if klaar:
        return redirect("plan:meten")
    vorige = Meting.objects.goedgekeurd().filter(indicator=meting.indicator, datum__lt=meting.datum).last()
    return render(
        request,
        "plan/meten/meting.html",
        {
            "meting": meting,
            "indicator": meting.indicator,
            "form": form,
            "keuring": keuring,
            "vorige": vorige,
            "uitsplitsing": tabellen(meting.indicator, meting, meting.uitsplitsingen.all()),
            "eigen": meting.ingevoerd_door_id == request.user.pk,
            "mag_keuren": request.user.has_perm("plan.keur_meting"),
        },
        status=422 if request.method == "POST" else 200,
    )


def _bewaar(request, form, meting=None):
    """Keeps the figures, and hands them in unless the button said to keep a draft; None when that is refused."""
    klad = request.POST.get("stap") == "klad"
    try:
        meting = (bewaar if klad else bewaar_en_dien_in)(
            indicator=form.indicator, door=request.user, meting=meting,
            gezien=request.POST.get("gezien", "") if meting else None, **form.gegevens(),
        )  # fmt: skip
    except ValidationError as fout:
        form.add_error(None, fout)
        return None
    messages.success(
        request,
        f"Bewaard als klad: {_zin(meting)}." if klad else f"Ingediend: {_zin(meting)}. De coördinator kijkt het na.",
    )
    return meting


def _weg(request, meting, form):
    try:
        gooi_weg(meting=meting, door=request.user, gezien=request.POST.get("gezien", ""))
    except ValidationError as fout:
        form.add_error(None, fout)
        return False
    messages.success(request, "Het klad is weg.")
    return True


def _keur(request, form, meting, stap):
    """Approves or sends back; False when that is refused."""
    verb = keur_goed if stap == "keur" else stuur_terug
    try:
        meting = verb(
            meting=meting, door=request.user, gezien=request.POST.get("gezien", ""), reden=form.cleaned_data["reden"]
        )
    except ValidationError as fout:
        form.add_error(None, fout)
        return False
    woord = "Goedgekeurd en op de site" if stap == "keur" else "Teruggestuurd"
    messages.success(request, f"{woord}: {_zin(meting)}.")
    return True


def _zin(meting):
    """The measurement in some words: '1.234 gezinnen voor 2026'. Staff read small numbers too."""
    return f"{meting.indicator.titel}, {meting.exact} voor {meting.periode.naam}"
