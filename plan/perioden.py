"""The periods in which an indicator is measured: a month, a quarter, half a year, one, two or three years. Pure: no database."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sociaalhuis.uren import MAANDEN

LENGTE = {"maand": 1, "kwartaal": 3, "halfjaar": 6, "jaar": 12, "twee-jaar": 24, "drie-jaar": 36}  # months


@dataclass(frozen=True)
class Periode:
    """From the first of a month, so many months long."""

    begin: date
    maanden: int

    @property
    def einde(self):
        """The last day."""
        laatste = _verder(self.begin, self.maanden - 1)
        return laatste.replace(day=monthrange(laatste.year, laatste.month)[1])

    @property
    def volgende(self):
        return Periode(_verder(self.begin, self.maanden), self.maanden)

    @property
    def naam(self):
        """2026 · eerste helft van 2026 · kwartaal 3 van 2026 · maart 2026 · 2026-2028."""
        jaar, maand = self.begin.year, self.begin.month
        if self.maanden > 12:
            return f"{jaar}-{self.einde.year}"
        if self.maanden == 12:
            return str(jaar)
        if self.maanden == 6:
            return f"{'eerste' if maand == 1 else 'tweede'} helft van {jaar}"
        return f"kwartaal {maand // 3 + 1} van {jaar}" if self.maanden == 3 else f"{MAANDEN[maand - 1]} {jaar}"


def _verder(dag, maanden):
    """The first of the month that lies so many months after that of `dag`."""
    nummer = dag.year * 12 + dag.month - 1 + maanden
    return date(nummer // 12, nummer % 12 + 1, 1)


def periode_van(frequentie, dag, beginjaar):
    """The `Periode` of a frequency (key of LENGTE) in which a day lies. Longer ones count from 1 January of `beginjaar`."""
    lengte = LENGTE[frequentie]
    voorbij = (dag.year - beginjaar) * 12 + dag.month - 1
    return Periode(_verder(date(beginjaar, 1, 1), voorbij // lengte * lengte), lengte)
