"""Whole months, quarters and years: the only periods that figures are given for.

With free dates, two reports that differ by one day would show what one person did on that day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from sociaalhuis.templatetags.huis import MAANDEN

CODE = re.compile(r"(?P<jaar>20\d\d)(?:-(?:K(?P<kwartaal>[1-4])|(?P<maand>0[1-9]|1[0-2])))?")


@dataclass(frozen=True)
class Periode:
    """From `van` (a first of a month) for `maanden` months: 1, 3 or 12. Days are local."""

    van: date
    maanden: int

    @classmethod
    def van_code(cls, code: str) -> "Periode":
        """'2026', '2026-K3' or '2026-05'. Raises ValueError for anything else."""
        treffer = CODE.fullmatch(code)
        if not treffer:
            raise ValueError(f"geen periode: {code!r}")
        jaar = int(treffer["jaar"])
        if treffer["kwartaal"]:
            return cls(date(jaar, 3 * int(treffer["kwartaal"]) - 2, 1), 3)
        if treffer["maand"]:
            return cls(date(jaar, int(treffer["maand"]), 1), 1)
        return cls(date(jaar, 1, 1), 12)

    @classmethod
    def tussen(cls, van: date, tot: date) -> "Periode":
        """The period that begins on `van` and ends before `tot`."""
        return cls(van, (tot.year - van.year) * 12 + tot.month - van.month)

    @property
    def tot(self) -> date:
        """The first day after it."""
        return _verder(self.van, self.maanden)

    @property
    def code(self):
        if self.maanden == 12:
            return str(self.van.year)
        return f"{self.van.year}-K{self.van.month // 3 + 1}" if self.maanden == 3 else f"{self.van:%Y-%m}"

    @property
    def naam(self):
        if self.maanden == 12:
            return str(self.van.year)
        if self.maanden == 3:
            return f"{self.van.month // 3 + 1}e kwartaal van {self.van.year}"
        return f"{MAANDEN[self.van.month - 1]} {self.van.year}"

    def vorige(self):
        """The period of the same length just before."""
        return Periode(_verder(self.van, -self.maanden), self.maanden)

    def jaar_eerder(self):
        return Periode(_verder(self.van, -12), self.maanden)

    def per_maand(self):
        return [Periode(_verder(self.van, nummer), 1) for nummer in range(self.maanden)]

    def loopt_nog(self, vandaag=None):
        return (vandaag or timezone.localdate()) < self.tot

    def grenzen(self) -> tuple[datetime, datetime]:
        """First moment in it and first moment after it, aware."""
        return _middernacht(self.van), _middernacht(self.tot)


def keuzes(eerste: date, vandaag: date) -> list[tuple[str, list[Periode]]]:
    """What someone may choose, newest first: years, quarters and the last 24 months in which there may be something."""
    jaren = [Periode(date(jaar, 1, 1), 12) for jaar in range(vandaag.year, eerste.year - 1, -1)]
    kwartalen = _tot_nu([Periode(_verder(jaar.van, 3 * n), 3) for jaar in jaren for n in (3, 2, 1, 0)], eerste, vandaag)
    maanden = _tot_nu([Periode(_verder(jaar.van, n), 1) for jaar in jaren for n in range(11, -1, -1)], eerste, vandaag)
    return [("Jaar", jaren), ("Kwartaal", kwartalen[:12]), ("Maand", maanden[:24])]


def _tot_nu(perioden, eerste, vandaag):
    return [periode for periode in perioden if periode.van <= vandaag and periode.tot > eerste]


def _verder(dag, maanden):
    nummer = dag.year * 12 + dag.month - 1 + maanden
    return date(nummer // 12, nummer % 12 + 1, 1)


def _middernacht(dag):
    return timezone.make_aware(datetime.combine(dag, time.min))
