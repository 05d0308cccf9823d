"""Keeps the fingerprints of addresses: one row per question, made by the worker, and at once where a contact changes.

Registering a question writes none, so that it stays as cheap as it was. After a restored backup the table is empty and
fills again from the oldest question on: only from cases that are still there.
"""

import time

from django.db.models import Max

from loket.models import Contactspoor, Vraag
from loket.zaak import contactspoor

BUNDEL = 300
ELKE = 20.0  # seconds between two looks when there was nothing left
MARGE = 10_000  # numbers are given out before a question is committed, so some may come late


def leg(vraag):
    """The contact or the Bestuur of this question changed: its fingerprint is the new one."""
    Contactspoor.objects.update_or_create(vraag=vraag, defaults=_van(vraag))


def vul_aan() -> bool:
    """Makes what is missing, oldest first and one bundle at most. True when there may be more."""
    hoogste = Contactspoor.objects.aggregate(hoogste=Max("vraag"))["hoogste"] or 0
    zonder = Vraag.objects.filter(pk__gt=hoogste - MARGE, contactspoor=None)
    vragen = list(
        zonder.select_related("dossiersleutel", "bestuur").defer("tekst", "naam", "adres").order_by("pk")[:BUNDEL]
    )
    Contactspoor.objects.bulk_create(
        [Contactspoor(vraag=vraag, **_van(vraag)) for vraag in vragen], ignore_conflicts=True
    )
    return len(vragen) == BUNDEL


def _van(vraag):
    if vraag.dossiersleutel.gewist_op:
        return {"email_spoor": None, "telefoon_spoor": None}
    return contactspoor.van(bestuur=vraag.bestuur.code, email=vraag.email, telefoon=vraag.telefoon)


class Bijhouder:
    """A task of the worker: as long as there is more at once, and otherwise every so many seconds."""

    def __init__(self):
        self.daarna = 0.0

    def __call__(self) -> bool:
        if time.monotonic() < self.daarna:
            return False
        meer = vul_aan()
        self.daarna = 0.0 if meer else time.monotonic() + ELKE
        return meer
