"""Inputs that hold only ticked answers: nothing to read and nothing asked, so they get one answer together, in one step.

The duty to answer stays as it is: they are merged (`Samenvoeging`) under one of them, whose answer all inherit.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from participatie.acties.samenvoegen import TE_LAAT
from participatie.models import Formulierbestand, Inbreng, Ronde, Samenvoeging
from participatie.models.inbreng import ALLEEN_AANGEKRUIST
from participatie.staat import MagNiet

Staat = Inbreng.Staat


def te_nemen(ronde):
    """The inputs that can go together: ticked answers only, no file, not from who has a right to a reaction of its own.

    What waits to be read comes along when there is nothing to read, so without a name of somebody's choosing.
    """
    met_bestand = Formulierbestand.objects.filter(antwoord__inbreng=OuterRef("pk"))
    return ronde.inbrengen.filter(
        ALLEEN_AANGEKRUIST,
        Q(staat=Staat.ZICHTBAAR) | Q(staat=Staat.INGEDIEND, naam_publiek=""),
        ~Exists(met_bestand),
        ~Exists(Samenvoeging.objects.filter(leidend=OuterRef("pk"))),
        teken="",
        samengevoegd=None,
        antwoord=None,
        organisatie__reactierecht=None,
    )


def leider(ronde):
    """The input whose answer counts for the others, or None when nobody took them together."""
    volgers = Samenvoeging.objects.filter(leidend=OuterRef("pk"))
    rijen = ronde.inbrengen.filter(ALLEEN_AANGEKRUIST, Exists(volgers)).voor_lijst()
    return rijen.order_by("ingediend_op", "pk").first()


@transaction.atomic
def neem_samen(*, ronde, door):
    """Takes them together and marks as read what had nothing to read. Gives the leading input; again gives the same.

    Raises MagNiet while the round takes answers, once its answers are out, and when there is nothing to take.
    """
    if not (door.has_perm("participatie.change_inbreng") and door.has_perm("participatie.add_antwoord")):
        raise PermissionDenied
    ronde = Ronde.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=ronde.pk)
    if ronde.antwoorden_gepubliceerd_op:
        raise MagNiet(TE_LAAT)
    if not ronde.is_voorbij:
        raise MagNiet("Dat kan als de ronde gesloten is. Nu komen er nog antwoorden bij.")
    eerste = leider(ronde)
    rijen = te_nemen(ronde).order_by("ingediend_op", "pk").select_for_update(of=("self",))
    sleutels = list(rijen.values_list("pk", flat=True))
    if not sleutels and not eerste:
        raise MagNiet("Er is niets om samen te nemen.")
    ongelezen = Inbreng.objects.filter(pk__in=sleutels, staat=Staat.INGEDIEND)
    ongelezen.update(staat=Staat.ZICHTBAAR, beoordeeld_door=door, beoordeeld_op=timezone.now())
    leidend = eerste.pk if eerste else sleutels.pop(0)
    Samenvoeging.objects.bulk_create(Samenvoeging(inbreng_id=pk, leidend_id=leidend, door=door) for pk in sleutels)
    return Inbreng.objects.voor_lijst().get(pk=leidend)
