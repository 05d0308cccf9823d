"""Reports: the same data as a page, PDF/UA, xlsx and CSV; nothing in it runs, nothing small is shown."""

import io
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.template import engines

from sociaalhuis.verslag.model import DAGEN, DATUM, EURO, GETAL, MINDER, PROCENT, Deel, Kolom, Tabel, Verslag, toon
from sociaalhuis.verslag.pdf import GeenPdf, als_pdf
from sociaalhuis.verslag.rekenblad import als_csv, als_xlsx, veilig
from tests.keurpdf import keur

OP = datetime(2027, 1, 15, 9, 30, 12, 345, tzinfo=UTC)
GEVAARLIJK = [
    '=HYPERLINK("http://kwaad.example";"klik")',
    "+32 59 00 00 00",
    "-1+1|cmd",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    "#let x = 1 $ *vet* _schuin_ @bron <label> \\ //",
    "</svg><script>alert(1)</script>",
    "NUL\x00 en\x0b meer",
    "\u202eandersom",
    "x" * 40_000,
]


def tabel(rijen, **velden):
    kolommen = [Kolom("Thema"), Kolom("Contacten", GETAL), Kolom("Op tijd", PROCENT)]
    return Tabel("Contacten per thema", kolommen, rijen, **velden)


@pytest.fixture
def verslag():
    gewoon = tabel(
        [["Geld en schulden", 1234, Decimal("93.25")], ["Wonen", 12, None], ["Andere", MINDER, MINDER]],
        totaal=["Samen", 1246, Decimal(90)],
        staven=1,
    )
    kwaad = tabel([[tekst, 6, Decimal(50)] for tekst in GEVAARLIJK], uitleg=GEVAARLIJK[6])
    return Verslag(
        "Jaarverslag 2026",
        "jaarverslag-2026",
        "Sociaal Huis",
        [("Periode", "2026")],
        [Deel("Wie kwam er?", ["Eén alinea."], [gewoon, kwaad]), Deel("Leeg", [], [tabel([])])],
    )


# --- what may not happen ----------------------------------------------------------------------


@pytest.mark.parametrize("tekst", GEVAARLIJK[:6])
def test_no_text_is_a_formula_in_csv(tekst):
    assert veilig(tekst).startswith("'")
    assert als_csv(tabel([[tekst, 1, 2]])).decode("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")


def test_a_negative_number_stays_a_number_in_csv():
    assert als_csv(tabel([["Saldo", -12, Decimal("-1.5")]])).decode("utf-8-sig").splitlines()[1] == "Saldo;-12;-1,5"


def test_no_text_is_a_formula_in_xlsx(verslag):
    boek = openpyxl.load_workbook(io.BytesIO(als_xlsx(verslag)))
    cellen = [cel for blad in boek for rij in blad.iter_rows() for cel in rij if cel.value is not None]
    assert {cel.data_type for cel in cellen} == {"s", "n"}
    kwaad = [rij[0] for rij in boek.worksheets[2].iter_rows(min_row=4)]
    assert [cel.value[:30] for cel in kwaad[:6]] == [tekst[:30] for tekst in GEVAARLIJK[:6]]
    assert all(cel.quotePrefix for cel in kwaad[:6])
    assert len(kwaad[10].value) == 32_000


def test_a_pdf_that_cannot_be_made_says_so(verslag):
    with pytest.raises(GeenPdf):
        als_pdf(verslag, huis="Sociaal Huis", op=OP, accent="geen kleur")


# --- what it holds ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soort", "waarde", "tekst"),
    [
        (GETAL, 1234, "1.234"),
        (GETAL, None, "geen gegevens"),
        (GETAL, MINDER, "< 5"),
        (PROCENT, Decimal("93.25"), "93,2 %"),
        (PROCENT, 0, "0 %"),
        (DAGEN, Decimal("2.50"), "2,5"),
        (DAGEN, 3.0, "3"),
        (EURO, Decimal("1234.5"), "€\u00a01.234,50"),
        (DATUM, date(2027, 3, 3), "3 mrt 2027"),
    ],
)
def test_cells_as_people_read_them(soort, waarde, tekst):
    assert toon(soort, waarde) == tekst


def test_the_pdf_is_tagged_and_titled(verslag):
    titel, soorten, _ = keur(als_pdf(verslag, huis="Sociaal Huis Proefdorp", op=OP))
    assert titel == "Jaarverslag 2026"
    assert soorten.count("/Table") == 2  # the empty one is a sentence
    assert soorten.count("/TH") == 4 + 3  # the heading of the bars included
    assert "/H1" in soorten


def test_the_same_report_gives_the_same_pdf(verslag):
    assert als_pdf(verslag, huis="Huis", op=OP) == als_pdf(verslag, huis="Huis", op=OP)


def test_xlsx_keeps_numbers_and_says_what_it_is(verslag):
    boek = openpyxl.load_workbook(io.BytesIO(als_xlsx(verslag)))
    assert boek.sheetnames == [
        "Over dit verslag",
        "1 Contacten per thema",
        "2 Contacten per thema",
        "3 Contacten per thema",
    ]
    rijen = [[cel.value for cel in rij] for rij in boek.worksheets[1].iter_rows(min_row=3)]
    assert rijen == [
        ["Thema", "Contacten", "Op tijd"],
        ["Geld en schulden", 1234, 93.25],
        ["Wonen", 12, "geen gegevens"],
        ["Andere", "< 5", "< 5"],
        ["Samen", 1246, 90],
    ]


def test_a_sheet_prints_as_wide_as_a_page_with_its_headings_on_each(verslag):
    blad = openpyxl.load_workbook(io.BytesIO(als_xlsx(verslag))).worksheets[1]
    assert (blad.page_setup.orientation, blad.page_setup.fitToWidth, blad.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert blad.sheet_properties.pageSetUpPr.fitToPage
    assert (blad.print_title_rows, blad.oddFooter.right.text) == ("$3:$3", "&P / &N")


def test_the_page_shows_bars_beside_the_numbers_and_escapes(verslag):
    bron = "{% load verslag %}{% for deel in v.delen %}{% for t in deel.tabellen %}{% verslagtabel t %}{% endfor %}{% endfor %}"
    html = engines["django"].from_string(bron).render({"v": verslag})
    assert '<rect class="staaf" width="100.0%"' in html
    assert '<rect class="staaf" width="0.97%"' in html
    assert tabel([["Wonen", 6, Decimal(25)], ["Andere", MINDER, MINDER]], staven=2).breedtes() == [25.0, 0.0]
    assert '<th scope="row">Geld en schulden</th><td class="getal">1.234</td><td class="getal">93,2 %</td>' in html
    assert "<script>" not in html
    assert "Geen gegevens in deze periode." in html


GROEI = """
import json
from datetime import UTC, datetime
from sociaalhuis.verslag import pdf

def mb():
    with open("/proc/self/statm") as regel:
        return int(regel.read().split()[1]) * 4 // 1024

def zet(nummer):
    rijen = [[f"{nummer} {rij} woorden " * 8, "waarom " * 10] for rij in range(400)]
    tabel = {"titel": "t", "uitleg": "", "kolommen": [{"naam": n, "cijfer": False} for n in "ab"], "rijen": rijen}
    tabel |= {"totaal": [], "staven": [], "staven_van": None}
    delen = [{"titel": "Deel", "alineas": [], "tabellen": [tabel]}]
    basis = {"titel": f"T{nummer}", "ondertitel": "", "huis": "h", "accent": "#1d5c56", "kenmerken": [], "delen": delen}
    assert len(json.dumps(basis)) > pdf.GROOT
    pdf.zet(pdf.VORM, basis, op=datetime(2026, 1, 1, tzinfo=UTC))
    return mb()

verloop = [zet(nummer) for nummer in range(10)]
print(verloop[-1] - verloop[1])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the memory of a process as Linux tells it")
def test_a_process_that_makes_many_big_documents_does_not_keep_them():
    uitvoer = subprocess.run([sys.executable, "-c", GROEI], capture_output=True, text=True, check=True, timeout=120)
    assert int(uitvoer.stdout) < 40  # it was 150: typst keeps what it worked out for the last ten
