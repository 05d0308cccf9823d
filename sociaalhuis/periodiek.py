"""Work that comes back every so often: reminders, expiry, retention. Once for all workers together.

A row per job says when it is due. A worker that finds it due holds that row while it works, so no other worker does
the same; what it did and when it is due again are committed together. When the job fails nothing of it stays, and it
is tried again.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sociaalhuis.models import Periodiek

KIJK_ELKE = timedelta(seconds=30)


class Elke:
    """A task of the worker (`volgende() -> bool`) that calls `functie(nu)` every `tijd`, in one transaction.

    `naam` stands for the job in the database; keep it when the function moves. The first time is at once.
    """

    def __init__(self, tijd: timedelta, naam: str, functie):
        self.tijd, self.naam, self.functie = tijd, naam, functie
        self.niet_voor = None

    def __call__(self, nu=None) -> bool:
        """Does the job when it is due; False, as there is never more to do at once."""
        nu = nu or timezone.now()
        if self.niet_voor is None or nu >= self.niet_voor:
            self.niet_voor = nu + min(KIJK_ELKE, self.tijd)
            self._doe(nu)
        return False

    def _doe(self, nu):
        Periodiek.objects.get_or_create(naam=self.naam, defaults={"volgende": nu})
        with transaction.atomic():
            beurt = Periodiek.objects.select_for_update(skip_locked=True).filter(naam=self.naam, volgende__lte=nu)
            rij = beurt.first()
            if rij:
                self.functie(nu)
                rij.volgende, rij.laatst_gelukt = nu + self.tijd, nu
                rij.save(update_fields=["volgende", "laatst_gelukt"])
