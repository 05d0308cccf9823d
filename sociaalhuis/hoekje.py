"""The doors of the corner of an organisation: what each wing has for it, and how much of it waits for an answer.

A wing registers its door in `<app>/acties/hoekje.py`, which is found at the start. The corner itself belongs to
participatie; the shared ground knows no app, so nothing is counted here.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Deur:
    """One door: `adres(organisatie)` is where it leads, `wacht(organisatie)` how many things there ask for an answer.

    `rang` is its place (1 first). `voor(organisatie)` says whether this organisation has such a thing at all.
    """

    naam: str
    rang: int
    titel: str
    tekst: str
    picto: str
    adres: Callable
    wacht: Callable = lambda organisatie: 0
    enkel: str = ""  # "vraag wacht op jullie"
    meer: str = ""  # "vragen wachten op jullie"
    voor: Callable = lambda organisatie: True


@dataclass(frozen=True)
class Kaart:
    """A door as one organisation sees it."""

    deur: Deur
    url: str
    aantal: int

    @property
    def zin(self):
        return f"{self.aantal} {self.deur.enkel if self.aantal == 1 else self.deur.meer}" if self.aantal else ""


DEUREN: dict[str, Deur] = {}


def registreer(deur: Deur) -> Deur:
    """Makes a door known; the same name twice is a mistake. Raises ValueError."""
    if DEUREN.setdefault(deur.naam, deur) is not deur:
        raise ValueError(f"a door with the name {deur.naam} was registered before")
    return deur


def kaarten(organisatie) -> list[Kaart]:
    """The doors of this organisation in order, with what waits behind each."""
    deuren = sorted(DEUREN.values(), key=lambda deur: deur.rang)
    return [kaart(deur.naam, organisatie) for deur in deuren if deur.voor(organisatie)]


def kaart(naam: str, organisatie) -> Kaart:
    """One door of this organisation, with what waits behind it."""
    deur = DEUREN[naam]
    return Kaart(deur, deur.adres(organisatie), deur.wacht(organisatie))
