"""A file as sheets of cells: xlsx or CSV, whatever its encoding and separator."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from itertools import islice

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange

MEESTE_RIJEN = 200_000
MEESTE_KOLOMMEN = 200
MEESTE_BYTES = 50 * 1024 * 1024
UITGEPAKT = 500 * 1024 * 1024
SCHEIDERS = ";,\t|"
SAMENGEVOEGD = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z0-9:$]+)"')
csv.field_size_limit(1_000_000)  # a long description is one field


class Onleesbaar(Exception):
    """The file as a whole cannot be read; its message is for people."""


@dataclass
class Blad:
    """One sheet. `rijen` holds (number of the row in the file, cells); a cell is text, a number, a formula or None.

    A cell that is merged over several rows is told again in each (`herhaald`: {(row, column from 0)}), because a goal
    beside five actions is the goal of all five; an amount there counts once. One that is merged over several columns
    stays in the first; `breed` ({(row, column): value}) is for headings above several columns.
    """

    naam: str
    rijen: list
    herhaald: set = field(default_factory=set)
    breed: dict = field(default_factory=dict)


def lees_bestand(inhoud, naam):
    """List of `Blad` of the bytes of a file; raises Onleesbaar with a Dutch message."""
    if len(inhoud) > MEESTE_BYTES:
        raise Onleesbaar("Dit bestand is groter dan 50 MB. Bewaar alleen het blad met de ramingen.")
    if not inhoud.strip():
        raise Onleesbaar("Dit bestand is leeg.")
    if inhoud.startswith(b"PK"):
        return _xlsx(inhoud)
    if inhoud.startswith(b"\xd0\xcf\x11\xe0"):
        raise Onleesbaar("Dit is een oud Excel-bestand (.xls). Bewaar het eerst als .xlsx of als CSV.")
    if inhoud.startswith(b"%PDF"):
        raise Onleesbaar("Dit is een PDF. Vraag de tabel als .xlsx of als CSV.")
    return [_csv(inhoud, naam)]


def _xlsx(inhoud):
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
            if sum(deel.file_size for deel in pak.infolist()) > UITGEPAKT:
                raise Onleesbaar("Dit bestand is uitgepakt te groot.")
        return [_blad(inhoud, naam) for naam in _bladnamen(inhoud)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError, SyntaxError) as fout:
        raise Onleesbaar("Dit Excel-bestand is beschadigd. Open het en bewaar het opnieuw als .xlsx.") from fout


def _bladnamen(inhoud):
    """Names of the sheets that a person sees and that hold cells (not a chart)."""
    boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True)
    try:
        return [
            blad.title
            for blad in boek.worksheets
            if blad.sheet_state == "visible" and isinstance(blad, ReadOnlyWorksheet)
        ]
    finally:
        boek.close()


def _blad(inhoud, naam):
    """Cells with the value that the spreadsheet kept, or the formula itself when it kept none."""
    rijen, heeft_formules = _rijen(inhoud, naam, data_only=False)
    if heeft_formules:  # read again for what they came to; most exports have none
        waarden, _ = _rijen(inhoud, naam, data_only=True)
        for rij, uitkomsten in zip(rijen, waarden, strict=True):
            for plaats, waarde in enumerate(uitkomsten):
                if waarde is not None and plaats < len(rij):
                    rij[plaats] = waarde
    blad = Blad(naam, list(enumerate(rijen, start=1)))
    for vak in _samengevoegd(inhoud, naam):
        _voeg_samen(blad, rijen, vak)
    return blad


def _rijen(inhoud, naam, data_only):
    """(rows of a sheet as lists, whether there is a formula), read as a stream: a cell is never an object of its own.

    What the file says about its size is not believed; some packages write A1 there.
    """
    boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, data_only=data_only)
    try:
        blad = boek[naam]
        blad.reset_dimensions()
        rijen, heeft_formules = [], False
        for cellen in blad.iter_rows(values_only=True):
            rij = list(cellen)
            while rij and rij[-1] is None:
                rij.pop()
            rijen.append(rij)
            if len(rijen) > MEESTE_RIJEN or len(rij) > MEESTE_KOLOMMEN:
                raise Onleesbaar(
                    f"Het blad '{naam}' heeft meer dan {MEESTE_RIJEN} rijen of {MEESTE_KOLOMMEN} kolommen."
                )
            heeft_formules = heeft_formules or any(isinstance(cel, str) and cel.startswith("=") for cel in rij)
    finally:
        boek.close()
    while rijen and not rijen[-1]:
        rijen.pop()
    return rijen, heeft_formules


def _samengevoegd(inhoud, naam):
    """[CellRange] of what is merged in a sheet; the streaming reader does not tell."""
    boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True)
    try:
        with boek._archive.open(boek[naam]._worksheet_path) as bron:
            vakken, rest = [], b""
            while stuk := bron.read(1 << 16):
                rest += stuk
                vakken += [CellRange(ref.decode()) for ref in SAMENGEVOEGD.findall(rest)]
                rest = rest[rest.rfind(b"<") :]  # a tag may go on in the next piece
            return vakken
    finally:
        boek.close()


def _voeg_samen(blad, rijen, vak):
    """Tells a merged cell again in each of its rows, and above each of its columns."""

    def zet(rij, kolom, waarde):
        while len(rijen) < rij:
            rijen.append([])
            blad.rijen.append((len(rijen), rijen[-1]))
        cellen = rijen[rij - 1]
        cellen.extend([None] * (kolom - len(cellen)))
        cellen[kolom - 1] = waarde

    eerste = rijen[vak.min_row - 1] if vak.min_row <= len(rijen) else []
    boven = eerste[vak.min_col - 1] if vak.min_col <= len(eerste) else None
    if boven is None or vak.max_row > MEESTE_RIJEN or vak.max_col > MEESTE_KOLOMMEN:
        return
    for rij in range(vak.min_row, vak.max_row + 1):
        for kolom in range(vak.min_col, vak.max_col + 1):
            zet(rij, kolom, boven if kolom == vak.min_col else None)
            if kolom < vak.max_col:
                blad.breed[rij, kolom] = boven
        if rij > vak.min_row:
            blad.herhaald.add((rij, vak.min_col - 1))


def tekst_van(inhoud):
    """Text of bytes in UTF-8 (with or without mark), UTF-16 with its mark, or else Windows-1252."""
    for mark, codering in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if inhoud.startswith(mark):
            return inhoud.decode(codering, errors="replace")
    try:
        return inhoud.decode("utf-8")
    except UnicodeDecodeError:
        return inhoud.decode("cp1252", errors="replace")


def _csv(inhoud, naam):
    tekst = tekst_van(inhoud)
    if "\x00" in tekst:
        raise Onleesbaar("Dit is geen tabel in tekst. Kies een .xlsx- of een CSV-bestand.")
    if tekst[:4].lower() == "sep=":
        regel, _, tekst = tekst.partition("\n")
        scheider = regel.strip()[4:5] or ";"
    else:
        scheider = _scheider(tekst)
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheider)
    rijen, vanaf = [], 1
    try:
        for cellen in lezer:
            rijen.append((vanaf, [cel.strip() or None for cel in cellen[:MEESTE_KOLOMMEN]]))
            vanaf = lezer.line_num + 1
            if len(rijen) > MEESTE_RIJEN:
                raise Onleesbaar(f"Dit bestand heeft meer dan {MEESTE_RIJEN} rijen.")
    except csv.Error as fout:
        raise Onleesbaar(f"Regel {vanaf} is beschadigd: een aanhalingsteken of een veld te veel.") from fout
    return Blad(naam, rijen)


def _scheider(tekst):
    """The separator that gives the most rows of the same, largest width."""

    def score(scheider):
        try:
            lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheider)
            breedtes = [len(rij) for rij in islice(lezer, 60)]
        except csv.Error:
            return 0, 0
        vaakst = max(set(breedtes), key=breedtes.count, default=0)
        return (breedtes.count(vaakst) * (vaakst > 1), vaakst)

    return max(SCHEIDERS, key=score)
