"""The only way to what people tell: reading leaves a trace, in the transaction of the reading."""

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from loket.acties import vermelden
from loket.models import Inzage, Vermelding, Vraag
from loket.models.vraag import Toegang
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, heeft_rol

ALLES = ("team", "bestuur", "behandelaar", "thema", "gebied", "doelgroep", "dienst", "dossiersleutel")


class ZonderSpoor(RuntimeError):
    """A case was about to be read outside a transaction, where its trace could be lost."""


def lees(*, referentie, door, pagina) -> Vraag:
    """A case with its content, for staff, with the trace of this reading written; `toegang` says by which door.

    Raises Vraag.DoesNotExist for what is not theirs, ZonderSpoor outside a transaction.
    """
    genoemd = Exists(Vermelding.objects.filter(wie=door, gelezen_op=None, notitie__vraag=OuterRef("pk")))
    vraag = _in_transactie(Vraag.objects.leesbaar_voor(door).annotate(genoemd=genoemd)).get(
        referentie=referentie.upper()
    )
    Inzage.objects.create(vraag=vraag, door=door, pagina=pagina, reden=reden_van(vraag, door))
    if vraag.genoemd:
        vermelden.gelezen(vraag=vraag, door=door)
    if vraag.eerst_geopend_op is None and vraag.toegang == Toegang.EIGEN:
        vraag.eerst_geopend_op = timezone.now()
        Vraag.objects.filter(pk=vraag.pk, eerst_geopend_op=None).update(eerst_geopend_op=vraag.eerst_geopend_op)
    return vraag


def lees_voor_kopie(*, referentie, door) -> Vraag:
    """A case of the own team, to make a copy for the one who asked and showed who they are. Raises like `lees`."""
    vragen = _in_transactie(Vraag.objects.zichtbaar_voor(door))
    vraag = vragen.get(referentie=referentie.upper())
    reden, pagina = Inzage.Reden.INZAGERECHT, Inzage.Pagina.UITVOER
    Inzage.objects.create(vraag=vraag, door=door, pagina=pagina, reden=reden)
    return vraag


def lees_eigen(*, pk, pagina=Inzage.Pagina.OPVOLGEN) -> Vraag:
    """The case of the one who asked, who has shown the receipt code. Raises like `lees`."""
    vraag = _in_transactie(Vraag.objects.all()).get(pk=pk)
    Inzage.objects.create(vraag=vraag, door=None, pagina=pagina, reden=Inzage.Reden.EIGEN)
    return vraag


def reden_van(vraag, door):
    """Why this person reads this case, as far as the house knows it."""
    if vraag.toegang == Toegang.NOOD:
        return Inzage.Reden.NOOD
    if vraag.toegang != Toegang.EIGEN:
        return Inzage.Reden.GEDEELD
    if vraag.behandelaar_id == door.pk:
        return Inzage.Reden.BEHANDELAAR
    if vraag.behandelaar_id is None:
        return Inzage.Reden.OPNEMEN
    return Inzage.Reden.VERDELEN if heeft_rol(door, TEAMVERANTWOORDELIJKE) else Inzage.Reden.VERVANGEN


def _in_transactie(vragen):
    if not connection.in_atomic_block:
        raise ZonderSpoor("Lees een dossier binnen transaction.atomic().")
    return vragen.select_related(*ALLES)
