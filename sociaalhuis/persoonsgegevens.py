"""What in a text that everyone will read may belong to a person: an address, a number, a name.

A find is a reason to look again, never a refusal: the words of a street, a project or a councillor look like a name
too. Whoever writes is told what the text itself shows (`in_tekst`). Who checks before publishing is told the same and
one thing more: whether it holds a name that an app knows to be of a person (`met_bekende_namen`). Both say it with the
same sentence, so the answer tells nobody who is known here and who is not (decision 40).

An app that knows names registers a function that gets name-like groups of words and gives those it knows.
"""

import re
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

BRONNEN: list[Callable[[set[str]], bool]] = []


def registreer(bron: Callable[[set[str]], bool]) -> None:
    """Makes a source of names known: it gets normalised groups of words and says whether one is the name of a person."""
    BRONNEN.append(bron)


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


def met_bekende_namen(tekst: str) -> list[str]:
    """The same, where a name that is known here counts too, however it is written. For who checks before publishing."""
    gevonden = in_tekst(tekst)
    if NOEMT_NAAM not in gevonden and (groepen := woordgroepen(tekst)) and any(bron(groepen) for bron in BRONNEN):
        gevonden.append(NOEMT_NAAM)
    return gevonden


def genormaliseerd(naam: str) -> str:
    """A name for comparing: small letters, one space between words."""
    return " ".join(WOORD.findall(naam.casefold()))


def woordgroepen(tekst: str) -> set[str]:
    """Every two to four words that follow each other, normalised: what a name can be compared with."""
    woorden = genormaliseerd(tekst).split()
    return {
        " ".join(woorden[plek : plek + lengte]) for lengte in (2, 3, 4) for plek in range(len(woorden) - lengte + 1)
    }


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
