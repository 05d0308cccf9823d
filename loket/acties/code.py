"""A receipt code that is not of the form: for who lost the first one, and for who gets one code for two things."""

from django.db import transaction

from loket.acties.behandeling import _op_slot, _zet
from loket.acties.sessies import sluit_sessies
from loket.models import Notitie
from loket.models.staat import Stap
from sociaalhuis import ontvangst


@transaction.atomic
def geef_nieuwe_code(*, vraag, wijze, door, versie=None, op=None) -> str:
    """Ends the old code and every browser that has the case open; gives the new code, which is kept nowhere.

    `wijze` says in words how the person was recognised; it stays as a note. Raises MagNiet, Ondertussen.
    """
    vraag, code = _met_code(vraag, door, versie, Stap.NIEUWE_CODE, ontvangst.nieuwe_code(), op)
    Notitie.objects.create(vraag=vraag, door=door, tekst=f"Nieuwe code gegeven. {wijze}.")
    sluit_sessies(vraag.pk)
    return code


@transaction.atomic
def geef_bewijs(*, vraag, door, code=None) -> str:
    """The first receipt of a question whose code nobody saw yet, because it was taken down to make an appointment.

    `code` is that of the appointment: then one code opens both. Raises MagNiet. Gives the code.
    """
    return _met_code(vraag, door, None, Stap.GEEF_BEWIJS, code or ontvangst.nieuwe_code(), None)[1]


def _met_code(vraag, door, versie, stap, code, op):
    vraag = _op_slot(vraag, door, versie)
    velden = {"code_zoekdeel": ontvangst.zoekdeel(code), "code_hash": ontvangst.hash_van(code)}
    return _zet(vraag, stap, door, op, **velden), code
