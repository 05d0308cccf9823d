"""Freezing a plan: the one place where a `Versie` is made."""

from collections import Counter
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plan import momentopname
from plan.acties.volgen import zet_waarom
from plan.boom import boom, gewichten_die_niet_kloppen
from plan.models import Besluit, Mjplijn, Onderdeel, Plan, Projectaanvraag, Raming, Versie, Wijzigingsreden
from plan.models.versie import als_tekst, vingerafdruk
from sociaalhuis.templatetags.huis import euro, getal

Soort = Onderdeel.Soort
CENT = Decimal("0.01")


def ontbrekende_teksten(plan):
    """A plan has a mission and a guarantee, a guarantee its promise, an action says what is done."""
    fouten = [] if plan.missie.strip() else ["Het plan heeft nog geen missie."]
    delen = plan.onderdelen.in_volgorde().values_list(
        "soort", "code", "titel", "korte_omschrijving", "lange_omschrijving"
    )
    soorten = set()
    for soort, code, titel, kort, lang in delen:
        soorten.add(soort)
        if soort == Soort.GARANTIE and not kort.strip():
            fouten.append(f"{code} {titel}: schrijf de belofte van deze garantie.")
        if soort == Soort.ACTIE and not (kort.strip() or lang.strip()):
            fouten.append(f"{code} {titel}: schrijf wat er in deze actie gebeurt.")
    return fouten if Soort.GARANTIE in soorten else [*fouten, "Het plan heeft nog geen garanties."]


def gewichten(plan):
    """Weights below one parent are 100 together."""
    delen = plan.onderdelen.defer("lange_omschrijving", "commentaar", "evaluatie").in_volgorde()
    return [
        f"{deel or 'Bovenaan in het plan'}: de gewichten zijn samen {getal(som, 2)} %, maar moeten samen 100 % zijn."
        if som != 100
        else f"{deel or 'Bovenaan in het plan'}: niet elk deel heeft een gewicht. Geef ze allemaal een, of geen enkel."
        for deel, som in gewichten_die_niet_kloppen(boom(delen))
    ]


def geld(plan):
    """A granted request has amounts, and what was taken up is no more than the multi-year plan holds for its code."""
    toegekend = Projectaanvraag.objects.filter(plan=plan).toegekend()
    fouten = [
        f"Projectaanvraag {aanvraag}: goedgekeurd, maar zonder bedragen."
        for aanvraag in toegekend.filter(ramingen__isnull=True).order_by("code")
    ]
    lijnen = Mjplijn.objects.van_nu(plan).filter(bbc_code__isnull=False)
    voorzien = Counter()
    for rij in lijnen.values_list("bbc_code_id", "jaar", "richting", "bedrag"):
        voorzien[rij[:3]] += rij[3]
    codes = {code for code, _, _ in voorzien}
    geraamd = Counter()
    ramingen = Raming.objects.van_plan(plan).filter(
        projectaanvraag__staat=Projectaanvraag.Staat.OPGENOMEN, bbc_code__in=codes
    )
    namen = {}
    for code, naam, jaar, richting, bedrag in ramingen.values_list(
        "bbc_code_id", "bbc_code__code", "jaar", "richting", "bedrag"
    ):
        geraamd[code, jaar, richting] += bedrag
        namen[code] = naam
    fouten += [
        f"BBC-code {namen[sleutel[0]]} in {sleutel[1]}: de aanvragen ramen {euro(som)} {Raming.Richting(sleutel[2]).label.lower()},"
        f" maar het meerjarenplan voorziet {euro(voorzien[sleutel])}."
        for sleutel, som in sorted(geraamd.items())
        if som - voorzien[sleutel] >= CENT
    ]
    return fouten


CONTROLES = (ontbrekende_teksten, gewichten, geld)


def wat_niet_klopt(plan):
    """List of Dutch sentences, one per thing that does not hold together; empty when the plan can be frozen."""
    return [fout for controle in CONTROLES for fout in controle(plan)]


@transaction.atomic
def bevries(*, plan, door, stap="", besluit=None, naam="", op=None):
    """Freezes the whole plan as its next version and returns that `Versie`.

    `stap` is the formal step (one of `Besluit.Stap`, or "" for a version in between), `op` an aware moment (now).
    Freezing twice for the same decision, or the same content twice without a decision, gives the version that is there.
    A version of the step "bekendmaking" closes the open reasons: they then belong to it for good.
    Raises PermissionDenied for who may not publish, ValidationError with every thing that does not hold together.
    """
    if not door.has_perm("plan.publiceer_plan"):
        raise PermissionDenied
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if besluit and besluit.plan_id != plan.pk:
        raise ValidationError("Dit besluit gaat over een ander plan.")
    if besluit and (al_bevroren := besluit.versies.first()):
        return al_bevroren
    momentopname.houd_stil()
    if fouten := wat_niet_klopt(plan):
        raise ValidationError(fouten)
    tekst = als_tekst(momentopname.neem(plan))
    laatste = plan.versies.order_by("-nummer").defer("tekst").first()
    zelfde = laatste and (laatste.vingerafdruk, laatste.stap) == (vingerafdruk(tekst), stap)
    if zelfde and not besluit and not laatste.besluit_id:
        return laatste
    nummer = (plan.versies.aggregate(hoogste=Max("nummer"))["hoogste"] or 0) + 1
    versie = Versie.objects.create(
        plan=plan,
        nummer=nummer,
        naam=naam.strip() or (besluit.titel[:120] if besluit else "") or naam_van(stap),
        stap=stap,
        besluit=besluit,
        op=op or timezone.now(),
        door=door,
        tekst=tekst,
        vingerafdruk=vingerafdruk(tekst),
    )
    if stap == Besluit.Stap.BEKENDMAKING:
        Wijzigingsreden.objects.filter(plan=plan, versie__isnull=True).update(versie=versie)
    return versie


def naam_van(stap):
    return Besluit.Stap(stap).label if stap else "Tussentijdse versie"


@transaction.atomic
def zet_reden(*, plan, onderdeel, code, door, voor_raad="", voor_burger=""):
    """Writes why a part changed (key and code, None and "" for the texts of the plan); both texts empty takes it away.

    Returns the open `Wijzigingsreden` or None. Raises PermissionDenied for who may not edit the plan.
    """
    if not door.has_perm("plan.change_plan"):
        raise PermissionDenied
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    zet_waarom(plan, onderdeel, voor_burger.strip()[:300])
    open_ = Wijzigingsreden.objects.filter(plan=plan, onderdeel=onderdeel, versie__isnull=True)
    if not voor_raad.strip() and not voor_burger.strip():
        open_.delete()
        return None
    reden = open_.first() or Wijzigingsreden(plan=plan, onderdeel=onderdeel)
    reden.code, reden.voor_raad, reden.voor_burger = code, voor_raad.strip(), voor_burger.strip()
    reden.full_clean()
    reden.save()
    return reden
