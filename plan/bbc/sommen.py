"""Adding up lines, to hold them against the totals of the file. Amounts are {(year, soort, richting): Decimal}."""

from collections import defaultdict
from decimal import Decimal

NUL = Decimal("0.00")


def per_jaar(som):
    uit = defaultdict(lambda: NUL)
    for (jaar, _, _), bedrag in som.items():
        uit[jaar] += bedrag
    return uit


def som_van(lijnen):
    som = defaultdict(lambda: NUL)
    for lijn in lijnen:
        for sleutel, bedrag in lijn.bedragen.items():
            som[sleutel] += bedrag
    return dict(som)


def hoeveel_samen(lijn, eronder):
    """How many of the lines below a heading make up its amounts, as many as possible; None when no number does."""
    verwacht = zonder_nullen(lijn.bedragen)
    som, gevonden = defaultdict(lambda: NUL), None
    for aantal, deel in enumerate(eronder, start=1):
        for sleutel, bedrag in deel.bedragen.items():
            som[sleutel] += bedrag
        if zonder_nullen(som) == verwacht:
            gevonden = aantal
    return gevonden


def zonder_nullen(bedragen):
    return {sleutel: bedrag for sleutel, bedrag in bedragen.items() if bedrag}
