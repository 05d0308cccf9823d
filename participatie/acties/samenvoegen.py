"""Merging inputs that say the same, and taking them apart again. Both only before the answers are published."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from participatie.acties.antwoord import BEKEKEN, NIET_BEKEKEN
from participatie.models import Inbreng, Samenvoeging
from participatie.staat import MagNiet

TE_LAAT = "De antwoorden staan online. Samenvoegen of losmaken kan niet meer."


@transaction.atomic
def voeg_samen(*, leidend, inbrengen, door):
    """Lets these inputs inherit the answer of `leidend`; what followed one of them follows along. Gives how many.

    Raises MagNiet, and changes nothing, for another round, an unread input, one with an answer of its own, and one of
    who has by law a right to a reaction of its own.
    """
    gehouden = _op_slot([leidend, *inbrengen], door)
    leidend = gehouden.pop(leidend.pk)
    leidend = gehouden.pop(leidend.leidend.pk, leidend.leidend)
    volgers = {inbreng.pk: inbreng for inbreng in gehouden.values() if inbreng.leidend.pk != leidend.pk}
    for inbreng in volgers.values():
        if reden := waarom_niet(inbreng, leidend):
            raise MagNiet(f"{inbreng.referentie}: {reden}")
    Samenvoeging.objects.filter(inbreng__in=volgers).delete()
    mee = list(Samenvoeging.objects.filter(leidend__in=volgers).values_list("inbreng", flat=True))
    Samenvoeging.objects.filter(leidend__in=volgers).delete()
    for pk in [*volgers, *mee]:
        Samenvoeging.objects.create(inbreng_id=pk, leidend=leidend, door=door)
    return len(volgers)


def waarom_niet(inbreng, leidend):
    """Why an input cannot inherit the answer of another, as a sentence; '' when it can."""
    if inbreng.ronde_id != leidend.ronde_id:
        return "Deze inbreng hoort bij een andere ronde."
    if not {inbreng.staat, leidend.staat} <= set(BEKEKEN):
        return NIET_BEKEKEN
    if inbreng.heeft_reactierecht:
        return "Deze organisatie heeft recht op een eigen reactie. Kies haar als leidende inbreng."
    if getattr(inbreng, "antwoord", None):
        return "Deze inbreng heeft al een eigen antwoord. Kies ze als leidende inbreng, of wis eerst dat concept."
    return ""


@transaction.atomic
def maak_los(*, inbreng, door):
    """Undoes a merge: this input gets an answer of its own again."""
    inbreng = _op_slot([inbreng], door)[inbreng.pk]
    aantal, _ = Samenvoeging.objects.filter(inbreng=inbreng).delete()
    if not aantal:
        raise MagNiet("Deze inbreng is niet meer samengevoegd.")
    return inbreng


def _op_slot(inbrengen, door):
    """{key: input} through the door, held in the order of their keys until the end of the transaction."""
    if not door.has_perm("participatie.add_antwoord"):
        raise PermissionDenied
    rijen = Inbreng.objects.zichtbaar_voor(door).voor_lijst().select_for_update(of=("self",)).order_by("pk")
    gehouden = {rij.pk: rij for rij in rijen.filter(pk__in=[inbreng.pk for inbreng in inbrengen])}
    if any(rij.ronde.antwoorden_gepubliceerd_op for rij in gehouden.values()):
        raise MagNiet(TE_LAAT)
    return gehouden
