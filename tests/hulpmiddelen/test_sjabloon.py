"""The template of the test database: really migrated, really the source of this run's database."""

import contextlib
import os
import subprocess
import sys

import psycopg2
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hulpmiddelen import sjabloon


@pytest.fixture
def server(db):
    """A cursor on the server of the tests, outside any test database."""
    with contextlib.closing(psycopg2.connect(sjabloon.url(connection.settings_dict, "postgres"))) as verbinding:
        verbinding.autocommit = True
        yield verbinding.cursor()


def databanken(cursor):
    cursor.execute("SELECT datname FROM pg_database")
    return {naam for (naam,) in cursor.fetchall()}


def test_the_test_database_comes_from_the_template_and_misses_nothing(server):
    naam = connection.settings_dict["TEST"]["TEMPLATE"]
    assert naam == f"sjabloon_{sjabloon.vingerafdruk()}"
    assert naam in databanken(server)
    migraties = MigrationExecutor(connection)
    assert migraties.migration_plan(migraties.loader.graph.leaf_nodes()) == []


def test_another_migration_gives_another_template(tmp_path, monkeypatch):
    voor = sjabloon.vingerafdruk()
    (tmp_path / "requirements-dev.txt").write_bytes((sjabloon.CHECKOUT / "requirements-dev.txt").read_bytes())
    (tmp_path / "loket/migrations").mkdir(parents=True)
    monkeypatch.setattr(sjabloon, "CHECKOUT", tmp_path)
    kaal = sjabloon.vingerafdruk()
    (tmp_path / "loket/migrations/0001_initial.py").write_text("operations = []")
    assert len({voor, kaal, sjabloon.vingerafdruk()}) == 3


def test_a_town_is_a_copy_with_its_rows_and_files_and_goes_afterwards(server, tmp_path):
    naam = f"test_kopie_{os.getpid()}"
    with sjabloon.kopie_van_stad(connection.settings_dict, naam, tmp_path):
        with contextlib.closing(psycopg2.connect(sjabloon.url(connection.settings_dict, naam))) as verbinding:
            cursor = verbinding.cursor()
            cursor.execute("SELECT naam FROM sociaalhuis_huis")
            assert cursor.fetchall() == [("Sociaal Huis Wilgenbeke",)]
            cursor.execute("SELECT bestand FROM loket_bijlage")
            bijlagen = [bestand for (bestand,) in cursor.fetchall()]
        assert bijlagen and all((tmp_path / "bestanden" / bestand).is_file() for bestand in bijlagen)
        assert (tmp_path / "static/staticfiles.json").is_file()
    assert naam not in databanken(server)


@pytest.mark.parametrize("pad", ["loket/acties/vraag.py", "sociaalhuis/wilgenbeke/plan.toml", "static/css/basis.css"])
def test_other_code_or_data_gives_another_town(tmp_path, monkeypatch, pad):
    monkeypatch.setattr(sjabloon, "vingerafdruk", lambda: "0")
    monkeypatch.setattr(sjabloon, "CHECKOUT", tmp_path)
    (tmp_path / pad).parent.mkdir(parents=True)
    (tmp_path / pad).write_text("voor")
    voor = sjabloon.naam_van_stad()
    assert voor == sjabloon.naam_van_stad()
    (tmp_path / pad).write_text("na")
    assert voor != sjabloon.naam_van_stad()


def test_what_a_killed_run_left_goes_and_what_lives_stays(server, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with subprocess.Popen([sys.executable, "-c", ""]) as dood:
        pass
    weg, blijft = {f"test_proef_{dood.pid}", f"test_proef_{dood.pid}_gw1"}, f"test_proef_{os.getpid()}"
    for naam in (*weg, blijft):
        server.execute(f"CREATE DATABASE {naam}")
    try:
        sjabloon.ruim_op(server, [*weg, blijft])
        assert databanken(server) & {*weg, blijft} == {blijft}
    finally:
        server.execute(f"DROP DATABASE {blijft}")
