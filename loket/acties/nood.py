"""Noting a need, making a signal of what was counted, and the reaction of the plan."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from loket.cijfers.feiten import telbaar_voor
from loket.models import Nood, Signaal
from loket.models.nood import AAN_HET_LOKET
from loket.noden import register
from sociaalhuis.rollen import COORDINATOR, heeft_rol


class TeWeinig(Exception):
    """This was counted fewer than five times in that period, as far as this user may see."""


class BestaatAl(Exception):
    """The same signal lies at that part of the plan already."""


@transaction.atomic
def noteer_nood(*, thema, doelgroep, gebied, wat, aantal, door) -> Nood:
    """Writes down that something is missing. Raises PermissionDenied for who does not work at the desk."""
    if not heeft_rol(door, *AAN_HET_LOKET):
        raise PermissionDenied
    return Nood.objects.create(thema=thema, doelgroep=doelgroep, gebied=gebied, wat=wat, aantal=aantal, door=door)


def maak_signaal(*, onderdeel, sleutel, periode, toelichting, door) -> Signaal:
    """Lays one line of the register at a part of the plan; it is counted again here, and frozen.

    `sleutel` is (theme, group, area) as pks or None. Raises TeWeinig, BestaatAl, PermissionDenied.
    """
    if not heeft_rol(door, *AAN_HET_LOKET, COORDINATOR):
        raise PermissionDenied
    regel = next((r for r in register.regels(telbaar_voor(door), periode)[0] if r.sleutel == sleutel), None)
    if regel is None or not regel.telt:
        raise TeWeinig
    thema, doelgroep, gebied = sleutel
    try:
        with transaction.atomic():
            return Signaal.objects.create(
                onderdeel=onderdeel,
                thema_id=thema,
                doelgroep_id=doelgroep,
                gebied_id=gebied,
                van=periode.van,
                tot=periode.tot,
                aantal=regel.samen,
                bronnen=[list(paar) for paar in regel.bronnen],
                toelichting=toelichting,
                door=door,
            )
    except IntegrityError as fout:
        raise BestaatAl from fout


@transaction.atomic
def reageer(*, signaal, reactie, openbaar, door) -> Signaal:
    """What the plan says to a signal; may be written again. Raises PermissionDenied for who is no coordinator."""
    if not heeft_rol(door, COORDINATOR):
        raise PermissionDenied
    vast = Signaal.objects.select_for_update().get(pk=signaal.pk)
    vast.reactie, vast.openbaar, vast.reactie_door, vast.reactie_op = reactie, openbaar, door, timezone.now()
    vast.save(update_fields=["reactie", "openbaar", "reactie_door", "reactie_op"])
    return vast
