"""Deciding on a project request: the one place where its state changes."""

from django.db import transaction
from django.utils import timezone

from plan.models import Projectaanvraag

Staat = Projectaanvraag.Staat


@transaction.atomic
def zet_staat(*, aanvraag, staat, door, beslissing="", op=None):
    """Brings a request into a state. A decision carries who, when and why; going back to undecided empties all three.

    A request that was approved keeps its decision when it is taken up in the multi-year plan. Raises ValidationError
    without a reason for a decision.
    """
    beslist = staat in Projectaanvraag.BESLIST
    if beslist and not (aanvraag.is_beslist and staat == Staat.OPGENOMEN and not beslissing):
        aanvraag.beslist_op = op or timezone.localdate()
        aanvraag.beslist_door = door
        aanvraag.beslissing = beslissing
    elif not beslist:
        aanvraag.beslist_op, aanvraag.beslist_door, aanvraag.beslissing = None, None, ""
    aanvraag.staat = staat
    aanvraag.full_clean()
    aanvraag.save(update_fields=["staat", "beslist_op", "beslist_door", "beslissing"])
    return aanvraag
