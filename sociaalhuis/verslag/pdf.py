"""A report as PDF/UA-1 (ISO 14289), made by typst, which refuses to make one that is not accessible.

The text goes to typst as data, never as markup, so no word of it can be a command. Fonts are those inside typst, so
every machine gives the same pages.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from sociaalhuis.verslag.model import Tabel, Verslag, Verwijzing
from sociaalhuis.verslag.rekenblad import VERBODEN

VORM = Path(__file__).with_name("verslag.typ")
LEEG = Path(__file__).with_name("leeg.typ")
SOORT_PDF = "application/pdf"
GROOT = 50_000  # characters of data; below it ten documents together are small


class GeenPdf(RuntimeError):
    """Typst could not make the PDF. The reason is for the log: it may quote the report."""


def als_pdf(verslag: Verslag, *, huis: str, op: datetime, accent: str = "#1d5c56") -> bytes:
    """The report as PDF: `huis` is the name on every page, `op` when it was made (aware), `accent` the town's colour.

    Raises GeenPdf.
    """
    return zet(VORM, _gegevens(verslag, huis, accent), op=op)


def zet(vorm: Path, gegevens: dict, *, op: datetime) -> bytes:
    """Data (JSON-ready) in the shape of a typst file, which reads it as `sys.inputs.verslag`. Raises GeenPdf."""
    inhoud = json.dumps(_schoon(gegevens), ensure_ascii=False)
    try:
        return _zetter(vorm).compile(
            sys_inputs={"verslag": inhoud},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=op.replace(microsecond=0),
        )
    except typst.TypstError as fout:
        raise GeenPdf(fout.message) from fout
    finally:
        if len(inhoud) > GROOT:
            _vergeet()


def _vergeet():
    """Lets typst let go of a big document. It keeps what it worked out for the last ten it made, each some hundreds of MB
    for a plan; after eleven empty pages (some 40 ms) that is gone, and the memory serves for the next."""
    for _ in range(11):
        _zetter(LEEG).compile(format="pdf")


@cache
def _zetter(vorm):
    return typst.Compiler(vorm, ignore_system_fonts=True)


def _gegevens(verslag, huis, accent):
    return {
        "titel": verslag.titel,
        "ondertitel": verslag.ondertitel,
        "huis": huis,
        "accent": accent,
        "kenmerken": [list(paar) for paar in verslag.kenmerken],
        "delen": [
            {"titel": deel.titel, "alineas": list(deel.alineas), "tabellen": [_tabel(t) for t in deel.tabellen]}
            for deel in verslag.delen
        ],
    }


def _tabel(tabel: Tabel):
    return {
        "titel": tabel.titel,
        "uitleg": tabel.uitleg,
        "kolommen": [{"naam": kolom.naam, "cijfer": kolom.is_cijfer} for kolom in tabel.kolommen],
        "rijen": [[_cel(cel) for cel in rij] for rij in tabel.getoond()],
        "totaal": tabel.rij_getoond(tabel.totaal) if tabel.totaal else [],
        "staven": tabel.breedtes() if tabel.staven is not None else [],
        "staven_van": tabel.staven,
    }


def _cel(tekst):
    """A text, or a text with the whole address it leads to."""
    return {"tekst": tekst, "url": settings.SITE_URL + tekst.url} if isinstance(tekst, Verwijzing) else tekst


def _schoon(waarde):
    """Without the control characters that no PDF text may hold."""
    if isinstance(waarde, str):
        return VERBODEN.sub("", waarde)
    if isinstance(waarde, dict):
        return {naam: _schoon(inhoud) for naam, inhoud in waarde.items()}
    return [_schoon(deel) for deel in waarde] if isinstance(waarde, list) else waarde
