"""What a year of the plan holds: a proposal from the running actions, and the text that is frozen when it is adopted."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from plan.models import Actie, Jaaractie, Jaaractieplan, Jaaropvolging, Onderdeel, Raming, Taak
from plan.woorden import standnamen

LANGSTE_WAT = 300
KLAAR = (Onderdeel.Stand.UITGEVOERD, Onderdeel.Stand.STOPGEZET)


@dataclass
class Voorstel:
    """An action that could stand in a year: with its tasks and money of that year, and why it may come from before."""

    actie: Actie
    taken: list = field(default_factory=list)
    geld: dict = field(default_factory=dict)  # {code of the Bestuur: {"uitgave", "ontvangst", "saldo"}}
    doorgeschoven: bool = False
    open_van_vorig: str = ""  # what was to be done in the year before

    @property
    def wat(self):
        """What to do that year, as a start: its tasks, or what the action is in one line."""
        return ("; ".join(taak.titel for taak in self.taken) or self.actie.korte_omschrijving or self.actie.titel)[
            :LANGSTE_WAT
        ]


def lopend(plan, jaar):
    """Actions of a plan that run in a year and are neither done nor stopped."""
    return (
        Actie.objects.filter(plan=plan)
        .exclude(stand__in=KLAAR)
        .filter(Q(begin__isnull=True) | Q(begin__lte=date(jaar, 12, 31)))
        .filter(Q(einde__isnull=True) | Q(einde__gte=date(jaar, 1, 1)))
    )


def doorgeschoven(plan, jaar):
    """{key of an action: what was to be done} of what should have been finished before this year and was not.

    That is: its end lies before the year, it has an open task of before the year, or the last word about it in the year
    before is that it is late or did not begin.
    """
    open_ = Actie.objects.filter(plan=plan).exclude(stand__in=KLAAR)
    uit = dict.fromkeys(open_.filter(einde__lt=date(jaar, 1, 1)).values_list("pk", flat=True), "")
    taken = Taak.objects.open().filter(actie__in=open_, tegen__lt=date(jaar, 1, 1)).values_list("actie_id", "titel")
    for actie, titel in taken:
        uit[actie] = f"{uit[actie]}; {titel}" if uit.get(actie) else titel
    vorig = Jaaractie.objects.filter(jaaractieplan__plan=plan, jaaractieplan__jaar=jaar - 1, actie__in=open_)
    for regel in vorig.prefetch_related("opvolgingen"):
        laatste = max(regel.opvolgingen.all(), key=lambda een: een.op, default=None)
        if laatste and laatste.stand in {Onderdeel.Stand.VERTRAAGD, Onderdeel.Stand.NIET_GESTART}:
            uit[regel.actie_id] = uit.get(regel.actie_id) or regel.wat
    return uit


def voorstel(plan, jaar, behalve=()):
    """List of `Voorstel` for a year in the order of the booklet, without the actions whose keys are in `behalve`."""
    van_vorig = doorgeschoven(plan, jaar)
    acties = Actie.objects.filter(Q(pk__in=lopend(plan, jaar)) | Q(pk__in=van_vorig)).exclude(pk__in=behalve)
    acties = list(acties.select_related("garantie").in_volgorde())
    taken = defaultdict(list)
    for taak in Taak.objects.open().filter(actie__in=acties, tegen__year=jaar).order_by("actie", "volgorde", "tegen"):
        taken[taak.actie_id].append(taak)
    geld = geld_van(plan, jaar)
    return [
        Voorstel(
            actie=actie,
            taken=taken[actie.pk],
            geld=geld.get(actie.pk, {}),
            doorgeschoven=actie.pk in van_vorig,
            open_van_vorig=van_vorig.get(actie.pk, ""),
        )
        for actie in acties
    ]


def geld_van(plan, jaar):
    """{key of an action: {code of the Bestuur: {"uitgave", "ontvangst"}}}: granted money of one year, Decimal in euro."""
    uit = defaultdict(lambda: defaultdict(dict))
    rijen = Raming.objects.van_plan(plan).toegekend().filter(jaar=jaar)
    for actie, bestuur, richting, bedrag in rijen.values_list(
        "projectaanvraag__actie_id", "bestuur__code", "richting", "bedrag"
    ):
        uit[actie][bestuur][richting] = uit[actie][bestuur].get(richting, 0) + bedrag
    return {actie: {bestuur: dict(vak) for bestuur, vak in geld.items()} for actie, geld in uit.items()}


def inhoud_van(jaarplan: Jaaractieplan):
    """All that a year holds, as plain data: what is frozen when it is adopted."""
    regels = list(jaarplan.regels.select_related("actie"))
    taken = defaultdict(list)
    rijen = Taak.objects.filter(actie__in=[regel.actie_id for regel in regels], tegen__year=jaarplan.jaar)
    for taak in rijen.order_by("actie", "volgorde", "tegen", "pk"):
        taken[taak.actie_id].append({"titel": taak.titel, "tegen": taak.tegen.isoformat(), "wie": taak.wie})
    geld = geld_van(jaarplan.plan, jaarplan.jaar)
    return {
        "formaat": 1,
        "jaar": jaarplan.jaar,
        "inleiding": jaarplan.inleiding,
        "acties": [
            {
                "sleutel": regel.actie_id,
                "code": regel.actie.code,
                "titel": regel.actie.titel,
                "wat": regel.wat,
                "overgedragen": regel.overgedragen_reden,
                "taken": taken[regel.actie_id],
                "geld": {
                    bestuur: {richting: str(bedrag) for richting, bedrag in vak.items()}
                    for bestuur, vak in sorted(geld.get(regel.actie_id, {}).items())
                },
            }
            for regel in regels
        ],
    }


def op_te_volgen(jaarplan, moment):
    """(all actions of a year in order, those of which nothing was noted at this moment); two queries.

    Each has `opvolging`, what was noted of it at the moment, or None, and `stand_naam`, its state in the town's words.
    """
    regels = list(jaarplan.regels.select_related("actie__garantie").order_by("actie__plek"))
    rijen = Jaaropvolging.objects.filter(jaaractie__jaaractieplan=jaarplan, moment=moment).select_related("door")
    per_regel, namen = {rij.jaaractie_id: rij for rij in rijen}, standnamen(jaarplan.plan)
    for regel in regels:
        regel.opvolging = per_regel.get(regel.pk)
        regel.stand_naam = namen[regel.opvolging.stand] if regel.opvolging else ""
    return regels, [regel for regel in regels if regel.opvolging is None]


def na(te_doen, regel):
    """The place in `te_doen` where what comes after `regel` begins."""
    plek = [(rij.actie.garantie.volgorde, rij.actie.volgorde, rij.actie.code) for rij in te_doen]
    hier = (regel.actie.garantie.volgorde, regel.actie.volgorde, regel.actie.code)
    return sum(een <= hier for een in plek)


def eerder_genoteerd(regel, moment):
    """What was noted of an action halfway, for who writes the end of the year; else None."""
    if moment != Jaaropvolging.Moment.JAAR:
        return None
    rij = regel.opvolgingen.filter(moment=Jaaropvolging.Moment.HALFJAAR).first()
    if rij:
        rij.stand_naam = standnamen(regel.actie.plan)[rij.stand]
    return rij
