"""In which language someone asks, told by script, letters and small words; a Dutch question is hardly ever foreign.

The words of the site and of the thesaurus count for Dutch, so a word that the town itself uses makes nobody a
foreigner. Imports nothing of the project but its words.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loket.zoek.woorden import NEDERLANDS

BESTAND = Path(__file__).resolve().parent.parent / "gegevens" / "talen.toml"
SCHRIFTEN = {
    "CYRILLIC": ["uk", "ru"],
    "ARABIC": ["fa", "ar"],
    "CJK": ["zh"],
}  # the last one when no letter or word tells
LATIJN, ONBEKEND_SCHRIFT = "LATIN", "en"
WOORD = re.compile(r"[^\W\d_]+'?")  # with an apostrophe kept: l'hôpital is l' and hôpital
LETTER_TELT = 1.5


@dataclass(frozen=True)
class Taal:
    """A language other than Dutch: what stands above the results, and what it is recognised by."""

    code: str
    naam: str
    zin: str
    bel: str
    vraag: str
    schrijf: str
    gekend: bool = False
    richting: str = "ltr"
    letters: str = ""
    woorden: frozenset = frozenset()


@cache
def talen():
    """{code: Taal}, as the file has them; a word that is small in Dutch too belongs to no other language."""
    ruw = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
    return {
        code: Taal(code=code, **{**velden, "woorden": frozenset(velden.get("woorden", "").split()) - NEDERLANDS})
        for code, velden in ruw.items()
    }


def taal_van(tekst, is_nederlands=lambda woorden: set()):
    """The `Taal` of a question, or None when it is Dutch or may be.

    `is_nederlands` gives, of the words that look foreign, those that the site knows: it is asked only then.
    """
    tekst = tekst.lower().replace("’", "'")
    woorden = WOORD.findall(tekst)
    code = _schrift(tekst, woorden)
    if code:
        return talen()[code]
    punten = {code: _punten(taal, woorden) for code, taal in talen().items() if taal.woorden}
    code, meeste = max(punten.items(), key=lambda paar: paar[1])
    nederlands = sum(woord in NEDERLANDS for woord in woorden)
    if meeste <= nederlands:
        return None
    taal = talen()[code]
    eigen = [woord for woord in woorden if woord in taal.woorden]
    bekend = is_nederlands(eigen) if len(eigen) < 3 else set()
    return taal if meeste - sum(woord in bekend for woord in eigen) > nederlands else None


def _schrift(tekst, woorden):
    """The code of a language with a script of its own, when most letters are of it; else ''."""
    schriften = Counter(unicodedata.name(teken, "").split(" ")[0].split("-")[0] for teken in tekst if teken.isalpha())
    if not schriften:
        return ""
    schrift = schriften.most_common(1)[0][0]
    if schrift == LATIJN:
        return ""
    *bijzondere, gewoon = SCHRIFTEN.get(schrift, [ONBEKEND_SCHRIFT])
    return next((code for code in bijzondere if _punten(talen()[code], woorden)), gewoon)


def _punten(taal, woorden):
    return sum(LETTER_TELT if set(woord) & set(taal.letters) else woord in taal.woorden for woord in woorden)
