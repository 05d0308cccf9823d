"""Who speaks for an organisation: ending a mandate, handing over, changing a role.

An ended mandate gives no access from that moment on: every request looks at it. An organisation keeps somebody to turn
to: its last aanspreekpunt only goes once there is a successor. Staff may always end one.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participatie.models import Mandaat
from participatie.staat import MagNiet
from sociaalhuis.models import Organisatie

LAATSTE = (
    "Dit is het laatste aanspreekpunt van de organisatie. Maak eerst iemand anders aanspreekpunt."
    " Dan kan dit mandaat stoppen."
)
OOGWENK = timedelta(microseconds=1)
VOORBIJ = "Dit mandaat is al afgelopen."


def eigen_mandaat(organisatie, door):
    """The mandate with which `door` speaks for this organisation now, or None."""
    return Mandaat.objects.van_gebruiker(door).filter(organisatie=organisatie).first()


def mag_leiden(organisatie, door):
    """Whether `door` decides who else speaks: staff, or an aanspreekpunt of the organisation."""
    eigen = eigen_mandaat(organisatie, door)
    return door.has_perm("participatie.change_mandaat") or bool(eigen and eigen.is_aanspreekpunt)


@transaction.atomic
def beeindig_mandaat(*, mandaat, door, op=None):
    """Ends a mandate now, or at `op` when that is later (also later than planned); one that has yet to begin is taken back.

    By staff, by an aanspreekpunt of the organisation, or by who has it. Raises MagNiet when it ended already or would
    leave the organisation without an aanspreekpunt, PermissionDenied for anyone else.
    """
    mandaat = _op_slot(mandaat, door)
    nu = timezone.now()
    einde = max(op or nu, nu)
    verlengt = mandaat.tot and einde > mandaat.tot
    if (mandaat.gebruiker_id != door.pk or verlengt) and not mag_leiden(mandaat.organisatie, door):
        raise PermissionDenied
    if mandaat.tot and mandaat.tot <= nu:
        raise MagNiet(VOORBIJ)
    if not door.has_perm("participatie.change_mandaat") and laat_alleen(mandaat, einde):
        raise MagNiet(LAATSTE)
    if mandaat.van >= einde:  # planned, and taken back: it lasted no longer than the blink of an eye
        mandaat.van = einde - OOGWENK
    mandaat.tot = einde
    mandaat.save(update_fields=["van", "tot"])
    return mandaat


@transaction.atomic
def geef_rol(*, mandaat, rol, door):
    """Makes somebody aanspreekpunt, or no longer. Raises MagNiet for the last one, PermissionDenied for who may not."""
    mandaat = _op_slot(mandaat, door)
    if not mag_leiden(mandaat.organisatie, door):
        raise PermissionDenied
    if mandaat.tot and mandaat.tot <= timezone.now():
        raise MagNiet(VOORBIJ)
    if rol != Mandaat.Rol.AANSPREEKPUNT and laat_alleen(mandaat, timezone.now()):
        raise MagNiet(LAATSTE)
    mandaat.rol = rol
    mandaat.save(update_fields=["rol"])
    return mandaat


def laat_alleen(mandaat, moment):
    """Whether at that moment nobody else is aanspreekpunt when this one is not."""
    if not mandaat.is_aanspreekpunt or not mandaat.is_actief:
        return False
    anderen = Mandaat.objects.actief(moment).filter(organisatie=mandaat.organisatie_id, rol=Mandaat.Rol.AANSPREEKPUNT)
    return not anderen.exclude(gebruiker=mandaat.gebruiker_id).exists()


def _op_slot(mandaat, door):
    """The row through the door. The organisation is held too: two who leave at once do not leave it alone."""
    rijen = Mandaat.objects.zichtbaar_voor(door)
    Organisatie.objects.select_for_update().get(pk=mandaat.organisatie_id)
    return rijen.select_related("organisatie").select_for_update(of=("self",)).get(pk=mandaat.pk)
