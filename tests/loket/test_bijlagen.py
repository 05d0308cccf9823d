"""The gate for files: a generated corpus of what must not come in, and what may."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from loket import bijlagen
from loket.bijlagen import DOCX, als_download, keur, schone_naam


def beeld(vorm="JPEG", **opties):
    uit = io.BytesIO()
    Image.new("RGB", (60, 40), "#1d5c56").save(uit, vorm, **opties)
    return uit.getvalue()


def met_gps():
    exif = Image.Exif()
    exif[0x010F] = "Merk van een toestel"
    exif.get_ifd(0x8825)[2] = (51.0, 3.0, 0.0)
    return beeld(exif=exif)


def reuzenpng(zijde=60_000):
    """A PNG of a few bytes that says it is 60,000 by 60,000."""

    def stuk(soort, inhoud):
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    kop = struct.pack(">IIBBBBB", zijde, zijde, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + stuk(b"IHDR", kop) + stuk(b"IDAT", zlib.compress(b"\0" * 1000)) + stuk(b"IEND", b"")


def docx(**delen):
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        inhoud = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **delen}
        for naam, bytes_ in inhoud.items():
            archief.writestr(naam, bytes_)
    return uit.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def bestand(naam, inhoud):
    return SimpleUploadedFile(naam, inhoud, content_type="image/jpeg")


@pytest.mark.parametrize(
    ("naam", "inhoud", "fout"),
    [
        ("foto.svg", SVG, bijlagen.NIET_VEILIG),
        ("foto.jpg", SVG, bijlagen.NIET_VEILIG),
        ("brief.pdf", b"<html><script>alert(1)</script>", bijlagen.NIET_VEILIG),
        ("brief.txt", b"  <!DOCTYPE html><b>x", bijlagen.NIET_VEILIG),
        ("brief.pdf", PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Type"), bijlagen.NIET_VEILIG),
        ("brief.pdf", PDF.replace(b"/Type", b"/S/J#61vaScript/Type"), bijlagen.NIET_VEILIG),
        ("brief.pdf", PDF.replace(b"/Type", b"/Launch/Type"), bijlagen.NIET_VEILIG),
        ("brief.pdf", PDF.replace(b"/Type", b"/EmbeddedFiles 3 0 R/Type"), bijlagen.NIET_VEILIG),
        ("brief.pdf", PDF.replace(b"1 0 obj", b"<html><body>1 0 obj"), bijlagen.NIET_VEILIG),
        ("brief.pdf", b"%PDF-1.4\nafgebroken", bijlagen.KAPOT),
        ("bom.docx", docx(**{"word/media/a.xml": b"\0" * (70 * 1024 * 1024)}), bijlagen.NIET_VEILIG),
        ("macro.docx", docx(**{"word/vbaProject.bin": b"x"}), bijlagen.NIET_VEILIG),
        ("object.docx", docx(**{"word/embeddings/ole1.xml": b"x"}), bijlagen.NIET_VEILIG),
        ("macro.docx", docx(**{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled"}), bijlagen.NIET_VEILIG),
        ("slip.docx", docx(**{"../../x": b"x"}), bijlagen.NIET_VEILIG),
        ("archief.zip", b"PK\x03\x04rommel", bijlagen.KAPOT),
        ("reus.png", reuzenpng(), bijlagen.TE_VEEL_BEELD),
        ("groot.png", reuzenpng(8000), bijlagen.TE_VEEL_BEELD),
        ("half.jpg", beeld()[:200], bijlagen.KAPOT),
        ("leeg.png", b"", bijlagen.LEEG),
        ("te-groot.txt", b"a" * (bijlagen.MAX_BYTES + 1), bijlagen.TE_GROOT),
        ("programma.exe", b"MZ\x90\x00\x03\x00", bijlagen.NIET_GEKEND),
        ("ruis.txt", b"\x01\x02\x03\x04", bijlagen.NIET_GEKEND),
        ("eicar.txt", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", bijlagen.NIET_VEILIG),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_to_do(naam, inhoud, fout):
    with pytest.raises(ValidationError) as gevangen:
        keur(bestand(naam, inhoud))
    assert gevangen.value.messages == [fout]


def test_a_picture_loses_place_and_camera():
    assert b"Merk van een toestel" in met_gps()
    schoon = keur(bestand("foto.jpg", met_gps()))
    opnieuw = Image.open(io.BytesIO(schoon.inhoud))
    assert (schoon.naam, schoon.soort, opnieuw.size) == ("foto.jpg", "image/jpeg", (60, 40))
    assert dict(opnieuw.getexif()) == {} and b"Merk" not in schoon.inhoud


@pytest.mark.parametrize("vorm", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_is_glued_to_a_picture_is_gone(vorm):
    schoon = keur(bestand("foto.pdf", beeld(vorm) + PDF + docx() + SVG))
    assert schoon.soort == "image/jpeg" and schoon.naam == "foto.jpg"
    assert not any(rest in schoon.inhoud for rest in (b"%PDF", b"PK\x03\x04", b"<svg"))


@pytest.mark.parametrize(
    ("naam", "inhoud", "verwacht", "soort"),
    [
        ("brief.exe", PDF, "brief.pdf", "application/pdf"),
        ("brief.docx", docx(), "brief.docx", DOCX),
        ("brief.md", "Beste, één brief".encode(), "brief.txt", "text/plain"),
        ("oud.txt", "Beste, één brief".encode("cp1252"), "oud.txt", "text/plain"),
    ],
)
def test_what_may_come_in(naam, inhoud, verwacht, soort):
    schoon = keur(bestand(naam, inhoud))
    assert (schoon.naam, schoon.soort) == (verwacht, soort)


@pytest.mark.parametrize(
    ("naam", "schoon"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\x.exe", "x.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a-b-Set-Cookie-x.pdf"),
        ("\u202egnp.exe", "gnp.pdf"),
        ("...", "bestand.pdf"),
        ("é" * 300, "é" * 60 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(naam, schoon):
    assert schone_naam(naam, "pdf") == schoon


def test_a_download_is_never_a_page():
    antwoord = als_download(bijlagen.Schoon("één brief.pdf", "application/pdf", PDF))
    assert antwoord["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Content-Security-Policy"] == "sandbox; default-src 'none'"
