"""A remark in the own name: writing it, taking it from the website, erasing it, and hiding it by staff."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties.mandaat import eigen_mandaat
from participatie.acties.reactienotas import vergeet_notas
from participatie.mag import Handeling, Rol, mag, moment_van, waarom_niet, wie_mag
from participatie.models import Inbreng, Opmerking, Ronde
from participatie.staat import MagNiet


def waarover(organisatie):
    """What a representative of this organisation may remark on now: list of (round, its own inputs there); two queries."""
    rondes = [ronde for ronde in Ronde.objects.open().order_by("sluit_op") if _staat_open(ronde)]
    eigen = Inbreng.objects.filter(ronde__in=rondes, organisatie=organisatie, staat__in=Inbreng.STAAND, gewist_op=None)
    eigen = list(eigen.select_related("onderdeel").defer("email").order_by("ingediend_op", "pk"))
    return [(ronde, [inbreng for inbreng in eigen if inbreng.ronde_id == ronde.pk]) for ronde in rondes]


def _staat_open(ronde):
    return Handeling.OPMERKEN not in ronde.zonder and Rol.ORGANISATIE in wie_mag(Handeling.OPMERKEN, moment_van(ronde))


def schrijf(*, ronde, organisatie, tekst, inbreng=None, openbaar=False, inzending, door):
    """Keeps a remark signed by `door`, who speaks for the organisation now; the same `inzending` gives the same remark.

    Raises PermissionDenied without a mandate, MagNiet when the round is at another step or the input is not theirs.
    """
    if bestaand := Opmerking.objects.filter(inzending=inzending, door=door).first():
        return bestaand
    if not eigen_mandaat(organisatie, door):
        raise PermissionDenied
    if not mag(Handeling.OPMERKEN, ronde=ronde, gebruiker=door):
        raise MagNiet(waarom_niet(Handeling.OPMERKEN, ronde))
    if inbreng and (inbreng.organisatie_id != organisatie.pk or inbreng.ronde_id != ronde.pk):
        raise MagNiet("Een opmerking staat bij een ronde, of bij een inbreng van je eigen organisatie.")
    try:
        with transaction.atomic():
            return Opmerking.objects.create(
                ronde=ronde,
                inbreng=inbreng,
                organisatie=organisatie,
                door=door,
                tekst=tekst.strip(),
                openbaar=openbaar,
                inzending=inzending,
            )
    except IntegrityError:
        bestaand = Opmerking.objects.filter(inzending=inzending, door=door).first()  # posted twice at the same moment
        if bestaand is None:
            raise
        return bestaand


@transaction.atomic
def haal_van_website(*, opmerking, door):
    """Only colleagues and staff read it from now on. By its writer; nothing happens when it was so already."""
    opmerking = _eigen_op_slot(opmerking, door)
    opmerking.openbaar = False
    opmerking.save(update_fields=["openbaar"])
    vergeet_notas(opmerking.ronde)
    return opmerking


@transaction.atomic
def wis(*, opmerking, door):
    """Erases a remark for good, by its writer, whether or not the mandate still runs."""
    opmerking = _eigen_op_slot(opmerking, door)
    opmerking.delete()
    if opmerking.openbaar:
        vergeet_notas(opmerking.ronde)


@transaction.atomic
def verberg(*, opmerking, reden, door):
    """Keeps a public remark from the website, with a reason that its writer and colleagues read."""
    opmerking = _op_slot_voor_huis(opmerking, door)
    if not reden.strip():
        raise MagNiet("Schrijf waarom we deze opmerking niet tonen.")
    if not opmerking.is_te_zien:
        raise MagNiet("Deze opmerking staat niet op de website.")
    opmerking.verborgen_op, opmerking.verborgen_door = timezone.now(), door
    opmerking.reden_verborgen = reden.strip()
    opmerking.save(update_fields=["verborgen_op", "verborgen_door", "reden_verborgen"])
    return opmerking


@transaction.atomic
def toon(*, opmerking, door):
    """Shows again what was hidden, if the writer still wants it public."""
    opmerking = _op_slot_voor_huis(opmerking, door)
    opmerking.verborgen_op, opmerking.verborgen_door, opmerking.reden_verborgen = None, None, ""
    opmerking.save(update_fields=["verborgen_op", "verborgen_door", "reden_verborgen"])
    return opmerking


def _eigen_op_slot(opmerking, door):
    rij = Opmerking.objects.filter(door=door).select_for_update(of=("self",)).filter(pk=opmerking.pk).first()
    if rij is None:
        raise PermissionDenied
    return rij


def _op_slot_voor_huis(opmerking, door):
    if not door.has_perm("participatie.verberg_opmerking"):
        raise PermissionDenied
    return Opmerking.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=opmerking.pk)
