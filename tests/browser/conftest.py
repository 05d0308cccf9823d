"""A real portal for the browser: its own database with the demo town, granian, the worker, Chromium.

One portal per session. Without a Chromium these tests are skipped, with one line that says how to get one.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from playwright.sync_api import sync_playwright

from django.db import connection

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
WACHTWOORD = "wilgenbeke-demo"


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
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

    def sql(self, opdracht):
        verbinding = psycopg2.connect(dbname="postgres", **self.dsn)
        verbinding.autocommit = True
        with verbinding.cursor() as cursor:
            cursor.execute(opdracht)
        verbinding.close()

    def beheer(self, *opdracht):
        """Runs a management command of the portal; raises when it fails."""
        return subprocess.run(
            [sys.executable, "manage.py", *opdracht], cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        ).stdout

    def start(self):
        self.sql(f'CREATE DATABASE "{self.naam}"')
        self.beheer("migrate", "--verbosity=0")
        self.beheer("laad_wilgenbeke")
        self.beheer("collectstatic", "--noinput", "--verbosity=0")
        web = ["-m", "granian", "--interface", "wsgi", "--workers", "2", "--host", "127.0.0.1", "--port", str(self.poort)]
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
        raise RuntimeError((self.map / "portaal.log").read_text())

    def stop(self):
        for proces in self.processen:
            proces.send_signal(signal.SIGTERM)
        for proces in self.processen:
            try:
                proces.wait(10)
            except subprocess.TimeoutExpired:
                proces.kill()
        self.sql(f'DROP DATABASE IF EXISTS "{self.naam}" WITH (FORCE)')


@pytest.fixture(scope="session")
def portaal(tmp_path_factory, django_db_setup):
    portaal = Portaal(tmp_path_factory.mktemp("portaal"))
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


class Bezoek:
    """One browser window of one person on the portal."""

    def __init__(self, portaal, chromium, breedte=1280, schema="light", javascript=True):
        self.portaal = portaal
        self.context = chromium.new_context(
            base_url=portaal.url,
            viewport={"width": breedte, "height": 900},
            color_scheme=schema,
            locale="nl-BE",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        self.pagina = self.context.new_page()
        self.pagina.set_default_timeout(10_000)

    def meld_aan(self, naam):
        """Logs in as a demo account, `naam` without the town's mail domain."""
        self.pagina.goto("/account/login/")
        self.pagina.fill("input[name=login]", f"{naam}@wilgenbeke.example")
        self.pagina.fill("input[name=password]", WACHTWOORD)
        self.pagina.click("main button[type=submit]")
        self.pagina.wait_for_url(lambda url: "/account/login/" not in url)
        return self


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
