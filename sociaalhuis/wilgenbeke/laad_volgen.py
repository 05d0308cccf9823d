"""What changed in the plan of the town and what happened in participation: pages and feeds begin with something to read."""

from django.utils import timezone

from participatie.acties import volgen as praatnieuws
from plan.acties.volgen import berichten_tussen, schrijf_berichten
from plan.models import Besluit, Plan, Planbericht


def laad(bron):
    for plan in Plan.objects.openbaar():
        versies = list(plan.versies.order_by("nummer"))
        vast = [versie for versie in versies if versie.stap == Besluit.Stap.BEKENDMAKING]
        mijlpalen = [*vast, *(versies[-1:] if vast and versies[-1] != vast[-1] else [])]
        for oud, nieuw in zip(mijlpalen, mijlpalen[1:], strict=False):
            Planbericht.objects.bulk_create(berichten_tussen(plan, oud.inhoud, nieuw.inhoud, nieuw.op))
        schrijf_berichten(plan, versies[-1].op if versies else plan.gepubliceerd_op)
    praatnieuws.schrijf_berichten(timezone.now())
