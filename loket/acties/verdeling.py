"""Where a new question goes, and the order of the rules that say so."""

from django.db import transaction

from loket.models.verdeling import Bestemming, Binnenkomst, Verdeelregel, kale_tekst
from sociaalhuis.models import Gebied, Team
from sociaalhuis.versie import bij_versie


class GeenTeam(Exception):
    """This house has no team yet that could answer."""


@bij_versie
def actieve_regels(nummer):
    """The rules in their order, kept under the version of everything public (0 = not kept)."""
    return Verdeelregel.objects.filter(actief=True).op_volgorde()


def bestemming(*, thema=None, doelgroep=None, gebied=None, dienst=None, kanaal="web", tekst="", nummer=0) -> Bestemming:
    """The team and the urgency of a new question; see `loket.models.verdeling`. Raises GeenTeam.

    `nummer` is the version of everything public under which the rules are kept (0 = read them).
    """
    regels = actieve_regels(nummer)
    per_gebied = gebied and any(regel.gebied_id for regel in regels)
    gebieden = gebied_en_ouders(gebied.pk, ouders_van(nummer)) if per_gebied else ()
    return eerste_die_past(
        regels,
        Binnenkomst(
            thema_id=thema and thema.pk,
            doelgroep_id=doelgroep and doelgroep.pk,
            gebieden=gebieden,
            dienst_id=dienst and dienst.pk,
            team_van_dienst=dienst and dienst.team,
            kanaal=kanaal,
            tekst=tekst,
        ),
    )


def eerste_die_past(regels, binnen: Binnenkomst) -> Bestemming:
    """Where these rules, in their order, send this question. Raises GeenTeam."""
    kaal = kale_tekst(binnen.tekst)
    for regel in regels:
        if regel.is_rest:
            if binnen.team_van_dienst:
                break
            return Bestemming(regel.team, regel.prioriteit, regel)
        if regel.past(binnen, kaal):
            return Bestemming(regel.team or binnen.team_van_dienst, regel.prioriteit, regel)
    team = binnen.team_van_dienst or Team.objects.select_related("bestuur").order_by("-bestuur__code", "pk").first()
    if team is None:
        raise GeenTeam
    return Bestemming(team)


@bij_versie
def ouders_van(nummer):
    """The area in which each area lies, by pk, kept under the version of everything public (0 = not kept)."""
    return dict(Gebied.objects.values_list("pk", "ouder_id"))


def gebied_en_ouders(pk, ouders) -> tuple:
    """The pks of an area and of the areas it lies in."""
    lijn = []
    while pk is not None and pk not in lijn:
        lijn.append(pk)
        pk = ouders.get(pk)
    return tuple(lijn)


@transaction.atomic
def zet_volgorde(*, regel, plaats):
    """Puts a rule at this place (1 = first) and numbers all of them anew. The rule for the rest always stays last."""
    regels = [ander for ander in Verdeelregel.objects.select_for_update() if not ander.is_rest and ander.pk != regel.pk]
    regels.insert(max(0, plaats - 1), regel)
    for nummer, ander in enumerate(regels, start=1):
        if ander.volgorde != nummer * 10:
            ander.volgorde = nummer * 10
            ander.save(update_fields=["volgorde"])
