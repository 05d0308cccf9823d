"""The gate for files that people send. What comes out is safe to keep, or the sender reads what to do.

- What a file is, its first bytes say, never its name or the browser. Allowed: JPEG, PNG, WebP, GIF (first picture), PDF,
  DOCX and plain text.
- Pictures are drawn again: place, camera and anything glued behind them are gone. Size is checked before decoding.
- A DOCX is packed again part by part: no macros, objects, outside templates, entities or bombs (`keuring.docx`). A PDF
  may not run, open, carry or hide anything, in compressed objects neither (`keuring.pdf`). Text may not be a web page.
- A virus scanner, when one is configured, sees every file. When it is away the file is kept closed until it looked.
- The name keeps letters, digits and its true extension.

Files leave the house only through `als_download`: as an attachment, not guessed at, in a sandbox.
"""

import io
import logging
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from PIL import Image, ImageOps

from sociaalhuis.keuring import docx, pdf, scanner
from sociaalhuis.keuring.woorden import (
    BESMET,
    KAPOT,
    LEEG,
    NIET_GEKEND,
    NIET_VEILIG,
    TE_GROOT,
    TE_VEEL_BEELD,
    WEBTAAL,
)  # fmt: skip

logger = logging.getLogger(__name__)

MB = 1024 * 1024
MAX_BYTES = 10 * MB
MAX_BESTANDEN = 5
MAX_PIXELS = 50_000_000
MAX_ZIJDE = 4000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SOORTEN = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": DOCX,
    "txt": "text/plain",
}
ACCEPT = ".jpg,.jpeg,.png,.webp,.gif,.pdf,.docx,.txt"
BEELDVORMEN = ["JPEG", "PNG", "WEBP", "GIF"]
MAX_SCANS = 100  # passes of a progressive JPEG; a camera makes ten, a bomb thousands
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


@dataclass(frozen=True)
class Schoon:
    """A file that passed the gate."""

    naam: str
    soort: str
    inhoud: bytes
    wacht: bool = False  # the virus scanner is away: kept closed until it has looked


def keur(bestand) -> Schoon:
    """Takes an uploaded file (`name`, `size`, `read()`) and gives the safe version. Raises ValidationError."""
    if bestand.size > MAX_BYTES:
        raise ValidationError(TE_GROOT)
    inhoud = bestand.read()
    if not inhoud:
        raise ValidationError(LEEG)
    if EICAR in inhoud:
        raise ValidationError(NIET_VEILIG)
    extensie, schoon = _keur_inhoud(inhoud)
    return Schoon(schone_naam(bestand.name, extensie), SOORTEN[extensie], schoon, wacht=_scan(inhoud))


def _scan(inhoud):
    """Whether the file must wait for a scanner that is away. Raises ValidationError for a virus."""
    try:
        if scanner.is_besmet(inhoud):
            raise ValidationError(BESMET)
    except scanner.Afwezig as fout:
        logger.warning("virus scanner away (%s): a file waits", fout)
        return True
    return False


def _keur_inhoud(inhoud):
    if inhoud.startswith(b"%PDF-"):
        return "pdf", pdf.keur(inhoud)
    if inhoud.startswith(b"PK\x03\x04"):
        return "docx", docx.keur(inhoud)
    if inhoud.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8")) or inhoud[8:12] == b"WEBP":
        return _beeld(inhoud)
    return "txt", _tekst(inhoud)


def _beeld(inhoud):
    """Draws the picture again as JPEG, or as PNG where it can be see-through."""
    if inhoud.startswith(b"\xff\xd8") and inhoud.count(b"\xff\xda") > MAX_SCANS:
        raise ValidationError(TE_VEEL_BEELD)
    try:
        with Image.open(io.BytesIO(inhoud), formats=BEELDVORMEN) as beeld:
            if beeld.width * beeld.height > MAX_PIXELS:
                raise ValidationError(TE_VEEL_BEELD)
            beeld.draft("RGB", (MAX_ZIJDE, MAX_ZIJDE))
            beeld.load()
            beeld = ImageOps.exif_transpose(beeld)
            beeld.thumbnail((MAX_ZIJDE, MAX_ZIJDE))
            doorzichtig = beeld.has_transparency_data
            schoon = Image.new("RGBA" if doorzichtig else "RGB", beeld.size)
            schoon.paste(beeld.convert(schoon.mode))
    except Image.DecompressionBombError as fout:
        raise ValidationError(TE_VEEL_BEELD) from fout
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError, KeyError, OverflowError) as fout:
        raise ValidationError(KAPOT) from fout
    uit = io.BytesIO()
    if doorzichtig:
        schoon.save(uit, "PNG")
        return "png", uit.getvalue()
    schoon.save(uit, "JPEG", quality=88)
    return "jpg", uit.getvalue()


def _tekst(inhoud):
    if b"\x00" in inhoud:
        raise ValidationError(NIET_GEKEND)
    if WEBTAAL.search(inhoud):
        raise ValidationError(NIET_VEILIG)
    for codering in ("utf-8-sig", "cp1252"):
        try:
            tekst = inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
        if any(ord(teken) < 32 and teken not in "\t\r\n\f" for teken in tekst):
            raise ValidationError(NIET_GEKEND)
        return tekst.encode()
    raise ValidationError(NIET_GEKEND)


def schone_naam(naam, extensie):
    """'../../Mijn brief!.exe' as a JPEG -> 'Mijn-brief.jpg'."""
    stam = re.split(r"[\\/]", naam or "")[-1].rsplit(".", 1)[0]
    stam = re.sub(r"[^\w-]+", "-", stam).strip("-_")[:60]
    return f"{stam or 'bestand'}.{extensie}"


def als_download(schoon: Schoon) -> HttpResponse:
    """The file as a response that a browser saves and never opens in the page."""
    antwoord = HttpResponse(schoon.inhoud, content_type=schoon.soort)
    antwoord["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=schoon.naam)
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Content-Security-Policy"] = "sandbox; default-src 'none'"
    antwoord["Cross-Origin-Resource-Policy"] = "same-origin"
    return antwoord
