"""Rich text as plain text with a few signs, so that nobody needs to know HTML to edit it. Pure.

A blank line begins a paragraph, "- " an item of a list, "1. " one of a numbered list, "## " and "### " a heading,
**bold**, _stressed_, [words](https://address). Text with anything more (a table) is not turned into signs.
"""

import re
from html import escape
from html.parser import HTMLParser

from sociaalhuis.tekst import schoon

UITLEG = "Een lege regel begint een nieuwe alinea. Zet - voor elk punt van een lijst en ## voor een tussentitel. **Zo** wordt een woord vet."
TUSSEN = re.compile(r">\s+<")
VET = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
NADRUK = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|tel:)[^\s()]+)\)")
GENUMMERD = re.compile(r"\d{1,3}[.)]\s+")
KOPPEN = {"h3": "## ", "h4": "### "}
TEKENS = {"strong": "**", "b": "**", "em": "_", "i": "_"}


class _Lezer(HTMLParser):
    """Writes signs for the tags it knows; `kent` turns False at the first other one."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.uit, self.kent, self.lijst, self.nummer, self.adres = [], True, "", 0, []

    def handle_starttag(self, tag, attrs):
        if tag in KOPPEN:
            self.uit.append(KOPPEN[tag])
        elif tag in TEKENS:
            self.uit.append(TEKENS[tag])
        elif tag in ("ul", "ol") and not self.lijst:
            self.lijst, self.nummer = tag, 0
        elif tag == "li" and self.lijst:
            self.nummer += 1
            self.uit.append("- " if self.lijst == "ul" else f"{self.nummer}. ")
        elif tag == "a":
            self.adres.append(dict(attrs).get("href", ""))
            self.uit.append("[")
        elif tag == "br":
            self.uit.append("\n")
        elif tag != "p":
            self.kent = False

    def handle_endtag(self, tag):
        if tag in KOPPEN or tag == "p":
            self.uit.append("\n\n")
        elif tag in TEKENS:
            self.uit.append(TEKENS[tag])
        elif tag == "li":
            self.uit.append("\n")
        elif tag in ("ul", "ol"):
            self.lijst = ""
            self.uit.append("\n")
        elif tag == "a" and self.adres:
            self.uit.append(f"]({self.adres.pop()})")

    def handle_data(self, data):
        self.uit.append(" ".join(data.split("\n")) if data.strip() else " " * bool(self.uit and data))


def _gelijk(html):
    return TUSSEN.sub("><", schoon(html)).replace("<b>", "<strong>").replace("</b>", "</strong>")


def als_tekst(html):
    """The text with signs, or None when it holds more than the signs can say."""
    lezer = _Lezer()
    lezer.feed(TUSSEN.sub("><", html or ""))
    lezer.close()
    tekst = "\n".join(regel.strip() for regel in "".join(lezer.uit).splitlines()).strip()
    tekst = re.sub(r"\n{3,}", "\n\n", tekst)
    return tekst if lezer.kent and als_html(tekst) == _gelijk(html) else None


def _woorden(tekst):
    html = VET.sub(r"<strong>\1</strong>", escape(tekst, quote=False))
    return LINK.sub(r'<a href="\2">\1</a>', NADRUK.sub(r"<em>\1</em>", html))


def _soort(regel):
    """(kind, words) of one line; kind is '' for a blank one."""
    if not regel:
        return "", ""
    for tag, teken in (("h4", "### "), ("h3", "## "), ("ul", "- ")):
        if regel.startswith(teken):
            return tag, regel.removeprefix(teken).strip()
    if treffer := GENUMMERD.match(regel):
        return "ol", regel[treffer.end() :]
    return "p", regel


def als_html(tekst):
    """Clean HTML from text with signs. Any text is fine: what is no sign is words."""
    html, groep, vorige = [], [], ""

    def sluit():
        if vorige in ("ul", "ol"):
            html.append(f"<{vorige}>{''.join(f'<li>{_woorden(deel)}</li>' for deel in groep)}</{vorige}>")
        elif vorige == "p":
            html.append(f"<p>{'<br>'.join(map(_woorden, groep))}</p>")
        groep.clear()

    for regel in [*tekst.replace("\r", "").split("\n"), ""]:
        soort, woorden = _soort(regel.strip())
        if soort != vorige:
            sluit()
        if soort in KOPPEN:
            html.append(f"<{soort}>{_woorden(woorden)}</{soort}>")
        elif soort:
            groep.append(woorden)
        vorige = soort
    return TUSSEN.sub("><", schoon("".join(html)))
