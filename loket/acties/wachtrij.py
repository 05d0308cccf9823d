"""Uploads of LPDC, one after the other, by the worker: `volgende_invoer() -> bool`."""

import time
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from loket.acties.invoer import voer_in
from loket.lpdc.lezen import Onleesbaar
from loket.models import LpdcInvoer

LEASE = timedelta(minutes=2)
SCHRIJF_ELKE = 0.5  # seconds


def volgende_invoer() -> bool:
    """Reads the next upload, if there is one. A worker that dies loses its lease and the file is read again."""
    invoer = _neem()
    if invoer is None:
        return False
    try:
        with invoer.bestand.open("rb") as bestand:
            verslag = voer_in(bestand=bestand, bestuur=invoer.bestuur, door=invoer.door, voortgang=_Voortgang(invoer))
    except Onleesbaar as fout:
        _sluit_af(invoer, LpdcInvoer.Status.MISLUKT, {"fout": str(fout)})
    except OSError:
        _sluit_af(invoer, LpdcInvoer.Status.MISLUKT, {"fout": "Het bestand is er niet meer. Laad het opnieuw op."})
    except (OperationalError, InterfaceError):  # the database is away: the lease brings it back later
        raise
    except Exception:  # a file that breaks the reading may not come back for ever
        _sluit_af(
            invoer, LpdcInvoer.Status.MISLUKT, {"fout": "Er liep iets fout bij het lezen. Meld dit aan je beheerder."}
        )
        raise
    else:
        _sluit_af(invoer, LpdcInvoer.Status.KLAAR, verslag.als_json())
    return True


@transaction.atomic
def _neem():
    invoer = (
        LpdcInvoer.objects.wachtend()
        .select_for_update(skip_locked=True, of=["self"])
        .select_related("bestuur", "door")
        .order_by("gemaakt_op")
        .first()
    )
    if invoer:
        invoer.status, invoer.bezig_tot, invoer.gelezen = LpdcInvoer.Status.BEZIG, timezone.now() + LEASE, 0
        invoer.save(update_fields=["status", "bezig_tot", "gelezen"])
    return invoer


class _Voortgang:
    """Writes how far it is, not more often than a person looks, and keeps the lease."""

    def __init__(self, invoer):
        self.invoer, self.daarna = invoer, 0.0

    def __call__(self, gedaan, totaal):
        if time.monotonic() >= self.daarna or gedaan == totaal:
            self.daarna = time.monotonic() + SCHRIJF_ELKE
            LpdcInvoer.objects.filter(pk=self.invoer.pk).update(
                gelezen=gedaan, totaal=totaal, bezig_tot=timezone.now() + LEASE
            )


def _sluit_af(invoer, status, resultaat):
    """Writes the result and lets go of the file: what it held is in the catalogue now."""
    LpdcInvoer.objects.filter(pk=invoer.pk).update(
        status=status, resultaat=resultaat, klaar_op=timezone.now(), bezig_tot=None, bestand=""
    )
    if invoer.bestand:
        invoer.bestand.delete(save=False)
