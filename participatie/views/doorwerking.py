"""Naming what an answer changes in the plan: choose from the real differences, or announce what is to come."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participatie.acties import doorwerking as acties
from participatie.forms.doorwerking import AankondigFormulier, VersieFormulier
from participatie.models import Doorwerking
from participatie.models.antwoord import ZONDER_WIJZIGING
from participatie.rechten import RONDEWERKERS
from participatie.views.antwoorden import inbreng_of_404
from participatie.views.beheer import probeer, toon
from plan.models import Onderdeel
from sociaalhuis.toegang import alleen_rol
from sociaalhuis.woordverschil import woorden


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def doorwerking(request, pk):
    """The changes of one answer. A POST adds those that were ticked, announces one, or takes one back."""
    inbreng = inbreng_of_404(request, pk)
    antwoord = getattr(inbreng, "antwoord", None)
    if antwoord is None:
        messages.error(request, "Schrijf eerst het antwoord. Daarna noem je wat het verandert.")
        return redirect("participatie:beheer_antwoord", pk)
    ronde = inbreng.ronde
    keuze = VersieFormulier(request.GET, versies=acties.versies_vanaf(ronde))
    gevonden = acties.te_kiezen(ronde, keuze.versie("van"), keuze.versie("naar"))
    data = request.POST if "kondig_aan" in request.POST else None
    form = AankondigFormulier(data, plan=ronde.plan, inbreng=inbreng)
    if request.method == "POST" and doe(request, antwoord, gevonden, form):
        return redirect(request.get_full_path())
    rijen = list(antwoord.doorwerkingen.select_related("versie").defer("versie__tekst"))
    return toon(
        request,
        "doorwerking",
        inbreng=inbreng,
        antwoord=antwoord,
        kan=antwoord.besluit not in ZONDER_WIJZIGING,
        rijen=rijen,
        keuze=keuze,
        form=form,
        groepen=per_deel(gevonden, inbreng, rijen),
    )


def doe(request, antwoord, gevonden, form):
    """What the button asked; False when the page comes back with the reason."""
    if "neem_terug" in request.POST:
        pk = request.POST["neem_terug"]
        rij = get_object_or_404(Doorwerking, antwoord=antwoord, pk=int(pk) if pk.isdecimal() and len(pk) < 10 else 0)
        probeer(request, "Deze wijziging hoort niet meer bij dit antwoord.", acties.neem_terug, doorwerking=rij)
        return True
    if "kondig_aan" in request.POST:
        if not form.is_valid():
            return False
        velden = form.als_velden(lambda rij: acties.bedrag_nu(antwoord.inbreng.ronde.plan, rij))
        return probeer(
            request, "De wijziging is aangekondigd.", acties.leg_vast, antwoord=antwoord, aangekondigd=velden
        )
    gekozen = [wijziging for wijziging in gevonden if wijziging.sleutel in request.POST.getlist("wijziging")]
    if not gekozen:
        messages.error(request, "Vink minstens één wijziging aan.")
        return False
    return probeer(
        request, "De wijzigingen horen nu bij dit antwoord.", acties.leg_vast, antwoord=antwoord, gekozen=gekozen
    )


def per_deel(gevonden, inbreng, rijen):
    """[(name of the part, whether the input is about it, [(change, its words as pieces)])], the part of the input first."""
    gekozen = {(rij.soort, rij.onderdeel, rij.veld, rij.alinea, rij.bestuur, rij.jaar) for rij in rijen}
    groepen = {}
    for wijziging in gevonden:
        velden = wijziging.velden
        eigen = tuple(velden.get(naam, "") for naam in ("soort", "onderdeel", "veld", "alinea", "bestuur"))
        if (*eigen, velden.get("jaar")) not in gekozen:
            naam = f"{velden['code']} {velden['titel']}".strip() or "De teksten van het plan"
            groepen.setdefault((naam, velden["onderdeel"]), []).append(
                (wijziging, woorden(velden.get("oud", ""), velden.get("nieuw", "")))
            )
    onder = set()
    if inbreng.onderdeel_id:
        onder = {*Onderdeel.objects.onder(inbreng.onderdeel).values_list("pk", flat=True), inbreng.onderdeel.ouder_id}
    lijst = [(naam, sleutel in onder, paren) for (naam, sleutel), paren in groepen.items()]
    return sorted(lijst, key=lambda groep: not groep[1])
