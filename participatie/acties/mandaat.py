"""Ending a mandate. An ended one gives no access from that moment on: every request looks at it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participatie.models import Mandaat
from participatie.staat import MagNiet


@transaction.atomic
def beeindig_mandaat(*, mandaat, door, op=None):
    """Ends a mandate now. Raises MagNiet when it has already ended."""
    if not door.has_perm("participatie.change_mandaat"):
        raise PermissionDenied
    mandaat = Mandaat.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=mandaat.pk)
    if not mandaat.is_actief:
        raise MagNiet("Dit mandaat is al afgelopen.")
    mandaat.tot = op or timezone.now()
    mandaat.save(update_fields=["tot"])
    return mandaat
