"""Belgian national numbers in free text: we never ask for one, so we say it when one is typed, and mask it.

A number counts when its check digits and its date are right; other rows of digits are left alone.
Imports nothing of the project.
"""

import re

NUMMER = re.compile(r"(?<![\d.])(\d{2})[. /-]?(\d{2})[. /-]?(\d{2})[. /-]{0,3}(\d{3})[. /-]?(\d{2})(?!\d)")
MASKER = "••.••.••-•••.••"


def _geldig(treffer):
    jaar, maand, dag, reeks, controle = treffer.groups()
    # Bis numbers have 20 or 40 added to the month; an unknown birthday is written as 00.
    if int(maand) % 20 > 12 or int(maand) > 52 or int(dag) > 31:
        return False
    getal = int(jaar + maand + dag + reeks)
    return int(controle) in {97 - getal % 97, 97 - (2_000_000_000 + getal) % 97}


def staat_in(tekst: str) -> bool:
    """Whether the text holds a valid national number."""
    return any(_geldig(treffer) for treffer in NUMMER.finditer(tekst or ""))


def gemaskeerd(tekst: str) -> str:
    """The text with every valid national number replaced by dots."""
    return NUMMER.sub(lambda treffer: MASKER if _geldig(treffer) else treffer[0], tekst or "")
