"""A report as plain data: parts with paragraphs and tables. The page, the PDF, xlsx and CSV are made from the same.

Numbers stay numbers (int, Decimal, float), so a spreadsheet can count with them; `toon()` writes them for people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sociaalhuis.templatetags.huis import datum_kort, euro, getal

VLOER = 5  # fewer people than this are never shown: someone might recognise them
MINDER = f"< {VLOER}"
GEEN = "geen gegevens"
GEEN_IN_PERIODE = "Geen gegevens in deze periode."

TEKST, GETAL, EURO, PROCENT, DAGEN, DATUM = "tekst", "getal", "euro", "procent", "dagen", "datum"
CIJFERS = {GETAL, EURO, PROCENT, DAGEN}


class Verwijzing(str):
    """A text in a cell that leads somewhere: `url` is an address on this site, beginning with a slash."""

    def __new__(cls, tekst, url=""):
        verwijzing = super().__new__(cls, tekst)
        verwijzing.url = url
        return verwijzing


@dataclass(frozen=True)
class Kolom:
    """A column: its heading, and what stands in it (TEKST, GETAL, EURO, PROCENT, DAGEN = working days, DATUM)."""

    naam: str
    soort: str = TEKST

    @property
    def is_cijfer(self):
        return self.soort in CIJFERS


@dataclass(frozen=True)
class Tabel:
    """Rows of cells in the order of `kolommen`; the first column names the row. A cell that is text stays text.

    `staven` is the index of the column that is drawn as bars as well, None for a table alone. `leeg` is what the page
    says when there are no rows.
    """

    titel: str
    kolommen: Sequence[Kolom]
    rijen: Sequence[Sequence]
    uitleg: str = ""
    totaal: Sequence | None = None
    staven: int | None = None
    leeg: str = GEEN_IN_PERIODE

    @property
    def alle_rijen(self):
        return [*self.rijen, self.totaal] if self.totaal else list(self.rijen)

    def getoond(self):
        """The rows as text for people, without the total."""
        return [self.rij_getoond(rij) for rij in self.rijen]

    def rij_getoond(self, rij):
        return [toon(kolom.soort, cel) for kolom, cel in zip(self.kolommen, rij, strict=True)]

    def breedtes(self):
        """Per row the length of its bar in percent: of the longest, or of 100 when the column is in percent, so that a
        quarter looks like a quarter. 0 for what is hidden, empty or negative."""
        waarden = [Decimal(str(rij[self.staven])) if is_getal(rij[self.staven]) else Decimal(0) for rij in self.rijen]
        in_procent = self.kolommen[self.staven].soort == PROCENT
        hoogste = max([*waarden, Decimal(100 if in_procent else 0)]) or Decimal(1)
        return [float(round(max(waarde, Decimal(0)) / hoogste * 100, 2)) for waarde in waarden]


@dataclass(frozen=True)
class Deel:
    titel: str
    alineas: Sequence[str] = ()
    tabellen: Sequence[Tabel] = ()


@dataclass(frozen=True)
class Verslag:
    """A whole report. `kenmerken` are (name, value) of the front page; `naam` is a file name without ending."""

    titel: str
    naam: str
    ondertitel: str = ""
    kenmerken: Sequence[tuple[str, str]] = ()
    delen: Sequence[Deel] = field(default_factory=tuple)

    @property
    def tabellen(self):
        return [tabel for deel in self.delen for tabel in deel.tabellen]


def is_getal(waarde):
    return isinstance(waarde, (int, float, Decimal)) and not isinstance(waarde, bool)


def toon(soort, waarde) -> str:
    """A cell as people read it: 1.234 · € 12,50 · 34 % · 2,5 werkdagen · 3 mrt 2027. Text and what is hidden as is."""
    if waarde is None:
        return GEEN
    if isinstance(waarde, date):
        return datum_kort(waarde)
    if not is_getal(waarde):
        return waarde if isinstance(waarde, Verwijzing) else str(waarde)
    if soort == EURO:
        return euro(waarde)
    if soort == PROCENT:
        return f"{_kort(waarde)} %"
    return _kort(waarde)


def _kort(waarde):
    """At most one decimal, and none where it says nothing."""
    afgerond = round(Decimal(str(waarde)), 1)
    return getal(afgerond, 0 if afgerond == int(afgerond) else 1)
