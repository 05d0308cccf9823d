"""Pytest plugin: the test database is a copy of a migrated template, made once per set of migrations.

Migrating from nothing takes many seconds of Python, copying a database a tenth of one. The template's name is a hash
of the migrations and of the lock of packages, so it is never stale; a fresh checkout, as in CI, really migrates.
Django still runs `migrate` on the copy, finds nothing to do, and sends its signals. On the embedded server it also
removes the test databases that killed runs left behind: the pid in their name is gone.

The demo town has a template too, with its files and the collected static files beside it in .data: loading it takes ten
seconds of processor, copying it half a one. It is made anew when any code or data changes, and every hour, because its
people asked their questions so many hours ago.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from urllib.parse import quote, urlencode

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg2 import sql

from hulpmiddelen.devpg import CHECKOUT
from hulpmiddelen.voorbereiding import CODE, DATA

SLOT = 7415_2026  # any number, the same for everyone who makes templates
MIGREER = ["migrate", "--no-input", "--verbosity=0"]
LAAD = [["laad_wilgenbeke", "--verbosity=0"], ["collectstatic", "--no-input", "--verbosity=0"]]


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    if fixturedef.argname != "django_db_setup":
        return (yield)
    with sjabloon(connection.settings_dict) as naam:
        connection.settings_dict["TEST"]["TEMPLATE"] = naam
        return (yield)


@contextlib.contextmanager
def sjabloon(instellingen):
    """The name of a migrated database that nobody is connected to, and that stays until it has been copied."""
    with beurt(instellingen) as (cursor, namen):
        yield gemigreerd(cursor, namen, instellingen)


@contextlib.contextmanager
def stad(instellingen):
    """(name, folder) of a database with the demo town and of its DATAMAP, that stay until they have been copied."""
    with beurt(instellingen) as (cursor, namen):
        naam = naam_van_stad()
        map_ = DATA / naam
        if naam not in namen or not map_.is_dir():
            shutil.rmtree(map_, ignore_errors=True)
            omgeving = {"DATAMAP": str(map_), "DEMO": "1"}
            bouw(cursor, naam, instellingen, LAAD, gemigreerd(cursor, namen, instellingen), **omgeving)
        yield naam, map_


@contextlib.contextmanager
def kopie_van_stad(instellingen, naam, map_):
    """A database `naam` with the demo town, whose files are in the new folder `map_`; the database goes afterwards."""
    with stad(instellingen) as (bron, bronmap):
        doe(instellingen, "CREATE DATABASE {} TEMPLATE {}", naam, bron)
        shutil.copytree(bronmap, map_, dirs_exist_ok=True)
    try:
        yield
    finally:
        doe(instellingen, "DROP DATABASE IF EXISTS {} WITH (FORCE)", naam)


@contextlib.contextmanager
def beurt(instellingen):
    """A cursor and the names of all databases, for one at a time; what is stale goes first."""
    with contextlib.closing(psycopg2.connect(url(instellingen, "postgres"))) as verbinding:
        verbinding.autocommit = True
        cursor = verbinding.cursor()
        cursor.execute("SELECT pg_advisory_lock(%s)", [SLOT])  # until this connection closes
        cursor.execute("SELECT datname FROM pg_database")
        namen = {rij[0] for rij in cursor.fetchall()}
        blijft = {f"sjabloon_{vingerafdruk()}", naam_van_stad()}
        ruim_op(cursor, namen - blijft)
        for map_ in DATA.glob("sjabloon_stad_*"):
            if map_.name not in blijft:
                shutil.rmtree(map_)
        yield cursor, namen


def gemigreerd(cursor, namen, instellingen) -> str:
    naam = f"sjabloon_{vingerafdruk()}"
    if naam not in namen:
        bouw(cursor, naam, instellingen, [MIGREER])
    return naam


def vingerafdruk() -> str:
    som = hashlib.sha256((CHECKOUT / "requirements-dev.txt").read_bytes() + repr(settings.INSTALLED_APPS).encode())
    for app in apps.get_app_configs():
        for bestand in sorted(CHECKOUT.glob(f"{app.name.replace('.', '/')}/migrations/*")):
            if bestand.is_file():
                som.update(str(bestand).encode() + bestand.read_bytes())
    return som.hexdigest()[:16]


def naam_van_stad() -> str:
    """Of the code, templates and data of all apps, the static files and the hour."""
    som = hashlib.sha256(f"{vingerafdruk()} {datetime.now():%Y%m%d%H} {os.environ.get('BETEKENIS')}".encode())
    for plek in (*CODE, "static"):
        for pad in sorted([CHECKOUT / plek, *(CHECKOUT / plek).rglob("*")]):
            if pad.is_file() and "__pycache__" not in pad.parts:
                som.update(str(pad).encode() + pad.read_bytes())
    return f"sjabloon_stad_{som.hexdigest()[:16]}"


def bouw(cursor, naam, instellingen, opdrachten, bron="template1", **extra):
    """Makes a database by commands of manage.py; it gets its name when all of them are done."""
    half = f"{naam}_half"
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
    cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(half), sql.Identifier(bron)))
    omgeving = {**os.environ, "DATABASE_URL": url(instellingen, half), **extra}
    for opdracht in opdrachten:
        uitslag = subprocess.run(
            [sys.executable, "manage.py", *opdracht], cwd=CHECKOUT, env=omgeving, capture_output=True, text=True
        )
        if uitslag.returncode:
            raise pytest.UsageError(f"manage.py {opdracht[0]} fails:\n{uitslag.stderr}")
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(naam)))
    cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(naam)))


def doe(instellingen, opdracht, *namen):
    """Runs a command about databases outside any of them."""
    with contextlib.closing(psycopg2.connect(url(instellingen, "postgres"))) as verbinding:
        verbinding.autocommit = True
        verbinding.cursor().execute(sql.SQL(opdracht).format(*map(sql.Identifier, namen)))


def ruim_op(cursor, namen):
    """Drop the templates of other migrations, and on the embedded server what killed test runs left."""
    for naam in namen:
        pid = re.fullmatch(r"test_\w+?_(\d+)(_gw\d+)?", naam)
        weg = naam.startswith("sjabloon_") or (pid and "DATABASE_URL" not in os.environ and not leeft(int(pid[1])))
        if weg:
            with contextlib.suppress(psycopg2.errors.ObjectInUse):
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(naam)))


def leeft(pid) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def url(instellingen, naam) -> str:
    """One of Django's databases under another name, as a URL for DATABASE_URL and for libpq."""
    wie = quote(instellingen["USER"], safe="")
    if instellingen["PASSWORD"]:
        wie += ":" + quote(instellingen["PASSWORD"], safe="")
    opties = {"host": instellingen["HOST"], "port": instellingen["PORT"], **instellingen.get("OPTIONS", {})}
    vraag = urlencode({sleutel: waarde for sleutel, waarde in opties.items() if waarde}, quote_via=quote, safe="")
    return f"postgresql://{wie}@/{naam}?{vraag}"
