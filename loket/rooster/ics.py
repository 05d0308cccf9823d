"""Appointments as iCalendar. Whoever looks in a calendar learns that someone goes to the house, and not why."""

from django.conf import settings
from django.urls import reverse

from loket.models import Afspraak
from sociaalhuis import ical


def kalender(afspraken, huis, *, adres, voor_medewerker=False):
    """Bytes of a calendar. `adres` is a function of an appointment to the place as text."""
    return ical.kalender(
        (_gebeurtenis(afspraak, huis, adres(afspraak), voor_medewerker) for afspraak in afspraken),
        wat="afspraken",
        naam=f"Afspraken {huis.naam}" if voor_medewerker else "",
    )


def _gebeurtenis(afspraak, huis, adres, voor_medewerker):
    opvolgen = f"Verzetten of afzeggen: {settings.SITE_URL}{reverse('loket:opvolgen')}"
    return ical.Gebeurtenis(
        merk=afspraak.referentie.lower(),
        volgnummer=afspraak.versie,
        gemaakt_op=afspraak.gemaakt_op,
        begin=afspraak.begin,
        einde=afspraak.einde,
        titel=f"{huis.naam} {afspraak.referentie}",
        waar=adres,
        uitleg="" if voor_medewerker else opvolgen,
        url=settings.SITE_URL + afspraak.get_absolute_url() if voor_medewerker else "",
        weg=afspraak.staat == Afspraak.Staat.AFGEZEGD,
        besloten=True,
    )


def als_bestand(inhoud: bytes, naam="afspraak.ics"):
    """The calendar as a download."""
    return ical.als_bestand(inhoud, naam)
