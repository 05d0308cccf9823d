"""What waits for someone, on the first page of the admin and wherever else it is asked.

Each wing registers a function of its own, in `<app>/acties/wacht.py`: it gets a user and gives lines, in one query where
it can. A line with nothing in it is left out. The shared ground knows no app, so nothing is counted here.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Werk:
    """One line: how many of what wait, where to go, and whether it is pressing."""

    aantal: int
    enkel: str  # "voorstel wacht op jou"
    meer: str  # "voorstellen wachten op jou"
    url: str
    dringend: bool = False

    def __str__(self):
        return f"{self.aantal} {self.enkel if self.aantal == 1 else self.meer}"


BRONNEN: dict[str, tuple[int, Callable]] = {}


def registreer(naam, rang=50):
    """Decorator: `functie(gebruiker)` gives a list of `Werk`; `rang` is its place on the page, 1 on top."""

    def met(functie):
        BRONNEN[naam] = (rang, functie)
        return functie

    return met


def voor(gebruiker):
    """The lines for this user that hold something, pressing ones first, then in the order of their wings."""
    lijnen = [lijn for _, bron in sorted(BRONNEN.values(), key=lambda paar: paar[0]) for lijn in bron(gebruiker)]
    return sorted((lijn for lijn in lijnen if lijn.aantal), key=lambda lijn: not lijn.dringend)
