"""Amounts as people and accounting packages write them."""

import re
from decimal import Decimal, InvalidOperation

SPATIES = re.compile(r"[\s\u00a0\u202f\u2009']")
MUNT = re.compile(r"(?i)€|euro?$|^euro?")
LEEG = {"", "-", "–", "—", "n.v.t.", "nvt", "/"}
CIJFERS = re.compile(r"[\d.,]+")
# what only one of the two ways of writing allows
KOMMA = re.compile(r"\d,\d{1,2}$|\d\.\d{3},|,\d{4,}$|^\d{1,3}(?:\.\d{3}){2,}")
PUNT = re.compile(r"\d\.\d{1,2}$|\d,\d{3}\.|\.\d{4,}$|^\d{1,3}(?:,\d{3}){2,}")


def kern(tekst):
    """(digits with their marks, whether negative) of a written amount; raises ValueError when it is none."""
    tekst = MUNT.sub("", SPATIES.sub("", tekst)).replace("−", "-").replace("–", "-")
    negatief = False
    if tekst.startswith("(") and tekst.endswith(")"):
        negatief, tekst = True, tekst[1:-1]
    if tekst.endswith("-") or tekst.startswith("-"):
        negatief, tekst = not negatief, tekst.strip("-")
    elif tekst.startswith("+"):
        tekst = tekst[1:]
    if not CIJFERS.fullmatch(tekst) or not any(teken.isdigit() for teken in tekst):
        raise ValueError(tekst)
    return tekst, negatief


def schrijfwijze(teksten):
    """The mark before the cents, ',' or '.', that a column of amounts uses; None when nothing in it tells."""
    komma = punt = 0
    for tekst in teksten:
        try:
            cijfers, _ = kern(tekst)
        except ValueError:
            continue
        komma += bool(KOMMA.search(cijfers))
        punt += bool(PUNT.search(cijfers))
    return None if komma == punt else "," if komma > punt else "."


def lees_bedrag(waarde, teken=None):
    """Decimal in euro, to the cent, of a cell: a number, or text with `teken` before its cents; None when empty.

    Without a `teken` the text itself tells, and three digits after one mark are thousands, as in Belgium. Raises
    ValueError for anything that is no amount.
    """
    if waarde is None or (isinstance(waarde, str) and SPATIES.sub("", waarde).lower() in LEEG):
        return None
    if isinstance(waarde, bool):
        raise ValueError(waarde)
    if isinstance(waarde, (int, float, Decimal)):
        return rond(waarde)
    cijfers, negatief = kern(waarde)
    teken = teken or schrijfwijze([waarde]) or ","
    duizend = "." if teken == "," else ","
    geheel, _, cent = cijfers.partition(teken)
    if teken in cent or duizend in cent or not re.fullmatch(r"\d*(?:[.,]\d{3})*", geheel):
        raise ValueError(waarde)
    bedrag = rond(f"{geheel.replace(duizend, '') or '0'}.{cent or '0'}")
    return -bedrag if negatief else bedrag


def rond(waarde):
    try:
        bedrag = Decimal(str(waarde))
        if not bedrag.is_finite() or abs(bedrag) >= Decimal(10) ** 12:
            raise ValueError(waarde)
        return bedrag.quantize(Decimal("0.01")) + Decimal("0.00")  # no negative zero
    except InvalidOperation:
        raise ValueError(waarde) from None
