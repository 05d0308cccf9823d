"""Making an appointment on the website, step by step, and what goes wrong on the way."""

import re

import pytest
from django.test import Client
from icalendar import Calendar

from loket.models import Afspraak, Afspraaksoort, Dienst, Spreekuur
from sociaalhuis.models import Locatie, Poging
from tests.loket.afspraken import boeking, om, spreekuur, vrij
from tests.loket.vragen import getekend

pytestmark = pytest.mark.usefixtures("nu", "huis")

WIE = "/loket/afspraak/schulden/kade/hier/20270302-0900/"
WANNEER = "/loket/afspraak/schulden/kade/hier/"
CODE = re.compile(r'class="bon-code">([0-9A-Z-]{19})<')


def ingevuld(**velden):
    return {
        "bewijs": getekend(), "moment": "20270302-0900", "naam": "Sam", "contactwijze": "geen", "akkoord": "on", **velden,
    }  # fmt: skip


def tekst(response):
    return response.content.decode().split('<main id="inhoud"')[1].split("</main>")[0]


# --- what is not there ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "adres",
    [
        "/loket/afspraak/bestaat-niet/",
        "/loket/afspraak/schulden/elders/hier/",
        "/loket/afspraak/schulden/kade/thuis/",
        "/loket/afspraak/schulden/kade/hier/morgen/",
        "/loket/afspraak/schulden/kade/hier/20270230-0900/",
    ],
)
def test_what_is_not_offered_is_not_found(bewoner, dinsdag, adres):
    assert bewoner.get(adres).status_code == 404


def test_what_only_staff_book_is_not_online(bewoner, dinsdag):
    Afspraaksoort.objects.update(online=False)
    assert bewoner.get("/loket/afspraak/schulden/").status_code == 404
    assert bewoner.post(WIE, ingevuld()).status_code == 404
    assert "Je kan nu online geen afspraak maken" in tekst(bewoner.get("/loket/afspraak/"))


def test_a_session_that_is_over_is_not_offered(bewoner, dinsdag):
    Spreekuur.objects.update(geldig_tot="2027-02-28")
    assert bewoner.get("/loket/afspraak/schulden/").status_code == 404
    assert bewoner.post(WIE, ingevuld()).status_code == 404


def test_a_link_to_a_moment_that_is_gone_leads_back_to_the_week(bewoner, dinsdag):
    boeking(dinsdag)
    assert bewoner.get(WIE)["Location"] == WANNEER


# --- the steps -----------------------------------------------------------------------------------


def test_the_first_two_steps_are_plain_pages_without_a_cookie(bewoner, dinsdag):
    for adres in ("/loket/afspraak/", "/loket/afspraak/?thema=geld", "/loket/afspraak/schulden/"):
        response = bewoner.get(adres)
        assert response.status_code == 200 and not response.cookies
        assert "Cookie" not in response.get("Vary", "") and "no-store" not in response.get("Cache-Control", "")


def test_from_theme_to_kind_to_place(bewoner, dinsdag, team_onthaal, kade):
    algemeen = Afspraaksoort.objects.create(slug="praten", naam="Ik weet het niet", team=team_onthaal)
    spreekuur(kade, algemeen, wijze="telefoon")
    begin = tekst(bewoner.get("/loket/afspraak/"))
    assert '<a class="kaart-link" href="?thema=geld">Geld en schulden</a>' in begin
    assert "Ik weet het niet" in begin and "Praten over schulden" not in begin
    assert 'href="/loket/afspraak/schulden/">Praten over schulden</a>' in tekst(
        bewoner.get("/loket/afspraak/?thema=geld")
    )
    waar = tekst(bewoner.get("/loket/afspraak/schulden/"))
    assert 'href="/loket/afspraak/schulden/kade/hier/">De Kade</a>' in waar and "Kade 2, 9998 Proefdorp" in waar
    assert "Aan de telefoon" in tekst(bewoner.get("/loket/afspraak/praten/"))
    assert "Waarover wil je praten?" in tekst(bewoner.get("/loket/afspraak/?thema=bestaat-niet&dienst=%00"))


def test_from_a_service_to_its_own_kind(bewoner, dinsdag, ocmw, thema, gesprek):
    raad, ander = (
        Dienst.objects.create(slug=s, titel=s.title(), kort="x", bestuur=ocmw, status="gepubliceerd") for s in ("raad", "ander")
    )  # fmt: skip
    assert "afspraak/?dienst=" not in tekst(bewoner.get("/loket/diensten/ander/"))
    gesprek.diensten.add(raad)
    assert 'href="/loket/afspraak/?dienst=raad"' in tekst(bewoner.get("/loket/diensten/raad/"))
    html = tekst(bewoner.get("/loket/afspraak/?dienst=raad"))
    assert 'href="/loket/afspraak/schulden/?dienst=raad"' in html and "Raad: wat past het best?" in html
    ander.themas.add(thema)
    assert 'href="/loket/afspraak/schulden/?dienst=ander"' in tekst(bewoner.get("/loket/afspraak/?dienst=ander"))
    assert "kade/hier/?dienst=raad" in tekst(bewoner.get("/loket/afspraak/schulden/?dienst=raad"))
    assert "20270302-0900/?dienst=raad" in tekst(bewoner.get(WANNEER + "?dienst=raad"))


def test_the_week_shows_the_first_free_moment_and_every_other(bewoner, dinsdag):
    boeking(dinsdag)
    response = bewoner.get(WANNEER)
    html = tekst(response)
    assert "Eerste vrije moment: dinsdag 2 maart 2027 om 9.30 uur" in html
    assert re.findall(r'href="/loket/afspraak/schulden/kade/hier/(\d{8}-\d{4})/"><span', html) == ["20270302-0930"]
    assert "no-store" in response["Cache-Control"]
    assert re.findall(r"\d{8}-\d{4}/\"><span", tekst(bewoner.get(WANNEER + "?week=2027-03-10"))) == [
        '20270309-0900/"><span', '20270309-0930/"><span',
    ]  # fmt: skip


@pytest.mark.parametrize(
    "week", ["", "gisteren", "2020-01-01", "2999-01-01", "9999-12-31", "0001-01-01", "%00", "2027-13-01"]
)
def test_a_week_that_cannot_be_is_the_first_free_one(bewoner, dinsdag, week):
    assert "Week van 1 mrt 2027" in tekst(bewoner.get(f"{WANNEER}?week={week}"))


def test_a_full_week_and_a_full_agenda_say_so(bewoner, dinsdag, kade):
    boeking(dinsdag), boeking(dinsdag, "2027-03-02T09:30")
    html = tekst(bewoner.get(WANNEER + "?week=2027-03-01"))
    assert "In deze week is alles bezet of gesloten" in html and "dinsdag 9 maart 2027 om 9.00 uur" in html
    Spreekuur.objects.update(geldig_tot="2027-03-02")
    assert "Er is de komende acht weken niets vrij" in tekst(bewoner.get(WANNEER))


@pytest.mark.parametrize("weken", [1, 3])
def test_the_week_asks_as_much_when_more_is_booked(bewoner, dinsdag, weken, django_assert_num_queries):
    for n in range(weken):
        boeking(dinsdag, f"2027-03-{2 + 7 * n:02}T09:00")
    # nothing is kept in a test: the house, its days, the places and the schedule; what is booked is one of these
    with django_assert_num_queries(23):
        bewoner.get(WANNEER)


# --- the form ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "veld", "fout"),
    [
        ({"naam": ""}, "naam", "Typ een naam. Een voornaam of een schuilnaam is ook goed."),
        ({"naam": "\u200b\u202e "}, "naam", "Typ een naam. Een voornaam of een schuilnaam is ook goed."),
        ({"naam": "a\x00b"}, "naam", "Hier staat een teken dat we niet kunnen bewaren. Typ het opnieuw."),
        ({"naam": "x" * 5000}, "naam", "Dit is te lang: hoogstens 80 tekens."),
        ({"contactwijze": ""}, "contactwijze", "Kies hoe we je iets laten weten."),
        ({"contactwijze": "duif"}, "contactwijze", "Kies één van de manieren."),
        ({"contactwijze": "mail"}, "email", "Vul je e-mailadres in, of kies een andere manier."),
        ({"contactwijze": "mail", "email": "geen adres"}, "email", "Dit e-mailadres klopt niet. Het ziet eruit als naam@voorbeeld.be."),
        ({"contactwijze": "telefoon"}, "telefoon", "Vul je telefoonnummer in, zodat we je kunnen bellen."),
        ({"contactwijze": "telefoon", "telefoon": "bel maar"}, "telefoon", "Dit telefoonnummer klopt niet. Gebruik alleen cijfers, zoals 0470 12 34 56."),
        ({"akkoord": ""}, "akkoord", "Duid dit aan. Zonder je akkoord mogen we dit niet bewaren."),
        ({"moment": "straks"}, "moment", "Kies een dag en een uur."),
        ({"moment": ""}, "moment", "Kies een dag en een uur."),
    ],
)  # fmt: skip
def test_what_cannot_be_comes_back_with_what_was_typed(bewoner, dinsdag, velden, veld, fout):
    response = bewoner.post(WIE, ingevuld(**velden))
    assert response.context["form"].errors[veld] == [fout]
    assert response.context["form"]["naam"].value() == {**ingevuld(), **velden}["naam"]
    assert "Fout: " in response.content.decode() and not Afspraak.objects.exists()


@pytest.mark.parametrize("naam", ["<script>alert(1)</script>", "\u202eomgekeerd", "Ünïcødé 😀", "'; DROP TABLE--"])
def test_a_name_is_shown_as_it_was_typed(bewoner, dinsdag, naam):
    code = CODE.search(bewoner.post(WIE, ingevuld(naam=naam)).content.decode())[1]
    bewoner.post("/loket/opvolgen/", {"code": code})
    html = bewoner.get("/loket/opvolgen/afspraak/").content.decode()
    assert Afspraak.objects.get().naam == naam and "<script>alert" not in html


def test_by_phone_a_number_and_at_home_an_address(bewoner, kade, gesprek):
    spreekuur(kade, gesprek, wijze="telefoon"), spreekuur(kade, gesprek, wijze="thuis")
    bellen, thuis = (f"/loket/afspraak/schulden/kade/{wijze}/20270302-0900/" for wijze in ("telefoon", "thuis"))
    fouten = bewoner.post(bellen, ingevuld()).context["form"].errors
    assert fouten == {"telefoon": ["Vul je telefoonnummer in, zodat we je kunnen bellen."]}
    fouten = bewoner.post(thuis, ingevuld()).context["form"].errors
    assert fouten == {"adres": ["Vul je adres in, zodat we weten waar we moeten zijn."]}
    assert "We bellen je op" in tekst(bewoner.post(bellen, ingevuld(telefoon="0470 00 00 00")))
    bewoner.post(thuis, ingevuld(adres="Kerkstraat 1", email="niet@gekozen.be"))
    assert [(a.telefoon, a.adres, a.email) for a in Afspraak.objects.order_by("pk")] == [
        ("0470 00 00 00", "", ""), ("", "Kerkstraat 1", ""),
    ]  # fmt: skip


# --- booked --------------------------------------------------------------------------------------


def test_the_receipt(bewoner, dinsdag, ocmw):
    response = bewoner.post(WIE, ingevuld())
    html, afspraak = tekst(response), Afspraak.objects.get()
    assert (response.status_code, "sessionid" in response.cookies) == (200, False)
    assert CODE.search(html) and afspraak.referentie in html and afspraak.naam == "Sam"
    assert "dinsdag 2 maart 2027 om 9.00 uur" in html and "De Kade, Kade 2, 9998 Proefdorp" in html
    assert "<li>Je facturen</li><li>Je loonbrief</li>" in html and "Bus 1 stopt voor de deur." in html
    bon = html.split('class="bon"')[1].split("</section>")[0]
    assert "schulden" not in bon and "Sam" not in bon
    assert "no-store" in response["Cache-Control"]


def test_what_to_bring_comes_from_the_service_when_the_kind_says_nothing(bewoner, dinsdag, gesprek, ocmw):
    raad = Dienst.objects.create(slug="raad", titel="Raad", kort="x", bestuur=ocmw, status="gepubliceerd")
    raad.voorwaarden.create(titel="v", bewijs="<ul><li>identiteitskaart</li></ul>")
    gesprek.diensten.add(raad)
    Afspraaksoort.objects.update(meebrengen="")
    assert 'name="dienst" value="raad"' in tekst(bewoner.get(WIE + "?dienst=raad"))
    assert "<li>identiteitskaart</li>" in tekst(bewoner.post(WIE, ingevuld(dienst="raad")))
    assert Afspraak.objects.get().dienst == raad


def test_in_a_calendar_stands_only_the_house(bewoner, dinsdag):
    html = tekst(bewoner.post(WIE, ingevuld()))
    sleutel = re.search(r'name="afspraak" value="([^"]+)"', html)[1]
    response = bewoner.post("/loket/afspraak/agenda/", {"afspraak": sleutel})
    (rij,) = Calendar.from_ical(response.content).walk("VEVENT")
    afspraak = Afspraak.objects.get()
    assert response["Content-Disposition"] == 'attachment; filename="afspraak.ics"'
    assert str(rij["SUMMARY"]) == f"Sociaal Huis Proefdorp {afspraak.referentie}"
    assert (rij.decoded("DTSTART"), rij.decoded("DTEND")) == (om("2027-03-02T09:00"), om("2027-03-02T09:30"))
    assert str(rij["LOCATION"]) == "De Kade, Kade 2, 9998 Proefdorp"
    assert "/loket/opvolgen/" in str(rij["DESCRIPTION"])
    assert b"schulden" not in response.content.lower() and b"Sam" not in response.content


@pytest.mark.parametrize("sleutel", ["", "1", "1:abc:def", "\x00"])
def test_a_forged_number_gives_no_calendar(bewoner, dinsdag, sleutel):
    boeking(dinsdag)
    assert bewoner.post("/loket/afspraak/agenda/", {"afspraak": sleutel}).status_code == 404


def test_a_double_click_is_one_appointment_with_one_code(bewoner, dinsdag):
    velden = ingevuld()
    een, twee = (CODE.search(bewoner.post(WIE, velden).content.decode())[1] for _ in "ab")
    assert een == twee and Afspraak.objects.count() == 1
    assert Poging.objects.get().aantal == 1


def test_who_comes_a_moment_late_sees_what_is_free_and_keeps_what_was_typed(bewoner, andere_bewoner, dinsdag):
    andere_bewoner.post(WIE, ingevuld(naam="Eerst"))
    velden = ingevuld(naam="Laat", contactwijze="mail", email="laat@voorbeeld.be")
    response = bewoner.post(WIE, velden)
    html = tekst(response)
    assert response.context["form"].errors == {
        "moment": ["Dat moment is net geboekt. Kies een ander: wat je invulde staat er nog."]
    }
    assert 'value="Laat"' in html and 'value="laat@voorbeeld.be"' in html
    assert re.findall(r'type="radio"[^>]*value="([\d-]+)"', html)[:2] == ["20270302-0930", "20270309-0900"]
    assert bewoner.post(WIE, {**velden, "moment": "20270302-0930"}).status_code == 200
    assert [(a.naam, a.begin) for a in Afspraak.objects.order_by("pk")] == [
        ("Eerst", om("2027-03-02T09:00")), ("Laat", om("2027-03-02T09:30")),
    ]  # fmt: skip


def test_late_and_nothing_else_is_free(bewoner, dinsdag):
    boeking(dinsdag), boeking(dinsdag, "2027-03-02T09:30")
    Spreekuur.objects.update(geldig_tot="2027-03-02")
    response = bewoner.post(WIE, ingevuld())
    assert response.context["form"].non_field_errors() and 'value="Sam"' in tekst(response)


def test_a_machine_cannot_fill_the_agenda(dinsdag, monkeypatch):
    monkeypatch.setattr("loket.views.afspraak.MEEST", 1)
    assert Client().post(WIE, ingevuld()).status_code == 200
    response = Client().post(WIE, ingevuld(moment="20270302-0930"))
    assert "Vanaf deze plek zijn net veel afspraken gemaakt" in tekst(response)
    assert Afspraak.objects.count() == 1


def test_without_the_token_of_the_form_nothing_is_booked(dinsdag):
    assert Client(enforce_csrf_checks=True).post(WIE, ingevuld()).status_code == 403
    assert not Afspraak.objects.exists()


def test_places_that_are_hidden_are_not_offered(bewoner, dinsdag):
    Locatie.objects.update(zichtbaar=False)
    assert bewoner.get(WANNEER).status_code == 404
    assert vrij(dinsdag)
