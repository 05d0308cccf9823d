"""How the indicators stand and when they are due: for the pages, for the state of an action, for reminders.

`doelen(actie)` (many at once: `doelen_per_actie`) and `te_meten(plan)` are what other parts of the plan need; `gemeten(indicatoren)` gives the pages a
`Gemeten` per indicator. Only approved measurements count, but what was handed in is not asked for again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from plan.koers import Koers, aandeel, haalt, punten, verwacht
from plan.models import Indicator, Indicatorkoppeling, Meting

TIJD_OM_TE_METEN = timedelta(days=31)  # after a period ends


@dataclass
class Gemeten:
    """An indicator with its targets [(year, Decimal)] and what was approved [(day, Decimal)], oldest first."""

    indicator: Indicator
    doelen: list
    metingen: list

    @property
    def laatste(self):
        """(day, value) of the last approved measurement, or None."""
        return self.metingen[-1] if self.metingen else None

    @property
    def waarde(self):
        return self.metingen[-1][1] if self.metingen else None

    @cached_property
    def begin(self):
        """(day, value) where the course starts: the baseline, else the first measurement; None without either."""
        if self.indicator.nulmeting is not None:
            return self.indicator.nulmeting_op, self.indicator.nulmeting
        return self.metingen[0] if self.metingen else None

    @cached_property
    def lijn(self):
        return punten(self.begin, self.doelen) if self.doelen else []

    @cached_property
    def verwacht(self):
        """What it should have been on the day of the last measurement, rounded as it is measured; None without target."""
        waarde = verwacht(self.lijn, self.laatste[0]) if self.laatste else None
        return None if waarde is None else round(waarde, self.indicator.cijfers)

    @property
    def is_gemeten(self):
        """Whether there is a measurement since the plan began; what came before is history."""
        return bool(self.metingen) and self.laatste[0].year >= self.indicator.plan.beginjaar

    @property
    def koers(self):
        if not self.is_gemeten:
            return Koers.GEEN_METING
        if not self.doelen:
            return Koers.GEEN_DOEL
        goed = haalt(self.indicator.richting, self.waarde, self.verwacht, self.indicator.marge)
        return Koers.OP_KOERS if goed else Koers.ACHTER

    @property
    def einddoel(self):
        """(year, value) of the last target, or None."""
        return self.doelen[-1] if self.doelen else None

    @property
    def aandeel(self):
        """Which share of the way to the last target is gone, 0 to 1; None when that cannot be told yet."""
        if not self.doelen or not self.is_gemeten:
            return None
        begin = self.begin[1] if self.begin else None
        return aandeel(self.indicator.richting, begin, self.einddoel[1], self.waarde, self.indicator.marge)


def lees(indicator):
    """`Gemeten` of an indicator that came from `met_cijfers()`; asks the database nothing."""
    return Gemeten(
        indicator,
        [(rij["wanneer"], Decimal(rij["waarde"])) for rij in indicator.doelrijen],
        [(date.fromisoformat(rij["wanneer"]), Decimal(rij["waarde"])) for rij in indicator.meetrijen],
    )


def gemeten(indicatoren):
    """List of `Gemeten` for a queryset of indicators; one query. The pages need `select_related("plan")` before it."""
    return [lees(indicator) for indicator in indicatoren.met_cijfers()]


def doelen_per_actie(acties):
    """{key of an action: list of shares} for many actions (rows or keys) in one query; see `doelen`."""
    telt = Indicatorkoppeling.objects.filter(indicator=OuterRef("pk"), onderdeel__in=acties, meet_voortgang=True)
    indicatoren = (
        Indicator.objects.filter(Exists(telt))
        .select_related("plan")
        .annotate(gaat_over=ArraySubquery(telt.values("onderdeel_id")))
    )
    per_actie = {}
    for stuk in gemeten(indicatoren):
        for sleutel in stuk.indicator.gaat_over if stuk.aandeel is not None else ():
            per_actie.setdefault(sleutel, []).append(stuk.aandeel)
    return per_actie


def doelen(actie):
    """Which share of its last target each measured indicator of an action reached: list of Decimal, 0 to 1, one query.

    Only indicators that say how far the action is; those that were never measured are left out.
    """
    return doelen_per_actie([actie.pk]).get(actie.pk, [])


@dataclass
class Beurt:
    """A measurement that is to be made: of which period, and before which day."""

    indicator: Indicator
    periode: object
    tegen: date

    @property
    def kan_al(self):
        """Whether the period is over, so that there is something to measure."""
        return self.periode.einde <= timezone.localdate()

    @property
    def is_te_laat(self):
        return self.tegen < timezone.localdate()


def volgende(indicator, laatste=None):
    """The next `Beurt` of an indicator, or None when the plan is over.

    `laatste` is the day of the last measurement that was handed in or approved. Without one the first period of the
    plan is due.
    """
    begin = date(indicator.plan.beginjaar, 1, 1)
    periode = indicator.periode_van(begin)
    if laatste and laatste >= periode.begin:
        periode = indicator.periode_van(laatste).volgende
    if periode.begin.year > indicator.plan.eindjaar:
        return None
    return Beurt(indicator, periode, periode.einde + TIJD_OM_TE_METEN)


def te_meten(plan, tot=None):
    """List of `Beurt` of a plan, most urgent first: everything due on or before the day `tot` (None: all). One query."""
    gedaan = Q(metingen__staat__in=[Meting.Staat.INGEDIEND, Meting.Staat.GOEDGEKEURD])
    rijen = Indicator.objects.filter(plan=plan).select_related("plan").annotate(
        laatste=Max("metingen__datum", filter=gedaan)
    )  # fmt: skip
    beurten = [beurt for rij in rijen if (beurt := volgende(rij, rij.laatste)) and (tot is None or beurt.tegen <= tot)]
    return sorted(beurten, key=lambda beurt: (beurt.tegen, beurt.indicator.volgorde, beurt.indicator.code))
