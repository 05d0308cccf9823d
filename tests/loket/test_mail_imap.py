"""Reading a mailbox over IMAP, against a small real server: marked only after the commit of what a mail became."""

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from loket.acties import mailin
from loket.mail.imap import Mailbox
from loket.management.commands import lees_mail
from loket.models import Ingekomenmail, Postbus, Vraag
from tests.loket import mails
from tests.loket.imapserver import Bak, Server


@pytest.fixture
def postbus(huis, team_sociale_dienst):
    return Postbus.objects.create(adres=mails.POSTBUS, team=team_sociale_dienst)


def drie():
    return [mails.mail(tekst=f"Vraag {n}").as_bytes() for n in range(3)]


@pytest.mark.parametrize("url", ["http://x", "imap://", "x", "imaps:///INBOX"])
def test_a_wrong_setting_says_how_it_should_be(url, settings):
    settings.IMAP_URL = url
    with pytest.raises(CommandError, match="IMAP_URL is imaps://"):
        call_command("lees_mail", "--imap")


def test_without_a_setting_it_says_so(settings):
    settings.IMAP_URL = ""
    with pytest.raises(CommandError, match="Zet IMAP_URL"):
        call_command("lees_mail", "--imap")


def test_the_parts_of_the_setting():
    mailbox = Mailbox.uit("imaps://een%40twee:g%3Aheim@post.example/Loket%20in?verwerkt=Klaar")
    assert mailbox == Mailbox("post.example", 993, True, "een@twee", "g:heim", "Loket in", "Klaar")


def test_a_server_that_is_away_or_refuses_is_tried_later(postbus, settings, capsys):
    settings.IMAP_URL = "imap://loket:geheim@127.0.0.1:1/INBOX"
    with pytest.raises(SystemExit) as uit:
        call_command("lees_mail", "--imap")
    assert uit.value.code == 75
    with Server(Bak()) as server:
        settings.IMAP_URL = server.url(wachtwoord="fout")
        with pytest.raises(SystemExit) as uit:
            call_command("lees_mail", "--imap")
    assert uit.value.code == 75 and "geheim" not in capsys.readouterr().err


def test_read_mails_are_marked_and_read_once(postbus, settings, capsys):
    with Server(Bak(*drie())) as server:
        settings.IMAP_URL = server.url()
        call_command("lees_mail", "--imap")
        assert Vraag.objects.count() == 3
        assert all("\\Seen" in vlaggen for vlaggen, _ in server.bak.mappen["INBOX"].values())
        call_command("lees_mail", "--imap")
    assert Vraag.objects.count() == 3 and capsys.readouterr().out == "3 mails gelezen.\n0 mails gelezen.\n"


@pytest.mark.parametrize("kan_move", [True, False])
def test_read_mails_go_to_a_folder_when_one_is_named(kan_move, postbus, settings):
    with Server(Bak(*drie(), kan_move=kan_move)) as server:
        settings.IMAP_URL = server.url(rest="?verwerkt=Verwerkt")
        call_command("lees_mail", "--imap")
        assert server.bak.mappen["INBOX"] == {} and len(server.bak.mappen["Verwerkt"]) == 3
    assert Vraag.objects.count() == 3


def test_what_was_not_kept_is_not_marked(postbus, settings, monkeypatch):
    """The database goes away at the second of three: the first is in and marked, the others come again."""
    bewaar, geteld = mailin.bewaar, []

    def hapert(**velden):
        geteld.append(1)
        if len(geteld) == 2:
            raise OperationalError
        return bewaar(**velden)

    monkeypatch.setattr(lees_mail, "bewaar", hapert)
    with Server(Bak(*drie())) as server:
        settings.IMAP_URL = server.url()
        with pytest.raises(SystemExit) as uit:
            call_command("lees_mail", "--imap")
        gezien = ["\\Seen" in vlaggen for vlaggen, _ in server.bak.mappen["INBOX"].values()]
        assert (uit.value.code, gezien, Vraag.objects.count()) == (75, [True, False, False], 1)
        call_command("lees_mail", "--imap")
    assert sorted(v.tekst for v in Vraag.objects.all()) == ["Vraag 0", "Vraag 1", "Vraag 2"]


def test_of_an_enormous_mail_only_the_beginning_is_fetched(postbus, settings):
    settings.MAIL_MAX_BYTES = 20_000
    groot = mails.met_bestand("groot.png", b"\x89PNG" + b"x" * 90_000, ("image", "png")).as_bytes()
    with Server(Bak(groot)) as server:
        settings.IMAP_URL = server.url()
        call_command("lees_mail", "--imap")
    rij = Ingekomenmail.objects.get()
    assert (rij.afgekapt, rij.grootte) == (True, len(groot)) and len(rij.lees()) == 20_000
    assert Vraag.objects.get().tekst == "Ik heb een vraag over mijn huur."
