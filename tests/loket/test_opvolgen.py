"""Following a question with the receipt code."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client

from loket.acties import behandeling
from loket.models import Inzage, Vraag
from sociaalhuis.keuring.bijlagen import Schoon
from sociaalhuis.models import UitgaandeMail
from tests.loket.vragen import ontvang

PAGINAS = ["/loket/opvolgen/dossier/", "/loket/opvolgen/dossier/bijlage/1/", "/loket/opvolgen/intrekken/"]


@pytest.fixture
def ontvangst(huis, team_sociale_dienst):
    return ontvang(team_sociale_dienst, tekst="Mijn eigen vraag")


@pytest.fixture
def vrager(ontvangst):
    """The browser of the one who asked, with the case open."""
    client = Client()
    assert client.post("/loket/opvolgen/", {"code": ontvangst.getoonde_code}).status_code == 302
    return client


# --- unhappy first ----------------------------------------------------------------------------


@pytest.mark.parametrize("pagina", PAGINAS)
def test_without_a_code_there_is_nothing(pagina, ontvangst, bewoner):
    antwoord = bewoner.get(pagina)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/loket/opvolgen/")
    assert Inzage.objects.count() == 0


@pytest.mark.parametrize("code", ["", "ABCD", "AAAA-BBBB-CCCC-DDDD", "<script>", "\x00" * 16, "A" * 500])
def test_a_wrong_code_opens_nothing(code, ontvangst, bewoner):
    antwoord = bewoner.post("/loket/opvolgen/", {"code": code})
    assert antwoord.status_code == 200 and antwoord.context["form"].errors["code"]
    assert "sessie" not in antwoord.cookies


def test_the_right_start_with_a_wrong_end_opens_nothing(ontvangst, bewoner):
    fout = ontvangst.code[:4] + "".join("0" if teken != "0" else "1" for teken in ontvangst.code[4:])
    antwoord = bewoner.post("/loket/opvolgen/", {"code": fout})
    assert list(antwoord.context["form"].errors) == ["code"]


def test_tries_are_limited_for_one_address_and_not_for_others(ontvangst, bewoner):
    for _ in range(10):
        bewoner.post("/loket/opvolgen/", {"code": "AAAA-BBBB-CCCC-DDDD"})
    goed = {"code": ontvangst.getoonde_code}
    antwoord = bewoner.post("/loket/opvolgen/", goed)
    assert antwoord.context["form"].errors["code"][0].startswith("Je hebt te vaak een code geprobeerd")
    assert bewoner.post("/loket/opvolgen/", goed, HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.7").post("/loket/opvolgen/", goed).status_code == 302


def test_good_codes_do_not_use_up_the_tries_of_a_shared_address(huis, team_sociale_dienst):
    goed = {"code": ontvang(team_sociale_dienst).getoonde_code}
    for _ in range(11):
        assert Client().post("/loket/opvolgen/", goed).status_code == 302
    for _ in range(10):
        assert Client().post("/loket/opvolgen/", {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 200
    assert Client().post("/loket/opvolgen/", goed).status_code == 200


def test_a_file_of_another_question_is_not_found(huis, team_sociale_dienst, vrager, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ander = ontvang(team_sociale_dienst, bijlagen=[Schoon("geheim.txt", "text/plain", b"geheim")]).vraag
    antwoord = vrager.get(f"/loket/opvolgen/dossier/bijlage/{ander.bijlagen.get().pk}/")
    assert antwoord.status_code == 404


def test_no_trace_means_no_page(vrager):
    """The database cannot write the trace of reading: then nothing is shown."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE loket_inzage ADD CONSTRAINT vol CHECK (false) NOT VALID")
    with pytest.raises(DatabaseError):
        vrager.get("/loket/opvolgen/dossier/")


def test_an_empty_message_keeps_the_page(vrager, ontvangst):
    antwoord = vrager.post("/loket/opvolgen/dossier/", {"tekst": " "})
    assert antwoord.context["form"].errors["tekst"] == ["Schrijf hier je bericht, of kies een bestand."]
    assert ontvangst.vraag.berichten.count() == 0


@pytest.mark.parametrize("pagina", ["/loket/opvolgen/sluiten/"])
def test_reading_never_closes(pagina, vrager):
    assert vrager.get(pagina).status_code == 405
    assert vrager.get("/loket/opvolgen/dossier/").status_code == 200


# --- happy ------------------------------------------------------------------------------------


def test_the_code_opens_one_question_and_stays_out_of_address_and_session(ontvangst, bewoner):
    bewoner.get("/loket/opvolgen/")
    antwoord = bewoner.post("/loket/opvolgen/", {"code": ontvangst.getoonde_code.lower().replace("-", " ")})
    assert antwoord["Location"] == "/loket/opvolgen/dossier/"
    assert ontvangst.code not in str(dict(bewoner.session.items()))
    pagina = bewoner.get("/loket/opvolgen/dossier/")
    assert "Mijn eigen vraag" in pagina.content.decode() and "no-store" in pagina["Cache-Control"]
    assert ontvangst.code not in pagina.content.decode().replace("-", "")


def test_the_session_gets_a_new_key_when_a_case_opens(ontvangst, bewoner):
    bewoner.post("/loket/opvolgen/", {"code": ontvangst.getoonde_code})
    eerste = bewoner.session.session_key
    bewoner.post("/loket/opvolgen/", {"code": ontvangst.getoonde_code})
    assert bewoner.session.session_key != eerste


def test_the_page_shows_the_answer_but_no_notes_names_or_reasons(
    vrager, ontvangst, loket_ocmw, team_thuiszorg, team_ocmw
):
    vraag = ontvangst.vraag
    behandeling.noteer(vraag=vraag, tekst="Kanarie-notitie", door=loket_ocmw)
    behandeling.beantwoord(vraag=vraag, tekst="Dit is ons antwoord", door=loket_ocmw)
    behandeling.draag_over(vraag=vraag, team=team_thuiszorg, reden="Kanarie-reden", door=loket_ocmw)
    pagina = vrager.get("/loket/opvolgen/dossier/").content.decode()
    assert "Dit is ons antwoord" in pagina and "neemt je vraag over" in pagina
    for woord in ("Kanarie", loket_ocmw.naam):
        assert woord not in pagina, woord


def test_a_national_number_is_masked(huis, team_sociale_dienst, bewoner):
    mijn = ontvang(team_sociale_dienst, tekst="Nummer 85.07.30-033.28 en tel 0470123456")
    bewoner.post("/loket/opvolgen/", {"code": mijn.getoonde_code})
    pagina = bewoner.get("/loket/opvolgen/dossier/").content.decode()
    assert "033" not in pagina and "0470123456" in pagina


def test_who_looked_is_shown_by_role_and_day(vrager, ontvangst, als, loket_ocmw, team_ocmw):
    adres = ontvangst.vraag.get_absolute_url()
    als(loket_ocmw).get(adres)
    als(loket_ocmw).get(adres)
    behandeling.neem(vraag=ontvangst.vraag, door=loket_ocmw)
    als(team_ocmw).get(adres)
    keek = vrager.get("/loket/opvolgen/dossier/").context["wie_keek"]
    assert {(wie, keer) for _, wie, keer in keek} == {
        ("Een medewerker, voor iemand je vraag behandelde", 2),
        ("De verantwoordelijke van het team", 1),
        ("Jij, met je code", 1),
    }


def test_writing_back_with_a_file(vrager, ontvangst, settings, tmp_path, loket_ocmw):
    settings.MEDIA_ROOT = tmp_path
    behandeling.vraag_terug(vraag=ontvangst.vraag, tekst="Hoeveel huur?", door=loket_ocmw)
    brief = SimpleUploadedFile("mijn brief.txt", b"Beste")
    antwoord = vrager.post("/loket/opvolgen/dossier/", {"tekst": "500 euro", "bestanden": brief})
    assert antwoord["Location"] == "/loket/opvolgen/dossier/"
    vraag = Vraag.objects.get()
    assert (vraag.staat, [b.tekst for b in vraag.berichten.all()]) == ("in_behandeling", ["Hoeveel huur?", "500 euro"])
    download = vrager.get(f"/loket/opvolgen/dossier/bijlage/{vraag.bijlagen.get().pk}/")
    assert (download.content, download["Content-Disposition"]) == (b"Beste", 'attachment; filename="mijn-brief.txt"')
    assert download["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert download["X-Content-Type-Options"] == "nosniff" and "no-store" in download["Cache-Control"]
    assert list(Inzage.objects.values_list("pagina", "door")) == [("bijlage", None)]
    assert UitgaandeMail.objects.count() == 0


def test_withdrawing_asks_first_and_ends_it(vrager, ontvangst):
    assert "Heb je geen antwoord meer nodig?" in vrager.get("/loket/opvolgen/intrekken/").content.decode()
    assert Vraag.objects.get().staat == "nieuw"
    vrager.post("/loket/opvolgen/intrekken/")
    assert Vraag.objects.get().staat == "ingetrokken"
    pagina = vrager.get("/loket/opvolgen/dossier/").content.decode()
    assert "ingetrokken" in pagina and "<textarea" not in pagina
    assert vrager.post("/loket/opvolgen/dossier/", {"tekst": "Toch nog"}).status_code == 200
    assert Vraag.objects.get().berichten.count() == 0


def test_closing_forgets_the_case_in_this_browser(vrager):
    vrager.post("/loket/opvolgen/sluiten/")
    assert vrager.get("/loket/opvolgen/dossier/").status_code == 302


def test_the_page_costs_the_same_with_more_messages(vrager, ontvangst, loket_ocmw, django_assert_num_queries):
    for aantal in (1, 3):
        while ontvangst.vraag.berichten.count() < aantal:
            behandeling.stuur_bericht(vraag=ontvangst.vraag, tekst="Bericht", door=loket_ocmw)
        vrager.get("/loket/opvolgen/dossier/")
        with django_assert_num_queries(19):
            vrager.get("/loket/opvolgen/dossier/")
