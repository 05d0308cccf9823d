"""The page of a service: complete, safe, gone when it is gone, the same for everyone without a cookie."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loket.acties.dienst import haal_offline, kijk_na, publiceer, vrije_slug
from loket.catalogus.blad import lees_blad
from loket.catalogus.populair import populaire_diensten
from loket.models import Dienst
from loket.zoek import zoek
from tests.loket.diensten import maak_dienst

pytestmark = pytest.mark.django_db

LDJSON = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def dienst(ocmw, team_sociale_dienst, thema, doelgroep, gebied, huis):
    d = maak_dienst(
        "Budgethulp",
        bestuur=ocmw,
        team=team_sociale_dienst,
        kort="Hulp met je rekeningen.",
        beschrijving="<p>We zetten alles op een rij.</p>",
        uitzonderingen="<p>Niet voor zelfstandigen.</p>",
        regelgeving="<p>Organieke wet.</p>",
        gratis=True,
        nagekeken_op="2026-09-14",
        themas=[thema],
        doelgroepen=[doelgroep],
        gebieden=[gebied],
    )
    d.voorwaarden.create(
        titel="Je woont hier",
        beschrijving="<p>Met een adres.</p>",
        bewijs_titel="Wie ben je?",
        bewijs="<ul><li>identiteitskaart</li><li>facturen</li></ul>",
    )
    procedure = d.procedures.create(titel="Zo begin je", beschrijving="<ol><li>Bel ons.</li><li>Kom.</li></ol>")
    d.websites.create(titel="Afspraak", url="https://afspraak.example", procedure=procedure)
    d.websites.create(titel="Meer", url="https://meer.example")
    d.kosten.create(titel="Gratis", beschrijving="<p>Je betaalt niets.</p>")
    d.voordelen.create(titel="Rust", beschrijving="<p>Minder zorgen.</p>")
    d.wetgeving.create(titel="De wet", url="https://wet.example")
    d.contactpunten.create(
        naam="Sociale dienst",
        telefoon="059 99 00 10",
        email="dienst@proefdorp.example",
        straat="Dorpsplein",
        huisnummer="1",
        postcode="9998",
        gemeente="Proefdorp",
        openingsuren="ma 09:00-12:00",
    )
    return d


def lees(client, dienst):
    response = client.get(dienst.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


# --- who sees it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "velden", [{"status": "ontwerp"}, {"einde": timezone.localdate() - timedelta(days=1)}], ids=["draft", "ended"]
)
def test_what_is_not_published_is_gone_for_a_visitor_and_shown_to_who_works_on_it(
    bewoner, als, loket_gemeente, planner, dienst, velden
):
    Dienst.objects.filter(pk=dienst.pk).update(**velden)
    assert bewoner.get(dienst.get_absolute_url()).status_code == 404
    assert als(planner).get(dienst.get_absolute_url()).status_code == 404
    html = lees(als(loket_gemeente), dienst)
    assert "Budgethulp" in html
    if velden.get("status") == "ontwerp":
        assert "Alleen medewerkers zien deze pagina" in html
        assert 'content="noindex"' in html and "ld+json" not in html


@pytest.mark.parametrize("pad", ["/loket/diensten/bestaat-niet/", "/loket/diensten/%00/", "/loket/diensten/a b/"])
def test_a_service_that_does_not_exist_is_a_404(bewoner, huis, pad):
    assert bewoner.get(pad).status_code == 404


@pytest.mark.parametrize("pad", ["/loket/", "/loket/zoeken/", "/loket/diensten/", "/loket/diensten/budgethulp/"])
def test_pages_of_the_catalogue_are_read_only(bewoner, dienst, pad):
    assert bewoner.post(pad).status_code == 405


def test_one_door(dienst, planner, loket_ocmw, ocmw):
    ontwerp = maak_dienst("Ontwerp", bestuur=ocmw, status=Dienst.Status.ONTWERP)
    assert set(Dienst.objects.zichtbaar_voor(planner)) == {dienst}
    assert set(Dienst.objects.zichtbaar_voor(loket_ocmw)) == {dienst, ontwerp}


# --- what it says ---------------------------------------------------------------------------------


def test_the_page_says_everything_in_its_order(bewoner, dienst):
    html = lees(bewoner, dienst)
    koppen = ["In het kort", "Wat is het?", "Is dit iets voor jou?", "Wat breng je mee?", "Wat kost het?", "Wat krijg je?",
              "Hoe gaat het?", "Waar en wanneer?", "Wie helpt je?", "Meer lezen", "Wat zegt de wet?"]  # fmt: skip
    plaatsen = [html.index(f">{kop}</h2>") for kop in koppen]
    assert plaatsen == sorted(plaatsen)
    for tekst in (
        "<dd>Ouderen</dd>", "<dd>Gratis</dd>", "<li>identiteitskaart</li>", "<dd>Bel ons.</dd>", "Niet voor zelfstandigen",
        'href="https://afspraak.example"', "Dorpsplein 1, 9998 Proefdorp", 'href="tel:+3259990010"', "Het team Sociale dienst",
        "Laatst nagekeken op maandag 14 september 2026", "/loket/vraag/?dienst=budgethulp", "Klopt er iets niet?",
    ):  # fmt: skip
        assert tekst in html, tekst


def test_a_service_with_hardly_anything_still_says_where_to_go(bewoner, ocmw, huis):
    html = lees(bewoner, maak_dienst("Iets", bestuur=ocmw, kort="", beschrijving="<p>Kort.</p>"))
    assert "Kom langs bij Sociaal Huis Proefdorp" in html
    assert "Is dit iets voor jou?" not in html
    assert "Deze tekst is nog niet nagekeken" in html


def test_the_organisation_that_gives_it_is_named_with_its_contact(bewoner, dienst, organisatie):
    dienst.aanbieder = organisatie
    dienst.save()
    html = lees(bewoner, dienst)
    assert "Voedselbank De Mand helpt je hiermee" in html
    assert 'href="mailto:info@demand.example"' in html


def test_open_or_closed_is_of_this_moment(dienst, monkeypatch):
    blad = lees_blad("budgethulp")
    for uur, open_nu in ((10, True), (14, False)):
        monkeypatch.setattr(
            timezone, "now", lambda uur=uur: timezone.datetime(2027, 3, 1, uur, tzinfo=timezone.get_current_timezone())
        )
        assert blad.punten[0]["nu_open"].open is open_nu


def test_html_in_texts_is_safe_whatever_way_it_came_in(bewoner, dienst):
    kwaad = '<p onclick="x()">Veilig<script>alert(1)</script><a href="javascript:x">a</a></p>'
    Dienst.objects.filter(pk=dienst.pk).update(beschrijving=kwaad)
    dienst.voorwaarden.create(titel="<b>vet</b>", beschrijving=kwaad, bewijs=kwaad)
    html = lees(bewoner, dienst)
    assert "alert(1)" not in html and "onclick" not in html and "javascript:" not in html
    assert "&lt;b&gt;vet&lt;/b&gt;" in html


def test_json_ld_holds_the_service_and_cannot_break_out(bewoner, dienst):
    dienst.titel = "Budget</script><script>alert(1)</script>"
    dienst.save()
    html = lees(bewoner, dienst)
    (blok,) = LDJSON.findall(html)
    gegevens = json.loads(blok)
    assert (gegevens["@type"], gegevens["name"]) == ("GovernmentService", dienst.titel)
    assert gegevens["availableChannel"][0]["serviceLocation"]["openingHours"] == ["Mo 09:00-12:00"]
    assert gegevens["audience"] == [{"@type": "Audience", "audienceType": "Ouderen"}]
    assert gegevens["provider"] == {"@type": "GovernmentOrganization", "name": "OCMW Proefdorp"}
    assert "<script>alert" not in html


def test_the_whole_service_is_one_query(dienst):
    with CaptureQueriesContext(connection) as gesteld:
        blad = lees_blad("budgethulp")
    assert len(gesteld) == 1
    assert (len(blad.voorwaarden), len(blad.websites), len(blad.procedures[0]["websites"])) == (1, 1, 1)


def test_as_many_queries_for_a_page_with_one_part_as_with_three(bewoner, dienst):
    aantallen = []
    for nummer in range(3):
        with CaptureQueriesContext(connection) as gesteld:
            lees(bewoner, dienst)
        aantallen.append(len(gesteld))
        dienst.voorwaarden.create(titel=f"Nog {nummer}", bewijs="<p>Iets.</p>")
        dienst.contactpunten.create(naam=f"Nog {nummer}")
    assert len(set(aantallen)) == 1, aantallen


def test_the_page_sets_no_cookie_and_does_not_depend_on_one(bewoner, dienst):
    response = bewoner.get(dienst.get_absolute_url())
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


# --- lists ----------------------------------------------------------------------------------------


def test_the_list_is_in_the_order_of_the_alphabet_by_letter(bewoner, ocmw, huis):
    for titel in ("Échte hulp", "eten", "Auto", "2de kans", "Dop"):
        maak_dienst(titel, bestuur=ocmw)
    maak_dienst("Verborgen", bestuur=ocmw, status=Dienst.Status.ONTWERP)
    letters = bewoner.get("/loket/diensten/").context["letters"]
    assert [(letter, [titel for titel, _ in rijen]) for letter, rijen in letters] == [
        ("0-9", ["2de kans"]),
        ("A", ["Auto"]),
        ("D", ["Dop"]),
        ("E", ["Échte hulp", "eten"]),
    ]


def test_an_empty_catalogue_says_so(bewoner, huis):
    assert "Er staat nog niets in de catalogus" in bewoner.get("/loket/diensten/").content.decode()


def test_the_home_page_names_at_most_six_that_are_asked_often(bewoner, ocmw, huis):
    for nummer in range(8):
        maak_dienst(f"Vaak {nummer}", bestuur=ocmw, populair=True)
    maak_dienst("Aa verborgen", bestuur=ocmw, populair=True, status=Dienst.Status.ONTWERP)
    assert [d.titel for d in populaire_diensten(0)] == [f"Vaak {n}" for n in range(6)]
    assert 'href="/loket/diensten/vaak-0/"' in bewoner.get("/").content.decode()


# --- verbs ----------------------------------------------------------------------------------------


def test_publishing_refuses_what_says_too_little(ocmw, loket_ocmw):
    leeg = maak_dienst("Leeg", bestuur=ocmw, beschrijving="", status=Dienst.Status.ONTWERP)
    vol = maak_dienst("Vol", bestuur=ocmw, status=Dienst.Status.ONTWERP)
    assert zoek("vol") == []
    assert publiceer(diensten=Dienst.objects.all(), door=loket_ocmw) == ([vol], [leeg])
    assert zoek("vol") == [vol]
    assert haal_offline(diensten=Dienst.objects.all(), door=loket_ocmw) == [vol]
    assert zoek("vol") == []


def test_checking_notes_the_day(dienst, loket_ocmw):
    assert kijk_na(diensten=Dienst.objects.all(), door=loket_ocmw) == 1
    dienst.refresh_from_db()
    assert dienst.nagekeken_op == timezone.localdate()


def test_a_slug_is_free_and_never_empty(ocmw):
    assert vrije_slug("???") == "dienst"
    maak_dienst("Leefloon", bestuur=ocmw)
    maak_dienst("Leefloon 2", bestuur=ocmw)
    assert vrije_slug("Leefloon") == "leefloon-3"
