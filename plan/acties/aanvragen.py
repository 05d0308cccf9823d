"""A project request goes its way: the one place where its state changes.

In the making > submitted > advised > approved or refused > taken up in the multi-year plan. Until it was decided, it
may be taken back to be changed; afterwards the coordinator may open it again, and undo the taking up. Every step says
who, when and why.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plan.models import Aanvraagstap, Projectaanvraag

Staat = Projectaanvraag.Staat

# from -> where it may go
OVERGANGEN = {
    Staat.CONCEPT: (Staat.INGEDIEND,),
    Staat.INGEDIEND: (Staat.GEADVISEERD, Staat.CONCEPT),
    Staat.GEADVISEERD: (Staat.GOEDGEKEURD, Staat.GEWEIGERD, Staat.CONCEPT),
    Staat.GOEDGEKEURD: (Staat.OPGENOMEN, Staat.CONCEPT),
    Staat.GEWEIGERD: (Staat.CONCEPT,),
    Staat.OPGENOMEN: (Staat.GOEDGEKEURD,),
}
VOOR_COORDINATOR = {Staat.GOEDGEKEURD, Staat.GEWEIGERD}
WAAROM = {
    Staat.CONCEPT: "Schrijf waarom de aanvraag terug moet.",
    Staat.GEADVISEERD: "Schrijf je advies in een paar zinnen.",
    Staat.GOEDGEKEURD: "Schrijf waarom er zo beslist is.",
    Staat.GEWEIGERD: "Schrijf waarom er zo beslist is.",
}


def mag(door, staat, van):
    """Whether this user may bring a request from one state to another.

    The coordinator decides and comes back on a decision; who edits the plan does the rest.
    """
    beslist = staat in VOOR_COORDINATOR or staat == Staat.CONCEPT and van in Projectaanvraag.BESLIST
    return door.has_perm("plan.publiceer_plan" if beslist else "plan.change_projectaanvraag")


def volgende(aanvraag, door):
    """The states to which this user may bring the request now."""
    return [staat for staat in OVERGANGEN[aanvraag.staat] if mag(door, staat, aanvraag.staat)]


def wat_ontbreekt(aanvraag, staat):
    """Dutch sentences about what must be right before the request may go to this state."""
    if staat == Staat.INGEDIEND:
        if aanvraag.gevraagde_uitgaven is None:
            return ["Vul eerst het gevraagde bedrag en de verwachte ontvangsten in."]
        if not aanvraag.ramingen.exists():
            return ["Voeg eerst minstens één raming toe: welk bestuur, welk jaar, hoeveel?"]
        if not aanvraag.motivatie.strip():
            return ["Schrijf eerst waarom dit geld nodig is."]
    if staat == Staat.OPGENOMEN:
        zonder = aanvraag.ramingen.filter(bbc_code__isnull=True).select_related("bestuur")
        return [
            f"{raming.bestuur} {raming.jaar}, {raming.get_richting_display().lower()}: kies eerst de code in het meerjarenplan."
            for raming in zonder
        ]
    return []


@transaction.atomic
def breng_naar(*, aanvraag, staat, door, toelichting="", advies="", op=None):
    """Brings a request to its next state on a moment (now) and returns it.

    Taking up makes its estimates those of the action: the codes of the multi-year plan are linked to it. Raises
    PermissionDenied for who may not, ValidationError (per field where there is one) for a step that does not fit, a
    missing reason or advice, or estimates that are together something else than what is asked. Undoing a taking up keeps
    the decision, and the codes at the action, which may have had them before.
    """
    aanvraag = Projectaanvraag.objects.select_for_update(of=("self",)).select_related("actie").get(pk=aanvraag.pk)
    if not mag(door, staat, aanvraag.staat):
        raise PermissionDenied
    if staat not in OVERGANGEN[aanvraag.staat]:
        raise ValidationError(f"Dat kan niet (meer): deze aanvraag is nu '{aanvraag.get_staat_display().lower()}'.")
    toelichting = toelichting.strip()
    if not toelichting and staat in WAAROM:
        raise ValidationError({"toelichting": WAAROM[staat]})
    if staat == Staat.GEADVISEERD and advies not in Aanvraagstap.Advies.values:
        raise ValidationError({"advies": "Kies wat je adviseert."})
    fouten = wat_ontbreekt(aanvraag, staat)
    if staat != Staat.CONCEPT:
        fouten += aanvraag.som_fouten(aanvraag.ramingen.totalen())
    if fouten:
        raise ValidationError(fouten)
    op = op or timezone.now()
    nieuw = staat in VOOR_COORDINATOR and not aanvraag.is_beslist
    beslissing = toelichting if nieuw else ""
    aanvraag.noteer_staat(staat, door=door, beslissing=beslissing, op=timezone.localdate(op))
    aanvraag.save(update_fields=["staat", "beslist_op", "beslist_door", "beslissing"])
    Aanvraagstap.objects.create(
        projectaanvraag=aanvraag,
        staat=staat,
        advies=advies if staat == Staat.GEADVISEERD else "",
        toelichting=toelichting,
        op=op,
        door=door,
    )
    if staat == Staat.OPGENOMEN:
        aanvraag.actie.bbc_codes.add(*aanvraag.ramingen.values_list("bbc_code_id", flat=True).distinct())
    return aanvraag
