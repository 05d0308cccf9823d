"""A PDF may not run, open, carry or hide anything.

What a reader may take for objects is looked at: the file itself, and every compressed stream that holds objects
(PDF 1.5 object streams). Names may be written with #xx, so they are read first. A short name such as /JS is by chance
in big pictures; it counts only where its value follows.
"""

import re
import zlib

from django.core.exceptions import ValidationError

from sociaalhuis.keuring.woorden import BEVEILIGD, KAPOT, NIET_VEILIG, WEBTAAL

MAX_UITGEPAKT = 60 * 1024 * 1024
GEVAAR = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|SubmitForm|ImportData|GoToE)\b"
    rb"|/XFA\s*[\[\d<]|/JS\s*[(<\[\d]|/Type\s*/Filespec\b"
)
NAAM = re.compile(rb"#([0-9a-fA-F]{2})")
STROOM = re.compile(rb"\bstream\r?\n")
OBJECTEN = re.compile(rb"\s*\d+\s+\d+\s+\d+\s+\d+")  # how an object stream begins: pairs of number and place
WOORDENBOEK = 4000  # bytes before a stream that hold its dictionary


def keur(inhoud: bytes) -> bytes:
    """The same bytes. Raises ValidationError."""
    if b"%%EOF" not in inhoud[-2048:]:
        raise ValidationError(KAPOT)
    namen = _namen(inhoud)
    if re.search(rb"/Encrypt\s*(?:\d|<<)", namen):
        raise ValidationError(BEVEILIGD)
    if GEVAAR.search(namen) or WEBTAAL.search(inhoud[:1024]):
        raise ValidationError(NIET_VEILIG)
    _stromen(inhoud)
    return inhoud


def _namen(stuk):
    return NAAM.sub(lambda treffer: bytes([int(treffer[1], 16)]), stuk)


def _stromen(inhoud):
    """Unpacks every stream that holds objects, and looks inside."""
    over = MAX_UITGEPAKT
    for treffer in STROOM.finditer(inhoud):
        voor = inhoud[max(0, treffer.start() - WOORDENBOEK) : treffer.start()]
        boek = _namen(voor[voor.rfind(b" obj") + 1 :])
        objecten = b"/ObjStm" in boek
        uitpakker = zlib.decompressobj()
        try:
            klaar = uitpakker.decompress(inhoud[treffer.end() : treffer.end() + 65536], 4096)
        except zlib.error:
            klaar = None
        if klaar is None:
            if objecten and re.search(rb"/Filter", boek):
                raise ValidationError(NIET_VEILIG)  # packed in a way that people do not use: to hide
            continue
        if objecten and re.search(rb"/Filter\s*\[\s*/\w+\s*/\w+|/Predictor\s*(?:[2-9]|\d\d)", boek):
            raise ValidationError(NIET_VEILIG)
        if not (objecten or OBJECTEN.match(klaar)):
            continue
        klaar = _alles(inhoud, treffer.end(), over)
        over -= len(klaar)
        if over <= 0 or GEVAAR.search(_namen(klaar)):
            raise ValidationError(NIET_VEILIG)


def _alles(inhoud, begin, hoogstens):
    try:
        return zlib.decompressobj().decompress(inhoud[begin:], hoogstens)
    except zlib.error as fout:
        raise ValidationError(KAPOT) from fout
