"""The whole plan as a file: made by the worker, kept, and only handed out by the site."""

import csv
import io
import json
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan.acties import uitvoer
from plan.acties.versies import bevries
from plan.models import (
    Actie,
    Besluit,
    Doelstelling,
    Garantie,
    Indicator,
    Onderdeel,
    Pijler,
    Raming,
    Streefwaarde,
    Uitvoer,
)
from plan.uitvoer.html import blokken
from plan.uitvoer.model import als_regels
from sociaalhuis.verslag.pdf import GeenPdf
from tests.keurpdf import keur

VORMEN = ["csv", "json", "pdf", "xlsx"]
KWAAD = '#let x = 1 $ *vet* @bron \\ // =1+1 <script>alert("x")</script>'


def haal(client, plan, vorm, nummer=None, **koppen):
    args = [plan.slug, nummer, vorm] if nummer else [plan.slug, vorm]
    return client.get(reverse("plan:uitvoer_versie" if nummer else "plan:uitvoer", args=args), headers=koppen)


def inhoud(antwoord):
    assert antwoord.status_code == 200
    assert antwoord["Content-Disposition"].startswith("attachment; ")
    return b"".join(antwoord.streaming_content)


@pytest.fixture
def vol_plan(plan, garantie, doelstelling, actie, aanvraag, gemeente, ocmw, orgaan, coordinator, huis):
    """A plan with something of everything: three levels of goals, a text with all that a text may hold, money, a decision."""
    diep = Doelstelling.objects.create(plan=plan, code="G1.1.1", titel="Dieper", ouder=doelstelling, volgorde=2)
    dieper = Doelstelling.objects.create(plan=plan, code="G1.1.1.1", titel="Diepst", ouder=diep, volgorde=3)
    Actie.objects.create(
        plan=plan, code="Z", titel="Onder vier", ouder=dieper, termijn="lang", bestuur="beide", volgorde=4
    )
    Actie.objects.filter(pk=actie.pk).update(
        titel=KWAAD,
        volgorde=1,
        externe_code="X-9",
        evaluatie="<h4>Te vroeg</h4><p>Het ging.</p>",
        voortgang=40,
        stand="in-uitvoering",
        lange_omschrijving='<h4>Eerst</h4><p>Wij <strong>bellen</strong> <a href="https://a.example/">aan</a>.<br>Echt.</p>'
        "<ul><li>een</li><li><p>twee</p><ol><li>diep</li></ol></li></ul><blockquote>Zo <em>is</em> het</blockquote>"
        '<table><thead><tr><th>Jaar</th><th colspan="2">Wie</th></tr></thead><tr><td>2026</td></tr></table>los',
    )
    Pijler.objects.create(plan=plan, code="planning", titel="Planning", tekst="<h3>Kop</h3><p>Samen.</p>")
    for bestuur in (gemeente, ocmw):
        Raming.objects.create(
            projectaanvraag=aanvraag, bestuur=bestuur, jaar=2027, richting="uitgave", bedrag="1000.50"
        )
    aanvraag.noteer_staat("goedgekeurd", door=coordinator, beslissing="Ja.")
    aanvraag.save()
    indicator = Indicator.objects.create(
        plan=plan, code="I1", titel="Gezinnen", definitie="x", eenheid="gezinnen", richting="omhoog", bron="x", eigenaar="x",
        over="mensen", nulmeting=3, nulmeting_op=date(2025, 12, 31),
    )  # fmt: skip
    Streefwaarde.objects.create(indicator=indicator, jaar=2027, waarde=1500)
    Besluit.objects.create(
        plan=plan, orgaan=orgaan, datum=date(2025, 12, 15), titel="Vaststelling", nummer="RMW-1", stap="start",
        uitslag="vastgesteld",
    )  # fmt: skip
    Onderdeel.objects.filter(plan=plan, korte_omschrijving="").update(korte_omschrijving="Kort gezegd.")
    return plan


# --- who may have it, and when there is nothing yet -------------------------------------------


def test_a_hidden_plan_has_no_files_for_others(geheim_plan, bewoner, als, loket_ocmw, planner, huis):
    uitvoer.maak(geheim_plan)
    for vorm in VORMEN:
        for client in (bewoner, als(loket_ocmw)):
            assert haal(client, geheim_plan, vorm).status_code == 404
        assert inhoud(haal(als(planner), geheim_plan, vorm))


def test_what_is_not_made_yet_says_so_and_asks_nothing_of_the_server(plan, bewoner, huis):
    for vorm in VORMEN:
        antwoord = haal(bewoner, plan, vorm)
        assert (antwoord.status_code, antwoord["Cache-Control"]) == (202, "no-store")
        assert "We maken dit bestand nog" in antwoord.content.decode() and not antwoord.cookies
    assert not Uitvoer.objects.exists()
    assert haal(bewoner, plan, "pdf", 1).status_code == 404
    assert "wordt nog gemaakt" in bewoner.get(plan.get_absolute_url()).content.decode()


def test_a_pdf_that_cannot_be_made_leaves_nothing_half(plan, garantie, huis):
    type(huis).objects.update(accent="geen")
    with pytest.raises(GeenPdf):
        uitvoer.maak(plan)
    assert not Uitvoer.objects.exists()  # all four again, once it can be


def test_there_is_one_file_of_a_form(plan, huis):
    uitvoer.maak(plan)
    rij = Uitvoer.objects.get(vorm="pdf")
    rij.pk = None
    with pytest.raises(IntegrityError, match="uitvoer_een_per_vorm"), transaction.atomic():
        rij.save(force_insert=True)


# --- what is in it ----------------------------------------------------------------------------


def test_the_pdf_is_accessible_and_whole(vol_plan, bewoner):
    uitvoer.maak(vol_plan)
    titel, soorten, boom = keur(inhoud(haal(bewoner, vol_plan, "pdf")))
    assert titel == "Samen sterk"
    assert [naam for naam, _ in boom] == [
        "Missie en visie",
        "Onze garanties in het kort",
        "Garantie 1: Een dak",
        "Werkt het?",
        "Het geld",
        "Waar het plan op steunt",
        "Wie besliste wat?",
    ]
    [doel] = boom[2][1]
    assert doel[0] == "G1.1 Minder uithuiszettingen"
    assert [naam for naam, _ in doel[1]] == [f"G1.1.a {KWAAD}", "G1.1.1 Dieper"]  # words, whatever they look like
    assert soorten.count("/Table") == 5  # in short, in the text, the indicators, the money, the decisions
    assert soorten.count("/TH") == 5 + 3 + 4 + 5 + 4
    assert soorten.count("/BlockQuote") == 3 and soorten.count("/Link") >= 1


def test_the_json_has_the_shape_of_the_flemish_reporting(vol_plan, ocmw, bewoner, settings):
    ocmw.uri = "http://data.lblod.info/id/bestuurseenheden/1"
    ocmw.save()
    uitvoer.maak(vol_plan)
    antwoord = haal(bewoner, vol_plan, "json")
    assert antwoord["Content-Type"] == "application/json"
    alles = json.loads(inhoud(antwoord))
    basis = f"{settings.SITE_URL}/plan/2026-2031/"
    eerste, diep = alles["acties"]
    assert set(eerste) == {
        "actie", "actieplan", "beleidsdoelstelling", "strategischeDoelstelling", "bestuur", "aanlevering", "sociaalHuis",
    }  # fmt: skip
    assert eerste["actie"] == {
        "id": f"{basis}acties/G1.1.a/",
        "code": "G1.1.a",
        "externerapporteringscode": "X-9",
        "korteOmschrijving": KWAAD,
        "langeOmschrijving": "Eerst\nWij bellen aan.Echt.\n- een\n- twee - diep\nZo is het\nJaar | Wie | \n2026 |  | \nlos",
        "commentaar": "",
        "evaluatie": "Te vroeg\nHet ging.",
    }
    assert eerste["actieplan"] == {
        "id": f"{basis}garanties/G1/#deel-G1.1",
        "code": "G1.1",
        "korteOmschrijving": "Minder uithuiszettingen",
        "langeOmschrijving": "Kort gezegd.",
        "commentaar": "",
        "evaluatie": "",
    }
    boven = ("actieplan", "beleidsdoelstelling", "strategischeDoelstelling")
    assert [(eerste[naam] or {}).get("code") for naam in boven] == ["G1.1", "G1", None]
    assert [diep[naam]["code"] for naam in boven] == ["G1.1.1.1", "G1.1.1", "G1"]
    assert eerste["bestuur"] == [{"id": ocmw.uri, "type": "OCMW", "grondgebied": "Proefdorp"}]
    assert [bestuur["type"] for bestuur in diep["bestuur"]] == ["Gemeente", "OCMW"]
    assert eerste["aanlevering"] == {"id": basis, "rapportjaar": str(Uitvoer.objects.first().gemaakt_op.year)}
    assert eerste["sociaalHuis"]["geld"] == [
        {"bestuur": code, "jaar": 2027, "uitgave": "1000.50", "ontvangst": "0.00"} for code in ("gemeente", "ocmw")
    ]
    assert [rij["code"] for rij in alles["onderdelen"]] == ["G1", "G1.1", "G1.1.a", "G1.1.1", "G1.1.1.1", "Z"]
    assert alles["indicatoren"][0]["nulmeting"] == "< 5" and alles["indicatoren"][0]["streefwaarden"] == [
        {"jaar": 2027, "waarde": "1.500"}
    ]
    assert alles["plan"]["versie"] is None and alles["plan"]["missie"] == vol_plan.missie


def test_spreadsheets_hold_every_action_and_run_nothing(vol_plan, bewoner):
    uitvoer.maak(vol_plan)
    regels = list(csv.reader(io.StringIO(inhoud(haal(bewoner, vol_plan, "csv")).decode("utf-8-sig")), delimiter=";"))
    assert [regel[0] for regel in regels] == ["Code", "G1.1.a", "Z"]
    assert regels[1][2:4] == ["G1 Een dak", "G1.1 Minder uithuiszettingen"]
    boek = openpyxl.load_workbook(io.BytesIO(inhoud(haal(bewoner, vol_plan, "xlsx"))))
    assert boek.sheetnames == [
        "Over dit verslag",
        "1 Garanties en doelstellingen",
        "2 Acties",
        "3 Indicatoren",
        "4 Geld",
    ]
    assert [rij[0].value for rij in boek["2 Acties"].iter_rows(min_row=4)] == ["G1.1.a", "Z"]
    assert boek["2 Acties"]["H4"].value.date() == date(2026, 2, 1)
    meten = [[cel.value for cel in rij][3:] for rij in boek["3 Indicatoren"].iter_rows(min_row=4)]
    assert [(wat, waarde) for wat, _, waarde in meten] == [("Nulmeting", "< 5"), ("Streefwaarde", "1.500")]
    assert [cel.value for cel in boek["4 Geld"][4]][2:] == ["Gemeente", "2027", 1000.5, 0]
    assert {cel.data_type for blad in boek for rij in blad.iter_rows() for cel in rij if cel.value is not None} <= {
        "s",
        "n",
        "d",
    }


def test_a_version_keeps_its_own_files(vol_plan, coordinator, bewoner):
    versie = bevries(plan=vol_plan, door=coordinator, stap="ontwerp")
    Garantie.objects.update(titel="Heel anders")
    later = date.today() + timedelta(days=9)
    Besluit.objects.create(plan=vol_plan, orgaan=Besluit.objects.get().orgaan, datum=later, titel="Later", nummer="2",
                           stap="start", uitslag="vastgesteld")  # fmt: skip
    uitvoer.maak(vol_plan, versie)
    _, soorten, boom = keur(inhoud(haal(bewoner, vol_plan, "pdf", 1)))
    assert "Garantie 1: Een dak" in [naam for naam, _ in boom]
    assert soorten.count("/TR") == 2 + 2 + 2 + (1 + 6 + 1) + 2  # one decision: the later one is not of this version
    alles = json.loads(inhoud(haal(bewoner, vol_plan, "json", 1)))
    assert alles["plan"]["versie"]["vingerafdruk"] == versie.vingerafdruk
    assert alles["acties"][0]["aanlevering"]["id"].endswith("/versies/1/")
    assert haal(bewoner, vol_plan, "pdf").status_code == 202
    assert (
        reverse("plan:uitvoer_versie", args=[vol_plan.slug, 1, "pdf"])
        in bewoner.get(versie.get_absolute_url()).content.decode()
    )


# --- how it is kept ---------------------------------------------------------------------------


def test_the_worker_makes_what_is_missing_or_changed_and_nothing_else(plan, garantie, coordinator, bewoner, huis):
    Garantie.objects.update(korte_omschrijving="Je woont veilig.")
    versie = bevries(plan=plan, door=coordinator)
    assert uitvoer.te_maken() == [(plan, None), (plan, versie)]
    taak = uitvoer.Uitvoermaker()
    assert [taak(), taak(), taak()] == [True, True, False]
    assert Uitvoer.objects.count() == 8 and uitvoer.te_maken() == []
    assert taak.werk_weer > taak.kijk_weer > 0  # after the newest two the old versions come one by one
    eerst = {rij.pk: (rij.van, rij.bestand.name) for rij in Uitvoer.objects.filter(versie=None)}
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        assert uitvoer.maak(plan) == 0  # again, as a second worker would: nothing is made twice
    assert not any("INSERT" in vraag["sql"] or "UPDATE" in vraag["sql"] for vraag in vragen)
    etag = haal(bewoner, plan, "pdf")["ETag"]
    assert haal(bewoner, plan, "pdf", **{"If-None-Match": etag}).status_code == 304
    Garantie.objects.update(titel="Een huis")
    assert uitvoer.te_maken() == [(plan, None)]
    assert uitvoer.maak(plan) == 4
    daarna = {rij.pk: (rij.van, rij.bestand.name) for rij in Uitvoer.objects.filter(versie=None)}
    assert daarna.keys() == eerst.keys() and not set(daarna.values()) & set(eerst.values())
    assert haal(bewoner, plan, "pdf", **{"If-None-Match": etag}).status_code == 200


def test_the_file_before_it_goes_once_the_new_one_counts(plan, garantie, huis, django_capture_on_commit_callbacks):
    uitvoer.maak(plan)
    oud = {rij.bestand.name for rij in Uitvoer.objects.all()}
    opslag = Uitvoer.objects.first().bestand.storage
    Garantie.objects.update(titel="Een huis")
    with django_capture_on_commit_callbacks(execute=True):
        uitvoer.maak(plan)
        assert all(opslag.exists(naam) for naam in oud)
    assert not any(opslag.exists(naam) for naam in oud)
    assert all(opslag.exists(rij.bestand.name) for rij in Uitvoer.objects.all())


def test_the_plan_page_tells_size_and_day(plan, bewoner, huis):
    uitvoer.maak(plan)
    Uitvoer.objects.filter(vorm="pdf").update(omvang=1_234_567, gemaakt_op="2027-03-03T12:00+01:00")
    assert "1,2 MB, gemaakt op 3 mrt 2027" in bewoner.get(plan.get_absolute_url()).content.decode()


# --- HTML as blocks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "soorten"),
    [
        ("", []),
        ("<p> </p><ul></ul><table></table><blockquote> </blockquote><h3> </h3>", []),
        ("los<p>in</p>weer los", ["p", "p", "p"]),
        ("<p>niet dicht<ul><li>een", ["p"]),
        ("</p></td>los", ["p"]),
        ("<table><tr><td>a</td></tr><tr><th>b</th><th>c</th></tr></table>", ["tabel"]),
    ],
)
def test_any_html_becomes_blocks(html, soorten):
    assert [blok["soort"] for blok in blokken(html)] == soorten


def test_pieces_keep_their_words_and_lose_white_space_around():
    assert blokken("<p>\n Dag  <b>jij</b> <i> </i> en &amp; ik \n</p>") == [
        {"soort": "p", "in": ["Dag ", {"sterk": ["jij"]}, " ", " en & ik"]}
    ]
    assert als_regels("<p>a <sub>1</sub><u>o</u></p><h3>kop</h3>") == "a 1o\nkop"
    assert blokken('<table><tr><td colspan="9999">x</td></tr></table>')[0]["rijen"] == [[["x"], *[[]] * 19]]
