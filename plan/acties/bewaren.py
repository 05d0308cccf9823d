"""How long is kept to whom a copy of the plan goes, who was reminded of what, and who asked for news.

An order: a digital one until its mail had time to leave; one that nobody sent, half a year. A reminder: a year. An address
for news that nobody confirmed: a week, and every address when the plan has ended.
"""

from datetime import timedelta

from django.db.models import Max, Min, Q

from plan.models import Abonnement, Bestelling, Herinnering, Plan
from sociaalhuis.bewaren import Bewaarsoort, Gewist, registreer, wis_sleutels
from sociaalhuis.volgen import verbs as volgen

NA_VERSTUREN = timedelta(days=7)  # a mail server that is away gets about two days of tries
NOOIT_VERSTUURD = timedelta(days=183)
HERINNERING = timedelta(days=365)
GROND = "Het exemplaar is bezorgd, of niet meer te bezorgen (artikel 5 van de AVG)"


def wis_verstuurd(nu):
    return wis_sleutels(Bestelling.objects.filter(afgehandeld_op__lte=nu - NA_VERSTUREN), "afgehandeld_op")


def wis_vergeten(nu):
    return wis_sleutels(Bestelling.objects.open().filter(besteld_op__lte=nu - NOOIT_VERSTUURD), "besteld_op")


def wis_herinneringen(nu):
    rijen = Herinnering.objects.filter(op__lte=nu - HERINNERING).order_by()
    geteld = rijen.aggregate(eerste=Min("op"), laatste=Max("op"))
    return Gewist(rijen.delete()[0], **geteld)


registreer(
    Bewaarsoort(
        code="plan-herinnering",
        naam="Wie aan werk in het plan herinnerd werd",
        termijn=HERINNERING,
        vanaf="na de herinnering",
        grond="Na een jaar is de opvolging van dat jaar afgerond (artikel 5 van de AVG)",
        wis=wis_herinneringen,
    )
)
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


def wis_abonnementen(nu):
    return volgen.wis(
        Abonnement.objects.filter(
            Q(bevestigd_op=None, gemaakt_op__lte=nu - volgen.NIET_BEVESTIGD) | Q(plan__staat=Plan.Staat.AFGELOPEN)
        )
    )


registreer(
    Bewaarsoort(
        code="abonnement-plan",
        naam="Wie nieuws over een plan vroeg en dat niet bevestigde",
        termijn=volgen.NIET_BEVESTIGD,
        vanaf="na de vraag; meteen als het plan afgelopen is",
        grond="Zonder bevestiging of zonder plan is er geen doel meer (artikel 5 van de AVG)",
        wis=wis_abonnementen,
    )
)
