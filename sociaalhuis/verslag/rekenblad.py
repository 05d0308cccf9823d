"""A report or a table as xlsx and CSV, for who wants to count further.

Text never becomes a formula (CWE-1236): in xlsx it is written as text, with the mark that keeps it so when someone
edits the cell; in CSV a text that a spreadsheet would run gets an apostrophe in front.
"""

import csv
import io
import re
from math import ceil

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from sociaalhuis.verslag.model import (
    CIJFERS,
    DAGEN,
    DATUM,
    EURO,
    GEEN,
    GETAL,
    PROCENT,
    Tabel,
    Verslag,
    Verwijzing,
    is_getal,
)

FORMULE = re.compile(r"^\s*[=+\-@|%]|^[\t\r\n]")
VERBODEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML 1.0, so no xlsx
BLADNAAM = re.compile(r"[\[\]:*?/\\]")
VORM = {EURO: '"€" #,##0.00', GETAL: "#,##0", PROCENT: '0.0" %"', DAGEN: "0.0", DATUM: "d mmm yyyy"}
LANGSTE_CEL = 32_000  # characters; Excel stops at 32,767
BREEDST = 44  # characters of a column; longer text gets more lines
LETTER = "Calibri"  # a cell without a font of its own is set in whatever the program likes
REGELHOOGTE = 15  # points
A4 = 9  # the number of this paper size in ECMA-376

SOORT_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SOORT_CSV = "text/csv; charset=utf-8"


def veilig(tekst: str) -> str:
    """A text for CSV that no spreadsheet runs: '=1+1' -> "'=1+1"."""
    tekst = VERBODEN.sub("", tekst)
    return f"'{tekst}" if FORMULE.match(tekst) else tekst


def als_csv(tabel: Tabel) -> bytes:
    """One table: UTF-8 with BOM, semicolons and decimal commas, as a Belgian spreadsheet opens it."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([veilig(kolom.naam) for kolom in tabel.kolommen])
    for rij in tabel.alle_rijen:
        schrijver.writerow([_csv_cel(cel) for cel in rij])
    return uit.getvalue().encode("utf-8-sig")


def _csv_cel(cel):
    if is_getal(cel):
        return str(cel).replace(".", ",")
    return "" if cel is None else veilig(str(cel))


def als_xlsx(verslag: Verslag) -> bytes:
    """A whole report: a first sheet that says what it is, and a sheet per table."""
    boek = Workbook(write_only=True)
    boek.properties.title, boek.properties.language = verslag.titel, "nl-BE"
    namen = _bladnamen(verslag.tabellen)
    _eerste_blad(boek, verslag, namen)
    for tabel, naam in zip(verslag.tabellen, namen, strict=True):
        _blad(boek, tabel, naam)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def liggend(blad, koprij=None):
    """A sheet that prints as wide as a page lying down: the row of headings on each, its name and the page below."""
    blad.page_setup.orientation, blad.page_setup.paperSize = "landscape", A4
    blad.page_setup.fitToWidth, blad.page_setup.fitToHeight = 1, 0  # as many pages long as it takes
    blad.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    blad.oddFooter.left.text, blad.oddFooter.right.text = "&A", "&P / &N"
    if koprij:
        blad.print_title_rows = f"{koprij}:{koprij}"
    return blad


def _eerste_blad(boek, verslag, namen):
    blad = liggend(boek.create_sheet("Over dit verslag"))
    blad.column_dimensions["A"].width, blad.column_dimensions["B"].width = 30, BREEDST
    blad.append([_tekst(blad, verslag.titel, vet=True, regels=False)])
    for naam, waarde in [("", verslag.ondertitel), *verslag.kenmerken]:
        blad.append([_tekst(blad, naam), _tekst(blad, waarde)])
    blad.append([])
    for tabel, naam in zip(verslag.tabellen, namen, strict=True):
        blad.append([_tekst(blad, naam), _tekst(blad, tabel.titel)])


def _blad(boek, tabel, naam):
    blad = liggend(boek.create_sheet(naam), koprij=3)
    blad.freeze_panes = "A4"
    for nummer, kolom in enumerate(tabel.kolommen):
        langste = max([len(kolom.naam), *(len(str(rij[nummer])) for rij in tabel.rijen)])
        blad.column_dimensions[get_column_letter(nummer + 1)].width = min(langste + 3, BREEDST)
    blad.append([_tekst(blad, tabel.titel, vet=True, regels=False)])
    blad.append([_tekst(blad, tabel.uitleg, regels=False)])
    blad.append([_tekst(blad, kolom.naam, vet=True, rechts=kolom.soort in CIJFERS) for kolom in tabel.kolommen])
    for nummer, rij in enumerate(tabel.alle_rijen, start=4):
        vet = rij is tabel.totaal
        if (regels := max(map(_regels, rij))) > 1:  # not every program works the height of a row out by itself
            blad.row_dimensions[nummer].height = regels * REGELHOOGTE
        cellen = [_cel(blad, cel, kolom, vet) for cel, kolom in zip(rij, tabel.kolommen, strict=True)]
        for plaats, waarde in enumerate(rij):
            if isinstance(waarde, Verwijzing):
                cellen[plaats].hyperlink = settings.SITE_URL + waarde.url
                cellen[plaats].hyperlink.ref = f"{get_column_letter(plaats + 1)}{nummer}"
        blad.append(cellen)


def _regels(waarde):
    """How many lines a value takes in the widest column; words break early, so counted a little narrow."""
    if not isinstance(waarde, str) or len(waarde) <= BREEDST:
        return 1
    return sum(max(1, ceil(len(regel) / (BREEDST - 6))) for regel in waarde.splitlines())


def _cel(blad, waarde, kolom, vet):
    if waarde is None:
        return _tekst(blad, GEEN if kolom.soort in CIJFERS else "", vet=vet, rechts=kolom.soort in CIJFERS)
    if isinstance(waarde, str):
        return _tekst(blad, waarde, vet=vet)
    cel = WriteOnlyCell(blad, waarde)
    vorm = VORM.get(kolom.soort, "General")

    def maak():
        cel.number_format = vorm
        cel.font = Font(name=LETTER, size=11, bold=vet)
        cel.alignment = Alignment(vertical="top")  # beside text of more lines

    return _met_stijl(blad, cel, (vorm, vet), maak)


def _tekst(blad, tekst, vet=False, regels=True, rechts=False):
    """A cell with text. `regels`: a long one gets more lines; otherwise it runs on over the empty cells beside it."""
    cel = WriteOnlyCell(blad, VERBODEN.sub("", str(tekst))[:LANGSTE_CEL])
    cel.data_type = "s"  # never a formula, whatever it begins with
    aanhaling, breed = bool(FORMULE.match(str(tekst))), regels and len(str(tekst)) > BREEDST

    def maak():
        cel.quotePrefix = aanhaling
        cel.font = Font(name=LETTER, size=11, bold=vet)
        cel.alignment = Alignment(
            horizontal="right" if rechts else "left", vertical="top", wrap_text=breed, indent=int(regels and not rechts)
        )

    return _met_stijl(blad, cel, (aanhaling, vet, breed, regels, rechts), maak)


def _met_stijl(blad, cel, sleutel, maak):
    """The cell with a style that is worked out once per workbook: doing so per cell costs more than writing it."""
    stijlen = blad.parent.__dict__.setdefault("_stijlen", {})
    if sleutel not in stijlen:
        maak()
        stijlen[sleutel] = cel._style
    cel._style = stijlen[sleutel]
    return cel


def _bladnamen(tabellen):
    """A name per table as a spreadsheet allows: at most 31 characters, each its own."""
    namen = []
    for nummer, tabel in enumerate(tabellen, start=1):
        namen.append(f"{nummer} {BLADNAAM.sub(' ', VERBODEN.sub('', tabel.titel))}"[:31].strip())
    return namen
