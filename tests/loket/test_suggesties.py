"""Suggestions while typing: nothing for strange input, only what is public, one query, the same for everyone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loket.models import Dienst, Synoniem
from sociaalhuis.models import Thema
from tests.loket.diensten import maak_dienst

pytestmark = pytest.mark.django_db
ADRES = "/loket/suggesties/"


@pytest.fixture
def maak(ocmw):
    def doe(titel, **velden):
        return maak_dienst(titel, **{"bestuur": ocmw, **velden})

    return doe


def vraag(client, q):
    response = client.get(ADRES, {"q": q})
    assert response.status_code == 200
    return response.json()["suggesties"]


def teksten(client, q):
    return [rij["tekst"] for rij in vraag(client, q)]


# --- strange input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "q",
    ["", " ", "l", "\x00", "\u202e\u200b", "%", "__", "لا أستطيع", "😀😀", "<>", "l" + "\x00", "leefloon " * 7, "x" * 5000],
)  # fmt: skip
def test_what_is_no_beginning_of_a_question_gives_nothing_without_a_query(bewoner, maak, q):
    maak("Leefloon")
    with CaptureQueriesContext(connection) as gesteld:
        assert vraag(bewoner, q) == []
    assert len(gesteld) == 0


@pytest.mark.parametrize(
    "q", ["<script>alert(1)</script>", "'; DROP TABLE loket_dienst; --", "%s %(a)s {0}", "le%", "le_"]
)
def test_what_looks_like_code_is_searched_as_text(bewoner, maak, q):
    maak("Leefloon")
    assert set(teksten(bewoner, q)) <= {"Leefloon"}
    assert vraag(bewoner, "leef%fl_on") == []


def test_what_cannot_be_seen_is_left_out(bewoner, maak):
    maak("Leefloon")
    assert teksten(bewoner, "\u202ele\u200bef\x00") == ["Leefloon"]


def test_without_a_question_and_with_another_method(bewoner):
    assert bewoner.get(ADRES).json() == {"suggesties": []}
    assert bewoner.post(ADRES, {"q": "leef"}).status_code == 405


# --- what is suggested ----------------------------------------------------------------------------


def test_titles_themes_and_everyday_words_each_with_its_kind_and_address(bewoner, maak):
    maak("Huurwaarborg betalen")
    maak("Hulp bij schulden")
    Thema.objects.create(code="huis", naam="Huis en buurt")
    Synoniem.objects.create(woord="huisbaas vraagt geld", betekent="huurwaarborg")
    assert vraag(bewoner, "Hu") == [
        {"tekst": "Hulp bij schulden", "soort": "Dienst", "url": "/loket/diensten/hulp-bij-schulden/"},
        {"tekst": "Huurwaarborg betalen", "soort": "Dienst", "url": "/loket/diensten/huurwaarborg-betalen/"},
        {"tekst": "Huis en buurt", "soort": "Thema", "url": "/loket/zoeken/?thema=huis"},
        {"tekst": "huisbaas vraagt geld", "soort": "Zoek op", "url": "/loket/zoeken/?q=huisbaas+vraagt+geld"},
    ]


@pytest.mark.parametrize("q", ["crèche", "CRECHE", "beng", "creche beng", "beng crè"])
def test_every_word_begins_a_word_of_the_title_with_or_without_accents(bewoner, maak, q):
    maak("Crèche De Bengel")
    maak("Leefloon")
    assert teksten(bewoner, q) == ["Crèche De Bengel"]


def test_a_word_with_an_accent_is_found_without_it(bewoner, maak):
    maak("Kinderopvang")
    Synoniem.objects.create(woord="crèche", betekent="kinderopvang")
    assert teksten(bewoner, "crec") == ["crèche"]


def test_what_begins_with_it_comes_first_and_what_is_asked_often_before_the_rest(bewoner, maak):
    maak("Premie voor huur")
    maak("Huur betalen")
    maak("Huurpremie", populair=True)
    assert teksten(bewoner, "huur") == ["Huurpremie", "Huur betalen", "Premie voor huur"]


def test_only_what_is_on_the_site_now(bewoner, maak):
    gisteren = timezone.localdate() - timedelta(days=1)
    maak("Leefgeld", status=Dienst.Status.ONTWERP)
    maak("Leefhulp", einde=gisteren)
    maak("Leefloon", einde=timezone.localdate())
    Synoniem.objects.create(woord="leefzak", betekent="leefhulp")
    Synoniem.objects.create(woord="leefweg", betekent="nergens")
    Synoniem.objects.create(woord="leefoekraïens", betekent="leefloon", taal="uk")
    assert teksten(bewoner, "leef") == ["Leefloon"]


def test_the_same_title_stands_there_once_and_never_more_than_eight(bewoner, maak):
    for nummer in range(3):
        maak("Leefloon", slug=f"leefloon-{nummer}")
        Thema.objects.create(code=f"leef{nummer}", naam=f"Leefthema {nummer}")
        Synoniem.objects.create(woord=f"leefwoord {nummer}", betekent="leefloon")
    assert teksten(bewoner, "leefl") == ["Leefloon"]
    for nummer in range(6):
        maak(f"Leefdienst {nummer}")
    gegeven = vraag(bewoner, "leef")
    assert len(gegeven) == 8
    assert [rij["soort"] for rij in gegeven] == 5 * ["Dienst"] + 2 * ["Thema"] + ["Zoek op"]


# --- the address ----------------------------------------------------------------------------------


def test_one_query_for_one_as_for_many(bewoner, maak):
    aantallen = []
    for nummer in range(3):
        maak(f"Leefloon {nummer}")
        with CaptureQueriesContext(connection) as gesteld:
            assert len(vraag(bewoner, "leef")) == nummer + 1
        aantallen.append(len(gesteld))
    assert aantallen == [1, 1, 1]


def test_the_answer_is_the_same_for_everyone_and_nothing_of_it_is_logged(bewoner, maak, caplog):
    maak("Leefloon")
    response = bewoner.get(ADRES, {"q": "leef"})
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Type"] == "application/json"
    assert caplog.text == ""


def test_the_field_tells_where_the_suggestions_are(bewoner, maak):
    for adres in ("/", "/loket/zoeken/"):
        html = bewoner.get(adres).content.decode()
        assert f'data-suggesties="{ADRES}"' in html
        assert "js/suggesties" in html
