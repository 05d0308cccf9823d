"""Which days are not like the week: closing days and other hours, kept under the version of everything public."""

from datetime import timedelta

from django.utils import timezone

from sociaalhuis import uren
from sociaalhuis.models import AndereUren, Locatie, Sluitingsdag
from sociaalhuis.versie import bij_versie


@bij_versie
def afwijkingen(nummer):
    """Function of the key of a place (or None: the house itself) to a tuple of `uren.Afwijking`, from yesterday on.

    Those that count come first: what is meant for one place before what is meant for the whole house, and other
    hours before a closing day. Three queries for all places.
    """
    vanaf = timezone.localdate() - timedelta(days=1)
    huis = Locatie.objects.filter(is_huis=True).values_list("pk", flat=True).first()
    anders = list(AndereUren.objects.filter(dag__gte=vanaf).order_by("dag", "pk"))
    dicht = list(Sluitingsdag.objects.filter(tot__gte=vanaf).order_by("van", "pk"))
    anders.sort(key=lambda rij: rij.locatie_id is None)

    def van(locatie=None):
        plaatsen = [locatie or huis, None]
        gevonden = [
            uren.Afwijking(rij.dag, rij.dag, tuple(uren.blokken(rij.uren) or ()), rij.naam)
            for rij in anders
            if rij.locatie_id in plaatsen
        ]
        return (
            *gevonden,
            *(uren.Afwijking(rij.van, rij.tot, (), rij.naam) for rij in dicht if rij.locatie_id in plaatsen),
        )

    return van
