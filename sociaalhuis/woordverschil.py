"""Which words went and which came, from one plain text to another. Pure: text in, pieces out."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

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
    for wat, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if wat == "equal":
            stukken.append(Stuk("gelijk", " ".join(a[i1:i2])))
            continue
        if i2 > i1:
            stukken.append(Stuk("weg", " ".join(a[i1:i2])))
        if j2 > j1:
            stukken.append(Stuk("erbij", " ".join(b[j1:j2])))
    return stukken


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
