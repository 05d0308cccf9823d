"""Files of cases that waited because the virus scanner was away."""

from loket.models import Bijlage
from sociaalhuis.keuring.opnieuw import scan_wachtende


def kijk_na(nu):
    """Job: has the scanner look at them again."""
    scan_wachtende(Bijlage.objects.select_related("vraag__dossiersleutel"))
