"""A partner brings a client to the Social House."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from loket.acties.vraag import stel_vraag
from loket.models import Toeleiding, Vraag
from sociaalhuis.vertegenwoordiging import organisaties_van


@transaction.atomic
def breng_naar_huis(*, organisatie, toestemming, door, op=None, **vraag):
    """A question of a client, written by a partner with the client's consent. Gives the `Toeleiding`.

    The partner gets no receipt code: that would open the case. The same form again gives the same one.
    Raises PermissionDenied when `door` does not speak for `organisatie`, GeenTeam like `stel_vraag`.
    """
    if not organisaties_van(door).filter(pk=organisatie.pk).exists():
        raise PermissionDenied
    ontvangst = stel_vraag(door=door, kanaal=Vraag.Kanaal.PARTNER, geregistreerd_op=op, **vraag)
    velden = {"organisatie": organisatie, "door": door, "toestemming": toestemming}
    if op:
        velden["op"] = op
    return Toeleiding.objects.get_or_create(vraag=ontvangst.vraag, defaults=velden)[0]
