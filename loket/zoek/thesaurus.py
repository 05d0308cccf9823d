"""The synonyms as search uses them: by the stems of what people say. Kept in the process until staff change one."""

from collections import defaultdict

from django.db import connection

from loket.models import Synoniem
from loket.zoek.woorden import losse_woorden
from sociaalhuis import versie

LANGSTE_ZEGSWIJZE = 5

STAMMEN = "SELECT woord, ts_lexize('dutch_stem', woord) FROM unnest(%s::text[]) AS woord"


def lees():
    """Dict of the stems of what people say, as a tuple, to a list of what it is called here, as tuples of words."""
    paren = []
    for woord, betekent, beide in Synoniem.objects.values_list("woord", "betekent", "beide_richtingen"):
        paren.append((losse_woorden(woord), losse_woorden(betekent)))
        if beide:
            paren.append((losse_woorden(betekent), losse_woorden(woord)))
    with connection.cursor() as cursor:
        cursor.execute(STAMMEN, [sorted({w for zegt, _ in paren for w in zegt})])
        stam = {woord: (stammen[0] if stammen else woord) for woord, stammen in cursor.fetchall()}
    thesaurus = defaultdict(list)
    for zegt, betekent in paren:
        if zegt and betekent and len(zegt) <= LANGSTE_ZEGSWIJZE:
            thesaurus[tuple(stam[w] for w in zegt)].append(tuple(betekent))
    return dict(thesaurus)


@versie.bij_versie
def van_versie(nummer):
    return lees()
