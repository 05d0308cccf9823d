"""Uploading the multi-year plan: a trial that shows what would happen, then the real thing; and what goes wrong on the way."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plan.acties import mjpinvoer
from plan.acties.mjpinvoer import bevestig, ruim_op, volgende_mjpinvoer
from plan.models import BbcCode, Mjpinvoer, Mjplijn, Mjpversie
from tests.plan.bbc.tabellen import als_csv, als_xlsx, boek_met_samenvoeging, breed_belgisch

pytestmark = pytest.mark.usefixtures("gemeente", "ocmw", "huis")
OPLADEN = "admin:plan_mjpinvoer_add"


@pytest.fixture
def laad(als, plan, planner):
    """laad((bytes, name), bestuur="ocmw") -> response after the upload, as the planner."""

    def doe(bestand, **velden):
        inhoud, naam = bestand
        keuze = {"plan": plan.pk, "bestuur": "gemeente", "versienaam": "", **velden}
        return als(planner).post(reverse(OPLADEN), {"bestand": SimpleUploadedFile(naam, inhoud), **keuze})

    return doe


def pagina(antwoord, client):
    return client.get(antwoord["Location"])


def tekst(antwoord):
    return " ".join(antwoord.content.decode().split())


def daad(invoer, naam):
    return reverse("admin:plan_mjpinvoer_daad", args=[invoer.pk, naam])


@pytest.mark.parametrize(
    ("bestand", "zin"),
    [
        ((b"", "leeg.xlsx"), "leeg"),
        ((b"x", "plan.pdf"), "Kies een .xlsx- of een .csv-bestand."),
        ((b"x", "x" * 300 + ".csv"), "De naam van dit bestand is te lang"),
    ],
)
def test_a_file_that_cannot_be_a_table_is_refused_at_once(laad, als, planner, bestand, zin):
    antwoord = laad(bestand)
    assert antwoord.status_code == 400 and zin in tekst(antwoord)
    leeg = als(planner).post(reverse(OPLADEN))
    assert leeg.status_code == 400 and "Kies eerst een bestand." in tekst(leeg)
    assert not Mjpinvoer.objects.exists()


def test_a_file_above_the_limit_is_refused_with_the_limit(laad, monkeypatch):
    monkeypatch.setattr("plan.forms.mjpinvoer.MEESTE_BYTES", 1024 * 1024)
    antwoord = laad((b"a;b\n" * 700_000, "groot.csv"))
    assert antwoord.status_code == 400
    assert "Dit bestand is 2 MB groot. Het mag hoogstens 1 MB zijn." in tekst(antwoord)
    assert not Mjpinvoer.objects.exists()


@pytest.mark.parametrize(
    "velden",
    [
        {"bestuur": ""},
        {"bestuur": "provincie"},
        {"plan": "0"},
        {"plan": "veel"},
        {"versienaam": "x" * 5000},
        {"versienaam": "\x00"},
    ],
)
def test_a_wrong_choice_does_not_cost_the_file(laad, als, planner, plan, velden):
    antwoord = laad(breed_belgisch(), **velden)
    invoer = Mjpinvoer.objects.get()
    assert antwoord.status_code == 302 and invoer.staat == "keuze" and not volgende_mjpinvoer()
    kies = pagina(antwoord, als(planner))
    assert "Je bestand is bewaard." in tekst(kies) and "Refresh" not in kies
    fout = als(planner).post(daad(invoer, "kies"), {"plan": plan.pk, "bestuur": "", "versienaam": ""})
    assert fout.status_code == 400 and "Kies van wie deze ramingen zijn." in tekst(fout)
    als(planner).post(daad(invoer, "kies"), {"plan": plan.pk, "bestuur": "gemeente", "versienaam": ""})
    assert volgende_mjpinvoer()
    invoer.refresh_from_db()
    assert invoer.staat == "nagekeken"


def test_a_trial_shows_what_would_happen_and_then_it_happens(laad, als, plan, planner, maak_actie, monkeypatch):
    actie = maak_actie("z", externe_code="AC-2")
    gezien = []
    monkeypatch.setattr(mjpinvoer._Voortgang, "__call__", lambda zelf, gedaan, totaal: gezien.append((gedaan, totaal)))
    client = als(planner)
    antwoord = laad(breed_belgisch(), versienaam="Najaar 2027")
    wacht = pagina(antwoord, client)
    assert wacht["Refresh"] == "3" and "We kijken het bestand na." in tekst(wacht)
    assert (volgende_mjpinvoer(), volgende_mjpinvoer()) == (True, False)
    assert gezien == [(5, 5)]
    proef = pagina(antwoord, client)
    for zin in (
        "Dit is een proef.", "Dit wordt bewaard als <strong>Najaar 2027</strong>", "€\xa01.012,50", "€\xa012.412,67",
        f"{actie.code} {actie.titel}", "Gekoppeld aan acties van het plan (1)", "Nog niet gekoppeld (4)", "Voer dit in",
    ):  # fmt: skip
        assert zin.replace("\xa0", " ") in tekst(proef).replace("\xa0", " "), zin
    assert "Refresh" not in proef and not (BbcCode.objects.exists() or Mjpversie.objects.exists())
    invoer = Mjpinvoer.objects.get()
    for _ in "dubbel":
        client.post(daad(invoer, "bevestig"))
    assert "We voeren het bestand in." in tekst(pagina(antwoord, client))
    naam = invoer.bestand.name
    assert (volgende_mjpinvoer(), volgende_mjpinvoer()) == (True, False)
    klaar = tekst(pagina(antwoord, client))
    assert "Bewaard als <strong>Najaar 2027</strong>" in klaar and "Voer dit in" not in klaar
    assert (Mjpversie.objects.get().naam, Mjpversie.objects.get().ingevoerd_door) == ("Najaar 2027", planner)
    assert not default_storage.exists(naam)
    client.post(daad(invoer, "bevestig"))
    assert not volgende_mjpinvoer()


def test_the_same_file_again_changes_nothing_and_says_so(laad, als, planner):
    client = als(planner)
    for _ in range(2):
        antwoord = laad(boek_met_samenvoeging())
        volgende_mjpinvoer()
        als(planner).post(daad(Mjpinvoer.objects.first(), "bevestig"))
        volgende_mjpinvoer()
    assert Mjpversie.objects.count() == 1
    assert "Dit bestand zegt precies hetzelfde" in tekst(pagina(antwoord, client))
    assert "Het bestand telt zelf op in 1 rij." in tekst(pagina(antwoord, client))
    laad(breed_belgisch())  # another layout of the same
    volgende_mjpinvoer()
    assert "Voer dit in" not in tekst(pagina(antwoord, client))


def beschadigd():
    inhoud = boek_met_samenvoeging()[0]
    return inhoud[: len(inhoud) // 2], "half.xlsx"


def bom():
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        pak.writestr("xl/workbook.xml", b"0" * 100_000)
    return uit.getvalue(), "bom.xlsx"


@pytest.mark.parametrize(
    ("bestand", "zin"),
    [
        (beschadigd(), "Dit Excel-bestand is beschadigd."),
        ((b"naam;adres\nJan;straat\n", "namen.csv"), "Hierin staat geen tabel met acties en ramingen per jaar."),
        ((b"%PDF-1.7", "toch-pdf.csv"), "Dit is een PDF."),
        ((b"\x00\x01" * 50, "binair.csv"), "Dit is geen tabel in tekst."),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_stays(laad, als, planner, bestand, zin):
    antwoord = laad(bestand)
    assert volgende_mjpinvoer()
    fout = tekst(pagina(antwoord, als(planner)))
    assert "Niet gelukt." in fout and zin in fout
    assert not (BbcCode.objects.exists() or Mjpversie.objects.exists())
    with pytest.raises(Exception, match="niet \\(meer\\)"):
        bevestig(invoer=Mjpinvoer.objects.get(), door=planner)


def test_a_zip_bomb_is_refused_before_it_unpacks(laad, als, planner, monkeypatch):
    monkeypatch.setattr("plan.bbc.tabel.UITGEPAKT", 50_000)
    antwoord = laad(bom())
    assert volgende_mjpinvoer()
    assert "uitgepakt te groot" in tekst(pagina(antwoord, als(planner)))


def test_rows_that_do_not_fit_are_told_with_their_number(laad, als, planner):
    rijen = [["Actieplan", "Actie", "Omschrijving", "2026", "2027"], ["AP-1", "AC-1", "Goed", "5,00", "=A1*2"],
             ["AP-1", "AC-2", "Fout", "veel", ""], ["AP-1", "AC-3", "<script>x</script>", "1,00", ""]]  # fmt: skip
    antwoord = laad((als_csv(rijen, codering="cp1252"), "fout.csv"))
    volgende_mjpinvoer()
    proef = pagina(antwoord, als(planner)).content.decode()
    assert "Rijen die we niet konden plaatsen (2)" in proef
    assert "In kolom &#x27;2026&#x27; staat geen bedrag: &#x27;veel&#x27;" in proef and "formule" in proef
    als(planner).post(daad(Mjpinvoer.objects.get(), "bevestig"))
    volgende_mjpinvoer()
    assert [str(lijn.bedrag) for lijn in Mjplijn.objects.all()] == ["1.00"]
    boek = als_xlsx({"Acties": [rijen[0], *rijen[3:]]}, ["A1:A1"])
    assert openpyxl.load_workbook(io.BytesIO(boek)) and "<script>x" not in proef


def test_another_choice_needs_no_new_file_and_a_worker_that_died_loses_its_lease(laad, als, planner, plan, gemeente):
    laad(breed_belgisch())
    invoer = Mjpinvoer.objects.get()
    nu = timezone.now()
    Mjpinvoer.objects.update(staat="bezig", bezig_tot=nu + timedelta(minutes=1))
    bezet = als(planner).post(daad(invoer, "kies"), {"plan": plan.pk, "bestuur": "ocmw"}, follow=True)
    assert "wordt net gelezen" in tekst(bezet) and not volgende_mjpinvoer()
    Mjpinvoer.objects.update(bezig_tot=nu - timedelta(seconds=1))
    assert volgende_mjpinvoer()
    als(planner).post(daad(invoer, "kies"), {"plan": plan.pk, "bestuur": "ocmw", "versienaam": "Ander"})
    volgende_mjpinvoer()
    invoer.refresh_from_db()
    assert (invoer.staat, invoer.bestuur, invoer.resultaat["opmerkingen"]) == (
        "nagekeken", "ocmw", ["De regels van Gemeente zijn niet gelezen: je vroeg alleen ocmw."],
    )  # fmt: skip


def test_a_reading_that_breaks_is_told_and_keeps_nothing(laad, als, planner, monkeypatch):
    laad(breed_belgisch())
    monkeypatch.setattr(mjpinvoer, "voer_in", lambda **velden: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        volgende_mjpinvoer()
    assert Mjpinvoer.objects.get().resultaat["fout"].startswith("Er liep iets fout bij het lezen.")
    assert not volgende_mjpinvoer()


def test_a_file_that_nobody_confirms_goes_after_two_weeks(laad, django_capture_on_commit_callbacks):
    laad(breed_belgisch())
    volgende_mjpinvoer()
    naam, nu = Mjpinvoer.objects.get().bestand.name, timezone.now()
    ruim_op(nu + timedelta(days=13, hours=23))
    assert default_storage.exists(naam)
    with django_capture_on_commit_callbacks(execute=True):
        ruim_op(nu + timedelta(days=14, minutes=1))
    assert not default_storage.exists(naam) and "twee weken" in Mjpinvoer.objects.get().resultaat["fout"]


def test_only_who_works_on_the_plan_uploads(laad, als, planner, loket_ocmw, beheer, bewoner, plan):
    laad(breed_belgisch())
    invoer = Mjpinvoer.objects.get()
    for gebruiker in (loket_ocmw, beheer):
        assert als(gebruiker).get(reverse(OPLADEN)).status_code == 403
        assert als(gebruiker).post(daad(invoer, "bevestig")).status_code == 403
        assert als(gebruiker).get(reverse("admin:plan_mjpinvoer_change", args=[invoer.pk])).status_code == 403
    assert als(planner).get(daad(invoer, "bevestig")).status_code == 404
    assert als(planner).post(daad(invoer, "wis")).status_code == 404
    for velden, naam in [({"bestuur": ""}, "weet_waarvoor"), ({"staat": "ingevoerd"}, "klaar_heeft_tijd")]:
        with pytest.raises(IntegrityError, match=f"mjpinvoer_{naam}"), transaction.atomic():
            Mjpinvoer.objects.update(**velden)


def test_versions_and_their_lines_are_to_look_at(laad, als, planner, coordinator):
    laad(breed_belgisch())
    volgende_mjpinvoer()
    als(planner).post(daad(Mjpinvoer.objects.get(), "bevestig"))
    volgende_mjpinvoer()
    laad((als_csv([["Actieplan", "Actie", "Omschrijving", "2026"], ["AP-1", "AC-1", "Wonen", "1.012,40"]]), "b.csv"))
    volgende_mjpinvoer()
    als(planner).post(daad(Mjpinvoer.objects.first(), "bevestig"))
    volgende_mjpinvoer()
    eerste, tweede = Mjpversie.objects.all()
    detail = tekst(als(coordinator).get(reverse("admin:plan_mjpversie_change", args=[tweede.pk]))).replace("\xa0", " ")
    assert "€ 1.012,40" in detail and "€ -0,10" in detail and "Bekijk de 1 lijnen" in detail
    lijst = reverse("admin:plan_mjplijn_changelist")
    als(planner).get(lijst, {"versie__id__exact": tweede.pk})
    with CaptureQueriesContext(connection) as klein:
        als(planner).get(lijst, {"versie__id__exact": tweede.pk})
    with CaptureQueriesContext(connection) as groot:
        antwoord = als(planner).get(lijst, {"versie__id__exact": eerste.pk})
    assert antwoord.context["cl"].result_count == 17 and len(groot) <= len(klein)
    for adres in (lijst, reverse("admin:plan_mjpversie_changelist"), reverse("admin:plan_mjpinvoer_changelist")):
        assert als(planner).get(adres).status_code == 200
    assert als(planner).post(reverse("admin:plan_mjpversie_change", args=[eerste.pk]), {"naam": "x"}).status_code == 403
