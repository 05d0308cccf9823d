"""Where changes of the plan came from, as other apps tell it: the plan knows none of them.

An app registers a function in `<app>/acties/herkomst.py`: it gets a plan and keys of parts (None: all) and gives
{key of a part: list of `Herkomst`}, only what everyone may read, in one query. The key None stands for the texts of
the plan itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

BRONNEN: list[Callable] = []


@dataclass(frozen=True)
class Herkomst:
    """Somebody's words that changed a part: who, what they said in short, where to read it all, and the version that
    first held the change (0: announced, no version holds it yet)."""

    wie: str
    woorden: str
    url: str
    versie: int = 0


def registreer(functie):
    """Decorator for such a function."""
    BRONNEN.append(functie)
    return functie


def van_delen(plan, sleutels=None):
    """{key: list of `Herkomst`} of these parts of a plan, each address once per part."""
    samen = {}
    for bron in BRONNEN:
        for sleutel, rijen in bron(plan, sleutels).items():
            eerder = samen.setdefault(sleutel, [])
            eerder += [rij for rij in rijen if rij.url not in {ander.url for ander in eerder}]
    return samen


def tussen(herkomst, oud, nieuw):
    """{key: list} of what was carried out after version number `oud`, up to and with `nieuw`."""
    gekozen = {sleutel: [rij for rij in rijen if oud < rij.versie <= nieuw] for sleutel, rijen in herkomst.items()}
    return {sleutel: rijen for sleutel, rijen in gekozen.items() if rijen}
