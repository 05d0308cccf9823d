"""The workbook that comes back: every change per cell, every collision, and every mistake at its place. Reads nothing but its input.

`lees_boek` opens the file, `vergelijk` lays it beside the rows of the plan.
"""

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from plan.blad.kolommen import NAMEN, OPMAAK, TEKST, Celfout
from plan.blad.schrijf import BASIS
from plan.blad.soorten import SLEUTEL
from sociaalhuis.verslag.rekenblad import LANGSTE_CEL

MB = 1024 * 1024
MEESTE_BYTES, UITGEPAKT = 10 * MB, 200 * MB
MEESTE_RIJEN, MEESTE_KOLOMMEN = 20_000, 300
KOP_ZOEKEN = 10  # rows in which the headings must stand
NIET_VAN_HIER = "Dit bestand komt niet van hier. Haal eerst een blad op, verander dat en laad het weer op."


class Onleesbaar(Exception):
    """The file as a whole cannot be read; the message is for people."""


@dataclass
class Boek:
    """`cellen` is {(row, column): (value, number format, is a formula)}, `koppen` {column: heading}, `basis` {key: {name: text}}."""

    soort: str
    plan: str
    titel: str
    kop_rij: int
    koppen: dict
    rijen: list
    cellen: dict
    samen: list
    basis: dict


@dataclass
class Uitkomst:
    """What a file says. Everything is plain data for JSON: lists of dicts with `rij`, `kolom` (letter), `code`, `kop` and texts."""

    wijzigingen: list = field(default_factory=list)
    nieuw: list = field(
        default_factory=list
    )  # rows without a key: {rij, code, titel, ouder, boven, velden, plekken, toon}
    botsingen: list = field(default_factory=list)
    fouten: list = field(default_factory=list)
    meldingen: list = field(default_factory=list)


# --- opening the file -----------------------------------------------------------------------------


def lees_boek(inhoud):
    """A `Boek` from the bytes of an xlsx file. Raises Onleesbaar."""
    if len(inhoud) > MEESTE_BYTES:
        raise Onleesbaar("Dit bestand is groter dan 10 MB. Verwijder bladen die er niet bij horen.")
    if not inhoud.startswith(b"PK"):
        raise Onleesbaar("Dit is geen Excel-bestand. Bewaar het in LibreOffice of Excel als .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
            if sum(deel.file_size for deel in pak.infolist()) > UITGEPAKT:
                raise Onleesbaar("Dit bestand is uitgepakt te groot.")
        boek = openpyxl.load_workbook(io.BytesIO(inhoud))
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        OSError,
        TypeError,
        IndexError,
        ParseError,
    ) as fout:
        raise Onleesbaar("Dit bestand is beschadigd. Open het en bewaar het opnieuw als .xlsx.") from fout
    for blad in boek.worksheets:
        if blad.max_row > MEESTE_RIJEN or blad.max_column > MEESTE_KOLOMMEN:
            raise Onleesbaar(
                f"Het blad '{blad.title}' heeft meer dan {MEESTE_RIJEN} rijen of {MEESTE_KOLOMMEN} kolommen."
            )
    soort, plan, basis = _basis(boek)
    for blad in boek.worksheets:
        if blad.title != BASIS and (gevonden := _koppen(blad)):
            return _lees_blad(blad, *gevonden, soort, plan, basis)
    raise Onleesbaar("We vinden de kolom 'Sleutel' niet meer. Haal het blad opnieuw op.")


def _basis(boek):
    if BASIS not in boek.sheetnames:
        raise Onleesbaar(f"Het verborgen blad '{BASIS}' is weg. {NIET_VAN_HIER}")
    rijen = boek[BASIS].iter_rows(values_only=True)
    eerste, namen = next(rijen, ()), next(rijen, ())
    if len(eerste) < 3 or eerste[0] != "sociaalhuis-blad/1" or namen[:1] != (SLEUTEL,):
        raise Onleesbaar(NIET_VAN_HIER)
    basis = {}
    for rij in rijen:
        kernen = {naam: "" if waarde is None else str(waarde) for naam, waarde in zip(namen, rij, strict=True) if naam}
        if kernen[SLEUTEL]:
            basis[kernen[SLEUTEL]] = kernen
    return str(eerste[1]), str(eerste[2]), basis


def _koppen(blad):
    """(row of the headings, {column: heading}) or None."""
    for rij in blad.iter_rows(max_row=KOP_ZOEKEN):
        koppen = {cel.column: str(cel.value).strip() for cel in rij if cel.value not in (None, "")}
        if any(kop.lower() == SLEUTEL for kop in koppen.values()):
            return rij[0].row, koppen
    return None


def _lees_blad(blad, kop_rij, koppen, soort, plan, basis):
    cellen, rijen = {}, []
    for rij in blad.iter_rows(min_row=kop_rij + 1):
        vol = [cel for cel in rij if cel.value is not None and str(cel.value).strip()]
        if not vol:
            continue
        rijen.append(vol[0].row)
        for cel in vol:
            cellen[cel.row, cel.column] = (cel.value, cel.number_format, cel.data_type in ("f", "e"))
    samen = [vak for vak in blad.merged_cells.ranges if vak.max_row > kop_rij]
    return Boek(soort, plan, blad.title, kop_rij, koppen, rijen, cellen, samen, basis)


# --- laying it beside the plan --------------------------------------------------------------------


def vergelijk(boek, soort, rijen):
    """The `Uitkomst` of a book for a `Soort`, beside the rows of the plan as they are now."""
    uit = Uitkomst()
    kolommen = _kolommen(boek, soort, uit)
    nu, gezien = {str(rij.pk): rij for rij in rijen}, {}
    for vak in boek.samen:
        uit.fouten.append(
            _fout(
                vak.min_row,
                vak.min_col,
                f"De cellen {vak.coord} zijn samengevoegd. Splits ze, met in elke rij een eigen waarde.",
            )
        )
    plek = next((kolom for kolom, wat in kolommen.items() if wat.naam == SLEUTEL), None)
    if plek is None or any(vak.min_row <= boek.kop_rij for vak in boek.samen):
        uit.fouten.append(_fout(boek.kop_rij, 1, "De kolom 'Sleutel' moet er precies een keer staan."))
        return uit
    for nummer in boek.rijen:
        if soort.ouders and boek.cellen.get((nummer, plek)) is None:
            _nieuwe_rij(boek, soort, kolommen, nummer, uit)
            continue
        rij = _rij_van(boek, nummer, plek, nu, gezien, uit)
        if rij is not None:
            _een_rij(boek, soort, kolommen, nummer, rij, uit)
    ontbreekt = len(set(nu) - set(gezien))
    if ontbreekt:
        uit.meldingen.append(
            f"{ontbreekt} rijen van het plan staan niet in dit bestand. Daar verandert niets aan: wissen doe je in het beheer."
        )
    return uit


def _fout(rij, kolom, tekst, code="", kop=""):
    return {"rij": rij, "kolom": get_column_letter(kolom), "code": code, "kop": kop, "tekst": tekst}


def _kolommen(boek, soort, uit):
    """{column: `Kolom`} of what we know; the rest is told."""
    per_kop = {kolom.kop.lower(): kolom for kolom in soort.kolommen}
    gevonden = {}
    for plek, kop in boek.koppen.items():
        kolom = per_kop.get(" ".join(kop.lower().split()))
        if kolom is None:
            uit.meldingen.append(f"De kolom '{kop[:60]}' kennen we niet. We slaan ze over.")
        elif kolom in gevonden.values():
            uit.fouten.append(_fout(boek.kop_rij, plek, f"De kolom '{kop}' staat er twee keer.", kop=kop))
        else:
            gevonden[plek] = kolom
    for kolom in soort.kolommen:
        if kolom not in gevonden.values():
            uit.meldingen.append(f"De kolom '{kolom.kop}' ontbreekt. Daar verandert niets aan.")
    return gevonden


def _rij_van(boek, nummer, plek, nu, gezien, uit):
    """The row of the plan that a row of the file is about, or None with a mistake told."""
    waarde, _, formule = boek.cellen.get((nummer, plek), (None, "", False))
    sleutel = str(int(waarde)) if isinstance(waarde, float) and waarde.is_integer() else str(waarde or "").strip()
    if formule or sleutel not in boek.basis:
        tekst = (
            f"De sleutel '{sleutel[:20]}' kennen we niet. Zet terug wat er stond."
            if sleutel
            else "Deze rij heeft geen sleutel. Iets nieuws maak je in het beheer, niet in dit blad."
        )
    elif sleutel in gezien:
        tekst = f"De sleutel {sleutel} staat ook in rij {gezien[sleutel]}. Hou een van de twee rijen."
    elif sleutel not in nu:
        tekst = f"{boek.basis[sleutel].get('code', '')} staat niet meer in het plan. Verwijder deze rij."
        gezien[sleutel] = nummer
    else:
        gezien[sleutel] = nummer
        return nu[sleutel]
    uit.fouten.append(_fout(nummer, plek, tekst))
    return None


def _nieuwe_rij(boek, soort, kolommen, nummer, uit):
    """A row without a key becomes something new: under which part, and what stands in its cells."""
    rij = {"rij": nummer, "code": "", "titel": "", "ouder": None, "boven": "", "velden": {}, "plekken": {}, "toon": []}
    fouten = len(uit.fouten)
    for plek, kolom in kolommen.items():
        if kolom.naam == SLEUTEL:
            continue
        waarde, vorm, formule = boek.cellen.get((nummer, plek), (None, "General", False))
        rij["plekken"][kolom.naam] = [get_column_letter(plek), kolom.kop]
        try:
            if kolom.naam in soort.bij_nieuw and waarde is None:
                kern = soort.bij_nieuw[kolom.naam]
            else:
                kern = _kern(kolom, waarde, vorm, formule)
            if kolom.naam == "boven":
                rij["ouder"], rij["boven"] = soort.ouder_van(kern)
            elif kolom.naam == "code" and not kern:
                raise Celfout("Schrijf een code voor wat nieuw is.")
            else:
                rij["velden"][kolom.naam] = kern
        except Celfout as fout:
            uit.fouten.append(_fout(nummer, plek, str(fout), code=rij["code"], kop=kolom.kop))
            continue
        if kolom.naam in ("code", "titel"):
            rij[kolom.naam] = kern
        elif kern and kolom.naam != "boven":
            rij["toon"].append([kolom.kop, kolom.toon(kern)])
    if mist := {"code", "titel", "boven"} - set(rij["plekken"]):
        koppen = ", ".join(sorted(kolom.kop for kolom in soort.kolommen if kolom.naam in mist))
        uit.fouten.append(_fout(nummer, 1, f"Voor iets nieuws zijn deze kolommen nodig: {koppen}."))
    elif rij["code"] in {kernen.get("code") for kernen in boek.basis.values()}:
        plek = next(plek for plek, kolom in kolommen.items() if kolom.naam == SLEUTEL)
        tekst = "Deze rij heeft geen sleutel meer. Zet terug wat er stond, of kies een andere code voor iets nieuws."
        uit.fouten.append(_fout(nummer, plek, tekst, code=rij["code"]))
    elif dubbel := next((ander for ander in uit.nieuw if ander["code"] == rij["code"]), None):
        kolom, kop = rij["plekken"]["code"]
        uit.fouten.append({"rij": nummer, "kolom": kolom, "code": rij["code"], "kop": kop,
                           "tekst": f"Deze code staat ook in rij {dubbel['rij']}. Kies een andere."})  # fmt: skip
    elif len(uit.fouten) == fouten:
        uit.nieuw.append(rij)


def _een_rij(boek, soort, kolommen, nummer, rij, uit):
    basis = boek.basis[str(rij.pk)]
    for plek, kolom in kolommen.items():
        waarde, vorm, formule = boek.cellen.get((nummer, plek), (None, "General", False))
        hier = {
            "rij": nummer,
            "kolom": get_column_letter(plek),
            "sleutel": rij.pk,
            "code": rij.code,
            "kop": kolom.kop,
            "naam": kolom.naam,
        }
        toen, nu = basis.get(kolom.naam), soort.kern(rij, kolom)
        if toen is None:
            continue
        try:
            nieuw = _kern(kolom, waarde, vorm, formule)
        except Celfout as fout:
            uit.fouten.append({**hier, "tekst": str(fout)})
            continue
        if nieuw in (toen, nu) or zelfde_lang(kolom, nieuw, toen):
            continue
        if kolom.vast:
            if nieuw == " ".join(toen.split()):
                continue
            uit.fouten.append({**hier, "tekst": "Deze kolom dient om te lezen. Zet terug wat er stond."})
        elif waarom := soort.mag(rij, kolom):
            uit.fouten.append({**hier, "tekst": waarom})
        else:
            cel = {**hier, "oud": nu, "nieuw": nieuw, "oud_tekst": kolom.toon(nu), "nieuw_tekst": kolom.toon(nieuw)}
            if nu == toen:
                uit.wijzigingen.append(cel)
            else:
                uit.botsingen.append({**cel, "toen_tekst": kolom.toon(toen)})


def zelfde_lang(kolom, nieuw, toen):
    """A text that was too long for a cell went out cut off; coming back like that is no change."""
    return kolom.soort in (TEKST, OPMAAK) and len(toen) >= LANGSTE_CEL and toen.startswith(nieuw) and nieuw != ""


def _kern(kolom, waarde, vorm, formule):
    if formule:
        raise Celfout("Hier staat een formule of een fout van het rekenblad. Plak de waarde zelf.")
    if kolom.naam == SLEUTEL or (kolom.vast and kolom.soort != NAMEN):
        return " ".join(str(int(waarde) if isinstance(waarde, float) and waarde.is_integer() else waarde or "").split())
    return kolom.kern(waarde, vorm)
