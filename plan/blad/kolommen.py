"""One column of a sheet: how a value stands in a cell, and what a cell says. Pure.

Every value has one text that stands for it (`kern`): the key of a choice, codes in order, a day as ISO, a number without
needless zeros. Two values are the same when that text is.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from plan.blokken import knip
from sociaalhuis.tekst import plat, zonder_onzichtbare
from sociaalhuis.templatetags.huis import datum_kort, getal

TEKST, OPMAAK, DATUM, GETAL, KEUZE, NAMEN = "tekst", "opmaak", "datum", "getal", "keuze", "namen"
DAG = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\Z")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?\Z")
BELGISCH = re.compile(r"[+-]?(\d{1,3}(?:[.\s]\d{3})+|\d+)(,\d+)?\Z")


class Celfout(ValueError):
    """What a cell says cannot be; the message is for who filled it in."""


@dataclass(frozen=True)
class Kolom:
    """`naam` of the field, `kop` above the column. `keuzes` is {key: label} of a choice or of names; `cijfers` after the comma."""

    naam: str
    kop: str
    soort: str = TEKST
    vast: bool = False  # only to read
    verplicht: bool = False
    keuzes: dict = field(default_factory=dict, hash=False)
    cijfers: int = 0
    breed: int = 18

    # --- out ----------------------------------------------------------------------------------

    def cel(self, kern):
        """The text that stands for a value -> what is written in a cell: str, date, int, float or None."""
        if kern == "":
            return None
        if self.soort == DATUM:
            return date.fromisoformat(kern)
        if self.soort == GETAL:
            return float(kern) if "." in kern else int(kern)
        if self.soort == KEUZE:
            return self.keuzes.get(kern, kern)
        if self.soort == NAMEN:
            return "; ".join(self.keuzes.get(code, code) for code in kern.split(";"))
        return kern

    def toon(self, kern):
        """The same for people: '31 dec 2027', '1.234,5'."""
        if kern == "":
            return "leeg"
        if self.soort == DATUM:
            return datum_kort(date.fromisoformat(kern))
        if self.soort == GETAL:
            return getal(Decimal(kern), len(kern.partition(".")[2]))
        return str(self.cel(kern))

    # --- in -----------------------------------------------------------------------------------

    def kern(self, waarde, vorm="General"):
        """What stands in a cell (with its number format) -> the text that stands for it. Raises Celfout."""
        if waarde is None or (isinstance(waarde, str) and not waarde.strip()):
            if self.verplicht:
                raise Celfout("Dit mag niet leeg zijn.")
            return ""
        if isinstance(waarde, bool):
            raise Celfout("Hier staat WAAR of ONWAAR. Schrijf een tekst of een getal.")
        return getattr(self, f"_{self.soort}")(waarde, vorm)

    def _tekst(self, waarde, _vorm):
        if isinstance(waarde, (datetime, date)):
            raise Celfout("Het rekenblad maakte hier een datum van. Zet de cel op 'tekst' en typ opnieuw.")
        if isinstance(waarde, float) and waarde.is_integer():
            waarde = int(waarde)
        regels = str(waarde).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
        return zonder_onzichtbare(regels).strip()

    _opmaak = _tekst

    def _datum(self, waarde, _vorm):
        if isinstance(waarde, datetime):
            return waarde.date().isoformat()
        if isinstance(waarde, date):
            return waarde.isoformat()
        tekst = str(waarde).strip()
        if deel := DAG.match(tekst):
            jaar, maand, dag = int(deel[3]), int(deel[2]), int(deel[1])
        elif deel := ISO.match(tekst):
            jaar, maand, dag = (int(stuk) for stuk in deel.groups())
        else:
            raise Celfout(f"'{tekst[:40]}' is geen datum. Schrijf dag, maand en jaar, zoals 31/12/2027.")
        try:
            return date(jaar, maand, dag).isoformat()
        except ValueError as fout:
            raise Celfout(f"De dag '{tekst}' bestaat niet. Schrijf eerst de dag, dan de maand: 31/12/2027.") from fout

    def _getal(self, waarde, vorm):
        if isinstance(waarde, (datetime, date)):
            raise Celfout("Hier staat een datum. Schrijf een getal.")
        if isinstance(waarde, str):
            getal_ = self._uit_tekst(waarde)
        else:
            getal_ = Decimal(repr(waarde)) if isinstance(waarde, float) else Decimal(waarde)
            if "%" in vorm and '"' not in vorm:
                getal_ *= 100  # the sheet shows 40 % and keeps 0,4
        if not getal_.is_finite() or abs(getal_) >= 10**12:
            raise Celfout("Dit getal is te groot.")
        afgerond = round(getal_, self.cijfers)
        if afgerond != round(getal_, 6):
            raise Celfout(
                f"Schrijf een getal met hoogstens {self.cijfers} cijfers na de komma."
                if self.cijfers
                else "Schrijf een geheel getal, zonder komma."
            )
        return format(afgerond.normalize(), "f") if afgerond else "0"

    def _uit_tekst(self, waarde):
        tekst = waarde.strip().removesuffix("%").strip().replace("\u00a0", " ").replace("\u202f", " ")
        if BELGISCH.match(tekst):
            tekst = re.sub(r"[.\s]", "", tekst).replace(",", ".")
        elif not re.fullmatch(r"[+-]?\d+\.\d+", tekst):
            raise Celfout(f"'{waarde[:40]}' is geen getal. Schrijf cijfers, zoals 40 of 1.234,5.")
        try:
            return Decimal(tekst)
        except InvalidOperation as fout:
            raise Celfout(f"'{waarde[:40]}' is geen getal.") from fout

    def _keuze(self, waarde, _vorm):
        return self._sleutel(self._tekst(waarde, ""))

    def _namen(self, waarde, _vorm):
        delen = [deel.strip() for deel in re.split(r"[;\n]", self._tekst(waarde, "")) if deel.strip()]
        return ";".join(sorted({self._sleutel(deel) for deel in delen}))

    def _sleutel(self, tekst):
        """The key of a label or of a key, whatever its capitals."""
        zoek = " ".join(tekst.lower().split())
        for sleutel, label in self.keuzes.items():
            if zoek in (" ".join(str(label).lower().split()), str(sleutel).lower()):
                return str(sleutel)
        mogelijk = list(self.keuzes.values())
        rest = f" en nog {len(mogelijk) - 12} andere" if len(mogelijk) > 12 else ""
        raise Celfout(f"'{tekst[:60]}' kennen we niet. Kies uit: {', '.join(map(str, mogelijk[:12]))}{rest}.")


# --- texts with markup ----------------------------------------------------------------------------

GEWOON = re.compile(r"<(p|li)>([^<]*)</\1>")


def als_tekst(html):
    """Clean HTML as text for a cell: an empty line between paragraphs, a dash for each point of a list."""
    return "\n\n".join(
        "\n".join(f"- {plat(punt)}" for punt in re.findall(r"<li>(.*?)</li>", blok, re.DOTALL))
        if blok.startswith("<ul>")
        else plat(blok)
        for blok in knip(html)
    )


def als_html(tekst):
    """The other way: paragraphs and lists from the text of a cell."""
    delen = []
    for blok in re.split(r"\n\s*\n", tekst.strip()):
        regels = [regel.strip() for regel in blok.split("\n") if regel.strip()]
        if regels and all(regel.startswith("- ") for regel in regels):
            delen.append("<ul>" + "".join(f"<li>{_veilig(regel[2:])}</li>" for regel in regels) + "</ul>")
        elif regels:
            delen.append(f"<p>{_veilig(' '.join(regels))}</p>")
    return "".join(delen)


def _veilig(tekst):
    return tekst.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_gewoon(html):
    """Whether a text survives the way to a cell and back: only paragraphs and plain lists, no bold, links or headings."""
    return "".join((html or "").split()) == "".join(als_html(als_tekst(html)).split())
