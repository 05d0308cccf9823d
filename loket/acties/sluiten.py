"""Closing what nobody closes: answered, or asked back, and no word since. Without this its term of keeping never begins.

Some working days before, who asked hears it (a mail that says nothing, and the page with the code) and the team sees it
in the list "Sluit vanzelf". Any word, of either side, starts the term anew; what the terms are stands with the house.
An open wish to be erased, a referral that runs and an appointment to come hold it back. Only on working days, from seven.
"""

import logging
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from loket.acties.bericht import stuur_over
from loket.acties.opvolgen import VANAF_UUR
from loket.acties.slot import op_slot, zet
from loket.models import Afspraak, Doorverwijzing, Gebeurtenis, Vraag, Wiswens
from loket.models.staat import GEEN_REACTIE, WACHT, WACHT_OP_REACTIE, Stap
from loket.termijnen.kalender import sluitingsdagen
from sociaalhuis import termijn
from sociaalhuis.models import Huis

logger = logging.getLogger(__name__)
MEEST = 500  # questions in one go; the rest follows an hour later
BRIEF = (
    "Hebben we je geholpen? Laat het weten als je nog iets wil vragen of zeggen, dan houden we het open."
    " Anders sluiten we binnenkort af. Tot wanneer je kan schrijven, lees je hier met je code:"
)


def loop_na(nu):
    """Says what will close, and closes what was said in time; for `sociaalhuis.periodiek`. Gives (said, closed)."""
    vandaag, gesloten = timezone.localdate(nu), sluitingsdagen(0)
    if not termijn.is_werkdag(vandaag, gesloten) or timezone.localtime(nu).hour < VANAF_UUR:
        return 0, 0
    huis = Huis.objects.first() or Huis()
    dicht = sum(_probeer(_sluit, vraag, vandaag, nu) for vraag in aan_de_beurt(vandaag))
    wacht = huis.sluit_werkdagen - huis.sluit_vooraf
    # The day on which it may be said; working days are never fewer than days.
    te_zeggen = [
        vraag
        for vraag in stil_sinds(nu - timedelta(days=wacht), nu)[:MEEST]
        if termijn.uiterlijk(vraag.sinds, wacht, gesloten) <= vandaag
    ]
    tot = termijn.uiterlijk(vandaag, huis.sluit_vooraf, gesloten)
    return sum(_probeer(_zeg, vraag, tot, nu) for vraag in te_zeggen), dicht


def _probeer(verb, vraag, dag, nu) -> bool:
    """One question, in a savepoint of its own: whatever is wrong with it may not stop the others."""
    try:
        return verb(vraag, dag, nu)
    except Exception as fout:
        logger.error("question %s could not be closed by itself: %s", vraag.pk, type(fout).__name__)
        return False


def aan_de_beurt(vandaag):
    """What closes today: the last day to say a word, which was announced, has passed."""
    return Vraag.objects.sluit_vanzelf().filter(sluit_na__lt=vandaag).order_by("sluit_na", "pk")[:MEEST]


def stil_sinds(moment, nu=None):
    """Questions that wait for a reaction since before `moment`, of which nothing was said yet; with `sinds`."""
    vragen = Vraag.objects.gewoon().filter(
        staat__in=WACHT_OP_REACTIE, sluit_na=None, samengevoegd_met=None, geregistreerd_op__lte=moment
    )
    vragen = vragen.annotate(sinds=_laatste_woord()).filter(_niets_loopt(nu), sinds__lte=_eind_van(moment))
    return vragen.order_by("sinds", "pk").zonder_inhoud()


def _eind_van(moment):
    """The end of that day: days are counted, not hours."""
    return timezone.make_aware(datetime.combine(timezone.localdate(moment), time.max))


def _laatste_woord():
    """When something was last said or decided: what happened by itself or inside the house does not count."""
    stappen = Gebeurtenis.objects.filter(vraag=OuterRef("pk")).exclude(stap__in=GEEN_REACTIE)
    return Subquery(stappen.order_by("-op", "-pk").values("op")[:1])


def _niets_loopt(nu=None):
    """The condition that nothing about this question still has to happen."""
    return (
        ~Exists(Wiswens.objects.open().filter(vraag=OuterRef("pk")))
        & ~Exists(Doorverwijzing.objects.lopend().filter(vraag=OuterRef("pk")))
        & ~Exists(Afspraak.objects.bezet().filter(vraag=OuterRef("pk"), begin__gte=nu or timezone.now()))
    )


@transaction.atomic
def _zeg(vraag, tot, nu) -> bool:
    """Tells who asked and the team that this question closes after the day `tot`. False when that changed meanwhile."""
    vast = op_slot(vraag, None, None)
    if not stil_sinds(nu, nu).filter(pk=vast.pk, versie=vraag.versie).exists():
        return False
    zet(vast, Stap.MELD_SLUITEN, None, nu, sluit_na=tot)
    if vast.antwoordwijze == Vraag.Antwoordwijze.MAIL and vast.email:
        stuur_over(
            vraag=vast,
            sleutel=f"vraag-{vast.pk}-sluit-{tot}",
            onderwerp="Hebben we je geholpen?",
            tekst=BRIEF,
            pad=reverse("loket:opvolgen"),
        )
    return True


@transaction.atomic
def _sluit(vraag, vandaag, nu) -> bool:
    """Closes it; what was said or decided after the announcement takes that back instead. Gives whether it closed."""
    vast = op_slot(vraag, None, None)
    if vast.sluit_na is None or vast.sluit_na >= vandaag:
        return False
    gezegd = vast.gebeurtenissen.filter(stap=Stap.MELD_SLUITEN).order_by("-op", "-pk").values("op")[:1]
    woord = vast.gebeurtenissen.exclude(stap__in=GEEN_REACTIE).filter(op__gt=Subquery(gezegd)).exists()
    if woord or not Vraag.objects.filter(_niets_loopt(nu), pk=vast.pk).exists():
        vast.sluit_na = None
        vast.save(update_fields=["sluit_na"])
        return False
    gehoord = Vraag.Resultaat.NIET_BEREIKT if vast.staat == WACHT else Vraag.Resultaat.GEEN_REACTIE
    zet(vast, Stap.SLUIT_VANZELF, None, nu, resultaat=gehoord)
    return True
