"""Bringing a round out, and taking it back while nobody spoke. Its answers are in `acties.antwoord`."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from participatie.models import Ronde
from participatie.staat import MagNiet, ga_naar
from plan.models import Plan


@transaction.atomic
def publiceer(*, ronde, door):
    """Makes a round public; it opens by itself at its hour."""
    ronde = _op_slot(ronde, door)
    if not Plan.objects.openbaar().filter(pk=ronde.plan_id).exists():
        raise MagNiet("Het plan van deze ronde is nog niet openbaar. Maak eerst het plan openbaar.")
    return ga_naar(ronde, Ronde.Staat.GEPUBLICEERD)


@transaction.atomic
def haal_terug(*, ronde, door):
    """Makes a round a draft again, as long as nobody gave input."""
    ronde = _op_slot(ronde, door)
    if ronde.inbrengen.exists():
        raise MagNiet("Er is al inbreng. Deze ronde blijft online.")
    return ga_naar(ronde, Ronde.Staat.CONCEPT)


def _op_slot(ronde, door):
    """The row through the door, held until the end of the transaction."""
    if not door.has_perm("participatie.publiceer_ronde"):
        raise PermissionDenied
    return Ronde.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=ronde.pk)
