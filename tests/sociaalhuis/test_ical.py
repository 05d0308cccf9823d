"""One writer of calendars: the hour stays the hour, the number stays the number, and what is off says so."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from sociaalhuis.ical import Gebeurtenis, als_bestand, kalender

VAST = {"gemaakt_op": datetime(2026, 1, 1, tzinfo=UTC), "titel": "Overleg; met, tekens", "merk": "2027-abc"}


@pytest.mark.parametrize(
    ("dag", "utc", "verschil"),
    [("2027-03-27", 18, 1), ("2027-03-28", 17, 2), ("2027-10-30", 17, 2), ("2027-10-31", 18, 1)],
)
def test_seven_in_the_evening_stays_seven_around_summer_time(dag, utc, verschil):
    begin = datetime.fromisoformat(f"{dag}T{utc}:00:00+00:00")
    inhoud = kalender(
        [Gebeurtenis(**VAST, volgnummer=3, begin=begin, einde=begin.replace(hour=20), waar="Zaal", weg=True)],
        wat="overleg",
    )
    assert f"DTSTART;TZID=Europe/Brussels:{dag.replace('-', '')}T190000".encode() in inhoud
    agenda = Calendar.from_ical(inhoud)
    (rij,) = agenda.walk("VEVENT")
    assert rij.decoded("DTSTART") == begin
    assert (str(rij["UID"]), rij["SEQUENCE"], str(rij["STATUS"])) == ("2027-abc@127.0.0.1", 3, "CANCELLED")
    assert (str(rij["SUMMARY"]), str(rij["LOCATION"]), "DESCRIPTION" in rij) == ("Overleg; met, tekens", "Zaal", False)
    # the rules that travel along give the same hour to a program that knows no time zones
    (zone,) = agenda.walk("VTIMEZONE")
    assert zone.to_tz().utcoffset(begin.replace(tzinfo=None, hour=utc + verschil)).total_seconds() == verschil * 3600


def test_a_calendar_is_a_file_that_nobody_keeps_on_the_way():
    response = als_bestand(kalender([], wat="overleg", naam="Overleg Proefdorp"), "overleg.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (response["Content-Disposition"], response["Cache-Control"]) == (
        'attachment; filename="overleg.ics"',
        "no-store",
    )
    agenda = Calendar.from_ical(response.content)
    assert str(agenda["X-WR-CALNAME"]) == "Overleg Proefdorp" and agenda.walk("VEVENT") == []
