"""The client's own page of one referral: yes or no per field, answer, stop, confirm. Only with the case in the session."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from loket.acties.inzage import lees_eigen
from loket.forms.verwijzing import VAN_VRAGER
from loket.models import Doorverwijzing
from loket.verwijzen import woorden as verwijswoorden
from loket.views.opvolgen import met_dossier


@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier
def verwijzing(request, pk, verwijzing, stap=None):
    """The page; a post to the address of a step does that step."""
    vraag = lees_eigen(pk=pk)
    gevonden = de_verwijzing(vraag, verwijzing)
    formulier = None
    if request.method == "POST":
        if stap not in VAN_VRAGER:
            raise Http404
        formulier = VAN_VRAGER[stap](request.POST, verwijzing=gevonden, door=None)
        if formulier.is_valid() and formulier.voer_uit():
            messages.success(request, formulier.gelukt)
            return redirect("loket:opvolgen_verwijzing", verwijzing)
        gevonden = de_verwijzing(vraag, verwijzing)
    elif stap is not None:
        return redirect("loket:opvolgen_verwijzing", verwijzing)
    return toon(request, vraag, gevonden, formulier)


def de_verwijzing(vraag, referentie):
    rijen = Doorverwijzing.objects.filter(vraag=vraag).select_related("organisatie", "dienst", "kopie__sleutel")
    gevonden = get_object_or_404(rijen, referentie=referentie.upper())
    gevonden.vraag = vraag
    gevonden.kopie.doorverwijzing = gevonden
    return gevonden


def toon(request, vraag, verwijzing, formulier):
    mogelijk = {stap: soort for stap, soort in VAN_VRAGER.items() if verwijzing.kan(stap)}
    inhoud = {
        "vraag": vraag,
        "verwijzing": verwijzing,
        "zin": verwijswoorden.zin_voor_vrager(verwijzing),
        "soort": verwijswoorden.SOORT[verwijzing.staat],
        "lus": verwijswoorden.LUS,
        "hier": verwijswoorden.HIER.get(verwijzing.staat),
        "regels": verwijzing.kopie.regels,
        "gesprek": verwijswoorden.gesprek(verwijzing, voor_vrager=True),
        "gelezen": vraag.inzages.filter(organisatie=verwijzing.organisatie_id),
        "formulieren": [
            formulier if formulier and formulier.stap == stap else soort(verwijzing=verwijzing, door=None)
            for stap, soort in mogelijk.items()
        ],
        "los": formulier if formulier and not verwijzing.kan(formulier.stap) else None,
        "form": formulier,
        "snel_weg": True,
    }
    status = 409 if formulier and formulier.non_field_errors() else 200
    return render(request, "loket/opvolgen_verwijzing.html", inhoud, status=status)
