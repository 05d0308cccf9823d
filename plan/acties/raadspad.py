"""Walking a plan past both councils: begin, and take the steps. Every step freezes a version."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from plan.acties import publicatie
from plan.acties.versies import bevries
from plan.models import Besluit, Plan, Raadspad


def mag(door):
    if not door.has_perm("plan.publiceer_plan"):
        raise PermissionDenied


@transaction.atomic
def begin_raadspad(*, plan, naam, door, begonnen_op=None, zonder_advies="", zonder_comite=""):
    """A new walk for this plan; one at a time. Returns the `Raadspad`. A reason leaves that step out of the walk.

    Raises PermissionDenied for who may not publish, ValidationError while another one is under way.
    """
    mag(door)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if bezig := next((pad for pad in plan.raadspaden.all() if pad.is_open), None):
        raise ValidationError(f"Er loopt al een weg langs de raden: {bezig.naam}. Maak die eerst af.")
    hoogste = plan.raadspaden.aggregate(hoogste=Max("nummer"))["hoogste"] or 0
    pad = Raadspad(plan=plan, nummer=hoogste + 1, naam=naam.strip())
    pad.zonder_advies, pad.zonder_comite = zonder_advies.strip(), zonder_comite.strip()
    if begonnen_op:
        pad.begonnen_op = begonnen_op
    pad.full_clean()
    pad.save()
    return pad


@transaction.atomic
def zet_stap(*, raadspad, stap, datum, titel, uitslag, door, op=None, **velden):
    """Notes a step that a body took and freezes the plan as it was decided on. Returns the `Besluit`.

    `velden` are the other columns of `Besluit`: `orgaan` or `adviesraad`, nummer, the vote, toelichting, document, uri.
    `op` is the moment of the version (now). The last step, the announcement, makes the plan public since that day.
    Raises PermissionDenied for who may not publish, ValidationError (per field) for a step that may not be taken, and
    for a plan that does not hold together; nothing is then kept.
    """
    mag(door)
    raadspad = Raadspad.objects.select_for_update().select_related("plan").get(pk=raadspad.pk)
    besluit = Besluit(
        plan=raadspad.plan, raadspad=raadspad, stap=stap, datum=datum, titel=titel, uitslag=uitslag, **velden
    )
    besluit.full_clean()
    besluit.save()
    bevries(plan=raadspad.plan, door=door, stap=stap, besluit=besluit, op=op)
    if stap == Besluit.Stap.BEKENDMAKING and raadspad.plan.staat != Plan.Staat.OPENBAAR:
        publicatie.zet_staat(plan=raadspad.plan, staat=Plan.Staat.OPENBAAR, door=door, op=datum)
    return besluit
