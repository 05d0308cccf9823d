"""Appointments at the desk: the agenda, booking for someone, what is done with one, and the calendar of a colleague."""

import re
from datetime import time

import pytest
from icalendar import Calendar

from loket.acties import agendasleutel
from loket.models import Afspraak, Afspraaksoort, Agendasleutel, Spreekuur
from sociaalhuis.models import Locatie
from tests.loket.afspraken import boeking, om, spreekuur
from tests.loket.vragen import getekend, vraag_van

pytestmark = pytest.mark.usefixtures("nu", "huis")

LIJST = "/loket/werkbank/afspraken/"
NIEUW = f"{LIJST}nieuw/schulden/kade/hier/20270302-0900/"


def adres(afspraak, deel=""):
    return f"{LIJST}{afspraak.referentie.lower()}/{deel}"


def tekst(response):
    return response.content.decode().split('<main id="inhoud"')[1].split("</main>")[0]


@pytest.fixture
def afspraak(dinsdag):
    return boeking(dinsdag, contactwijze="telefoon", telefoon="0470 00 00 00").afspraak


# --- who may --------------------------------------------------------------------------------------


def test_nobody_else_comes_in(bewoner, als, planner, voedselbank, superuser, afspraak):
    for pad in (LIJST, LIJST + "nieuw/", NIEUW, LIJST + "mijn-agenda/", adres(afspraak), adres(afspraak, "verzetten/")):
        assert "/account/login/" in bewoner.get(pad)["Location"]
        for ander in (planner, voedselbank, superuser):
            assert als(ander).get(pad).status_code == 404


def test_another_team_and_the_other_bestuur_see_nothing_and_do_nothing(als, loket_thuiszorg, loket_gemeente, afspraak):
    for ander in (loket_thuiszorg, loket_gemeente):
        client = als(ander)
        assert afspraak.referentie not in tekst(client.get(f"{LIJST}?dag=2027-03-02"))
        for response in (
            client.get(adres(afspraak)), client.get(adres(afspraak, "verzetten/")), client.get(NIEUW),
            client.post(adres(afspraak, "zeg-af/"), {"versie": 1}), client.post(NIEUW, {"naam": "x"}),
            client.post(adres(afspraak, "verzetten/"), {"versie": 1, "moment": "20270302-0930"}),
        ):  # fmt: skip
            assert response.status_code == 404
    afspraak.refresh_from_db()
    assert (afspraak.staat, list(afspraak.spoor.values_list("stap", flat=True))) == ("geboekt", ["boek"])


def test_what_does_not_exist_is_not_found(als, loket_ocmw, afspraak):
    client = als(loket_ocmw)
    for pad in (LIJST + "2027-zzzzzz/", adres(afspraak, "vlieg/"), f"{LIJST}nieuw/schulden/kade/hier/ooit/"):
        assert client.post(pad).status_code in (404, 405)
    assert client.get(f"{LIJST}nieuw/schulden/kade/hier/ooit/").status_code == 404
    assert client.get(LIJST + "2027-zzzzzz/").status_code == 404


# --- the agenda -----------------------------------------------------------------------------------


def test_a_day_and_a_week_without_a_name(als, loket_ocmw, afspraak, dinsdag, kade, gesprek):
    vrijdag = boeking(spreekuur(kade, gesprek, weekdag=4), "2027-03-05T09:30").afspraak
    afgezegd = boeking(dinsdag, "2027-03-02T09:30").afspraak
    Afspraak.objects.filter(pk=afgezegd.pk).update(staat="afgezegd")
    client = als(loket_ocmw)
    dag = tekst(client.get(f"{LIJST}?dag=2027-03-02"))
    assert re.findall(r">(2027-[0-9A-Z]{6})</a>", dag) == [afspraak.referentie]
    assert "9.00–9.30" in dag and "Sam" not in dag and "0470" not in dag
    week = tekst(client.get(f"{LIJST}?dag=2027-03-03&weergave=week"))
    assert re.findall(r">(2027-[0-9A-Z]{6})</a>", week) == [afspraak.referentie, vrijdag.referentie]
    assert "Er zijn geen afspraken" in tekst(client.get(LIJST))


def test_of_one_place_and_of_one_person(als, loket_ocmw, team_ocmw, afspraak):
    Locatie.objects.create(slug="elders", naam="Elders", straat="x", gemeente="y")
    Afspraak.objects.update(medewerker=loket_ocmw)
    client, dag = als(team_ocmw), "?dag=2027-03-02"
    for filter_, wel in [
        ("&locatie=kade", True),
        ("&locatie=elders", False),
        (f"&medewerker={loket_ocmw.pk}", True),
        (f"&medewerker={team_ocmw.pk}", False),
    ]:
        assert (afspraak.referentie in tekst(client.get(LIJST + dag + filter_))) is wel
    assert "dag=2027-03-03&amp;weergave=dag&amp;locatie=kade" in tekst(client.get(LIJST + dag + "&locatie=kade"))


@pytest.mark.parametrize(
    "vraag", ["dag=gisteren", "dag=9999-12-31", "dag=0001-01-01", "locatie=%00", "medewerker=x", "weergave=jaar"]
)
def test_a_choice_that_cannot_be_counts_as_none(als, loket_ocmw, afspraak, vraag):
    response = als(loket_ocmw).get(f"{LIJST}?{vraag}")
    assert response.status_code == 200 and "maandag 1 maart 2027" in tekst(response)
    assert 'name="dag" value="2027-03-01"' in tekst(response)


def test_the_field_of_the_day_says_which_day_is_shown(als, loket_ocmw, afspraak):
    client = als(loket_ocmw)
    for vraag, dag in (("", "2027-03-01"), ("?dag=", "2027-03-01"), ("?dag=2027-03-03&weergave=week", "2027-03-03")):
        assert f'name="dag" value="{dag}"' in tekst(client.get(LIJST + vraag))


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_agenda_asks_as_much_for_three_as_for_one(als, loket_ocmw, dinsdag, aantal, django_assert_num_queries):
    Spreekuur.objects.update(plekken=3)
    for _ in range(aantal):
        boeking(dinsdag)
    client = als(loket_ocmw)
    with django_assert_num_queries(13):
        client.get(f"{LIJST}?dag=2027-03-02")


# --- booking for someone --------------------------------------------------------------------------


def test_staff_book_what_their_teams_give_also_now(als, loket_ocmw, kade, gesprek, team_onthaal, nu):
    Afspraaksoort.objects.update(online=False)
    (
        spreekuur(kade, gesprek),
        spreekuur(kade, Afspraaksoort.objects.create(slug="x", naam="Van een ander", team=team_onthaal)),
    )
    nu("2027-03-02T08:59")
    client = als(loket_ocmw)
    begin = tekst(client.get(LIJST + "nieuw/"))
    assert "Praten over schulden" in begin and "Van een ander" not in begin
    assert "Eerste vrije moment: dinsdag 2 maart 2027 om 9.00 uur" in tekst(
        client.get(f"{LIJST}nieuw/schulden/kade/hier/")
    )
    response = client.post(
        NIEUW, {"bewijs": getekend(), "moment": "20270302-0900", "naam": "Sam", "contactwijze": "geen"}
    )
    assert 'class="bon-code"' in tekst(response)
    afspraak = Afspraak.objects.get()
    assert (afspraak.naam, afspraak.spoor.get().door) == ("Sam", loket_ocmw)


def test_from_a_case_and_back(als, loket_ocmw, loket_gemeente, team_sociale_dienst, team_onthaal, dinsdag):
    vraag, andere = vraag_van(team_sociale_dienst), vraag_van(team_onthaal)
    client = als(loket_ocmw)
    zaak = tekst(client.get(vraag.get_absolute_url()))
    assert f"{LIJST}nieuw/?vraag={vraag.referentie}" in zaak
    assert f"kade/hier/?vraag={vraag.referentie}" in tekst(client.get(f"{LIJST}nieuw/?vraag={vraag.referentie}"))
    velden = {"bewijs": getekend(), "moment": "20270302-0900", "naam": "Sam", "contactwijze": "geen"}
    client.post(f"{NIEUW}?vraag={vraag.referentie}", velden)
    afspraak = Afspraak.objects.get()
    assert afspraak.vraag == vraag
    assert adres(afspraak) in tekst(client.get(vraag.get_absolute_url()))
    assert vraag.get_absolute_url() in tekst(client.get(adres(afspraak)))
    for niet_van_mij in (andere.referentie, "x" * 500, "\x00"):
        response = client.get(f"{LIJST}nieuw/", {"vraag": niet_van_mij})
        assert response.status_code == 200 and "Bij vraag" not in tekst(response)


def test_somebody_was_first_at_the_counter(als, loket_ocmw, afspraak):
    velden = {"bewijs": getekend(), "moment": "20270302-0900", "naam": "Laat", "contactwijze": "geen"}
    html = tekst(als(loket_ocmw).post(NIEUW, velden))
    assert "Dat moment is net geboekt" in html and 'value="Laat"' in html and 'value="20270302-0930"' in html


@pytest.mark.parametrize("naam", ["", "x" * 5000, "a\x00b"])
def test_bad_input_at_the_counter(als, loket_ocmw, dinsdag, naam):
    response = als(loket_ocmw).post(
        NIEUW, {"bewijs": "", "moment": "20270302-0900", "naam": naam, "contactwijze": "geen"}
    )
    assert "naam" in response.context["form"].errors and not Afspraak.objects.exists()


# --- one appointment ------------------------------------------------------------------------------


def test_reading_leaves_a_trace_and_shows_who_comes(als, loket_ocmw, afspraak):
    html = tekst(als(loket_ocmw).get(adres(afspraak)))
    assert "Sam" in html and 'href="tel:+32470000000"' in html
    assert list(afspraak.spoor.values_list("stap", "door")) == [("boek", None), ("lees", loket_ocmw.pk)]
    assert "De persoon is er" not in html.split("Wat kan je doen?")[1]  # not before the day


@pytest.mark.parametrize(
    ("deel", "staat"), [("aangekomen/", "aangekomen"), ("niet-gekomen/", "niet_gekomen"), ("afgerond/", "afgerond")]
)
def test_arrived_or_not_or_done(als, loket_ocmw, afspraak, nu, deel, staat):
    nu("2027-03-02T09:05")
    client = als(loket_ocmw)
    assert client.get(adres(afspraak, deel)).status_code == 405
    client.post(adres(afspraak, deel), {"versie": 1})
    afspraak.refresh_from_db()
    assert afspraak.staat == staat
    response = client.post(adres(afspraak, deel), {"versie": 1}, follow=True)  # a double click
    assert "Er veranderde ondertussen iets" in tekst(response)


@pytest.mark.parametrize("velden", [{}, {"versie": "x"}, {"versie": "99999999999999999999"}])
def test_a_button_without_what_was_seen_does_nothing(als, loket_ocmw, afspraak, velden, nu):
    nu("2027-03-02T09:05")
    assert als(loket_ocmw).post(adres(afspraak, "aangekomen/"), velden).status_code == 302
    assert Afspraak.objects.get().staat == "geboekt"


def test_cancel_with_a_reason(als, loket_ocmw, afspraak):
    client = als(loket_ocmw)
    assert "Hier staat een teken" in tekst(
        client.post(adres(afspraak, "zeg-af/"), {"versie": 1, "reden": "\x00"}, follow=True)
    )
    client.post(adres(afspraak, "zeg-af/"), {"versie": 1, "reden": "Ziek"})
    assert (Afspraak.objects.get().staat, Afspraak.objects.get().reden) == ("afgezegd", "Ziek")
    assert "Ziek" in tekst(client.get(adres(afspraak)))


def test_give_it_to_a_colleague(als, loket_ocmw, team_ocmw, loket_gemeente, afspraak):
    client = als(loket_ocmw)
    response = client.post(adres(afspraak, "wijs-toe/"), {"versie": 1, "naar": loket_gemeente.pk}, follow=True)
    assert "Kies een collega uit de lijst." in tekst(response)
    client.post(adres(afspraak, "wijs-toe/"), {"versie": 1, "naar": team_ocmw.pk})
    assert Afspraak.objects.get().medewerker == team_ocmw


def test_move_at_the_desk(als, loket_ocmw, afspraak, dinsdag):
    client, pad = als(loket_ocmw), adres(afspraak, "verzetten/")
    assert 'value="20270302-0930"' in tekst(client.get(pad))
    for velden in ({}, {"moment": "x", "versie": 1}):
        assert "Kies een dag en een uur." in client.post(pad, velden).content.decode()
    boeking(dinsdag, "2027-03-09T09:00")
    assert "net geboekt" in client.post(pad, {"moment": "20270309-0900", "versie": 1}).content.decode()
    client.post(pad, {"moment": "20270309-0930", "versie": 1})
    assert Afspraak.objects.get(pk=afspraak.pk).begin == om("2027-03-09T09:30")
    assert "net geboekt" not in client.post(pad, {"moment": "20270316-0930", "versie": 1}).content.decode()
    assert Afspraak.objects.get(pk=afspraak.pk).begin == om("2027-03-09T09:30")


def test_what_is_cancelled_is_not_moved(als, loket_ocmw, afspraak):
    Afspraak.objects.update(staat="afgezegd")
    assert als(loket_ocmw).get(adres(afspraak, "verzetten/"))["Location"] == adres(afspraak)


# --- the own calendar -----------------------------------------------------------------------------


@pytest.mark.parametrize("sleutel", ["x", "A" * 32, "-" * 500])
def test_a_guessed_address_is_not_found(bewoner, loket_ocmw, sleutel):
    agendasleutel.vernieuw(door=loket_ocmw)
    assert bewoner.get(f"/loket/agenda/{sleutel}/").status_code == 404


def test_the_calendar_of_a_colleague_holds_times_and_references_only(als, bewoner, loket_ocmw, afspraak, dinsdag):
    boeking(dinsdag, "2027-03-02T09:30")
    Afspraak.objects.filter(pk=afspraak.pk).update(medewerker=loket_ocmw)
    client = als(loket_ocmw)
    assert "Je hebt nog geen adres." in tekst(client.get(LIJST + "mijn-agenda/"))
    sleutel = re.search(r"/loket/agenda/([\w-]{32})/", tekst(client.post(LIJST + "mijn-agenda/")))[1]
    assert sleutel not in Agendasleutel.objects.get().hash and sleutel not in tekst(client.get(LIJST + "mijn-agenda/"))
    response = bewoner.get(f"/loket/agenda/{sleutel}/")
    (rij,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert str(rij["SUMMARY"]) == f"Sociaal Huis Proefdorp {afspraak.referentie}"
    assert (rij.decoded("DTSTART"), str(rij["LOCATION"])) == (om("2027-03-02T09:00"), "De Kade")
    assert b"Sam" not in response.content and b"0470" not in response.content and b"schulden" not in response.content
    assert not response.cookies and "no-store" in response["Cache-Control"]


def test_a_new_address_ends_the_old_one_and_can_go(als, bewoner, loket_ocmw):
    oud = agendasleutel.vernieuw(door=loket_ocmw)
    nieuw = agendasleutel.vernieuw(door=loket_ocmw)
    assert bewoner.get(f"/loket/agenda/{oud}/").status_code == 404
    assert bewoner.get(f"/loket/agenda/{nieuw}/").status_code == 200
    als(loket_ocmw).post(LIJST + "mijn-agenda/", {"weg": "1"})
    assert bewoner.get(f"/loket/agenda/{nieuw}/").status_code == 404


def test_who_left_the_team_or_the_house_has_no_calendar(bewoner, loket_ocmw, team_onthaal, afspraak):
    Afspraak.objects.update(medewerker=loket_ocmw)
    sleutel = agendasleutel.vernieuw(door=loket_ocmw)
    loket_ocmw.teams.set([])
    assert Calendar.from_ical(bewoner.get(f"/loket/agenda/{sleutel}/").content).walk("VEVENT") == []
    type(loket_ocmw).objects.update(is_active=False)
    assert bewoner.get(f"/loket/agenda/{sleutel}/").status_code == 404


# --- the admin ------------------------------------------------------------------------------------


def test_a_head_of_a_team_edits_the_schedule_and_hears_what_is_wrong(als, team_ocmw, loket_ocmw, kade, gesprek):
    velden = {
        "soort": gesprek.pk, "locatie": kade.pk, "wijze": "hier", "weekdag": 1, "van": "10:00", "tot": "09:00", "plekken": 1,
        "geldig_van": "2027-03-01", "uitzonderingen-TOTAL_FORMS": 0, "uitzonderingen-INITIAL_FORMS": 0,
    }  # fmt: skip
    client = als(team_ocmw)
    response = client.post("/beheer/loket/spreekuur/add/", velden)
    assert "Het einde van een spreekuur ligt na het begin." in response.content.decode()
    assert client.post("/beheer/loket/spreekuur/add/", {**velden, "tot": "11:00"}).status_code == 302
    assert Spreekuur.objects.get().tot == time(11)
    assert als(loket_ocmw).get("/beheer/loket/spreekuur/").status_code == 403
