"""The tasks of meetings: done by whose they are, and a mail a week about what is open."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from participatie.models import Verslagregel
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.vertegenwoordiging import vertegenwoordigers_van

WERKUREN = range(7, 18)


@transaction.atomic
def zet_taak(*, taak, door, klaar):
    """Done, or not after all. Doing the same twice changes nothing: who was first stays."""
    taak = Verslagregel.objects.zichtbaar_voor(door).taken().select_for_update(of=("self",)).get(pk=taak.pk)
    if klaar != (taak.klaar_op is not None):
        taak.klaar_op, taak.klaar_door = (timezone.now(), door) if klaar else (None, None)
        taak.save(update_fields=["klaar_op", "klaar_door"])
    return taak


@transaction.atomic
def herinner_aan_taken(nu):
    """Job: one mail a week, on working days, to who has open tasks that are due within a week or late.

    Of an organisation all who speak for it. Gives how many mails it wrote; the mail of a person and a week is unique.
    """
    moment = timezone.localtime(nu)
    if moment.weekday() > 4 or moment.hour not in WERKUREN:
        return 0
    jaar, week, _ = moment.isocalendar()
    per_gebruiker = {}
    taken = Verslagregel.objects.open_taken().filter(tegen__lte=moment.date() + timedelta(days=7))
    for taak in taken.select_related("wie_gebruiker", "wie_organisatie"):
        for gebruiker in _van(taak):
            per_gebruiker.setdefault(gebruiker, []).append(taak)
    verstuurd = 0
    for gebruiker, eigen in per_gebruiker.items():
        aantal = len(eigen)
        verstuurd += stuur_brief(
            sleutel=f"overlegtaken-{gebruiker.pk}-{jaar}-{week}",
            aan=gebruiker.email,
            onderwerp="Taken van het overleg",
            tekst="Er wacht 1 taak van een overleg op jou:"
            if aantal == 1
            else f"Er wachten {aantal} taken van overleg op jou:",
            pad=reverse("participatie:mijn_overleg") + "#taken",
        )
    return verstuurd


def _van(taak):
    if taak.wie_organisatie_id:
        return vertegenwoordigers_van(taak.wie_organisatie)
    return [taak.wie_gebruiker] if taak.wie_gebruiker_id and taak.wie_gebruiker.is_active else []
