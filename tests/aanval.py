"""What a stranger may throw at the portal: odd values, and forms found on real pages and filled with them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile

MERK = "kanarie7"  # stands in every value that tries to become code
WAARDEN = [
    f'"><script>{MERK}()</script>',
    f"<img src=x onerror={MERK}()>",
    f"'\" onfocus={MERK}() autofocus x='",
    f"javascript:{MERK}()",
    f"</textarea></title><svg/onload={MERK}()>",
    f"{{{{ 7*7 }}}}{{% debug %}}{MERK}",
    f"x\r\nX-{MERK}: 1\r\n\r\n<script>{MERK}()</script>",
    "nul\x00teken",
    "\x00",
    "' OR 1=1 --",
    "1; DROP TABLE loket_vraag; --",
    "\\' UNION SELECT NULL,NULL--",
    "%s%s%n{0}{x}",
    "\u202eomgekeerd\u2066\u200b",
    "\ud800",  # half a character, from a broken client
    "😀" * 2000,
    "a" * 5000,
    "a" * 20_000,
    "1e309",
    "-1",
    "0",
    "99999999999999999999999",
    "NaN",
    "1.5",
    "٣",
    "²",
    "0x10",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "31/12/9999",
    "10000-01-01",
    "25:99",
    "2026-11-22T99:99",
    "../../../etc/passwd",
    "..\\..\\x",
    "a@b.example\r\nBcc: x@y.example",
    "http://[::1",
    "//elders.example",
    "/\\elders.example",
    '{"a": [1, {"b": null}]}',
    "[]",
    "null",
    "true",
    "",
    " \t\r\n",
    "\u00a0\ufeff",
    "c3fcd3d76192e4007dfb496cca67e13b",
    "00000000-0000-0000-0000-000000000000",
    "ABCD-EFGH-JKMN-PQRS",
    "pk__in",
    "-pk",
    "İıſK",
]
BESTANDEN = [
    ("x.svg", "image/svg+xml", f"<svg onload={MERK}()>".encode()),
    ("../../x.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
    ("x.pdf", "application/pdf", b"%PDF-1.7\n" + b"\xff" * 100),
    (f"<img src=x onerror={MERK}()>.txt", "text/plain", b"\x00\x01\xff"),
    ("leeg.jpg", "image/jpeg", b""),
    ("x.xlsx", "application/vnd.ms-excel", b"PK\x03\x04" + b"\x00" * 40),
    ("x.csv", "text/csv", f'=cmd|x,"{MERK}"\n\x00'.encode()),
    ("x" * 300 + ".docx", "application/msword", b"PK\x05\x06" + b"\x00" * 18),
]
RAUW = (f"<script>{MERK}", f"<img src=x onerror={MERK}", f"<svg/onload={MERK}", f"<svg onload={MERK}")


@dataclass
class Formulier:
    """One form of a page: where it goes and what stands in it."""

    naar: str
    methode: str
    velden: list = field(default_factory=list)  # (name, kind, value, choices)


class _Lezer(HTMLParser):
    def __init__(self, adres):
        super().__init__()
        self.adres, self.formulieren, self.keuze, self.tekst = adres, [], None, None

    def handle_starttag(self, tag, attrs):
        kenmerk = dict(attrs)
        if tag == "form":
            methode = (kenmerk.get("method") or "get").lower()
            self.formulieren.append(Formulier(kenmerk.get("action") or self.adres, methode))
        if not self.formulieren:
            return
        velden, naam = self.formulieren[-1].velden, kenmerk.get("name")
        if tag == "option" and self.keuze is not None:
            self.keuze[3].append(kenmerk.get("value") or "")
            if "selected" in kenmerk:
                self.keuze[2] = kenmerk.get("value") or ""
        elif naam and tag in ("input", "button"):
            velden.append([naam, kenmerk.get("type") or "text", kenmerk.get("value") or "", []])
        elif naam and tag == "textarea":
            self.tekst = [naam, "textarea", "", []]
            velden.append(self.tekst)
        elif naam and tag == "select":
            self.keuze = [naam, "select", "", []]
            velden.append(self.keuze)

    def handle_data(self, data):
        if self.tekst is not None:
            self.tekst[2] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.tekst = None
        elif tag == "select":
            self.keuze = None


def formulieren(pagina: str, adres: str) -> list[Formulier]:
    lezer = _Lezer(adres)
    lezer.feed(pagina)
    return lezer.formulieren


class Aanvaller:
    """Chooses, from one source of chance, what to throw."""

    def __init__(self, toeval):
        self.toeval = toeval

    def waarde(self):
        return self.toeval.choice(WAARDEN)

    def bestand(self):
        naam, soort, inhoud = self.toeval.choice(BESTANDEN)
        return SimpleUploadedFile(naam, inhoud, soort)

    def adres(self, adres):
        """The same address with odd values behind it, and sometimes with an odd part."""
        pad, _, rest = adres.partition("?")
        if self.toeval.random() < 0.3:
            delen = pad.split("/")
            plaats = self.toeval.randrange(1, len(delen))
            delen[plaats] = quote(self.waarde()[:300].encode("utf-8", "surrogatepass"), safe="")
            pad = "/".join(delen)
        namen = ["q", "p", "page", "zoek", "thema", "o", "e", "next", "dienst", "van", "tot", "sorteer", "bladzijde"]
        gekozen = self.toeval.sample(namen, self.toeval.randint(0, 4))
        vraag = urlencode([(naam, self.waarde()[:3000].encode("utf-8", "surrogatepass")) for naam in gekozen])
        return pad + ("?" + "&".join(filter(None, [rest, vraag])) if rest or vraag else "")

    def ingevuld(self, formulier):
        """The fields as a browser would send them, with one, some or all of them odd."""
        hoeveel, inhoud = self.toeval.choice([0.15, 0.5, 1.0]), {}
        for naam, soort, waarde, keuzes in formulier.velden:
            vreemd = self.toeval.random() < hoeveel
            if soort == "file":
                if vreemd:
                    inhoud[naam] = self.bestand()
            elif soort in ("submit", "checkbox", "radio") and not vreemd:
                if self.toeval.random() < 0.6:
                    inhoud[naam] = waarde or "on"
            elif soort == "hidden" and self.toeval.random() < 0.7:
                inhoud.setdefault(naam, waarde)
            elif vreemd:
                inhoud[naam] = [self.waarde(), self.waarde()] if self.toeval.random() < 0.1 else self.waarde()
            else:
                inhoud[naam] = waarde or (self.toeval.choice(keuzes) if keuzes else "gewoon")
        return inhoud
