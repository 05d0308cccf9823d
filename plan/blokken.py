"""Clean HTML as a list of blocks, and which block of a new text is which block of the old one. Pure: no database."""

from difflib import SequenceMatcher
from html.parser import HTMLParser

from sociaalhuis.tekst import plat

BLOKKEN = {"p", "h3", "h4", "ul", "ol", "table", "blockquote"}
LEEG = {"br"}
LIJKT = 0.5  # share of the words that two blocks have in common before they are the same one, rewritten


class _Knipper(HTMLParser):
    """Cuts at the top level only; words outside any block become a paragraph."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.blokken, self.nu, self.diepte, self.los = [], [], 0, False

    def sluit(self):
        blok = "".join(self.nu).strip()
        if plat(blok):
            self.blokken.append(f"<p>{blok}</p>" if self.los else blok)
        self.nu, self.los = [], False

    def handle_starttag(self, tag, attrs):
        if self.diepte == 0 and tag in BLOKKEN:
            self.sluit()
        elif self.diepte == 0:
            self.los = True
        if (self.diepte or tag in BLOKKEN) and tag not in LEEG:
            self.diepte += 1
        self.nu.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        self.nu.append(f"</{tag}>")
        if self.diepte:
            self.diepte -= 1
            if self.diepte == 0:
                self.sluit()

    def handle_data(self, data):
        self.los = self.los or (self.diepte == 0 and bool(data.strip()))
        self.nu.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")


def knip(html):
    """List of HTML strings, one per block, in order. Blocks without words are left out."""
    knipper = _Knipper()
    knipper.feed(html or "")
    knipper.close()
    knipper.sluit()
    return knipper.blokken


def gelijkenis(oud, nieuw):
    """0 to 1: how many of the words of two blocks are the same, in the same order."""
    return SequenceMatcher(None, plat(oud).split(), plat(nieuw).split(), autojunk=False).ratio()


def koppel(oud, nieuw):
    """For each new block the number of the old block that it is, or None for one that is new.

    A block that did not change keeps its identity wherever it moved; of the rest the most alike pair first, as long
    as half of the words agree. No old block is used twice.
    """
    wie = [None] * len(nieuw)
    vrij = list(range(len(oud)))
    for plaats, blok in enumerate(nieuw):
        zelfde = next((nummer for nummer in vrij if plat(oud[nummer]) == plat(blok)), None)
        if zelfde is not None:
            wie[plaats] = zelfde
            vrij.remove(zelfde)
    paren = sorted(
        (
            (-score, abs(plaats - nummer), plaats, nummer)
            for plaats, blok in enumerate(nieuw)
            if wie[plaats] is None
            for nummer in vrij
            if (score := gelijkenis(oud[nummer], blok)) >= LIJKT
        )
    )
    for _, _, plaats, nummer in paren:
        if wie[plaats] is None and nummer in vrij:
            wie[plaats] = nummer
            vrij.remove(nummer)
    return wie
