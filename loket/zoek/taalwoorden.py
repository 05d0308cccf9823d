"""Everyday words of languages that the encoder does not know, to Dutch ones: pairs of `Synoniem` with a language.

Those languages bend their words, so a word is known by its beginning.
"""

import re
from collections import defaultdict

from loket.models import Synoniem
from loket.zoek.woorden import genormaliseerd
from sociaalhuis import versie

WOORD = re.compile(r"[^\W\d_]+")
APOSTROF = re.compile(r"['’ʼ`]")
HOOGSTENS = 6
LANGSTE_UITGANG = 4


def woorden_van(tekst):
    """The words of a text in any script, in small letters without accents or apostrophes."""
    return WOORD.findall(genormaliseerd(APOSTROF.sub("", tekst)))


@versie.bij_versie
def _paren(nummer):
    """{language: [(words, Dutch)]}, sayings before words and long words before short ones."""
    per_taal = defaultdict(list)
    for taal, woord, betekent in Synoniem.objects.exclude(taal="").values_list("taal", "woord", "betekent"):
        per_taal[taal].append((woorden_van(woord), betekent))
    return {
        taal: sorted(paren, key=lambda paar: (-len(paar[0]), -len("".join(paar[0])), paar))
        for taal, paren in per_taal.items()
    }


def vertaald(nummer, taal, tekst):
    """The Dutch words for what is known of a text in a language (a code), at most a few; [] when nothing is."""
    over, uit = woorden_van(tekst), []
    for gezocht, betekent in _paren(nummer).get(taal, []):
        eigen = [next((woord for woord in over if is_vorm_van(woord, deel)), None) for deel in gezocht]
        if all(eigen):
            uit.append(betekent)
            if len(gezocht) > 1:
                over = [woord for woord in over if woord not in eigen]
        if len(uit) == HOOGSTENS:
            break
    return uit


def is_vorm_van(woord, begin):
    """True when a word is another word with another ending, as far as its letters tell."""
    gelijk = next(
        (n for n, paar in enumerate(zip(woord, begin, strict=False)) if paar[0] != paar[1]), min(len(woord), len(begin))
    )
    nodig = min(len(begin), max(len(begin) - (2 if len(begin) > 5 else 1), 3))
    return gelijk >= nodig and len(woord) - gelijk <= (LANGSTE_UITGANG if len(begin) > 4 else 1)
