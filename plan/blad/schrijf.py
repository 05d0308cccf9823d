"""The workbook that goes out: a sheet to work in, a sheet with what to know, and a hidden one with every value as it is now."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from plan.blad.kolommen import DATUM, GETAL, KEUZE, NAMEN
from sociaalhuis.verslag.rekenblad import LANGSTE_CEL, VERBODEN, liggend

BASIS = "Basis"
KEUZES = "Keuzes"
VORMEN = {DATUM: "dd/mm/yyyy"}
UITLEG = (
    "Verander wat je wil op het eerste blad en laad het bestand daarna op in het beheer, bij 'Rekenbladen'.",
    "Je ziet dan eerst elke wijziging, oud en nieuw. Pas als jij het zegt, komt ze in het plan.",
    "Grijze kolommen dienen om te lezen. Verander ze niet, en laat de kolom 'Sleutel' staan.",
    "Wis je een cel, dan wordt dat veld leeg. Wis je een rij of een kolom, dan verandert daar niets.",
    "Datums schrijf je als 31/12/2027. Meer namen in een cel scheid je met een puntkomma.",
    "Voeg geen cellen samen en schrijf geen formules.",
    "Is de tekst opgemaakt (vet, links), dan wijzig je hem in het beheer.",
)
UITLEG_NIEUW = (
    "Iets nieuws? Schrijf het in een rij zonder sleutel, met een code, een titel en bij 'Staat onder' de code van de doelstelling.",
    "Wissen kan niet in dit blad. Dat doe je in het beheer.",
)
RUIMTE = 200  # rows below the last one that offer the same choices


def als_werkboek(soort, rijen):
    """Bytes of the workbook of a `Soort` with these rows."""
    boek = Workbook()
    boek.properties.title, boek.properties.language = f"{soort.titel} van {soort.plan.titel}", "nl-BE"
    blad, uitleg, keuzes, basis = (
        boek.active,
        boek.create_sheet("Uitleg"),
        boek.create_sheet(KEUZES),
        boek.create_sheet(BASIS),
    )
    blad.title = soort.titel
    kernen = [soort.kernen(rij) for rij in rijen]
    _koppen(liggend(blad, koprij=1), soort.kolommen)
    for nummer, rij in enumerate(kernen, start=2):
        for plek, kolom in enumerate(soort.kolommen, start=1):
            _cel(blad.cell(nummer, plek), kolom, rij[kolom.naam])
    _lijsten(blad, keuzes, soort.kolommen, max(1, len(kernen) + (RUIMTE if soort.ouders else 0)))
    for regel in (*UITLEG, *(UITLEG_NIEUW if soort.ouders else ())):
        uitleg.append([regel])
    uitleg.column_dimensions["A"].width = 110
    _basis(basis, soort, kernen)
    basis.sheet_state = "hidden"
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _koppen(blad, kolommen):
    for plek, kolom in enumerate(kolommen, start=1):
        cel = blad.cell(1, plek, kolom.kop)
        cel.font = Font(bold=True)
        cel.alignment = Alignment(wrap_text=True, vertical="top")
        blad.column_dimensions[get_column_letter(plek)].width = kolom.breed
    blad.freeze_panes = "D2"


def _cel(cel, kolom, kern):
    waarde = kolom.cel(kern)
    if isinstance(waarde, str):
        waarde = VERBODEN.sub("", waarde)[:LANGSTE_CEL]
    cel.value = waarde
    if isinstance(waarde, str):
        cel.data_type = "s"  # a text that begins with = stays a text
        cel.quotePrefix = waarde[:1] in "=+-@"
    if kolom.soort in VORMEN:
        cel.number_format = VORMEN[kolom.soort]
    elif kolom.soort != GETAL:
        cel.number_format = "@"  # what looks like a date stays as it was typed
    cel.alignment = Alignment(wrap_text=True, vertical="top")
    if kolom.vast:
        cel.fill = PatternFill("solid", fgColor="E6E8E7")


def _lijsten(blad, keuzes, kolommen, aantal):
    """Choices to pick from in the cell, and every name that may be used on a sheet of its own."""
    plek = 0
    for nummer, kolom in enumerate(kolommen, start=1):
        if kolom.soort not in (KEUZE, NAMEN) or not kolom.keuzes:
            continue
        plek += 1
        letter = get_column_letter(plek)
        keuzes.cell(1, plek, kolom.kop).font = Font(bold=True)
        keuzes.column_dimensions[letter].width = 34
        for rij, naam in enumerate(kolom.keuzes.values(), start=2):
            keuzes.cell(rij, plek, VERBODEN.sub("", str(naam))).data_type = "s"
        if kolom.soort == KEUZE:
            lijst = DataValidation(
                "list", formula1=f"{KEUZES}!${letter}$2:${letter}${len(kolom.keuzes) + 1}", allow_blank=True
            )
            blad.add_data_validation(lijst)
            lijst.add(f"{get_column_letter(nummer)}2:{get_column_letter(nummer)}{aantal + 1}")


def _basis(blad, soort, kernen):
    """One row that says what this is, one with the columns, then every value as text."""
    blad.append(["sociaalhuis-blad/1", soort.code, soort.plan.slug])
    blad.append([kolom.naam for kolom in soort.kolommen])
    for nummer, rij in enumerate(kernen, start=3):
        for plek, kolom in enumerate(soort.kolommen, start=1):
            cel = blad.cell(nummer, plek, VERBODEN.sub("", rij[kolom.naam])[:LANGSTE_CEL])
            cel.data_type = "s"
