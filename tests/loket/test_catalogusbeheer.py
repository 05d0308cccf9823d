"""The catalogue in the admin: what a clerk saves is found at once, an upload shows how far it is."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loket.acties.wachtrij import volgende_invoer
from loket.models import Dienst, LpdcInvoer, Nulzoekopdracht, Synoniem
from loket.zoek import zoek
from tests.loket.diensten import maak_dienst

pytestmark = pytest.mark.django_db
BESTAND = Path(__file__).parent / "lpdc" / "proefdorp.nt"
INLINES = ["voorwaarden", "procedures", "kosten", "voordelen", "contactpunten", "websites", "wetgeving"]


@pytest.fixture(autouse=True)
def map_voor_bestanden(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def leeg_formulier(**velden):
    beheer = {f"{naam}-{soort}_FORMS": "0" for naam in INLINES for soort in ("TOTAL", "INITIAL")}
    return {**beheer, "status": "gepubliceerd", "slug": "leefloon", "titel": "Leefloon", **velden}


# --- services -------------------------------------------------------------------------------------


def test_who_does_not_work_on_the_catalogue_does_not_see_it(als, planner, voedselbank, bewoner):
    lijst = reverse("admin:loket_dienst_changelist")
    assert als(planner).get(lijst).status_code == 403
    assert als(voedselbank).get(lijst).status_code in (302, 404)
    assert bewoner.get(lijst).status_code == 302


def test_a_clerk_makes_a_service_with_parts_and_it_is_found_at_once(als, loket_ocmw, ocmw, thema):
    client = als(loket_ocmw)
    velden = {
        "kort": "Een inkomen.",
        "beschrijving": "<h1>Wat?</h1><p onclick=x>Geld.</p>",
        "bestuur": ocmw.pk,
        "themas": [thema.pk],
        "zoektermen": "dop kwijt, geen geld\nbijstand",
        "bevoegde_niveaus": ["Federaal"],
        "lpdc_gebieden": "http://a.example/1\nhttp://a.example/2",
        "kosten-TOTAL_FORMS": "1",
        "kosten-0-titel": "Gratis",
        "kosten-0-volgorde": "0",
    }
    response = client.post(reverse("admin:loket_dienst_add"), leeg_formulier(**velden))
    assert response.status_code == 302, response.context["adminform"].form.errors
    dienst = Dienst.objects.get()
    assert dienst.beschrijving == "<h3>Wat?</h3><p>Geld.</p>"
    assert dienst.zoektermen == ["dop kwijt", "geen geld", "bijstand"]
    assert (dienst.bevoegde_niveaus, len(dienst.lpdc_gebieden)) == (["Federaal"], 2)
    assert zoek("bijstand") == [dienst]
    geschiedenis = client.get(reverse("admin:loket_dienst_history", args=[dienst.pk])).content.decode()
    assert "Gratis" in geschiedenis


def test_the_address_of_a_page_stays_when_the_title_changes(als, loket_ocmw, ocmw):
    dienst = maak_dienst("Leefloon", bestuur=ocmw)
    pad = reverse("admin:loket_dienst_change", args=[dienst.pk])
    als(loket_ocmw).post(pad, leeg_formulier(titel="Inkomen", slug="anders", bestuur=ocmw.pk, kort="Een inkomen."))
    dienst.refresh_from_db()
    assert (dienst.titel, dienst.slug) == ("Inkomen", "leefloon")
    assert zoek("inkomen") == [dienst]


def test_publishing_without_text_says_what_to_do(als, loket_ocmw, ocmw):
    response = als(loket_ocmw).post(reverse("admin:loket_dienst_add"), leeg_formulier(bestuur=ocmw.pk))
    assert response.status_code == 200
    assert "Dan kan je publiceren" in response.content.decode()
    assert Dienst.objects.count() == 0


def test_a_search_word_that_is_too_long_is_named(als, loket_ocmw, ocmw):
    velden = leeg_formulier(bestuur=ocmw.pk, kort="Kort.", zoektermen="x" * 301)
    html = als(loket_ocmw).post(reverse("admin:loket_dienst_add"), velden).content.decode()
    assert "is te lang: hoogstens 300 tekens per stuk" in html


def test_the_actions_of_the_list_publish_and_hide(als, loket_ocmw, ocmw):
    dienst = maak_dienst("Leefloon", bestuur=ocmw, status=Dienst.Status.ONTWERP)
    client, lijst = als(loket_ocmw), reverse("admin:loket_dienst_changelist")
    for actie, status in (("publiceer", "gepubliceerd"), ("haal_offline", "ontwerp")):
        client.post(lijst, {"action": actie, "_selected_action": [dienst.pk]})
        dienst.refresh_from_db()
        assert dienst.status == status, actie


def test_the_list_asks_as_much_for_one_service_as_for_three(als, loket_ocmw, ocmw):
    client, lijst = als(loket_ocmw), reverse("admin:loket_dienst_changelist")
    client.get(lijst)  # the first page after a login asks more: the session
    aantallen = []
    for titel in ("Een", "Twee", "Drie"):
        maak_dienst(titel, bestuur=ocmw)
        with CaptureQueriesContext(connection) as gesteld:
            client.get(lijst)
        aantallen.append(len(gesteld))
    assert len(set(aantallen)) == 1, aantallen


# --- words ----------------------------------------------------------------------------------------


def test_the_list_that_comes_along_fills_up_and_keeps_what_staff_wrote(als, team_ocmw):
    Synoniem.objects.create(woord="Bijstand", betekent="Leefloon", beide_richtingen=True)
    client, knop = als(team_ocmw), reverse("admin:loket_synoniem_vul_aan")
    assert client.get(knop).status_code == 405
    client.post(knop)
    aantal = Synoniem.objects.count()
    assert aantal > 500
    client.post(knop)
    assert Synoniem.objects.count() == aantal
    assert Synoniem.objects.get(woord__iexact="bijstand", betekent__iexact="leefloon").beide_richtingen


def test_searches_without_result_are_for_reading_only(als, team_ocmw, loket_ocmw):
    Nulzoekopdracht.objects.create(woorden="xqzzt", dag=timezone.localdate())
    lijst = reverse("admin:loket_nulzoekopdracht_changelist")
    assert "xqzzt" in als(team_ocmw).get(lijst).content.decode()
    assert als(team_ocmw).get(reverse("admin:loket_nulzoekopdracht_add")).status_code == 403
    assert als(loket_ocmw).get(lijst).status_code == 403


# --- uploads --------------------------------------------------------------------------------------


@pytest.fixture
def laad_op(als, loket_ocmw, ocmw):
    """laad_op(bytes, name) -> the answer of the form."""

    def doe(inhoud, naam="proefdorp.nt"):
        velden = {"bestand": SimpleUploadedFile(naam, inhoud), "bestuur": ocmw.pk}
        return als(loket_ocmw).post(reverse("admin:loket_lpdcinvoer_add"), velden)

    return doe


@pytest.mark.parametrize(("inhoud", "naam"), [(b"", "leeg.nt"), (b"x", "foto.png"), (b"x", "zonder-naam")])
def test_a_file_that_cannot_be_a_catalogue_is_refused_at_once(laad_op, inhoud, naam):
    assert laad_op(inhoud, naam).status_code == 200
    assert LpdcInvoer.objects.count() == 0


def test_an_upload_waits_shows_itself_and_ends_with_the_table(laad_op, als, loket_ocmw):
    pagina = laad_op(BESTAND.read_bytes())["Location"]
    wachtend = als(loket_ocmw).get(pagina)
    assert "Wordt zo gelezen" in wachtend.content.decode()
    assert wachtend["Refresh"] == "3"
    assert (volgende_invoer(), volgende_invoer()) == (True, False)
    klaar = als(loket_ocmw).get(pagina)
    assert "Refresh" not in klaar
    html = klaar.content.decode()
    assert "3 van 3 diensten gelezen" in html
    assert "Ongeldig e-mailadres (1)" in html
    invoer = LpdcInvoer.objects.get()
    assert (invoer.status, invoer.resultaat["nieuw"], invoer.door, bool(invoer.bestand)) == (
        "klaar",
        3,
        loket_ocmw,
        False,
    )
    assert Dienst.objects.count() == 3


def test_a_file_that_is_no_n_triples_fails_with_the_reason(laad_op, als, loket_ocmw):
    pagina = laad_op(b"%PDF-1.7\n")["Location"]
    assert volgende_invoer()
    assert "Dit is geen leesbaar N-Triples-bestand" in als(loket_ocmw).get(pagina).content.decode()
    assert LpdcInvoer.objects.get().status == "mislukt"


def test_an_upload_of_a_worker_that_died_is_done_again_after_its_lease(laad_op):
    laad_op(BESTAND.read_bytes())
    nu = timezone.now()
    LpdcInvoer.objects.update(status="bezig", bezig_tot=nu + timedelta(seconds=30))
    assert not volgende_invoer()
    LpdcInvoer.objects.update(bezig_tot=nu - timedelta(seconds=1))
    assert volgende_invoer()
    assert LpdcInvoer.objects.get().status == "klaar"


def test_an_upload_cannot_be_changed_afterwards(laad_op, als, beheer):
    pagina = laad_op(BESTAND.read_bytes())["Location"]
    assert als(beheer).post(pagina, {"bestuur": "1"}).status_code == 403
