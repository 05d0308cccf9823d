"""The places on the website: per neighbourhood, one by one, on the page of a service, right at the minute."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from loket.models import Dienst
from sociaalhuis import voorraad
from sociaalhuis.models import AndereUren, Gebied, Locatie, Sluitingsdag

BRUSSEL = ZoneInfo("Europe/Brussels")


@pytest.fixture
def nu(monkeypatch):
    def zet(tekst):
        moment = datetime.fromisoformat(tekst).replace(tzinfo=BRUSSEL)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    zet("2027-03-01T10:00")  # a Monday
    return zet


@pytest.fixture
def wijk(gebied):
    return Gebied.objects.create(code="wijk", naam="De Wijk", soort="wijk", ouder=gebied, volgorde=1)


@pytest.fixture
def post(wijk):
    return Locatie.objects.create(
        slug="post", naam="De Post", wat="Koffie en raad.", straat="Kade", huisnummer="2", postcode="9998",
        gemeente="Proefdorp", gebied=wijk, telefoon="059 99 00 02", openingsuren="ma 13:00-17:00",
        route="Bus 1.\n\n<script>alert(1)</script>", drempelvrij="ja", drempelvrij_uitleg="Met een helling.", lift="nee",
    )  # fmt: skip


@pytest.fixture
def hoofd(huis, gebied):
    return Locatie.objects.create(slug="huis", naam="Het Sociaal Huis", is_huis=True, gebied=gebied)


@pytest.fixture
def dienst(ocmw):
    return Dienst.objects.create(slug="raad", titel="Raad", kort="Raad geven.", bestuur=ocmw, status="gepubliceerd")


def lees(client, adres):
    response = client.get(adres)
    assert response.status_code == 200
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    return response.content.decode()


def test_a_place_that_is_not_there_or_hidden_is_not_found(bewoner, post):
    assert bewoner.get("/loket/locaties/bestaat-niet/").status_code == 404
    Locatie.objects.update(zichtbaar=False)
    assert bewoner.get("/loket/locaties/post/").status_code == 404
    assert "De Post" not in lees(bewoner, "/loket/locaties/")
    assert "Er staan nog geen plaatsen" in lees(bewoner, "/loket/locaties/")


def test_places_stand_under_their_neighbourhood(bewoner, hoofd, post, nu):
    Locatie.objects.create(slug="bus", naam="De Bus", straat="Overal", gemeente="Proefdorp")
    html = lees(bewoner, "/loket/locaties/")
    volgorde = [html.index(f">{naam}</h2>") for naam in ("Proefdorp", "De Wijk", "Elders")]
    assert volgorde == sorted(volgorde)
    assert (
        html.index("De Wijk</h2>") < html.index(">De Post</a>") < html.index("Elders</h2>") < html.index(">De Bus</a>")
    )
    assert "Zonder trappen binnen" in html and ">Lift" not in html


def test_the_page_of_a_place(bewoner, post, dienst, nu, huis):
    dienst.locaties.add(post)
    Dienst.objects.create(slug="ontwerp", titel="Nog niet", bestuur=dienst.bestuur).locaties.add(post)
    AndereUren.objects.create(naam="avondopening", dag=date(2027, 3, 8), uren="18:00-20:00", locatie=post)
    Sluitingsdag.objects.create(naam="brugdag", van=date(2027, 3, 15), tot=date(2027, 3, 16))
    html = lees(bewoner, "/loket/locaties/post/")
    assert "Nu gesloten, open vandaag om 13.00 uur" in html
    assert "Kade 2, 9998 Proefdorp" in html and 'href="tel:+3259990002"' in html
    assert "maandag 8 maart 2027: open 18:00\u2060–\u206020:00 (avondopening)" in html
    assert "maandag 15 maart 2027: gesloten (brugdag)" in html
    assert "dinsdag 16 maart" not in html.split("</main>")[0]  # closed anyway
    assert "Ja. Met een helling." in html and "Weten we niet. Bel even" in html
    assert '<a href="/loket/diensten/raad/">Raad</a>' in html and "Nog niet" not in html
    assert "alert(1)" in html and "<script>alert" not in html


def test_the_house_itself_has_the_address_and_the_hours_of_the_house(bewoner, hoofd, nu):
    html = lees(bewoner, "/loket/locaties/huis/")
    assert "Dorpsplein 1, 9998 Proefdorp" in html and "Nu open tot 12.00 uur" in html
    Sluitingsdag.objects.create(naam="verhuis", van=date(2027, 3, 1), tot=date(2027, 3, 1), locatie=hoofd)
    for adres in ("/loket/locaties/huis/", "/"):
        assert "Vandaag gesloten (verhuis), open morgen om 9.00 uur" in lees(bewoner, adres)


def test_a_service_shows_where_it_is_given(bewoner, dienst, post, hoofd, nu):
    assert "Kom langs bij Sociaal Huis Proefdorp" in lees(bewoner, "/loket/diensten/raad/")
    dienst.locaties.add(post)
    html = lees(bewoner, "/loket/diensten/raad/")
    assert '<a href="/loket/locaties/post/">De Post</a>' in html
    assert "Nu gesloten, open vandaag om 13.00 uur" in html
    assert "Kom langs bij Sociaal Huis" not in html


def test_the_foot_of_every_page_says_which_coming_days_differ(bewoner, huis, nu):
    Sluitingsdag.objects.create(naam="brugdag", van=date(2027, 3, 2), tot=date(2027, 3, 2))
    assert "2 mrt 2027: gesloten (brugdag)" in lees(bewoner, "/loket/locaties/")


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_as_much_for_three_places_as_for_one(bewoner, post, dienst, aantal, django_assert_num_queries):
    for n in range(1, aantal):
        plek = Locatie.objects.create(
            slug=f"p{n}", naam=f"P{n}", straat="Kade", gemeente="Proefdorp", gebied=post.gebied
        )
        dienst.locaties.add(plek)
    bewoner.get("/loket/locaties/bestaat-niet/")
    with django_assert_num_queries(13):  # nothing kept: the house with its days twice (8), days, services, places
        bewoner.get("/loket/locaties/")


@pytest.mark.parametrize(("seconde", "houdbaar"), [(0, 30), (29, 30), (31, 29), (59.5, 0.5)])
def test_what_is_kept_never_lives_past_the_minute(monkeypatch, seconde, houdbaar):
    monkeypatch.setattr(voorraad.time, "time", lambda: 1_800_000_000 + seconde)
    monkeypatch.setattr(voorraad.time, "monotonic", lambda: 100.0)
    assert voorraad.houdbaar_tot() == pytest.approx(100 + houdbaar)
    assert voorraad.maak(1, [], b"x").tot == voorraad.houdbaar_tot()
