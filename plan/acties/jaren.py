"""A year of the plan: made from the running actions, adopted, followed up, closed. The one place where its state changes."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plan.jaren import inhoud_van
from plan.models import Actie, Jaaractie, Jaaractieplan, Jaaropvolging, Onderdeel
from plan.models.versie import als_tekst, vingerafdruk

Staat, Moment = Jaaractieplan.Staat, Jaaropvolging.Moment

# from -> where it may go
OVERGANGEN = {
    Staat.VOORBEREIDING: (Staat.ONTWERP, Staat.VASTGESTELD),
    Staat.ONTWERP: (Staat.VASTGESTELD, Staat.VOORBEREIDING),
    Staat.VASTGESTELD: (Staat.AFGESLOTEN,),
    Staat.AFGESLOTEN: (),
}
VOOR_COORDINATOR = {Staat.VASTGESTELD, Staat.AFGESLOTEN}


def mag(door, staat=None):
    """Whether this user may bring a year to this state, or (without one) write in it."""
    return door.has_perm("plan.publiceer_plan" if staat in VOOR_COORDINATOR else "plan.change_jaaractieplan")


def _houd(jaarplan, door, staat=None):
    if not mag(door, staat):
        raise PermissionDenied
    return Jaaractieplan.objects.select_for_update(of=("self",)).select_related("plan").get(pk=jaarplan.pk)


@transaction.atomic
def neem_op(*, jaarplan, regels, door):
    """Adds actions to a year: dicts with `actie` (key), `wat`, and `reden` when it comes from the year before.

    What stands in it already stays as it is. Returns how many were added. Raises PermissionDenied, or ValidationError
    for a year that was adopted, an action of another plan, or a reason or text that is missing.
    """
    jaarplan = _houd(jaarplan, door)
    if jaarplan.is_vast:
        raise ValidationError("Dit jaaractieplan is vastgesteld. Er kan niets meer bij.")
    acties = {actie.pk: actie for actie in Actie.objects.filter(plan=jaarplan.plan)}
    al = set(jaarplan.regels.values_list("actie_id", flat=True))
    aantal = 0
    for regel in regels:
        if regel["actie"] not in acties:
            raise ValidationError("Kies alleen acties van dit plan.")
        if regel["actie"] in al:
            continue
        rij = Jaaractie(
            jaaractieplan=jaarplan,
            actie=acties[regel["actie"]],
            wat=regel["wat"].strip(),
            overgedragen=regel.get("reden") is not None,
            overgedragen_reden=(regel.get("reden") or "").strip(),
        )
        rij.full_clean(exclude=["jaaractieplan", "actie"])
        rij.save()
        al.add(regel["actie"])
        aantal += 1
    return aantal


def wat_ontbreekt(jaarplan, staat):
    """Dutch sentences about what must be there before the year may go to this state."""
    if staat == Staat.VASTGESTELD and not jaarplan.regels.exists():
        return ["Er staan nog geen acties in dit jaar. Voeg ze eerst toe."]
    if staat == Staat.AFGESLOTEN:
        fouten = [] if jaarplan.evaluatie.strip() else ["Schrijf eerst de evaluatie van dit jaar."]
        zonder = jaarplan.regels.exclude(opvolgingen__moment=Moment.JAAR).order_by("actie__plek")
        return fouten + [f"{regel.actie}: noteer eerst hoe het afliep." for regel in zonder.select_related("actie")]
    return []


@transaction.atomic
def breng_naar(*, jaarplan, staat, door, op=None):
    """Brings a year to its next state and returns it; adopting (on a day, today) freezes what it holds.

    Raises PermissionDenied for who may not, ValidationError for a step that does not exist or comes too early.
    """
    jaarplan = _houd(jaarplan, door, staat)
    if staat not in OVERGANGEN[jaarplan.staat]:
        raise ValidationError(f"Dat kan niet (meer): dit jaar is nu '{jaarplan.get_staat_display().lower()}'.")
    if fouten := wat_ontbreekt(jaarplan, staat):
        raise ValidationError(fouten)
    jaarplan.staat = staat
    velden = ["staat"]
    if staat == Staat.VASTGESTELD:
        jaarplan.tekst = als_tekst(inhoud_van(jaarplan))
        jaarplan.vingerafdruk = vingerafdruk(jaarplan.tekst)
        jaarplan.vastgesteld_op, jaarplan.vastgesteld_door = op or timezone.localdate(), door
        velden += ["tekst", "vingerafdruk", "vastgesteld_op", "vastgesteld_door"]
    jaarplan.save(update_fields=velden)
    return jaarplan


@transaction.atomic
def volg_op(*, jaarplan, moment, rijen, door, op=None):
    """Notes how actions stand: {key of the `Jaaractie`: (state, note)}; at the end of the year the note is its result.

    Only what is other than before is written, with who and when. Returns how many. Raises PermissionDenied, or
    ValidationError for a year that was not adopted or is closed, or a state that does not exist.
    """
    jaarplan = _houd(jaarplan, door)
    if not jaarplan.is_vast or jaarplan.staat != Staat.VASTGESTELD:
        raise ValidationError("Je volgt een jaar op als het vastgesteld is en nog niet afgesloten.")
    al = {
        rij.jaaractie_id: rij for rij in Jaaropvolging.objects.filter(jaaractie__jaaractieplan=jaarplan, moment=moment)
    }
    aantal = 0
    for regel in jaarplan.regels.filter(pk__in=rijen):
        stand, nota = rijen[regel.pk]
        if stand not in Onderdeel.Stand.values:
            raise ValidationError("Kies een stand uit de lijst.")
        rij = al.get(regel.pk) or Jaaropvolging(jaaractie=regel, moment=moment)
        nota = nota.strip()
        if rij.pk and (rij.stand, rij.nota) == (stand, nota):
            continue
        rij.stand, rij.nota, rij.op, rij.door = stand, nota, op or timezone.now(), door
        rij.full_clean(exclude=["jaaractie"])
        rij.save()
        if moment == Moment.JAAR and regel.resultaat != nota:
            regel.resultaat = nota
            regel.save(update_fields=["resultaat"])
        aantal += 1
    return aantal
