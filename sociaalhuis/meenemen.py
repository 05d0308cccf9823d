"""What the portal has of one organisation: to take along, and to erase.

A wing registers its kinds in `<app>/acties/meenemen.py`, which is found at the start. A kind gives its rows and files for
the copy, says in words what erasing takes away and what stays, may tell why erasing has to wait, and erases. The shared
ground knows no app, so nothing is read here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sociaalhuis.models import Organisatie


@dataclass(frozen=True)
class Lot:
    """What erasing does with one kind, in sentences: what goes, what stays and why."""

    gaat: list[str] = field(default_factory=list)
    blijft: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Bezit:
    """One kind. `naam` is its key in the copy and `rang` its place there, and the order of erasing (1 first).

    `rijen(organisatie)` gives a list of dicts of plain data (text, numbers, days, moments, lists of these), `bestanden(organisatie)` a list of (name, bytes).
    `lot(organisatie)` gives a `Lot` with numbers, `beletsel(organisatie)` why it cannot be erased yet or ''.
    `wis(organisatie)` erases, in the transaction of the caller.
    """

    naam: str
    rang: int
    titel: str
    rijen: Callable[[Organisatie], list]
    bestanden: Callable[[Organisatie], list] = lambda organisatie: []
    lot: Callable[[Organisatie], Lot] = lambda organisatie: Lot()
    beletsel: Callable[[Organisatie], str] = lambda organisatie: ""
    wis: Callable[[Organisatie], None] = lambda organisatie: None


SOORTEN: dict[str, Bezit] = {}


def registreer(bezit: Bezit) -> Bezit:
    """Makes a kind known; the same name twice is a mistake. Raises ValueError."""
    if SOORTEN.setdefault(bezit.naam, bezit) is not bezit:
        raise ValueError(f"a kind with the name {bezit.naam} was registered before")
    return bezit


def in_volgorde() -> list[Bezit]:
    return sorted(SOORTEN.values(), key=lambda bezit: bezit.rang)


def lot_van(organisatie) -> Lot:
    """What goes and what stays, of all kinds together."""
    loten = [bezit.lot(organisatie) for bezit in in_volgorde()]
    return Lot([zin for lot in loten for zin in lot.gaat], [zin for lot in loten for zin in lot.blijft])


def beletsels_van(organisatie) -> list[str]:
    """Why erasing has to wait, as sentences; [] when nothing stands in the way."""
    return [zin for bezit in in_volgorde() if (zin := bezit.beletsel(organisatie))]


def tel(aantal: int, enkel: str, meer: str) -> list[str]:
    """[a sentence with the number], or [] for none."""
    return [f"{aantal} {enkel if aantal == 1 else meer}"] if aantal else []
