"""How an action stands: computed from its tasks and its indicators. Pure: no database."""

from decimal import Decimal

from django.utils import timezone

from plan.models import Onderdeel

Stand = Onderdeel.Stand


def bereken(actie, taken, doelen=(), op=None):
    """(Stand, progress in whole percents) of an action, or None when there is nothing to compute from.

    `taken` are its tasks and milestones, `doelen` one number per indicator: which share of its target is reached
    (0 to 1; more counts as 1). Tasks together count as much as one indicator. Late is what is past the end of the
    action or has an open task past its day; `op` is the day to look from (today).
    """
    op = op or timezone.localdate()
    taken = list(taken)
    stukken = [min(max(Decimal(doel), Decimal(0)), Decimal(1)) for doel in doelen]
    if taken:
        stukken.append(Decimal(sum(taak.klaar_op is not None for taak in taken)) / len(taken))
    if not stukken:
        return None
    open_taken = [taak for taak in taken if taak.klaar_op is None]
    voortgang = int(100 * sum(stukken) / len(stukken))  # 100 only when all is done
    if voortgang == 100 and not open_taken:
        return Stand.UITGEVOERD, 100
    voorbij = actie.einde is not None and actie.einde < op
    if voorbij or any(taak.tegen and taak.tegen < op for taak in open_taken):
        return Stand.VERTRAAGD, voortgang
    begonnen = voortgang or (actie.begin is not None and actie.begin <= op)
    return (Stand.IN_UITVOERING if begonnen else Stand.NIET_GESTART), voortgang
