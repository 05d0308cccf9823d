"""Terms in working days around weekends and Belgian holidays."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sociaalhuis import termijn

BRUSSEL = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("vanaf", "werkdagen", "uiterlijk"),
    [
        (date(2027, 3, 1), 5, date(2027, 3, 8)),  # Monday: the day itself does not count
        (date(2027, 3, 5), 1, date(2027, 3, 8)),  # Friday > Monday
        (date(2027, 3, 6), 1, date(2027, 3, 8)),  # Saturday > Monday
        (date(2027, 3, 26), 1, date(2027, 3, 30)),  # Good Friday is a working day; Easter Monday 29 March is not
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # Christmas on Friday, weekend
        (date(2026, 12, 31), 5, date(2027, 1, 8)),  # New Year on Friday
        (date(2027, 7, 20), 1, date(2027, 7, 22)),  # national holiday
        (date(2027, 5, 5), 1, date(2027, 5, 7)),  # Ascension
        (date(2027, 3, 1), 0, date(2027, 3, 1)),
    ],
)
def test_the_term_runs_from_the_day_after_and_skips_weekends_and_holidays(vanaf, werkdagen, uiterlijk):
    assert termijn.uiterlijk(vanaf, werkdagen) == uiterlijk


def test_the_day_is_the_day_in_brussels():
    laat_op_zondag_utc = datetime(2027, 2, 28, 23, 30, tzinfo=ZoneInfo("UTC"))  # Monday 0.30 in Brussels
    assert termijn.uiterlijk(laat_op_zondag_utc, 1) == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("tot", "woorden"),
    [
        (date(2027, 3, 3), "vandaag"),
        (date(2027, 3, 4), "morgen"),
        (date(2027, 3, 5), "nog 2 werkdagen"),
        (date(2027, 3, 8), "nog 3 werkdagen"),
        (date(2027, 3, 2), "1 werkdag te laat"),
        (date(2027, 2, 26), "3 werkdagen te laat"),
    ],
)
def test_a_deadline_is_a_word(tot, woorden):
    assert termijn.in_woorden(tot, datetime(2027, 3, 3, 10, tzinfo=BRUSSEL)) == woorden


def test_overdue_in_the_weekend_is_at_least_one_day():
    assert termijn.in_woorden(date(2027, 3, 5), datetime(2027, 3, 6, 10, tzinfo=BRUSSEL)) == "1 werkdag te laat"
