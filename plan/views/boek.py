"""A plan and its money as rows, ready for a template. Asks as little of the database as it can."""

from decimal import Decimal

from plan.boom import boom
from plan.models import Afhankelijkheid, Onderdeel, Raming, Taak
from plan.woorden import standnamen
from sociaalhuis.models import Bestuur

Stand = Onderdeel.Stand
TOESTAND = {
    Stand.NIET_GESTART: "rustig",
    Stand.IN_UITVOERING: "bezig",
    Stand.VERTRAAGD: "let-op",
    Stand.UITGEVOERD: "goed",
    Stand.STOPGEZET: "fout",
}


def bomen(plan):
    """The guarantees of a plan as `Tak`, in one query without the long texts."""
    delen = Onderdeel.objects.filter(plan=plan).defer("lange_omschrijving", "commentaar", "evaluatie").in_volgorde()
    return boom(delen)


def met_stappen(plan, onderdelen):
    """The parts as a list; each action with `mijlpalen` and `wacht_op_nu`, two queries for all."""
    mijlpalen, wacht = {}, {}
    for taak in Taak.objects.op_site().filter(actie__plan=plan):
        mijlpalen.setdefault(taak.actie_id, []).append(taak)
    for rij in Afhankelijkheid.objects.filter(actie__plan=plan).select_related("wacht_op"):
        wacht.setdefault(rij.actie_id, []).append(rij)
    delen = list(onderdelen)
    for deel in delen:
        deel.mijlpalen, deel.wacht_op_nu = mijlpalen.get(deel.pk, []), wacht.get(deel.pk, [])
    return delen


def tel_standen(plan, acties):
    """[(word of the town, kind of state label, count)] in a fixed order, only states that occur."""
    return [
        (naam, TOESTAND[stand], aantal)
        for stand, naam in standnamen(plan).items()
        if (aantal := sum(actie.stand == stand for actie in acties))
    ]


def geldbeeld(ramingen, jaren):
    """What a money block shows, or None without money; only the besturen that have any.

    `kop` and `staven` are the chart of spending, `tabel` is [(year, [{"uitgave", "ontvangst", "saldo"} per Bestuur])],
    `totalen` the sums per Bestuur and `totaal` the sum of all.
    """
    geld = ramingen.geld_per_bestuur_en_jaar()
    besturen = [(code, naam) for code, naam in [*Bestuur.Code.choices, ("", "Samen, niet verdeeld")] if code in geld]
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
