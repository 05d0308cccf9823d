"""Questions that may be the same as this one: of the same team, recent, by fingerprint. Nothing is decrypted for it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from loket.models import Contactspoor, Kenmerk, Vraag
from loket.models.staat import KLAAR, LOPEND
from loket.models.vraagset import INHOUD
from loket.zaak import contactspoor, kenmerken

VENSTER = timedelta(days=90)
MEEST, KANDIDATEN = 3, 40


@dataclass(frozen=True)
class Dubbel:
    vraag: Vraag
    waarom: str


def dubbels_van(vraag, gebruiker):
    """At most three, newest first; one query."""
    eigen = kenmerken.van(tekst=vraag.tekst, bestuur=vraag.bestuur.code)
    spoor = contactspoor.van(bestuur=vraag.bestuur.code, email=vraag.email, telefoon=vraag.telefoon)
    wegen = [Contactspoor.objects.filter(**{veld: waarde}).values("pk") for veld, waarde in spoor.items() if waarde]
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
        .select_related("kenmerk", "contactspoor")
        .defer(*INHOUD)
        .order_by("-geregistreerd_op", "-pk")[:KANDIDATEN]
    )
    alle = [Dubbel(ander, _waarom(spoor, eigen, ander)) for ander in gevonden]
    return [dubbel for dubbel in alle if dubbel.waarom][:MEEST]


def _waarom(spoor, eigen, ander):
    """Why two look alike, in words; '' when they do not."""
    zelfde = getattr(ander, "contactspoor", None)
    for veld, woorden in (("email_spoor", "hetzelfde e-mailadres"), ("telefoon_spoor", "hetzelfde telefoonnummer")):
        if spoor[veld] and zelfde and spoor[veld] == bytes(getattr(zelfde, veld) or b""):
            return woorden
    kenmerk = getattr(ander, "kenmerk", None)
    return "bijna dezelfde woorden" if kenmerk and kenmerken.gelijk(eigen, kenmerk.woorden) else ""
