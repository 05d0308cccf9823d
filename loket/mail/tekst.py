"""Bytes and HTML of a mail as text that a person can read. Never raises for what a mail may hold.

Imports nothing of the project but the shared cleaning of HTML. HTML is first made well-formed by nh3, in time
that is bounded by MAX_TAGS, so no trick in a page can keep a process busy.
"""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from html import unescape

import nh3

from sociaalhuis.tekst import zonder_onzichtbare

MAX_HTML = 500_000  # characters; what comes after it is mostly style of a newsletter
MAX_TAGS = 8000  # a page with more is not a letter; deep nesting costs the cleaning quadratic time
BLOK = {"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote"}
TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
RUW = re.compile(r"<(?:style|script)\b[^>]*>[^<]*|<[^<>]*>?")
HREF = re.compile(r'href="([^"]*)"')
# What Windows-1252 writes where Latin-1 has control characters: everyone means Windows-1252.
GELIJK = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8"}


def uit_bytes(inhoud: bytes, codering: str = "") -> tuple[str, bool]:
    """(text, whether it was read without a doubt) of bytes in the named encoding, or in what they turn out to be."""
    codering = codering.strip("\"' ").lower()
    genoemd = GELIJK.get(codering, codering)
    for nummer, poging in enumerate([genoemd, "utf-8", "cp1252"]):
        try:
            return inhoud.decode(poging), nummer == 0 or not codering
        except (UnicodeError, LookupError, ValueError):
            continue
    return inhoud.decode("latin-1"), False


def kop(waarde) -> str:
    """A header as text on one line: encoded words (RFC 2047), bare 8-bit bytes, or what is left of either."""
    rauw = str(waarde if waarde is not None else "")
    try:
        delen = decode_header(rauw)
    except (HeaderParseError, ValueError, IndexError, AssertionError):
        delen = [(rauw, None)]
    woorden = []
    for deel, codering in delen:
        if isinstance(deel, str):
            deel = deel.encode("utf-8", "surrogateescape")
            codering = ""
        woorden.append(uit_bytes(deel, codering or "")[0])
    return " ".join(zonder_onzichtbare("".join(woorden)).split())


def parameter(waarde) -> str:
    """A parameter of a header, such as a file name: plain, encoded word, or in three parts (RFC 2231)."""
    if isinstance(waarde, tuple):
        codering, _, rauw = waarde
        inhoud = (rauw or "").encode("latin-1", "replace")  # Python gives the bytes as if they were Latin-1
        return " ".join(zonder_onzichtbare(uit_bytes(inhoud, codering or "utf-8")[0]).split())
    return kop(waarde)


def uit_html(html: str) -> str:
    """The words of a page: a line per block, quoted text behind '> ', the address of a link behind its words."""
    if html.count("<") > MAX_TAGS:
        return opgekuist(unescape(RUW.sub(" ", html[:MAX_HTML])))
    schoon = nh3.clean(
        html[:MAX_HTML],
        tags={*BLOK, "a"},
        attributes={"a": {"href"}},
        clean_content_tags={"script", "style", "title", "head"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    regels, diepte, adres, begin = [""], 0, "", 0
    positie = 0
    for tag in TAG.finditer(schoon):
        regels[-1] += unescape(schoon[positie : tag.start()].replace("\n", " "))
        positie = tag.end()
        sluit, naam = bool(tag[1]), tag[2]
        if naam == "a":
            if sluit:
                woorden = regels[-1][begin:].strip()
                if adres and adres.split(":", 1)[-1].strip("/") not in woorden and woorden:
                    regels[-1] += f" ({adres})"
                adres = ""
            else:
                gevonden = HREF.search(tag[3])
                adres, begin = unescape(gevonden[1]) if gevonden else "", len(regels[-1])
        elif naam in BLOK:
            if naam == "blockquote":
                diepte = max(0, diepte + (-1 if sluit else 1))
            regels.append("> " * min(diepte, 3))
            begin = 0
            if naam == "li" and not sluit:
                regels[-1] += "- "
    regels[-1] += unescape(schoon[positie:].replace("\n", " "))
    return opgekuist("\n".join(regel for regel in regels if regel.strip("> -") or not regel.strip()))


def opgekuist(tekst: str) -> str:
    """One kind of line end, no invisible characters, no rows of empty lines, no spaces at ends."""
    tekst = zonder_onzichtbare(tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\xa0", " "))
    tekst = tekst.encode("utf-8", "replace").decode()
    regels = [" ".join(regel.split(" ")).rstrip() for regel in tekst.split("\n")]
    uit = []
    for regel in regels:
        if regel or (uit and uit[-1]):
            uit.append(re.sub(r"[ \t]{3,}", "  ", regel))
    return "\n".join(uit).strip()
