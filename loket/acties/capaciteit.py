"""Places and waiting time of a partner: what is known, and saying it anew."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from loket.models import Capaciteit, Dienst
from sociaalhuis.vertegenwoordiging import organisaties_van


def rijen_van(organisaties):
    """A `Capaciteit` for each organisation and each published service of it, saved or not, in a fixed order."""
    bestaand = {
        (rij.organisatie_id, rij.dienst_id): rij
        for rij in Capaciteit.objects.filter(organisatie__in=organisaties).select_related("organisatie", "dienst")
    }
    diensten = list(
        Dienst.objects.gepubliceerd().filter(aanbieder__in=organisaties).only("pk", "slug", "titel", "aanbieder_id")
    )
    rijen = []
    for organisatie in organisaties:
        eigen = [None, *(dienst for dienst in diensten if dienst.aanbieder_id == organisatie.pk)]
        rijen += [
            bestaand.get((organisatie.pk, dienst and dienst.pk)) or Capaciteit(organisatie=organisatie, dienst=dienst)
            for dienst in eigen
        ]
    return rijen


@transaction.atomic
def zeg_capaciteit(*, organisatie, dienst, vrije_plaatsen, wachttijd, opmerking, door, op=None):
    """Writes what holds now, also when it is the same: it is fresh again. Raises PermissionDenied for others."""
    if not organisaties_van(door).filter(pk=organisatie.pk).exists():
        raise PermissionDenied
    if dienst is not None and dienst.aanbieder_id != organisatie.pk:
        raise PermissionDenied
    rij, _ = Capaciteit.objects.update_or_create(
        organisatie=organisatie,
        dienst=dienst,
        defaults={
            "vrije_plaatsen": vrije_plaatsen,
            "wachttijd": wachttijd,
            "opmerking": opmerking,
            "bijgewerkt_op": op or timezone.now(),
            "bijgewerkt_door": door,
        },
    )
    return rij
