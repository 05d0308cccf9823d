"""The synonyms as search uses them: by the stems of what people say. Kept in the process until staff change one."""

import re
from collections import defaultdict

from django.db import connection

from loket.models import Synoniem
from loket.zoek.woorden import genormaliseerd, grond, kern, losse_woorden
from sociaalhuis import versie

LANGSTE_ZEGSWIJZE = 5
KORTSTE_TERM = 4
VOORZETSELS = frozenset(
    ["met", "bij", "voor", "om", "op", "aan", "van", "in", "naar", "uit", "door", "over", "tot", "die", "dat"]
)
BEGIN = re.compile(r"\b\w")

STAMMEN = "SELECT woord, ts_lexize('dutch_stem', woord) FROM unnest(%s::text[]) AS woord"


def sleutel(woorden, stam):
    """What a saying is kept under: the stem of its only word, or of several words what their forms share, in no order.

    "huur niet betaald" is then found in "we betalen de huur al lang niet".
    """
    if len(woorden) == 1:
        return (stam[woorden[0]] or woorden[0],)
    inhoud = [w for w in woorden if w not in VOORZETSELS]
    return tuple(sorted(grond(w) for w in (inhoud if len(inhoud) > 1 else woorden)))


def lees():
    """Dict of the keys of what people say (`sleutel`) to a list of what it is called here, as tuples of words."""
    paren = [(kern(losse_woorden(woord)), losse_woorden(betekent)) for woord, betekent in _paren()]
    with connection.cursor() as cursor:
        cursor.execute(STAMMEN, [sorted({w for zegt, _ in paren for w in zegt})])
        stam = {woord: (stammen[0] if stammen else woord) for woord, stammen in cursor.fetchall()}
    thesaurus = defaultdict(list)
    for zegt, betekent in paren:
        if zegt and betekent and len(zegt) <= LANGSTE_ZEGSWIJZE:
            thesaurus[sleutel(zegt, stam)].append(tuple(betekent))
    return dict(thesaurus)


def _paren():
    for woord, betekent, beide in Synoniem.objects.filter(taal="").values_list("woord", "betekent", "beide_richtingen"):
        yield woord, betekent
        if beide:
            yield betekent, woord


class Zegswijzen:
    """The other way round: what people say for the terms in a title."""

    def __init__(self):
        self.per_begin = defaultdict(dict)
        for woord, betekent in _paren():
            term = genormaliseerd(betekent)
            if len(term) >= KORTSTE_TERM:
                self.per_begin[term[:KORTSTE_TERM]].setdefault(term, []).append(woord)

    def bij(self, titel):
        """List of sayings, for each term that starts at a word of the title."""
        titel = genormaliseerd(titel)
        begin = [treffer.start() for treffer in BEGIN.finditer(titel)]
        return [
            woord
            for plek in begin
            for term, woorden in self.per_begin.get(titel[plek : plek + KORTSTE_TERM], {}).items()
            if titel.startswith(term, plek)
            for woord in woorden
        ]


@versie.bij_versie
def van_versie(nummer):
    return lees()
