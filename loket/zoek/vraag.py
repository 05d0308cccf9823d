"""What someone typed, taken apart: one group per word, with everything it may also be called.

A group holds forms, each a tsquery with a factor: the word itself (1), a synonym, its parts together, one of its parts,
words that start with it, words that look like it. A word that few services use weighs more (its rarity). Words that
only make a sentence of a question ("hoe krijg ik ...") are left out.
"""

import math
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from django.db import connection

from loket.zoek.thesaurus import LANGSTE_ZEGSWIJZE, sleutel
from loket.zoek.woorden import LICHT, delen, kern, losse_woorden

MEESTE_TEKENS = 200
MEESTE_WOORDEN = 12
MEESTE_SYNONIEMEN = 8
LANGSTE_GEKNIPT = 30
TUSSENIN = 2  # words that may stand between those of a saying

SYNONIEM, DELEN, LOS_DEEL, DEEL_SYNONIEM, BEGIN, LIJKT, STUK = 0.5, 0.7, 0.25, 0.2, 0.5, 0.4, 0.15
ZEGSWIJZE = 0.8  # of several words together the meaning is surer than of one
ZONDER_NIET = 0.3  # a saying of which the index does not know every word: "huur betalen" is not "huur niet betalen"
LIJKT_GENOEG = 0.45
GEWOON, VEEL = 1.5, 200  # rarity of a word that a third of the services has, about; services

# Beside the stop words of PostgreSQL's Dutch dictionary.
ZINSWOORDEN = {
    "graag", "krijg", "krijgen", "krijgt", "nodig", "wil", "willen", "kan", "kun", "kunnen", "moet", "moeten", "mag",
    "mogen", "hoe", "waar", "wanneer", "hoeveel", "welke", "iemand", "iets", "ergens", "alsjeblieft", "aub", "gaan",
    "ga", "doen", "doe", "laten", "laat", "vinden", "vind", "zoek", "zoeken", "heb", "hebt", "heeft", "hebben",
    "helpt", "mijn", "onze", "jouw", "jullie", "mij", "ons", "je", "jij", "ik", "we", "wij", "mensen", "help",
}  # fmt: skip

LICHT_TELT = 0.15

KEN = """
    SELECT w, ts_lexize('dutch_stem', w), l.aantal,
           (SELECT GREATEST(reltuples, 1) FROM pg_class WHERE oid = 'loket_zoekrij'::regclass)
    FROM unnest(%s::text[]) AS w LEFT JOIN loket_woord l ON l.woord = w
"""
LIJKEND = """
    SELECT gevraagd, beste.woord, beste.gelijkenis FROM unnest(%s::text[]) AS gevraagd, LATERAL (
        SELECT woord, similarity(woord, gevraagd) AS gelijkenis FROM loket_woord
        WHERE woord %% gevraagd ORDER BY gelijkenis DESC, aantal DESC, woord LIMIT 4
    ) AS beste WHERE beste.gelijkenis >= %s ORDER BY gevraagd, beste.gelijkenis DESC
"""


@dataclass
class Groep:
    """One word or saying of the question."""

    eigen: str  # as it was typed
    vormen: list  # (tsquery, factor)
    zeldzaam: float
    aantal: int = 0  # services that have the word

    def samen(self, minst=0.0):
        """The tsquery that finds what has this word, by forms that count at least `minst`.

        Of a common word not what only starts with it: that is nearly everything.
        """
        zeldzaam = self.zeldzaam > GEWOON or self.aantal < VEEL
        vormen = [vorm for vorm, f in self.vormen if f >= minst and (zeldzaam or not vorm.endswith(":*"))]
        return "(" + " | ".join(vormen) + ")"


@dataclass
class Zoekvraag:
    groepen: list = field(default_factory=list)
    stammen: set = field(default_factory=set)  # for marking words in results
    bedoelde: str = ""


@dataclass
class _Kennis:
    """What the database knows of the words of a question."""

    stam: dict
    aantal: dict
    rijen: float

    def zeldzaam(self, woord):
        deel = LICHT_TELT if woord in LICHT else 1
        return deel * math.log(1 + self.rijen / max(self.aantal.get(woord, 0), 1))


def ontleed(tekst, thesaurus):
    """The `Zoekvraag` of what someone typed: two queries at most."""
    gevraagd = losse_woorden(tekst[:MEESTE_TEKENS])[:MEESTE_WOORDEN]
    if not gevraagd:
        return Zoekvraag()
    kennis = _leer(gevraagd)
    vraag, onbekend = Zoekvraag(), {}
    for zegswijze, betekenissen in _in_stukken(kern(gevraagd), kennis, thesaurus):
        if len(zegswijze) > 1:
            groep = _zegswijze(zegswijze, betekenissen, kennis)
        else:
            groep, is_bekend = _woord(zegswijze[0], betekenissen, kennis, thesaurus)
            if not is_bekend:
                onbekend[zegswijze[0]] = groep
        vraag.groepen.append(groep)
    _vul_aan_met_lijkende(vraag, onbekend, gevraagd)
    vraag.stammen.update(kennis.stam[w] for w in gevraagd if kennis.stam[w] and w not in ZINSWOORDEN)
    vraag.stammen.update(re.findall(r"[a-z0-9]+", " ".join(v for g in vraag.groepen for v, f in g.vormen if f >= 0.4)))
    return vraag


def betekenissen(tekst, thesaurus):
    """What the words and sayings of a text are called in a catalogue, as a list of texts: one query."""
    gevraagd = losse_woorden(tekst[:MEESTE_TEKENS])[:MEESTE_WOORDEN]
    if not gevraagd:
        return []
    stukken = _in_stukken(kern(gevraagd), _leer(gevraagd), thesaurus)
    return [" ".join(woorden) for _, gevonden in stukken for woorden in gevonden[:MEESTE_SYNONIEMEN]]


def _leer(gevraagd):
    stukken = set(gevraagd)
    for woord in gevraagd:
        if 7 <= len(woord) <= LANGSTE_GEKNIPT:
            stukken.update(woord[i:j] for i in range(len(woord)) for j in range(i + 3, len(woord) + 1))
    with connection.cursor() as cursor:
        cursor.execute(KEN, [sorted(stukken)])
        rijen = cursor.fetchall()
    return _Kennis(
        stam={woord: stammen[0] if stammen else "" for woord, stammen, _, _ in rijen},
        aantal={woord: aantal for woord, _, aantal, _ in rijen if aantal},
        rijen=rijen[0][3],
    )


def _in_stukken(gevraagd, kennis, thesaurus):
    """Pairs of (words, meanings): the longest sayings of the thesaurus first, else single words without stop words."""
    bezet, stukken = set(), []
    for plekken in _zegswijzen(len(gevraagd)):
        if bezet.isdisjoint(plekken):
            woorden = [gevraagd[plek] for plek in plekken]
            betekenissen = thesaurus.get(sleutel(woorden, kennis.stam))
            if betekenissen:
                stukken.append((plekken[0], woorden, betekenissen))
                bezet.update(plekken)
    for plek, woord in enumerate(gevraagd):
        if plek not in bezet:
            stukken.append((plek, [woord], thesaurus.get(sleutel([woord], kennis.stam), [])))
    stukken = [(woorden, betekenissen) for _, woorden, betekenissen in sorted(stukken)]
    zonder = [s for s in stukken if len(s[0]) > 1 or (kennis.stam[s[0][0]] and s[0][0] not in ZINSWOORDEN)]
    return zonder or stukken


@cache
def _zegswijzen(aantal):
    """The places of words that may be a saying together: most words first, then those that stand closest."""
    keuzes = [
        keuze
        for lengte in range(min(LANGSTE_ZEGSWIJZE, aantal), 1, -1)
        for keuze in combinations(range(aantal), lengte)
        if keuze[-1] - keuze[0] < lengte + TUSSENIN
    ]
    return sorted(keuzes, key=lambda keuze: (-len(keuze), keuze[-1] - keuze[0], keuze))


def _en(woorden):
    return "(" + " & ".join(woorden) + ")"


def _zegswijze(woorden, betekenissen, kennis):
    eigen = [w for w in woorden if kennis.stam[w] and w not in ZINSWOORDEN] or woorden
    vormen = [(_en(eigen), 1.0 if len(eigen) == len(woorden) else ZONDER_NIET)]
    vormen += [(_en(b), ZEGSWIJZE) for b in betekenissen[:MEESTE_SYNONIEMEN]]
    vormen += [(w, LOS_DEEL) for w in eigen if len(eigen) > 1]
    return Groep(" ".join(eigen), vormen, math.log(1 + kennis.rijen / 3))


def _woord(woord, betekenissen, kennis, thesaurus):
    """The (group, whether anything of it is known)."""
    vormen = [(woord, 1.0)]
    vormen += [(_en(b), SYNONIEM) for b in betekenissen[:MEESTE_SYNONIEMEN]]
    stukken = delen(woord, kennis.aantal.keys() - {woord})
    if stukken:
        vormen.append((_en(stukken), DELEN))
        for stuk in stukken:
            vormen.append((stuk, LOS_DEEL if stuk is stukken[-1] else 0.8 * LOS_DEEL))
            vormen += [(_en(b), DEEL_SYNONIEM) for b in thesaurus.get((kennis.stam[stuk] or stuk,), [])[:4]]
    if len(woord) >= 4:
        vormen.append((f"{woord}:*", BEGIN))
    bekend = bool(kennis.aantal.get(woord) or stukken or betekenissen)
    if not kennis.aantal.get(woord) and not stukken:
        vormen += [(stuk, STUK) for stuk in _bekend_stuk(woord, kennis)]
    return Groep(woord, vormen, kennis.zeldzaam(woord), kennis.aantal.get(woord, 0)), bekend


def _bekend_stuk(woord, kennis):
    """The longest known end and the longest known start of a word that is not known itself."""
    lengte = len(woord)
    einde = next((woord[i:] for i in range(1, lengte - 4) if woord[i:] in kennis.aantal), None)
    begin = next((woord[:i] for i in range(lengte - 1, 4, -1) if woord[:i] in kennis.aantal), None)
    return [stuk for stuk in (einde, begin) if stuk]


def _vul_aan_met_lijkende(vraag, onbekend, gevraagd):
    """Adds words of the site that look like the unknown ones, and says what may have been meant."""
    if not onbekend:
        return
    with connection.cursor() as cursor:
        cursor.execute(LIJKEND, [list(onbekend), LIJKT_GENOEG])
        beste = {}
        for woord, lijkend, _ in cursor.fetchall():
            onbekend[woord].vormen.append((re.sub(r"['-]", " & ", lijkend), LIJKT))
            beste.setdefault(woord, lijkend)
    if beste:
        vraag.bedoelde = " ".join(beste.get(w, w) for w in gevraagd)
