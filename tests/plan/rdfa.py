"""A small RDFa 1.1 processor into an rdflib graph: prefix, resource, typeof, property, content, datatype.

As the specification says for these attributes: a property on an element with `resource` points at it, else its value is
`content` or the text; what stands inside an element with `resource` is about that resource.
"""

from html.parser import HTMLParser

from rdflib import RDF, Graph, Literal, URIRef

LEEG = {"br", "hr", "img", "input", "link", "meta", "use"}


class Lezer(HTMLParser):
    def __init__(self, basis):
        super().__init__()
        self.graaf, self.basis, self.prefix = Graph(), basis, {}
        self.stapel = [{"over": URIRef(basis), "tag": None, "open": None}]

    def uri(self, naam):
        kort, dubbelpunt, rest = naam.partition(":")
        if dubbelpunt and kort in self.prefix:
            return URIRef(self.prefix[kort] + rest)
        return URIRef(naam if "://" in naam else self.basis + naam)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if "prefix" in a:
            delen = a["prefix"].split()
            self.prefix |= {naam.rstrip(":"): uri for naam, uri in zip(delen[::2], delen[1::2], strict=True)}
        over = self.stapel[-1]["over"]
        open_ = None
        bron = self.uri(a["resource"]) if "resource" in a else None
        for soort in a.get("typeof", "").split():
            self.graaf.add((bron, RDF.type, self.uri(soort)))
        if "property" in a:
            eigenschap = self.uri(a["property"])
            soort = self.uri(a["datatype"]) if "datatype" in a else None
            if bron is not None:
                self.graaf.add((over, eigenschap, bron))
            elif "content" in a:
                self.graaf.add((over, eigenschap, Literal(a["content"], datatype=soort)))
            else:
                open_ = (over, eigenschap, soort, [])
        if tag not in LEEG:
            self.stapel.append({"over": bron or over, "tag": tag, "open": open_})

    def handle_data(self, data):
        for laag in self.stapel:
            if laag["open"]:
                laag["open"][3].append(data)

    def handle_endtag(self, tag):
        laag = self.stapel.pop()
        assert laag["tag"] == tag, f"</{tag}> closes <{laag['tag']}>"
        if laag["open"]:
            over, eigenschap, soort, woorden = laag["open"]
            self.graaf.add((over, eigenschap, Literal("".join(woorden).strip(), datatype=soort)))


def lees(html, basis):
    """Graph of what an article of a page says: the part of `html` from <article to </article>."""
    lezer = Lezer(basis)
    lezer.feed(html[html.index("<article") : html.index("</article>") + len("</article>")])
    return lezer.graaf
