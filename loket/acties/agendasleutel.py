"""The secret in the address of someone's calendar."""

from loket.models import Agendasleutel
from sociaalhuis.geheim import hash_van, nieuw_geheim


def vernieuw(*, door) -> str:
    """A new secret of 192 bits for this member of staff; the old address stops working. It is shown once and not kept."""
    sleutel = nieuw_geheim()
    Agendasleutel.objects.update_or_create(gebruiker=door, defaults={"hash": hash_van(sleutel)})
    return sleutel


def trek_in(*, door):
    """No address any more."""
    Agendasleutel.objects.filter(gebruiker=door).delete()


def gebruiker_met(sleutel: str):
    """The active member of staff with this secret, or None."""
    rij = (
        Agendasleutel.objects.select_related("gebruiker")
        .filter(hash=hash_van(sleutel), gebruiker__is_active=True)
        .first()
    )
    return rij.gebruiker if rij else None
