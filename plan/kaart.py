"""The guarantee card: one guarantee on one page. What was promised, for whom, what is done, what it costs, whether it works.

The numbers of things shown are bounded, so that any guarantee fits on one sheet; the rest is counted. The trend is the
difference (`plan.verschil`) between the last version that was announced and the guarantee as it is now.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef, Sum

from plan.boom import boom
from plan.grafiek import teken
from plan.meten import gemeten
from plan.models import Besluit, Besteding, Indicator, Indicatorkoppeling, Onderdeel, Raming, Versie
from plan.momentopname import geld, onderdelen
from plan.verschil import Verschil, vergelijk
from sociaalhuis.models import Bestuur, Doelgroep

MEEST = 5  # goals, indicators, and actions of one term
MINI = (6, 40)  # pixels of a small chart
Stap = Besluit.Stap


@dataclass
class Deel:
    """Some of a list, and how many more there are."""

    titel: str
    alles: list

    @property
    def eerste(self):
        return self.alles[:MEEST]

    @property
    def verder(self):
        return len(self.alles) - len(self.eerste)


@dataclass
class Trend:
    """How the guarantee moved since a version: its progress then in whole percents, and what differs."""

    versie: Versie
    toen: int | None
    verschil: Verschil

    @property
    def geteld(self):
        """[(number, what)] of actions that came, went or were changed."""
        aantallen = (
            (len(self.verschil.van("nieuw", "actie")), "nieuw"),
            (len(self.verschil.van("weg", "actie")), "weggevallen"),
            (sum(deel.soort == "actie" for deel in self.verschil.anders()), "gewijzigd"),
        )
        return [(aantal, wat) for aantal, wat in aantallen if aantal]


@dataclass
class Kaart:
    garantie: Onderdeel
    nummer: int
    tak: object
    voor_wie: list
    geld: list  # (Bestuur, planned, spent) in euro, only besturen that have any
    stukken: list  # Gemeten
    besluit: Besluit | None = None
    trend: Trend | None = None
    doelen: Deel = field(init=False)

    def __post_init__(self):
        self.doelen = Deel("", self.tak.takken)

    @property
    def termijnen(self):
        """A `Deel` of actions per term that has any, the short one first."""
        return [
            Deel(termijn.label, acties)
            for termijn in Onderdeel.Termijn
            if (acties := [actie for actie in self.tak.acties if actie.termijn == termijn])
        ]

    @property
    def geld_samen(self):
        return tuple(sum((rij[plaats] for rij in self.geld), Decimal(0)) for plaats in (1, 2))

    @cached_property
    def cijfers(self):
        """(Gemeten, small Grafiek) of the first indicators."""
        return [(stuk, teken(stuk, *MINI)) for stuk in self.stukken[:MEEST]]

    @property
    def cijfers_verder(self):
        return len(self.stukken) - len(self.cijfers)


def maak(garantie):
    """The `Kaart` of a guarantee with its plan; a fixed number of queries, one more for the version that it is compared with."""
    plan = garantie.plan
    delen = Onderdeel.objects.filter(plan=plan).defer("lange_omschrijving", "commentaar", "evaluatie").in_volgorde()
    tak = next(tak for tak in boom(delen) if tak.deel.pk == garantie.pk)
    return Kaart(
        garantie,
        tak.nummer,
        tak,
        list(garantie.doelgroepen.all()) or list(Doelgroep.objects.filter(onderdelen__garantie=garantie).distinct()),
        geld_van(garantie),
        _indicatoren(garantie),
        Besluit.objects.geldend()
        .filter(plan=plan)
        .exclude(stap__in=[Stap.ADVIES, Stap.COMITE])
        .select_related("orgaan")
        .last(),
        trend(garantie, tak),
    )


def geld_van(garantie):
    """[(name of the Bestuur, planned spending, spent)] over all years."""
    gepland = (
        Raming.objects.filter(projectaanvraag__actie__garantie=garantie, richting=Raming.Richting.UITGAVE)
        .toegekend().order_by().values_list("bestuur__code").annotate(som=Sum("bedrag"))
    )  # fmt: skip
    besteed = (
        Besteding.objects.filter(actie__garantie=garantie)
        .order_by().values_list("bestuur__code").annotate(som=Sum("bedrag"))
    )  # fmt: skip
    gepland, besteed = dict(gepland), dict(besteed)
    niets = Decimal(0)
    return [
        (naam, gepland.get(code, niets), besteed.get(code, niets))
        for code, naam in Bestuur.Code.choices
        if code in gepland or code in besteed
    ]


def _indicatoren(garantie):
    """Its own indicators first, then those of what stands below it."""
    van_garantie = Indicatorkoppeling.objects.filter(indicator=OuterRef("pk"), onderdeel=garantie)
    eronder = Indicatorkoppeling.objects.filter(indicator=OuterRef("pk"), onderdeel__pad__contains=[garantie.pk])
    rijen = Indicator.objects.filter(Exists(eronder)).annotate(eigen=Exists(van_garantie)).select_related("plan")
    return gemeten(rijen.order_by("-eigen", "volgorde", "code"))


def trend(garantie, tak):
    """The `Trend` since the last version that was announced (else the last one); None without a version that held it."""
    versies = Versie.objects.filter(plan=garantie.plan).defer("tekst")
    versie = versies.filter(stap=Stap.BEKENDMAKING).last() or versies.last()
    if versie is None:
        return None
    oud = _eronder(versie.inhoud["onderdelen"], garantie.pk)
    if not oud:
        return None
    sleutels = {rij["sleutel"] for rij in oud}
    bedragen = [rij for rij in versie.inhoud.get("geld", []) if rij["onderdeel"] in sleutels]
    nieuw = {"onderdelen": onderdelen.neem(garantie.plan, garantie), "geld": geld.neem(garantie.plan, garantie)}
    zelfde = {"plan": {}}
    verschil = vergelijk({"onderdelen": oud, "geld": bedragen, **zelfde}, {**nieuw, **zelfde})
    return Trend(versie, _voortgang(oud), verschil)


def _eronder(rijen, sleutel):
    """The rows of a snapshot that are this part or stand below it. A part comes after what it stands below, or before it."""
    per_ouder = {}
    for rij in rijen:
        per_ouder.setdefault(rij["ouder"], []).append(rij)
    gevonden, stapel = [], [rij for rij in rijen if rij["sleutel"] == sleutel]
    while stapel:
        rij = stapel.pop()
        gevonden.append(rij)
        stapel += per_ouder.get(rij["sleutel"], [])
    return gevonden


def _voortgang(rijen):
    """Progress in whole percents as it was rolled up from the actions of a snapshot; None when nothing counts."""
    delen = [
        Onderdeel(
            pk=rij["sleutel"], ouder_id=rij["ouder"], soort=rij["soort"], stand=rij.get("stand", ""), voortgang=rij.get("voortgang"),
            gewicht=Decimal(rij["gewicht"]) if rij.get("gewicht") else None,
        )
        for rij in rijen
    ]  # fmt: skip
    [tak] = boom(delen)
    return None if tak.voortgang is None else tak.percentage
