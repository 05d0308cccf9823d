"""The pages of the house itself: health, text that the town edits, files for robots, mail of the demo, the start."""

import json
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.conf import settings as alle_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from sociaalhuis import achtergrond, productie
from sociaalhuis.models import Gebruiker, Hartslag, Pagina, UitgaandeMail
from sociaalhuis.views import gezond

# --- health -------------------------------------------------------------------------------------


def toestand(client):
    response = client.get("/gezond/?formaat=json")
    return response.status_code, json.loads(response.content)


@pytest.mark.django_db(transaction=True)
def test_without_a_database_nothing_is_well_and_the_page_still_comes(bewoner, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nergens")
    status, inhoud = toestand(bewoner)
    assert status == 503
    assert [inhoud[naam]["goed"] for naam in ("databank", "werker", "post")] == [False] * 3
    assert bewoner.get("/gezond/").status_code == 503


def test_a_worker_that_never_lived_is_not_well(db, bewoner):
    assert toestand(bewoner) == (
        503,
        {
            "goed": False,
            "databank": {"goed": True, "leeftijd": None},
            "werker": {"goed": False, "leeftijd": None},
            "post": {"goed": True, "leeftijd": None},
        },
    )


@pytest.mark.parametrize("stil, status", [(gezond.HARTSLAG_MAX - 5, 200), (gezond.HARTSLAG_MAX + 5, 503)])
def test_a_worker_that_is_silent_too_long_is_not_well(db, bewoner, stil, status):
    Hartslag.objects.create(naam="oud", op=timezone.now() - timedelta(days=2))
    Hartslag.objects.create(naam="werker", op=timezone.now() - timedelta(seconds=stil))
    assert toestand(bewoner)[0] == status


@pytest.mark.parametrize("wacht, status", [(gezond.MAIL_MAX - 5, 200), (gezond.MAIL_MAX + 5, 503)])
def test_mail_that_waits_too_long_is_not_well(db, bewoner, wacht, status):
    achtergrond.klop()
    UitgaandeMail.objects.create(
        sleutel="x",
        message_id="x",
        aan="x@example.org",
        onderwerp="x",
        gemaakt_op=timezone.now() - timedelta(seconds=wacht),
    )
    assert toestand(bewoner)[0] == status


def test_health_for_people_and_for_programs(db, bewoner):
    achtergrond.klop()
    assert "Alles werkt" in bewoner.get("/gezond/", headers={"accept": "text/html"}).content.decode()
    assert bewoner.get("/gezond/", headers={"accept": "application/json"}).headers["Content-Type"] == "application/json"
    assert "no-store" in bewoner.get("/gezond/").headers["Cache-Control"]


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["privacy", "toegankelijkheid", "over"])
def test_a_page_that_was_not_written_is_not_there(huis, bewoner, slug):
    assert bewoner.get(f"/{slug}/").status_code == 404


def test_a_page_is_cleaned_and_filled_in(huis, bewoner):
    Pagina.objects.create(
        slug="privacy",
        titel="Privacy",
        tekst='<p onclick="x()">Dag {gemeente} <script>alert(1)</script><a href="javascript:x">a</a></p>',
    )
    tekst = bewoner.get("/privacy/").content.decode()
    assert "<p>Dag Proefdorp <a" in tekst
    assert "onclick" not in tekst and "alert(1)" not in tekst and "javascript:" not in tekst


def test_security_txt_says_where_to_report_and_is_not_expired(huis, bewoner):
    regels = dict(
        regel.split(": ", 1) for regel in bewoner.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert regels["Contact"] == "mailto:huis@proefdorp.example"
    over = timezone.datetime.fromisoformat(regels["Expires"]) - timezone.now()
    assert timedelta(days=30) < over < timedelta(days=365)


def test_robots_stay_out_of_what_is_personal(huis, bewoner):
    tekst = bewoner.get("/robots.txt").content.decode()
    for pad in ("/loket/werkbank/", "/loket/opvolgen/", "/beheer/", "/account/"):
        assert f"Disallow: {pad}\n" in tekst
    assert "/sitemap.xml" in tekst


def test_the_sitemap_lists_public_pages_only(huis, bewoner):
    Pagina.objects.create(slug="privacy", titel="Privacy", tekst="x")
    Pagina.objects.create(slug="ontwerp", titel="Nog niet", tekst="x")
    tekst = bewoner.get("/sitemap.xml").content.decode()
    assert "/privacy/</loc>" in tekst and "ontwerp" not in tekst and "werkbank" not in tekst


# --- mail of the demo ---------------------------------------------------------------------------


@pytest.fixture
def eml(settings, tmp_path):
    settings.POSTMAP = tmp_path
    settings.EMAIL_BACKEND = "sociaalhuis.post.eml.EmlBackend"
    return tmp_path


def test_outside_the_demo_there_is_no_page_with_mail(huis, bewoner, eml, settings):
    settings.DEMO = False
    assert bewoner.get("/demo/post/").status_code == 404
    assert bewoner.get(f"/demo/post/{uuid4()}/").status_code == 404


def test_a_mail_that_is_not_there_is_a_404(huis, bewoner, eml):
    (eml / "geheim.txt").write_text("geheim")
    assert bewoner.get(f"/demo/post/{uuid4()}/").status_code == 404
    assert bewoner.get("/demo/post/..%2fgeheim.txt/").status_code == 404


def test_mail_can_be_read_and_nothing_in_it_runs(huis, bewoner, eml):
    nummer = uuid4()
    bericht = EmailMessage()
    bericht["Message-ID"], bericht["To"], bericht["Subject"] = f"<{nummer}@x>", "iemand@x.example", "<b>Onderwerp</b> é"
    bericht.set_content("Dag <script>alert(1)</script> https://x.example/pad")
    (eml / f"{nummer}_x.eml").write_bytes(bericht.as_bytes())
    assert "&lt;b&gt;Onderwerp&lt;/b&gt; é" in bewoner.get("/demo/post/").content.decode()
    tekst = bewoner.get(f"/demo/post/{nummer}/").content.decode()
    assert "&lt;script&gt;alert(1)" in tekst and "<script>alert" not in tekst


def test_the_same_message_is_one_file(eml):
    for _ in range(2):
        send_mail("x", "x", None, ["x@example.org"])
    assert len(list(eml.glob("*.eml"))) == 2


# --- the demo and production --------------------------------------------------------------------


def test_wilgenbeke_stays_out_of_a_real_house(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="enkel in de demo"):
        call_command("laad_wilgenbeke")


def test_wilgenbeke_does_not_mix_with_what_is_there(huis):
    with pytest.raises(CommandError, match="niet leeg"):
        call_command("laad_wilgenbeke")
    call_command("laad_wilgenbeke", als_leeg=True)
    assert not Gebruiker.objects.exists()


def test_production_refuses_the_accounts_of_the_demo(db, settings):
    settings.DEMO = False
    productie.weiger_demo()
    Gebruiker.objects.create_user("beheer@wilgenbeke.example", "wilgenbeke-demo", naam="x")
    with pytest.raises(ImproperlyConfigured, match="accounts of the demo"):
        productie.weiger_demo()
    assert [fout.id for fout in productie.geen_demo(None)] == ["sociaalhuis.E001"]


def test_the_demo_does_not_mind_them(db):
    Gebruiker.objects.create_user("beheer@wilgenbeke.example", "wilgenbeke-demo", naam="x")
    assert alle_settings.DEMO
    productie.weiger_demo()
