"""One message as it came over the wire, taken apart: who, to whom, what was written, which files.

Made for mail as it is, not as the standards want it: wrong encodings, bare 8-bit headers, parts inside parts, files
with names in three styles, a mail inside a mail. What cannot be read is said in `opmerkingen`, in words for staff. Only
a message without any structure left raises, as `Onleesbaar`.
"""

import binascii
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from loket.mail.citaat import eigen_woorden
from loket.mail.tekst import kop, opgekuist, parameter, uit_bytes, uit_html

MAX_DELEN, MAX_DIEPTE = 200, 20
MAX_TEKST = 20_000  # characters of the words that a case holds; the whole mail is kept besides
MAX_KOPPEN = 200  # references and recipients that we look at
WINMAIL = {"application/ms-tnef", "application/vnd.ms-tnef"}
ONTVANGERS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc", "resent-to")
LANG = "De mail is langer dan wat hier staat. De rest staat in de hele mail."
TWIJFEL = "Sommige tekens in de mail zijn misschien verkeerd: de mail zegt niet juist hoe ze geschreven zijn."
NIET_OPEN = "{}: dit kan alleen Outlook openen. Vraag de vrager om het als PDF te sturen."
DIEP = "De mail zit te diep in andere mails. Een deel is niet gelezen."
VEEL = "De mail heeft te veel delen. Een deel is niet gelezen."
ZONDER_TEKST = "(De mail had geen tekst.)"


class Onleesbaar(Exception):
    """Nothing can be made of this message. The text is for staff."""


@dataclass
class Bestand:
    """A file of a mail, as the gate for files wants it."""

    name: str
    soort: str
    inhoud: bytes

    @property
    def size(self):
        return len(self.inhoud)

    def read(self):
        return self.inhoud


@dataclass
class Post:
    """What a message says. Addresses are in lower case; `verwijst` holds Message-IDs, the nearest first."""

    afzender: str
    naam: str
    aan: list
    onderwerp: str
    message_id: str
    verwijst: list
    koppen: dict
    tekst: str = ""
    bestanden: list = field(default_factory=list)
    opmerkingen: list = field(default_factory=list)
    rapport: list = field(default_factory=list)  # Message-IDs of ours that a report of non-delivery is about

    @property
    def eigen_tekst(self):
        """The words written now, no longer than a case holds, never empty."""
        return eigen_woorden(self.tekst)[:MAX_TEKST] or self.onderwerp or ZONDER_TEKST

    @property
    def vraag_tekst(self):
        """The same for a new question: many people write what it is about in the subject only."""
        woorden = self.eigen_tekst
        if not self.onderwerp or self.onderwerp.lower() in woorden.lower():
            return woorden
        return f"{self.onderwerp}\n\n{woorden}"[:MAX_TEKST]

    def kop(self, naam):
        """The first header of this name (lower case) as text, or ''."""
        return self.koppen.get(naam, [""])[0]


def lees(inhoud: bytes) -> Post:
    """The message. Raises Onleesbaar."""
    try:
        bericht = message_from_bytes(inhoud)
        post = _koppen(bericht)
        _Delen(post).loop(bericht)
    except RecursionError as fout:
        raise Onleesbaar("De mail zit zo diep in andere mails dat hij niet te lezen is.") from fout
    post.tekst = opgekuist(post.tekst)
    if len(post.tekst) > MAX_TEKST:
        post.opmerkingen.append(LANG)
    post.opmerkingen = list(dict.fromkeys(post.opmerkingen))
    return post


def koppen_en_begin(inhoud: bytes) -> Post:
    """What can be had of a message that cannot be read: its headers and the first words, as they stand there."""
    hoofd, _, rest = inhoud.replace(b"\r\n", b"\n").partition(b"\n\n")
    post = _koppen(message_from_bytes(hoofd[:65_536] + b"\n\n"))
    post.tekst = opgekuist(uit_bytes(rest[:5000])[0])
    return post


def _koppen(bericht: Message) -> Post:
    koppen = {}
    for naam, waarde in list(bericht.raw_items())[:1000]:  # the others lose bare 8-bit characters
        koppen.setdefault(str(naam).lower(), []).append(kop(waarde))
    naam, afzender = _persoon(bericht)
    return Post(
        afzender=afzender,
        naam=naam,
        aan=_adressen([waarde for veld in ONTVANGERS for waarde in koppen.get(veld, [])]),
        onderwerp=koppen.get("subject", [""])[0][:300],
        message_id=koppen.get("message-id", [""])[0].strip(),
        verwijst=_verwijzingen(koppen),
        koppen=koppen,
    )


def _persoon(bericht):
    """(name, address) of who wrote; the address is '' when there is none that mail can go to."""
    for veld in ("from", "sender", "reply-to"):
        for rauw in [str(waarde) for naam, waarde in bericht.raw_items() if naam.lower() == veld]:
            for bron in (rauw, kop(rauw)):  # a whole "name <address>" in one encoded word is wrong, and common
                naam, adres = parseaddr(bron)
                try:
                    validate_email(adres := adres.strip().lower())
                    adres.encode()
                except (ValidationError, UnicodeEncodeError):
                    continue
                return kop(naam)[:120], adres
    return "", ""


def _adressen(waarden):
    gevonden = [adres.strip().lower() for _, adres in getaddresses(waarden[:MAX_KOPPEN])]
    return list(dict.fromkeys(adres for adres in gevonden if "@" in adres))[:MAX_KOPPEN]


def _verwijzingen(koppen):
    woorden = " ".join(koppen.get("in-reply-to", []) + list(reversed(" ".join(koppen.get("references", [])).split())))
    return list(dict.fromkeys(woord for woord in woorden.split() if woord.startswith("<")))[:MAX_KOPPEN]


class _Delen:
    """Walks the parts of a message and fills a `Post`."""

    def __init__(self, post):
        self.post, self.aantal = post, 0

    def loop(self, deel, diepte=0):
        self.aantal += 1
        if self.aantal > MAX_DELEN or diepte > MAX_DIEPTE:
            self.post.opmerkingen.append(VEEL if self.aantal > MAX_DELEN else DIEP)
            return
        soort = deel.get_content_type()
        kinderen = deel.get_payload() if deel.is_multipart() else []
        if soort == "multipart/alternative":
            self._beste(kinderen, diepte)
        elif soort == "message/delivery-status" or soort == "text/rfc822-headers":
            self._rapport(deel)
        elif soort == "message/rfc822" and kinderen:
            self._doorgestuurd(kinderen[0], diepte)
        elif kinderen:
            for kind in kinderen:
                self.loop(kind, diepte + 1)
        elif soort in WINMAIL or (naam := _bestandsnaam(deel)).lower() == "winmail.dat":
            self.post.opmerkingen.append(NIET_OPEN.format("winmail.dat"))
        elif naam or not soort.startswith(("text/", "multipart/")) or soort == "text/calendar":
            self._bestand(deel, soort, naam)
        else:
            self._tekst(deel, soort)

    def _beste(self, kinderen, diepte):
        """Of several forms of the same: the plain text when it says something; files in it are kept."""
        teksten = [k for k in kinderen if k.get_content_maintype() == "text" and not _bestandsnaam(k)]
        teksten = [k for k in teksten if k.get_content_subtype() != "calendar"]
        gewoon = [k for k in teksten if k.get_content_subtype() == "plain" and _inhoud(k).strip()]
        anders = [k for k in teksten if k.get_content_subtype() != "plain"]
        for kind in (gewoon or anders or teksten)[:1]:
            self.loop(kind, diepte + 1)
        for kind in kinderen:
            if kind not in teksten and not (gewoon and kind.get_content_type() == "multipart/related"):
                self.loop(kind, diepte + 1)
            elif kind.get_content_type() == "multipart/related":
                for onder in kind.get_payload() if kind.is_multipart() else []:
                    if onder.get_content_maintype() != "text":
                        self.loop(onder, diepte + 2)

    def _doorgestuurd(self, binnen, diepte):
        voor = self.post.tekst
        van = kop(binnen.get("From"))
        self.post.tekst = ""
        self.loop(binnen, diepte + 1)
        regels = [f"[Meegestuurde mail van {van or 'onbekend'}: {kop(binnen.get('Subject')) or 'zonder onderwerp'}]"]
        self.post.tekst = "\n\n".join(filter(None, [voor, *regels, self.post.tekst]))
        if (eigen := kop(binnen.get("Message-ID"))).startswith("<"):
            self.post.rapport.append(eigen)

    def _rapport(self, deel):
        """Headers of the mail that did not arrive."""
        tekst = deel.as_string() if deel.is_multipart() else uit_bytes(_inhoud(deel))[0]
        for regel in tekst.splitlines():
            if regel.lower().startswith(("message-id:", "x-original-message-id:", "original-message-id:")):
                self.post.rapport.append(regel.split(":", 1)[1].strip())

    def _bestand(self, deel, soort, naam):
        inhoud = _inhoud(deel)
        if soort.startswith("image/") and deel.get("Content-ID") and len(inhoud) < 4096:
            return  # a little picture of a signature or a pixel that tells who reads
        self.post.bestanden.append(Bestand(naam or _naam_bij(soort), soort, inhoud))

    def _tekst(self, deel, soort):
        tekst, zeker = uit_bytes(_inhoud(deel), parameter(deel.get_param("charset") or ""))
        if not zeker:
            self.post.opmerkingen.append(TWIJFEL)
        tekst = uit_html(tekst) if soort == "text/html" else tekst
        self.post.tekst = "\n\n".join(filter(None, [self.post.tekst, tekst]))


def _inhoud(deel) -> bytes:
    """The bytes of a part, decoded; of a broken encoding what can be had."""
    try:
        return deel.get_payload(decode=True) or b""
    except (ValueError, LookupError, AssertionError, binascii.Error, TypeError):
        rauw = deel.get_payload()
        return rauw.encode("utf-8", "surrogateescape") if isinstance(rauw, str) else b""


def _bestandsnaam(deel) -> str:
    """The name of a part that is a file, else ''."""
    naam = deel.get_param("filename", None, "content-disposition") or deel.get_param("name", None)
    if naam:
        return parameter(naam)[:200] or "bestand"
    return "bestand" if (deel.get_content_disposition() or "") == "attachment" else ""


def _naam_bij(soort):
    return "uitnodiging.txt" if soort == "text/calendar" else "bestand"
