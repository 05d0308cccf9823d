"""The booklet as PDF/UA-1."""

from pathlib import Path

from sociaalhuis.verslag.pdf import zet

VORM = Path(__file__).with_name("boekje.typ")


def als_pdf(gegevens, *, op):
    """What `boekje.maak` gave as PDF, bytes; `op` is when it was made (aware). Raises GeenPdf."""
    return zet(VORM, gegevens, op=op)
