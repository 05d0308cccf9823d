"""Linking questions of different persons that ask the same, and writing to all of them at once.

Nothing is merged: everybody keeps a case, a code and an answer of their own, and hears nothing of the others.
"""

import uuid

from django.db import transaction

from loket.acties.slot import log, op_slot
from loket.models import Koppeling, MagNiet, Vraag
from loket.models.staat import Stap
from loket.werkbank import invulvelden
from loket.zaak.koppelingen import gekoppeld_met
from sociaalhuis.models import Huis

MEEST = 20  # questions that one answer goes to


@transaction.atomic
def koppel(*, vraag, met, door, versie=None, op=None):
    """Puts the two in one group, with what each was linked to already. Raises MagNiet, Ondertussen. Gives `vraag`."""
    # Both rows in one order, so that two who link the other way round wait for each other.
    list(Vraag.objects.filter(pk__in=[vraag.pk, met.pk]).order_by("pk").select_for_update().only("pk"))
    vraag, ander = op_slot(vraag, door, versie), op_slot(met, door, None)
    if vraag.pk == ander.pk:
        raise MagNiet("Dat is deze vraag zelf. Kies een andere.")
    for een in (vraag, ander):
        if not een.kan(Stap.KOPPEL):
            raise MagNiet(f"Dit kan nu niet: vraag {een.referentie} staat op ‘{een.get_staat_display()}’.")
    groepen = list(Koppeling.objects.filter(vraag__in=[vraag, ander]).values_list("groep", flat=True))
    if len(groepen) == 2 and groepen[0] == groepen[1]:
        raise MagNiet("Deze vragen zijn al gekoppeld.")
    groep = groepen[0] if groepen else uuid.uuid4()
    Koppeling.objects.filter(groep__in=groepen).update(groep=groep)
    if Koppeling.objects.filter(groep=groep).exclude(vraag__in=[vraag, ander]).count() > MEEST - 2:
        raise MagNiet(f"Er zijn al {MEEST} vragen gekoppeld. Schrijf er een nieuwsbericht of een dienst over.")
    for een in (vraag, ander):
        Koppeling.objects.get_or_create(vraag=een, defaults={"groep": groep, "door": door})
        een.zet_stap(Stap.KOPPEL, op=op)
        log(een, Stap.KOPPEL, door, op)
    return vraag


@transaction.atomic
def ontkoppel(*, vraag, door, versie=None, op=None):
    """Takes this question out of its group. Raises MagNiet, Ondertussen."""
    vraag = op_slot(vraag, door, versie)
    if not vergeet(vraag):
        raise MagNiet("Deze vraag was al niet meer gekoppeld.")
    vraag.zet_stap(Stap.ONTKOPPEL, op=op)
    return log(vraag, Stap.ONTKOPPEL, door, op)


def vergeet(vraag):
    """Inside a transaction: the question leaves its group, and nobody stays alone in one. Gives whether it was in one."""
    groep = Koppeling.objects.filter(vraag=vraag.pk).values_list("groep", flat=True).first()
    if groep is None:
        return False
    Koppeling.objects.filter(vraag=vraag.pk).delete()
    over = Koppeling.objects.filter(groep=groep)
    if over.count() == 1:
        over.delete()
    return True


@transaction.atomic
def schrijf_aan_allen(*, verb, vraag, ook, tekst, door, bijlagen=(), versie=None):
    """Does `verb` (answer, ask back, message) for `vraag` and for every one of `ook`, each with its own fields filled in.

    `ook` is {primary key: versie that the page showed}. All of them or none. Raises MagNiet when one is not linked any
    more, cannot be written to, or lacks a field; Ondertussen when one changed.
    """
    adressen = [(vraag, versie)]
    for ander in gekoppeld_met(vraag, door):
        if ander.pk in ook:
            adressen.append((ander, ook[ander.pk]))
    if len(adressen) != len(ook) + 1:
        raise MagNiet("Een van de gekoppelde vragen is er niet meer. Kijk na aan wie je schrijft.")
    huis = Huis.objects.first()
    # One order for everybody, so that two who answer the same group wait for each other.
    list(Vraag.objects.filter(pk__in=[v.pk for v, _ in adressen]).order_by("pk").select_for_update().only("pk"))
    for een, getoond in adressen:
        een = op_slot(een, door, getoond, hulp=True)
        eigen = invulvelden.vul_in_voor(tekst, vraag=een, door=door, huis=huis)
        if open_ := invulvelden.nog_open(eigen):
            raise MagNiet(f"Voor {een.referentie} kennen we dit niet: {', '.join(open_)}. Schrijf het anders.")
        verb(vraag=een, tekst=eigen, door=door, bijlagen=bijlagen, versie=getoond)
    return vraag
