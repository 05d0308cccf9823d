"""The register of unmet needs, and the signals that go from it to the plan."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket.acties import nood as acties
from loket.cijfers.feiten import telbaar_voor
from loket.cijfers.periode import Periode
from loket.forms.cijfers import PeriodeForm
from loket.forms.nood import NoodForm, ReactieForm, SignaalForm
from loket.models import Nood, Signaal
from loket.models.nood import AAN_HET_LOKET, LEZERS
from loket.noden import register
from loket.noden.bronnen import BRONNEN, vaak_gezocht
from loket.views.cijfers import bereik_van
from plan.models import Onderdeel, Plan
from sociaalhuis.download import download
from sociaalhuis.rollen import COORDINATOR, TOEZICHTHOUDER, heeft_rol
from sociaalhuis.toegang import alleen_rol
from sociaalhuis.verslag.rekenblad import SOORT_XLSX, als_xlsx

TE_WEINIG = "Dit is in deze periode minder dan 5 keer geteld. Kies een langere periode."
BESTAAT_AL = "Dit signaal ligt al bij dit deel van het plan. Kies een ander deel."
mag_lezen = alleen_rol(*LEZERS)
mag_tellen = alleen_rol(*AAN_HET_LOKET, COORDINATOR, TOEZICHTHOUDER)
LAATSTE_NOTITIES = 10


@require_safe
@never_cache
@mag_tellen
def noden(request):
    form = PeriodeForm.van(request.GET, telbaar_voor(request.user))
    getoond, rest = register.regels(telbaar_voor(request.user), form.gekozen)
    return render(
        request,
        "loket/noden.html",
        {
            "form": form,
            "regels": getoond,
            "rest": rest,
            "bronnen": BRONNEN,
            "gezocht": vaak_gezocht(*form.gekozen.grenzen()),
            "bereik": bereik_van(request.user),
            "mag_noteren": heeft_rol(request.user, *AAN_HET_LOKET),
            "notities": Nood.objects.select_related("thema", "doelgroep", "gebied")[:LAATSTE_NOTITIES],
        },
    )


@require_safe
@never_cache
@mag_tellen
def xlsx(request):
    vragen = telbaar_voor(request.user)
    periode = PeriodeForm.van(request.GET, vragen).gekozen
    rapport = register.als_verslag(*register.regels(vragen, periode), periode, bereik_van(request.user))
    return download(als_xlsx(rapport), SOORT_XLSX, f"{rapport.naam}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@alleen_rol(*AAN_HET_LOKET)
def noteer(request):
    form = NoodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acties.noteer_nood(**form.cleaned_data, door=request.user)
        messages.success(request, "Bewaard. Het telt mee in het register.")
        return redirect("loket:noden")
    return render(request, "loket/nood_noteren.html", {"form": form})


@require_safe
@never_cache
@mag_lezen
def signalen(request):
    gevonden = Signaal.objects.zichtbaar_voor(request.user).select_related(
        "onderdeel__plan", "onderdeel__ouder", "thema", "doelgroep", "gebied", "reactie_door"
    )
    return render(request, "loket/signalen.html", {"signalen": gevonden[:200]})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@alleen_rol(*AAN_HET_LOKET, COORDINATOR)
def nieuw(request):
    """A signal of one line of the register, which the address names: theme, group, area and period."""
    sleutel, periode = _lijn(request.GET)
    vragen = telbaar_voor(request.user)
    regel = next((r for r in register.regels(vragen, periode)[0] if r.sleutel == sleutel and r.telt), None)
    if regel is None:
        raise Http404
    form = SignaalForm(request.POST or None, delen=_delen())
    if request.method == "POST" and form.is_valid():
        try:
            signaal = acties.maak_signaal(sleutel=sleutel, periode=periode, door=request.user, **form.cleaned_data)
        except acties.TeWeinig:
            form.add_error(None, TE_WEINIG)
        except acties.BestaatAl:
            form.add_error("onderdeel", BESTAAT_AL)
        else:
            messages.success(request, "Het signaal ligt nu bij het plan.")
            return redirect(signaal)
    return render(request, "loket/signaal_nieuw.html", {"form": form, "regel": regel, "periode": periode})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag_lezen
def signaal(request, pk):
    """One signal; a coordinator answers it here."""
    gevonden = get_object_or_404(
        Signaal.objects.zichtbaar_voor(request.user).select_related("onderdeel__plan", "onderdeel__ouder", "door"),
        pk=pk,
    )
    mag_reageren = heeft_rol(request.user, COORDINATOR)
    begin = {"reactie": gevonden.reactie, "openbaar": gevonden.openbaar} if gevonden.reactie else None
    form = ReactieForm(request.POST or None, initial=begin) if mag_reageren else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            acties.reageer(signaal=gevonden, door=request.user, **form.cleaned_data)
            messages.success(request, "Je antwoord is bewaard.")
            return redirect(gevonden)
    return render(request, "loket/signaal.html", {"signaal": gevonden, "form": form})


def _lijn(vraag):
    """The line of the register that the address names. Raises Http404 for nonsense."""
    try:
        periode = Periode.van_code(vraag.get("periode", ""))
        sleutel = tuple(int(vraag[naam]) if vraag.get(naam) else None for naam in ("thema", "doelgroep", "gebied"))
    except ValueError as fout:
        raise Http404 from fout
    if any(pk is not None and not 0 < pk < 2**31 for pk in sleutel) or periode.van > timezone.localdate():
        raise Http404
    return sleutel, periode


def _delen():
    """The parts of the plan that counts now, in their order."""
    return Onderdeel.objects.filter(plan=Plan.objects.huidig()).in_volgorde()
