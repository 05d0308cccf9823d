"""Who sits in an advisory council: a member comes, a member goes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participatie.models import Adviesraad, Raadslid, Reactierecht
from participatie.staat import MagNiet
from sociaalhuis.models import Dossiersleutel

LOK_GROND = "Het lokaal bestuur zegt aan het lokaal overleg kinderopvang wat het met een advies doet."


def geef_reactierecht(adviesraad):
    """A LOK gets the row that says it has by law a right to a reaction. Any other body gets one when staff say so; the row
    is the only mark, for its advice and for its input."""
    if adviesraad.soort == Adviesraad.Soort.LOK:
        Reactierecht.objects.get_or_create(organisatie=adviesraad.organisatie, defaults={"grond": LOK_GROND})


@transaction.atomic
def voeg_lid_toe(*, adviesraad, naam, geslacht, soort, functie, mandataris, van, door, tot=None):
    """A member from this day on. Raises ValidationError (per field) for what does not go together."""
    if not door.has_perm("participatie.add_raadslid"):
        raise PermissionDenied
    lid = Raadslid(
        adviesraad=adviesraad, geslacht=geslacht, soort=soort, functie=functie, mandataris=mandataris, van=van, tot=tot,
        dossiersleutel=Dossiersleutel.objects.create(), naam=naam,
    )  # fmt: skip
    lid.full_clean(exclude=["dossiersleutel", "naam"])
    lid.save()
    return lid


@transaction.atomic
def laat_lid_gaan(*, lid, door, op=None):
    """The last day of a member (today); the term is kept. Raises MagNiet when it ended before, or has yet to begin."""
    if not door.has_perm("participatie.change_raadslid"):
        raise PermissionDenied
    lid = Raadslid.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=lid.pk)
    dag = op or timezone.localdate()
    if lid.tot and lid.tot <= dag:
        raise MagNiet("De termijn van dit lid is al afgelopen.")
    if lid.van > dag:
        raise MagNiet("De termijn van dit lid begint nog. Kies een latere dag.")
    lid.tot = dag
    lid.save(update_fields=["tot"])
    return lid
