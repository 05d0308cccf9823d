"""Advisory councils and their advice: for everyone, and in the corner of the council itself."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties import advies as verbs
from participatie.forms.advies import AdviesFormulier, BeginAdviesFormulier, VaststelFormulier
from participatie.models import Advies, Adviesraad, Raadslid
from participatie.staat import MagNiet
from participatie.views.hoekje import toon, voor_organisatie

# --- for everyone -----------------------------------------------------------------------------------


def raden():
    """Public councils with who sits in them now as `leden_nu` (names are not read) ."""
    leden = Raadslid.objects.op().defer("naam")
    return Adviesraad.objects.openbaar().select_related("organisatie", "opgericht_door").prefetch_related(
        Prefetch("leden", queryset=leden, to_attr="leden_nu")
    )  # fmt: skip


@require_safe
def lijst(request):
    inhoud = {"raden": raden(), "adviezen": Advies.objects.openbaar().voor_lijst().order_by("-verzonden_op")[:50]}
    return render(request, "participatie/adviesraden.html", inhoud)


@require_safe
def raad(request, code):
    """One council: who founded it, who holds an office, how it is made up in numbers, and its advice."""
    raad = get_object_or_404(raden(), organisatie__code=code)
    ambten = list(Raadslid.objects.op().in_ambt().filter(adviesraad=raad).select_related("dossiersleutel"))
    volgorde = Raadslid.Functie.values
    return render(
        request,
        "participatie/adviesraad.html",
        {
            "raad": raad,
            "samenstelling": raad.samenstelling(),
            "plaatsvervangers": sum(lid.soort == Raadslid.Soort.PLAATSVERVANGER for lid in raad.leden_nu),
            "zonder_stem": sum(lid.mandataris for lid in raad.leden_nu),
            "ambten": sorted(ambten, key=lambda lid: volgorde.index(lid.functie)),
            "adviezen": Advies.objects.openbaar().filter(adviesraad=raad).voor_lijst().order_by("-verzonden_op"),
        },
    )


def _openbaar(referentie):
    rijen = Advies.objects.openbaar().select_related(
        "adviesraad__organisatie", "plan", "ronde", "gevraagd_door", "besluit__plan"
    )
    return get_object_or_404(rijen, referentie=referentie)


@require_safe
def advies(request, referentie):
    return render(request, "participatie/advies.html", {"advies": _openbaar(referentie)})


@require_safe
def bestand(request, referentie):
    """The paper that the council added, as a download, never shown inside the site."""
    rij = _openbaar(referentie)
    if not rij.bestand:
        raise Http404
    antwoord = FileResponse(rij.bestand.open("rb"), as_attachment=True, filename=f"advies-{rij.referentie}.pdf")
    antwoord["Content-Type"] = "application/pdf"
    antwoord["X-Content-Type-Options"] = "nosniff"
    return antwoord


# --- in the corner of the council ---------------------------------------------------------------------


def _raad_van(hoek):
    return get_object_or_404(Adviesraad.objects.select_related("organisatie"), organisatie=hoek.organisatie)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_organisatie
def mijn_adviezen(request, hoek):
    """What is asked of the council, what it writes and what it gave; and beginning one on its own initiative."""
    raad = _raad_van(hoek)
    form = BeginAdviesFormulier(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rij = verbs.begin_advies(adviesraad=raad, **form.gegevens, inzending=form.inzending, door=request.user)
        return redirect("participatie:mijn_advies", hoek.organisatie.code, rij.pk)
    rijen = Advies.objects.zichtbaar_voor(request.user).filter(adviesraad=raad).voor_lijst().order_by("-begonnen_op")
    status = 422 if form.errors else 200
    stand = raad.samenstelling()
    return toon(
        request, "adviezen", hoek, "adviezen", status, raad=raad, adviezen=rijen, form=form, samenstelling=stand
    )


@require_http_methods(["GET", "HEAD", "POST"])
@voor_organisatie
def mijn_advies(request, hoek, pk):
    """One advice of the council: write, adopt, send. When a colleague was faster, both texts are shown."""
    rijen = Advies.objects.zichtbaar_voor(request.user).filter(adviesraad__organisatie=hoek.organisatie)
    rij = get_object_or_404(rijen.select_related("adviesraad__organisatie", "plan", "ronde", "gevraagd_door"), pk=pk)
    doe = {"Bewaar": "schrijf", "Stel het advies vast": "stel_vast"}.get(
        request.POST.get("doe"), request.POST.get("doe")
    )
    begin = {naam: getattr(rij, naam) for naam in ("versie", "titel", "tekst", "uitslag", "minderheid")}
    form = AdviesFormulier(*((request.POST, request.FILES) if doe == "schrijf" else ()), initial=begin)
    stem = VaststelFormulier(request.POST if doe == "stel_vast" else None, initial={"versie": rij.versie})
    gestuurd = {"schrijf": form, "stel_vast": stem}.get(doe)
    ondertussen = None
    if gestuurd is not None and gestuurd.is_valid():
        verb = {"schrijf": verbs.schrijf_advies, "stel_vast": verbs.stel_vast}[doe]
        try:
            verb(advies=rij, door=request.user, **gestuurd.cleaned_data)
            messages.success(request, "Bewaard." if doe == "schrijf" else "Het advies is vastgesteld. Verzend het nu.")
            return redirect("participatie:mijn_advies", hoek.organisatie.code, pk)
        except verbs.Ondertussen as fout:
            ondertussen = rijen.get(pk=pk)
            gestuurd.data = {**gestuurd.data.dict(), "versie": ondertussen.versie}
            gestuurd.add_error(None, str(fout))
        except MagNiet as fout:
            gestuurd.add_error(None, str(fout))
    elif doe == "verzend":
        try:
            verbs.verzend_advies(advies=rij, door=request.user)
            messages.success(request, "Het advies is verzonden en staat op de website.")
        except MagNiet as fout:
            messages.error(request, str(fout))
        return redirect("participatie:mijn_advies", hoek.organisatie.code, pk)
    status = 422 if gestuurd is not None else 200
    return toon(request, "advies", hoek, "advies", status, advies=rij, form=form, stem=stem, ondertussen=ondertussen)
