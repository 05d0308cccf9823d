"""The plan as a tree and its money as rows, ready for a template. Asks as little of the database as it can."""

from dataclasses import dataclass, field
from decimal import Decimal

from plan.models import Garantie, Onderdeel, Raming
from sociaalhuis.models import Bestuur

Stand = Onderdeel.Stand
TOESTAND = {
    Stand.NIET_GESTART: "rustig",
    Stand.IN_UITVOERING: "bezig",
    Stand.VERTRAAGD: "let-op",
    Stand.UITGEVOERD: "goed",
    Stand.STOPGEZET: "fout",
}


@dataclass
class Tak:
    """A goal with its actions, or a guarantee with its goals."""

    deel: Onderdeel
    nummer: int = 0
    takken: list = field(default_factory=list)

    @property
    def acties(self):
        return [blad.deel for tak in self.takken for blad in tak.takken] or [tak.deel for tak in self.takken]


def boom(onderdelen):
    """List of guarantees as `Tak`, each with goals, each with actions, from parts in the order of the booklet."""
    takken = {deel.pk: Tak(deel) for deel in onderdelen}
    wortels = []
    for tak in takken.values():
        if tak.deel.soort == Onderdeel.Soort.GARANTIE:
            wortels.append(tak)
            tak.nummer = len(wortels)
        elif tak.deel.ouder_id in takken:
            takken[tak.deel.ouder_id].takken.append(tak)
    return wortels


def genummerd(plan):
    """The guarantees of a plan with their progress and a `nummer` from 1."""
    garanties = list(Garantie.objects.filter(plan=plan).met_voortgang().in_volgorde())
    for nummer, garantie in enumerate(garanties, start=1):
        garantie.nummer = nummer
        garantie.plan = plan
    return garanties


def gemiddelde(acties):
    """Whole percents of progress over actions that were not stopped."""
    lopend = [actie.voortgang for actie in acties if actie.stand != Stand.STOPGEZET]
    return round(sum(lopend) / len(lopend)) if lopend else 0


def tel_standen(acties):
    """[(label, kind of state label, count)] in a fixed order, only states that occur."""
    return [
        (stand.label, TOESTAND[stand], aantal)
        for stand in Stand
        if (aantal := sum(actie.stand == stand for actie in acties))
    ]


def som_standen(garanties):
    """[(label, count)] over guarantees from `genummerd`, only states that occur."""
    return [
        (stand.label, aantal)
        for stand in Stand
        if (aantal := sum(getattr(garantie, f"aantal_{stand.name.lower()}") for garantie in garanties))
    ]


def geldbeeld(ramingen, jaren):
    """What a money block shows, or None without money; only the besturen that have any.

    `kop` and `staven` are the chart of spending, `tabel` is [(year, [{"uitgave", "ontvangst", "saldo"} per Bestuur])],
    `totalen` the sums per Bestuur and `totaal` the sum of all.
    """
    geld = ramingen.geld_per_bestuur_en_jaar()
    besturen = [(code, naam) for code, naam in Bestuur.Code.choices if code in geld]
    if not besturen:
        return None
    tabel = [(jaar, [geld[code].get(jaar, NIETS) for code, _ in besturen]) for jaar in jaren]
    totalen = [tel_op(vakken) for vakken in zip(*(vakken for _, vakken in tabel), strict=True)]
    return {
        "besturen": [naam for _, naam in besturen],
        "kop": ["Jaar", *(naam for _, naam in besturen)],
        "staven": [[str(jaar), *(vak["uitgave"] for vak in vakken)] for jaar, vakken in tabel],
        "tabel": tabel,
        "totalen": totalen,
        "totaal": tel_op(totalen),
    }


NIETS = {"uitgave": Decimal(0), "ontvangst": Decimal(0), "saldo": Decimal(0)}


def tel_op(vakken):
    return {soort: sum((vak[soort] for vak in vakken), Decimal(0)) for soort in NIETS}


def toegekend(plan):
    return Raming.objects.van_plan(plan).toegekend()
