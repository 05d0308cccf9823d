"""What every step on a question begins and ends with: hold the row, move the state, write the log."""

from django.utils import timezone

from loket.models import Gebeurtenis, MagNiet, Vraag

NIET_MEER_VAN_JOU = "Deze vraag is niet meer bij jouw team. Er is niets bewaard."
ONDERTUSSEN = (
    "Iemand deed ondertussen iets met deze vraag. Wat je typte staat er nog."
    " Kijk eerst wat er veranderde, en druk dan opnieuw op de knop."
)


class Ondertussen(Exception):
    """The question changed since the page was made. The text is for the person who tried."""


def op_slot(vraag, door, versie, *, hulp=False):
    """The row as it is now, held until the end of the transaction. Raises MagNiet or Ondertussen.

    `door` None is the one who asked. `hulp`: also for who helps out because the question is shared with their team.
    """
    vragen = Vraag.objects.all()
    if door:
        vragen = Vraag.objects.te_helpen_door(door) if hulp else Vraag.objects.zichtbaar_voor(door)
    vast = vragen.select_related("dossiersleutel", "team", "behandelaar").select_for_update(of=("self",))
    vast = vast.filter(pk=vraag.pk).first()
    if vast is None:
        raise MagNiet(NIET_MEER_VAN_JOU)
    if versie is not None and vast.versie != versie:
        raise Ondertussen(ONDERTUSSEN)
    return vast


def zet(vraag, stap, door, op, naar=None, **velden):
    """Moves the state, saves `velden`, writes the log."""
    vraag.zet_stap(stap, op=op, **velden)
    return log(vraag, stap, door, op, naar)


def log(vraag, stap, door, op, naar=None):
    Gebeurtenis.objects.create(vraag=vraag, stap=stap, staat=vraag.staat, door=door, naar=naar, op=op or timezone.now())
    return vraag
