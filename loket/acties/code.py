"""A new receipt code for who lost the first one, after somebody checked who it is."""

from django.db import transaction

from loket.acties.behandeling import _op_slot, _zet
from loket.acties.sessies import sluit_sessies
from loket.models import Notitie
from loket.models.staat import Stap
from loket.zaak import ontvangst


@transaction.atomic
def geef_nieuwe_code(*, vraag, wijze, door, versie=None, op=None, code=None) -> str:
    """Ends the old code and every browser that has the case open; gives the new code, which is kept nowhere.

    `wijze` says in words how the person was recognised; it stays as a note. `code` is one that they get anyway, of the
    appointment that goes with the question: then one code opens both. Raises MagNiet, Ondertussen.
    """
    vraag = _op_slot(vraag, door, versie)
    code = code or ontvangst.nieuwe_code()
    velden = {"code_zoekdeel": ontvangst.zoekdeel(code), "code_hash": ontvangst.hash_van(code)}
    _zet(vraag, Stap.NIEUWE_CODE, door, op, **velden)
    Notitie.objects.create(vraag=vraag, door=door, tekst=f"Nieuwe code gegeven. {wijze}.")
    sluit_sessies(vraag.pk)
    return code
