"""Which moments are free: the week, the days that differ, what is booked, and the clock."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from loket.models import Afspraaksoort, Spreekuur, Uitzondering
from loket.rooster import agenda
from sociaalhuis.models import AndereUren, Sluitingsdag
from tests.loket.afspraken import boeking, spreekuur, vrij

pytestmark = pytest.mark.usefixtures("nu")


@pytest.mark.parametrize(
    "code",
    [
        "",
        "gisteren",
        "20270302",
        "20270230-0900",
        "20270302-2500",
        "20270328-0230",
        "00010101-0000",
        "9" * 40,
        "2027030\u0662-0900",
    ],
)
def test_what_is_no_moment_is_none(code):
    """On 28 March 2027 the clock goes from two to three."""
    assert agenda.lees_code(code) is None


def test_a_week_of_free_moments(dinsdag):
    assert vrij(dinsdag, "2027-03-01", "2027-03-07") == [("2027-03-02 09:00", 1), ("2027-03-02 09:30", 1)]


def test_nothing_in_the_past_nor_sooner_than_two_hours(dinsdag, nu):
    nu("2027-03-02T07:15")
    assert vrij(dinsdag, "2027-03-01", "2027-03-07") == [("2027-03-02 09:30", 1)]
    nu("2027-03-02T11:00")
    assert vrij(dinsdag, "2027-03-01", "2027-03-07") == []
    nu("2027-03-02T09:10")
    assert vrij(dinsdag, "2027-03-01", "2027-03-07", minstens=timedelta(0)) == [("2027-03-02 09:30", 1)]


def test_people_book_eight_weeks_ahead(dinsdag):
    assert vrij(dinsdag, "2027-01-01", "2028-12-31")[-1] == ("2027-04-20 09:30", 1)


def test_a_holiday_a_closing_day_and_other_hours(dinsdag, kade):
    feest = date(2027, 3, 29)
    maandag = spreekuur(kade, dinsdag.soort, weekdag=0, tot=time(12), geldig_van=feest, geldig_tot=feest)
    assert vrij(maandag, "2027-03-29", "2027-03-29") == []  # Easter Monday
    Sluitingsdag.objects.create(naam="brugdag", van=date(2027, 3, 2), tot=date(2027, 3, 2))
    Sluitingsdag.objects.create(naam="elders dicht", van=date(2027, 3, 9), tot=date(2027, 3, 9), locatie=kade)
    AndereUren.objects.create(naam="kort", dag=date(2027, 3, 16), uren="08:00-09:30", locatie=kade)
    AndereUren.objects.create(naam="toch open", dag=date(2027, 3, 29), uren="10:00-11:00")
    assert vrij(dinsdag, "2027-03-02", "2027-03-29") == [
        ("2027-03-16 09:00", 1), ("2027-03-23 09:00", 1), ("2027-03-23 09:30", 1),
        ("2027-03-29 10:00", 1), ("2027-03-29 10:30", 1),
    ]  # fmt: skip


def test_a_session_can_be_off_have_fewer_desks_or_be_extra(dinsdag, kade, gesprek):
    Spreekuur.objects.update(plekken=3)
    Uitzondering.objects.create(spreekuur=dinsdag, dag=date(2027, 3, 2))
    Uitzondering.objects.create(spreekuur=dinsdag, dag=date(2027, 3, 9), plekken=1)
    spreekuur(kade, gesprek, weekdag=5, tot=time(9, 30), geldig_van=date(2027, 3, 6), geldig_tot=date(2027, 3, 6))
    assert vrij(dinsdag, "2027-03-01", "2027-03-16") == [
        ("2027-03-06 09:00", 1), ("2027-03-09 09:00", 1), ("2027-03-09 09:30", 1),
        ("2027-03-16 09:00", 3), ("2027-03-16 09:30", 3),
    ]  # fmt: skip


def test_what_is_booked_is_gone_per_desk(dinsdag):
    Spreekuur.objects.update(plekken=2)
    boeking(dinsdag)
    assert vrij(dinsdag, "2027-03-02", "2027-03-02") == [("2027-03-02 09:00", 1), ("2027-03-02 09:30", 2)]
    boeking(dinsdag)
    assert vrij(dinsdag, "2027-03-02", "2027-03-02") == [("2027-03-02 09:30", 2)]


def test_who_sees_people_elsewhere_is_not_free_here(dinsdag, kade, gesprek, loket_ocmw):
    Spreekuur.objects.update(medewerker=loket_ocmw)
    ander = Afspraaksoort.objects.create(slug="huur", naam="Huur", duur=45, team=gesprek.team)
    elders = spreekuur(kade, ander, medewerker=loket_ocmw, wijze="telefoon", tot=time(9, 45))
    boeking(elders, telefoon="0470 00 00 00")
    assert vrij(dinsdag, "2027-03-02", "2027-03-02") == []


@pytest.mark.parametrize(
    ("dag", "momenten"),
    [
        # summer time begins: 02:00 and 02:30 do not exist; it ends: 02:00 exists twice and is offered once
        ("2027-03-28", ["01:00", "01:30", "03:00", "03:30"]),
        ("2027-10-31", ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_the_nights_on_which_the_clock_moves(kade, gesprek, nu, dag, momenten):
    nu(f"{date.fromisoformat(dag) - timedelta(days=2)}T08:00")
    AndereUren.objects.create(naam="Pasen", dag=date.fromisoformat(dag), uren="00:00-23:59")
    nacht = spreekuur(kade, gesprek, weekdag=6, van=time(1), tot=time(4))
    alle = agenda.vrije_momenten(
        rooster=agenda.rooster(0), soort=gesprek, locatie=kade, wijze="hier", van=date.fromisoformat(dag), tot=date.fromisoformat(dag)
    )  # fmt: skip
    assert [uur[11:] for uur, _ in vrij(nacht, dag, dag)] == momenten
    assert {m.einde - m.begin for m in alle} == {timedelta(minutes=30)}
    assert all(agenda.lees_code(m.code) == m.begin for m in alle)


def test_a_session_until_midnight(kade, gesprek):
    laat = spreekuur(kade, gesprek, van=time(22, 45), tot=time(23, 59))
    assert vrij(laat, "2027-03-02", "2027-03-02") == [("2027-03-02 22:45", 1), ("2027-03-02 23:15", 1)]


@pytest.mark.parametrize("weken", [1, 8])
def test_eight_weeks_cost_one_query_like_one(dinsdag, weken, django_assert_num_queries):
    rooster = agenda.rooster(0)
    with django_assert_num_queries(1):
        agenda.vrije_momenten(
            rooster=rooster, soort=dinsdag.soort, locatie=dinsdag.locatie, wijze="hier", tot=date(2027, 3, 1) + timedelta(weeks=weken)
        )  # fmt: skip


@pytest.mark.parametrize(
    ("naam", "velden"),
    [
        ("spreekuur_eindigt_na_begin", {"tot": time(9)}),
        ("spreekuur_weekdag", {"weekdag": 7}),
        ("spreekuur_plekken", {"plekken": 0}),
        ("spreekuur_plekken", {"plekken": 21}),
        ("spreekuur_geldig", {"geldig_tot": date(2026, 1, 1)}),
    ],
)
def test_the_database_refuses_a_session(kade, gesprek, naam, velden):
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        spreekuur(kade, gesprek, **velden)


def test_one_person_has_one_desk(kade, gesprek, loket_ocmw):
    with pytest.raises(IntegrityError, match="spreekuur_plekken"), transaction.atomic():
        spreekuur(kade, gesprek, medewerker=loket_ocmw, plekken=2)


def test_one_exception_a_day_and_a_talk_of_a_possible_length(dinsdag):
    Uitzondering.objects.create(spreekuur=dinsdag, dag=date(2027, 3, 2))
    with pytest.raises(IntegrityError, match="uitzondering_een_per_dag"), transaction.atomic():
        Uitzondering.objects.create(spreekuur=dinsdag, dag=date(2027, 3, 2))
    with pytest.raises(IntegrityError, match="afspraaksoort_duur"), transaction.atomic():
        Afspraaksoort.objects.update(duur=0)
