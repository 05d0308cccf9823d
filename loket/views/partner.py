"""The portal of a partner: what was sent to its organisation and nothing else.

Every request looks at the mandate again: an ended one opens nothing any more. What a partner reads leaves a trace.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.acties.capaciteit import rijen_van
from loket.acties.inzage import lees_gedeeld, lees_gedeelde_lijst
from loket.forms.partner import BrengForm, CapaciteitSet
from loket.forms.verwijzing import VAN_PARTNER
from loket.models import Doorverwijzing, IngetrokkenVerwijzing, Toeleiding
from loket.models.verwijzing import VOOR_PARTNER
from loket.models.vraagset import INHOUD
from loket.verwijzen import uitvoer
from loket.verwijzen import woorden as verwijswoorden
from sociaalhuis.download import download
from sociaalhuis.toegang import als_vertegenwoordiger, kies_organisatie
from sociaalhuis.verslag.rekenblad import SOORT_CSV, SOORT_XLSX, als_csv, als_xlsx

AFGELOPEN = 20


@require_safe
@als_vertegenwoordiger
def overzicht(request, organisaties):
    """What waits, what runs, what ended, who was brought to the house, and the places. Shows nothing of anybody.

    A choice for who speaks for more than one organisation.
    """
    if len(organisaties) > 1:
        return kies_organisatie(request, organisaties, "loket")
    rijen = Doorverwijzing.objects.van_partner(request.user).filter(organisatie__in=organisaties)
    rijen = rijen.select_related("organisatie", "dienst")
    lopend = list(rijen.filter(staat__in=VOOR_PARTNER))
    toeleidingen = (
        Toeleiding.objects.filter(organisatie__in=organisaties)
        .select_related("vraag")
        .defer(*(f"vraag__{veld}" for veld in INHOUD))
    )
    inhoud = {
        "hier": organisaties[0],
        "nieuw": [rij for rij in lopend if rij.staat == Doorverwijzing.Staat.VERZONDEN],
        "bezig": [rij for rij in lopend if rij.staat != Doorverwijzing.Staat.VERZONDEN],
        "afgelopen": rijen.filter(beeindigd_op__isnull=False).order_by("-beeindigd_op")[:AFGELOPEN],
        "ingetrokken": IngetrokkenVerwijzing.objects.filter(organisatie__in=organisaties)[:AFGELOPEN],
        "toeleidingen": toeleidingen[:AFGELOPEN],
        "capaciteiten": rijen_van(organisaties),
        "soorten": verwijswoorden.SOORT,
    }
    return render(request, "loket/partner/overzicht.html", inhoud)


@require_safe
@als_vertegenwoordiger
@transaction.atomic
def verwijzing(request, organisaties, referentie):
    gevonden = lees_van_partner(request, referentie)
    return toon(request, gevonden) if gevonden else toon_ingetrokken(request, organisaties, referentie)


def lees_van_partner(request, referentie):
    """The referral, with the trace of reading it; None when it is not theirs or there no longer is one."""
    try:
        return lees_gedeeld(referentie=referentie, door=request.user)
    except Doorverwijzing.DoesNotExist:
        return None


def toon_ingetrokken(request, organisaties, referentie):
    """That it was withdrawn, where the case was erased; a referral that is not theirs is not there."""
    van_ons = IngetrokkenVerwijzing.objects.filter(organisatie__in=organisaties)
    rij = get_object_or_404(van_ons, referentie=referentie.upper())
    return render(
        request, "loket/partner/ingetrokken.html", {"rij": rij}, status=200 if request.method != "POST" else 409
    )


def toon(request, verwijzing, formulier=None):
    """The copy and what can be done with it; when it no longer shares, only that it is over."""
    deelt = verwijzing.deelt()
    formulieren = []
    if deelt:
        formulieren = [
            formulier if formulier and formulier.stap == stap else soort(verwijzing=verwijzing, door=request.user)
            for stap, soort in VAN_PARTNER.items()
            if verwijzing.kan(stap)
        ]
    inhoud = {
        "verwijzing": verwijzing,
        "hier": verwijzing.organisatie,
        "deelt": deelt,
        "regels": verwijzing.kopie.regels if deelt else [],
        "gesprek": verwijswoorden.gesprek(verwijzing) if deelt else [],
        "soort": verwijswoorden.SOORT[verwijzing.staat],
        "formulieren": formulieren,
        "los": formulier if formulier and not (deelt and verwijzing.kan(formulier.stap)) else None,
        "form": formulier,
    }
    status = 409 if formulier and formulier.non_field_errors() else 200
    return render(request, "loket/partner/verwijzing.html", inhoud, status=status)


@require_POST
@als_vertegenwoordiger
@transaction.atomic
def stap(request, organisaties, referentie, stap):
    """One step of the partner. When it does not go through, the page comes back as it is now."""
    if stap not in VAN_PARTNER:
        raise Http404
    gevonden = lees_van_partner(request, referentie)
    if gevonden is None:
        return toon_ingetrokken(request, organisaties, referentie)
    formulier = VAN_PARTNER[stap](request.POST, verwijzing=gevonden, door=request.user)
    if formulier.is_valid() and formulier.voer_uit():
        messages.success(request, formulier.gelukt)
        return redirect("loket:partner_verwijzing", referentie.lower())
    return toon(request, lees_van_partner(request, referentie), formulier)


@require_POST
@als_vertegenwoordiger
@transaction.atomic
def bestand(request, organisaties, soort):
    """What was sent to this partner as xlsx or csv. A button and no link: every copy in it is a reading."""
    rijen, dag = lees_gedeelde_lijst(organisaties=organisaties, door=request.user), timezone.localdate()
    rapport = uitvoer.verslag(rijen, dag)
    if soort == "csv":
        return download(als_csv(rapport.tabellen[0]), SOORT_CSV, f"{rapport.naam}.csv")
    return download(als_xlsx(rapport), SOORT_XLSX, f"{rapport.naam}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@als_vertegenwoordiger
def capaciteit(request, organisaties):
    """Places and waiting time, for each organisation and each of its services."""
    formulieren = CapaciteitSet(request.POST or None, organisaties=organisaties, door=request.user)
    if request.method == "POST" and formulieren.is_valid():
        formulieren.bewaar()
        messages.success(request, "Bewaard. Het loket ziet dit voor het iemand naar jullie verwijst.")
        return naar_overzicht(organisaties)
    inhoud = {"formulieren": formulieren, "form": formulieren, "hier": enige(organisaties)}
    return render(request, "loket/partner/capaciteit.html", inhoud)


@require_http_methods(["GET", "HEAD", "POST"])
@als_vertegenwoordiger
def breng(request, organisaties):
    """A form with which a partner brings a client to the house, with the client's consent."""
    form = BrengForm(request.POST or None, organisaties=organisaties, door=request.user)
    if request.method == "POST" and form.is_valid():
        toeleiding = form.voer_uit()
        messages.success(request, f"Het Sociaal Huis heeft de vraag. De referentie is {toeleiding.vraag.referentie}.")
        return redirect("loket:partner_voor", toeleiding.organisatie.code)
    return render(request, "loket/partner/breng.html", {"form": form, "hier": enige(organisaties)})


def enige(organisaties):
    """The organisation that a page is about, None when it is about more."""
    return organisaties[0] if len(organisaties) == 1 else None


def naar_overzicht(organisaties):
    hier = enige(organisaties)
    return redirect("loket:partner_voor", hier.code) if hier else redirect("loket:partner")
