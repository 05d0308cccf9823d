"""The worker's part of recognising questions: makes fingerprints, and throws old ones away."""

from loket.models import Kenmerk, Vraag
from loket.models.staat import KLAAR, LOPEND
from loket.zaak import dubbels, kenmerken

PER_KEER = 300


def maak_kenmerken(nu):
    """Job: fingerprints of recent open questions that have none; those of questions older than the window go."""
    grens = nu - dubbels.VENSTER
    zonder = Vraag.objects.filter(kenmerk=None, geregistreerd_op__gt=grens, staat__in=[*LOPEND, KLAAR], quarantaine="")
    vragen = zonder.select_related("dossiersleutel", "bestuur").order_by("-geregistreerd_op")[:PER_KEER]
    Kenmerk.objects.bulk_create(
        [
            Kenmerk(vraag=vraag, woorden=kenmerken.van(tekst=vraag.tekst, bestuur=vraag.bestuur.code))
            for vraag in vragen
            if vraag.dossiersleutel.gewist_op is None
        ],
        ignore_conflicts=True,
    )
    Kenmerk.objects.filter(vraag__geregistreerd_op__lte=grens).delete()


def vergeet(vraag):
    """The Bestuur of a question changed: its fingerprint is made anew by the worker."""
    Kenmerk.objects.filter(vraag=vraag).delete()
