"""Reads a file of N-Triples line by line with rdflib, keeps what can be read and names every line that cannot.

N-Triples has one statement per line and the statements of one service may lie anywhere in the file, so a service is
known to be complete only at the end. The file is therefore read once, into one dictionary per subject (about 1 kB per
line), and the services are handed out after that in the order of the file.
"""

import logging
import re
from collections import defaultdict
from dataclasses import dataclass, field

from rdflib import Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.ntriples import ParseError, W3CNTriplesParser, r_tail, r_wspaces

from loket.lpdc.begrippen import CONCEPTEN, DCT, INSTANTIE, KENMERKEN, PROV, RDF, SNAPSHOT

LANGSTE_REGEL = 1_000_000
MEESTE_REGELS = 2_000_000
PROEFREGELS = 20
GEEN_UTF8 = (
    "geen UTF-8, het bestand staat wellicht in Windows-1252 of Latin-1: bewaar het als UTF-8 en voer het opnieuw in"
)
BEGIN = re.compile(rb"^\s*(?:<([^<>\s]+)>|(_:\S+))")

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # dates are read and reported by `record`, not by rdflib


class Onleesbaar(Exception):
    """The file as a whole is not what was asked. The message is Dutch and says what to do."""


@dataclass(frozen=True)
class Schade:
    """A line that cannot be read."""

    regel: int
    reden: str


@dataclass
class Onderwerp:
    """One subject with its values per predicate, in the order of the file, and the first line it is on."""

    uri: str
    regel: int
    waarden: dict = field(default_factory=lambda: defaultdict(list))

    def een(self, predicaat):
        """The first value, or None."""
        waarden = self.waarden.get(predicaat)
        return waarden[0] if waarden else None

    def alle(self, predicaat):
        return self.waarden.get(predicaat, [])


@dataclass
class Lezing:
    """What a file holds: all subjects, which of them are services, and what was damaged or is no service."""

    onderwerpen: dict = field(default_factory=dict)
    records: list = field(default_factory=list)
    schade: list = field(default_factory=list)
    hersteld: list = field(default_factory=list)  # lines on which several statements were glued together
    geschonden: dict = field(default_factory=dict)  # subject -> first damaged line
    afgewezen: list = field(default_factory=list)  # (Onderwerp, why)
    regels: int = 0

    def deel(self, knoop):
        """The subject that a value points at, or None when it is not in the file."""
        return self.onderwerpen.get(knoop)

    def schade_aan(self, record):
        """The first damaged line of a service or of one of its parts, or None."""
        gezien, te_doen = set(), [URIRef(record.uri)]
        while te_doen:
            knoop = te_doen.pop()
            if knoop in gezien:
                continue
            gezien.add(knoop)
            if str(knoop) in self.geschonden:
                return self.geschonden[str(knoop)]
            if onderwerp := self.onderwerpen.get(knoop):
                te_doen += [w for lijst in onderwerp.waarden.values() for w in lijst if not isinstance(w, Literal)]
        return None


class _Regelparser(W3CNTriplesParser):
    """rdflib's parser for one line, which also reads statements that were glued together on it."""

    __slots__ = ()

    def lees(self, regel):
        """The list of (subject, predicate, object) of a line; empty for a comment. Raises ParseError."""
        self.line, gelezen = regel.strip(), []
        while self.line and not self.line.startswith("#"):
            subject = self.subject()
            self.eat(r_wspaces)
            predicaat = self.predicate()
            self.eat(r_wspaces)
            waarde = self.object()
            self.eat(r_tail)
            self.line = self.line.strip()
            gelezen.append((subject, predicaat, waarde))
        return gelezen


def lees(bestand):
    """The `Lezing` of an open binary file. Raises Onleesbaar when it is no N-Triples at all."""
    lezing, parser, goed = Lezing(), _Regelparser(), 0
    vorige, wezen = None, []  # the subject of the line before; damaged lines of which the subject is not known
    for nummer, ruw in _regels(bestand):
        lezing.regels = nummer
        if nummer > MEESTE_REGELS:
            raise Onleesbaar(f"Het bestand heeft meer dan {MEESTE_REGELS} regels. Splits het per bestuur.")
        try:
            zinnen = parser.lees(_tekst(ruw))
        except _Stuk as stuk:
            _noteer_schade(lezing, nummer, ruw, str(stuk), vorige, wezen)
        except (ParseError, ParserError, ValueError, UnicodeError):
            _noteer_schade(lezing, nummer, ruw, _waarom(ruw), vorige, wezen)
        else:
            goed += len(zinnen)
            if len(zinnen) > 1:
                lezing.hersteld.append(nummer)
            for zin in zinnen:
                _voeg_toe(lezing, nummer, *zin)
            if zinnen:
                vorige = str(zinnen[-1][0])
                for regel in wezen:
                    lezing.geschonden.setdefault(str(zinnen[0][0]), regel)
                wezen.clear()
        if not goed and len(lezing.schade) >= PROEFREGELS:
            break
    if not goed:
        raise Onleesbaar(_geen_ntriples(lezing))
    _kies_records(lezing)
    return lezing


class _Stuk(Exception):
    """A line that is damaged before parsing."""


def _regels(bestand):
    """(number, bytes) of every line; a line that is too long is cut, so that it fails without filling memory."""
    nummer = 0
    while ruw := bestand.readline(LANGSTE_REGEL + 2):
        nummer += 1
        if nummer == 1:
            if ruw.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise Onleesbaar("Het bestand staat in UTF-16. Bewaar het als UTF-8 en probeer opnieuw.")
            ruw = ruw.removeprefix(b"\xef\xbb\xbf")
        if len(ruw) > LANGSTE_REGEL:
            vervolg = ruw
            while vervolg and not vervolg.endswith(b"\n"):
                vervolg = bestand.readline(LANGSTE_REGEL)
        yield nummer, ruw


def _tekst(ruw):
    if len(ruw) > LANGSTE_REGEL:
        raise _Stuk(f"de regel is langer dan {LANGSTE_REGEL // 1000} kB")
    if b"\x00" in ruw:
        raise _Stuk("de regel bevat nultekens, zoals in een binair bestand")
    try:
        return ruw.decode("utf-8").strip("\r\n")
    except UnicodeDecodeError:
        raise _Stuk(GEEN_UTF8) from None


def _waarom(ruw):
    regel = ruw.decode("utf-8", "replace").strip()
    if not regel.endswith("."):
        return "de regel eindigt niet op een punt: er is wellicht een stuk weggevallen"
    if not BEGIN.match(ruw):
        return "de regel begint niet met een adres tussen < en >"
    return "dit is geen geldige N-Triples-regel"


def _noteer_schade(lezing, nummer, ruw, reden, vorige, wezen):
    """Notes a damaged line and whose it is; when that is unreadable too, it counts against both neighbours."""
    lezing.schade.append(Schade(nummer, reden))
    if begin := BEGIN.match(ruw[:2000]):
        onderwerp = (begin[1] or begin[2]).decode("utf-8", "replace")
        lezing.geschonden.setdefault(onderwerp, nummer)
        return
    if vorige:
        lezing.geschonden.setdefault(vorige, nummer)
    wezen.append(nummer)


def _voeg_toe(lezing, nummer, subject, predicaat, waarde):
    if subject not in lezing.onderwerpen:
        lezing.onderwerpen[subject] = Onderwerp(uri=str(subject), regel=nummer)
    lezing.onderwerpen[subject].waarden[predicaat].append(waarde)


def _geen_ntriples(lezing):
    if lezing.schade:
        eerste = lezing.schade[0]
        return (
            f"Dit is geen leesbaar N-Triples-bestand. Regel {eerste.regel}: {eerste.reden}."
            " Voer uit LPDC uit als N-Triples (.nt)."
        )
    return "Het bestand is leeg."


def _kies_records(lezing):
    """Which subjects are services, in the order of the file; of several snapshots of one service the last."""
    doelen = {w for o in lezing.onderwerpen.values() for lijst in o.waarden.values() for w in lijst if w != o.uri}
    per_dienst = {}
    for knoop, onderwerp in lezing.onderwerpen.items():
        types = set(onderwerp.alle(RDF.type))
        if types & CONCEPTEN:
            lezing.afgewezen.append((onderwerp, "is een concept van Vlaanderen, geen dienst van een lokaal bestuur"))
            continue
        is_dienst = bool(types & {INSTANTIE, SNAPSHOT})
        if not is_dienst and not types and knoop not in doelen:
            is_dienst = bool(KENMERKEN & onderwerp.waarden.keys())
        if not is_dienst:
            continue
        if not isinstance(knoop, URIRef):
            lezing.afgewezen.append(
                (onderwerp, "heeft geen eigen adres (URI), dus een tweede invoer zou hem dubbel maken")
            )
            continue
        sleutel = identiteit(onderwerp)
        vorige = per_dienst.get(sleutel)
        if vorige is None or _moment(onderwerp) >= _moment(vorige):
            per_dienst[sleutel] = onderwerp
    lezing.records = sorted(per_dienst.values(), key=lambda o: o.regel)


def identiteit(onderwerp):
    """The URI that stays the same over versions: a snapshot says which service it is a version of."""
    return str(onderwerp.een(DCT.isVersionOf) or onderwerp.uri)


def _moment(onderwerp):
    return str(onderwerp.een(PROV.generatedAtTime) or "")
