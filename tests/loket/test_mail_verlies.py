"""Nothing lost and nothing twice: killed, delivered again, the database away; and the command."""

import os
import random
import signal
import subprocess
import sys
import time
from unittest.mock import patch

import pytest
from django.conf import settings as alle_settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from hulpmiddelen import devpg
from loket.acties import mailin
from loket.management.commands import lees_mail
from loket.models import (
    Ingekomenmail,
    MagNiet,
    Vraag,
)  # fmt: skip
from sociaalhuis.models import Dossiersleutel
from tests.loket import mails
from tests.loket.mails import neem_aan, uitgaand
from tests.loket.test_mail_lezen import goede_mails, verminkt
from tests.loket.vragen import vraag_van

Staat = Ingekomenmail.Staat
KAPOT = 1000


@pytest.fixture
def zaak(postbus, team_sociale_dienst):
    """A question of someone who wants answers by mail."""
    return vraag_van(team_sociale_dienst, email=mails.BEWONER, antwoordwijze="mail", tekst="Eerste vraag")


# --- nothing lost, nothing twice ----------------------------------------------------------------


def test_the_same_message_twice_is_one_question(postbus):
    bericht = mails.mail().as_bytes()
    over_imap = b"Received: from x\r\nDelivered-To: y\r\n" + bericht.replace(b"\n", b"\r\n")
    assert neem_aan(bericht).pk == neem_aan(over_imap).pk
    assert Vraag.objects.count() == 1 and len(uitgaand()) == 1


def test_two_messages_with_the_same_words_are_two(postbus):
    neem_aan(mails.mail())
    neem_aan(mails.mail())
    assert Vraag.objects.count() == 2


def test_what_is_kept_is_not_readable_and_moves_to_the_key_of_the_case(postbus):
    rij = mailin.bewaar(inhoud=mails.mail(tekst="Kanarie").as_bytes())
    eigen = rij.eigen_sleutel_id
    assert b"Kanarie" not in bytes(Ingekomenmail.objects.get().inhoud)
    mailin.verwerk(pk=rij.pk)
    rij = Ingekomenmail.objects.get()
    assert not Dossiersleutel.objects.filter(pk=eigen).exists()
    assert rij.dossiersleutel == rij.vraag.dossiersleutel and b"Kanarie" in rij.lees()
    rij.vraag.dossiersleutel.wis()
    assert Ingekomenmail.objects.get().lees() is None


def test_the_database_refuses_what_does_not_agree(postbus):
    rij = mailin.bewaar(inhoud=mails.mail().as_bytes())
    for velden, naam in [
        ({"staat": "verwerkt"}, "verwerkt_heeft_tijd"),
        ({"staat": "mislukt", "verwerkt_op": timezone.now()}, "heeft_reden"),
        ({"staat": "verwerkt", "verwerkt_op": timezone.now()}, "verwerkt_heeft_vraag"),
        ({"eigen_sleutel": None}, "een_sleutel"),
        ({"inhoud": None}, "leeg_is_afgehandeld"),
    ]:
        with pytest.raises(IntegrityError, match=naam), transaction.atomic():
            Ingekomenmail.objects.filter(pk=rij.pk).update(**velden)
    with pytest.raises(MagNiet):
        rij.zet(Staat.ONTVANGEN)


def test_when_processing_breaks_off_the_worker_goes_on(postbus):
    with patch.object(mailin, "lees", side_effect=OperationalError):
        rij = mailin.bewaar(inhoud=mails.mail().as_bytes())
        with pytest.raises(OperationalError):
            mailin.verwerk(pk=rij.pk)
    assert Ingekomenmail.objects.get().staat == Staat.ONTVANGEN
    assert mailin.volgende_mail() is True and mailin.volgende_mail() is False
    assert Vraag.objects.count() == 1


def opdracht(*args, omgeving=(), invoer=b""):
    """The real command in a process of its own, against the database of this test."""
    gegevens = connection.settings_dict
    adres = f"postgresql://{gegevens['USER']}:{gegevens['PASSWORD']}@/{gegevens['NAME']}?host={gegevens['HOST']}"
    if gegevens["PORT"]:
        adres = adres.replace("@/", f"@:{gegevens['PORT']}/") if gegevens["HOST"].startswith("/") else adres
    env = {**os.environ, "DATABASE_URL": adres, "DATAMAP": str(alle_settings.DATAMAP), **dict(omgeving)}
    proces = subprocess.Popen(
        [sys.executable, "manage.py", "lees_mail", *args],
        cwd=devpg.CHECKOUT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        proces.stdin.write(invoer)
        proces.stdin.close()
    except BrokenPipeError:
        pass
    proces.stdin = None
    return proces


@pytest.mark.django_db(transaction=True)
def test_the_pipe_makes_a_question_and_says_all_is_well(postbus):
    proces = opdracht(invoer=mails.mail().as_bytes())
    _, fouten = proces.communicate(timeout=60)
    assert (proces.returncode, fouten) == (0, b"")
    assert Vraag.objects.get().kanaal == "mail"


def test_without_a_database_the_mail_server_must_try_again():
    proces = opdracht(invoer=mails.mail().as_bytes(), omgeving={"DATABASE_URL": "postgresql://x:y@127.0.0.1:1/weg"})
    _, fouten = proces.communicate(timeout=60)
    assert proces.returncode == 75 and b"probeer later opnieuw" in fouten


@pytest.mark.parametrize("aantal", [2, pytest.param(6, marks=pytest.mark.bewijs)])
@pytest.mark.django_db(transaction=True)
def test_kill_9_at_any_moment_loses_nothing_and_doubles_nothing(aantal, postbus):
    """So many mails, each delivered by a process that is killed at a random moment, then tried again until it says 0."""
    kans, berichten = (
        random.Random(9),
        [mails.mail(tekst=f"Vraag {n}", van=f"p{n}@voorbeeld.example") for n in range(aantal)],
    )
    gedood = 0
    for bericht in berichten:
        proces = opdracht(invoer=bericht.as_bytes())
        time.sleep(kans.uniform(0.3, 1.1))
        if proces.poll() is None:
            os.kill(proces.pid, signal.SIGKILL)
        proces.communicate(timeout=60)
        if proces.returncode:
            gedood += 1
            nog_eens = opdracht(invoer=bericht.as_bytes())
            nog_eens.communicate(timeout=60)
            assert nog_eens.returncode == 0
    while mailin.volgende_mail():
        pass
    assert gedood > 0
    assert sorted(v.tekst for v in Vraag.objects.all()) == sorted(f"Vraag {n}" for n in range(aantal))
    assert Ingekomenmail.objects.filter(staat=Staat.VERWERKT).count() == aantal
    assert len(uitgaand()) == aantal


def test_broken_mails_are_all_kept_and_none_stops_the_others(postbus):
    kans, bron = random.Random(18), goede_mails()
    for _ in range(KAPOT):
        mailin.bewaar(inhoud=verminkt(kans, bron) or b"x")
    aantal = Ingekomenmail.objects.count()
    assert aantal > KAPOT * 0.9  # some are the same
    while mailin.volgende_mail():
        pass
    assert not Ingekomenmail.objects.filter(staat=Staat.ONTVANGEN).exists()
    assert not Ingekomenmail.objects.filter(reden="onverwacht").exists()


# --- the command --------------------------------------------------------------------------------


def test_nothing_on_standard_input_is_no_mail(postbus, capsys, monkeypatch):
    class Leeg:
        class buffer:  # noqa: N801 (name of sys.stdin)
            read = staticmethod(lambda n: b"")

    monkeypatch.setattr(sys, "stdin", Leeg)
    lees_mail.Command().handle(imap=False, naar="")
    assert not Ingekomenmail.objects.exists()
