"""Making appointments for tests, through the real verbs. The clock stands on Monday 1 March 2027, 8.00."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from loket.acties.afspraak import boek
from loket.models import Spreekuur
from loket.rooster import agenda
from tests.loket.vragen import bewijs

BRUSSEL = ZoneInfo("Europe/Brussels")


def om(tekst):
    """'2027-03-01T09:00' on the clock of the house."""
    return datetime.fromisoformat(tekst).replace(tzinfo=BRUSSEL)


def spreekuur(locatie, soort, **velden):
    standaard = {"weekdag": 1, "van": time(9), "tot": time(10), "geldig_van": date(2027, 1, 1)}
    return Spreekuur.objects.create(locatie=locatie, soort=soort, **{**standaard, **velden})


def boeking(rij, begin="2027-03-02T09:00", **velden):
    """`Ontvangst` of an appointment in this session."""
    standaard = {"door": None, "bewijs": bewijs(), "naam": "Sam", "contactwijze": "geen"}
    return boek(soort=rij.soort, locatie=rij.locatie, wijze=rij.wijze, begin=om(begin), **{**standaard, **velden})


def vrij(rij, van=None, tot=None, **velden):
    """The free moments of a session as '2027-03-02 09:00', with the number of desks."""
    momenten = agenda.vrije_momenten(
        rooster=agenda.rooster(0), soort=rij.soort, locatie=rij.locatie, wijze=rij.wijze,
        van=van and date.fromisoformat(van), tot=tot and date.fromisoformat(tot), **velden,
    )  # fmt: skip
    return [(f"{timezone.localtime(m.begin):%Y-%m-%d %H:%M}", len(m.vrij)) for m in momenten]
