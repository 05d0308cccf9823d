"""Calendars to take along (iCalendar, RFC 5545): one event, or a feed that a calendar program reads again and again.

- `uid` stays the same for good and `volgnummer` (SEQUENCE) rises with every change, so a program replaces what it has.
- Times are local with their time zone and its rules beside them, so an hour stays that hour when summer time begins.
- What was called off stays in the calendar as CANCELLED: what merely disappears stays in the program of who had it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event, Timezone

SOORT_ICAL = "text/calendar; charset=utf-8"
# summer time in the European Union: directive 2000/84/EC, last Sundays of March and October at 01:00 UTC
BRUSSEL = Timezone.from_ical(
    "\r\n".join(
        [
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Brussels",
            "BEGIN:DAYLIGHT",
            "TZNAME:CEST",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "DTSTART:19960331T020000",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "TZNAME:CET",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "DTSTART:19961027T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "END:STANDARD",
            "END:VTIMEZONE",
        ]
    )
)


@dataclass(frozen=True)
class Gebeurtenis:
    """What goes in a calendar. `merk` is unique in this house and never changes; moments are aware.

    A `begin` that is a date takes that whole day and leaves who has it free; it needs no `einde`.
    """

    merk: str
    volgnummer: int
    gemaakt_op: datetime
    begin: datetime | date
    einde: datetime | None
    titel: str
    waar: str = ""
    uitleg: str = ""
    url: str = ""
    weg: bool = False  # called off
    besloten: bool = False  # whoever looks in a shared calendar sees no more than that there is something


def kalender(gebeurtenissen: Iterable[Gebeurtenis], *, wat: str, naam: str = "") -> bytes:
    """A calendar; `wat` says of what kind of things (letters), `naam` is what the program calls a feed."""
    agenda = Calendar()
    agenda.add("prodid", f"-//Sociaal Huis//{wat}//NL")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    if naam:
        agenda.add("x-wr-calname", naam)
    agenda.add_component(BRUSSEL)
    for gebeurtenis in gebeurtenissen:
        agenda.add_component(_rij(gebeurtenis))
    return agenda.to_ical()


def _rij(gebeurtenis):
    zone = ZoneInfo("Europe/Brussels")
    rij = Event()
    rij.add("uid", f"{gebeurtenis.merk}@{urlsplit(settings.SITE_URL).hostname}")
    rij.add("dtstamp", gebeurtenis.gemaakt_op)
    rij.add("sequence", gebeurtenis.volgnummer)
    if isinstance(gebeurtenis.begin, datetime):
        rij.add("dtstart", gebeurtenis.begin.astimezone(zone))
        rij.add("dtend", gebeurtenis.einde.astimezone(zone))
    else:
        rij.add("dtstart", gebeurtenis.begin)
        rij.add("transp", "TRANSPARENT")
    rij.add("class", "PRIVATE" if gebeurtenis.besloten else "PUBLIC")
    rij.add("summary", gebeurtenis.titel)
    for naam, waarde in (("location", gebeurtenis.waar), ("description", gebeurtenis.uitleg), ("url", gebeurtenis.url)):
        if waarde:
            rij.add(naam, waarde)
    rij.add("status", "CANCELLED" if gebeurtenis.weg else "CONFIRMED")
    return rij


def als_bestand(inhoud: bytes, naam: str) -> HttpResponse:
    """The calendar as a download, for one person: kept by nobody on the way."""
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "no-store"}
    return HttpResponse(inhoud, content_type=SOORT_ICAL, headers=koppen)
