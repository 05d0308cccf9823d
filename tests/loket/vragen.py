"""Making questions for the tests of the counter, through the real verbs."""

import time
import uuid
from datetime import timedelta

from django.core import signing
from django.utils import timezone

from loket.acties.vraag import stel_vraag
from sociaalhuis.inzending import ZOUT, Bewijs


def gewone_dag():
    """For counting queries as a visitor causes them: client.get(url, **dag), twice.

    What is public is then kept under its version, whose number the front of the portal passes on.
    """
    return {"sociaalhuis.versie": time.time_ns()}


def bewijs(seconden=60):
    """The token of a form that was opened so long ago."""
    return Bewijs(uuid.uuid4(), timezone.now() - timedelta(seconds=seconden))


def getekend(seconden=60):
    """The same as it stands hidden in the form."""
    return signing.dumps([uuid.uuid4().hex, int(timezone.now().timestamp()) - seconden], salt=ZOUT)


def ontvang(team, **velden):
    """A registered question with its receipt: `Ontvangst`."""
    standaard = {
        "door": None,
        "bewijs": bewijs(),
        "tekst": "Ik heb hulp nodig.",
        "antwoordwijze": "hier",
        "werkdagen": 5,
    }
    return stel_vraag(team=team, **{**standaard, **velden})


def vraag_van(team, **velden):
    return ontvang(team, **velden).vraag


def ingevuld(**velden):
    """A filled in question form as a person posts it, a minute after opening the page."""
    return {"bewijs": getekend(), "tekst": "Ik zoek hulp.", "antwoordwijze": "hier", "akkoord": "on", **velden}
