"""What each column of a table of the multi-year plan holds, by its heading and, where that says little, its content."""

import re
from dataclasses import dataclass

NIVEAUS = ("sd", "bd", "ap", "ac", "lijn")  # from the top down
JAAR = re.compile(r"(?<!\d)(20[2-6]\d)(?!\d)")
CODE = re.compile(r"(?=[^\s]*\d)[A-Za-zÀ-ÿ]{0,8}[-–_. ]?[A-Za-z0-9]+(?:[-_./:][A-Za-z0-9]+)*\.?")
MET_NAAM = re.compile(r"\s*(?P<code>(?=\S*\d)\S{1,40}?)\s*(?:[:–—|]|\s-|\s)\s*(?P<naam>[^\W\d_].*)", re.DOTALL)

# pattern on a heading (lower case, single spaces) -> what the column is about; the first that fits
WOORDEN = [
    ("totaal", r"^(eind)?totaal(?! ?overzicht)|^som\b|^saldo\b|\bsaldo$"),
    ("niscode", r"^nis"),
    ("entiteit", r"^(entiteit|bestuur|rechtspersoon|entity|organisatie)\b"),
    ("extern", r"extern\w* ?(rapporterings?)?code|rapporteringscode"),
    ("beleidsveld", r"beleids?veld"),
    ("domein", r"beleids?(sub)?domein|beleids?item"),
    ("dienst", r"^(dienst|afdeling|budgethouder|verantwoordelijke|kostenplaats|cluster|sector)\b"),
    ("soort", r"^(soort|type|rubriek|aard|e/?i/?f)\b"),
    ("richting", r"uitgaven? ?(/|of) ?ontvangst|^(u/o|richting|uitgave/ontvangst|ontvangst/uitgave)"),
    ("jaar", r"^(boek|dienst|budget|plan)?jaar$"),
    ("rekening", r"^(algemene|economische)? ?rekening(nummer|code)?$|^ar\b|^mar\b"),
    ("commentaar", r"^commentaar"),
    ("evaluatie", r"^evaluatie"),
    ("lang", r"lange omschrijving|^toelichting$"),
    ("sd", r"\bsd\b|strategische doelst|\bsds?code\b"),
    ("ap", r"\bap\b|\bactieplan"),
    ("bd", r"\bbd\b|beleidsdoelst|\bod\b|operationele doelst|^doelstelling"),
    ("lijn", r"\bmjp|ramings?(lijn|nummer|code)|budgetsleutel|^lijn|meerjarenplan(lijn|regel|nummer)"),
    ("ac", r"\bac\b|\bacties?\b|\bact\b|actiecode|^maatregel"),
]
BEDRAG = re.compile(
    r"^(raming|krediet|bedrag|budget|investerings|exploitatie|financierings|uitgaven?|ontvangsten?|kosten?)"
)
SOORTEN = [("investering", r"investering|\binv\b"), ("financiering", r"financiering|\bfin\b|lening"),
           ("exploitatie", r"exploitatie|\bexp\b|werking")]  # fmt: skip
RICHTINGEN = [("ontvangst", r"ontvangst|inkomst|opbrengst|\bo\b"), ("uitgave", r"uitgave|kost|\bu\b")]


KAAL = {"code", "nr", "nummer", "omschrijving", "korte omschrijving", "naam", "titel", "benaming", "label"}
ANDERS = "?"  # the level of a row stands in its code


@dataclass(frozen=True)
class Kolom:
    """`rol` is 'code', 'naam', 'blok' (lines with `Code:` and the like) or 'samen' (code and name in one cell) of a level,
    'bedrag', or the name of something else. A column of amounts has its `jaar` (or None: the row tells), `soort` and
    `richting` as far as its heading tells."""

    plaats: int
    rol: str
    niveau: str = ""
    jaar: int | None = None
    soort: str = ""
    richting: str = ""


def plat(waarde):
    return " ".join(str(waarde).split()).lower() if waarde is not None else ""


def eerste(patronen, tekst):
    """The name of the first pattern that is found in the text, or ''."""
    return next((naam for naam, patroon in patronen if re.search(patroon, tekst)), "")


def kop(blad):
    """(index of the last row of the headings, list of headings as text per column), or None when there is no table.

    The row whose headings say most among the first forty; a row right above it that names years or kinds over several
    columns belongs to it.
    """
    punten = [(_punten(cellen), -plaats) for plaats, (_, cellen) in enumerate(blad.rijen[:40])]
    beste, plaats = max(punten, default=(0, 0))
    if beste < 3:
        return None
    plaats = -plaats
    nummer, cellen = blad.rijen[plaats]
    koppen = [plat(cel) for cel in cellen]
    if plaats:
        boven_nummer, boven = blad.rijen[plaats - 1]
        for kolom, tekst in enumerate(koppen):
            woord = plat(blad.breed.get((boven_nummer, kolom)) or (boven[kolom] if kolom < len(boven) else None))
            if len(woord) < 40 and _zegt_meer(woord, tekst):
                koppen[kolom] = f"{tekst} {woord}".strip()
    return plaats, koppen


def _zegt_meer(boven, kop):
    """Whether a heading above several columns tells what the heading below it leaves open."""
    if JAAR.search(boven) or eerste(SOORTEN, boven):
        return not JAAR.search(kop) or not JAAR.search(boven)
    return kop in KAAL and eerste(WOORDEN, boven) in NIVEAUS


def _punten(cellen):
    """How much a row looks like headings: words we know and years count, amounts and long texts do not."""
    punten = 0
    for cel in cellen:
        tekst = plat(cel)
        if not tekst:
            continue
        if len(tekst) > 60:
            punten -= 2
        elif tekst in KAAL or JAAR.search(tekst) or eerste(WOORDEN, tekst) or BEDRAG.search(tekst):
            punten += 1
    return punten


def herken(koppen, rijen):
    """List of `Kolom` from the headings and the rows below them (lists of cells); each level has at most one
    column per role, and columns that say nothing are left out."""
    kolommen, gezien, vorig = [], set(), ""
    for plaats, tekst in enumerate(koppen):
        inhoud = [rij[plaats] for rij in rijen if plaats < len(rij) and rij[plaats] is not None][:400]
        kolom = _kolom(plaats, tekst, inhoud, vorig)
        if kolom and not (kolom.niveau and (kolom.niveau, kolom.rol) in gezien):
            gezien.add((kolom.niveau, kolom.rol))
            kolommen.append(kolom)
            vorig = kolom.niveau
    return kolommen


def _kolom(plaats, tekst, inhoud, vorig):
    jaar = JAAR.search(tekst)
    if jaar and not re.search(r"code|omschrijving|actie\b", tekst):
        return None if re.search(r"saldo|totaal", tekst) else _bedrag(plaats, tekst, int(jaar[1]))
    if re.match(r"(korte )?omschrijving|naam|titel|benaming|label", tekst) and not eerste(WOORDEN[-6:], tekst):
        return Kolom(plaats, "naam", vorig) if vorig else None
    if tekst in {"code", "nr", "nummer"}:
        return Kolom(plaats, "code", vorig or ANDERS)
    wat = eerste(WOORDEN, tekst)
    if wat in NIVEAUS:
        return Kolom(plaats, _rol(tekst, inhoud), wat)
    if wat:
        return Kolom(plaats, wat)
    if BEDRAG.search(tekst) and any(_is_bedrag(cel) for cel in inhoud):
        return _bedrag(plaats, tekst, None)
    return None


def _bedrag(plaats, tekst, jaar):
    return Kolom(plaats, "bedrag", jaar=jaar, soort=eerste(SOORTEN, tekst), richting=eerste(RICHTINGEN, tekst))


def _is_bedrag(cel):
    return isinstance(cel, (int, float)) or bool(re.search(r"\d", str(cel)))


def _rol(tekst, inhoud):
    """Whether a column of a level holds its code, its name, both, or a block of lines."""
    woorden = [str(cel) for cel in inhoud]
    if any(re.search(r"(?im)^\s*code\s*:", woord) for woord in woorden[:50]):
        return "blok"
    if re.search(r"omschrijving|naam|titel|beschrijving", tekst) and not re.search(r"code", tekst):
        return "naam"
    codes = sum(bool(CODE.fullmatch(woord.strip())) for woord in woorden)
    if re.search(r"code|nummer|\bnr\b", tekst) or (woorden and codes >= 0.8 * len(woorden)):
        return "code"
    samen = sum(bool(MET_NAAM.fullmatch(woord)) for woord in woorden)
    return "samen" if woorden and samen >= 0.6 * len(woorden) else "naam"
