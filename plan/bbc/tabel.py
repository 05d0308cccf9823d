"""A file as sheets of cells: xlsx or CSV, whatever its encoding and separator."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from itertools import islice

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

MEESTE_RIJEN = 200_000
MEESTE_KOLOMMEN = 200
MEESTE_BYTES = 50 * 1024 * 1024
UITGEPAKT = 500 * 1024 * 1024
SCHEIDERS = ";,\t|"
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
        formules = openpyxl.load_workbook(io.BytesIO(inhoud))
        waarden = openpyxl.load_workbook(io.BytesIO(inhoud), data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError) as fout:
        raise Onleesbaar("Dit Excel-bestand is beschadigd. Open het en bewaar het opnieuw als .xlsx.") from fout
    zichtbaar = [blad for blad in formules.worksheets if blad.sheet_state == "visible"]
    return [_blad(blad, waarden[blad.title]) for blad in zichtbaar]


def _blad(formules, waarden):
    """Cells with the value that the spreadsheet kept, or the formula itself when it kept none."""
    if formules.max_row > MEESTE_RIJEN or formules.max_column > MEESTE_KOLOMMEN:
        raise Onleesbaar(
            f"Het blad '{formules.title}' heeft meer dan {MEESTE_RIJEN} rijen of {MEESTE_KOLOMMEN} kolommen."
        )
    rijen = []
    for paar in zip(formules.iter_rows(values_only=True), waarden.iter_rows(values_only=True), strict=True):
        rijen.append([wel if wel is not None else formule for formule, wel in zip(*paar, strict=True)])
    blad = Blad(formules.title, list(enumerate(rijen, start=1)))
    for vak in formules.merged_cells.ranges:
        boven = rijen[vak.min_row - 1][vak.min_col - 1]
        for rij in range(vak.min_row, vak.max_row + 1):
            if rij > vak.min_row:
                rijen[rij - 1][vak.min_col - 1] = boven
                blad.herhaald.add((rij, vak.min_col - 1))
            for kolom in range(vak.min_col, vak.max_col):
                blad.breed[rij, kolom] = boven
    return blad


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
