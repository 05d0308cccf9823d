"""A real portal for the browser: its own copy of the demo town, granian, the worker, Chromium.

One portal per process that runs tests. Without a Chromium these tests are skipped, with one line that says how to get one.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from django.db import connection
from playwright.sync_api import sync_playwright

from hulpmiddelen.sjabloon import kopie_van_stad
from tests.browser.bezoek import WACHTWOORD, Bezoek
from tests.browser.kijker import Kijker
from tests.browser.mensen import Mensen
from tests.browser.paginas import voorwerpen

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
VLAGGEN = [
    "--no-sandbox",
    "--headless=new",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "portaal" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium found; get it with: apt-get install chromium"))


def vrije_poort():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Portaal:
    """A running portal: `url`, its database (`dsn`), the folder of its mails (`post`)."""

    def __init__(self, map_):
        self.map = map_
        self.post = map_ / "post"
        self.poort = vrije_poort()
        self.url = f"http://127.0.0.1:{self.poort}"
        self.naam = f"test_portaal_{os.getpid()}"
        server = connection.settings_dict
        self.dsn = {
            "host": server["HOST"],
            "user": server["USER"],
            "password": server["PASSWORD"],
            "port": server["PORT"] or None,
        }
        wie = quote(server["USER"]) + (f":{quote(server['PASSWORD'])}" if server["PASSWORD"] else "")
        poort = f"&port={server['PORT']}" if server["PORT"] else ""
        self.env = {
            **os.environ,
            "DEMO": "1",
            "PORT": str(self.poort),
            "DATAMAP": str(map_),
            "DATABASE_URL": f"postgresql://{wie}@/{self.naam}?host={quote(server['HOST'], safe='')}{poort}",
            "DJANGO_SETTINGS_MODULE": "sociaalhuis.settings",
        }
        self.processen = []

    def rijen(self, vraag, *waarden):
        """The rows that a query gives on the portal's own database."""
        verbinding = psycopg2.connect(dbname=self.naam, **self.dsn)
        with contextlib.closing(verbinding), verbinding.cursor() as cursor:
            cursor.execute(vraag, waarden)
            return cursor.fetchall()

    def verzet(self, opdracht, *waarden):
        """Changes the portal's own database behind its back: what time does, no person."""
        verbinding = psycopg2.connect(dbname=self.naam, **self.dsn)
        with contextlib.closing(verbinding), verbinding, verbinding.cursor() as cursor:
            cursor.execute(opdracht, waarden)

    def mails(self, aan):
        """The mails that left for an address, oldest first."""
        paden = sorted(self.post.glob("*.eml"), key=lambda pad: pad.stat().st_mtime_ns)
        alle = [message_from_bytes(pad.read_bytes(), policy=default) for pad in paden]
        return [mail for mail in alle if str(mail["To"]) == aan]

    def wacht_op_mail(self, aan, na=0):
        """The newest mail for an address, once there are more than `na`."""
        for _ in range(200):
            if len(mails := self.mails(aan)) > na:
                return mails[-1]
            time.sleep(0.1)
        raise AssertionError(f"no mail number {na + 1} within 20 seconds")

    def maak_account(self, naam, rol, *, wachtwoord=True, medewerker=False):
        """An account besides those of the demo, for tests that change it."""
        opdracht = f"""if True:
            from django.contrib.auth.models import Group
            from sociaalhuis.models import Gebruiker
            gebruiker = Gebruiker.objects.create_user("{naam}@wilgenbeke.example", naam="Proef", is_staff={medewerker},
                password={WACHTWOORD if wachtwoord else None!r})
            gebruiker.groups.add(Group.objects.get(name="{rol}"))"""
        self.beheer("shell", "--no-imports", "--command", opdracht)

    def beheer(self, *opdracht):
        """Runs a management command of the portal; raises when it fails."""
        return subprocess.run(
            [sys.executable, "manage.py", *opdracht], cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        ).stdout

    def start(self):
        web = ["-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"]
        web += ["--host", "127.0.0.1", "--port", str(self.poort)]
        uit = (self.map / "portaal.log").open("w")
        for deel in ([*web, "--no-access-log", "sociaalhuis.wsgi:application"], ["manage.py", "werker"]):
            self.processen.append(
                subprocess.Popen([sys.executable, *deel], cwd=ROOT, env=self.env, stdout=uit, stderr=subprocess.STDOUT)
            )
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/robots.txt", timeout=2).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.map / "portaal.log").read_text()[-3000:])

    def stop(self):
        for proces in self.processen:
            proces.send_signal(signal.SIGTERM)
        for proces in self.processen:
            try:
                proces.wait(10)
            except subprocess.TimeoutExpired:
                proces.kill()


@pytest.fixture(scope="session")
def portaal(tmp_path_factory, django_db_setup):
    portaal = Portaal(tmp_path_factory.mktemp("portaal"))
    with kopie_van_stad(connection.settings_dict, portaal.naam, portaal.map):
        try:
            yield portaal.start()
        finally:
            portaal.stop()


@pytest.fixture(scope="session")
def chromium():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs a loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=VLAGGEN)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def mensen(portaal, chromium):
    """Everyone who visits, let in once."""
    return Mensen(portaal, chromium)


@pytest.fixture(scope="session")
def dingen(portaal, mensen):
    """What the addresses of paginas.py are about."""
    mensen.venster("zonder-wachtwoord")  # gets a mail, so there is one to read
    mensen.sluit()
    return voorwerpen(portaal)


@pytest.fixture
def kijk(mensen):
    """Opens the eyes of somebody: `kijk("coordinator", schema="dark")`."""
    yield lambda wie=None, **keuzes: Kijker(mensen.venster(wie, **keuzes))
    mensen.sluit()


@pytest.fixture
def bezoek(portaal, chromium):
    """Opens windows: `bezoek("loket.ocmw", breedte=320)`; closes them after the test."""
    open_ = []

    def nieuw(naam=None, **keuzes):
        venster = Bezoek(portaal, chromium, **keuzes)
        open_.append(venster)
        return venster.meld_aan(naam) if naam else venster

    yield nieuw
    for venster in open_:
        venster.context.close()
