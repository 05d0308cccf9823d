"""What must agree is kept by the database itself: each named constraint refuses, by its name."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from sociaalhuis.models import Bestuur, Gebied, Gebruiker, Huis, Organisatie, PubliekeVersie


def weigert(naam):
    return pytest.raises(IntegrityError, match=naam)


def test_there_is_one_house(huis):
    with weigert("huis_is_er_een"), transaction.atomic():
        Huis.objects.create(pk=2, naam="Tweede", gemeente="x", nis_code="1", straat="x", huisnummer="1", postcode="1")


def test_there_are_two_besturen_and_no_third(gemeente, ocmw):
    with weigert("bestuur_code_bekend"), transaction.atomic():
        Bestuur.objects.create(code="kerk", naam="Derde")
    assert (gemeente.andere, ocmw.andere) == (ocmw, gemeente)


def test_there_is_one_version(db):
    with weigert("publiekeversie_is_er_een"), transaction.atomic():
        PubliekeVersie.objects.create(pk=2)


@pytest.mark.parametrize("soort, met_ouder", [("gemeente", True), ("wijk", False), ("deelgemeente", False)])
def test_only_the_municipality_is_the_root_of_the_areas(gebied, soort, met_ouder):
    with weigert("gebied_gemeente_is_de_wortel"), transaction.atomic():
        Gebied.objects.create(code="x", naam="x", soort=soort, ouder=gebied if met_ouder else None)


def test_an_area_knows_what_it_lies_in(gebied):
    dorp = Gebied.objects.create(code="dorp", naam="Dorp", soort="deelgemeente", ouder=gebied)
    wijk = Gebied.objects.create(code="wijk", naam="Wijk", soort="wijk", ouder=dorp)
    assert wijk.met_ouders() == [wijk, dorp, gebied]


def test_an_address_is_one_user_however_it_is_written(loket_ocmw):
    with weigert("sociaalhuis_gebruiker_email"), transaction.atomic():
        Gebruiker.objects.create_user(loket_ocmw.email.upper(), naam="dubbel")
    with weigert("gebruiker_email_kleine_letters"), transaction.atomic():
        Gebruiker.objects.filter(pk=loket_ocmw.pk).update(email="LOKET@proefdorp.example")


def test_an_enterprise_number_belongs_to_one_organisation(organisatie):
    with weigert("organisatie_ondernemingsnummer_uniek"), transaction.atomic():
        Organisatie.objects.create(code="x", naam="x", soort="vzw", ondernemingsnummer=organisatie.ondernemingsnummer)


def test_many_organisations_may_have_no_number(organisatie):
    for code in ("a", "b"):
        Organisatie.objects.create(code=code, naam=code, soort="feitelijke-vereniging")
    assert Organisatie.objects.count() == 3


def test_a_loose_association_has_no_enterprise_number(db):
    with weigert("organisatie_feitelijk_zonder_nummer"), transaction.atomic():
        Organisatie.objects.create(code="x", naam="x", soort="feitelijke-vereniging", ondernemingsnummer="0999100097")


@pytest.mark.parametrize("nummer", ["0999.10009", "999100097", "BE09991000", "٠٩٩٩١٠٠٠٩٧"])
def test_an_enterprise_number_is_stored_in_one_shape(db, nummer):
    with weigert("organisatie_ondernemingsnummer_vorm"), transaction.atomic():
        Organisatie.objects.create(code="x", naam="x", soort="vzw", ondernemingsnummer=nummer)


def test_only_checked_organisations_are_recognised(organisatie):
    Organisatie.objects.create(code="nieuw", naam="Nieuw", soort="vzw")
    assert list(Organisatie.objects.erkend()) == [organisatie]


@pytest.mark.parametrize("kleur", ["#ffff00", "#cccccc"])
def test_a_colour_on_which_white_cannot_be_read_is_refused(huis, kleur):
    huis.accent = kleur
    with pytest.raises(ValidationError) as fout:
        huis.full_clean()
    assert list(fout.value.message_dict) == ["accent"]


@pytest.mark.parametrize("kleur", ["rood", "#12345", "1d5c56", "#1d5c56;}body{display:none"])
def test_a_colour_in_another_shape_is_refused(huis, kleur):
    huis.accent = kleur
    with pytest.raises(ValidationError):
        huis.full_clean()


# --- the log of changes -------------------------------------------------------------------------

EVENTS = [
    "bestuur", "bestuursorgaan", "doelgroep", "gebied", "gebruiker", "gebruikerrol", "huis", "organisatie", "pagina",
    "team", "thema",
]  # fmt: skip


@pytest.mark.parametrize("tabel", EVENTS)
def test_the_log_of_changes_can_only_grow(db, tabel, huis, team_sociale_dienst, thema, doelgroep, gebied, loket_ocmw):
    """Its table has the trigger that refuses; for the tables with rows it is tried out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_append_only%%'",
            [f"sociaalhuis_{tabel}event"],
        )
        assert cursor.fetchone()[0] == 1
        cursor.execute(f"SELECT count(*) FROM sociaalhuis_{tabel}event")
        if cursor.fetchone()[0]:
            for opdracht in (
                f"UPDATE sociaalhuis_{tabel}event SET pgh_label = 'x'",
                f"DELETE FROM sociaalhuis_{tabel}event",
            ):
                with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
                    cursor.execute(opdracht)


def test_a_role_that_comes_and_goes_leaves_two_lines(loket_ocmw):
    event = loket_ocmw.groups.through._meta.apps.get_model("sociaalhuis", "GebruikerRolEvent")
    loket_ocmw.groups.clear()
    regels = event.objects.filter(gebruiker=loket_ocmw).order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(regels) == ["rol erbij", "rol weg"]


def test_a_password_is_never_in_the_log(loket_ocmw):
    event = loket_ocmw._meta.apps.get_model("sociaalhuis", "GebruikerEvent")
    assert {"password", "last_login", "sessieronde"}.isdisjoint(veld.name for veld in event._meta.get_fields())
