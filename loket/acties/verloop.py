"""Time limits of referrals, as a job that comes back: reminders, what is late, what expires, what may no longer be shared.

Before the partner accepted, a step that lasts too long ends the referral. After that somebody may be on their way to
help, so the desk is warned and only the date of the consent ends it.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from loket.acties import verwijsbrief
from loket.acties.verwijzing import merk, op_slot, verloop
from loket.models import Doorverwijzing, Verwijstermijnen
from sociaalhuis import termijn
from sociaalhuis.periodiek import Elke

Staat, Aandacht, Reden = Doorverwijzing.Staat, Doorverwijzing.Aandacht, Doorverwijzing.Reden
VERLOOPT = (Staat.VOORGESTELD, Staat.AKKOORD, Staat.VERZONDEN, Staat.VRAAGT_TERUG, Staat.GEHOLPEN)
VER_VOORUIT = timedelta(days=30)  # no reminder is asked longer before


def loop_na(nu):
    """Does everything that the day of `nu` asks for; again on the same day changes nothing."""
    dag = timezone.localdate(nu)
    kandidaten = Doorverwijzing.objects.lopend().filter(Q(geldig_tot__lt=dag) | Q(uiterlijk_op__lte=dag + VER_VOORUIT))
    for verwijzing in kandidaten.order_by("vraag_id", "pk").only("pk", "vraag_id"):
        with transaction.atomic():
            _een(verwijzing, dag, nu)


def _een(verwijzing, dag, nu):
    vast = op_slot(verwijzing)
    if not vast.is_lopend:
        return
    if vast.geldig_tot < dag:
        verloop(verwijzing=vast, reden=Reden.DATUM, op=nu)
    elif vast.uiterlijk_op < dag:
        _te_laat(vast, nu)
    elif vast.uiterlijk_op == dag and vast.herinnerd < 2:
        _herinner(vast, 2, verwijsbrief.LOKET)
    elif termijn.werkdagen_tot(dag, vast.uiterlijk_op) <= _vooraf(vast) and vast.herinnerd < 1:
        _herinner(vast, 1, verwijsbrief.AAN_ZET[Staat(vast.staat)])


def _te_laat(vast, nu):
    if vast.staat in VERLOOPT:
        verloop(verwijzing=vast, reden=Reden.GEEN_ANTWOORD, op=nu)
    elif vast.herinnerd < 3:
        merk(vast, Aandacht.TE_LAAT, nu)
        _herinner(vast, 3, verwijsbrief.LOKET)


def _herinner(vast, hoeveelste, wie):
    vast.herinnerd = hoeveelste
    vast.save(update_fields=["herinnerd"])
    verwijsbrief.herinner(vast, wie)


def _vooraf(vast):
    return Verwijstermijnen.van(vast.organisatie).herinnering


VERLOOP_VAN_DOORVERWIJZINGEN = Elke(timedelta(minutes=15), "doorverwijzingen", loop_na)
