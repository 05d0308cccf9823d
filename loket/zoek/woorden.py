"""Words: how text is cut into them, written the same way, and taken apart. Imports nothing of the project."""

import re
import tomllib
import unicodedata
from pathlib import Path

LIJSTEN = tomllib.loads((Path(__file__).resolve().parent.parent / "gegevens" / "nederlands.toml").read_text("utf-8"))
OPVULSEL, LICHT, NEDERLANDS = (frozenset(LIJSTEN[naam].split()) for naam in ("opvulsel", "licht", "klein"))

BIJZONDER = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "'", "‘": "'", "ĳ": "ij"}
)
WOORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
LANGSTE_WOORD = 40


def genormaliseerd(tekst):
    """Lower case, without accents."""
    ontleed = unicodedata.normalize("NFKD", tekst.lower().translate(BIJZONDER))
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def woorden(tekst):
    """The words of a text in order, written the same way; a word with a hyphen is kept whole."""
    return [woord[:LANGSTE_WOORD] for woord in WOORD.findall(genormaliseerd(tekst))]


KORTSTE_SAMENSTELLING = 7
KORTSTE_DEEL = 4
TUSSENKLANKEN = ("", "s", "en", "e", "n", "-")


def delen(woord, lexicon, diepte=3):
    """The parts of a Dutch compound, each a word of `lexicon` (a set), fewest and longest first; [] when it is none.

    huurwaarborg -> huur, waarborg; a joining s, e or en is left out: gezinszorg -> gezin, zorg.
    """
    if "-" in woord or "'" in woord:
        stukken = [stuk for stuk in re.split(r"['-]", woord) if len(stuk) > 1]
        return stukken if len(stukken) > 1 else []
    if len(woord) < KORTSTE_SAMENSTELLING or woord.isdigit():
        return []
    return _delen(woord, lexicon, diepte)


def _delen(woord, lexicon, diepte):
    beste = []
    for knip in range(len(woord) - KORTSTE_DEEL, KORTSTE_DEEL - 1, -1):
        kop = _bekend(woord[:knip], lexicon)
        if not kop:
            continue
        staart = woord[knip:]
        if staart in lexicon:
            return [kop, staart]
        if diepte > 2 and len(staart) >= 2 * KORTSTE_DEEL and not beste:
            verder = _delen(staart, lexicon, diepte - 1)
            if verder:
                beste = [kop, *verder]
    return beste


def _bekend(kop, lexicon):
    """The word that a first part stands for, without its joining sound; None when it is no word."""
    for klank in TUSSENKLANKEN:
        if klank and not kop.endswith(klank):
            continue
        zonder = kop[: len(kop) - len(klank)]
        if len(zonder) >= KORTSTE_DEEL - 1 and zonder in lexicon:
            return zonder
    return None


def losse_woorden(tekst):
    """The words of a text, those with a hyphen or an apostrophe cut at it."""
    return [stuk for woord in woorden(tekst) for stuk in re.split(r"['-]", woord)]


def kern(lijst):
    """The words without those that only fill; all of them when nothing else is left."""
    return [woord for woord in lijst if woord not in OPVULSEL] or lijst


VOLTOOID = re.compile(r"(af|op|uit|aan|in|mee|toe|weg|dicht|bij|om|door|terug|rond)?ge(\w{3,})(?<=t|d|n)")
EINDE = re.compile(r"(?<=\w\w\w[^aeiou])[td]e?$")
ZELFDE = {"help": "hulp"}  # "iemand die mij helpt met" asks for "hulp bij"
DUBBEL = re.compile(r"([a-z])\1")


def grond(woord):
    """What the forms of a regular verb share: betalen, betaalt, betaald; afzetten, afgezet. Only for comparing words."""
    voltooid = VOLTOOID.fullmatch(woord)
    if voltooid:
        woord = (voltooid[1] or "") + voltooid[2]
    woord = woord[:-2] if len(woord) > 4 and woord.endswith("en") else EINDE.sub("", woord)
    woord = DUBBEL.sub(r"\1", re.sub("v$", "f", re.sub("z$", "s", woord)))
    return ZELFDE.get(woord, woord)
