"""Whether a figure is on course: what it should be by now, and how much of the way is gone. Pure: no database.

The course is a straight line through the baseline and the targets, each at its day (a target counts at the end of its
year). Without a baseline it starts at the first measurement.
"""

from bisect import bisect_right
from datetime import date
from decimal import Decimal

from django.db import models

from plan.models import Indicator

Richting = Indicator.Richting


class Koers(models.TextChoices):
    OP_KOERS = "op-koers", "Op koers"
    ACHTER = "achter", "Achter"
    GEEN_METING = "geen-meting", "Nog geen meting"
    GEEN_DOEL = "geen-doel", "Zonder streefwaarde"


def punten(begin, doelen):
    """[(day, value)] of the course. `begin` is (day, value) or None, `doelen` [(year, value)] in order."""
    lijn = [(date(jaar, 12, 31), waarde) for jaar, waarde in doelen]
    return [begin, *lijn] if begin and (not lijn or begin[0] < lijn[0][0]) else lijn


def verwacht(lijn, dag):
    """What the figure should be on a day as Decimal; None without a course. Before it begins its first value, after it its last."""
    if not lijn:
        return None
    na = bisect_right([punt for punt, _ in lijn], dag)
    if na == 0 or na == len(lijn):
        return lijn[max(0, na - 1)][1]
    (van, laag), (tot, hoog) = lijn[na - 1], lijn[na]
    return laag + (hoog - laag) * Decimal((dag - van).days) / Decimal((tot - van).days)


def haalt(richting, waarde, doel, marge=Decimal(0)):
    """Whether a value is good enough beside what was wanted."""
    if richting == Richting.OMHOOG:
        return waarde >= doel - marge
    return waarde <= doel + marge if richting == Richting.OMLAAG else abs(waarde - doel) <= marge


def aandeel(richting, begin, doel, waarde, marge=Decimal(0)):
    """Which share of the way to a target is gone: Decimal from 0 to 1. `begin` is the baseline or None."""
    if haalt(richting, waarde, doel, marge):
        return Decimal(1)
    if richting == Richting.HOUDEN:
        return Decimal(0)
    if begin is None:
        begin = Decimal(0) if richting == Richting.OMHOOG else None
    if begin is None or begin == doel:
        return Decimal(0)
    return min(max((waarde - begin) / (doel - begin), Decimal(0)), Decimal(1))
