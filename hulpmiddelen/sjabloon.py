"""Pytest plugin: the test database is a copy of a migrated template, made once per set of migrations.

Migrating from nothing takes many seconds of Python, copying a database a tenth of one. The template's name is a hash
of the migrations and of the lock of packages, so it is never stale; a fresh checkout, as in CI, really migrates.
Django still runs `migrate` on the copy, finds nothing to do, and sends its signals. On the embedded server it also
removes the test databases that killed runs left behind: the pid in their name is gone.
"""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
from urllib.parse import quote, urlencode

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg2 import sql

from hulpmiddelen.devpg import CHECKOUT

SLOT = 7415_2026  # any number, the same for everyone who makes templates


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
    naam = f"sjabloon_{vingerafdruk()}"
    with contextlib.closing(psycopg2.connect(url(instellingen, "postgres"))) as verbinding:
        verbinding.autocommit = True
        cursor = verbinding.cursor()
        cursor.execute("SELECT pg_advisory_lock(%s)", [SLOT])  # until this connection closes
        cursor.execute("SELECT datname FROM pg_database")
        namen = {rij[0] for rij in cursor.fetchall()}
        ruim_op(cursor, namen - {naam})
        if naam not in namen:
            bouw(cursor, naam, instellingen)
        yield naam


def vingerafdruk() -> str:
    som = hashlib.sha256((CHECKOUT / "requirements-dev.txt").read_bytes() + repr(settings.INSTALLED_APPS).encode())
    for app in apps.get_app_configs():
        for bestand in sorted(CHECKOUT.glob(f"{app.name.replace('.', '/')}/migrations/*")):
            if bestand.is_file():
                som.update(str(bestand).encode() + bestand.read_bytes())
    return som.hexdigest()[:16]


def bouw(cursor, naam, instellingen):
    half = f"{naam}_half"
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
    omgeving = {**os.environ, "DATABASE_URL": url(instellingen, half)}
    uitslag = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"],
        cwd=CHECKOUT,
        env=omgeving,
        capture_output=True,
        text=True,
    )
    if uitslag.returncode:
        raise pytest.UsageError(f"The migrations fail:\n{uitslag.stderr}")
    cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(naam)))


def ruim_op(cursor, namen):
    """Drop the templates of other migrations, and on the embedded server what killed test runs left."""
    for naam in namen:
        pid = re.fullmatch(r"test_\w+?_(\d+)", naam)
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
