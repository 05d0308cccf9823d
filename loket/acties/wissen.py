"""Erasing a case everywhere: the one verb that does it, and the work it leaves.

What goes: the key (so that no copy can be read any more), the row with every column, all that hangs on it (messages,
notes, files, log of readings, steps, referrals), the history tables, mails in the outbox with their address, and the
sessions that have the case open. Questions that were merged into it go with it. Files leave the disk after the commit; a file that cannot go now is tried again.
A referral that runs ends first, and its partner hears that. What stays: one `Restgegeven` that points at nobody, the
figure of such a referral, and in the caller's list a number.

Whoever adds a model with something personal hangs it on `Vraag` with CASCADE; `tests/loket/test_wissen.py` finds
what does not.
"""

import logging

import pgtrigger
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.deletion import Collector
from django.db.models.functions import Now
from django.utils import timezone

from loket.acties.sessies import sluit_sessies
from loket.acties.verwijzing import beeindig_voor_wissen
from loket.models import Bericht, Restgegeven, TeWissenBestand, Vraag
from loket.models.vraagset import INHOUD
from sociaalhuis.acties.geschiedenis import wis_geschiedenis
from sociaalhuis.models import Dossiersleutel, UitgaandeMail
from sociaalhuis.post.eml import vergeet

logger = logging.getLogger(__name__)
BESTANDSVELD = "bestand"  # what a field with the name of a stored file is called, in every model of a case
BUNDEL = 100


class AllesWat(Collector):
    """Finds every row that goes with a case, as rows: nothing is deleted unseen."""

    def can_fast_delete(self, *args, **kwargs):
        return False


@transaction.atomic
def wis(*, vraag, wens=False) -> int:
    """Erases one case everywhere, for good; gives how many files go with it. `wens`: the one who asked wants it.

    Takes no `door`: who decided and why stands in the list of destruction, see `loket.acties.vernietiging`. Raises
    ProtectedError when something that may not go points at the case.
    """
    vast = Vraag.objects.select_for_update().defer(*INHOUD).get(pk=vraag.pk)
    # A part that was split off is a question of its own, perhaps of the other Bestuur: it stays, and stands alone.
    vast.afgesplitste.update(afgesplitst_van=None)
    for zaak in [vast, *vast.samengevoegde.defer(*INHOUD)]:
        beeindig_voor_wissen(vraag=zaak, wens=wens)
    verzameld = AllesWat(using="default", origin=vast)
    verzameld.collect([vast])
    rijen = verzameld.data
    vragen = list(rijen[Vraag])  # itself, and what was merged into it
    Restgegeven.objects.bulk_create([Restgegeven(**restgegeven(rij)) for rij in vragen])
    bestanden = {getattr(rij, BESTANDSVELD) for model in rijen if heeft_bestand(model) for rij in rijen[model]} - {""}
    TeWissenBestand.objects.bulk_create([TeWissenBestand(naam=naam) for naam in bestanden], ignore_conflicts=True)
    sleutels = sleutels_van(rijen) | {vast.dossiersleutel_id}
    mails = UitgaandeMail.objects.filter(van_mail(vragen) | models.Q(dossiersleutel__in=sleutels))
    message_ids = list(mails.values_list("message_id", flat=True))
    mails.delete()
    for rij in vragen:
        sluit_sessies(rij.pk)
    with pgtrigger.ignore():
        for model, van_model in rijen.items():
            wis_geschiedenis(model, {rij.pk for rij in van_model})
        vast.delete()
    Dossiersleutel.objects.filter(pk__in=sleutels, gewist_op=None).update(ingepakt=None, gewist_op=Now())
    transaction.on_commit(lambda: ruim_bestanden_op(bestanden))
    transaction.on_commit(lambda: vergeet(message_ids))
    return len(bestanden)


def van_mail(vragen):
    """The condition of mails that name one of these questions: also those to staff, whose subject ends with it."""
    gevonden = models.Q(pk__in=[])
    for vraag in vragen:
        gevonden |= models.Q(onderwerp__endswith=f"({vraag.referentie})")
    return gevonden


def heeft_bestand(model) -> bool:
    return any(veld.name == BESTANDSVELD for veld in model._meta.concrete_fields)


def sleutels_van(rijen) -> set:
    """The keys that rows of the case have of their own, besides the key of the case."""
    return {
        getattr(rij, veld.attname)
        for model, van_model in rijen.items()
        for veld in model._meta.concrete_fields
        if veld.related_model is Dossiersleutel
        for rij in van_model
    } - {None}


def restgegeven(vraag) -> dict:
    """What stays of a case: month, theme, place, channel, team, result and how long it took."""
    eerste = vraag.berichten.filter(van=Bericht.Van.LOKET).aggregate(op=models.Min("op"))["op"]
    oordeel = vraag.oordelen.order_by("-op").values_list("keuze", flat=True).first()
    begin = timezone.localdate(vraag.geregistreerd_op)
    geantwoord = eerste and timezone.localdate(eerste)
    dicht = vraag.afgesloten_op and timezone.localdate(vraag.afgesloten_op)
    gelijk = ("kanaal", "staat", "resultaat", "quarantaine", *(f"{veld}_id" for veld in GELIJK))
    return {
        **{naam: getattr(vraag, naam) for naam in gelijk},
        "maand": begin.replace(day=1),
        "dicht_in": dicht and dicht.replace(day=1),
        "dagen_tot_antwoord": max((geantwoord - begin).days, 0) if geantwoord else None,
        "doorlooptijd": max((dicht - begin).days, 0) if dicht else None,
        "op_tijd": geantwoord <= vraag.uiterlijk_op if geantwoord else None,
        "oordeel": oordeel or "",
    }


GELIJK = ("bestuur", "team", "thema", "gebied", "doelgroep", "dienst")


def ruim_bestanden_op(namen=None) -> int:
    """Removes files of erased cases from the disk; those of before as well, when no names are given. Gives how many.

    A file that will not go stays on the list and does not stop the others.
    """
    rijen = TeWissenBestand.objects.order_by("pk")
    rijen = rijen[:BUNDEL] if namen is None else rijen.filter(naam__in=namen)
    weg = [rij.pk for rij in rijen if _verwijder(rij.naam)]
    TeWissenBestand.objects.filter(pk__in=weg).delete()
    return len(weg)


def _verwijder(naam) -> bool:
    try:
        default_storage.delete(naam)
    except OSError as fout:
        logger.error("a file of an erased case is still there: %s", type(fout).__name__)
        return False
    return True
