"""Files that waited because the virus scanner was away: scanned as soon as it is back."""

import logging

from django.core.files.storage import default_storage
from django.db import transaction

from loket.models import Bijlage
from sociaalhuis.keuring import scanner

PER_KEER = 20
logger = logging.getLogger(__name__)


def kijk_na(nu):
    """Job: scans the oldest waiting files. What has a virus goes; what is clean opens. Away again: all keep waiting."""
    wachtend = Bijlage.objects.wachtend().select_related("vraag__dossiersleutel").select_for_update(of=("self",))
    for bijlage in wachtend.order_by("op", "pk")[:PER_KEER]:
        inhoud = bijlage.lees()
        try:
            besmet = inhoud is not None and scanner.is_besmet(inhoud)
        except scanner.Afwezig as fout:
            logger.warning("virus scanner still away (%s)", fout)
            return
        bijlage.keuring = Bijlage.Keuring.BESMET if besmet else Bijlage.Keuring.KLAAR
        bijlage.save(update_fields=["keuring"])
        if besmet:
            transaction.on_commit(lambda bestand=bijlage.bestand: default_storage.delete(bestand))
