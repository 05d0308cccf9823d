"""Files that waited because the virus scanner was away: scanned as soon as it is back."""

import logging

from django.core.files.storage import default_storage
from django.db import models, transaction

from sociaalhuis.keuring import scanner

PER_KEER = 20
logger = logging.getLogger(__name__)


class Keuring(models.TextChoices):
    """What the scanner said of a kept file."""

    KLAAR = "klaar", "Nagekeken"
    WACHT = "wacht", "Wordt nog nagekeken op virussen"
    BESMET = "besmet", "Geweigerd: er zat een virus in"

    @classmethod
    def van(cls, schoon):
        """That of a file that just passed the gate (`keuring.bijlagen.Schoon`)."""
        return cls.WACHT if schoon.wacht else cls.KLAAR


def scan_wachtende(rijen, bestand="bestand"):
    """Scans the oldest waiting files among these rows, in the transaction of the caller. What has a virus goes; what is
    clean opens. Away again: all keep waiting.

    A row has `keuring`, `lees()` (the bytes, or None when nobody can read them any more) and, in the field named
    `bestand`, where the bytes are.
    """
    wachtend = rijen.filter(keuring=Keuring.WACHT).select_for_update(of=("self",), skip_locked=True).order_by("pk")
    for rij in wachtend[:PER_KEER]:
        inhoud = rij.lees()
        try:
            besmet = inhoud is not None and scanner.is_besmet(inhoud)
        except scanner.Afwezig as fout:
            logger.warning("virus scanner still away (%s)", fout)
            return
        rij.keuring = Keuring.BESMET if besmet else Keuring.KLAAR
        rij.save(update_fields=["keuring"])
        if besmet:
            plaats = getattr(rij, bestand)
            transaction.on_commit(lambda plaats=plaats: default_storage.delete(plaats))
