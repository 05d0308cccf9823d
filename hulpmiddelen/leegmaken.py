"""Pytest plugin: what a test with transactions of its own leaves behind goes in a few milliseconds.

Django's own way truncates all tables, 250 of them, and makes every permission, group and content type anew: half a second
of processor after each such test. Here only tables with something in them are emptied, and those that were full after
migrating are put back as they were, row by row, when they changed. Triggers and foreign keys sleep meanwhile, which takes
a superuser; without one Django's own way stays.
"""

import io

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

TABELLEN = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    uitslag = yield
    if fixturedef.argname == "django_db_setup":
        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:
                begin = foto(cursor)
                naam = connection.ops.quote_name(connection.settings_dict["NAME"])
                cursor.execute(f"ALTER DATABASE {naam} SET deadlock_timeout = '50ms'")  # not a second for each of fifty
                TransactionTestCase._fixture_teardown = lambda test: herstel(begin)
    return uitslag


def foto(cursor) -> dict[str, bytes]:
    """The rows of every table that has any, as COPY writes them."""
    cursor.execute(TABELLEN)
    rijen = {tabel: lees(cursor, tabel) for (tabel,) in cursor.fetchall()}
    return {tabel: inhoud for tabel, inhoud in rijen.items() if inhoud}


def lees(cursor, tabel) -> bytes:
    uit = io.BytesIO()
    cursor.copy_expert(f"COPY {tabel} TO STDOUT", uit)
    return uit.getvalue()


def herstel(begin):
    """Makes the database hold the rows of `begin` (of `foto`) and nothing else."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(TABELLEN)
        for tabel in {naam for (naam,) in cursor.fetchall()} | begin.keys():
            if tabel not in begin:
                cursor.execute(f"DELETE FROM {tabel}")
            elif lees(cursor, tabel) != begin[tabel]:
                cursor.execute(f"DELETE FROM {tabel}")
                cursor.copy_expert(f"COPY {tabel} FROM STDIN", io.BytesIO(begin[tabel]))
