"""A backup restores, and never brings back what was erased."""

import subprocess
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from sociaalhuis import reservekopie
from sociaalhuis.models import Dossiersleutel, Huis, VersleuteldTekstVeld

KANARIE = "kanarie-7f3a-ik-heb-schulden"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def geval(transactional_db):
    with isolate_apps("sociaalhuis"):

        class Geval(models.Model):
            dossiersleutel = models.ForeignKey(Dossiersleutel, on_delete=models.PROTECT)
            tekst = VersleuteldTekstVeld()

            class Meta:
                app_label = "sociaalhuis"

        with connection.schema_editor() as schema:
            schema.create_model(Geval)
        yield Geval
        with connection.schema_editor() as schema:
            schema.delete_model(Geval)


@pytest.fixture
def leeg():
    """An empty database next to the one of the tests."""
    naam = f"test_terug_{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {naam}")
        yield naam
        cursor.execute(f"DROP DATABASE {naam} WITH (FORCE)")


def vraag(databank, sql):
    """The rows of a question to another database."""
    ander = connection.copy()
    ander.settings_dict["NAME"] = databank
    try:
        with ander.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        ander.close()


def als_tekst(pad):
    """All of a dump as SQL."""
    uit = subprocess.run([reservekopie.programma("pg_restore"), "--file=-", str(pad)], capture_output=True, check=True)
    return uit.stdout


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "bestand").write_text("")
    with pytest.raises(CommandError):
        call_command("reservekopie", tmp_path / "bestand" / "map")


def test_a_database_that_cannot_be_dumped_leaves_the_former_keys(tmp_path, monkeypatch):
    reservekopie.maak(tmp_path)
    voor = (tmp_path / reservekopie.SLEUTELS).read_bytes()
    monkeypatch.setitem(connection.settings_dict, "NAME", "bestaat_niet")
    with pytest.raises(reservekopie.ReservekopieFout):
        reservekopie.maak(tmp_path)
    assert (tmp_path / reservekopie.SLEUTELS).read_bytes() == voor
    assert list(tmp_path.glob(".*")) == []


def test_no_backup_holds_a_text_or_an_unwrapped_key(geval, tmp_path):
    sleutel = Dossiersleutel.objects.create()
    geval.objects.create(dossiersleutel=sleutel, tekst=KANARIE)
    databank, sleutels = reservekopie.maak(tmp_path)
    inhoud = als_tekst(databank) + als_tekst(sleutels)
    assert b"sociaalhuis_geval" in inhoud
    for geheim in (KANARIE.encode(), sleutel.open_sleutel):
        assert geheim not in inhoud and geheim.hex().encode() not in inhoud


def test_the_dump_of_the_database_holds_no_wrapped_key(geval, tmp_path):
    ingepakt = bytes(Dossiersleutel.objects.create().ingepakt).hex().encode()
    databank, sleutels = reservekopie.maak(tmp_path)
    assert ingepakt not in als_tekst(databank)
    assert ingepakt in als_tekst(sleutels)


def test_only_we_may_read_a_backup_and_there_is_one_file_of_keys(tmp_path):
    for _ in range(2):
        paden = reservekopie.maak(tmp_path)
    assert [oct(pad.stat().st_mode & 0o777) for pad in paden] == ["0o600", "0o600"]
    assert [pad.name for pad in tmp_path.glob("sleutels*")] == ["sleutels.dump"]


def test_a_backup_restores_every_row(geval, huis, leeg, tmp_path):
    sleutel = Dossiersleutel.objects.create()
    rij = geval.objects.create(dossiersleutel=sleutel, tekst=KANARIE)
    reservekopie.terugzetten(*reservekopie.maak(tmp_path), leeg)
    assert vraag(leeg, "SELECT naam FROM sociaalhuis_huis") == [(Huis.objects.get().naam,)]
    [(geheim,)] = vraag(leeg, "SELECT tekst FROM sociaalhuis_geval")
    [(ingepakt,)] = vraag(leeg, "SELECT ingepakt FROM sociaalhuis_dossiersleutel")
    terug = Dossiersleutel(pk=sleutel.pk, ingepakt=ingepakt)
    assert geval(pk=rij.pk, dossiersleutel=terug, tekst=geheim).tekst == KANARIE


def test_what_was_erased_stays_erased_when_an_older_backup_is_restored(geval, leeg, tmp_path):
    sleutel = Dossiersleutel.objects.create()
    rij = geval.objects.create(dossiersleutel=sleutel, tekst=KANARIE)
    oud, _ = reservekopie.maak(tmp_path)
    oud = oud.rename(tmp_path / "vorige-week.dump")
    sleutel.wis()
    _, sleutels = reservekopie.maak(tmp_path)
    reservekopie.terugzetten(oud, sleutels, leeg)
    [(geheim,)] = vraag(leeg, "SELECT tekst FROM sociaalhuis_geval")
    [(ingepakt,)] = vraag(leeg, "SELECT ingepakt FROM sociaalhuis_dossiersleutel")
    assert ingepakt is None
    assert geval(pk=rij.pk, dossiersleutel=Dossiersleutel(ingepakt=None), tekst=geheim).tekst == "[gewist]"
