"""What people can book: the kinds of appointment with the places where they are given, under the public version."""

from dataclasses import dataclass

from django.utils import timezone

from loket.models import Afspraaksoort
from loket.models.rooster import Wijze
from loket.rooster.plek import plekken
from sociaalhuis.versie import bij_versie

VOLGORDE = list(Wijze)


@dataclass(frozen=True)
class Keuze:
    """One answer to "where?": a place, or by phone, or at home. `plek` is where the session belongs."""

    plek: object
    wijze: str


@dataclass(frozen=True)
class Aanbod:
    """One kind with where it can be had; `themas` are codes, `diensten` slugs."""

    soort: Afspraaksoort
    themas: frozenset
    diensten: frozenset
    keuzes: tuple


@bij_versie
def aanbod(nummer):
    """List of `Aanbod`: every kind with a session that is not over, in their order. Also those that only staff book."""
    alle, vandaag = plekken(nummer), timezone.localdate()
    soorten = Afspraaksoort.objects.select_related("team__bestuur").prefetch_related("themas", "diensten", "spreekuren")
    gevonden = []
    for soort in soorten:
        nog = [s for s in soort.spreekuren.all() if s.geldig_tot is None or s.geldig_tot >= vandaag]
        waar = {(s.wijze, s.locatie_id) for s in nog if s.locatie_id in alle}
        keuzes = [Keuze(plek, wijze) for wijze in VOLGORDE for pk, plek in alle.items() if (wijze, pk) in waar]
        if keuzes:
            themas = frozenset(thema.code for thema in soort.themas.all())
            diensten = frozenset(dienst.slug for dienst in soort.diensten.all())
            gevonden.append(Aanbod(soort, themas, diensten, tuple(keuzes)))
    return gevonden


def online(nummer):
    """What people book themselves."""
    return [deel for deel in aanbod(nummer) if deel.soort.online]


def voor_dienst(nummer, slug, themas=()):
    """What can be booked about a service: made for it, else for one of its themes (codes), else for everything."""
    alle = online(nummer)
    return (
        [deel for deel in alle if slug in deel.diensten]
        or [deel for deel in alle if deel.themas & set(themas)]
        or [deel for deel in alle if not deel.themas]
    )


def passend(delen, *, dienst=None, thema=None):
    """Those of `delen` made for this service, else those about this theme (rows, or None)."""
    return [deel for deel in delen if dienst and dienst.slug in deel.diensten] or [
        deel for deel in delen if thema and thema.code in deel.themas
    ]


def vind(delen, soort, locatie=None, wijze=None):
    """(`Aanbod`, `Keuze` or None) with these slugs; (None, None) when there is no such thing."""
    deel = next((deel for deel in delen if deel.soort.slug == soort), None)
    if deel is None or locatie is None:
        return deel, None
    keuze = next((k for k in deel.keuzes if (k.plek.locatie.slug, k.wijze) == (locatie, wijze)), None)
    return (deel, keuze) if keuze else (None, None)
