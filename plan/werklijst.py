"""What asks for attention in a plan: late and coming tasks, actions nobody told about, and what is missing.

The work list shows it and the weekly mail counts it. A wing that knows something more adds a function to `BRONNEN`.
"""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils import timezone

from plan import volledigheid
from plan.meten import te_meten
from plan.models import Herinnering, Indicatorkoppeling, Onderdeel, Taak
from plan.models.taak import BINNENKORT
from sociaalhuis.templatetags.huis import datum_kort

Soort = Herinnering.Soort
MAAND = 30  # days before its begin that an action must be complete


@dataclass
class Punt:
    """One thing to do about a part, in a sentence. `taak` is the task it is about, `dag` the day it has or had."""

    soort: Soort
    wat: str
    dag: date | None = None
    taak: Taak | None = None
    pad: str = ""  # where it is done, when that is not on the page of the part


@dataclass
class Rij:
    """A part of the plan with its `Volledigheid` and what it asks for, the most urgent first."""

    deel: Onderdeel
    volledigheid: volledigheid.Volledigheid
    punten: list = field(default_factory=list)

    @property
    def is_actie(self):
        return self.deel.soort == Onderdeel.Soort.ACTIE

    @property
    def ontbreekt(self):
        """What is missing, without the finding: that is a point of its own."""
        return [zin for zin in self.volledigheid.ontbreekt if zin != volledigheid.ZONDER_FEIT]

    def heeft(self, soort):
        return any(punt.soort == soort for punt in self.punten)


def taken(plan, op):
    """[(key of the action, `Punt`)] of open tasks and milestones that are late, or due within two weeks; one query.

    Nobody is asked about the tasks of an action that was stopped.
    """
    rijen = (
        Taak.objects.filter(actie__plan=plan, tegen__lte=op + timezone.timedelta(days=BINNENKORT))
        .exclude(actie__stand=Onderdeel.Stand.STOPGEZET)
        .open()
        .order_by("tegen", "pk")
    )
    return [(taak.actie_id, punt_van(taak, op)) for taak in rijen]


def punt_van(taak, op):
    naam, dag = taak.get_soort_display().lower(), datum_kort(taak.tegen)
    if taak.tegen < op:
        return Punt(Soort.TE_LAAT, f"{taak.titel} ({naam}, moest klaar zijn op {dag})", taak.tegen, taak)
    return Punt(Soort.STRAKS, f"{taak.titel} ({naam}, tegen {dag})", taak.tegen, taak)


def metingen(plan, op):
    """[(key of a part, `Punt`)] of indicators whose period is over and that wait for their figures; two queries.

    An indicator of several parts is asked for once, at the first of them.
    """
    eerste = dict(
        Indicatorkoppeling.objects.filter(indicator__plan=plan)
        .order_by("-pk")
        .values_list("indicator_id", "onderdeel_id")
    )
    beurten = [beurt for beurt in te_meten(plan) if beurt.periode.einde <= op and beurt.indicator.pk in eerste]
    return [(eerste[beurt.indicator.pk], punt_van_beurt(beurt)) for beurt in beurten]


def punt_van_beurt(beurt):
    wat = f"{beurt.indicator.titel} (tegen {datum_kort(beurt.tegen)})"
    return Punt(Soort.METING, wat, beurt.tegen, pad=reverse("plan:meten_invoer", args=[beurt.indicator.pk]))


BRONNEN = (taken, metingen)  # each: (plan, day) -> [(key of a part, Punt)], in a fixed number of queries


def van_het_deel(deel, oordeel):
    """The points that follow from the part itself."""
    punten = []
    if oordeel.verouderd:
        wat = f"Het laatste nieuws is van {datum_kort(deel.stand_op)}" if deel.stand_op else "Nog nooit bijgewerkt"
        punten.append(Punt(Soort.OUD, wat, deel.stand_op))
    ontbreekt = [zin for zin in oordeel.ontbreekt if zin != volledigheid.ZONDER_FEIT]
    if len(ontbreekt) < len(oordeel.ontbreekt):
        punten.append(Punt(Soort.ZONDER_FEIT, "Koppel een vaststelling die zegt waarom"))
    if ontbreekt:
        wat = ontbreekt[0] if len(ontbreekt) == 1 else f"Nog {len(ontbreekt)} dingen in te vullen"
        punten.append(Punt(Soort.ONVOLLEDIG, wat))
    return punten


def rijen(plan, op=None):
    """[`Rij`] of every part of a plan, in the order of the booklet; one query and one per source."""
    op = op or timezone.localdate()
    per_deel = {}
    for bron in BRONNEN:
        for sleutel, punt in bron(plan, op):
            per_deel.setdefault(sleutel, []).append(punt)
    return [
        Rij(deel, oordeel, per_deel.get(deel.pk, []) + van_het_deel(deel, oordeel))
        for deel, oordeel in volledigheid.van_plan(plan, op)
    ]


def om_te_herinneren(plan, op):
    """[(part, `Punt`)] that somebody is reminded of.

    What is not complete only when the action runs or begins within a month: else every mail would say the same.
    """
    gevonden = []
    for rij in rijen(plan, op):
        deel = rij.deel
        loopt = deel.stand in volledigheid.LOPEND and not (deel.begin and (deel.begin - op).days > MAAND)
        gevonden += [(deel, punt) for punt in rij.punten if punt.soort != Soort.ONVOLLEDIG or (rij.is_actie and loopt)]
    return gevonden


def trekkers(plannen):
    """The leads of the actions of these plans, by name."""
    acties = Onderdeel.objects.filter(plan__in=plannen, soort=Onderdeel.Soort.ACTIE).exclude(trekker="")
    return sorted(set(acties.order_by().values_list("trekker", flat=True)), key=str.lower)
