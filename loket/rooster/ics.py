"""Appointments as iCalendar (RFC 5545). Whoever looks in a calendar learns that someone goes to the house, and not why.

Times are in UTC, so they are right in every calendar whatever it thinks of summer time.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from icalendar import Calendar, Event

from loket.models import Afspraak


def kalender(afspraken, huis, *, adres, voor_medewerker=False):
    """Bytes of a calendar. `adres` is a function of an appointment to the place as text."""
    agenda = Calendar()
    agenda.add("prodid", "-//Sociaal Huis//afspraken//NL")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    if voor_medewerker:
        agenda.add("x-wr-calname", f"Afspraken {huis.naam}")
    for afspraak in afspraken:
        agenda.add_component(_gebeurtenis(afspraak, huis, adres(afspraak), voor_medewerker))
    return agenda.to_ical()


def _gebeurtenis(afspraak, huis, adres, voor_medewerker):
    rij = Event()
    rij.add("uid", f"{afspraak.referentie.lower()}@{urlsplit(settings.SITE_URL).hostname}")
    rij.add("dtstamp", afspraak.gemaakt_op)
    rij.add("sequence", afspraak.versie)
    rij.add("dtstart", afspraak.begin)
    rij.add("dtend", afspraak.einde)
    rij.add("class", "PRIVATE")
    rij.add("summary", f"{huis.naam} {afspraak.referentie}")
    rij.add("location", adres)
    if voor_medewerker:
        rij.add("url", settings.SITE_URL + afspraak.get_absolute_url())
    else:
        rij.add("description", f"Verzetten of afzeggen: {settings.SITE_URL}{reverse('loket:opvolgen')}")
    if afspraak.staat == Afspraak.Staat.AFGEZEGD:
        rij.add("status", "CANCELLED")
    return rij


def als_bestand(inhoud: bytes, naam="afspraak.ics"):
    """The calendar as a download."""
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "no-store"}
    return HttpResponse(inhoud, content_type="text/calendar; charset=utf-8", headers=koppen)
