"""Reading a snapshot: the tree of its parts and its money, from the JSON and from nothing else."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from plan.models import Onderdeel
from sociaalhuis.models import Bestuur
from sociaalhuis.templatetags.huis import datum_kort, getal
from sociaalhuis.verslag.model import MINDER

NAMEN = {
    "termijn": dict(Onderdeel.Termijn.choices),
    "bestuur": dict(Onderdeel.Bestuurd.choices),
    "stand": dict(Onderdeel.Stand.choices),
}


@dataclass
class Blad:
    """A part of a snapshot with what stood below it. `nummer` counts the guarantees from 1, `standen` are own words.

    `taken`, `wacht_op` and `redenen` are lists of sentences; empty in versions of before these were kept.
    """

    rij: dict
    nummer: int = 0
    standen: dict = field(default_factory=dict)
    delen: list = field(default_factory=list)
    taken: list = field(default_factory=list)
    wacht_op: list = field(default_factory=list)
    redenen: list = field(default_factory=list)

    @property
    def is_actie(self):
        return self.rij["soort"] == Onderdeel.Soort.ACTIE

    @property
    def termijn(self):
        return NAMEN["termijn"].get(self.rij["termijn"], "")

    @property
    def bestuur(self):
        return NAMEN["bestuur"].get(self.rij["bestuur"], "")

    @property
    def stand(self):
        return self.standen.get(self.rij["stand"]) or NAMEN["stand"].get(self.rij["stand"], "")

    @property
    def einde(self):
        return date.fromisoformat(self.rij["einde"]) if self.rij["einde"] else None

    @property
    def trekkers(self):
        organisatie = self.rij["trekker_organisatie"]
        return ", ".join(naam for naam in (self.rij["trekker"], organisatie and organisatie["naam"]) if naam)


def boom(inhoud, sleutels=None):
    """List of guarantees as `Blad`, each with what stands below it.

    With `sleutels` only these actions, and what stands above them.
    """
    standen = inhoud.get("standen", {})
    bladen = {rij["sleutel"]: Blad(rij, standen=standen) for rij in inhoud["onderdelen"]}
    for naam, per_deel in zinnen(inhoud).items():
        for sleutel, rijen in per_deel.items():
            if sleutel in bladen:
                setattr(bladen[sleutel], naam, [*rijen.values()])
    wortels = []
    for nummer, blad in enumerate((blad for blad in bladen.values() if blad.rij["ouder"] is None), start=1):
        blad.nummer = nummer
    for blad in bladen.values():
        if blad.rij["ouder"] is None:
            wortels.append(blad)
        elif blad.rij["ouder"] in bladen:
            bladen[blad.rij["ouder"]].delen.append(blad)
    return wortels if sleutels is None else snoei(wortels, set(sleutels))


def zinnen(inhoud):
    """{"taken": {key of a part: {key: sentence}}, "wacht_op": ..., "redenen": ...} of a snapshot.

    A name that is missing was not kept yet in that version.
    """
    namen = {rij["sleutel"]: f"{rij['code']} {rij['titel']}" for rij in inhoud["onderdelen"]}
    uit = {}
    for naam, soort, zin in (
        ("taken", "taken", _taak),
        ("wacht_op", "samenhang", None),
        ("redenen", "verantwoording", _reden),
    ):
        if soort not in inhoud:
            continue
        per_deel = uit.setdefault(naam, {})
        for rij in inhoud[soort]:
            if naam == "wacht_op":
                sleutel, tekst = rij["wacht_op"], _met(namen.get(rij["wacht_op"], ""), rij["reden"])
            else:
                sleutel, tekst = rij["sleutel"], zin(rij)
            per_deel.setdefault(rij["onderdeel"], {})[sleutel] = tekst
    return uit


def _met(tekst, meer):
    return f"{tekst}: {meer}" if meer else tekst


def _dag(tekst):
    return datum_kort(date.fromisoformat(tekst))


def _taak(rij):
    wie = f" ({rij['wie']})" if rij["wie"] else ""
    return f"{rij['titel']}{wie}{', tegen ' + _dag(rij['tegen']) if rij['tegen'] else ''}"


def _reden(rij):
    return f"{_met(rij['zin'], rij['uitleg'])} (bron: {rij['bron']}, {_dag(rij['datum'])})"


def snoei(bladen, sleutels):
    """The same tree with only the actions of these keys and what stands above them."""
    over = []
    for blad in bladen:
        blad.delen = snoei(blad.delen, sleutels)
        if blad.delen or (blad.is_actie and blad.rij["sleutel"] in sleutels):
            over.append(blad)
    return over


def geldtabel(inhoud, sleutels=None):
    """{"besturen": names, "tabel": [(year, [{"uitgave", "ontvangst"} per Bestuur])], "totalen": [...]}, or None.

    With `sleutels` only the money of these parts.
    """
    rijen = [rij for rij in inhoud.get("geld", []) if sleutels is None or rij["onderdeel"] in sleutels]
    besturen = [(code, naam) for code, naam in Bestuur.Code.choices if any(rij["bestuur"] == code for rij in rijen)]
    if not besturen:
        return None
    jaren = range(inhoud["plan"]["beginjaar"], inhoud["plan"]["eindjaar"] + 1)

    def som(bestuur, jaar=None):
        eigen = [rij for rij in rijen if rij["bestuur"] == bestuur and jaar in (None, rij["jaar"])]
        return {soort: sum((Decimal(rij[soort]) for rij in eigen), Decimal(0)) for soort in ("uitgave", "ontvangst")}

    return {
        "besturen": [naam for _, naam in besturen],
        "tabel": [(jaar, [som(code, jaar) for code, _ in besturen]) for jaar in jaren],
        "totalen": [som(code) for code, _ in besturen],
    }


def indicatoren(inhoud):
    """List of {"code", "titel", "begin", "doelen": [(year, text)], "laatste"}; texts with their unit, "" for none."""

    def met_eenheid(rij, waarde):
        if waarde is None:
            return ""
        return f"{waarde if waarde == MINDER else getal(Decimal(waarde), rij['cijfers'])} {rij['eenheid']}"

    return [
        {
            "sleutel": rij["sleutel"],
            "code": rij["code"],
            "titel": rij["titel"],
            "begin": met_eenheid(rij, rij["nulmeting"]),
            "doelen": [(doel["jaar"], met_eenheid(rij, doel["waarde"])) for doel in rij["streefwaarden"]],
            "laatste": met_eenheid(rij, rij["metingen"][-1]["waarde"]) if rij["metingen"] else "",
        }
        for rij in inhoud.get("indicatoren", [])
    ]
