"""Where a part of the plan is talked about, as other apps tell it: the plan knows none of them.

An app registers a function in `<app>/acties/besproken.py`: it gets the key of a part and gives a list of `Gesprek`, only
what everyone may read, in one query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

MEEST = 6
BRONNEN: list[Callable] = []


@dataclass(frozen=True)
class Gesprek:
    """A meeting with this part on its agenda: when, its name, where to read of it, and whether its minutes are there."""

    op: datetime
    titel: str
    url: str
    met_verslag: bool = False


def registreer(functie):
    """Decorator for such a function."""
    BRONNEN.append(functie)
    return functie


def van_deel(sleutel):
    """The last `Gesprek`ken about this part, those to come included, newest first."""
    rijen = [gesprek for bron in BRONNEN for gesprek in bron(sleutel)]
    return sorted(rijen, key=lambda gesprek: gesprek.op, reverse=True)[:MEEST]
