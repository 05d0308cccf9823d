"""The gate for files that people send. What comes out is safe to keep, or the sender reads what to do.

- What a file is, its first bytes say, never its name or the browser. Allowed: JPEG, PNG, WebP, GIF (first picture), PDF,
  DOCX and plain text.
- Pictures are drawn again: place, camera and anything glued behind them are gone. Size is checked before decoding.
- A DOCX is opened only as a list of parts: no macros, no embedded objects, no bomb. A PDF may not run, open or carry
  anything. Plain text may not look like a web page.
- The name keeps letters, digits and its true extension.

Files leave the house only through `als_download`: as an attachment, not guessed at, in a sandbox.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from PIL import Image, ImageOps

MB = 1024 * 1024
MAX_BYTES = 10 * MB
MAX_BESTANDEN = 5
MAX_PIXELS = 50_000_000
MAX_ZIJDE = 4000
MAX_UITGEPAKT = 60 * MB
MAX_DELEN = 2000
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
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
PDF_GEVAAR = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
PDF_NAAM = re.compile(rb"#([0-9a-fA-F]{2})")
WEBTAAL = re.compile(rb"<\s*(!doctype|html|script|svg|iframe|body|\?xml|\?php)", re.IGNORECASE)

NIET_GEKEND = "We kunnen dit bestand niet aannemen. Stuur een foto (JPG of PNG), een PDF, een Word-bestand (DOCX) of gewone tekst."
NIET_VEILIG = (
    "Dit bestand kan onveilig zijn: er zit iets in dat uit zichzelf kan werken. Stuur een foto of een gewone PDF."
)
TE_GROOT = "Dit bestand is groter dan 10 MB. Stuur een kleinere versie of een foto ervan."
TE_VEEL_BEELD = "Deze afbeelding is te groot om te openen. Stuur een kleinere versie."
KAPOT = "Dit bestand is beschadigd: we kunnen het niet openen. Probeer het opnieuw op te slaan."
LEEG = "Dit bestand is leeg."


@dataclass(frozen=True)
class Schoon:
    """A file that passed the gate."""

    naam: str
    soort: str
    inhoud: bytes


def keur(bestand) -> Schoon:
    """Takes an uploaded file (`name`, `size`, `read()`) and gives the safe version. Raises ValidationError."""
    if bestand.size > MAX_BYTES:
        raise ValidationError(TE_GROOT)
    inhoud = bestand.read()
    if not inhoud:
        raise ValidationError(LEEG)
    if EICAR in inhoud:
        raise ValidationError(NIET_VEILIG)
    extensie, inhoud = _keur_inhoud(inhoud)
    return Schoon(schone_naam(bestand.name, extensie), SOORTEN[extensie], inhoud)


def _keur_inhoud(inhoud):
    if inhoud.startswith(b"%PDF-"):
        return "pdf", _pdf(inhoud)
    if inhoud.startswith(b"PK\x03\x04"):
        return "docx", _docx(inhoud)
    if inhoud.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8")) or inhoud[8:12] == b"WEBP":
        return _beeld(inhoud)
    return "txt", _tekst(inhoud)


def _beeld(inhoud):
    """Draws the picture again as JPEG, or as PNG where it can be see-through."""
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


def _pdf(inhoud):
    if b"%%EOF" not in inhoud[-2048:]:
        raise ValidationError(KAPOT)
    # Names may be written with #xx, so that /J#53 means /JS.
    namen = PDF_NAAM.sub(lambda treffer: bytes([int(treffer[1], 16)]), inhoud)
    if PDF_GEVAAR.search(namen) or WEBTAAL.search(inhoud[:1024]):
        raise ValidationError(NIET_VEILIG)
    return inhoud


def _docx(inhoud):
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = archief.infolist()
            namen = {deel.filename for deel in delen}
            if len(delen) > MAX_DELEN or sum(deel.file_size for deel in delen) > MAX_UITGEPAKT:
                raise ValidationError(NIET_VEILIG)
            if not {"[Content_Types].xml", "word/document.xml"} <= namen:
                raise ValidationError(NIET_GEKEND)
            soorten = _lees_deel(archief, "[Content_Types].xml")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as fout:
        raise ValidationError(KAPOT) from fout
    gevaar = any(naam.lower().endswith((".bin", ".exe", ".js", ".vbs")) or "embeddings/" in naam for naam in namen)
    if gevaar or b"macroEnabled" in soorten or any(".." in PurePosixPath(naam).parts for naam in namen):
        raise ValidationError(NIET_VEILIG)
    return inhoud


def _lees_deel(archief, naam):
    """At most a megabyte of one part, whatever size it claims to have."""
    with archief.open(naam) as deel:
        return deel.read(MB)


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
