"""The virus scanner, against a small real server that speaks the protocol of clamd, over TCP and over a local socket."""

import socketserver

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from loket.acties import nakijken
from loket.models import Bijlage
from sociaalhuis.keuring import scanner
from sociaalhuis.keuring.bijlagen import keur
from sociaalhuis.keuring.woorden import BESMET
from tests.clamd import VIRUS, Lijn, clamd_op
from tests.loket.vragen import ingevuld, ontvang

GEWOON = b"Een gewone brief."


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, tmp_path, settings):
    """A scanner that runs; `antwoord` changes what it says, `gezien` is what it was given."""
    with clamd_op(None if request.param == "tcp" else tmp_path / "clamd.ctl") as server:
        settings.SCANNER = server.adres
        yield server


@pytest.fixture
def weg(settings, tmp_path):
    settings.SCANNER = f"unix://{tmp_path}/er-is-niets.ctl"


def bestand(inhoud=GEWOON):
    return SimpleUploadedFile("brief.txt", inhoud)


# --- the protocol -----------------------------------------------------------------------------


def test_a_virus_is_refused_with_a_clear_message(clamd):
    with pytest.raises(ValidationError) as gevangen:
        keur(bestand(GEWOON + VIRUS))
    assert gevangen.value.messages == [BESMET]


def test_what_is_clean_comes_in_and_the_scanner_saw_what_was_sent(clamd):
    inhoud = GEWOON * 12_000  # more than one piece
    schoon = keur(bestand(inhoud))
    assert (schoon.inhoud, schoon.wacht) == (inhoud, False)
    assert clamd.gezien == [inhoud] and len(inhoud) > 2 * scanner.STUK


@pytest.mark.parametrize("antwoord", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKE\0", b"rommel", b"\0"])
def test_an_answer_that_is_not_clear_is_no_yes(antwoord, clamd):
    clamd.antwoord = antwoord
    assert keur(bestand()).wacht is True


def test_a_scanner_that_hangs_up_or_is_away_makes_the_file_wait(weg):
    assert keur(bestand()).wacht is True
    with pytest.raises(scanner.Afwezig):
        scanner.is_besmet(GEWOON)


def test_a_scanner_that_is_silent_is_not_waited_for_long(settings, monkeypatch):
    monkeypatch.setattr(scanner, "ANTWOORD", 0.05)
    with socketserver.TCPServer(("127.0.0.1", 0), Lijn) as doof:  # accepts, and nobody serves
        settings.SCANNER = f"tcp://127.0.0.1:{doof.server_address[1]}"
        with pytest.raises(scanner.Afwezig):
            scanner.is_besmet(GEWOON)


def test_without_a_scanner_nothing_waits(settings):
    settings.SCANNER = ""
    assert keur(bestand()).wacht is False


def test_what_the_gate_refuses_is_never_sent_to_the_scanner(clamd):
    with pytest.raises(ValidationError):
        keur(bestand(b"<script>alert(1)</script>"))
    assert clamd.gezien == []


# --- waiting ----------------------------------------------------------------------------------


@pytest.fixture
def wachtend(huis, team_sociale_dienst, weg, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return ontvang(team_sociale_dienst, bijlagen=[keur(bestand(GEWOON)), keur(bestand(GEWOON + VIRUS))])


def test_the_form_takes_the_file_and_it_waits(huis, team_sociale_dienst, weg, bewoner):
    antwoord = bewoner.post("/loket/vraag/", ingevuld(bestanden=[bestand()]))
    assert 'class="bon-code"' in antwoord.content.decode()
    assert [b.keuring for b in Bijlage.objects.all()] == ["wacht"]


def test_the_form_says_what_is_wrong_with_a_virus(huis, team_sociale_dienst, clamd, bewoner):
    antwoord = bewoner.post("/loket/vraag/", ingevuld(bestanden=[bestand(VIRUS)]))
    assert antwoord.context["form"].errors["bestanden"] == [f"brief: {BESMET} Kies daarna je bestanden opnieuw."]
    assert Bijlage.objects.count() == 0


def test_a_waiting_file_is_kept_encrypted_and_nobody_can_fetch_it(wachtend, als, loket_ocmw, bewoner, tmp_path):
    bewoner.post("/loket/opvolgen/", {"code": wachtend.code})
    staf = als(loket_ocmw)
    for bijlage in Bijlage.objects.all():
        assert staf.get(f"{wachtend.vraag.get_absolute_url()}bijlage/{bijlage.pk}/").status_code == 404
        assert bewoner.get(f"/loket/opvolgen/dossier/bijlage/{bijlage.pk}/").status_code == 404
    for pagina in (staf.get(wachtend.vraag.get_absolute_url()), bewoner.get("/loket/opvolgen/dossier/")):
        tekst = pagina.content.decode()
        assert tekst.count('brief.txt <span class="stil">(Wordt nog nagekeken op virussen)') == 2
        assert f"/bijlage/{Bijlage.objects.first().pk}/" not in tekst
    for pad in (tmp_path / "bestanden").rglob("*"):
        assert pad.is_dir() or b"gewone brief" not in pad.read_bytes()


def test_while_it_stays_away_all_keep_waiting(wachtend):
    nakijken.kijk_na(timezone.now())
    assert [b.keuring for b in Bijlage.objects.all()] == ["wacht", "wacht"]


def test_when_it_is_back_clean_opens_and_a_virus_goes(
    wachtend, clamd, als, loket_ocmw, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        nakijken.kijk_na(timezone.now())
    schoon, besmet = Bijlage.objects.order_by("pk")
    assert (schoon.keuring, besmet.keuring) == ("klaar", "besmet")
    staf = als(loket_ocmw)
    adres = wachtend.vraag.get_absolute_url()
    antwoord = staf.get(f"{adres}bijlage/{schoon.pk}/")
    assert antwoord.content == GEWOON and antwoord["Content-Disposition"].startswith("attachment")
    assert staf.get(f"{adres}bijlage/{besmet.pk}/").status_code == 404
    assert not default_storage.exists(besmet.bestand) and default_storage.exists(schoon.bestand)
    assert "Geweigerd: er zat een virus in" in staf.get(adres).content.decode()


def test_a_file_of_an_erased_case_does_not_stop_the_rest(wachtend, clamd, team_sociale_dienst, settings):
    clamd.antwoord = b"rommel\0"
    ander = ontvang(team_sociale_dienst, bijlagen=[keur(bestand())], tekst="Ander")
    clamd.antwoord = b""
    wachtend.vraag.dossiersleutel.wis()
    nakijken.kijk_na(timezone.now())
    assert ander.vraag.bijlagen.get().keuring == "klaar"
    assert Bijlage.objects.wachtend().count() == 0
