"""Holding a case back from erasure, and letting it go again."""

from django.db import transaction
from django.utils import timezone

from loket.acties.behandeling import _op_slot, _zet
from loket.models import Bewaarstop, MagNiet
from loket.models.staat import Stap

AL_STOP = "Er staat al een bewaarstop op dit dossier."
GEEN_STOP = "Er staat geen bewaarstop op dit dossier."


@transaction.atomic
def zet_stop(*, vraag, reden, door, tot=None, versie=None, op=None) -> Bewaarstop:
    """This case stays until and including the day `tot`, or until somebody lifts it. Raises MagNiet, Ondertussen."""
    vraag = _op_slot(vraag, door, versie)
    lopend = vraag.bewaarstops.filter(opgeheven_op=None)
    if lopend.geldig().exists():
        raise MagNiet(AL_STOP)
    op = op or timezone.now()
    lopend.update(opgeheven_op=op, opgeheven_door=door)  # one that ended by itself
    stop = Bewaarstop.objects.create(vraag=vraag, tekst=reden, tot=tot, door=door, op=op)
    _zet(vraag, Stap.BEWAARSTOP, door, op)
    return stop


@transaction.atomic
def hef_stop_op(*, vraag, door, versie=None, op=None):
    vraag = _op_slot(vraag, door, versie)
    stoppen = vraag.bewaarstops.filter(opgeheven_op=None)
    if not stoppen.update(opgeheven_op=op or timezone.now(), opgeheven_door=door):
        raise MagNiet(GEEN_STOP)
    return _zet(vraag, Stap.HEF_STOP_OP, door, op)
