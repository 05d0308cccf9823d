"""What staff and the one who asked do with a question. One function per step of `loket.models.vraag.STAPPEN`.

Every step holds the row, looks again whether it is still theirs, moves the state, writes the log and, where an answer
came by mail, puts a mail in the outbox that says nothing. `versie` is what the page showed: when the question changed
since, `Ondertussen` is raised and nothing is written. `op` is the moment, for what happened earlier on paper.
"""

from django.db import transaction
from django.utils import timezone

from loket.acties import contactspoor, delen, kenmerken, koppelen, vermelden
from loket.acties.bericht import meld_bericht
from loket.acties.slot import ONDERTUSSEN, Ondertussen
from loket.acties.slot import log as _log
from loket.acties.slot import op_slot as _op_slot
from loket.acties.slot import zet as _zet
from loket.acties.verwijzing import trek_alle_in
from loket.acties.vraag import hang_aan
from loket.models import Bericht, MagNiet, Notitie, Overdracht, Vraag
from loket.models.staat import Staat, Stap
from loket.termijnen.kalender import sluitingsdagen
from sociaalhuis import termijn
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, heeft_rol

INDELING = {"thema", "thema_id", "doelgroep", "doelgroep_id", "gebied", "gebied_id", "dienst", "prioriteit"}
__all__ = ["ONDERTUSSEN", "Ondertussen"]  # said here too: where the verbs are, people look for what they raise


@transaction.atomic
def neem(*, vraag, door, versie=None, op=None):
    """`door` takes the question."""
    vraag = _op_slot(vraag, door, versie)
    return _zet(vraag, Stap.NEEM, door, op, behandelaar=door)


@transaction.atomic
def wijs_toe(*, vraag, naar, door, versie=None, op=None):
    """Gives the question to a colleague who may see it; only who heads the team does so. Raises MagNiet."""
    vraag = _op_slot(vraag, door, versie)
    if naar != door and not heeft_rol(door, TEAMVERANTWOORDELIJKE):
        raise MagNiet("Alleen een teamverantwoordelijke wijst een vraag toe aan iemand anders.")
    if not Vraag.objects.zichtbaar_voor(naar).filter(pk=vraag.pk).exists():
        raise MagNiet("Deze collega werkt niet in het team van deze vraag. Kies iemand anders.")
    return _zet(vraag, Stap.WIJS_TOE, door, op, naar=naar, behandelaar=naar)


@transaction.atomic
def noteer(*, vraag, tekst, door, vermeld=(), op=None):
    """Writes an internal note, for the eyes of the colleagues `vermeld`; never in anybody's way, so without `versie`.

    Raises MagNiet when one of them may not see the case.
    """
    vraag = _op_slot(vraag, door, None, hulp=True)
    notitie = Notitie.objects.create(vraag=vraag, tekst=tekst, door=door, op=op or timezone.now())
    vermelden.vermeld(notitie=notitie, wie=vermeld, door=door)
    return _log(vraag, Stap.NOTEER, door, op)


@transaction.atomic
def stuur_bericht(*, vraag, tekst, door, bijlagen=(), versie=None, op=None):
    """A message in between: the question stays open and the clock runs on."""
    return _schrijf(vraag, Stap.STUUR_BERICHT, tekst, door, bijlagen, versie, op)


@transaction.atomic
def beantwoord(*, vraag, tekst, door, bijlagen=(), versie=None, op=None):
    return _schrijf(vraag, Stap.BEANTWOORD, tekst, door, bijlagen, versie, op)


@transaction.atomic
def vraag_terug(*, vraag, tekst, door, bijlagen=(), versie=None, op=None):
    """Asks something of the one who asked; the clock stands still until they write back."""
    return _schrijf(vraag, Stap.VRAAG_TERUG, tekst, door, bijlagen, versie, op)


@transaction.atomic
def sluit_af(*, vraag, resultaat, door, versie=None, op=None):
    vraag = _op_slot(vraag, door, versie)
    return _zet(vraag, Stap.SLUIT_AF, door, op, resultaat=resultaat)


@transaction.atomic
def heropen(*, vraag, door, versie=None, op=None):
    vraag = _op_slot(vraag, door, versie)
    return _zet(vraag, Stap.HEROPEN, door, op, behandelaar=door, uiterlijk_op=_nieuwe_termijn(vraag, op))


@transaction.atomic
def draag_over(*, vraag, team, reden, door, versie=None, op=None):
    """Hands the question to another team, perhaps of the other Bestuur. Afterwards the old team no longer sees it."""
    vraag = _op_slot(vraag, door, versie)
    if team == vraag.team:
        raise MagNiet("De vraag is al bij dit team. Kies een ander team.")
    Overdracht.objects.create(
        vraag=vraag,
        van_team=vraag.team,
        naar_team=team,
        van_bestuur_id=vraag.bestuur_id,
        naar_bestuur_id=team.bestuur_id,
        door=door,
        tekst=reden,
        op=op or timezone.now(),
    )
    delen.beeindig(vraag=vraag, door=door, op=op)
    kenmerken.vergeet(vraag)
    koppelen.vergeet(vraag)
    nieuw_daar = {"behandelaar": None, "bij_team_sinds": op or timezone.now(), "eerst_geopend_op": None}
    vraag = _zet(vraag, Stap.DRAAG_OVER, door, op, team=team, bestuur_id=team.bestuur_id, **nieuw_daar)
    contactspoor.leg(vraag)
    return vraag


@transaction.atomic
def laat_door(*, vraag, door, versie=None, op=None):
    """A person looked at a question in quarantine: it is a real one."""
    vraag = _op_slot(vraag, door, versie)
    return _zet(vraag, Stap.LAAT_DOOR, door, op, quarantaine="")


@transaction.atomic
def parkeer(*, vraag, tot, reden, door, versie=None, op=None):
    """Puts the question aside until the day `tot`; the reason is kept as a note. The promised day stays the same.

    Raises MagNiet when that day is not in the future.
    """
    vraag = _op_slot(vraag, door, versie)
    if tot <= timezone.localdate(op):
        raise MagNiet("Kies een dag na vandaag.")
    _zet(vraag, Stap.PARKEER, door, op, geparkeerd_tot=tot, behandelaar=vraag.behandelaar or door)
    Notitie.objects.create(vraag=vraag, tekst=reden, door=door, op=op or timezone.now())
    return vraag


@transaction.atomic
def hervat(*, vraag, door=None, versie=None, op=None):
    """Takes a parked question up again. Without `door` its day has come; nobody works on it when its handler left."""
    vraag = _op_slot(vraag, door, versie)
    behandelaar = vraag.behandelaar if vraag.behandelaar and vraag.behandelaar.is_active else door
    return _zet(vraag, Stap.HERVAT, door, op, behandelaar=behandelaar)


@transaction.atomic
def deel_in(*, vraag, door, versie=None, op=None, **velden):
    """Changes what lists and figures go by: any of thema, doelgroep, gebied (or their `_id`), dienst and prioriteit."""
    vraag = _op_slot(vraag, door, versie)
    if vreemd := velden.keys() - INDELING:
        raise TypeError(f"deel_in() cannot change {', '.join(sorted(vreemd))}")
    return _zet(vraag, Stap.DEEL_IN, door, op, **velden)


@transaction.atomic
def schrap(*, vraag, door, versie=None, op=None):
    """Takes back a contact that was counted by mistake: only who counted it, and only on the same day. Raises MagNiet."""
    vraag = _op_slot(vraag, door, versie)
    if not vraag.is_telling or timezone.localdate(vraag.geregistreerd_op) != timezone.localdate(op):
        raise MagNiet("Alleen een contact dat je vandaag telde, kan je nog schrappen.")
    if not vraag.gebeurtenissen.filter(stap=Stap.GESTELD, door=door).exists():
        raise MagNiet("Iemand anders telde dit contact.")
    return _zet(vraag, Stap.SCHRAP, door, op)


@transaction.atomic
def schrijf_terug(*, vraag, tekst, bijlagen=(), op=None):
    """The one who asked writes back; what was answered or closed opens again, with a new term. Raises MagNiet.

    On a question that went along with another, it is the other one that goes on. Gives that one.
    """
    vraag = _op_slot(vraag, None, None)
    if vraag.samengevoegd_met_id:
        vraag = _op_slot(vraag.samengevoegd_met, None, None)
    if vraag.quarantaine:
        return _bericht_in_quarantaine(vraag, tekst, bijlagen, op)
    velden = {}
    if vraag.staat in (Staat.WACHT_OP_VRAGER, Staat.BEANTWOORD, Staat.AFGESLOTEN):
        velden["uiterlijk_op"] = _nieuwe_termijn(vraag, op)
    _zet(vraag, Stap.SCHRIJF_TERUG, None, op, **velden)
    bericht = Bericht.objects.create(vraag=vraag, van=Bericht.Van.VRAGER, tekst=tekst, op=op or timezone.now())
    hang_aan(vraag, bijlagen, bericht)
    return vraag


@transaction.atomic
def trek_in(*, vraag, op=None):
    """The one who asked no longer needs an answer."""
    vraag = _zet(_op_slot(vraag, None, None), Stap.TREK_IN, None, op)
    trek_alle_in(vraag=vraag, op=op)
    return vraag


def _bericht_in_quarantaine(vraag, tekst, bijlagen, op):
    bericht = Bericht.objects.create(vraag=vraag, van=Bericht.Van.VRAGER, tekst=tekst, op=op or timezone.now())
    hang_aan(vraag, bijlagen, bericht)
    return _log(vraag, Stap.SCHRIJF_TERUG, None, op)


def _schrijf(vraag, stap, tekst, door, bijlagen, versie, op):
    vraag = _op_slot(vraag, door, versie, hulp=True)
    # Who helps out from another team writes along; the question stays with its own team.
    eigen = door.bestuur_id == vraag.bestuur_id and vraag.team.leden.contains(door)
    _zet(vraag, stap, door, op, behandelaar=vraag.behandelaar or (door if eigen else None))
    bericht = Bericht.objects.create(
        vraag=vraag,
        van=Bericht.Van.LOKET,
        door=door,
        tekst=tekst,
        is_vraag=stap == Stap.VRAAG_TERUG,
        op=op or timezone.now(),
    )
    hang_aan(vraag, bijlagen, bericht)
    meld_bericht(vraag, bericht)
    for mee in vraag.samengevoegde.select_related("dossiersleutel"):
        if mee.email.lower() != vraag.email.lower():
            meld_bericht(mee, bericht)
    return vraag


def _nieuwe_termijn(vraag, op):
    return termijn.uiterlijk(op or timezone.now(), vraag.werkdagen, sluitingsdagen(0))
