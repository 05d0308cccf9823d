"""The clock, a place with a session for the tests of places and appointments, and a partner to refer to.

The clock of `nu` stands on Monday 1 March 2027, 8.00, until a test sets it.
"""

import pytest
from django.utils import timezone

from loket.models import Afspraaksoort, Postbus
from sociaalhuis import rollen
from sociaalhuis.models import Locatie, Organisatie
from tests.loket import mails
from tests.loket.afspraken import om, spreekuur
from tests.loket.verwijzingen import mandaat_van, tot, voorstel, zaak_van


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


@pytest.fixture
def mandaat(voedselbank, organisatie):
    return mandaat_van(voedselbank, organisatie)


@pytest.fixture
def partner(voedselbank, mandaat):
    """The voice of the food bank, with a mandate that runs."""
    return voedselbank


@pytest.fixture
def andere_organisatie(db):
    return Organisatie.objects.create(
        code="caw", naam="CAW Proefland", soort="caw", email="caw@proefdorp.example", erkend_op="2026-01-05T09:00:00Z"
    )


@pytest.fixture
def andere_partner(maak_gebruiker, andere_organisatie):
    gebruiker = maak_gebruiker("caw", rollen.ORGANISATIELID, medewerker=False)
    mandaat_van(gebruiker, andere_organisatie)
    return gebruiker


@pytest.fixture
def zaak(huis, team_sociale_dienst):
    return zaak_van(team_sociale_dienst)


@pytest.fixture
def verwijs(zaak, organisatie, partner, loket_ocmw):
    """verwijs("aanvaard"): the referral of `zaak` to the food bank, in that running state."""

    def maak(staat="voorgesteld", **velden):
        return tot(voorstel(zaak, organisatie, loket_ocmw, **velden), staat, door=loket_ocmw, partner=partner)

    return maak


@pytest.fixture
def postbus(huis, team_sociale_dienst):
    return Postbus.objects.create(adres=mails.POSTBUS, team=team_sociale_dienst)
