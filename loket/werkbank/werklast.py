"""How much each colleague has in hand: shown where a question is assigned, and to the head of the team."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from loket.models import Vraag
from loket.models.staat import BEZIG, NIEUW, PARK, WACHT


@dataclass
class Last:
    """What one colleague (None: nobody yet) has: running questions, and of those late, due today, waiting, parked."""

    wie: object
    open: int = 0
    laat: int = 0
    vandaag: int = 0
    wacht: int = 0
    geparkeerd: int = 0

    def in_woorden(self):
        """'4 open, 1 te laat', for beside a name."""
        delen = [f"{self.open} open"] if self.open else ["geen open vragen"]
        return ", ".join(delen + ([f"{self.laat} te laat"] if self.laat else []))


def werklast(vragen, collegas, vandaag=None):
    """List of `Last`, one per colleague in their order and first of all who has nobody; one query over running questions."""
    vandaag = vandaag or timezone.localdate()
    loopt = Q(staat__in=[NIEUW, BEZIG, PARK])
    rijen = (
        vragen.lopend()
        .order_by()
        .values("behandelaar")
        .annotate(
            open=Count("pk"),
            laat=Count("pk", filter=loopt & Q(uiterlijk_op__lt=vandaag)),
            vandaag=Count("pk", filter=loopt & Q(uiterlijk_op=vandaag)),
            wacht=Count("pk", filter=Q(staat=WACHT)),
            geparkeerd=Count("pk", filter=Q(staat=PARK)),
        )
    )
    per_pk = {rij.pop("behandelaar"): rij for rij in rijen}
    return [Last(wie, **per_pk.get(wie and wie.pk, {})) for wie in [None, *collegas]]


def met_werklast(collegas):
    """[(pk, 'Name (4 open, 1 te laat)')] for a list to choose from; counts are over all teams of each colleague."""
    vragen = Vraag.objects.filter(behandelaar__in=[wie.pk for wie in collegas])
    return [(last.wie.pk, f"{last.wie.naam} ({last.in_woorden()})") for last in werklast(vragen, collegas)[1:]]
