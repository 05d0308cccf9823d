"""From plan to multi-year plan: what it adds per Bestuur and year, and a table that our own reader reads back to the cent."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan.acties.bbc import voer_in
from plan.bbc.lezen import lees
from plan.models import BbcCode, Mjplijn, Mjpversie, Projectaanvraag, Raming
from plan.vertaalblad import als_verslag
from plan.vertaling import vertaal
from sociaalhuis.verslag.rekenblad import als_xlsx
from tests.plan.bbc.tabellen import JAREN, als_csv

pytestmark = pytest.mark.usefixtures("gemeente", "ocmw", "huis")
NUL = Decimal("0.00")
KOP = ["Entiteit", "Code BD", "BD", "Code AP", "AP", "Code actie", "Actie", "Code MJP", "Omschrijving MJP-lijn", "Dienst",
       "Beleidsveld", "Soort", "Uitgave/ontvangst", *map(str, JAREN)]  # fmt: skip
# a goal with two actions, one with lines below it; ordinary work; money on an action plan and on a goal itself; taken back
LIJNEN = [
    ["Gemeente", "BD1", "Wonen", "AP1", "Huizen", "AC1", "10 woningen", "MJP1", "Straat", "Omgeving", "0629", "Investering", "Uitgave", "1.000,10", "0", "5", "", "", ""],
    ["Gemeente", "BD1", "Wonen", "AP1", "Huizen", "AC1", "10 woningen", "MJP2", "Subsidie", "Omgeving", "0629", "Investering", "Ontvangst", "300", "", "", "", "", ""],
    ["OCMW", "BD1", "Wonen", "AP1", "Huizen", "AC2", "=1+1", "", "", "Sociale dienst", "0900", "Exploitatie", "Uitgave", "(20,05)", "70", "", "", "", "0,01"],
    ["", "BD2", "Zorg", "AP3", "Thuis", "AC4", "Samen", "", "", "", "", "", "Uitgave", "7", "", "", "", "", ""],
    ["Gemeente", "", "", "AP9", "Gelijkblijvend beleid", "AC9", "Gewone werking", "", "", "", "", "Exploitatie", "Uitgave", "9", "9", "9", "9", "9", "9"],
    ["OCMW", "", "", "AP8", "Zonder doel", "", "", "", "", "", "", "Exploitatie", "Uitgave", "12", "", "", "", "", ""],
    ["OCMW", "BD3", "Werk", "AP5", "Los actieplan", "", "", "", "", "", "", "Exploitatie", "Uitgave", "11", "", "", "", "", ""],
    ["OCMW", "BD4", "Los doel", "", "", "", "", "", "", "", "", "Exploitatie", "Ontvangst", "13", "", "", "", "", ""],
]  # fmt: skip


@pytest.fixture
def meerjarenplan(plan):
    return voer_in(inhoud=als_csv([KOP, *LIJNEN]), naam="mjp.csv", plan=plan, bestuur="beide")


@pytest.fixture
def vraag_geld(plan, actie, coordinator):
    """vraag_geld("P1", "goedgekeurd", [(bestuur, year, direction, amount, code)]) -> request with these estimates."""

    def maak(code, staat, ramingen, soort="investering"):
        aanvraag = Projectaanvraag.objects.create(
            plan=plan, code=code, titel=f"Project {code}", actie=actie, aanvrager="Dienst"
        )
        for bestuur, jaar, richting, bedrag, bbc in ramingen:
            bbc_code = BbcCode.objects.get(plan=plan, bestuur=bestuur, code=bbc) if bbc else None
            Raming.objects.create(projectaanvraag=aanvraag, bestuur=bestuur, jaar=jaar, soort=soort, richting=richting,
                                  bedrag=Decimal(bedrag), bbc_code=bbc_code)  # fmt: skip
        aanvraag.noteer_staat(staat, door=coordinator, beslissing="Ja.")
        aanvraag.save()
        return aanvraag

    return maak


def blad(plan):
    """Bytes of the exported sheet."""
    return als_xlsx(als_verslag(plan, vertaal(plan)))


def teruggelezen(plan):
    """What our own reader makes of the exported sheet."""
    return lees(blad(plan), "terug.xlsx", plan.jaren)


def test_an_empty_plan_has_nothing_to_translate(plan, bewoner):
    assert (vertaal(plan).besturen, vertaal(plan).regels) == ([], [])
    assert (
        "Er is nog geen geld om te tonen" in bewoner.get(reverse("plan:vertaling", args=[plan.slug])).content.decode()
    )
    assert openpyxl.load_workbook(io.BytesIO(blad(plan))).sheetnames[1].startswith("1 Beleidsdoelstellingen")


def test_what_is_asked_or_refused_adds_nothing(plan, meerjarenplan, ocmw, vraag_geld):
    for code, staat in (("P1", "concept"), ("P2", "ingediend"), ("P3", "geadviseerd")):
        vraag_geld(code, staat, [(ocmw, 2026, "uitgave", "5", "")])
    vraag_geld("P4", "geweigerd", [(ocmw, 2026, "uitgave", "5", "")])
    assert vertaal(plan).regels == []


def test_the_multi_year_plan_alone_reads_back_to_the_cent(plan, meerjarenplan):
    assert meerjarenplan.geweigerd == []
    terug = teruggelezen(plan)
    assert (terug.geweigerd, terug.opmerkingen) == ([], [])
    assert {k: v for k, v in terug.per_jaar_en_richting().items() if v} == meerjarenplan.per_jaar
    opnieuw = voer_in(inhoud=blad(plan), naam="terug.xlsx", plan=plan, bestuur="beide")
    assert (opnieuw.versie, opnieuw.codes_nieuw, opnieuw.codes_bijgewerkt, opnieuw.gelijkblijvend) == ("", 0, 0, 2)


def test_what_the_plan_adds_per_bestuur_and_year(plan, meerjarenplan, actie, gemeente, ocmw, vraag_geld):
    vraag_geld("P1", "goedgekeurd", [(gemeente, 2026, "uitgave", "0.30", "MJP1"), (gemeente, 2028, "uitgave", "50", "MJP1"),
                                     (ocmw, 2027, "uitgave", "8.08", "")])  # fmt: skip
    vraag_geld(
        "P2", "opgenomen", [(gemeente, 2026, "uitgave", "1000.10", "MJP1"), (gemeente, 2027, "uitgave", "40", "MJP1")]
    )
    vraag_geld(
        "P3", "opgenomen", [(gemeente, 2026, "uitgave", "900", "AC1"), (gemeente, 2026, "ontvangst", "301", "AC1")]
    )
    v = vertaal(plan)
    assert v.erbij == {
        ("gemeente", 2026, "uitgave"): Decimal("0.30"),  # P2 and P3 of 2026 stand in the multi-year plan already
        ("gemeente", 2028, "uitgave"): Decimal("50.00"),
        ("gemeente", 2027, "uitgave"): Decimal("40.00"),
        ("gemeente", 2026, "ontvangst"): Decimal("1.00"),  # of the 301, the lines below the action hold 300
        ("ocmw", 2027, "uitgave"): Decimal("8.08"),
    }
    per_jaar = dict(v.per_jaar("gemeente"))
    assert per_jaar[2026]["uitgave"] == {
        "nu": Decimal("1009.10"),
        "erbij": Decimal("0.30"),
        "wordt": Decimal("1009.40"),
    }
    assert per_jaar[None]["ontvangst"] == {
        "nu": Decimal("300.00"),
        "erbij": Decimal("1.00"),
        "wordt": Decimal("301.00"),
    }
    assert [(rij["bestuur"], rij["code"], rij["naam"], rij["richting"]) for rij in v.doelen] == [
        ("gemeente", "BD1", "Wonen", "uitgave"),
        ("gemeente", "BD1", "Wonen", "ontvangst"),
        ("gemeente", "", "Gelijkblijvend beleid", "uitgave"),
        ("ocmw", "BD1", "Wonen", "uitgave"),
        ("ocmw", "BD3", "Werk", "uitgave"),
        ("ocmw", "BD4", "Los doel", "ontvangst"),
        ("ocmw", "", "Zonder beleidsdoelstelling", "uitgave"),
        ("ocmw", "", "Gelijkblijvend beleid", "uitgave"),
        ("", "BD2", "Zorg", "uitgave"),
    ]  # fmt: skip
    terug = teruggelezen(plan)
    assert (terug.geweigerd, terug.opmerkingen) == ([], [])
    for (jaar, richting), som in terug.per_jaar_en_richting().items():
        assert som == sum(
            (s.get((b, jaar, richting), NUL) for s in (v.nu, v.erbij) for b in ("gemeente", "ocmw", "")), NUL
        ), (jaar, richting)
    zonder_code = next(lijn for lijn in terug.lijnen if lijn.delen.get("ac") and lijn.delen["ac"].code == actie.code)
    assert zonder_code.entiteit == "ocmw" and zonder_code.bedragen[2027, "investering", "uitgave"] == Decimal("8.08")
    verslag = voer_in(inhoud=blad(plan), naam="v.xlsx", plan=plan, bestuur="beide")
    assert verslag.versie == "Aanpassing 1"
    assert list(actie.bbc_codes.values_list("code", flat=True)) == [actie.code]  # linked by key
    Projectaanvraag.objects.filter(code="P1").update(staat="opgenomen")
    assert (
        vertaal(plan).regels[0].bestuur == "ocmw"
    )  # what stands below a code of the plan itself still has no BBC code


def test_the_sheet_has_the_order_of_the_municipal_table_and_runs_nothing(plan, meerjarenplan, ocmw, vraag_geld):
    vraag_geld("P1", "goedgekeurd", [(ocmw, 2026, "uitgave", "5", "AC2")])
    Projectaanvraag.objects.update(titel='=HYPERLINK("http://x","klik")', aanvrager="@dienst")
    boek = openpyxl.load_workbook(io.BytesIO(blad(plan)))
    tabel = boek.worksheets[1]
    assert [cel.value for cel in tabel[3]] == [
        "Entiteit", "Code beleidsdoelstelling", "Omschrijving beleidsdoelstelling", "Code actieplan", "Omschrijving actieplan",
        "Code actie", "Omschrijving actie", "Code MJP-lijn", "Omschrijving MJP-lijn", "Dienst", "Beleidsveld", "Soort",
        "Uitgave/ontvangst", *(f"Raming {jaar}" for jaar in JAREN),
    ]  # fmt: skip
    assert {cel.data_type for blad in boek for rij in blad for cel in rij} <= {"inlineStr", "s", "n"}
    assert any(cel.value == "=1+1" for rij in tabel for cel in rij)
    assert any(str(cel.value).startswith("P1 =HYPERLINK") for rij in tabel for cel in rij)


def test_the_page_asks_the_same_for_one_line_and_for_many(plan, meerjarenplan, gemeente, ocmw, vraag_geld, bewoner):
    adres = reverse("plan:vertaling", args=[plan.slug])
    vraag_geld("P1", "goedgekeurd", [(ocmw, 2026, "uitgave", "5", "AC2")])
    bewoner.get(adres)
    with CaptureQueriesContext(
        connection,
    ) as eerst:
        pagina = bewoner.get(adres).content.decode()
    assert "P1 Project P1" in pagina and "+ €\xa05" in pagina and "Gelijkblijvend beleid" in pagina
    for code in ("P2", "P3"):
        vraag_geld(code, "goedgekeurd", [(gemeente, 2027, "uitgave", "5", "AC1"), (ocmw, 2028, "ontvangst", "5", "")])
    with CaptureQueriesContext(connection) as daarna:
        bewoner.get(adres)
    assert len(daarna) == len(eerst)
    assert len(eerst) <= 12
    geld = bewoner.get(reverse("plan:geld", args=[plan.slug])).content.decode()
    assert "Gepland in het meerjarenplan" in geld and "Samen, niet verdeeld" in geld


def test_a_hidden_plan_has_no_translation(geheim_plan, bewoner, als, planner):
    versie = Mjpversie.objects.create(plan=geheim_plan, nummer=1, naam="x", bron="x", vingerafdruk="x")
    Mjplijn.objects.create(versie=versie, rij=1, richting="uitgave", jaar=2032, bedrag=1)
    for naam in ("vertaling", "vertaling_xlsx"):
        adres = reverse(f"plan:{naam}", args=[geheim_plan.slug])
        assert bewoner.get(adres).status_code == 404
        assert als(planner).get(adres).status_code == 200


def test_the_sheet_is_made_once_until_something_public_changes(plan, bewoner, ocmw):
    nummer = Mjpversie.objects.create(plan=plan, bestuur=ocmw, nummer=1, naam="Eerste", bron="x", vingerafdruk="x")
    lijn = Mjplijn.objects.create(versie=nummer, bestuur=ocmw, rij=1, richting="uitgave", jaar=plan.jaren[0], bedrag=5)
    adres = reverse("plan:vertaling_xlsx", args=[plan.slug])
    eerst = bewoner.get(adres, **{"sociaalhuis.versie": 71}).content
    Mjplijn.objects.filter(pk=lijn.pk).update(bedrag=7)
    with CaptureQueriesContext(connection) as vragen:
        assert bewoner.get(adres, **{"sociaalhuis.versie": 71}).content == eerst
    assert len(vragen) == 1  # whether the plan may be seen
    assert bewoner.get(adres, **{"sociaalhuis.versie": 72}).content != eerst
