"""The secret in the address of the calendar of who speaks for an organisation."""

from django.core.exceptions import PermissionDenied

from participatie.models import Agendalink, Mandaat
from sociaalhuis.geheim import hash_van, nieuw_geheim


def vernieuw(*, mandaat, door) -> str:
    """A new secret for this mandate; the old address stops working. It is shown once and not kept."""
    _eigen(mandaat, door)
    geheim = nieuw_geheim()
    Agendalink.objects.update_or_create(mandaat=mandaat, defaults={"hash": hash_van(geheim)})
    return geheim


def trek_in(*, mandaat, door):
    """No address any more."""
    _eigen(mandaat, door)
    Agendalink.objects.filter(mandaat=mandaat).delete()


def mandaat_met(geheim: str):
    """The mandate with this secret, as long as it runs; None otherwise."""
    return Mandaat.objects.actief().filter(agendalink__hash=hash_van(geheim)).select_related("organisatie").first()


def _eigen(mandaat, door):
    if not Mandaat.objects.van_gebruiker(door).filter(pk=mandaat.pk).exists():
        raise PermissionDenied
