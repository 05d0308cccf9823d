"""Finding one person: not from a dump, not across the compartments, not in an old backup after an erasure."""

import subprocess
import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.acties import behandeling
from loket.acties import contactspoor as acties
from loket.acties.eigen import wijzig_contact
from loket.acties.vernietiging import wis_dossier
from loket.models import Contactspoor, Vraag
from loket.zaak import contactspoor
from sociaalhuis import reservekopie
from sociaalhuis.models import Dossiersleutel
from tests.loket.vragen import vraag_van

MAIL, NUMMER = "kanarie@voorbeeld.example", "0400 98 76 54"
PERSOON = {"email": MAIL, "telefoon": NUMMER, "antwoordwijze": "mail"}
ZOEK = "/loket/werkbank/persoon/"


def gevonden(browser, getypt=MAIL):
    return [vraag.pk for vraag in browser.post(ZOEK, {"zoek": getypt}).context["gevonden"]]


def sporen(vraag):
    rij = Contactspoor.objects.get(vraag=vraag)
    return {bytes(waarde) for waarde in (rij.email_spoor, rij.telefoon_spoor) if waarde}


# --- what nobody may learn --------------------------------------------------------------------


@pytest.fixture
def leeg():
    naam = f"test_spoor_{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {naam}")
    yield naam
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {naam} WITH (FORCE)")


def als_tekst(pad):
    return subprocess.run(
        [reservekopie.programma("pg_restore"), "--file=-", str(pad)], capture_output=True, check=True
    ).stdout


def hele_dump():
    argumenten, omgeving = reservekopie.doel()
    return subprocess.run(
        [reservekopie.programma("pg_dump"), *argumenten, "--inserts"], capture_output=True, check=True, env=omgeving
    ).stdout


@pytest.mark.django_db(transaction=True)
def test_an_old_backup_with_todays_keys_finds_nobody_who_was_erased(
    huis, team_sociale_dienst, team_onthaal, team_ocmw, leeg, tmp_path
):
    weg, blijft, gemeente = (
        vraag_van(team_sociale_dienst, **PERSOON),
        vraag_van(team_sociale_dienst, email="ander@voorbeeld.example", antwoordwijze="mail"),
        vraag_van(team_onthaal, **PERSOON),
    )
    acties.vul_aan()
    ocmw, van_gemeente = sporen(weg), sporen(gemeente)

    # a whole dump of the live database: the compartments have nothing in common, and nothing can be worked out
    alles = hele_dump()
    assert len(ocmw) == len(van_gemeente) == 2 and not ocmw & van_gemeente
    assert all(spoor.hex().encode() in alles for spoor in ocmw | van_gemeente)
    assert MAIL.encode() not in alles and MAIL.encode().hex().encode() not in alles

    # a backup: not even that
    oud, sleutels = reservekopie.maak(tmp_path)
    inhoud = als_tekst(oud) + als_tekst(sleutels)
    assert b"loket_contactspoor" in inhoud and weg.referentie.encode() in inhoud
    assert not any(spoor.hex().encode() in inhoud for spoor in ocmw | van_gemeente)
    oud = oud.rename(tmp_path / "vorige-week.dump")

    # erased; then the old backup comes back with the keys of today, and the fingerprints are made again
    wis_dossier(vraag=weg, aanleiding="wens", door=team_ocmw)
    _, sleutels = reservekopie.maak(tmp_path)
    reservekopie.terugzetten(oud, sleutels, leeg)
    echt = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = leeg
    try:
        assert Vraag.objects.filter(pk=weg.pk).exists() and Contactspoor.objects.count() == 0
        assert acties.vul_aan() is False
        assert sporen(weg) == set() and sporen(gemeente) == van_gemeente
        assert not Contactspoor.objects.filter(**contactspoor.zoekt(MAIL, bestuur="ocmw")).exists()
        anders = contactspoor.zoekt("ander@voorbeeld.example", bestuur="ocmw")
        assert [rij.vraag_id for rij in Contactspoor.objects.filter(**anders)] == [blijft.pk]
    finally:
        connection.close()
        connection.settings_dict["NAME"] = echt


def test_another_key_of_the_server_gives_another_fingerprint(settings):
    met_deze = contactspoor.zoekt(MAIL, bestuur="ocmw")
    settings.DOSSIERSLEUTEL = "YW5kZXJlLXNsZXV0ZWwtdm9vci1kZXplLXByb2VmISE="
    assert contactspoor.zoekt(MAIL, bestuur="ocmw") != met_deze


def test_equal_addresses_have_equal_fingerprints_in_one_bestuur_only():
    nummers = ("0470123456", "+32 470 12 34 56", "0032470.123456")
    zelfde = {contactspoor.zoekt(nummer, bestuur="ocmw")["telefoon_spoor"] for nummer in nummers}
    assert len(zelfde) == 1 and b"0470123456" not in next(iter(zelfde))
    assert zelfde != {contactspoor.zoekt(nummers[0], bestuur="gemeente")["telefoon_spoor"]}
    assert contactspoor.van(bestuur="ocmw") == {"email_spoor": None, "telefoon_spoor": None}
    assert (
        contactspoor.van(bestuur="ocmw", email="a@b.be")["email_spoor"]
        == (contactspoor.zoekt("A@B.BE ", bestuur="ocmw")["email_spoor"])
    )
    assert contactspoor.zoekt("12", bestuur="ocmw") == {}


# --- that everything is found -----------------------------------------------------------------


def test_what_came_in_a_moment_ago_is_found_and_again_makes_nothing(huis, team_sociale_dienst, loket_ocmw, als):
    vraag = vraag_van(team_sociale_dienst, **PERSOON)
    assert not Contactspoor.objects.exists()
    assert gevonden(als(loket_ocmw)) == gevonden(als(loket_ocmw), "+32 400 98.76.54") == [vraag.pk]
    assert Contactspoor.objects.count() == 1


def test_a_contact_that_changed_is_found_by_the_new_one_only(huis, team_sociale_dienst, loket_ocmw, als):
    vraag = vraag_van(team_sociale_dienst, **PERSOON)
    acties.vul_aan()
    wijzig_contact(vraag=vraag, antwoordwijze="mail", email="nieuw@voorbeeld.example")
    browser = als(loket_ocmw)
    assert (gevonden(browser), gevonden(browser, NUMMER)) == ([], [])
    assert gevonden(browser, "nieuw@voorbeeld.example") == [vraag.pk]


def test_a_question_that_goes_to_the_other_bestuur_is_found_there_and_not_here(
    huis, team_sociale_dienst, team_onthaal, loket_ocmw, loket_gemeente, als
):
    vraag = vraag_van(team_sociale_dienst, **PERSOON)
    acties.vul_aan()
    voor = sporen(vraag)
    behandeling.draag_over(vraag=vraag, team=team_onthaal, reden="Hoort daar.", door=loket_ocmw)
    assert not sporen(vraag) & voor
    assert (gevonden(als(loket_ocmw)), gevonden(als(loket_gemeente))) == ([], [vraag.pk])


def test_after_a_restore_the_list_fills_in_bundles_and_the_page_says_so(
    huis, team_sociale_dienst, loket_ocmw, als, monkeypatch
):
    monkeypatch.setattr(acties, "BUNDEL", 2)
    vragen = [vraag_van(team_sociale_dienst, **PERSOON) for _ in range(5)]
    browser = als(loket_ocmw)
    pagina = browser.post(ZOEK, {"zoek": MAIL})
    assert len(pagina.context["gevonden"]) == 2 and "Dit is nog niet alles" in pagina.content.decode()
    werker = acties.Bijhouder()
    assert [werker() for _ in range(3)] == [True, False, False]
    pagina = browser.post(ZOEK, {"zoek": MAIL})
    assert len(pagina.context["gevonden"]) == len(vragen) and "Dit is nog niet alles" not in pagina.content.decode()


def test_a_case_whose_key_is_gone_has_an_empty_one(huis, team_sociale_dienst):
    vraag = vraag_van(team_sociale_dienst, **PERSOON)
    Dossiersleutel.objects.get(pk=vraag.dossiersleutel_id).wis()
    acties.vul_aan()
    assert sporen(vraag) == set()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_row_each(huis, team_sociale_dienst):
    vragen = [vraag_van(team_sociale_dienst, **PERSOON) for _ in range(20)]

    def werk():
        acties.vul_aan()
        connection.close()

    draden = [threading.Thread(target=werk) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert Contactspoor.objects.count() == len(vragen)


@pytest.mark.parametrize("aantal", [1, 3])
def test_looking_for_what_is_missing_costs_the_same(aantal, huis, team_sociale_dienst):
    for _ in range(aantal):
        vraag_van(team_sociale_dienst, **PERSOON)
    with CaptureQueriesContext(connection) as vragen:
        acties.vul_aan()
    assert len(vragen) == 3
    with CaptureQueriesContext(connection) as vragen:
        acties.vul_aan()
    assert len(vragen) == 2
