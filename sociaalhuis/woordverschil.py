"""Which words went and which came, from one plain text to another. Pure: text in, pieces out."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import ne

WOORD = re.compile(r"\S+")


@dataclass
class Stuk:
    """Some words: `soort` is "gelijk", "weg", "erbij", or "gat" for words that were left out."""

    soort: str
    tekst: str


def woorden(oud, nieuw):
    """List of `Stuk` from one plain text to another, in whole words; next to each other what goes before what comes."""
    a, b = WOORD.findall(oud), WOORD.findall(nieuw)
    stukken = []
    for gelijk, i1, i2, j1, j2 in _stappen(a, b):
        if gelijk:
            stukken.append(Stuk("gelijk", " ".join(a[i1:i2])))
            continue
        if i2 > i1:
            stukken.append(Stuk("weg", " ".join(a[i1:i2])))
        if j2 > j1:
            stukken.append(Stuk("erbij", " ".join(b[j1:j2])))
    return stukken


def _stappen(a, b):
    """[(is equal, from and to in a, from and to in b)] in order.

    What is the same at the begin and at the end needs no search. Nor do texts as long as each other in which few words
    stand elsewhere than they stood: there words were replaced.
    """
    kort = min(len(a), len(b))
    voor = next((plek for plek in range(kort) if a[plek] != b[plek]), kort)
    na = next((plek for plek in range(kort - voor) if a[-1 - plek] != b[-1 - plek]), kort - voor)
    kern_a, kern_b = a[voor : len(a) - na], b[voor : len(b) - na]
    uit = [(True, 0, voor, 0, voor)] if voor else []
    if kern_a and len(kern_a) == len(kern_b) and _vervangen(kern_a, kern_b):
        midden = _per_plek(kern_a, kern_b)
    elif kern_a and kern_b:
        midden = [
            (wat == "equal", *plekken)
            for wat, *plekken in SequenceMatcher(None, kern_a, kern_b, autojunk=False).get_opcodes()
        ]
    else:
        midden = [(False, 0, len(kern_a), 0, len(kern_b))] if kern_a or kern_b else []
    uit += [(gelijk, *(plek + voor for plek in plekken)) for gelijk, *plekken in midden]
    return uit + ([(True, len(a) - na, len(a), len(b) - na, len(b))] if na else [])


def _vervangen(a, b):
    """Whether two lists of words, as long as each other, differ in at most one of three places."""
    return 3 * sum(map(ne, a, b)) <= len(a)


def _per_plek(a, b):
    """Steps over two lists that are laid word beside word."""
    uit, begin = [], 0
    for plek in range(1, len(a) + 1):
        if plek == len(a) or (a[plek] == b[plek]) != (a[begin] == b[begin]):
            uit.append((a[begin] == b[begin], begin, plek, begin, plek))
            begin = plek
    return uit


def ingekort(stukken, rond=12):
    """The same, with at most `rond` words of what stayed on either side of a change; a gap stands for the rest."""
    uit = []
    for plaats, stuk in enumerate(stukken):
        delen = stuk.tekst.split() if stuk.soort == "gelijk" else []
        voor, na = (rond if plaats else 0), (rond if plaats < len(stukken) - 1 else 0)
        if len(delen) <= voor + na + 1:
            uit.append(stuk)
            continue
        uit += [Stuk("gelijk", " ".join(delen[:voor]))] if voor else []
        uit.append(Stuk("gat", "…"))
        uit += [Stuk("gelijk", " ".join(delen[-na:]))] if na else []
    return uit
