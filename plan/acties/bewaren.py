"""How long an order of a copy keeps to whom it goes: a digital one until its mail had time to leave; one that nobody sent, half a year."""

from datetime import timedelta

from plan.models import Bestelling
from sociaalhuis.bewaren import Bewaarsoort, registreer, wis_sleutels

NA_VERSTUREN = timedelta(days=7)  # a mail server that is away gets about two days of tries
NOOIT_VERSTUURD = timedelta(days=183)
GROND = "Het exemplaar is bezorgd, of niet meer te bezorgen (artikel 5 van de AVG)"


def wis_verstuurd(nu):
    return wis_sleutels(Bestelling.objects.filter(afgehandeld_op__lte=nu - NA_VERSTUREN), "afgehandeld_op")


def wis_vergeten(nu):
    return wis_sleutels(Bestelling.objects.open().filter(besteld_op__lte=nu - NOOIT_VERSTUURD), "besteld_op")


registreer(
    Bewaarsoort(
        code="bestelling-verstuurd",
        naam="Wie een exemplaar van het plan kreeg",
        termijn=NA_VERSTUREN,
        vanaf="nadat het verstuurd is",
        grond=GROND,
        wis=wis_verstuurd,
    )
)
registreer(
    Bewaarsoort(
        code="bestelling-vergeten",
        naam="Wie een exemplaar van het plan vroeg en het niet kreeg",
        termijn=NOOIT_VERSTUURD,
        vanaf="nadat het gevraagd is",
        grond=GROND,
        wis=wis_vergeten,
    )
)
