"""Reading tables of the multi-year plan: six layouts of one town, damaged ones, and real ones where they are at hand."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from plan.bbc.lezen import lees
from plan.bbc.tabel import Onleesbaar
from tests.plan.bbc.tabellen import INDELINGEN, JAREN, PER_JAAR, REGELS, als_csv, als_xlsx

ECHT = Path(__file__).resolve().parents[4] / "shared" / "data" / "bbc"


def jaren(lezing):
    return {jaar: str(bedrag) for jaar, bedrag in lezing.per_jaar().items()}


@pytest.mark.parametrize("indeling", INDELINGEN, ids=lambda functie: functie.__name__)
def test_every_layout_gives_the_same_lines_to_the_cent(indeling):
    lezing = lees(*indeling(), JAREN)
    assert (lezing.geweigerd, lezing.opmerkingen) == ([], [])
    assert jaren(lezing) == PER_JAAR
    gelezen = {}
    for lijn in lezing.lijnen:
        for (jaar, _, richting), bedrag in lijn.bedragen.items():
            delen = [lijn.delen.get(niveau) for niveau in ("bd", "ap", "ac")]
            sleutel = tuple((deel.code, deel.naam) if deel else ("", "") for deel in delen)
            gelezen.setdefault(sleutel, {})[jaar] = (bedrag, richting)
    assert gelezen.keys() == {((bd, bdn), (ap, apn), (ac, acn)) for bd, bdn, ap, apn, ac, acn, _ in REGELS}
    for bd, bdn, ap, apn, ac, acn, bedragen in REGELS:
        regel = gelezen[(bd, bdn), (ap, apn), (ac, acn)]
        verwacht = {
            jaar: (Decimal(str(bedrag)), "uitgave") for jaar, bedrag in zip(JAREN, bedragen, strict=True) if bedrag
        }
        assert {jaar: paar for jaar, paar in regel.items() if paar[0]} == verwacht


def test_a_line_without_a_goal_stays_a_line():
    lezing = lees(*INDELINGEN[0](), JAREN)
    assert [set(lijn.delen) for lijn in lezing.lijnen] == [{"bd", "ap", "ac"}] * 4 + [{"ap", "ac"}]


KOP = ["Actieplan", "Actie", "Omschrijving", "2026", "2027"]


def csv_van(*rijen, kop=KOP):
    return als_csv([kop, *rijen]), "proef.csv"


@pytest.mark.parametrize(
    ("rij", "waarom"),
    [
        (["AP-1", "AC-1", "Wonen", "veel", ""], "in kolom '2026' staat geen bedrag: 'veel'"),
        (
            ["AP-1", "AC-1", "Wonen", "1,00", "=HYPERLINK(1)"],
            "de formule in kolom '2027' heeft geen uitkomst: '=HYPERLINK(1)'",
        ),
        (["", "", "", "5,00", ""], "er is een bedrag, maar geen code of omschrijving van een actie"),
        (["AP-1", "AC-1", "Wonen", "1e309", ""], "in kolom '2026' staat geen bedrag: '1e309'"),
        (["AP-1", "AC-1", "Wonen", "12\x00a", ""], "in kolom '2026' staat geen bedrag: '12a'"),
    ],
)
def test_a_row_that_cannot_be_placed_is_named_and_the_rest_stays(rij, waarom):
    inhoud, naam = csv_van(rij, ["AP-1", "AC-2", "Goed", "3,00", ""])
    if "\x00" in rij[3]:
        inhoud = als_xlsx({"proef.csv": [KOP, [*rij[:3], "12\u200ba", None], ["AP-1", "AC-2", "Goed", 3, None]]})
        waarom = "in kolom '2026' staat geen bedrag: '12a'"
    lezing = lees(inhoud, naam, JAREN)
    assert lezing.geweigerd == [("proef.csv", 2, waarom)]
    assert [lijn.delen["ac"].code for lijn in lezing.lijnen] == ["AC-2"]


def test_a_group_whose_amount_is_not_its_sum_is_named():
    lezing = lees(
        *csv_van(
            ["BD-1", "Wonen", "9"],
            ["AP-1", "Huren", "5"],
            ["AC-1", "Garantie", "5"],
            kop=["Code", "Omschrijving", "2026"],
        ),
        JAREN,
    )
    assert lezing.geweigerd == [("proef.csv", 2, "het bedrag bij BD-1 is niet de som van wat eronder staat")]
    assert jaren(lezing) == {2026: "5.00"}


def test_a_plan_without_actions_below_is_a_line_of_its_own():
    lezing = lees(*csv_van(["BD-1", "Wonen", ""], ["AP-1", "Huren", "5"], kop=["Code", "Omschrijving", "2026"]), JAREN)
    assert [{niveau: deel.code for niveau, deel in lijn.delen.items()} for lijn in lezing.lijnen] == [
        {"ap": "AP-1", "bd": "BD-1"}
    ]


def test_a_total_that_differs_is_told():
    lezing = lees(*csv_van(["AP-1", "AC-1", "Wonen", "5,00", "1,00"], ["Totaal", "", "", "6,00", "1,00"]), JAREN)
    assert lezing.opmerkingen == ["Rij 3 zegt €\xa06 in 2026, de regels samen zijn €\xa05."]
    assert jaren(lezing) == {2026: "5.00", 2027: "1.00"}


def test_a_total_of_all_after_totals_of_parts_fits_and_so_does_the_last_part():
    deel = [["AP-1", "AC-1", "Wonen", "5,00", "1,00"], ["Totaal AP-1", "", "", "5,00", "1,00"],
            ["AP-2", "AC-2", "Leven", "2,00", "1,00"], ["Totaal AP-2", "", "", "2,00", "1,00"]]  # fmt: skip
    for rijen, gezegd in [
        (deel, []),
        ([*deel, ["Algemeen totaal", "", "", "7,00", "2,00"]], []),
        (
            [*deel, ["Algemeen totaal", "", "", "8,00", "2,00"]],
            ["Rij 6 zegt €\xa08 in 2026, de regels samen zijn €\xa07."],
        ),
    ]:
        assert lees(*csv_van(*rijen), JAREN).opmerkingen == gezegd


def test_a_sheet_per_bestuur_tells_whose_lines_they_are():
    rijen = [["Actie", "Omschrijving", "2026"], ["AC-1", "Wonen", 5]]
    bladen = {"OCMW": rijen, "Gemeente Odd": rijen, "Beide": rijen}
    assert [lijn.entiteit for lijn in lees(als_xlsx(bladen), "x.xlsx", JAREN).lijnen] == ["ocmw", "gemeente", ""]
    assert [lijn.entiteit for lijn in lees(als_xlsx({"OCMW": rijen}), "x.xlsx", JAREN).lijnen] == [""]


def test_a_workbook_that_tells_a_wrong_size_or_merges_past_its_end_is_read_whole():
    rijen = [["Actieplan", "Actie", "Omschrijving", "2026"], ["AP-1", "AC-1", "Wonen", 5], [None, "AC-2", "Leven", 7]]
    boek = als_xlsx({"Blad": rijen}, samenvoegen=["A2:A3", "C5:D9"])
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(boek)) as oud, zipfile.ZipFile(uit, "w") as nieuw:
        for naam in oud.namelist():
            nieuw.writestr(naam, oud.read(naam).replace(b'<dimension ref="A1:D3"', b'<dimension ref="A1"'))
    lezing = lees(uit.getvalue(), "x.xlsx", JAREN)
    assert [(lijn.delen["ap"].code, lijn.delen["ac"].code) for lijn in lezing.lijnen] == [
        ("AP-1", "AC-1"),
        ("AP-1", "AC-2"),
    ]
    assert jaren(lezing) == {2026: "12.00"}


def test_a_year_outside_the_period_is_told_and_left_out():
    lezing = lees(
        *csv_van(["AP-1", "AC-1", "Wonen", "5,00"], kop=["Actieplan", "Actie", "Omschrijving", "2025"]), JAREN
    )
    assert lezing.opmerkingen == ["Bedragen van 2025 zijn niet gelezen: dat jaar valt buiten de periode."]
    assert jaren(lezing) == {}


def test_of_several_columns_about_a_year_the_estimate_counts():
    kop = ["Actie", "Omschrijving", "Rekening 2026", "Raming 2026"]
    lezing = lees(*csv_van(["AC-1", "Wonen", "1,00", "5,00"], kop=kop), JAREN)
    assert jaren(lezing) == {2026: "5.00"}
    assert lezing.opmerkingen == ["De kolom 'rekening 2026' is niet gelezen: er is een andere voor 2026."]


def test_income_and_kinds_are_kept_apart():
    kop = [
        "Actie",
        "Omschrijving",
        "Investeringsuitgaven 2026",
        "Investeringsontvangsten 2026",
        "Exploitatie-uitgaven 2026",
    ]
    lezing = lees(*csv_van(["AC-1", "Wonen", "1,00", "2,00", "3,00"], kop=kop), JAREN)
    assert lezing.lijnen[0].bedragen == {
        (2026, "investering", "uitgave"): Decimal("1.00"),
        (2026, "investering", "ontvangst"): Decimal("2.00"),
        (2026, "exploitatie", "uitgave"): Decimal("3.00"),
    }
    assert lezing.per_jaar_en_richting() == {(2026, "ontvangst"): Decimal("2.00"), (2026, "uitgave"): Decimal("4.00")}


@pytest.mark.parametrize(
    ("entiteit", "wie"),
    [
        ("Gemeente Proefdorp", "gemeente"),
        ("OCMW Proefdorp", "ocmw"),
        ("Stad", "gemeente"),
        ("Proefdorp", ""),
        ("Gemeente en OCMW", ""),
    ],
)
def test_the_entity_of_a_line_is_who_it_names(entiteit, wie):
    lezing = lees(
        *csv_van([entiteit, "AC-1", "Wonen", "1,00"], kop=["Entiteit", "Actie", "Omschrijving", "2026"]), JAREN
    )
    assert lezing.lijnen[0].entiteit == wie


@pytest.mark.parametrize(
    ("ap", "ac"),
    [
        ("S03B01AP01", "S03B01AP01_S03B01AP01A01"),
        ("01001/03", "01001/03_01001/03/001"),
        ("A-1.1", "A-1.1.1"),
        ("6.1.", "6.1.3."),
    ],
)
def test_codes_of_other_packages(ap, ac):
    lezing = lees(*csv_van([ap, ac, "Wonen", "1,00", ""]), JAREN)
    assert {niveau: deel.code for niveau, deel in lezing.lijnen[0].delen.items()} == {"ap": ap, "ac": ac}
    alleen = lees(*csv_van([ac, "Wonen", "1,00"], kop=["Actie", "Omschrijving", "2026"]), JAREN)
    delen = {niveau: deel.code for niveau, deel in alleen.lijnen[0].delen.items()}
    assert delen == ({"ap": ap, "ac": ac} if "_" in ac else {"ac": ac})


@pytest.mark.parametrize(
    ("inhoud", "waarom"),
    [
        (b"", "leeg"),
        (b" \r\n", "leeg"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "oud Excel-bestand"),
        (b"PK\x03\x04 geen echt boek", "beschadigd"),
        (b"zomaar wat tekst zonder tabel", "geen tabel"),
        (b"a;b;c\r\n1;2;3", "geen tabel"),
        (b"\x00\x01\x02\x03", "geen tabel in tekst"),
        (als_xlsx({"Leeg": []}), "geen tabel"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_dutch(inhoud, waarom):
    with pytest.raises(Onleesbaar, match=waarom):
        lees(inhoud, "proef", JAREN)


@pytest.mark.parametrize(
    ("naam", "acties", "totaal", "eerste", "laatste"),
    [
        ("opwijk.csv", 36, 48117918, 13008013, 1501250),
        ("balen.xlsx", 71, 30113674, 12713217, 1901493),
        ("aartselaar-open-data.csv", 117, 31551697, 4454057, 1282028),
        ("wingene.csv", 41, 58480464, 12855704, 2154247),
    ],
)
def test_real_tables_to_the_euro(naam, acties, totaal, eerste, laatste):
    if not ECHT.exists():
        pytest.skip("the real tables are not beside this checkout")
    lezing = lees((ECHT / naam).read_bytes(), naam, JAREN)
    som = lezing.per_jaar()
    assert (sum(som.values()), som[2026], som[2031]) == (totaal, eerste, laatste)
    assert len({lijn.delen["ac"].code for lijn in lezing.lijnen}) == acties
    assert (lezing.geweigerd, lezing.opmerkingen) == ([], [])
