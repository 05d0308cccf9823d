"""The desk types in what came on paper, by phone, at the counter or in a group."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties import melding as melding_acties
from participatie.acties.namens import noteer_gesprek, voer_in
from participatie.forms.beheer import RedenFormulier
from participatie.forms.namens import GesprekFormulier, InvoerFormulier
from participatie.models import Formuliervraag, Groepsgesprek, Melding, Ronde
from participatie.rechten import INVOERDERS, RONDEWERKERS
from participatie.staat import MagNiet
from participatie.views.beheer import blad, probeer, toon
from sociaalhuis.toegang import alleen_rol


@never_cache
@require_safe
@alleen_rol(*INVOERDERS)
def invoer_start(request):
    """Which rounds one can type in for."""
    vragen = Formuliervraag.objects.filter(formulier__ronde=OuterRef("pk"), formulier__in_gebruik_op__isnull=False)
    alle = Ronde.objects.openbaar().annotate(heeft_vragen=Exists(vragen)).order_by("-sluit_op")
    rondes = [ronde for ronde in alle if not ronde.antwoorden_zichtbaar]
    return toon(request, "invoer_start", "invoeren", rondes=rondes)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*INVOERDERS)
def invoeren(request, slug):
    """One input after another. What was kept is told above the empty form, with the receipt code to give along."""
    ronde = get_object_or_404(Ronde.objects.openbaar().select_related("plan"), slug=slug)
    form = InvoerFormulier(request.POST or None, ronde=ronde, door=request.user)
    bewaard = None
    if request.method == "POST" and form.is_valid():
        try:
            bewaard = voer_in(ronde=ronde, door=request.user, inzending=form.inzending, **form.inhoud)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            form = InvoerFormulier(ronde=ronde, door=request.user, initial=form.blijft)
    return toon(request, "invoeren", "invoeren", ronde=ronde, form=form, bewaard=bewaard)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*INVOERDERS)
def gesprek(request, slug):
    """A conversation with a group: when, where, how many, and its points."""
    ronde = get_object_or_404(Ronde.objects.openbaar().select_related("plan"), slug=slug)
    form = GesprekFormulier(request.POST or None, ronde=ronde, door=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            noteer_gesprek(ronde=ronde, door=request.user, **form.inhoud)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            aantal = len(form.cleaned_data["punten"])
            messages.success(request, f"Het gesprek is bewaard, met {aantal} {'punt' if aantal == 1 else 'punten'}.")
            return redirect("participatie:beheer_gesprek", slug)
    pagina = blad(
        request,
        Groepsgesprek.objects.filter(ronde=ronde).annotate(punten_aantal=Count("inbrengen")).order_by("-datum", "-pk"),
    )
    return toon(request, "gesprek", "invoeren", ronde=ronde, form=form, pagina=pagina)


# --- reports ------------------------------------------------------------------------------------


@never_cache
@require_safe
@alleen_rol(*RONDEWERKERS)
def meldingen(request):
    """What was reported: what waits for a decision, or with ?toon=beslist what was decided, newest first."""
    rijen = Melding.objects.zichtbaar_voor(request.user).select_related("inbreng__ronde", "inbreng__organisatie")
    rijen, beslist = rijen.defer("inbreng__email"), request.GET.get("toon") == "beslist"
    rijen = rijen.exclude(besluit=Melding.Besluit.OPEN).order_by("-besloten_op", "-pk") if beslist else rijen.open()
    return toon(request, "meldingen", "meldingen", pagina=blad(request, rijen), beslist=beslist)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def melding(request, pk):
    """One report: just, so the input is hidden, or not; either with a reason."""
    rijen = Melding.objects.zichtbaar_voor(request.user).defer("inbreng__email")
    melding = get_object_or_404(
        rijen.select_related(
            "inbreng__ronde", "inbreng__organisatie", "inbreng__onderdeel__plan", "inbreng__alinea", "besloten_door"
        ),
        pk=pk,
    )
    doe = request.POST.get("doe")
    form = RedenFormulier(
        request.POST if doe in ("terecht", "onterecht") else None,
        label="Waarom?",
        uitleg="Vind je de melding terecht, dan leest iedereen deze reden op de plaats van de inbreng.",
    )
    if doe and form.is_valid():
        probeer(
            request,
            "Je beslissing is bewaard.",
            melding_acties.beslis,
            melding=melding,
            gegrond=doe == "terecht",
            reden=form.cleaned_data["reden"],
        )
        return redirect("participatie:beheer_meldingen")
    return toon(request, "melding", "meldingen", melding=melding, inbreng=melding.inbreng, form=form)
