"""The reaction duty: its term, and reminding who still has to answer. A job of the worker."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from participatie import klok
from participatie.acties.antwoord import te_beantwoorden
from participatie.acties.toewijzen import verdeel
from participatie.models import Ronde
from participatie.staat import MagNiet
from sociaalhuis.models import Gebruiker
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.rollen import COORDINATOR

WERKUREN = range(7, 18)
NIET_KLAAR = Q(antwoord=None, samengevoegd=None) | Q(antwoord__staat="concept")


@transaction.atomic
def zet_termijn(*, ronde, door, datum=None, werkdagen=None):
    """Promises an answer by a day, or so many working days after the round closes. Gives the day.

    Raises MagNiet once the round is published: what was promised in public does not move.
    """
    if not door.has_perm("participatie.change_ronde"):
        raise PermissionDenied
    ronde = Ronde.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=ronde.pk)
    if ronde.staat == Ronde.Staat.GEPUBLICEERD:
        raise MagNiet("Deze ronde staat online. Wat we beloofden, verandert niet meer.")
    tegen = klok.tegen(ronde.sluit_op, werkdagen) if werkdagen else datum
    if tegen < timezone.localdate(ronde.sluit_op):
        raise MagNiet("Antwoorden kan pas als de ronde gesloten is. Kies een latere dag.")
    ronde.antwoord_tegen = tegen
    ronde.save(update_fields=["antwoord_tegen"])
    return tegen


def te_doen(ronde):
    """{key of a user, or None for nobody in particular: how many inputs still need an answer that was read}."""
    return Counter(te_beantwoorden(ronde).filter(NIET_KLAAR).values_list("toewijzing__gebruiker", flat=True))


@transaction.atomic
def herinner(nu):
    """Job: gives new input to who leads its part, and mails who must still answer, in office hours.

    At half of the term, a week before, on the day, the day after and then weekly; each once, as the outbox knows the
    occasion. The coordinators hear of everything that is not ready. Gives how many mails were written.
    """
    plaats = timezone.localtime(nu)
    if plaats.weekday() > 4 or plaats.hour not in WERKUREN:
        return 0
    verstuurd = 0
    for ronde in Ronde.objects.openbaar().filter(opent_op__lte=nu, antwoorden_gepubliceerd_op=None):
        verdeel(ronde)
        moment = klok.moment(ronde, plaats.date()) if ronde.sluit_op <= nu else None
        per_persoon = te_doen(ronde) if moment else {}
        if not per_persoon:
            continue
        coordinatoren = Gebruiker.objects.filter(is_active=True, groups__name=COORDINATOR)
        aantallen = {pk: aantal for pk, aantal in per_persoon.items() if pk}
        aantallen |= {gebruiker.pk: sum(per_persoon.values()) for gebruiker in coordinatoren}
        for gebruiker in Gebruiker.objects.filter(pk__in=aantallen, is_active=True).order_by("pk"):
            verstuurd += _mail(ronde, gebruiker, aantallen[gebruiker.pk], *moment)
    return verstuurd


def _mail(ronde, gebruiker, aantal, naam, zin):
    wachten = "Er wacht nog 1 inbreng" if aantal == 1 else f"Er wachten nog {aantal} inbrengen"
    return stuur_brief(
        sleutel=f"antwoordplicht-{ronde.pk}-{naam}-{gebruiker.pk}",
        aan=gebruiker.email,
        onderwerp="Inbreng wacht op antwoord",
        tekst=f"{wachten} op een antwoord. {zin}",
        pad=reverse("participatie:beheer_antwoorden", args=[ronde.slug]),
    )
