"""From a contact at the counter to an appointment and back: one code for both, and nobody leaves without a receipt."""

import re

import pytest

from loket.models import Afspraak, Afspraaksoort, Gebeurtenis, Inzage, Vraag
from tests.loket.afspraken import spreekuur
from tests.loket.vragen import getekend

pytestmark = pytest.mark.usefixtures("nu", "huis")

INTAKE = "/loket/werkbank/nieuw/"
LIJST = "/loket/werkbank/afspraken/nieuw/"
MOMENT = f"{LIJST}schulden/kade/hier/20270302-0900/"


def contact(**velden):
    vast = {"bewijs": getekend(), "kanaal": "balie", "thema": "geld", "afloop": "afspraak", "tekst": "Brief van de deurwaarder"}  # fmt: skip
    return {**vast, **velden}


def boeking(**velden):
    return {"bewijs": getekend(), "moment": "20270302-0900", "naam": "Sam", "contactwijze": "geen", **velden}


def tekst(response):
    return response.content.decode().split('<main id="inhoud"')[1].split("</main>")[0]


def code_op(response):
    return re.search(r'<strong class="bon-code">([^<]+)<', response.content.decode())[1]


@pytest.fixture
def begonnen(als, loket_ocmw, thema, dinsdag):
    """A clerk who took down a contact that becomes an appointment: (browser, question)."""
    client = als(loket_ocmw)
    antwoord = client.post(INTAKE, contact(naam="Sam", telefoon="0470 00 00 00", antwoordwijze="telefoon"))
    vraag = Vraag.objects.get()
    assert antwoord["Location"] == f"{LIJST}?vraag={vraag.referentie}"
    return client, vraag


# --- unhappy first --------------------------------------------------------------------------------


def test_a_receipt_without_an_appointment_is_for_who_took_it_down(als, begonnen, team_ocmw, loket_gemeente):
    client, vraag = begonnen
    pad = f"{INTAKE}{vraag.referentie.lower()}/bewijs/"
    for ander in (team_ocmw, loket_gemeente):
        assert als(ander).post(pad).status_code == 404
    assert client.get(pad).status_code == 405
    assert client.post(f"{INTAKE}2027-zzzzzz/bewijs/").status_code == 404
    assert not Gebeurtenis.objects.filter(stap="geef_bewijs").exists()


def test_who_walks_away_gets_a_receipt_once(bewoner, begonnen):
    client, vraag = begonnen
    begin = tekst(client.get(INTAKE))
    assert f"Vraag {vraag.referentie} heeft nog geen afspraak." in begin
    pad = f"{INTAKE}{vraag.referentie.lower()}/bewijs/"
    bewijs = client.post(pad)
    assert bewoner.post("/loket/opvolgen/", {"code": code_op(bewijs)})["Location"] == "/loket/opvolgen/dossier/"
    assert client.post(pad).status_code == 404
    assert "heeft nog geen afspraak" not in tekst(client.get(INTAKE))
    assert Gebeurtenis.objects.filter(vraag=vraag).last().stap == "geef_bewijs"


def test_a_case_of_another_team_fills_in_nothing(als, loket_thuiszorg, begonnen, thema):
    _, vraag = begonnen
    antwoord = als(loket_thuiszorg).get(f"{MOMENT}?vraag={vraag.referentie}")
    assert antwoord.status_code == 404
    assert not Inzage.objects.exists()


# --- the jump -------------------------------------------------------------------------------------


def test_booking_starts_with_what_fits_the_theme(begonnen, kade, team_sociale_dienst):
    client, vraag = begonnen
    ander = Afspraaksoort.objects.create(slug="x", naam="Iets heel anders", team=team_sociale_dienst)
    spreekuur(kade, ander, weekdag=3)
    Afspraaksoort.objects.get(slug="schulden").themas.add(vraag.thema)
    html = tekst(client.get(f"{LIJST}?vraag={vraag.referentie}"))
    voor, na = html.split("<summary>Iets anders</summary>")
    assert "Praten over schulden" in voor and "Iets heel anders" not in voor
    assert "Iets heel anders" in na and "Geld en schulden" in voor
    Afspraaksoort.objects.get(slug="schulden").themas.clear()
    html = tekst(client.get(f"{LIJST}?vraag={vraag.referentie}"))
    assert "Jouw teams hebben geen soort afspraak voor dit thema." in html and "Iets heel anders" in html


def test_the_person_is_taken_over_from_the_case_with_a_trace(begonnen, loket_ocmw):
    client, vraag = begonnen
    html = tekst(client.get(f"{MOMENT}?vraag={vraag.referentie}"))
    assert 'value="Sam"' in html and 'value="0470 00 00 00"' in html
    assert re.search(r'value="telefoon"[^>]*checked', html)
    lezing = Inzage.objects.get()
    assert (lezing.vraag, lezing.door, lezing.pagina, lezing.reden) == (vraag, loket_ocmw, "afspraak", "behandelaar")
    assert 'value="Sam"' not in tekst(client.get(MOMENT))
    assert Inzage.objects.count() == 1


def test_one_code_opens_the_question_and_the_appointment(bewoner, begonnen):
    client, vraag = begonnen
    bon = client.post(f"{MOMENT}?vraag={vraag.referentie}", boeking())
    html = tekst(bon)
    assert f"{vraag.referentie}, met dezelfde code" in html
    assert f'<a class="knop knop-hoofd" href="{INTAKE}">Volgend contact</a>' in html
    afspraak = Afspraak.objects.get()
    assert (afspraak.vraag, Vraag.objects.get().thema) == (vraag, vraag.thema)
    assert bewoner.post("/loket/opvolgen/", {"code": code_op(bon)})["Location"] == "/loket/opvolgen/dossier/"
    dossier = tekst(bewoner.get("/loket/opvolgen/dossier/"))
    assert "dinsdag 2 maart 2027 om 9.00 uur" in dossier and "Bekijk, verzet of zeg af" in dossier
    eigen = tekst(bewoner.get("/loket/opvolgen/afspraak/"))
    assert "We verwachten je" in eigen and "Naar je vraag" in eigen
    assert list(vraag.gebeurtenissen.values_list("stap", "door__naam"))[-1] == ("geef_bewijs", "loket.ocmw")


def test_the_form_is_ready_for_the_next_one(begonnen):
    client, vraag = begonnen
    client.post(f"{MOMENT}?vraag={vraag.referentie}", boeking())
    begin = client.get(INTAKE)
    assert "heeft nog geen afspraak" not in tekst(begin)
    form = begin.context["form"]
    assert (form["kanaal"].value(), form["thema"].value(), form["tekst"].value()) == ("balie", None, None)


def test_the_same_posts_again_change_nothing(begonnen, bewoner, als, loket_ocmw):
    client, vraag = begonnen
    velden, weer = boeking(), contact(tekst="Nog een")
    eerste = client.post(f"{MOMENT}?vraag={vraag.referentie}", velden)
    tweede = client.post(f"{MOMENT}?vraag={vraag.referentie}", velden)
    assert code_op(eerste) == code_op(tweede) and "met dezelfde code" in tekst(tweede)
    assert Gebeurtenis.objects.filter(stap="geef_bewijs").count() == 1
    client.post(INTAKE, weer)
    nieuw = Vraag.objects.get(thema=vraag.thema, staat="in_behandeling", afspraken=None)
    client.post(f"{LIJST}schulden/kade/hier/20270302-0930/?vraag={nieuw.referentie}", boeking(moment="20270302-0930"))
    client.post(INTAKE, weer)  # back in the browser, and sent once more
    assert Vraag.objects.count() == 2 and "heeft nog geen afspraak" not in tekst(client.get(INTAKE))


def test_a_question_whose_code_was_handed_over_keeps_it(als, loket_ocmw, bewoner, thema, dinsdag):
    client = als(loket_ocmw)
    bewijs = client.post(INTAKE, contact(afloop="mij"))
    vraag = Vraag.objects.get()
    bon = client.post(f"{MOMENT}?vraag={vraag.referentie}", boeking())
    assert "met dezelfde code" not in tekst(bon) and code_op(bon) != code_op(bewijs)
    assert bewoner.post("/loket/opvolgen/", {"code": code_op(bewijs)})["Location"] == "/loket/opvolgen/dossier/"
    assert "met de code van de afspraak" in tekst(bewoner.get("/loket/opvolgen/dossier/"))
