"""Naming the levels of a plan."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F

from plan.models import Niveau, Plan
from plan.models.niveau import Soort

MINSTENS = 3


def controleer(rijen):
    """Raises ValidationError when these rows (dicts with `soort`, `naam`, `meervoud`) make no tree."""
    soorten = [rij["soort"] for rij in rijen]
    namen = [rij["naam"].strip().lower() for rij in rijen]
    if len(rijen) < MINSTENS:
        raise ValidationError("Een plan heeft minstens drie niveaus: garanties, doelstellingen en acties.")
    if soorten[0] != Soort.GARANTIE:
        raise ValidationError("Het eerste niveau is een garantie, hoe je die ook noemt.")
    if soorten[-1] != Soort.ACTIE:
        raise ValidationError("Het laatste niveau is een actie, hoe je die ook noemt.")
    if set(soorten[1:-1]) != {Soort.DOELSTELLING}:
        raise ValidationError("Tussen de garanties en de acties staan alleen doelstellingen.")
    if not all(namen) or not all(rij["meervoud"].strip() for rij in rijen):
        raise ValidationError("Geef elk niveau een naam, in het enkelvoud en in het meervoud.")
    if len(set(namen)) < len(namen):
        raise ValidationError("Elk niveau heeft een eigen naam.")


@transaction.atomic
def zet_niveaus(*, plan, niveaus, door):
    """Gives a plan these levels, from the top down: dicts with `soort`, `naam`, `meervoud` and maybe `weegt`.

    Levels keep their parts: the first new one takes the place of the first old one of its kind, and so on. A part that
    had no level yet gets the first that fits below its parent. Returns the list of `Niveau`.
    Raises PermissionDenied for who may not edit plans, ValidationError when the levels make no tree, when a level that
    would go is in use, or when a part would be left without a name.
    """
    if not door.has_perm("plan.change_plan"):
        raise PermissionDenied
    controleer(niveaus)
    Plan.objects.select_for_update().get(pk=plan.pk)
    oud = {soort: list(plan.niveaus.filter(soort=soort)) for soort in Soort.values}
    nieuw = [
        (oud[rij["soort"]].pop(0) if oud[rij["soort"]] else Niveau(plan=plan, soort=rij["soort"]), rij)
        for rij in niveaus
    ]
    for niveau in (over for rest in oud.values() for over in rest):
        if aantal := niveau.onderdelen.count():
            raise ValidationError(
                f"Er staan nog {aantal} onderdelen op het niveau {niveau.naam}. Verplaats die eerst."
                if aantal > 1
                else f"Er staat nog een onderdeel op het niveau {niveau.naam}. Verplaats dat eerst."
            )
        niveau.delete()
    for niveau in plan.niveaus.filter(rang__gt=1):  # out of the way, as ranks are unique
        Niveau.objects.filter(pk=niveau.pk).update(rang=niveau.rang + 100)
    for rang, (niveau, rij) in enumerate(nieuw, start=1):
        niveau.rang, niveau.naam, niveau.meervoud = rang, rij["naam"].strip(), rij["meervoud"].strip()
        niveau.weegt = rij.get("weegt", False)
        niveau.save()
    geef_namen(plan)
    return [niveau for niveau, _ in nieuw]


def geef_namen(plan):
    """Gives every part without a level one, the top first; the database fills in which (`BOOM`)."""
    zonder = plan.onderdelen.filter(niveau=None)
    for diepte in sorted(set(zonder.values_list("pad__len", flat=True))):
        zonder.filter(pad__len=diepte).update(volgorde=F("volgorde"))
    if deel := zonder.order_by("pad__len", "volgorde", "code").first():
        raise ValidationError(
            f"{deel} staat dieper dan dit plan niveaus heeft. Voeg een niveau voor doelstellingen toe."
        )
