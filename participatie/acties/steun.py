"""Supporting an input, and standing behind a plan."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.mag import Handeling, mag
from participatie.models import Inbreng, Mandaat, Steun, Steunverklaring
from participatie.staat import MagNiet
from plan.models import Plan
from sociaalhuis import begrenzing

# Behind one connection a family lives, or a whole library: the limits leave room for both and stop a script.
PER_INBRENG, VENSTER = 3, timedelta(days=30)
PER_DAG = 30
AL_GESTEUND = "Vanaf deze plek is deze inbreng al gesteund. Eén keer is genoeg."


@transaction.atomic
def steun(*, inbreng, organisatie=None, bezoeker="", door=None):
    """Supports an input that is shown: by name for an organisation, as a number for a citizen.

    `bezoeker` is the address that the request came from; it is counted and not kept. Supporting twice in the name of
    an organisation gives the first one again. Raises MagNiet, PermissionDenied without a mandate.
    """
    inbreng = Inbreng.objects.select_related("ronde").get(pk=inbreng.pk)
    if not inbreng.is_zichtbaar or not mag(Handeling.STEUNEN, ronde=inbreng.ronde, gebruiker=door):
        raise MagNiet("Steunen kan alleen zolang de ronde loopt.")
    if organisatie is None:
        if not begrenzing.telt(f"steun:{inbreng.pk}:{bezoeker}", VENSTER, PER_INBRENG) or not begrenzing.telt(
            f"steun:{bezoeker}", timedelta(days=1), PER_DAG
        ):
            raise MagNiet(AL_GESTEUND)
        return Steun.objects.create(inbreng=inbreng)
    _met_mandaat(door, organisatie)
    if inbreng.organisatie_id == organisatie.pk:
        raise MagNiet("Dit is jullie eigen inbreng.")
    try:
        with transaction.atomic():
            return Steun.objects.create(inbreng=inbreng, organisatie=organisatie, door=door)
    except IntegrityError:
        return Steun.objects.nu().get(inbreng=inbreng, organisatie=organisatie)


@transaction.atomic
def neem_steun_terug(*, inbreng, organisatie, door):
    """The organisation does not support it any more. Nothing happens when it did not."""
    _met_mandaat(door, organisatie)
    return Steun.objects.nu().filter(inbreng=inbreng, organisatie=organisatie).update(ingetrokken_op=timezone.now())


@transaction.atomic
def verklaar_steun(*, plan, organisatie, tekst, door):
    """The organisation stands behind a public plan. Raises MagNiet when it already does."""
    _met_mandaat(door, organisatie)
    if not Plan.objects.openbaar().filter(pk=plan.pk).exists():
        raise MagNiet("Dit plan is niet openbaar.")
    try:
        with transaction.atomic():
            return Steunverklaring.objects.create(plan=plan, organisatie=organisatie, tekst=tekst.strip(), door=door)
    except IntegrityError as fout:
        raise MagNiet("Jullie steunverklaring staat er al. Trek ze eerst in om een andere te schrijven.") from fout


@transaction.atomic
def trek_verklaring_in(*, verklaring, door):
    """Takes a statement from the page at once. Raises MagNiet when that was done before."""
    verklaring = (
        Steunverklaring.objects.van_gebruiker(door).select_for_update(of=("self",)).filter(pk=verklaring.pk).first()
    )
    if verklaring is None:
        raise PermissionDenied
    if verklaring.ingetrokken_op:
        raise MagNiet("Deze steunverklaring is al ingetrokken.")
    verklaring.ingetrokken_door, verklaring.ingetrokken_op = door, timezone.now()
    verklaring.save(update_fields=["ingetrokken_door", "ingetrokken_op"])
    return verklaring


def _met_mandaat(door, organisatie):
    if not (door and Mandaat.objects.van_gebruiker(door).filter(organisatie=organisatie).exists()):
        raise PermissionDenied
