"""The number of everything public, and what is kept under it."""

import pytest
from django.db import connection, transaction

from sociaalhuis import versie
from sociaalhuis.models import Huis, Organisatie, Thema, UitgaandeMail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ander():
    """Another connection to the same database, like another process has."""
    tweede = connection.copy()
    yield tweede
    tweede.close()


def nummer(verbinding):
    with verbinding.cursor() as cursor:
        cursor.execute("SELECT nummer FROM sociaalhuis_publiekeversie WHERE id = 1")
        rij = cursor.fetchone()
    return rij[0] if rij else 0


def test_a_change_that_is_rolled_back_does_not_raise_the_number(thema):
    voor = nummer(connection)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        thema.delete()
        1 / 0  # noqa: B018
    assert nummer(connection) == voor


def test_something_that_is_not_public_does_not_raise_the_number(thema):
    voor = nummer(connection)
    UitgaandeMail.objects.create(sleutel="x", message_id="x", aan="x@example.org", onderwerp="x")
    assert nummer(connection) == voor


def test_another_connection_sees_the_number_and_the_change_at_the_same_moment(thema, ander):
    voor = nummer(ander)
    with transaction.atomic():
        Thema.objects.update(naam="Anders")
        assert nummer(ander) == voor
        with ander.cursor() as cursor:
            cursor.execute("SELECT naam FROM sociaalhuis_thema")
            assert cursor.fetchall() == [("Geld en schulden",)]
    assert nummer(ander) > voor


@pytest.mark.parametrize("wijzig", ["opslaan", "bulk", "sql", "weg", "link"])
def test_every_way_of_changing_raises_the_number(wijzig, thema, organisatie):
    voor = nummer(connection)
    if wijzig == "opslaan":
        thema.save()
    elif wijzig == "bulk":
        Thema.objects.bulk_create([Thema(code="wonen", naam="Wonen")])
    elif wijzig == "sql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sociaalhuis_thema SET naam = 'X'")
    elif wijzig == "weg":
        Organisatie.objects.all().delete()
    else:
        organisatie.themas.add(thema)
    assert nummer(connection) > voor


def test_inside_a_transaction_nothing_is_kept(thema):
    with transaction.atomic():
        assert versie.huidige_versie() == 0


def test_the_number_does_not_come_back_after_a_restore(thema):
    """An older backup has an older number; the next change must not give a number that was used before."""
    toen = nummer(connection)
    thema.save()
    tussen = nummer(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sociaalhuis_publiekeversie SET nummer = %s", [toen])
    thema.save()
    assert nummer(connection) > tussen > toen


# --- what is kept in the process ----------------------------------------------------------------


def test_a_result_is_kept_for_as_long_as_the_number_stays():
    gevraagd = []

    @versie.bij_versie
    def duur(nummer, soort="a"):
        gevraagd.append((nummer, soort))
        return len(gevraagd)

    assert [duur(5), duur(5), duur(5, "b"), duur(5, "b"), duur(6), duur(6)] == [1, 1, 2, 2, 3, 3]
    assert gevraagd == [(5, "a"), (5, "b"), (6, "a")]


def test_without_a_number_nothing_is_kept():
    teller = iter(range(9))
    functie = versie.bij_versie(lambda nummer: next(teller))
    assert [functie(0), functie(0)] == [0, 1]
    assert functie.laatst() is None


def test_the_last_result_is_there_when_the_database_is_not():
    functie = versie.bij_versie(lambda nummer: f"huis {nummer}")
    functie(7)
    assert functie.laatst() == "huis 7"


def test_a_function_does_not_keep_more_and_more():
    functie = versie.bij_versie(lambda nummer, soort: soort)
    for soort in range(versie.MEEST * 3):
        assert functie(1, soort) == soort
    assert functie.laatst(0) is None


def test_the_house_in_a_template_follows_the_last_change(huis, bewoner):
    assert b"#1d5c56" in bewoner.get("/huis.css").content
    Huis.objects.update(accent="#223355")
    assert b"#223355" in bewoner.get("/huis.css").content
