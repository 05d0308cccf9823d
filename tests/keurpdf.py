"""What a PDF says about itself: the marks of PDF/UA, and its structure."""

import io

import pikepdf


def keur(inhoud):
    """(title, kinds of all structure elements in order, bookmarks as nested (title, [below])) of a PDF that is marked as PDF/UA-1.

    Fails when a mark is missing, or when a heading is more than one level deeper than the one before it.
    """
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl-BE"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            titel = meta["dc:title"]
        soorten = _soorten(pdf.Root.StructTreeRoot)
        with pdf.open_outline() as bladwijzers:
            boom = _boom(bladwijzers.root)
    diepte = [int(soort[2:]) for soort in soorten if soort[:2] == "/H" and soort[2:].isdigit()]
    assert all(b <= a + 1 for a, b in zip([0, *diepte], diepte, strict=False)), diepte
    return titel, soorten, boom


def _soorten(knoop):
    """Kinds of all structure elements below one."""
    gevonden = [str(knoop.S)] if "/S" in knoop else []
    kinderen = knoop.get("/K", [])
    for kind in kinderen if isinstance(kinderen, pikepdf.Array) else [kinderen]:
        if isinstance(kind, pikepdf.Dictionary):
            gevonden += _soorten(kind)
    return gevonden


def _boom(punten):
    return [(punt.title, _boom(punt.children)) for punt in punten]
