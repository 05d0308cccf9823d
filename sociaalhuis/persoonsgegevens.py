"""What in a text that everyone will read may belong to a person: an address, a number, a name.

A find is a reason to look again, never a refusal: the words of a street, a project or a councillor look like a name
too. Whoever writes is told what the text itself shows (`in_tekst`). Staff who bring a text online are told the same, and
whether it holds a name from what they may read themselves (`met_bekende_namen`); who may read no cases gets no other
answer than anybody, so nobody learns who is known here (decisions 40 and 46).

An app that knows names registers a function that gets groups of words and the user, and says whether one is such a name.
"""

import re
import unicodedata
from collections.abc import Callable

from sociaalhuis import rijksregister

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
TELEFOON = re.compile(r"(?<![\w.,])(?:\+|00)?(?:32[ ./-]?)?0?(?:4\d{2}|[1-9]\d?)(?:[ ./-]?\d){6,7}(?![\w])")
# Two to four words with a capital, with the small words of Dutch names between: "Jan Peeters", "An Van de Velde".
# A sentence begins with a capital too, and "De Lijn" is nobody.
NAAM = re.compile(
    r"\b(?!(?:De|Het|Een|In|Op|Te|Bij|Voor|Onze|Ons|Wij|Sociaal|Huis|Sint)\b)[A-ZÀ-Þ][\w'’-]+(?:\s+(?:van|de|der|den|du|el|al|la|le|ter|ten|op)\b){0,2}(?:\s+[A-ZÀ-Þ][\w'’-]+){1,3}"
)
ONDERNEMING = re.compile(r"(?<!\d)[01]\d{3}\.\d{3}\.\d{3}(?!\d)")
WOORD = re.compile(r"[^\W\d_][\w'’-]+")
NOEMT_NAAM = "misschien de naam van iemand"

NOEMT_BEKENDE = "de naam van iemand die hulp vraagt aan jouw team"
LANGSTE_NAAM = 5  # words

Bron = Callable[[set[str], object], bool]
BRONNEN: list[Bron] = []


def registreer(bron: Bron) -> Bron:
    """Makes a source of names known (a decorator): it gets normalised groups of words and the user who brings the text
    online, and says whether one of them is a name from what this user may read."""
    BRONNEN.append(bron)
    return bron


def in_tekst(tekst: str, namen: bool = True) -> list[str]:
    """What the text itself shows, as words for a sentence: ["een e-mailadres", "een telefoonnummer"]; [] for nothing."""
    zonder_nummers = ONDERNEMING.sub(" ", rijksregister.NUMMER.sub(" ", tekst))
    gevonden = []
    if MAIL.search(tekst):
        gevonden.append("een e-mailadres")
    if rijksregister.staat_in(tekst):
        gevonden.append("een rijksregisternummer")
    if any(_is_nummer(treffer[0]) for treffer in TELEFOON.finditer(zonder_nummers)):
        gevonden.append("een telefoonnummer")
    if namen and NAAM.search(tekst):
        gevonden.append(NOEMT_NAAM)
    return gevonden


def met_bekende_namen(tekst: str, door) -> list[str]:
    """The same for a user of the staff, where a name from what they may read counts too, however it is written."""
    gevonden = in_tekst(tekst)
    if (groepen := woordgroepen(tekst)) and any(bron(groepen, door) for bron in BRONNEN):
        return [wat for wat in gevonden if wat != NOEMT_NAAM] + [NOEMT_BEKENDE]
    return gevonden


def genormaliseerd(naam: str) -> str:
    """A name for comparing: small letters without accents, one space between words, also where a hyphen stood."""
    zonder = unicodedata.normalize("NFKD", naam.casefold().replace("-", " "))
    return " ".join(WOORD.findall("".join(teken for teken in zonder if not unicodedata.combining(teken))))


def woordgroepen(tekst: str) -> set[str]:
    """Every two to five words that follow each other, normalised: what a name can be compared with."""
    woorden = genormaliseerd(tekst).split()
    lengtes = range(2, LANGSTE_NAAM + 1)
    return {" ".join(woorden[plek : plek + n]) for n in lengtes for plek in range(len(woorden) - n + 1)}


def schrijfwijzen(naam: str) -> set[str]:
    """How a text could write this name: in this order, family name first, and without the names between.

    Empty for one word: a first name says too little, and half of the family names are a street or a shop as well.
    """
    woorden = genormaliseerd(naam).split()
    if len(woorden) < 2:
        return set()
    eerste, laatste = woorden[0], woorden[-1]
    volgordes = [woorden, [*woorden[1:], eerste], [laatste, *woorden[:-1]], [eerste, laatste], [laatste, eerste]]
    return {" ".join(volgorde) for volgorde in volgordes if len(volgorde) <= LANGSTE_NAAM}


def _is_nummer(getypt):
    """Nine or ten digits from the trunk 0 on, or with the code of the country: a Belgian number, not an amount."""
    cijfers = re.sub(r"\D", "", getypt)
    if cijfers.startswith("0032"):
        cijfers = cijfers[4:].removeprefix("0")
    elif cijfers.startswith("32") and getypt.lstrip().startswith("+"):
        cijfers = cijfers[2:].removeprefix("0")
    elif cijfers.startswith("0"):
        cijfers = cijfers[1:]
    else:
        return False
    return len(cijfers) in (8, 9)
