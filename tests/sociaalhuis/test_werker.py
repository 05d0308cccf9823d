"""The worker as a process: killed, without a mail server, without a database. Nothing lost, nothing sent twice.

With BEWIJS=1500 the proof runs at the size of the promise, as in `make bewijzen`:
`BEWIJS=1500 make test ARGS=tests/sociaalhuis/test_werker.py`.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction

from sociaalhuis import achtergrond
from sociaalhuis.models import Hartslag, UitgaandeMail
from sociaalhuis.post.uit import zet_klaar

pytestmark = pytest.mark.django_db(transaction=True)

AANTAL = int(os.environ.get("BEWIJS", "60"))
LEASE = 2  # seconds, so that the mails of a killed worker go soon


def databank_url():
    gegevens = connection.settings_dict
    wie = quote(gegevens["USER"] or "") + (f":{quote(gegevens['PASSWORD'])}" if gegevens["PASSWORD"] else "")
    poort = f"&port={gegevens['PORT']}" if gegevens["PORT"] else ""
    return f"postgresql://{wie}@/{gegevens['NAME']}?host={quote(gegevens['HOST'], safe='')}{poort}"


@pytest.fixture
def start(postvanger):
    """start() -> a worker in a process of its own; all are gone after the test."""
    processen = []

    def nieuw():
        omgeving = {**os.environ, "DATABASE_URL": databank_url(), "SMTP_URL": f"smtp://127.0.0.1:{postvanger.poort}"}
        opdracht = [sys.executable, "manage.py", "werker", f"--lease={LEASE}"]
        processen.append(subprocess.Popen(opdracht, cwd=settings.BASE_DIR, env=omgeving, stderr=subprocess.PIPE))
        return processen[-1]

    yield nieuw
    for proces in processen:
        proces.kill()
        proces.wait()
        proces.stderr.close()


def klaar(hoeveel=AANTAL):
    with transaction.atomic():
        for nummer in range(hoeveel):
            zet_klaar(sleutel=f"m-{nummer}", aan=f"m{nummer}@proefdorp.example", onderwerp="Nieuws", tekst="Kijk even.")


def wacht_tot(waar, seconden=60):
    tot = time.monotonic() + seconden
    while not waar():
        assert time.monotonic() < tot, "it took too long"
        time.sleep(0.02)


def nummers(postvanger):
    """How often each Message-ID arrived."""
    return Counter(re.search(r"^Message-ID: (\S+)", tekst, re.MULTILINE)[1] for tekst in postvanger.inhoud)


def verzonden():
    return UitgaandeMail.objects.filter(staat="verzonden").count()


def test_killed_workers_lose_nothing_and_double_at_most_once_per_kill(start, postvanger):
    klaar()
    keren = 1 + AANTAL // 500
    for keer in range(1, keren + 1):
        proces = start()
        wacht_tot(lambda keer=keer: len(postvanger.berichten) >= AANTAL * keer // (keren + 2))
        proces.send_signal(signal.SIGKILL)
        proces.wait()
    start(), start()
    wacht_tot(lambda: verzonden() == AANTAL)
    aangekomen = nummers(postvanger)
    assert set(aangekomen) == set(UitgaandeMail.objects.values_list("message_id", flat=True))
    assert sum(aangekomen.values()) - AANTAL <= keren
    assert not UitgaandeMail.objects.exclude(tekst="").exists()


def test_without_a_mail_server_everything_waits_and_goes_once_when_it_is_back(start, postvanger):
    poort = postvanger.poort
    postvanger.stop()
    klaar()
    start()
    wacht_tot(lambda: Hartslag.objects.exists())
    time.sleep(1.5)
    assert verzonden() == 0
    postvanger.start(poort)
    wacht_tot(lambda: verzonden() == AANTAL)
    assert set(nummers(postvanger).values()) == {1} and len(nummers(postvanger)) == AANTAL
    assert not UitgaandeMail.objects.filter(pogingen__gt=0).exists()


def test_a_cut_connection_to_the_database_is_made_again(start, postvanger):
    start()
    wacht_tot(lambda: Hartslag.objects.exists())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%%'"
            " OR (datname = current_database() AND pid <> pg_backend_pid())"
        )
    klaar(5)
    wacht_tot(lambda: verzonden() == 5)
    assert set(nummers(postvanger).values()) == {1}


def test_sigterm_ends_it_cleanly(start, postvanger):
    proces = start()
    wacht_tot(lambda: Hartslag.objects.exists())
    begin = time.monotonic()
    proces.terminate()
    assert proces.wait(10) == 0
    assert time.monotonic() - begin < 5


def test_a_sign_of_the_database_wakes_it(start, postvanger):
    """Well before the next look: a mail leaves at once."""
    start()
    wacht_tot(lambda: Hartslag.objects.exists())
    time.sleep(0.3)
    duur = []
    for nummer in range(5):
        begin = time.monotonic()
        zet_klaar(sleutel=f"los-{nummer}", aan="x@proefdorp.example", onderwerp="x", tekst="x")
        wacht_tot(lambda nummer=nummer: len(postvanger.berichten) == nummer + 1)
        duur.append(time.monotonic() - begin)
    assert sorted(duur)[2] < achtergrond.RUST / 4


def test_a_task_that_breaks_rests_and_the_others_go_on(monkeypatch, caplog):
    werker, gedaan = achtergrond.Werker(), []

    def stuk():
        gedaan.append("stuk")
        raise RuntimeError("kanarie")

    def goed():
        gedaan.append("goed")
        if gedaan.count("goed") == 3:
            werker.stop()
        return True

    werker.werk([stuk, goed])
    assert gedaan == ["stuk", "goed", "goed", "goed"]
    assert "a task failed" in caplog.text
