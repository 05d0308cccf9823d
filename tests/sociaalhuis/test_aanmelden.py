"""One door: passwords that cannot be guessed, codes by mail, and everyone to their own work."""

import os
import re

import pytest
from django.test import Client

from sociaalhuis import begrenzing, settings
from sociaalhuis.models import Gebruiker, Poging, UitgaandeMail

pytestmark = pytest.mark.usefixtures("huis")
LOGIN = "/account/login/"
GOKKEN = 10_000 if os.environ.get("AANTAL") else 30  # `make aanval` tries as often as the promise says


@pytest.fixture
def klant(loket_ocmw, wachtwoord):
    """`loket_ocmw` with a password."""
    loket_ocmw.set_password(wachtwoord)
    loket_ocmw.save()
    return loket_ocmw


def probeer(gebruiker, wachtwoord, adres="203.0.113.7", **koppen):
    """Tries a password in a fresh browser at an address; True when it let the user in."""
    client = Client(REMOTE_ADDR=adres, headers=koppen)
    response = client.post(LOGIN, {"login": gebruiker.email, "password": wachtwoord})
    assert response.status_code in (200, 302)
    return response.status_code == 302 and "_auth_user_id" in client.session


@pytest.fixture
def nagekeken(monkeypatch):
    """Every time a password was really looked at."""
    keren = []
    echt = Gebruiker.check_password
    monkeypatch.setattr(Gebruiker, "check_password", lambda self, wat: keren.append(wat) or echt(self, wat))
    return keren


# --- guessing -----------------------------------------------------------------------------------


def test_five_tries_are_looked_at_per_user_and_address(klant, wachtwoord, nagekeken):
    for nummer in range(GOKKEN):
        assert not probeer(klant, f"gok-{nummer}")
    assert len(nagekeken) == 5
    assert not probeer(klant, wachtwoord), "even the right one, from there"
    assert len(nagekeken) == 5


def test_the_user_comes_in_from_elsewhere_while_someone_guesses(klant, wachtwoord):
    for nummer in range(10):
        probeer(klant, f"gok-{nummer}")
    assert probeer(klant, wachtwoord, adres="198.51.100.4")


def test_others_at_the_same_address_come_in(klant, wachtwoord, loket_gemeente):
    loket_gemeente.set_password(wachtwoord)
    loket_gemeente.save()
    for nummer in range(10):
        probeer(klant, f"gok-{nummer}")
    assert probeer(loket_gemeente, wachtwoord)


def test_a_forged_header_does_not_make_another_address(klant, nagekeken):
    for nummer in range(12):
        probeer(klant, "gok", x_forwarded_for=f"198.51.100.{nummer}", x_real_ip=f"198.51.100.{nummer}")
    assert len(nagekeken) == 5


def test_behind_a_proxy_the_last_address_counts_and_a_forged_one_does_not(klant, nagekeken, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for nummer in range(12):
        probeer(klant, "gok", adres="127.0.0.1", x_forwarded_for=f"10.0.0.{nummer}, 203.0.113.9")
    assert len(nagekeken) == 5
    probeer(klant, "gok", adres="127.0.0.1", x_forwarded_for="10.0.0.1, 203.0.113.10")
    assert len(nagekeken) == 6


def test_one_password_on_many_users_stops_too(db, monkeypatch):
    monkeypatch.setattr("sociaalhuis.aanmelden.POGINGEN_PER_ADRES", 8)
    pogingen = [
        Client(REMOTE_ADDR="203.0.113.7").post(LOGIN, {"login": f"u{n}@proefdorp.example", "password": "Zomer2026!"})
        for n in range(12)
    ]
    te_vaak = [response.context["form"].errors.as_text() for response in pogingen]
    assert len(set(te_vaak[:8])) == 1 and len(set(te_vaak[8:])) == 1 and te_vaak[0] != te_vaak[-1]


def test_an_unknown_address_and_a_wrong_password_look_the_same(klant):
    fouten = [
        Client().post(LOGIN, {"login": email, "password": "gok"}).context["form"].errors.as_text()
        for email in (klant.email, "niemand@proefdorp.example")
    ]
    assert fouten[0] == fouten[1] != ""


def test_capital_letters_are_not_another_user(klant, nagekeken):
    for nummer in range(8):
        klant.email = klant.email.upper() if nummer % 2 else klant.email.lower()
        probeer(klant, "gok")
    assert len(nagekeken) == 5


def test_coming_in_forgets_the_tries(klant, wachtwoord):
    for _ in range(3):
        for _ in range(4):
            assert not probeer(klant, "typfout")
        assert probeer(klant, wachtwoord)


def test_no_address_or_mail_can_be_read_from_the_counted_tries(klant):
    probeer(klant, "gok")
    assert Poging.objects.count() == 2
    assert all(re.fullmatch("[0-9a-f]{64}", rij.sleutel) for rij in Poging.objects.all())


@pytest.mark.parametrize(
    "waarheen", ["http://[::1", "//elders.example", "/\\elders.example", "javascript:alert(1)", "\x00"]
)
def test_an_address_that_is_not_ours_leads_home(waarheen, als, loket_ocmw):
    for pad in (LOGIN, "/account/login/code/confirm/"):
        antwoord = als(loket_ocmw).get(pad, {"next": waarheen})
        assert (antwoord.status_code, antwoord.url) == (302, "/aangemeld/"), pad


# --- coming in ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wie, waarheen",
    [
        ("loket_ocmw", "/loket/werkbank/"),
        ("team_ocmw", "/loket/werkbank/"),
        ("planner", "/beheer/"),
        ("coordinator", "/beheer/"),
        ("beheer", "/beheer/"),
        ("toezicht", "/beheer/"),
        ("voedselbank", "/participatie/mijn/"),
    ],
)
def test_everyone_goes_to_their_own_work(wie, waarheen, als, request):
    assert als(request.getfixturevalue(wie)).get("/aangemeld/").url == waarheen


def test_the_page_that_was_asked_for_comes_first(klant, wachtwoord):
    response = Client().post(f"{LOGIN}?next=/plan/", {"login": klant.email, "password": wachtwoord, "next": "/plan/"})
    assert response.url == "/plan/"


def test_login_never_leads_to_another_site(klant, wachtwoord):
    response = Client().post(LOGIN, {"login": klant.email, "password": wachtwoord, "next": "https://kwaad.example/"})
    assert response.url == "/aangemeld/"


def test_the_admin_has_no_door_of_its_own(bewoner):
    assert bewoner.get("/beheer/").url == "/beheer/login/?next=/beheer/"
    assert bewoner.get("/beheer/login/?next=/beheer/").url == "/account/login/?next=/beheer/"
    assert bewoner.post("/beheer/login/", {"username": "x", "password": "x"}).url == "/account/login/?next=/beheer/"


def test_the_admin_does_not_exist_for_an_organisation(als, voedselbank):
    assert als(voedselbank).get("/beheer/", follow=True).status_code == 404


@pytest.mark.parametrize("pad", ["signup/", "email/", "confirm-email/", "social/login/cancelled/", "3rdparty/"])
def test_what_this_house_does_not_use_does_not_exist(bewoner, pad):
    assert bewoner.get(f"/account/{pad}").status_code == 404


# --- a code by mail -----------------------------------------------------------------------------


def vraag_code(email, adres="203.0.113.7", client=None):
    client = client or Client(REMOTE_ADDR=adres)
    return client.post("/account/login/code/", {"email": email})


def test_an_organisation_comes_in_with_a_mailed_code(voedselbank):
    client = Client()
    assert vraag_code(voedselbank.email, client=client).url == "/account/login/code/confirm/"
    mail = UitgaandeMail.objects.get()
    assert mail.aan == voedselbank.email
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.tekst, re.MULTILINE)[1]
    assert client.post("/account/login/code/confirm/", {"code": "FOUT99"}).status_code == 200
    response = client.post("/account/login/code/confirm/", {"code": code})
    assert response.url == "/aangemeld/"
    assert client.get("/aangemeld/").url == "/participatie/mijn/"


def test_the_mail_says_nothing_but_the_code(voedselbank):
    vraag_code(voedselbank.email)
    mail = UitgaandeMail.objects.get()
    assert "ocmw" not in mail.onderwerp.lower() and voedselbank.naam not in mail.onderwerp + mail.tekst
    assert not re.search(r"\d", mail.onderwerp), "no code on a locked screen"


def test_nobody_learns_which_addresses_exist(voedselbank):
    antwoorden = [vraag_code(email) for email in (voedselbank.email, "niemand@proefdorp.example")]
    assert [a.status_code for a in antwoorden] == [302, 302]
    assert antwoorden[0].url == antwoorden[1].url
    assert UitgaandeMail.objects.count() == 1


def test_asking_for_codes_is_limited_per_user_and_address(voedselbank):
    for _ in range(8):
        vraag_code(voedselbank.email)
    assert UitgaandeMail.objects.count() == 5
    vraag_code(voedselbank.email, adres="198.51.100.4")
    assert UitgaandeMail.objects.count() == 6


def test_a_mailbox_is_not_flooded_from_many_addresses(voedselbank, monkeypatch):
    monkeypatch.setattr("sociaalhuis.aanmelden.CODES_PER_MAILBOX", 7)
    for nummer in range(12):
        vraag_code(voedselbank.email, adres=f"203.0.113.{nummer}")
    assert UitgaandeMail.objects.count() == 7


# --- counting tries -----------------------------------------------------------------------------


def test_tries_count_within_a_window_and_start_again_after_it(db):
    per = begrenzing.timedelta(minutes=1)
    assert [begrenzing.telt("x", per, 2) for _ in range(4)] == [True, True, False, False]
    assert begrenzing.telt("y", per, 2) is True
    Poging.objects.update(tot=begrenzing.timezone.now())
    assert begrenzing.telt("x", per, 2) is True
    assert begrenzing.ruim_op() == 1


def test_forgetting_a_key_leaves_the_others(db):
    per = begrenzing.timedelta(minutes=1)
    begrenzing.telt("x", per, 1), begrenzing.telt("y", per, 1)
    begrenzing.vergeet("x")
    assert (begrenzing.telt("x", per, 1), begrenzing.telt("y", per, 1)) == (True, False)


def test_passwords_are_hashed_by_argon2_at_its_full_price():
    """What the settings file says: the tests themselves take a cheaper one."""
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
