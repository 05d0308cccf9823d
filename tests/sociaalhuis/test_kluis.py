"""Encryption: what cannot be read must be unreadable, wherever it lies."""

import os

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from sociaalhuis import kluis
from sociaalhuis.models import Dossiersleutel, VersleuteldTekstVeld

KANARIE = "kanarie-7f3a-mijn-man-slaat-mij"


@pytest.fixture
def geval(db):
    """A model with an encrypted text, with a table of its own for the length of a test."""
    with isolate_apps("sociaalhuis"):

        class Geval(models.Model):
            dossiersleutel = models.ForeignKey(Dossiersleutel, on_delete=models.PROTECT)
            tekst = VersleuteldTekstVeld()
            naam = VersleuteldTekstVeld(default="")

            class Meta:
                app_label = "sociaalhuis"

        with connection.schema_editor() as schema:
            schema.create_model(Geval)
        yield Geval


def ruw(rij):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tekst FROM sociaalhuis_geval WHERE id = %s", [rij.pk])
        return bytes(cursor.fetchone()[0])


def test_one_changed_byte_makes_a_text_unreadable():
    sleutel = os.urandom(32)
    geheim = bytearray(kluis.versleutel(sleutel, b"tekst", b"vraag.tekst"))
    geheim[-1] ^= 1
    with pytest.raises(kluis.NietTeLezen):
        kluis.ontsleutel(sleutel, bytes(geheim), b"vraag.tekst")


def test_another_key_cannot_read_it():
    geheim = kluis.versleutel(os.urandom(32), b"tekst", b"vraag.tekst")
    with pytest.raises(kluis.NietTeLezen):
        kluis.ontsleutel(os.urandom(32), geheim, b"vraag.tekst")


def test_a_text_cannot_be_moved_to_another_field():
    sleutel = os.urandom(32)
    geheim = kluis.versleutel(sleutel, b"tekst", b"vraag.tekst")
    with pytest.raises(kluis.NietTeLezen):
        kluis.ontsleutel(sleutel, geheim, b"vraag.naam")


def test_the_same_text_twice_looks_different():
    sleutel = os.urandom(32)
    assert kluis.versleutel(sleutel, b"tekst", b"x") != kluis.versleutel(sleutel, b"tekst", b"x")


def test_another_master_key_cannot_unwrap(settings):
    ingepakt = kluis.nieuwe_sleutel()
    assert len(kluis.pak_uit(ingepakt)) == 32
    settings.DOSSIERSLEUTEL = "YW5vdGhlci1rZXktb2YtdGhlLXRvd24tMzItYnl0ZXM="
    with pytest.raises(kluis.NietTeLezen):
        kluis.pak_uit(ingepakt)


def test_text_comes_back_as_it_was_and_is_ciphertext_in_the_database(geval):
    rij = geval.objects.create(dossiersleutel=Dossiersleutel.objects.create(), tekst=KANARIE + " é€")
    assert geval.objects.get().tekst == KANARIE + " é€"
    assert geval.objects.get().naam == ""
    assert KANARIE.encode() not in ruw(rij)


def test_an_erased_key_erases_the_text(geval):
    sleutel = Dossiersleutel.objects.create()
    rij = geval.objects.create(dossiersleutel=sleutel, tekst=KANARIE)
    sleutel.wis()
    gelezen = geval.objects.get()
    assert gelezen.tekst == "[gewist]"
    assert KANARIE.encode() not in ruw(rij)
    with pytest.raises(FieldError):
        gelezen.save()


def test_nothing_can_be_added_to_an_erased_case(geval):
    sleutel = Dossiersleutel.objects.create()
    sleutel.wis()
    with pytest.raises(FieldError):
        geval.objects.create(dossiersleutel=sleutel, tekst="nieuw")


def test_the_database_cannot_search_in_it(geval):
    with pytest.raises(FieldError):
        geval.objects.filter(tekst="iets").exists()


def test_a_key_is_there_or_erased_never_both(db):
    sleutel = Dossiersleutel.objects.create()
    with pytest.raises(IntegrityError, match="dossiersleutel_gewist_of_aanwezig"), transaction.atomic():
        Dossiersleutel.objects.filter(pk=sleutel.pk).update(ingepakt=None)
