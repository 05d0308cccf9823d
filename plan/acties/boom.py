"""The order and the shape of the tree: a part one place up or down, or below another part. The database keeps `pad`."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from plan.models import Onderdeel, Plan

Soort = Onderdeel.Soort
BOVEN = {
    Soort.GARANTIE: [],
    Soort.DOELSTELLING: [Soort.GARANTIE, Soort.DOELSTELLING],
    Soort.ACTIE: [Soort.DOELSTELLING],
}
HOOGSTE = 32_767  # of the column


def houd_plan(plan_id, door):
    """Holds the tree of one plan. Raises PermissionDenied for who may not edit it, ValidationError when it ended."""
    if not door.has_perm("plan.change_plan"):
        raise PermissionDenied
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    if plan.staat == Plan.Staat.AFGELOPEN:
        raise ValidationError("Dit plan is afgelopen. Er verandert niets meer aan.")
    return plan


def ouders_voor(deel):
    """The parts below which this one may stand, in the order of the booklet."""
    ouders = Onderdeel.objects.filter(plan_id=deel.plan_id, soort__in=BOVEN[deel.soort])
    if deel.niveau_id:
        ouders = ouders.filter(niveau__rang__lt=deel.niveau.rang)
    return ouders.exclude(pad__contains=[deel.pk]).in_volgorde()


@transaction.atomic
def schuif(*, onderdeel, stap, plaats, door):
    """Brings a part one place up (`stap` -1) or down (1) among those below the same parent; returns the part.

    `plaats` is where the page showed it, from 0: when it stands elsewhere by now, a ValidationError says so, and so a
    button that is pressed twice moves once. At the edge nothing happens.
    """
    houd_plan(onderdeel.plan_id, door)
    deel = Onderdeel.objects.get(pk=onderdeel.pk)
    rij = list(
        Onderdeel.objects.filter(plan_id=deel.plan_id, ouder_id=deel.ouder_id).in_volgorde().only("pk", "volgorde")
    )
    nu = next(nummer for nummer, ander in enumerate(rij) if ander.pk == deel.pk)
    if nu != plaats:
        raise ValidationError(f"{deel} staat intussen op een andere plaats. Kijk na en probeer opnieuw.")
    if not 0 <= nu + stap < len(rij):
        return deel
    nummers = oplopend([ander.volgorde for ander in rij])
    rij[nu], rij[nu + stap] = rij[nu + stap], rij[nu]
    for ander, nummer in zip(rij, nummers, strict=True):
        if ander.volgorde != nummer:
            Onderdeel.objects.filter(pk=ander.pk).update(volgorde=nummer)
    return deel


def oplopend(nummers):
    """The same numbers, each larger than the one before: parts that share a number stood in the order of their codes."""
    uit = []
    for nummer in nummers:
        uit.append(max(nummer, uit[-1] + 1) if uit else nummer)
    if uit and uit[-1] > HOOGSTE:
        return list(range(len(uit)))
    return uit


@transaction.atomic
def verplaats(*, onderdeel, ouder, door):
    """Puts a part, with all below it, at the end of another parent; returns the part.

    Raises PermissionDenied, or ValidationError when it does not fit there.
    """
    houd_plan(onderdeel.plan_id, door)
    deel = Onderdeel.objects.select_related("niveau").get(pk=onderdeel.pk)
    if not ouders_voor(deel).filter(pk=ouder.pk).exists():
        raise ValidationError({"ouder": f"{deel} past niet onder {ouder}. Kies iets anders."})
    if deel.ouder_id == ouder.pk:
        return deel
    laatste = Onderdeel.objects.filter(ouder=ouder).aggregate(laatste=Max("volgorde"))["laatste"]
    deel.ouder, deel.volgorde = ouder, min((ouder.volgorde if laatste is None else laatste) + 1, HOOGSTE)
    deel.save(update_fields=["ouder", "volgorde"])
    return deel
