"""Clean HTML (see `sociaalhuis.tekst`) as blocks of plain data, which a typesetter can set without reading HTML. Pure.

A block is a dict with `soort`: "p" (`in`: pieces), "kop" (`niveau` 1 or 2 below the text, `in`), "lijst" (`genummerd`, `punten`:
lists of blocks), "tabel" (`kop` and `rijen`: rows of lists of pieces, all as wide), "citaat" (`blokken`). A piece is a text, or a
dict with one of "sterk", "nadruk", "onder", "sub", "sup", "link" (with `naar`) that holds pieces, or {"regel": True} for a break.
"""

import re
from html.parser import HTMLParser

BLOKKEN = {"p", "h3", "h4", "ul", "ol", "table", "blockquote"}
STIJL = {"strong": "sterk", "b": "sterk", "em": "nadruk", "i": "nadruk", "u": "onder", "sub": "sub", "sup": "sup"}
WIT = re.compile(r"\s+")


class _Boom(HTMLParser):
    """The HTML as nested lists: [tag, attributes, children]."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.wortel = ["", {}, []]
        self.pad = [self.wortel]

    def handle_starttag(self, tag, attrs):
        knoop = [tag, dict(attrs), []]
        self.pad[-1][2].append(knoop)
        if tag != "br":
            self.pad.append(knoop)

    def handle_endtag(self, tag):
        if any(knoop[0] == tag for knoop in self.pad[1:]):
            while self.pad.pop()[0] != tag:
                pass

    def handle_data(self, data):
        self.pad[-1][2].append(data)


def blokken(html):
    """List of blocks of a text."""
    boom = _Boom()
    boom.feed(html or "")
    boom.close()
    return _blokken(boom.wortel[2])


def _blokken(kinderen):
    """Blocks of what stands below a node; words outside any block become a paragraph."""
    uit, los = [], []

    def sluit():
        if stukken := _net(_stukken(los)):
            uit.append({"soort": "p", "in": stukken})
        los.clear()

    for kind in kinderen:
        if isinstance(kind, list) and kind[0] in BLOKKEN:
            sluit()
            uit.extend(_blok(*kind))
        else:
            los.append(kind)
    sluit()
    return uit


def _blok(tag, _attrs, kinderen):
    if tag in ("ul", "ol"):
        punten = [punt for kind in kinderen if isinstance(kind, list) and (punt := _blokken(kind[2]))]
        return [{"soort": "lijst", "genummerd": tag == "ol", "punten": punten}] if punten else []
    if tag == "table":
        return _tabel(kinderen)
    if tag == "blockquote":
        binnen = _blokken(kinderen)
        return [{"soort": "citaat", "blokken": binnen}] if binnen else []
    stukken = _net(_stukken(kinderen))
    if not stukken:
        return []
    if tag == "p":
        return [{"soort": "p", "in": stukken}]
    return [{"soort": "kop", "niveau": int(tag[1]) - 2, "in": stukken}]


def _stukken(kinderen):
    uit = []
    for kind in kinderen:
        if isinstance(kind, str):
            uit.append(WIT.sub(" ", kind))
            continue
        tag, attrs, binnen = kind
        if tag == "br":
            uit.append({"regel": True})
        elif tag in STIJL:
            uit.append({STIJL[tag]: _stukken(binnen)})
        elif tag == "a" and attrs.get("href"):
            uit.append({"link": _stukken(binnen), "naar": attrs["href"]})
        else:
            uit.extend(_stukken(binnen))
    return uit


def woorden(stukken):
    """The words of pieces, on one line."""
    return "".join(
        stuk if isinstance(stuk, str) else "".join(woorden(deel) for deel in stuk.values() if isinstance(deel, list))
        for stuk in stukken
    )


def _net(stukken):
    """Pieces without those that say nothing, and without white space around them; empty when there are no words."""
    stukken = [stuk for stuk in stukken if isinstance(stuk, str) or "regel" in stuk or woorden([stuk]).strip()]
    if not woorden(stukken).strip():
        return []
    if isinstance(stukken[0], str):
        stukken[0] = stukken[0].lstrip()
    if isinstance(stukken[-1], str):
        stukken[-1] = stukken[-1].rstrip()
    return [stuk for stuk in stukken if stuk]


def _rijen(kinderen):
    """[(is in a thead, cells as nodes)] of a table, at any depth."""
    for kind in kinderen:
        if isinstance(kind, list):
            if kind[0] == "tr":
                cellen = [cel for cel in kind[2] if isinstance(cel, list) and cel[0] in ("td", "th")]
                yield bool(cellen) and all(cel[0] == "th" for cel in cellen), cellen
            else:
                yield from _rijen(kind[2])


def _tabel(kinderen):
    """A table of equal rows: a cell over several columns is followed by empty ones, a short row is filled up."""
    rijen = []
    for is_kop, cellen in _rijen(kinderen):
        rij = []
        for _, attrs, binnen in cellen:
            breed = attrs.get("colspan") or ""
            rij += [_net(_stukken(binnen)), *[[]] * (min(int(breed), 20) - 1 if breed.isdecimal() else 0)]
        if rij:
            rijen.append((is_kop, rij))
    if not rijen:
        return []
    breedte = max(len(rij) for _, rij in rijen)
    vol = [(is_kop, rij + [[]] * (breedte - len(rij))) for is_kop, rij in rijen]
    koppen = 0
    while koppen < len(vol) - 1 and vol[koppen][0]:
        koppen += 1
    return [{"soort": "tabel", "kop": [rij for _, rij in vol[:koppen]], "rijen": [rij for _, rij in vol[koppen:]]}]
