"""The days on which this municipality does not work, besides weekends and public holidays."""

from datetime import timedelta

from django.utils import timezone

from sociaalhuis.models import Sluitingsdag
from sociaalhuis.versie import bij_versie

BEREIK = timedelta(days=550)


@bij_versie
def sluitingsdagen(nummer) -> frozenset:
    """The closing days of the whole house around today, kept under the version of everything public (0 = not kept)."""
    vandaag = timezone.localdate()
    return frozenset(Sluitingsdag.objects.van_het_huis().dagen(vandaag - BEREIK, vandaag + BEREIK))
