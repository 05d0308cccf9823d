"""The gate for files: a generated corpus of what must not come in, and what may."""

import io
import random
import struct
import zipfile
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sociaalhuis.keuring import bijlagen
from sociaalhuis.keuring.bijlagen import DOCX, als_download, keur, schone_naam
from sociaalhuis.keuring.woorden import BEVEILIGD


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


RELS = "word/_rels/settings.xml.rels"


def rels(soort, doel="http://kwaad.example/x", mode="External"):
    return f'<Relationships><Relationship Type="http://x/relationships/{soort}" Target="{doel}" TargetMode="{mode}"/></Relationships>'.encode()


def pdf_met(inhoud=None, versleuteld=False, **opslaan):
    """A real PDF of pikepdf, with something in its catalogue, written as asked."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for naam, waarde in (inhoud or {}).items():
            pdf.Root[naam] = pdf.make_indirect(pikepdf.Dictionary(waarde))
        if versleuteld:
            opslaan["encryption"] = pikepdf.Encryption(owner="eigenaar", user="")
        uit = io.BytesIO()
        pdf.save(uit, **opslaan)
        return uit.getvalue()


ACTIE = {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"}
VERBORGEN = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": True}


def objectstroom(*, extra=b"/Filter/FlateDecode", pak=zlib.compress, bytes_=b"5 0 6 30 <</S/JavaScript/JS(x)>>   <<>>"):
    """A PDF with one object stream, its bytes packed as asked."""
    stroom = pak(bytes_)
    kop = b"4 0 obj<</Type/ObjStm/N 2/First 9/Length %d%s>>stream\n" % (len(stroom), extra)
    return PDF.replace(b"trailer", kop + stroom + b"\nendstream endobj\ntrailer")


def scanbom():
    """A JPEG with a thousand passes over the same picture."""
    goed = beeld(progressive=True)
    begin = goed.index(b"\xff\xda")
    return goed[:begin] + goed[begin:-2] * 1000 + b"\xff\xd9"


def tekstbom():
    """A PNG whose text unpacks to 100 MB."""

    def stuk(soort, inhoud):
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    goed = beeld("PNG")
    return goed[:33] + stuk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 100_000_000)) + goed[33:]


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
        ("sjabloon.docx", docx(**{RELS: rels("attachedTemplate")}), bijlagen.NIET_VEILIG),
        ("beeld-van-buiten.docx", docx(**{"word/_rels/document.xml.rels": rels("image")}), bijlagen.NIET_VEILIG),
        ("stuk-html.docx", docx(**{"word/afchunk.html": b"<b>x"}), bijlagen.NIET_VEILIG),
        ("entiteit.docx", docx(**{"word/document.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}), bijlagen.NIET_VEILIG),
        ("programma.docx", docx(**{"word/media/foto.png": b"MZ\x90\x00"}), bijlagen.NIET_VEILIG),
        ("ole.docx", docx(**{"word/media/foto.png": b"\xd0\xcf\x11\xe0\xa1\xb1"}), bijlagen.NIET_VEILIG),
        ("rekenblad.xlsx", docx(**{"xl/workbook.xml": b"<x/>"}).replace(b"word/document.xml", b"word/dokument.xml"), bijlagen.NIET_GEKEND),
        ("js.pdf", pdf_met({"/OpenAction": ACTIE}), bijlagen.NIET_VEILIG),
        ("verborgen-js.pdf", pdf_met({"/OpenAction": ACTIE}, **VERBORGEN), bijlagen.NIET_VEILIG),
        ("recht.pdf", pdf_met({"/OpenAction": ACTIE}, linearize=True, **VERBORGEN), bijlagen.NIET_VEILIG),
        ("verborgen-bestand.pdf", pdf_met({"/X": {"/Type": pikepdf.Name.Filespec}}, **VERBORGEN), bijlagen.NIET_VEILIG),
        ("verborgen-start.pdf", pdf_met({"/OpenAction": {"/S": pikepdf.Name.Launch}}, **VERBORGEN), bijlagen.NIET_VEILIG),
        ("film.pdf", pdf_met({"/OpenAction": {"/S": pikepdf.Name.Rendition}}, **VERBORGEN), bijlagen.NIET_VEILIG),
        ("beveiligd.pdf", pdf_met(versleuteld=True), BEVEILIGD),
        ("stroom.pdf", objectstroom(), bijlagen.NIET_VEILIG),
        ("naamloze-stroom.pdf", objectstroom().replace(b"/Type/ObjStm", b"/Type 9 0 R "), bijlagen.NIET_VEILIG),
        ("gekruiste-stroom.pdf", objectstroom().replace(b"/ObjStm", b"/Obj#53tm"), bijlagen.NIET_VEILIG),
        ("dubbel-gepakt.pdf", objectstroom(extra=b"/Filter[/ASCIIHexDecode/FlateDecode]", pak=lambda b: zlib.compress(b).hex().encode()), bijlagen.NIET_VEILIG),
        ("hex.pdf", objectstroom(extra=b"/Filter/ASCIIHexDecode", pak=lambda b: b.hex().encode()), bijlagen.NIET_VEILIG),
        ("open-stroom.pdf", objectstroom(extra=b"", pak=bytes), bijlagen.NIET_VEILIG),
        ("voorspeld.pdf", objectstroom(extra=b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>"), bijlagen.NIET_VEILIG),
        ("pdfbom.pdf", objectstroom(bytes_=b"1 0 2 9 " + b" " * 70_000_000), bijlagen.NIET_VEILIG),
        ("gespleten.pdf", PDF.replace(b"/Type", b"/JS 9 0 R/Type"), bijlagen.NIET_VEILIG),
        ("scans.jpg", scanbom(), bijlagen.TE_VEEL_BEELD),
        ("tekst.png", tekstbom(), bijlagen.KAPOT),
        ("reus.gif", b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + beeld("GIF")[10:], bijlagen.TE_VEEL_BEELD),
        ("reus.webp", b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (16382).to_bytes(3, "little") * 2 + b"\0" * 8, bijlagen.TE_VEEL_BEELD),
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


def test_what_may_come_in_of_the_same_kinds():
    """Ordinary files that look a little like the refused ones."""
    gewoon = [
        pdf_met(), pdf_met(**VERBORGEN), pdf_met(linearize=True),
        PDF.replace(b"trailer", b"4 0 obj<</Length 3000000>>stream\n" + ruis(3_000_000) + b"\nendstream endobj\ntrailer"),
        docx(**{"word/_rels/document.xml.rels": rels("hyperlink", "https://wilgenbeke.example/")}),
        beeld(progressive=True),
    ]  # fmt: skip
    for nummer, inhoud in enumerate(gewoon):
        assert keur(bestand(f"gewoon-{nummer}", inhoud)).inhoud, nummer


def ruis(aantal):
    """Bytes as in a packed picture, always the same; holds '/JS' by chance somewhere."""
    bron = random.Random(7)
    return bron.randbytes(aantal // 2) + b"/JS\x8f" + bron.randbytes(aantal // 2)


def test_many_frames_become_one():
    beelden = [Image.new("RGB", (60, 40), (nummer, 0, 0)) for nummer in range(200)]
    for vorm in ("GIF", "WEBP"):
        uit = io.BytesIO()
        beelden[0].save(uit, vorm, save_all=True, append_images=beelden[1:], duration=10)
        schoon = keur(bestand("film", uit.getvalue()))
        assert getattr(Image.open(io.BytesIO(schoon.inhoud)), "n_frames", 1) == 1


def test_what_is_glued_around_a_document_is_gone():
    schoon = keur(bestand("brief.docx", docx(**{"word/styles.xml": b"<x/>"}) + PDF + SVG))
    assert b"%PDF" not in schoon.inhoud and b"<svg" not in schoon.inhoud
    with zipfile.ZipFile(io.BytesIO(schoon.inhoud)) as archief:
        assert sorted(archief.namelist()) == ["[Content_Types].xml", "word/document.xml", "word/styles.xml"]
        assert archief.read("word/document.xml") == b"<w:document/>" and archief.comment == b""


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
