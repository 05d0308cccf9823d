"""Giving input: the form, and the receipt."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie import rondetekst
from participatie.acties.inbreng import RondeGesloten, geef_inbreng, is_te_laat, met_code
from participatie.forms.inbreng import InbrengFormulier, OrganisatieInbrengFormulier
from participatie.mag import Handeling, mag
from participatie.models import Inbreng, Mandaat, Ronde
from participatie.staat import MagNiet
from sociaalhuis.inzending import sleutel_klopt
from sociaalhuis.toegang import mandaat_voorbij


def formulier(request, ronde):
    """The form for who asks: in the name of an organisation, or as a citizen; about a paragraph when one is named."""
    extra = {"ronde": ronde, "onderdeel": request.GET.get("onderdeel", "")}
    if request.method != "POST" and (sleutel := request.GET.get("alinea", "")[:8].replace("\x00", "")):
        extra["gekozen"] = rondetekst.kies(ronde, sleutel)
    mandaten = list(Mandaat.objects.van_gebruiker(request.user))
    if mandaten:
        return OrganisatieInbrengFormulier(request.POST or None, mandaten=mandaten, **extra)
    return InbrengFormulier(request.POST or None, **extra)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def geef(request, slug):
    ronde = get_object_or_404(Ronde.objects.zichtbaar_voor(request.user).select_related("plan"), slug=slug)
    form = formulier(request, ronde)
    mag_inbrengen = mag(Handeling.INBRENGEN, ronde=ronde, gebruiker=request.user)
    if request.method != "POST":
        if not mag_inbrengen:
            return gesloten(request, ronde)
        return render(request, "participatie/geef.html", {"ronde": ronde, "form": form})
    if eerder := Inbreng.objects.filter(inzending=form.inzending).select_related("ronde").first():
        return bewijs(request, met_code(eerder))
    te_laat = request.POST.get("te_laat") == "ja"
    if not (mag_inbrengen or te_laat):
        return gesloten(request, ronde, form)
    if was := sprak_voor(request):
        return mandaat_voorbij(request, was)
    if form.is_valid():
        try:
            inbreng = geef_inbreng(
                ronde=ronde,
                **form.inhoud,
                te_laat=te_laat,
                inzending=form.inzending,
                teken=form.teken,
                door=request.user if request.user.is_authenticated else None,
            )
        except RondeGesloten:
            return gesloten(request, ronde, form)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            return bewijs(request, inbreng)
    return render(request, "participatie/geef.html", {"ronde": ronde, "form": form, "te_laat": not mag_inbrengen})


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


def bewijs(request, inbreng):
    """The receipt. Only here a citizen sees the code, so nothing leads to it again; others go to their page."""
    if not inbreng.code:
        return redirect(inbreng.bewijs_url)
    return render(request, "participatie/ontvangen.html", {"inbreng": inbreng, "ronde": inbreng.ronde})


def gesloten(request, ronde, form=None):
    """The round is not open: say so, and give back what was typed, which can be kept as an input that came too late."""
    tekst = "\n\n".join(filter(None, (request.POST.get(naam, "") for naam in ("tekst", "voorstel"))))
    mag_te_laat = bool(form) and is_te_laat(ronde) and form.is_valid()
    inhoud = {"ronde": ronde, "tekst": tekst, "form": form, "mag_te_laat": mag_te_laat}
    return render(request, "participatie/gesloten.html", inhoud, status=409 if tekst else 200)


@never_cache
@require_safe
def ontvangen(request, referentie, sleutel):
    if not sleutel_klopt("inbreng", referentie, sleutel):
        raise Http404
    inbreng = get_object_or_404(
        Inbreng.objects.defer("email", "tekst").select_related("ronde", "onderdeel"), referentie=referentie
    )
    return render(request, "participatie/ontvangen.html", {"inbreng": inbreng, "ronde": inbreng.ronde})
