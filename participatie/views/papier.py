"""A round on paper: the sheet to print, with a short code per question, or per part and paragraph."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from participatie import kortcode, rondetekst
from participatie.mag import Handeling
from participatie.models import Formulier
from participatie.views.tekst import ronde_voor
from participatie.vraagpapier import op_papier
from plan.models import Alinea
from sociaalhuis import versie
from sociaalhuis.context import het_huis
from sociaalhuis.download import download
from sociaalhuis.templatetags.huis import datum, moment
from sociaalhuis.verslag.model import Deel, Kolom, Tabel, Verslag
from sociaalhuis.verslag.pdf import SOORT_PDF, als_pdf

LIJNEN = range(14)  # to write on


def inhoud(ronde, code):
    """(parts to choose from as (code, title), the text of one guarantee with codes or [])."""
    tekst = rondetekst.lees(ronde)
    delen = rondetekst.delen(tekst, code) if code else []
    if code and not delen:
        raise Http404
    nummers = dict(Alinea.objects.filter(plan=ronde.plan_id).values_list("sleutel", "pk")) if delen else {}
    for deel in delen:
        for stuk in deel.alineas:
            stuk.kortcode = f"A{nummers[stuk.sleutel]}" if stuk.sleutel in nummers and not stuk.is_kop else ""
    keuze = [rij for rij in rondetekst.hoofdstukken(tekst) if rij[0] != rondetekst.PLANTEKST]
    return [(code_, titel) for code_, titel, _ in keuze], delen


def bladen(ronde):
    """The sheets of a round as {name in the address: (title, version of the questions or None)}; what is asked now first."""
    uit = {}
    for fase in ronde.met_vragen:
        if (formulier := Formulier.objects.huidig(ronde, fase.soort)) and formulier.vragen.all():
            uit[fase.soort] = (formulier.get_fase_display(), formulier)
    if Handeling.INBRENGEN not in ronde.zonder:
        uit["vrij"] = ("Zelf iets schrijven", None)
    if (nu := ronde.soort_fase()) in uit:
        uit = {nu: uit[nu]} | uit
    return uit or {"vrij": ("Zelf iets schrijven", None)}


@require_safe
def papier(request, slug):
    """One sheet as a page that prints on A4: large letters, room to write, where to hand it in."""
    ronde = ronde_voor(request, slug)
    keuze_blad = bladen(ronde)
    code = request.GET.get("deel", "")[:40].replace("\x00", "")
    blad = request.GET.get("blad", "vrij" if code else next(iter(keuze_blad)))
    if blad not in keuze_blad:
        raise Http404
    formulier = keuze_blad[blad][1]
    inhoud_ = {"ronde": ronde, "blad": blad, "bladen": [(naam, titel) for naam, (titel, _) in keuze_blad.items()]}
    if formulier:
        vragen = {"formulier": formulier, "vragen": op_papier(formulier), "bladcode": kortcode.van_blad(formulier)}
        return render(request, "participatie/papier_vragen.html", inhoud_ | vragen)
    keuze, delen = inhoud(ronde, code)
    return render(
        request,
        "participatie/papier.html",
        inhoud_ | {"keuze": keuze, "delen": delen, "code": code, "lijnen": LIJNEN},
    )


@require_safe
def pdf(request, slug):
    """The codes as a list to lay next to the form: every guarantee and action, as PDF/UA."""
    ronde = ronde_voor(request, slug)
    huis = het_huis(versie.van(request))
    rijen, _ = rondetekst.inhoud(ronde)
    codes = [(rij["code"], rij["titel"]) for rij in rijen if rij["soort"] in ("garantie", "actie")]
    adres = settings.SITE_URL + reverse("participatie:ronde", args=[ronde.slug])
    verslag = Verslag(
        titel=ronde.titel,
        naam=f"formulier-{ronde.slug}",
        ondertitel=ronde.vraag,
        kenmerken=[
            ("Meedoen kan tot", moment(ronde.sluit_op)),
            ("Ons antwoord komt er ten laatste op", datum(ronde.antwoord_tegen)),
            ("Afgeven", ", ".join(filter(None, (huis.naam, huis.adres)))),
            ("Bellen", huis.telefoon),
            ("Online", adres),
        ],
        delen=[
            Deel(
                "Schrijf de code van wat je bedoelt op je formulier",
                ["Gaat het over iets anders, of over alles? Laat de code dan leeg."],
                [Tabel("Codes", [Kolom("Code"), Kolom("Waarover")], codes, leeg="Het plan heeft nog geen delen.")],
            )
        ],
    )
    return download(als_pdf(verslag, huis=huis.naam, op=timezone.now()), SOORT_PDF, f"{verslag.naam}.pdf")
