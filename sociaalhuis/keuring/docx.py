"""A DOCX comes out packed again, part by part: what is glued around the parts or lies about its size is gone."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError

from sociaalhuis.keuring.woorden import KAPOT, NIET_GEKEND, NIET_VEILIG

MB = 1024 * 1024
MAX_UITGEPAKT = 60 * MB
MAX_DELEN = 2000
NODIG = {"[Content_Types].xml", "word/document.xml"}
EINDES = (".bin", ".exe", ".js", ".vbs", ".com", ".scr", ".bat", ".cmd", ".ps1", ".hta", ".lnk", ".jar", ".html", ".htm", ".mht", ".svg", ".rtf", ".swf")  # fmt: skip
MAPPEN = ("embeddings/", "activex/", "customui/", "afchunk")
# a part that Word fetches from outside, other than a link that somebody clicks
BUITEN = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>", re.IGNORECASE)
LINK = re.compile(rb"relationships/hyperlink[\"']", re.IGNORECASE)
SOORTEN = re.compile(
    rb"macroEnabled|oleObject|relationships/(?:attachedTemplate|aFChunk|control|package)\b", re.IGNORECASE
)


def keur(inhoud: bytes) -> bytes:
    """The document packed anew. Raises ValidationError."""
    uit = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = archief.infolist()
            namen = {deel.filename for deel in delen}
            if len(delen) > MAX_DELEN or len(namen) != len(delen) or sum(d.file_size for d in delen) > MAX_UITGEPAKT:
                raise ValidationError(NIET_VEILIG)
            if not namen >= NODIG:
                raise ValidationError(NIET_GEKEND)
            if any(map(_gevaarlijke_naam, namen)):
                raise ValidationError(NIET_VEILIG)
            _pak_opnieuw(archief, delen, uit)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as fout:
        raise ValidationError(KAPOT) from fout
    return uit.getvalue()


def _pak_opnieuw(archief, delen, uit):
    over = MAX_UITGEPAKT
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as schoon:
        for deel in delen:
            with archief.open(deel) as bron:
                stuk = bron.read(over + 1)
            over -= len(stuk)
            if over < 0 or _gevaarlijk(deel.filename, stuk):
                raise ValidationError(NIET_VEILIG)
            schoon.writestr(zipfile.ZipInfo(deel.filename), stuk, zipfile.ZIP_DEFLATED)


def _gevaarlijke_naam(naam):
    klein = naam.lower()
    pad = PurePosixPath(naam)
    return (
        klein.endswith(EINDES)
        or any(map_ in klein for map_ in MAPPEN)
        or ".." in pad.parts
        or "\\" in naam
        or pad.is_absolute()
    )


def _gevaarlijk(naam, stuk):
    """Entities, programs, and what is fetched from outside."""
    klein = naam.lower()
    if stuk.startswith((b"MZ", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")):
        return True
    if not klein.endswith((".xml", ".rels")):
        return False
    if re.search(rb"<!(DOCTYPE|ENTITY)", stuk, re.IGNORECASE) or stuk[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if klein.endswith(".rels") or klein == "[content_types].xml":
        buiten = [regel for regel in BUITEN.findall(stuk) if not LINK.search(regel)]
        return bool(buiten or SOORTEN.search(stuk))
    return False
