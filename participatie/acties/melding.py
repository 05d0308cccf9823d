"""Reporting an input, and deciding about the report."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties.inbreng import verberg
from participatie.mag import Handeling, mag, waarom_niet
from participatie.models import Inbreng, Melding
from participatie.staat import MagNiet
from sociaalhuis import begrenzing

PER_DAG = 10
TE_VAAK = "Je stuurde vandaag al veel meldingen. Bel ons of mail ons: dan kijken we er samen naar."


def meld(*, inbreng, waarom, toelichting="", bezoeker, inzending, teken=""):
    """Keeps a report about an input that is shown; the same `inzending` again gives the same. Raises MagNiet.

    `bezoeker` is the address that the request came from; it is counted for the limit and not kept.
    """
    bestaand = Melding.objects.filter(inzending=inzending).first()
    if bestaand:
        return bestaand
    if not mag(Handeling.MELDEN, ronde=inbreng.ronde):
        raise MagNiet(waarom_niet(Handeling.MELDEN, inbreng.ronde))
    if not begrenzing.telt(f"melding:{bezoeker}", timedelta(days=1), PER_DAG):
        raise MagNiet(TE_VAAK)
    try:
        with transaction.atomic():
            return Melding.objects.create(
                inbreng=inbreng, waarom=waarom, toelichting=toelichting, inzending=inzending, teken=teken
            )
    except IntegrityError:
        return Melding.objects.get(inzending=inzending)


@transaction.atomic
def beslis(*, melding, gegrond, reden, door):
    """Decides about a report, with a reason. A just one hides the input; everyone reads the reason in its place.

    Other open reports about the same input are decided along. Raises MagNiet.
    """
    if not door.has_perm("participatie.change_inbreng"):
        raise PermissionDenied
    melding = Melding.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=melding.pk)
    if melding.besluit != Melding.Besluit.OPEN:
        raise MagNiet("Over deze melding is al beslist.")
    if not reden.strip():
        raise MagNiet("Schrijf waarom.")
    inbreng = Inbreng.objects.get(pk=melding.inbreng_id)
    if gegrond and inbreng.staat == Inbreng.Staat.ZICHTBAAR:
        verberg(inbreng=inbreng, door=door, reden=reden)
    besluit = Melding.Besluit.GEGROND if gegrond else Melding.Besluit.ONGEGROND
    rijen = Melding.objects.open().filter(inbreng=inbreng) if gegrond else Melding.objects.filter(pk=melding.pk)
    rijen.update(besluit=besluit, besluit_reden=reden.strip(), besloten_door=door, besloten_op=timezone.now())
    melding.refresh_from_db()
    return melding
