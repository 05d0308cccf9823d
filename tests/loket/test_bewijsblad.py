"""The receipt of a visitor is made from a kept page: nothing of one person may stand in that of another."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from loket.forms.vraag import VraagForm, VraagToets
from loket.models import Dienst, Vraag
from loket.views import ontvangst
from loket.views.ontvangst import blad, inhoud
from sociaalhuis.voorraad import Kort
from tests.loket.test_stellen import code_op
from tests.loket.vragen import ingevuld

VERSIE = {"sociaalhuis.versie": 7}
GEVAAR = "Mijn man slaat mij en ik ben bang dat hij mij vermoordt"


@pytest.fixture(autouse=True)
def lege_kast(monkeypatch):
    monkeypatch.setattr(ontvangst, "BLADEN", Kort())


def vraag_stellen(client, **velden):
    antwoord = client.post("/loket/vraag/", ingevuld(**velden), **VERSIE)
    return antwoord.content.decode()


def zonder_eigen(html, code, vraag):
    return html.replace(code, "CODE").replace(vraag.referentie, "REFERENTIE")


def test_two_people_get_the_same_page_with_their_own_code(huis, team_sociale_dienst, bewoner):
    een = vraag_stellen(bewoner, tekst="Mijn huur is te hoog geworden")
    twee = vraag_stellen(Client(), tekst="Waar kan ik terecht voor een tandarts?")
    (eerste, tweede), codes = Vraag.objects.order_by("pk"), []
    for html, vraag, ander in ((een, eerste, tweede), (twee, tweede, eerste)):
        codes.append(ontvangst.MERK.sub("", html).partition('class="bon-code">')[2][:19])
        assert vraag.referentie in html and ander.referentie not in html
        assert html.count(codes[-1]) == 2  # the receipt and the card
        assert not ontvangst.MERK.search(html)
    assert codes[0] != codes[1]
    assert zonder_eigen(een, codes[0], eerste) == zonder_eigen(twee, codes[1], tweede)
    assert len(ontvangst.BLADEN.stand[1]) == 1


def test_the_kept_page_is_the_page(huis, team_sociale_dienst, bewoner):
    vraag_stellen(bewoner)
    vraag = Vraag.objects.get()
    request = RequestFactory().get("/loket/vraag/", **VERSIE)
    eigen = {"code": "ABCD-EFGH-JKMN-PQRS", "referentie": "2026-ABCDEF", "geregistreerd": "nu", "antwoord": "morgen"}
    vol = render_to_string(ontvangst.SJABLOON, inhoud(request, vraag, **eigen), request)
    merken = dict(zip(ontvangst.MERKEN.values(), eigen.values(), strict=True))
    assert "".join(merken.get(deel, deel) for deel in blad(request, vraag)) == vol


def test_nothing_of_a_person_is_kept(huis, team_sociale_dienst, bewoner):
    html = vraag_stellen(bewoner, tekst="Ik heet Roos Tafelkleed en heb schulden")
    ((delen, _),) = ontvangst.BLADEN.stand[1].values()
    bewaard = "".join(delen)
    for geheim in (
        code_op(bewoner.post("/loket/vraag/", ingevuld(), **VERSIE)),
        Vraag.objects.first().referentie,
        "Roos",
    ):
        assert geheim not in bewaard
    assert Vraag.objects.first().referentie in html


def test_danger_and_a_national_number_are_said_to_that_person_only(huis, team_sociale_dienst, bewoner):
    gewoon = vraag_stellen(bewoner)
    assert "Bel nu" in vraag_stellen(bewoner, tekst=GEVAAR)
    assert "rijksregisternummer" in vraag_stellen(bewoner, tekst="Mijn nummer is 85.07.30-033.28, en nu?")
    daarna = vraag_stellen(bewoner, tekst="Nog iets anders")
    for html in (gewoon, daarna):
        assert "Bel nu" not in html and "rijksregisternummer" not in html


def test_an_employee_who_asks_something_sees_the_bar_of_staff_alone(
    huis, team_sociale_dienst, bewoner, als, loket_ocmw
):
    als(loket_ocmw)
    mijn = vraag_stellen(als(loket_ocmw), tekst="Ik vraag iets als inwoner")
    ander = vraag_stellen(bewoner, tekst="Ik ook, als inwoner")
    assert 'class="dienstbalk' in mijn and 'class="dienstbalk' not in ander
    assert settings.SESSION_COOKIE_NAME not in bewoner.cookies


def test_a_service_has_their_own_page(huis, ocmw, team_sociale_dienst, bewoner):
    dienst = Dienst.objects.create(slug="leefloon", titel="Leefloon", kort="Geld", bestuur=ocmw, status="gepubliceerd")
    vraag_stellen(bewoner)
    met = vraag_stellen(bewoner, dienst=dienst.slug, tekst="Over deze dienst")
    assert f"?dienst={dienst.slug}" in met
    assert f"?dienst={dienst.slug}" not in vraag_stellen(bewoner, tekst="Zonder dienst")
    assert len(ontvangst.BLADEN.stand[1]) == 2


def test_checking_shares_the_fields_and_showing_does_not(huis, bewoner):
    een, twee = VraagToets({"tekst": ""}), VraagToets({"tekst": ""})
    assert not een.is_valid() and not twee.is_valid()
    assert een.fields["tekst"] is twee.fields["tekst"] is VraagForm.base_fields["tekst"]
    fouten = een.errors
    een.toonbaar().fields["tekst"].widget.attrs["class"] = "fout"
    assert "class" not in twee.fields["tekst"].widget.attrs
    assert list(een.fields) == list(VraagForm().fields) and een.errors is fouten
