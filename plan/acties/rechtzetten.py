"""Putting the council track right: correcting what was noted of a step, or withdrawing a step noted by mistake.

What was frozen for it stays: nobody changes a version. Every correction says who, when, what and why, on the page of
the decision too.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plan.acties import publicatie
from plan.acties.raadspad import mag
from plan.models import Besluit, Plan, Raadspad, Rechtzetting, Wijzigingsreden
from plan.models.raadspad import midden_in
from sociaalhuis.templatetags.huis import datum

VELDEN = ("datum", "titel", "nummer", "uitslag", "eenparig", "stemmen_voor", "stemmen_tegen", "onthoudingen",
          "toelichting", "document", "uri")  # fmt: skip


def _houd(besluit):
    """(the walk, the decision), both locked and with each other, or ValidationError when it does not count any more."""
    pad = Raadspad.objects.select_for_update(of=("self",)).select_related("plan").get(pk=besluit.raadspad_id)
    rij = Besluit.objects.select_for_update(of=("self",)).select_related("orgaan", "adviesraad").get(pk=besluit.pk)
    if rij.ingetrokken_op:
        raise ValidationError("Deze stap is al ingetrokken.")
    rij.raadspad, rij.plan = pad, pad.plan
    return pad, rij


def in_woorden(besluit, naam):
    """The value of a column as a person reads it."""
    waarde = getattr(besluit, naam)
    if naam == "uitslag":
        return besluit.get_uitslag_display().lower()
    if naam == "datum":
        return datum(waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return "niets" if waarde in (None, "") else str(waarde)


@transaction.atomic
def verbeter_stap(*, besluit, reden, door, **velden):
    """Corrects what was noted of a step (columns of VELDEN) and returns the `Rechtzetting`.

    Which body took which step stays: withdraw it instead. A day that moves takes the day on which the plan became public
    along. Raises PermissionDenied for who may not publish, ValidationError (per field) for a step that would not fit any
    more, for no reason, and when nothing changes.
    """
    mag(door)
    pad, rij = _houd(besluit)
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf waarom je dit verbetert."})
    vroeger = {naam: in_woorden(rij, naam) for naam in VELDEN}
    dag = rij.datum
    for naam in VELDEN:
        if naam in velden:
            setattr(rij, naam, velden[naam])
    anders = [naam for naam in VELDEN if in_woorden(rij, naam) != vroeger[naam]]
    if not anders:
        raise ValidationError("Er is niets veranderd.")
    rij.full_clean()
    rij.save(update_fields=anders)
    if rij.stap == Besluit.Stap.BEKENDMAKING and pad.plan.gepubliceerd_op == dag:
        Plan.objects.filter(pk=pad.plan_id).update(gepubliceerd_op=rij.datum)
    return _noteer(
        rij,
        Rechtzetting.Soort.VERBETERD,
        reden,
        door,
        wat="; ".join(
            f"{Besluit._meta.get_field(naam).verbose_name}: {vroeger[naam][:60]} werd {in_woorden(rij, naam)[:60]}"
            for naam in anders
        )[:600],
    )


@transaction.atomic
def trek_in(*, besluit, reden, door):
    """Withdraws a step that was noted by mistake, so that it can be noted again; returns the `Rechtzetting`.

    An announcement that goes takes the plan off the site again when it had put it there, and opens the reasons for
    changes that it had closed. Raises PermissionDenied for who may not publish, ValidationError without a reason and
    while a later step stands on it.
    """
    mag(door)
    pad, rij = _houd(besluit)
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf waarom je deze stap intrekt."})
    if later := pad.houdt_tegen(rij):
        wie = ", ".join(f"{midden_in(stap.get_stap_display())} ({stap.wie})" for stap in reversed(later))
        raise ValidationError(f"Er staan al stappen na deze. Trek die eerst in, de laatste eerst: {wie}.")
    rij.ingetrokken_op = timezone.now()
    rij.save(update_fields=["ingetrokken_op"])
    if rij.stap == Besluit.Stap.BEKENDMAKING:
        _niet_bekend(pad.plan, rij, door)
    return _noteer(rij, Rechtzetting.Soort.INGETROKKEN, reden, door)


def _niet_bekend(plan, besluit, door):
    """The plan as before its announcement: its reasons open, and hidden when nothing else made it public."""
    redenen = Wijzigingsreden.objects.filter(plan=plan)
    nu_open = set(redenen.filter(versie__isnull=True).values_list("onderdeel", flat=True))
    for reden in redenen.filter(versie__besluit=besluit):
        if reden.onderdeel not in nu_open:
            reden.versie = None
            reden.save(update_fields=["versie"])
    eerder = any(pad.is_klaar for pad in plan.raadspaden.all())
    if plan.staat == Plan.Staat.OPENBAAR and plan.gepubliceerd_op == besluit.datum and not eerder:
        publicatie.zet_staat(plan=plan, staat=Plan.Staat.VOORBEREIDING, door=door)


def _noteer(besluit, soort, reden, door, wat=""):
    rij = Rechtzetting(besluit=besluit, soort=soort, reden=reden.strip(), wat=wat, door=door)
    rij.full_clean(exclude=["besluit"])
    rij.save()
    return rij
