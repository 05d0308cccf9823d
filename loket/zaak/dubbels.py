"""Questions that may be the same as this one: of the same team, recent, by fingerprint. Nothing is decrypted for it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from loket.models import Kenmerk, Vraag
from loket.models.staat import KLAAR, LOPEND
from loket.models.vraagset import INHOUD
from loket.zaak import kenmerken

VENSTER = timedelta(days=90)
MEEST, KANDIDATEN = 3, 40


@dataclass(frozen=True)
class Dubbel:
    vraag: Vraag
    waarom: str


def dubbels_van(vraag, gebruiker):
    """At most three, newest first; one query."""
    eigen = kenmerken.van(tekst=vraag.tekst, bestuur=vraag.bestuur.code)
    wegen = []
    if vraag.email_spoor:
        wegen.append(Vraag.objects.filter(email_spoor=bytes(vraag.email_spoor)).values("pk"))
    if vraag.telefoon_spoor:
        wegen.append(Vraag.objects.filter(telefoon_spoor=bytes(vraag.telefoon_spoor)).values("pk"))
    if eigen:
        wegen.append(Kenmerk.objects.filter(woorden__overlap=eigen).values("pk"))
    if not wegen:
        return []
    gevonden = (
        Vraag.objects.zichtbaar_voor(gebruiker)
        .filter(pk__in=wegen[0].union(*wegen[1:]) if wegen[1:] else wegen[0])
        .filter(team=vraag.team_id, staat__in=[*LOPEND, KLAAR], quarantaine="")
        .filter(geregistreerd_op__gt=timezone.now() - VENSTER)
        .exclude(pk=vraag.pk)
        .select_related("kenmerk")
        .defer(*INHOUD)
        .order_by("-geregistreerd_op", "-pk")[:KANDIDATEN]
    )
    alle = [Dubbel(ander, _waarom(vraag, eigen, ander)) for ander in gevonden]
    return [dubbel for dubbel in alle if dubbel.waarom][:MEEST]


def _waarom(vraag, eigen, ander):
    """Why two look alike, in words; '' when they do not."""
    if vraag.email_spoor and bytes(vraag.email_spoor) == bytes(ander.email_spoor or b""):
        return "hetzelfde e-mailadres"
    if vraag.telefoon_spoor and bytes(vraag.telefoon_spoor) == bytes(ander.telefoon_spoor or b""):
        return "hetzelfde telefoonnummer"
    kenmerk = getattr(ander, "kenmerk", None)
    return "bijna dezelfde woorden" if kenmerk and kenmerken.gelijk(eigen, kenmerk.woorden) else ""
