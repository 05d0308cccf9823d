"""The floor: a number of fewer than five people is never shown, and cannot be worked out from the others either.

Primary and complementary suppression, as statistical offices do (Hundepool e.a., Statistical Disclosure Control, 2012,
chapter 4): next to every hidden number of a column at least one more is hidden when the total would give it away.
Zero is shown: nobody is recognised in it.
"""

from collections.abc import Hashable, Mapping

from sociaalhuis.verslag.model import MINDER, VLOER

VERBORGEN = "niet getoond"


def verberg(aantallen: Mapping[Hashable, int]) -> dict[Hashable, int | str]:
    """Counts of one column whose total is shown. Small ones become MINDER, what is hidden with them VERBORGEN."""
    klein = [naam for naam, aantal in aantallen.items() if 0 < aantal < VLOER]
    mee = _ook_verbergen(aantallen, klein)
    return {
        naam: MINDER if naam in klein else VERBORGEN if naam in mee else aantal for naam, aantal in aantallen.items()
    }


def _ook_verbergen(aantallen, klein):
    """The smallest shown counts that must go too, until the hidden ones are several and together not small."""
    groter = sorted((naam for naam, n in aantallen.items() if n >= VLOER), key=lambda naam: aantallen[naam])
    mee = []
    while klein and groter and (len(klein) + len(mee) < 2 or sum(aantallen[n] for n in [*klein, *mee]) < VLOER):
        mee.append(groter.pop(0))
    return mee


def alleen_als_genoeg(aantal: int, waarde):
    """A figure about `aantal` people: `waarde` when they are enough, else MINDER (None when there are none)."""
    if not aantal:
        return None
    return waarde if aantal >= VLOER else MINDER
