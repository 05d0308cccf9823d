"""Which days are not like the week: closing days and other hours, kept under the version of everything public."""

from datetime import timedelta

from django.utils import timezone

from sociaalhuis import uren
from sociaalhuis.models import AndereUren, Locatie, Sluitingsdag
from sociaalhuis.versie import bij_versie


@bij_versie
def afwijkingen(nummer, locatie=None):
    """Tuple of `uren.Afwijking`, those that count first, from yesterday on.

    `locatie` is the key of a place; without it the house itself. What is meant for one place goes before what is
    meant for the whole house, and other hours go before a closing day.
    """
    vanaf = timezone.localdate() - timedelta(days=1)
    locatie = locatie or Locatie.objects.filter(is_huis=True).values_list("pk", flat=True).first()
    plaatsen = [locatie, None]
    anders = AndereUren.objects.filter(dag__gte=vanaf).order_by("dag", "pk")
    dicht = Sluitingsdag.objects.filter(tot__gte=vanaf).order_by("van", "pk")
    gevonden = [
        uren.Afwijking(rij.dag, rij.dag, tuple(uren.blokken(rij.uren) or ()), rij.naam)
        for rij in sorted(anders, key=lambda rij: rij.locatie_id is None)
        if rij.locatie_id in plaatsen
    ]
    gevonden += [uren.Afwijking(rij.van, rij.tot, (), rij.naam) for rij in dicht if rij.locatie_id in plaatsen]
    return tuple(gevonden)
