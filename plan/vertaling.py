"""The financial translation of a plan: what the multi-year plan holds now, what the plan adds to it, what it becomes.

Per Bestuur and year. What a plan adds are the requests that were granted: an approved one whole, and of one that was
taken up what its code in the last adjustment of the multi-year plan still lacks. A code holds what its own lines and
those of the codes below it hold. Lines below no policy goal stay lines ("gelijkblijvend beleid").
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from plan.models import BbcCode, Mjplijn, Mjpversie, Onderdeel, Projectaanvraag, Raming
from sociaalhuis.models import Bestuur

NUL = Decimal("0.00")
NIVEAUS = ("sd", "bd", "ap", "ac", "lijn")  # from the top down
SAMEN = "Gemeente en OCMW samen"  # lines that the town did not divide
RICHTINGEN = ("uitgave", "ontvangst")


def naam_van(bestuur):
    """'ocmw' -> 'OCMW'; '' -> both together."""
    return Bestuur.Code(bestuur).label if bestuur else SAMEN


@dataclass
class Regel:
    """One row of the table: where it stands ({level: (code, description)}), and an amount per year in euro.

    `bestuur` is a code or '' for both together. `project` names the requests that a row comes from, '' for a line of
    the multi-year plan; `acties` are the actions of the plan behind it.
    """

    bestuur: str
    pad: dict
    soort: str
    richting: str
    gelijkblijvend: bool = False
    omschrijving: str = ""
    dienst: str = ""
    beleidsveld: str = ""
    project: str = ""
    acties: list = field(default_factory=list)
    bedragen: dict = field(default_factory=dict)

    @property
    def codes(self):
        return [self.pad[niveau][0] for niveau in NIVEAUS if niveau in self.pad]

    @property
    def diepste(self):
        """(code, description) of the deepest level, or None."""
        return next((self.pad[niveau] for niveau in reversed(NIVEAUS) if niveau in self.pad), None)

    @property
    def totaal(self):
        return sum(self.bedragen.values(), NUL)


class Codes:
    """The codes of a plan as a tree, and which code is that of which action: two queries."""

    def __init__(self, plan):
        rijen = BbcCode.objects.filter(plan=plan).values_list("pk", "code", "soort", "korte_omschrijving", "ouder_id")
        self.per_sleutel = {rij[0]: rij[1:] for rij in rijen}
        self._paden = {}

        van_acties = Onderdeel.bbc_codes.through.objects.filter(bbccode__plan=plan, bbccode__soort=BbcCode.Soort.ACTIE)
        rijen = van_acties.order_by("-bbccode__code").values_list("onderdeel_id", "bbccode__bestuur_id", "bbccode_id")
        self.van_actie = {(actie, bestuur): code for actie, bestuur, code in rijen}

    def pad_van(self, raming):
        """Where an estimate stands: by its own code; where that tells no action, by that of its action."""
        actie = raming.projectaanvraag.actie
        eigen = self.pad(raming.bbc_code_id)
        if "ac" in eigen or set(eigen) & {"sd", "bd", "ap"}:
            return eigen
        boven = self.pad(self.van_actie.get((actie.pk, raming.bestuur_id))) or {"ac": (actie.code, actie.titel)}
        return {**boven, **eigen}

    def pad(self, sleutel):
        """{level: (code, description)} of a code and what stands above it; {} without a code."""
        if sleutel not in self._paden:
            pad, nu = {}, sleutel
            while nu in self.per_sleutel:
                code, soort, naam, ouder = self.per_sleutel[nu]
                if soort in pad:
                    break
                pad[soort], nu = (code, naam), ouder
            self._paden[sleutel] = {niveau: pad[niveau] for niveau in NIVEAUS if niveau in pad}
        return self._paden[sleutel]


@dataclass
class Vertaling:
    """`nu` and `erbij`: {(bestuur, year, direction): Decimal}; `regels`: what the plan adds; `doelen`: per goal."""

    versies: list
    jaren: range
    nu: dict
    regels: list
    doelen: list

    @property
    def erbij(self):
        som = defaultdict(lambda: NUL)
        for regel in self.regels:
            for jaar, bedrag in regel.bedragen.items():
                som[regel.bestuur, jaar, regel.richting] += bedrag
        return dict(som)

    @property
    def besturen(self):
        """Codes of the besturen that have money, '' last."""
        heeft = {sleutel[0] for sleutel in [*self.nu, *self.erbij]}
        return [code for code in (*Bestuur.Code.values, "") if code in heeft]

    def per_jaar(self, bestuur):
        """[(year, {direction: {"nu", "erbij", "wordt"}})] of one Bestuur, and the sum as last row with the year None."""
        erbij, rijen = self.erbij, []
        for jaar in self.jaren:
            vakken = {}
            for richting in RICHTINGEN:
                nu, meer = (som.get((bestuur, jaar, richting), NUL) for som in (self.nu, erbij))
                vakken[richting] = {"nu": nu, "erbij": meer, "wordt": nu + meer}
            rijen.append((jaar, vakken))
        samen = {
            richting: {wat: sum((vak[richting][wat] for _, vak in rijen), NUL) for wat in ("nu", "erbij", "wordt")}
            for richting in RICHTINGEN
        }
        return [*rijen, (None, samen)]


def vertaal(plan):
    """`Vertaling` of a plan, in a number of queries that does not grow with it."""
    codes = Codes(plan)
    nu, per_code, doelen = defaultdict(lambda: NUL), defaultdict(lambda: NUL), {}
    sommen = (
        Mjplijn.objects.van_nu(plan)
        .order_by()
        .values_list("bestuur__code", "bbc_code_id", "gelijkblijvend", "soort", "richting", "jaar")
        .annotate(som=Sum("bedrag"))
    )
    for bestuur, sleutel, gelijk, soort, richting, jaar, som in sommen:
        bestuur, pad = bestuur or "", codes.pad(sleutel)
        nu[bestuur, jaar, richting] += som
        for code, _ in pad.values():
            per_code[bestuur, code, soort, richting, jaar] += som
        tel_bij(doelen, bestuur, {} if gelijk else pad, gelijk, richting, jaar, som)
    regels = toevoegingen(plan, codes, per_code)
    for regel in regels:
        for jaar, bedrag in regel.bedragen.items():
            tel_bij(doelen, regel.bestuur, regel.pad, regel.gelijkblijvend, regel.richting, jaar, bedrag)
    return Vertaling(
        versies=laatste_versies(plan),
        jaren=plan.jaren,
        nu=dict(nu),
        regels=regels,
        doelen=[doelen[sleutel] for sleutel in sorted(doelen)],
    )


def laatste_versies(plan):
    """The last `Mjpversie` per Bestuur (and of both together)."""
    rijen = Mjpversie.objects.filter(plan=plan).order_by("bestuur_id", "-nummer").distinct("bestuur_id")
    return list(rijen.select_related("bestuur"))


def tel_bij(doelen, bestuur, pad, gelijk, richting, jaar, som):
    """Adds an amount to the row of its goal; what stands below no goal has a row of its own, the last."""
    code, naam = (
        pad.get("bd") or pad.get("sd") or ("", "Gelijkblijvend beleid" if gelijk else "Zonder beleidsdoelstelling")
    )
    sleutel = (
        list(Bestuur.Code.values).index(bestuur) if bestuur else 9,
        not code,
        gelijk,
        code,
        richting != "uitgave",
    )
    rij = doelen.setdefault(
        sleutel,
        {"bestuur": bestuur, "code": code, "naam": naam, "richting": richting, "bedragen": defaultdict(lambda: NUL)},
    )
    rij["bedragen"][jaar] += som


def toevoegingen(plan, codes, per_code):
    """`Regel`s that the plan adds to the multi-year plan, whose amounts per code are `per_code`."""
    ramingen = (
        Raming.objects.van_plan(plan)
        .toegekend()
        .select_related("projectaanvraag__actie", "bestuur")
        .order_by("projectaanvraag__code", "bestuur__code", "soort", "-richting", "jaar")
    )
    regels, opgenomen = {}, {}
    for raming in ramingen:
        aanvraag = raming.projectaanvraag
        code = codes.per_sleutel[raming.bbc_code_id][0] if raming.bbc_code_id else ""
        bestuur, soort, richting = raming.bestuur.code, raming.soort, raming.richting
        if aanvraag.staat == Projectaanvraag.Staat.OPGENOMEN:
            opgenomen.setdefault((bestuur, code, soort, richting), []).append(raming)
        else:
            sleutel = (aanvraag.pk, bestuur, code, soort, richting)
            tel_raming(regels, sleutel, [aanvraag], raming, codes, raming.bedrag)
    for (bestuur, code, soort, richting), rijen in opgenomen.items():
        aanvragen = list({raming.projectaanvraag_id: raming.projectaanvraag for raming in rijen}.values())
        per_jaar = defaultdict(lambda: NUL)
        for raming in rijen:
            per_jaar[raming.jaar] += raming.bedrag
        for jaar, bedrag in per_jaar.items():
            wie = (bestuur, "")  # lines of both together count for each
            voorzien = sum((per_code.get((b, code, s, richting, jaar), NUL) for b in wie for s in (soort, "")), NUL)
            if bedrag > voorzien:
                raming = next(een for een in rijen if een.jaar == jaar)
                tel_raming(regels, (0, bestuur, code, soort, richting), aanvragen, raming, codes, bedrag - voorzien)
    return list(regels.values())


def tel_raming(regels, sleutel, aanvragen, raming, codes, bedrag):
    """Adds an amount of a year to the row of its key."""
    if sleutel not in regels:
        regels[sleutel] = Regel(
            bestuur=raming.bestuur.code,
            pad=codes.pad_van(raming),
            soort=raming.soort,
            richting=raming.richting,
            omschrijving=", ".join(str(aanvraag) for aanvraag in aanvragen),
            dienst=aanvragen[0].aanvrager,
            project=", ".join(str(aanvraag) for aanvraag in aanvragen),
            acties=list({aanvraag.actie_id: aanvraag.actie for aanvraag in aanvragen}.values()),
        )
    bedragen = regels[sleutel].bedragen
    bedragen[raming.jaar] = bedragen.get(raming.jaar, NUL) + bedrag


def alle_regels(plan, erbij):
    """The whole table as it becomes: every line of the last multi-year plan, with what the plan adds (`erbij`).

    In an order that a reader of such tables understands: rows of actions first, then money that stands on an action
    plan or a goal itself, "gelijkblijvend" before what has a goal, so that no row looks like a heading of the next.
    """
    codes, rijen = Codes(plan), {}
    lijnen = Mjplijn.objects.van_nu(plan).order_by("versie", "rij", "jaar")
    velden = (
        "bestuur__code",
        "bbc_code_id",
        "omschrijving",
        "dienst",
        "beleidsveld",
        "gelijkblijvend",
        "soort",
        "richting",
    )
    for *sleutel, jaar, bedrag in lijnen.values_list(*velden, "jaar", "bedrag").iterator(chunk_size=5000):
        sleutel = tuple(sleutel)
        if sleutel not in rijen:
            rijen[sleutel] = lijn_als_regel(sleutel, codes)
        bedragen = rijen[sleutel].bedragen
        bedragen[jaar] = bedragen.get(jaar, NUL) + bedrag
    return sorted([*rijen.values(), *erbij], key=plaats)


def lijn_als_regel(sleutel, codes):
    bestuur, code, omschrijving, dienst, beleidsveld, gelijk, soort, richting = sleutel
    pad = codes.pad(code)
    if gelijk:
        pad = {niveau: deel for niveau, deel in pad.items() if niveau not in {"sd", "bd"}}
    diepste = next((pad[niveau] for niveau in reversed(NIVEAUS) if niveau in pad), ("", ""))
    return Regel(
        bestuur=bestuur or "",
        pad=pad,
        soort=soort,
        richting=richting,
        gelijkblijvend=gelijk,
        omschrijving="" if omschrijving == diepste[1] else omschrijving,
        dienst=dienst,
        beleidsveld=beleidsveld,
    )


def plaats(regel):
    """Where a row stands in the table, as a key to sort on."""
    diepste = max((NIVEAUS.index(niveau) for niveau in regel.pad), default=len(NIVEAUS))
    hoog = max(0, NIVEAUS.index("ac") - diepste) if not regel.omschrijving else 0
    return (hoog, not regel.gelijkblijvend if hoog else False, regel.bestuur or "z", regel.codes, regel.project)
