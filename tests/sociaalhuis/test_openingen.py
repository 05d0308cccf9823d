"""Days that are not like the week: public holidays, closing days, other hours; and the constraints that hold them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sociaalhuis import openingen, uren
from sociaalhuis.context import het_huis
from sociaalhuis.models import AndereUren, Locatie, Sluitingsdag

BRUSSEL = ZoneInfo("Europe/Brussels")
WEEK = "ma 09:00-12:00\ndi 09:00-12:00\nwo 09:00-12:00, 13:00-16:00\ndo 09:00-12:00\nvr 09:00-12:00"


def om(tekst):
    return datetime.fromisoformat(tekst).replace(tzinfo=BRUSSEL)


def dicht(van, tot=None, reden="brugdag"):
    return uren.Afwijking(date.fromisoformat(van), date.fromisoformat(tot or van), (), reden)


@pytest.fixture
def nu(monkeypatch):
    """nu("2026-11-16T10:00") sets the clock of the house."""
    return lambda tekst: monkeypatch.setattr(timezone, "now", lambda: om(tekst))


@pytest.fixture
def locatie(db):
    return Locatie.objects.create(slug="post", naam="De Post", straat="Kade", huisnummer="2", gemeente="Proefdorp")


# --- hours ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("tekst", ["", "van 9 tot 12", "12:00-09:00", "25:00-26:00", "09:00-12:00,", "ma 09:00-12:00"])
def test_hours_of_a_day_in_another_shape_are_refused(tekst):
    assert uren.blokken(tekst) is None
    with pytest.raises(ValidationError) as fout:
        uren.controleer_blokken(tekst)
    assert fout.value.messages == ["Schrijf de uren zoals: 09:00-12:00, 13:00-16:00"]


@pytest.mark.parametrize(
    ("nu", "afwijkingen", "tekst"),
    [
        # Wednesday 11 November 2026: Armistice Day
        ("2026-11-11T10:00", (), "Vandaag gesloten (Wapenstilstand), open morgen om 9.00 uur"),
        ("2026-11-10T13:00", (), "Nu gesloten, open donderdag om 9.00 uur"),
        # Christmas on a Friday, then a week off: the day is named when it is more than a week away
        ("2026-12-24T12:00", (dicht("2026-12-28", "2027-01-01"),), "Nu gesloten, open maandag 4 januari om 9.00 uur"),
        ("2026-11-17T10:00", (dicht("2026-11-17"),), "Vandaag gesloten (brugdag), open morgen om 9.00 uur"),
        # on Sunday it is closed anyway, so no reason
        ("2026-11-15T10:00", (), "Nu gesloten, open morgen om 9.00 uur"),
        ("2026-11-17T10:00", (dicht("2026-11-17", "2027-06-01", "verbouwing"),), "Vandaag gesloten (verbouwing)"),
    ],
)
def test_closed_says_why_and_when_it_opens(nu, afwijkingen, tekst):
    assert uren.toestand(WEEK, om(nu), afwijkingen) == uren.Toestand(False, tekst)


def test_other_hours_go_before_a_holiday_and_a_closing_day():
    open_ = uren.Afwijking(date(2026, 12, 25), date(2026, 12, 25), ((time(10), time(11)),), "kerstmaal")
    rij = (open_, dicht("2026-12-21", "2026-12-31"))
    assert uren.toestand(WEEK, om("2026-12-25T10:30"), rij) == uren.Toestand(True, "Nu open tot 11.00 uur")
    assert (
        uren.toestand(WEEK, om("2026-12-24T10:30"), rij).tekst == "Vandaag gesloten (brugdag), open morgen om 10.00 uur"
    )


@pytest.mark.parametrize(
    ("nu", "open_"),
    [
        # the last Sundays of March and October: the wall clock counts
        ("2026-03-29T09:30", True),
        ("2026-03-29T12:00", False),
        ("2026-10-25T08:59", False),
        ("2026-10-25T09:00", True),
    ],
)
def test_the_wall_clock_counts_when_summer_time_begins_and_ends(nu, open_):
    assert uren.toestand("zo 09:00-12:00", om(nu)).open is open_


def test_the_coming_days_that_differ():
    half = uren.Afwijking(date(2026, 12, 24), date(2026, 12, 24), ((time(9), time(10)),), "kerstavond")
    assert uren.anders(WEEK, (half, dicht("2026-12-26", "2026-12-28")), date(2026, 12, 20), 14) == [
        (date(2026, 12, 24), "09:00-10:00", "kerstavond"),
        (date(2026, 12, 25), "", "Kerstmis"),
        (date(2026, 12, 28), "", "brugdag"),  # 26 and 27 are a weekend
        (date(2027, 1, 1), "", "Nieuwjaar"),
    ]


# --- rows ----------------------------------------------------------------------------------------


def test_the_house_and_a_place_each_have_their_own_days(huis, locatie, nu):
    nu("2026-11-16T10:00")
    Sluitingsdag.objects.create(naam="voorbij", van=date(2026, 11, 1), tot=date(2026, 11, 14))
    Sluitingsdag.objects.create(naam="huis", van=date(2026, 11, 16), tot=date(2026, 11, 17))
    Sluitingsdag.objects.create(naam="post", van=date(2026, 11, 18), tot=date(2026, 11, 18), locatie=locatie)
    AndereUren.objects.create(naam="avond huis", dag=date(2026, 11, 17), uren="18:00-20:00")
    AndereUren.objects.create(naam="avond post", dag=date(2026, 11, 17), uren="19:00-20:00", locatie=locatie)
    van_huis = openingen.afwijkingen(0)()
    assert [(a.reden, a.blokken) for a in van_huis] == [("avond huis", ((time(18), time(20)),)), ("huis", ())]
    assert [a.reden for a in openingen.afwijkingen(0)(locatie.pk)] == ["avond post", "avond huis", "huis", "post"]
    assert het_huis(0).nu_open.tekst == "Vandaag gesloten (huis), open morgen om 18.00 uur"


def test_closing_days_as_dates(locatie):
    Sluitingsdag.objects.create(naam="kerst", van=date(2026, 12, 28), tot=date(2027, 1, 3))
    Sluitingsdag.objects.create(naam="post", van=date(2026, 12, 21), tot=date(2026, 12, 21), locatie=locatie)
    alle = Sluitingsdag.objects
    assert alle.van_het_huis().dagen(date(2026, 12, 1), date(2026, 12, 29)) == {date(2026, 12, 28), date(2026, 12, 29)}
    assert alle.dagen(date(2026, 12, 1), date(2026, 12, 28)) == {date(2026, 12, 21), date(2026, 12, 28)}


@pytest.mark.parametrize(
    ("naam", "maak"),
    [
        ("locatie_een_huis", lambda: [Locatie.objects.create(slug=f"h{n}", naam="Huis", is_huis=True) for n in (1, 2)]),
        ("locatie_heeft_een_adres", lambda: Locatie.objects.create(slug="x", naam="Zonder adres")),
        ("locatie_heeft_een_adres", lambda: Locatie.objects.create(slug="x", naam="H", is_huis=True, straat="Kade")),
        (
            "sluitingsdag_eindigt_na_begin",
            lambda: Sluitingsdag.objects.create(naam="x", van=date(2026, 5, 2), tot=date(2026, 5, 1)),
        ),
        (
            "andere_uren_een_per_dag_van_het_huis",
            lambda: [AndereUren.objects.create(naam="x", dag=date(2026, 5, 2), uren="09:00-10:00") for _ in "ab"],
        ),
    ],
)
def test_the_database_refuses(db, naam, maak):
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        maak()


def test_a_place_has_other_hours_once_a_day(locatie):
    with pytest.raises(IntegrityError, match="andere_uren_een_per_dag"), transaction.atomic():
        for _ in "ab":
            AndereUren.objects.create(naam="x", dag=date(2026, 5, 2), uren="09:00-10:00", locatie=locatie)


# --- the admin -----------------------------------------------------------------------------------


def test_bad_hours_come_back_beside_the_field(als, beheer, locatie):
    response = als(beheer).post(
        "/beheer/sociaalhuis/andereuren/add/", {"naam": "kerstavond", "dag": "2026-12-24", "uren": "tot de middag"}
    )
    assert response.context["adminform"].form.errors == {"uren": ["Schrijf de uren zoals: 09:00-12:00, 13:00-16:00"]}
    assert 'value="tot de middag"' in response.content.decode()


def test_staff_add_a_closing_day_that_shows_at_once(als, beheer, client, huis, nu):
    nu("2027-03-01T10:00")
    velden = {"naam": "verhuis", "van": "2027-03-01", "tot": "2027-03-01", "locatie": ""}
    assert als(beheer).post("/beheer/sociaalhuis/sluitingsdag/add/", velden).status_code == 302
    assert "Vandaag gesloten (verhuis), open morgen om 9.00 uur" in client.get("/").content.decode()
