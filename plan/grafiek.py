"""The chart of an indicator: what was measured and the course it should follow, as places to draw. Pure: no database.

Places across are percent of the width and places down are pixels, so that text keeps its size on a phone. A value that
the floor hides is not drawn. The same figures stand in `tabel`, so the drawing adds nothing that a table does not say.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sociaalhuis.templatetags.huis import datum_kort

LINKS, RECHTS = 4, 94  # percent
BOVEN, ONDER = 26, 172  # pixels; below stand the years


@dataclass
class Punt:
    """`x` in percent, `y` in pixels, `tekst` the value with its unit."""

    x: str
    y: int
    tekst: str


@dataclass
class Grafiek:
    gemeten: list = field(default_factory=list)  # Punt
    doelen: list = field(default_factory=list)  # Punt: baseline and targets
    jaren: list = field(default_factory=list)  # (x, anchor, year) below the chart
    tabel: list = field(default_factory=list)  # (when, measured, wanted)
    hoogte: int = ONDER + 28  # pixels, with the years

    @property
    def meetlijn(self):
        """Pairs of points with a line between."""
        return list(zip(self.gemeten, self.gemeten[1:], strict=False))

    @property
    def doellijn(self):
        return list(zip(self.doelen, self.doelen[1:], strict=False))

    @property
    def laatste(self):
        """The last measured point, to write its value at."""
        return self.gemeten[-1] if self.gemeten else None

    @property
    def anker(self):
        """On which side of its point that value stands."""
        return "end" if self.laatste and Decimal(self.laatste.x) > 60 else "start"


def teken(stuk, boven=BOVEN, onder=ONDER):
    """The `Grafiek` of a `plan.meten.Gemeten`, or None when there is nothing to draw and nothing to tell.

    `boven` and `onder` are where the highest and the lowest value come, in pixels from above.
    """
    zeg = stuk.indicator.zeg
    metingen = [(dag, waarde) for dag, waarde in stuk.metingen if not stuk.indicator.is_klein(waarde)]
    lijn = stuk.lijn or ([stuk.begin] if stuk.begin else [])
    if not stuk.metingen and not lijn:
        return None
    grafiek = Grafiek(tabel=tabel(stuk))
    if not metingen and not lijn:
        return grafiek
    dagen = [dag for dag, _ in [*metingen, *lijn]]
    waarden = [waarde for _, waarde in [*metingen, *lijn]]
    eerste, breedte = min(dagen), max((max(dagen) - min(dagen)).days, 1)
    laag, hoog = min(waarden), max(waarden)
    laag = min(laag, Decimal(0)) if laag * 2 < hoog else laag  # from nought when that wastes less than half
    hoogte = (hoog - laag) or Decimal(1)

    def punt(dag, waarde):
        x = Decimal(LINKS) + Decimal((dag - eerste).days) / breedte * (RECHTS - LINKS)
        return Punt(f"{x:.2f}", round(onder - (waarde - laag) / hoogte * (onder - boven)), zeg(waarde))

    grafiek.gemeten = [punt(dag, waarde) for dag, waarde in metingen]
    grafiek.doelen = [punt(dag, waarde) for dag, waarde in lijn]
    randen = [(eerste, "start"), (max(dagen), "end")] if breedte > 1 else [(eerste, "start")]
    grafiek.jaren = [(punt(dag, laag).x, anker, dag.year) for dag, anker in randen]
    return grafiek


def tabel(stuk):
    """[(when, measured, wanted)] in order of time: every measurement and every target; "" where there is none."""
    indicator, rijen = stuk.indicator, {}
    if indicator.nulmeting is not None:
        dag = indicator.nulmeting_op
        rijen[dag] = [f"Vertrekpunt, {datum_kort(dag)}", indicator.zeg(indicator.nulmeting), ""]
    for dag, waarde in stuk.metingen:
        periode = indicator.periode_van(dag)
        rijen[periode.einde] = [periode.naam.capitalize(), indicator.zeg(waarde), ""]
    for jaar, waarde in stuk.doelen:
        rijen.setdefault(date(jaar, 12, 31), [str(jaar), "", ""])[2] = indicator.zeg(waarde)
    return [tuple(rij) for _, rij in sorted(rijen.items())]
