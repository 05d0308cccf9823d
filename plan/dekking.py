"""The coverage matrix: per theme, target group and area how many actions there are, their money, and how they stand.

Five queries whatever the size: the plan is given, the three approaches come in one, then actions, indicators and accepted
gaps. An action without an area is for the whole town. In an area counts what happens there, in a part of it, or in the
whole that it lies in. An action for several groups or themes counts in each of their cells, so cells do not add up.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery, Sum, Value

from plan.koers import Koers
from plan.meten import lees
from plan.models import Actie, Indicator, Leemte, Raming
from sociaalhuis.models import Doelgroep, Gebied, Thema


@dataclass(frozen=True)
class Plaats:
    """A theme, a target group or an area: what an address and a heading need of it."""

    pk: int
    code: str
    naam: str
    ouder: int = 0  # 0: lies in nothing

    def __str__(self):
        return self.naam


@dataclass
class Vak:
    """One cell. `acties` are keys, `geld` the planned spending in euro, `koersen` counts indicators per `Koers`."""

    thema: Plaats
    doelgroep: Plaats
    gebied: Plaats | None = None
    acties: list = field(default_factory=list)
    geld: Decimal = Decimal(0)
    koersen: Counter = field(default_factory=Counter)
    leemte: Leemte | None = None

    @property
    def is_leeg(self):
        return not self.acties

    @property
    def is_aanvaard(self):
        return self.is_leeg and self.leemte is not None and self.leemte.is_geldig

    @property
    def is_gat(self):
        """Empty, and nobody accepted that, or not any more."""
        return self.is_leeg and not self.is_aanvaard

    @property
    def koers(self):
        """The worst that its indicators say, or None without any."""
        volgorde = (Koers.ACHTER, Koers.OP_KOERS, Koers.GEEN_METING, Koers.GEEN_DOEL)
        return next((koers for koers in volgorde if self.koersen[koers]), None)


@dataclass
class Rij:
    """An action as the matrix needs it."""

    pk: int
    themas: list
    doelgroepen: list
    gebieden: list
    geld: Decimal
    indicatoren: set


class Dekking:
    """The cells of one plan, in any area."""

    def __init__(self, plan):
        self.plan = plan
        self.themas, self.doelgroepen, self.gebieden = _indeling()
        self.koersen, per_deel = _indicatoren(plan)
        self.acties = _acties(plan, per_deel)
        rijen = Leemte.objects.filter(plan=plan)
        self.leemten = {(rij.thema_id, rij.doelgroep_id, rij.gebied_id): rij for rij in rijen}

    def gebied(self, code):
        """The area of a code, or None."""
        return next((gebied for gebied in self.gebieden if gebied.code == code), None)

    def vakken(self, gebied=None):
        """[(theme, [Vak per target group])] in an area, or anywhere."""
        hier = self.bereik(gebied) if gebied else None
        per_vak = {}
        for actie in self.acties:
            if hier is None or not actie.gebieden or hier.intersection(actie.gebieden):
                for thema in actie.themas:
                    for doelgroep in actie.doelgroepen:
                        per_vak.setdefault((thema, doelgroep), []).append(actie)
        return [
            (thema, [self._vak(thema, doelgroep, gebied, per_vak.get((thema.pk, doelgroep.pk), [])) for doelgroep in self.doelgroepen])
            for thema in self.themas
        ]  # fmt: skip

    def _vak(self, thema, doelgroep, gebied, acties):
        indicatoren = {sleutel for actie in acties for sleutel in actie.indicatoren}
        overal = self.leemten.get((thema.pk, doelgroep.pk, None))
        return Vak(
            thema, doelgroep, gebied, [actie.pk for actie in acties], sum((actie.geld for actie in acties), Decimal(0)),
            Counter(self.koersen[sleutel] for sleutel in indicatoren),
            (gebied and self.leemten.get((thema.pk, doelgroep.pk, gebied.pk))) or overal,
        )  # fmt: skip

    def bereik(self, gebied):
        """Keys of an area, what it lies in, and what lies in it."""
        ouder = {rij.pk: rij.ouder for rij in self.gebieden}

        def lijn(sleutel):
            uit = []
            while sleutel and sleutel not in uit:
                uit.append(sleutel)
                sleutel = ouder.get(sleutel)
            return uit

        return {*lijn(gebied.pk), *(rij.pk for rij in self.gebieden if gebied.pk in lijn(rij.pk))}


def _indeling():
    """(themes, groups, areas) as `Plaats`, each in its order; one query."""

    def rijen(model, soort, ouder):
        kolommen = {"soort": Value(soort), "boven": ouder}
        return model.objects.order_by().values_list("pk", "code", "naam", "volgorde").annotate(**kolommen)

    niets = Value(0)
    alles = rijen(Thema, "thema", niets).union(
        rijen(Doelgroep, "doelgroep", niets), rijen(Gebied, "gebied", F("ouder_id")), all=True
    )
    per_soort = {"thema": [], "doelgroep": [], "gebied": []}
    for pk, code, naam, _, soort, ouder in sorted(alles, key=lambda rij: (rij[3], rij[2])):
        per_soort[soort].append(Plaats(pk, code, naam, ouder or 0))
    return per_soort.values()


def _acties(plan, per_deel):
    def sleutels(model, kolom):
        return ArraySubquery(model.objects.filter(onderdeel_id=OuterRef("pk")).values(kolom))

    geld = (
        Raming.objects.filter(projectaanvraag__actie=OuterRef("pk"), richting=Raming.Richting.UITGAVE)
        .toegekend()
        .order_by()
        .values("projectaanvraag__actie")
        .annotate(som=Sum("bedrag"))
        .values("som")
    )
    rijen = Actie.objects.filter(plan=plan).in_volgorde().values_list(
        "pk", "pad", sleutels(Actie.themas.through, "thema_id"), sleutels(Actie.doelgroepen.through, "doelgroep_id"),
        sleutels(Actie.gebieden.through, "gebied_id"), Subquery(geld),
    )  # fmt: skip
    return [
        Rij(pk, themas, doelgroepen, gebieden, som or Decimal(0), {een for deel in pad[1:] for een in per_deel.get(deel, ())})
        for pk, pad, themas, doelgroepen, gebieden, som in rijen
    ]  # fmt: skip


def _indicatoren(plan):
    """({key of an indicator: Koers}, {key of a part: keys of its indicators})."""
    koersen, per_deel = {}, {}
    for indicator in Indicator.objects.filter(plan=plan).select_related("plan").met_delen().met_cijfers():
        koersen[indicator.pk] = lees(indicator).koers
        for deel in indicator.deelsleutels:
            per_deel.setdefault(deel, []).append(indicator.pk)
    return koersen, per_deel
