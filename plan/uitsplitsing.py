"""A measurement by group and by area, as anyone may read it: with the floor of five. Pure: no database.

For a number of people the numbers themselves are weighed, for a share the number of people it speaks about. Areas lie
beside each other, so what is left of the total is one more cell: else it could be used to work out a hidden one. Groups
overlap (somebody is young and has a disability), so they have no rest.
"""

from plan.models import Indicator
from sociaalhuis.verslag.model import GEEN, VLOER
from sociaalhuis.verslag.vloer import verberg

REST = "Elders of niet bekend"


def tabellen(indicator, meting, rijen):
    """[(title, [(name, text)])] for the dimensions that this measurement has; `rijen` are its `Uitsplitsing`en."""
    groepen = [(rij.doelgroep.naam, rij) for rij in rijen if rij.doelgroep_id]
    gebieden = [(rij.gebied.naam, rij) for rij in rijen if rij.gebied_id]
    return [
        (titel, _getoond(indicator, meting, delen, rest))
        for titel, delen, rest in (("Per groep", groepen, False), ("Per gebied", gebieden, True))
        if delen
    ]


def _getoond(indicator, meting, delen, met_rest):
    if indicator.over == Indicator.Over.DINGEN:
        return [(naam, indicator.zeg(rij.waarde)) for naam, rij in delen]
    if indicator.over == Indicator.Over.AANDEEL:
        zeker = verberg({naam: rij.aantal or 0 for naam, rij in delen})
        return [(naam, _aandeel(indicator, rij, zeker[naam])) for naam, rij in delen]
    aantallen = {naam: int(rij.waarde) for naam, rij in delen}
    rest = int(meting.waarde) - sum(aantallen.values())
    if met_rest and rest > 0:
        aantallen[REST] = rest
    return [
        (naam, tekst if isinstance(tekst, str) else indicator.zeg(tekst)) for naam, tekst in verberg(aantallen).items()
    ]


def _aandeel(indicator, rij, zeker):
    """A share over so many people: the share, or why it is not told."""
    if isinstance(zeker, str):
        return zeker
    return indicator.zeg(rij.waarde) if zeker >= VLOER else GEEN
