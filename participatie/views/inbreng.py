"""Giving input: the form, and the receipt."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.inbreng import RondeGesloten, geef_inbreng
from participatie.forms.inbreng import InbrengFormulier, OrganisatieInbrengFormulier
from participatie.mag import Handeling, mag
from participatie.models import Inbreng, Mandaat, Ronde
from sociaalhuis.inzending import sleutel_klopt
from sociaalhuis.toegang import mandaat_voorbij


def formulier(request, ronde):
    """The form for who asks: in the name of an organisation, or as a citizen."""
    extra = {"ronde": ronde, "onderdeel": request.GET.get("onderdeel", "")}
    mandaten = list(Mandaat.objects.van_gebruiker(request.user))
    if mandaten:
        return OrganisatieInbrengFormulier(request.POST or None, mandaten=mandaten, **extra)
    return InbrengFormulier(request.POST or None, **extra)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def geef(request, slug):
    ronde = get_object_or_404(Ronde.objects.zichtbaar_voor(request.user).select_related("plan"), slug=slug)
    form = formulier(request, ronde)
    if request.method == "POST":
        eerder = Inbreng.objects.filter(inzending=form.inzending).first()
        if eerder:
            return redirect(eerder.bewijs_url)
        if not mag(Handeling.INBRENGEN, ronde=ronde, gebruiker=request.user):
            return gesloten(request, ronde)
        if was := sprak_voor(request):
            return mandaat_voorbij(request, was)
        if form.is_valid():
            try:
                inbreng = geef_inbreng(
                    ronde=ronde,
                    **{naam: form.cleaned_data[naam] for naam in form.fields if naam not in ("bewijs", "webadres")},
                    inzending=form.inzending,
                    teken=form.teken,
                    door=request.user if request.user.is_authenticated else None,
                )
            except RondeGesloten:
                return gesloten(request, ronde)
            return redirect(inbreng.bewijs_url)
    elif not mag(Handeling.INBRENGEN, ronde=ronde, gebruiker=request.user):
        return gesloten(request, ronde)
    return render(request, "participatie/geef.html", {"ronde": ronde, "form": form})


def sprak_voor(request):
    """The organisation that was chosen in an open tab and for which this user does not speak any more, or None.

    Without this the words of an organisation would become those of a citizen.
    """
    gekozen = request.POST.get("organisatie", "")
    if not request.user.is_authenticated or not gekozen.isdecimal() or len(gekozen) > 9:
        return None
    eigen = Mandaat.objects.filter(gebruiker=request.user, organisatie=gekozen)
    if eigen.filter(pk__in=Mandaat.objects.van_gebruiker(request.user).values("pk")).exists():
        return None
    was = eigen.select_related("organisatie").first()
    return was.organisatie if was else None


def gesloten(request, ronde):
    """The round is not open: say so, and give back what was typed."""
    tekst = request.POST.get("tekst", "")
    return render(request, "participatie/gesloten.html", {"ronde": ronde, "tekst": tekst}, status=409 if tekst else 200)


@never_cache
@require_safe
def ontvangen(request, referentie, sleutel):
    if not sleutel_klopt("inbreng", referentie, sleutel):
        raise Http404
    inbreng = get_object_or_404(
        Inbreng.objects.defer("email", "tekst").select_related("ronde", "onderdeel"), referentie=referentie
    )
    return render(request, "participatie/ontvangen.html", {"inbreng": inbreng, "ronde": inbreng.ronde})
