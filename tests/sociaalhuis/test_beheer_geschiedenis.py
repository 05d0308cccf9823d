"""The history in the admin: who changed what, from the append-only log."""

import pytest
from django.urls import reverse

from sociaalhuis.models import Team, Thema

OVERZICHT = "/beheer/pghistory/events/"


def geschiedenis(client, obj):
    url = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_history", args=[obj.pk])
    return client.get(url)


@pytest.mark.parametrize("rol", ["beheer", "planner", "loket_ocmw", "coordinator"])
def test_overzicht_is_voor_toezicht(als, request, rol):
    assert als(request.getfixturevalue(rol)).get(OVERZICHT).status_code == 404


def test_geschiedenis_van_wat_je_niet_mag_zien(als, planner, beheer):
    assert geschiedenis(als(planner), beheer).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_wie_wanneer_en_van_wat_naar_wat(als, beheer, thema):
    client = als(beheer)
    url = reverse("admin:sociaalhuis_thema_change", args=[thema.pk])
    client.post(url, {"code": "geld", "naam": "Geld", "uitleg": thema.uitleg, "volgorde": 3, "lpdc_thema": ""})
    laatste, eerste = geschiedenis(client, thema).context["wijzigingen"]
    assert (laatste.daad, laatste.wie) == ("Gewijzigd", "beheer")
    assert laatste.velden == [("Naam", "Geld en schulden", "Geld"), ("Volgorde", "0", "3")]
    assert (eerste.daad, eerste.wie) == ("Toegevoegd", "het systeem")


@pytest.mark.django_db(transaction=True)
def test_rollen_van_een_gebruiker_staan_erbij(als, beheer, planner):
    rol = next(w for w in geschiedenis(als(beheer), planner).context["wijzigingen"] if w.daad == "Rol erbij")
    assert rol.velden == [("Gebruiker", "leeg", "planner"), ("Rol", "leeg", "planmedewerker")]


def test_wachtwoord_staat_nergens(als, beheer, planner, wachtwoord):
    planner.set_password(wachtwoord)
    planner.save()
    inhoud = geschiedenis(als(beheer), planner).content.decode()
    assert planner.password not in inhoud
    assert "Wachtwoord" not in inhoud


def test_overzicht_toont_geen_vragen(als, toezicht):
    tabellen = dict(als(toezicht).get(OVERZICHT).context["tabellen"])
    assert "sociaalhuis.thema" in tabellen
    assert not {"loket.vraag", "loket.bericht", "loket.notitie"} & tabellen.keys()


def test_overzicht_van_een_tabel(als, toezicht, thema, team_onthaal):
    client = als(toezicht)
    response = client.get(OVERZICHT, {"tabel": "sociaalhuis.team"})
    assert {w.model for w in response.context["wijzigingen"]} == {Team}
    samen = client.get(OVERZICHT, {"tabel": "bestaat.niet"})
    assert {Team, Thema} <= {w.model for w in samen.context["wijzigingen"]}


def test_zoveel_vragen_aan_de_databank_als_tabellen(als, toezicht, thema, django_assert_num_queries):
    client = als(toezicht)
    client.get(OVERZICHT, {"tabel": "sociaalhuis.thema"})
    with django_assert_num_queries(11):
        client.get(OVERZICHT, {"tabel": "sociaalhuis.thema"})
    for n in range(3):
        Thema.objects.create(code=f"t{n}", naam=f"Thema {n}")
    with django_assert_num_queries(11):
        client.get(OVERZICHT, {"tabel": "sociaalhuis.thema"})


@pytest.mark.django_db(transaction=True)
def test_verwijderen_laat_een_spoor_na(als, beheer, toezicht, thema):
    als(beheer).post(reverse("admin:sociaalhuis_thema_delete", args=[thema.pk]), {"post": "yes"})
    laatste = als(toezicht).get(OVERZICHT, {"tabel": "sociaalhuis.thema"}).context["wijzigingen"][0]
    assert (laatste.daad, laatste.wat, laatste.wie) == ("Verwijderd", "Geld en schulden", "beheer")


@pytest.mark.django_db(transaction=True)
def test_wie_in_welk_team_kwam_is_bekend(als, beheer, loket_ocmw, team_sociale_dienst):
    laatste = next(w for w in geschiedenis(als(beheer), loket_ocmw).context["wijzigingen"] if w.daad == "Team erbij")
    assert laatste.velden == [("Gebruiker", "leeg", "loket.ocmw"), ("Team", "leeg", str(team_sociale_dienst))]
