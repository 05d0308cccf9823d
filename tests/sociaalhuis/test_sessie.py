"""Sessions end: by themselves, at logout, and when a password, a role or a right changes. Staff have a second factor."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils import timezone

from sociaalhuis import rollen
from sociaalhuis.middleware import sessie
from sociaalhuis.models import Gebruiker

pytestmark = pytest.mark.usefixtures("huis")


def binnen(client):
    """Whether this browser is logged in: the house sends it on, instead of to the login page."""
    response = client.get("/aangemeld/")
    assert response.status_code == 302
    return not response.url.startswith("/account/login/")


def zet_terug(client, **seconden):
    """Puts the marks of a session so many seconds in the past."""
    stand = client.session
    for merk, hoeveel in seconden.items():
        stand[merk] = int(time.time()) - hoeveel
    stand.save()


# --- by themselves ------------------------------------------------------------------------------


@pytest.mark.parametrize("wie, minuten", [("loket_ocmw", 15), ("planner", 15), ("superuser", 15), ("voedselbank", 30)])
def test_a_session_ends_when_nothing_happens(wie, minuten, als, request):
    client = als(request.getfixturevalue(wie))
    assert binnen(client)
    zet_terug(client, gezien=minuten * 60 - 5)
    assert binnen(client)
    zet_terug(client, gezien=minuten * 60 + 1)
    assert not binnen(client)
    assert client.get("/").context["aangemeld"] is False


def test_a_role_makes_staff_also_without_the_mark(als, voedselbank):
    voedselbank.groups.add(Group.objects.get(name=rollen.LOKETMEDEWERKER))
    client = als(voedselbank)
    assert binnen(client)
    zet_terug(client, gezien=16 * 60)
    assert not binnen(client)


def test_a_session_ends_after_ten_hours_however_busy(als, loket_ocmw):
    client = als(loket_ocmw)
    assert binnen(client)
    zet_terug(client, begonnen=10 * 3600 - 5)
    assert binnen(client)
    zet_terug(client, begonnen=10 * 3600 + 1)
    assert not binnen(client)


def test_a_session_that_is_over_leaves_no_row(als, loket_ocmw):
    client = als(loket_ocmw)
    binnen(client)
    sleutel = client.session.session_key
    zet_terug(client, gezien=3600)
    binnen(client)
    assert not Session.objects.filter(pk=sleutel).exists()


def test_a_session_is_written_at_most_once_a_minute(als, loket_ocmw, monkeypatch):
    client = als(loket_ocmw)
    nu = time.time()
    stand = []
    for later in (0, 30, 59, 61):
        monkeypatch.setattr(sessie.time, "time", lambda later=later: nu + later)
        binnen(client)
        stand.append(client.session["gezien"])
    assert stand == [int(nu), int(nu), int(nu), int(nu + 61)]


# --- by what happens ----------------------------------------------------------------------------


def test_logging_out_ends_every_session_of_this_user_and_nobody_elses(als, loket_ocmw, loket_gemeente):
    hier, daar, ander = als(loket_ocmw), als(loket_ocmw), als(loket_gemeente)
    assert binnen(hier) and binnen(daar) and binnen(ander)
    assert hier.post("/account/logout/").status_code == 302
    assert not binnen(hier) and not binnen(daar)
    assert binnen(ander)


def test_reading_the_logout_page_ends_nothing(als, loket_ocmw):
    client = als(loket_ocmw)
    client.get("/account/logout/")
    assert binnen(client)


def test_the_logout_of_the_admin_is_the_same(als, planner):
    hier, daar = als(planner), als(planner)
    hier.post("/beheer/logout/")
    assert not binnen(hier) and not binnen(daar)


def verander_wachtwoord(gebruiker):
    gebruiker.set_password("een-heel-andere-zin")
    gebruiker.save()


def verander_via_databank(gebruiker):
    Gebruiker.objects.filter(pk=gebruiker.pk).update(is_superuser=True)


WIJZIGINGEN = {
    "password": verander_wachtwoord,
    "role added": lambda g: g.groups.add(Group.objects.get(name=rollen.PLANMEDEWERKER)),
    "role taken": lambda g: g.groups.clear(),
    "bestuur": lambda g: Gebruiker.objects.filter(pk=g.pk).update(bestuur=None),
    "staff": lambda g: Gebruiker.objects.filter(pk=g.pk).update(is_staff=False),
    "inactive": lambda g: Gebruiker.objects.filter(pk=g.pk).update(is_active=False),
    "superuser": verander_via_databank,
}


@pytest.mark.parametrize("wat", WIJZIGINGEN)
def test_a_change_of_what_someone_may_ends_all_their_sessions(wat, als, loket_ocmw):
    een, twee = als(loket_ocmw), als(loket_ocmw)
    assert binnen(een) and binnen(twee)
    WIJZIGINGEN[wat](Gebruiker.objects.get(pk=loket_ocmw.pk))
    assert not binnen(een) and not binnen(twee)


def test_saving_an_old_copy_of_a_user_does_not_bring_sessions_back(als, loket_ocmw):
    oud = Gebruiker.objects.get(pk=loket_ocmw.pk)
    client = als(loket_ocmw)
    oud.beeindig_sessies()
    oud.save()
    assert not binnen(client)


def test_a_new_name_ends_nothing(als, loket_ocmw):
    client = als(loket_ocmw)
    Gebruiker.objects.filter(pk=loket_ocmw.pk).update(naam="Andere naam", last_login=timezone.now() - timedelta(1))
    assert binnen(client)


# --- second factor ------------------------------------------------------------------------------

OVERAL = ["/", "/loket/werkbank/", "/beheer/", "/aangemeld/", "/account/password/change/", "/account/2fa/"]


@pytest.mark.parametrize("pad", OVERAL)
def test_staff_without_a_second_factor_come_nowhere_but_where_they_make_one(pad, als, loket_ocmw, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    response = als(loket_ocmw).get(pad)
    assert (response.status_code, response.url) == (302, "/account/2fa/totp/activate/")


def test_they_may_always_log_out(als, loket_ocmw, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    client = als(loket_ocmw)
    assert client.post("/account/logout/").status_code == 302
    assert not binnen(client)


def test_recovery_codes_alone_are_no_second_factor(als, loket_ocmw, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    Authenticator.objects.create(user=loket_ocmw, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert als(loket_ocmw).get("/").status_code == 302


def test_with_a_second_factor_staff_go_on(als, loket_ocmw, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    Authenticator.objects.create(user=loket_ocmw, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert als(loket_ocmw).get("/").status_code == 200


def test_visitors_and_organisations_need_none(als, voedselbank, bewoner, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    assert als(voedselbank).get("/").status_code == 200
    assert bewoner.get("/").status_code == 200


# --- while someone was writing ------------------------------------------------------------------


def test_what_a_clerk_wrote_after_the_session_ended_stays_on_the_page(bewoner):
    adres = "/loket/werkbank/2026-ABCDEF/beantwoord/"
    response = bewoner.post(
        adres,
        {"tekst": "Je mag maandag <b>langskomen</b>.", "versie": "3"},
        headers={"referer": "http://testserver/loket/werkbank/2026-ABCDEF/"},
    )
    pagina = response.content.decode()
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (403, True)
    assert "Je mag maandag &lt;b&gt;langskomen&lt;/b&gt;." in pagina
    assert "/account/login/?next=/loket/werkbank/2026-ABCDEF/" in pagina


def test_a_post_without_text_goes_to_the_login_page_and_never_back_to_where_only_a_post_may_go(bewoner):
    response = bewoner.post("/loket/werkbank/2026-ABCDEF/neem/", headers={"referer": "https://elders.example/x"})
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/aangemeld/")


def test_what_a_resident_wrote_after_the_session_ended_stays_on_the_page(bewoner):
    response = bewoner.post("/loket/opvolgen/dossier/", {"tekst": "Ik heb nog een vraag."})
    assert response.status_code == 403
    assert "Ik heb nog een vraag." in response.content.decode()
    assert 'href="/loket/opvolgen/"' in response.content.decode()
