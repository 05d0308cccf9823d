"""The clock, and a place with a session, for the tests of places and appointments.

The clock of `nu` stands on Monday 1 March 2027, 8.00, until a test sets it.
"""

import pytest
from django.utils import timezone

from loket.models import Afspraaksoort
from sociaalhuis.models import Locatie
from tests.loket.afspraken import om, spreekuur


@pytest.fixture
def nu(monkeypatch):
    """nu("2027-03-02T10:00") sets the clock of the house."""

    def zet(tekst):
        monkeypatch.setattr(timezone, "now", lambda: om(tekst))

    zet("2027-03-01T08:00")
    return zet


@pytest.fixture
def kade(db):
    return Locatie.objects.create(
        slug="kade", naam="De Kade", straat="Kade", huisnummer="2", postcode="9998", gemeente="Proefdorp",
        route="Bus 1 stopt voor de deur.",
    )  # fmt: skip


@pytest.fixture
def gesprek(team_sociale_dienst, thema):
    soort = Afspraaksoort.objects.create(
        slug="schulden",
        naam="Praten over schulden",
        duur=30,
        team=team_sociale_dienst,
        meebrengen="Je facturen\nJe loonbrief",
    )
    soort.themas.add(thema)
    return soort


@pytest.fixture
def dinsdag(kade, gesprek):
    """Every Tuesday from nine to ten: two moments, one desk."""
    return spreekuur(kade, gesprek)
