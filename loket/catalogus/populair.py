"""What is asked most, as staff marked it: for the home page and for who found nothing."""

from django.utils import timezone

from loket.models import Dienst
from sociaalhuis.versie import bij_versie

HOEVEEL = 6


def populaire_diensten(nummer):
    """At most six published services that staff marked, by title. Call with `versie.van(request)`."""
    return _op_dag(nummer, timezone.localdate())


@bij_versie
def _op_dag(nummer, dag):
    return list(Dienst.objects.gepubliceerd().filter(populair=True).only("slug", "titel")[:HOEVEEL])
