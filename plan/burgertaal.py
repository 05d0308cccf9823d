"""What changed between two versions in plain Dutch sentences, the most important first. Pure.

First the promises (guarantees) that came, went or read otherwise, then actions that came and went, then money, then
time; what is left is only counted. Every sentence comes with the reason in plain words where staff wrote one.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from plan.verschil import STAND
from sociaalhuis.templatetags.huis import euro
from sociaalhuis.uren import MAANDEN

MEEST = 8  # sentences of one kind before the rest is counted
TERMIJN = {"kort": 1, "middellang": 2, "lang": 3}


@dataclass
class Zin:
    """A sentence about a part (or an indicator), and why."""

    tekst: str
    waarom: str = ""
    deel: object = None


@dataclass
class Groep:
    """Sentences under one heading; `verder` counts those that did not fit."""

    kop: str
    zinnen: list = field(default_factory=list)
    verder: int = 0


def aangehaald(titel):
    return f"“{titel}”"


def maand(dag):
    """'2027-12-31' -> 'december 2027'."""
    dag = date.fromisoformat(dag)
    return f"{MAANDEN[dag.month - 1]} {dag.year}"


def zin(tekst, deel):
    return Zin(tekst, (deel.reden or {}).get("voor_burger", ""), deel)


def belofte(deel, rij):
    tekst = rij.get("korte_omschrijving") or ""
    return f"{aangehaald(deel.titel)}: {tekst}" if tekst else f"{aangehaald(deel.titel)}."


def _nieuwe_beloften(verschil):
    return [zin(f"Nieuw is {belofte(deel, deel.nieuw)}", deel) for deel in verschil.van("nieuw", "garantie")]


def _weggevallen_beloften(verschil):
    return [zin(f"We beloven niet meer {belofte(deel, deel.oud)}", deel) for deel in verschil.van("weg", "garantie")]


def _andere_beloften(verschil):
    return [
        zin(f"De belofte bij {aangehaald(deel.titel)} luidt nu: {deel.nieuw['korte_omschrijving']}", deel)
        for deel in verschil.van("anders", "garantie")
        if any(veld.naam == "korte_omschrijving" for veld in deel.velden)
    ]


def _wanneer(rij):
    if rij.get("einde"):
        return f" Dat moet klaar zijn in {maand(rij['einde'])}."
    return ""


def _nieuwe_acties(verschil):
    return [
        zin(f"We gaan ook dit doen: {aangehaald(deel.titel)}.{_wanneer(deel.nieuw)}", deel)
        for deel in verschil.van("nieuw", "actie")
    ]


def _weggevallen_acties(verschil):
    acties = verschil.van("weg", "actie")
    acties += [
        deel
        for deel in verschil.van("anders", "actie")
        if deel.nieuw.get("stand") == "stopgezet" != deel.oud.get("stand")
    ]
    return [zin(f"Dit doen we niet meer: {aangehaald(deel.titel)}.", deel) for deel in acties]


def _geld(verschil):
    delen = [deel for deel in verschil.delen if deel.wat == "anders" and deel.geld_verschil]
    delen.sort(key=lambda deel: (-abs(deel.geld_verschil), deel.code))
    return [
        zin(
            f"Voor {aangehaald(deel.titel)} trekken we {euro(abs(deel.geld_verschil))}"
            f" {'meer' if deel.geld_verschil > Decimal(0) else 'minder'} uit.",
            deel,
        )
        for deel in delen
    ]


def _verschoven(deel):
    """ "later", "vroeger" or "" : by its end, and without one by its term."""
    oud, nieuw = deel.oud.get("einde"), deel.nieuw.get("einde")
    if not (oud and nieuw) or oud == nieuw:
        oud, nieuw = (TERMIJN.get(rij.get("termijn"), 0) for rij in (deel.oud, deel.nieuw))
    if not (oud and nieuw) or oud == nieuw:
        return ""
    return "later" if nieuw > oud else "vroeger"


def _tijd(verschil):
    zinnen = []
    for deel in verschil.van("anders", "actie"):
        if wanneer := _verschoven(deel):
            oud, nieuw = deel.oud.get("einde"), deel.nieuw.get("einde")
            erbij = f": niet in {maand(oud)}, maar in {maand(nieuw)}" if oud and nieuw and oud != nieuw else ""
            zinnen.append(zin(f"{aangehaald(deel.titel)} is {wanneer} klaar{erbij}.", deel))
    return zinnen


def _andere_doelen(verschil):
    """Targets that changed; what is measured anew or no longer."""
    zinnen = []
    for deel in verschil.indicatoren:
        if deel.wat != "anders":
            ook = "We meten nu ook" if deel.wat == "nieuw" else "We meten niet meer"
            zinnen.append(zin(f"{ook} {aangehaald(deel.titel)}.", deel))
        for veld in deel.velden:
            if isinstance(veld.naam, int) and veld.nieuw:
                liever = f", niet op {veld.oud}" if veld.oud else ""
                zinnen.append(
                    zin(f"{aangehaald(deel.titel)}: we mikken eind {veld.naam} op {veld.nieuw}{liever}.", deel)
                )
    return zinnen


SOORTEN = {
    "Nieuwe beloften": _nieuwe_beloften,
    "Beloften die wegvallen": _weggevallen_beloften,
    "Beloften die anders zijn": _andere_beloften,
    "Wat we erbij doen": _nieuwe_acties,
    "Wat we niet meer doen": _weggevallen_acties,
    "Meer of minder geld": _geld,
    "Vroeger of later": _tijd,
    "Andere streefwaarden": _andere_doelen,
}


def vertel(verschil):
    """List of `Groep` with at least one sentence, in the order of `SOORTEN`."""
    groepen = []
    for kop, maak in SOORTEN.items():
        if zinnen := maak(verschil):
            groepen.append(Groep(kop, zinnen[:MEEST], max(0, len(zinnen) - MEEST)))
    return groepen


def geteld(verschil):
    """(how many parts have another text, how many goals came or went, how many moved): what the sentences leave out."""
    tekst = sum(any(veld.naam not in VERTELD for veld in deel.velden) for deel in verschil.van("anders"))
    doelen = len(verschil.van("nieuw", "doelstelling")) + len(verschil.van("weg", "doelstelling"))
    return tekst, doelen, len(verschil.verplaatst)


# --- per part -------------------------------------------------------------------------------------


def _standen(verschil):
    """How far actions and promises are, as far as that moved; what was stopped is told with what we no longer do."""
    zinnen = []
    for deel in verschil.van("anders"):
        velden = {veld.naam: veld for veld in deel.velden}
        uitleg = f" {velden['stand_toelichting'].nieuw}" if "stand_toelichting" in velden else ""
        if "stand" in velden and deel.nieuw.get("stand") != "stopgezet":
            zinnen.append(zin(f"{aangehaald(deel.titel)} is nu: {velden['stand'].nieuw.lower()}.{uitleg}", deel))
        elif "voortgang" in velden and "stand" not in velden:
            zinnen.append(zin(f"{aangehaald(deel.titel)} staat nu op {deel.nieuw['voortgang']} %.{uitleg}", deel))
        elif uitleg.strip() and "stand" not in velden:
            zinnen.append(zin(f"Waar staan we met {aangehaald(deel.titel)}?{uitleg}", deel))
    return zinnen


def _doelen(verschil):
    nieuw = [
        zin(f"Nieuw is het doel {aangehaald(deel.titel)}.", deel) for deel in verschil.van("nieuw", "doelstelling")
    ]
    weg = [zin(f"Het doel {aangehaald(deel.titel)} valt weg.", deel) for deel in verschil.van("weg", "doelstelling")]
    return [*nieuw, *weg]


def _teksten(verschil):
    return [
        zin(f"De tekst van {aangehaald(deel.titel)} is aangepast.", deel)
        for deel in verschil.van("anders")
        if any(veld.naam not in VERTELD for veld in deel.velden)
    ]


VERTELD = {"begin", "einde", "termijn", *STAND}  # what other sentences tell
ZONDER_TEKST = (*SOORTEN.values(), _doelen, _standen)


def per_deel(verschil):
    """[(part or indicator as `Deel`, its sentences)]; what cannot be told in a sentence is left out.

    What the text of a part says otherwise is only told where no other sentence tells about that part.
    """
    uit = {}
    for maak in ZONDER_TEKST:
        for een in maak(verschil):
            uit.setdefault(id(een.deel), (een.deel, []))[1].append(een)
    for een in _teksten(verschil):
        uit.setdefault(id(een.deel), (een.deel, [een]))
    return list(uit.values())
