"""The named cast, the house they live in, and what every test may ask for.

Staff and organisations are users with roles, teams and a Bestuur, named after their demo accounts. A resident
has no account: `bewoner` and `andere_bewoner` are browsers without a cookie. `als(gebruiker)` gives the browser
of a user who is logged in.
"""

import socket
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as alle_settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client, override_settings

from sociaalhuis import rollen
from sociaalhuis.models import Bestuur, Doelgroep, Gebied, Gebruiker, Huis, Organisatie, Team, Thema

WACHTWOORD = "een-lange-zin-voor-de-proef"


@pytest.fixture
def wachtwoord():
    """The password given with `gebruiker.set_password(wachtwoord)` where a test logs in by hand."""
    return WACHTWOORD


@pytest.fixture(autouse=True, scope="session")
def eigen_mappen(tmp_path_factory):
    """Files of tests stay out of the checkout, and need no collected static files; passwords are hashed cheaply."""
    map_ = tmp_path_factory.mktemp("data")
    opslag = {
        **alle_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    mappen = {"DATAMAP": map_, "MEDIA_ROOT": map_ / "bestanden", "POSTMAP": map_ / "post"}
    with override_settings(STORAGES=opslag, PASSWORD_HASHERS=["tests.wachtwoorden.Goedkoop"], **mappen):
        yield map_


@pytest.fixture(scope="module")
def eenmaal(django_db_setup, django_db_blocker):
    """What a fixture of a module makes, every test of the module starts from; gone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- the house --------------------------------------------------------------------------------


@pytest.fixture
def huis(db):
    return Huis.objects.create(
        pk=1,
        naam="Sociaal Huis Proefdorp",
        gemeente="Proefdorp",
        nis_code="99998",
        slogan="Eén deur voor al je vragen",
        straat="Dorpsplein",
        huisnummer="1",
        postcode="9998",
        telefoon="059 99 00 00",
        email="huis@proefdorp.example",
        openingsuren="ma 09:00-12:00\ndi 09:00-12:00, 13:00-18:00",
        coordinator_naam="Coördinator",
        coordinator_email="coordinator@proefdorp.example",
    )


@pytest.fixture
def gemeente(db):
    return Bestuur.objects.create(code=Bestuur.Code.GEMEENTE, naam="Gemeente Proefdorp")


@pytest.fixture
def ocmw(db):
    return Bestuur.objects.create(code=Bestuur.Code.OCMW, naam="OCMW Proefdorp")


@pytest.fixture
def team_onthaal(gemeente):
    return Team.objects.create(code="onthaal", naam="Onthaal", bestuur=gemeente)


@pytest.fixture
def team_sociale_dienst(ocmw):
    return Team.objects.create(code="sociale-dienst", naam="Sociale dienst", bestuur=ocmw)


@pytest.fixture
def team_thuiszorg(ocmw):
    return Team.objects.create(code="thuiszorg", naam="Zorg en thuisdiensten", bestuur=ocmw)


@pytest.fixture
def thema(db):
    return Thema.objects.create(code="geld", naam="Geld en schulden", uitleg="Leefloon, schulden en kortingen")


@pytest.fixture
def doelgroep(db):
    return Doelgroep.objects.create(code="ouderen", naam="Ouderen")


@pytest.fixture
def gebied(db):
    return Gebied.objects.create(code="proefdorp", naam="Proefdorp", soort=Gebied.Soort.GEMEENTE)


@pytest.fixture
def organisatie(db):
    """A checked organisation; `voedselbank` is its voice once participatie gives the mandate."""
    return Organisatie.objects.create(
        code="voedselbank",
        naam="Voedselbank De Mand",
        soort=Organisatie.Soort.VZW,
        ondernemingsnummer="0999100097",
        email="info@demand.example",
        erkend_op="2026-01-05T09:00:00+01:00",
    )


# --- the cast ---------------------------------------------------------------------------------


@pytest.fixture
def maak_gebruiker(db):
    """Makes a user: maak_gebruiker("loket.ocmw", rollen.LOKETMEDEWERKER, bestuur=ocmw, teams=[team])."""

    def maak(naam, *namen, bestuur=None, teams=(), medewerker=True):
        gebruiker = Gebruiker.objects.create_user(
            f"{naam}@proefdorp.example", naam=naam, bestuur=bestuur, is_staff=medewerker
        )
        gebruiker.groups.set([Group.objects.get(name=rol) for rol in namen])
        gebruiker.teams.set(teams)
        gebruiker.refresh_from_db()
        return gebruiker

    return maak


@pytest.fixture
def loket_ocmw(maak_gebruiker, ocmw, team_sociale_dienst):
    return maak_gebruiker("loket.ocmw", rollen.LOKETMEDEWERKER, bestuur=ocmw, teams=[team_sociale_dienst])


@pytest.fixture
def loket_thuiszorg(maak_gebruiker, ocmw, team_thuiszorg):
    """A clerk of the same Bestuur as `loket_ocmw`, in another team."""
    return maak_gebruiker("loket.thuiszorg", rollen.LOKETMEDEWERKER, bestuur=ocmw, teams=[team_thuiszorg])


@pytest.fixture
def loket_gemeente(maak_gebruiker, gemeente, team_onthaal):
    return maak_gebruiker("loket.gemeente", rollen.LOKETMEDEWERKER, bestuur=gemeente, teams=[team_onthaal])


@pytest.fixture
def team_ocmw(maak_gebruiker, ocmw, team_sociale_dienst, team_thuiszorg):
    """The person responsible for both teams of the OCMW."""
    return maak_gebruiker(
        "team.ocmw",
        rollen.LOKETMEDEWERKER,
        rollen.TEAMVERANTWOORDELIJKE,
        bestuur=ocmw,
        teams=[team_sociale_dienst, team_thuiszorg],
    )


@pytest.fixture
def planner(maak_gebruiker, gemeente):
    return maak_gebruiker("planner", rollen.PLANMEDEWERKER, bestuur=gemeente)


@pytest.fixture
def coordinator(maak_gebruiker, gemeente):
    return maak_gebruiker("coordinator", rollen.COORDINATOR, bestuur=gemeente)


@pytest.fixture
def beheer(maak_gebruiker, gemeente):
    return maak_gebruiker("beheer", rollen.BEHEERDER, bestuur=gemeente)


@pytest.fixture
def toezicht(maak_gebruiker, gemeente):
    return maak_gebruiker("toezicht", rollen.TOEZICHTHOUDER, bestuur=gemeente)


@pytest.fixture
def voedselbank(maak_gebruiker):
    return maak_gebruiker("voedselbank", rollen.ORGANISATIELID, medewerker=False)


@pytest.fixture
def superuser(db):
    """The system's own account: passes every permission check of Django, and still has no rights on cases."""
    return Gebruiker.objects.create_superuser("systeem@proefdorp.example", naam="systeem")


# --- browsers ---------------------------------------------------------------------------------


@pytest.fixture
def bewoner():
    """A resident's browser: no account, no cookie."""
    return Client()


@pytest.fixture
def andere_bewoner():
    return Client()


@pytest.fixture
def als(db):
    """als(gebruiker) -> a browser in which this user is logged in."""

    def aangemeld(gebruiker):
        client = Client()
        client.force_login(Gebruiker.objects.get(pk=gebruiker.pk))
        return client

    return aangemeld


# --- mail -------------------------------------------------------------------------------------


@dataclass
class Postvanger:
    """A real mail server on 127.0.0.1 that keeps what it receives."""

    berichten: list = field(default_factory=list)
    antwoord: str = "250 OK"
    controller: Controller | None = None

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (name of aiosmtpd)
        if self.antwoord.startswith("2"):
            self.berichten.append(envelope)
        return self.antwoord

    def start(self, poort=0):
        self.controller = Controller(self, hostname="127.0.0.1", port=poort or vrije_poort())
        self.controller.start()
        self.poort = self.controller.port

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def inhoud(self):
        """The messages as text, in the order they came."""
        return [bericht.content.decode() for bericht in self.berichten]


def vrije_poort():
    with socket.socket() as deur:
        deur.bind(("127.0.0.1", 0))
        return deur.getsockname()[1]


@pytest.fixture
def postvanger(settings):
    """A running mail server that Django's mail goes to; `antwoord` changes what it answers, `stop()` ends it."""
    vanger = Postvanger()
    vanger.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", vanger.poort
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield vanger
    vanger.stop()
