"""The difference of two snapshots of a plan: every part, every word, every euro. Pure: two dicts in, data out.

Parts are the same part when their `sleutel` is the same, whatever their code became. A text in HTML is compared block by
block: blocks with the same key belong together, and else the most alike.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from plan.blokken import knip, koppel
from plan.models import Indicator, Onderdeel
from plan.momentopname import lezen
from sociaalhuis.tekst import plat
from sociaalhuis.templatetags.huis import datum_kort, getal
from sociaalhuis.woordverschil import Stuk, woorden

NUL = Decimal(0)
HTML = {
    "lange_omschrijving",
    "commentaar",
    "evaluatie",
    "visie",
    "principes",
    "proces",
    "structuur",
    "omgevingsanalyse",
}
# in the order in which a reader wants them; a column that is not named here is compared too, at the end
VELDEN = {
    "titel": "Titel", "missie": "Missie", "korte_omschrijving": "Korte omschrijving", "lange_omschrijving": "Tekst",
    "resultaat_verwacht": "Verwacht resultaat", "termijn": "Termijn", "begin": "Begin", "einde": "Einde",
    "bestuur": "Wie bestuurt", "regierol": "Rol van het lokaal bestuur",
    "contact": "Waar kan je terecht", "trekker": "Trekker", "trekker_organisatie": "Organisatie die trekt",
    "gewicht": "Gewicht in %", "code": "Code", "externe_code": "Externe rapporteringscode", "visie": "Visie",
    "principes": "Principes", "proces": "Hoe het plan gemaakt is", "structuur": "Hoe het plan opgebouwd is",
    "omgevingsanalyse": "Cijfers over de gemeente", "stand": "Stand", "voortgang": "Voortgang in %",
    "stand_toelichting": "Waar staan we", "commentaar": "Commentaar", "evaluatie": "Evaluatie",
}  # fmt: skip
KOPPELINGEN = {"themas": "Thema's", "doelgroepen": "Doelgroepen", "gebieden": "Gebieden", "partners": "Partners",
               "bbc_codes": "BBC-codes"}  # fmt: skip
LIJSTEN = {"redenen": "Waarom dit in het plan staat", "taken": "Taken en mijlpalen", "wacht_op": "Wacht op"}
KLAAR = "klaar"  # which of the tasks are done
BUITEN = {"sleutel", "ouder", "koppelingen", "alineas", "pijlers", "niveaunaam", "soort", "volgorde", "stand_op",
          "slug", "opvolger_van"}  # fmt: skip
DAGEN = {"begin", "einde"}
KEUZES = {
    "termijn": dict(Onderdeel.Termijn.choices),
    "bestuur": dict(Onderdeel.Bestuurd.choices),
    "stand": dict(Onderdeel.Stand.choices),
    "regierol": dict(Onderdeel.Regierol.choices),
}
STAND = {"stand", "voortgang", "stand_toelichting", "stand_reden", KLAAR}  # how far it is, not what was decided
METEN = {"titel": "Titel", "definitie": "Wat telt mee", "eenheid": "Eenheid", "richting": "Welke kant moet het uit",
         "marge": "Marge", "nulmeting": "Vertrekpunt", "bron": "Bron", "eigenaar": "Wie meet",
         "frequentie": "Hoe vaak"}  # fmt: skip
MEETKEUZES = {"richting": dict(Indicator.Richting.choices), "frequentie": dict(Indicator.Frequentie.choices)}


@dataclass
class Veld:
    """A column that changed. `stukken` is old and new together, word by word; `oud` and `nieuw` are the two apart."""

    naam: str
    label: str
    oud: str
    nieuw: str
    stukken: list


@dataclass
class Geld:
    """An amount of one Bestuur in one year that changed; euro."""

    bestuur: str
    jaar: int
    richting: str
    oud: Decimal
    nieuw: Decimal

    @property
    def verschil(self):
        return self.nieuw - self.oud


@dataclass
class Deel:
    """A part that is other than before. `wat` is "nieuw", "weg" or "anders"."""

    sleutel: int | None
    soort: str
    niveaunaam: str
    code: str
    titel: str
    wat: str
    oud: dict | None
    nieuw: dict | None
    velden: list = field(default_factory=list)
    geld: list = field(default_factory=list)
    van: str = ""  # moved: code and title of the part it stood below
    naar: str = ""
    reden: dict | None = None
    herkomst: list = field(default_factory=list)  # `plan.herkomst.Herkomst`: whose words it came from

    @property
    def verplaatst(self):
        return bool(self.van or self.naar)

    @property
    def alleen_stand(self):
        """Whether only how far it is changed: no decision, but the follow-up."""
        rest = [veld for veld in self.velden if veld.naam not in STAND]
        return self.wat == "anders" and not (rest or self.geld or self.verplaatst)

    @property
    def geld_verschil(self):
        """Spending more (positive) or less over all years and both besturen."""
        return sum((rij.verschil for rij in self.geld if rij.richting == "uitgave"), NUL)


@dataclass
class Verschil:
    """All that differs. `plan` is the plan itself as a `Deel` or None; `geld` the totals per Bestuur, year and direction;
    `indicatoren` what is measured otherwise, as `Deel`."""

    delen: list
    plan: Deel | None
    geld: list
    indicatoren: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.delen or self.plan or self.indicatoren)

    def van(self, wat, soort=None):
        return [deel for deel in self.delen if deel.wat == wat and soort in (None, deel.soort)]

    def anders(self):
        """Parts that read otherwise, without those of which only the state moved on."""
        return [deel for deel in self.van("anders") if not deel.alleen_stand]

    def opgevolgd(self):
        """Parts of which only the state moved on."""
        return [deel for deel in self.van("anders") if deel.alleen_stand]

    @property
    def verplaatst(self):
        return [deel for deel in self.delen if deel.verplaatst]

    @property
    def geld_verschil(self):
        return sum((rij.verschil for rij in self.geld if rij.richting == "uitgave"), NUL)


def _blokken(rij, naam):
    """[(key or None, plain text)] of the blocks of a text."""
    alineas = [(al["sleutel"], al["html"]) for al in rij.get("alineas", []) if al["veld"] == naam]
    return alineas or [(None, html) for html in knip(rij.get(naam) or "")]


def _paren(oud, nieuw):
    """For each new block the place of the old one that it is, or None."""
    plaats = {sleutel: nummer for nummer, (sleutel, _) in enumerate(oud) if sleutel}
    if plaats and any(sleutel for sleutel, _ in nieuw):
        return [plaats.get(sleutel) for sleutel, _ in nieuw]
    return koppel([html for _, html in oud], [html for _, html in nieuw])


def tekst_per_blok(oud_rij, nieuw_rij, naam):
    """The same as `woorden` for a text in blocks. A block that did not change is one piece."""
    oud, nieuw = _blokken(oud_rij, naam), _blokken(nieuw_rij, naam)
    wie = _paren(oud, nieuw)
    gebruikt, stukken, vorige = set(wie), [], 0
    for (_, html), nummer in zip(nieuw, wie, strict=True):
        if nummer is not None:
            stukken += [Stuk("weg", plat(oud[weg][1])) for weg in range(vorige, nummer) if weg not in gebruikt]
            vorige = max(vorige, nummer + 1)
            stukken += woorden(plat(oud[nummer][1]), plat(html))
        else:
            stukken.append(Stuk("erbij", plat(html)))
    stukken += [Stuk("weg", plat(html)) for weg, (_, html) in enumerate(oud) if weg >= vorige and weg not in gebruikt]
    return stukken


def als_woord(naam, waarde, standen=()):
    """A value of a snapshot as a reader sees it: choices by their label, days as 31 dec 2027.

    `standen` are the own words of that snapshot for the states.
    """
    if naam == "stand" and waarde in standen:
        return standen[waarde]
    if isinstance(waarde, dict):
        return waarde["naam"]
    if naam in DAGEN and waarde:
        return datum_kort(date.fromisoformat(waarde))
    return KEUZES.get(naam, {}).get(waarde) or ("" if waarde is None else str(waarde))


def _veld(naam, oud_rij, nieuw_rij, standen):
    oud, nieuw = oud_rij.get(naam), nieuw_rij.get(naam)
    label = VELDEN.get(naam, naam.replace("_", " ").capitalize())
    if naam in HTML:
        stukken = tekst_per_blok(oud_rij, nieuw_rij, naam)
        return Veld(naam, label, plat(oud), plat(nieuw), stukken)
    oud, nieuw = als_woord(naam, oud, standen[0]), als_woord(naam, nieuw, standen[1])
    return Veld(naam, label, oud, nieuw, woorden(oud, nieuw))


def velden_van(oud, nieuw, standen=((), ())):
    """List of `Veld` that differ between two rows, in the order of `VELDEN`; links count as one field per kind.

    `standen` are the own words for the states in the old and in the new snapshot.
    """
    namen = [naam for naam in VELDEN if naam in oud or naam in nieuw]
    namen += sorted(naam for naam in {*oud, *nieuw} - set(VELDEN) - BUITEN)
    gevonden = [_veld(naam, oud, nieuw, standen) for naam in namen if oud.get(naam) != nieuw.get(naam)]
    links_oud, links_nieuw = oud.get("koppelingen", {}), nieuw.get("koppelingen", {})
    for naam in [*KOPPELINGEN, *sorted({*links_oud, *links_nieuw} - set(KOPPELINGEN))]:
        voor, na = _links(links_oud.get(naam, []), links_nieuw.get(naam, []))
        if voor != na:
            gevonden.append(_lijst(naam, KOPPELINGEN.get(naam, naam.capitalize()), voor, na, ", "))
    return gevonden


def _links(*lijsten):
    """The names of what is linked, before and after; of a partner also what it does, where both versions tell it."""
    met_wat = all("wat" in rij for rijen in lijsten for rij in rijen)
    return [
        [f"{rij['naam']}: {rij['wat']}" if met_wat and rij["wat"] else rij["naam"] for rij in rijen]
        for rijen in lijsten
    ]


def _lijst(naam, label, voor, na, tussen="; "):
    """A field that is a list: what went stands first, then what is there now."""
    stukken = [Stuk("weg", woord) for woord in voor if woord not in na]
    stukken += [Stuk("erbij" if woord not in voor else "gelijk", woord) for woord in na]
    return Veld(naam, label, tussen.join(voor), tussen.join(na), stukken)


def _lijsten(oud, nieuw):
    """{key of a part: [`Veld`]} of its tasks, what it waits for and what asks for it, where these differ.

    Only what both versions keep is compared. That a task is done is how far it is, and not what was decided.
    """
    voor, na, uit = lezen.zinnen(oud), lezen.zinnen(nieuw), defaultdict(list)
    for naam, label in LIJSTEN.items():
        if naam in voor and naam in na:
            for sleutel in {*voor[naam], *na[naam]}:
                a, b = (list(kant[naam].get(sleutel, {}).values()) for kant in (voor, na))
                if sorted(a) != sorted(b):
                    uit[sleutel].append(_lijst(naam, label, a, b))
    if "taken" in voor and "taken" in na:
        klaar_voor, klaar_na = _klaar(oud), _klaar(nieuw)
        for sleutel in {*klaar_voor, *klaar_na}:
            if klaar_voor[sleutel] != klaar_na[sleutel]:
                uit[sleutel].append(_lijst(KLAAR, "Taken die klaar zijn", klaar_voor[sleutel], klaar_na[sleutel]))
    return uit


def _klaar(inhoud):
    per_deel = defaultdict(list)
    for rij in inhoud["taken"]:
        if rij["klaar_op"]:
            per_deel[rij["onderdeel"]].append(rij["titel"])
    return per_deel


def _geld_per_deel(inhoud):
    per_deel = defaultdict(dict)
    for rij in inhoud.get("geld", []):
        for richting in ("uitgave", "ontvangst"):
            per_deel[rij["onderdeel"]][rij["bestuur"], rij["jaar"], richting] = Decimal(rij[richting])
    return per_deel


def _geld(oud, nieuw):
    """List of `Geld` for every amount that differs."""
    return [
        Geld(*sleutel, oud.get(sleutel, NUL), nieuw.get(sleutel, NUL))
        for sleutel in sorted({*oud, *nieuw})
        if oud.get(sleutel, NUL) != nieuw.get(sleutel, NUL)
    ]


def _som(per_deel):
    som = defaultdict(Decimal)
    for bedragen in per_deel.values():
        for sleutel, bedrag in bedragen.items():
            som[sleutel] += bedrag
    return som


def vergelijk(oud, nieuw, redenen=()):
    """The `Verschil` from snapshot `oud` to snapshot `nieuw`.

    `redenen` are the reasons of the versions in between, oldest first; those of `nieuw` come after them. Of several
    reasons for one part the last counts. Parts stand in the order of the new booklet, dropped ones at the end.
    """
    voor = {deel["sleutel"]: deel for deel in oud["onderdelen"]}
    na = {deel["sleutel"]: deel for deel in nieuw["onderdelen"]}
    geld_voor, geld_na = _geld_per_deel(oud), _geld_per_deel(nieuw)
    waarom = {reden["onderdeel"]: reden for reden in [*redenen, *nieuw.get("redenen", [])]}
    standen = (oud.get("standen", {}), nieuw.get("standen", {}))
    lijsten = _lijsten(oud, nieuw)
    delen = []
    for sleutel in [*na, *(sleutel for sleutel in voor if sleutel not in na)]:
        a, b = voor.get(sleutel), na.get(sleutel)
        geld = _geld(geld_voor[sleutel], geld_na[sleutel])
        deel = _deel(a, b, geld, voor, na, standen, lijsten.get(sleutel, []))
        if deel:
            deel.reden = waarom.get(sleutel)
            delen.append(deel)
    plan = None
    if velden := velden_van(oud["plan"], nieuw["plan"]):
        plan = Deel(None, "plan", "plan", "", nieuw["plan"]["titel"], "anders", oud["plan"], nieuw["plan"], velden)
        plan.reden = waarom.get(None)
    return Verschil(delen, plan, _geld(_som(geld_voor), _som(geld_na)), _indicatoren(oud, nieuw))


def _indicatoren(oud, nieuw):
    """List of `Deel` for what is measured otherwise. What was measured since is no decision; versions of before
    indicators were kept say nothing."""
    if "indicatoren" not in oud or "indicatoren" not in nieuw:
        return []
    voor, na = ({rij["sleutel"]: rij for rij in inhoud["indicatoren"]} for inhoud in (oud, nieuw))
    delen = []
    for sleutel in [*na, *(sleutel for sleutel in voor if sleutel not in na)]:
        a, b = voor.get(sleutel), na.get(sleutel)
        velden = [_meetveld(naam, label, a, b) for naam, label in _meetvelden(a, b)] if a and b else []
        velden = [veld for veld in velden if veld.oud != veld.nieuw]
        if velden or not (a and b):
            wat = "anders" if a and b else "nieuw" if b else "weg"
            toon = b or a
            delen.append(Deel(sleutel, "indicator", "indicator", toon["code"], toon["titel"], wat, a, b, velden))
    return delen


def _meetvelden(*rijen):
    """[(name of a column or year of a target, its label)]."""
    jaren = sorted({doel["jaar"] for rij in rijen for doel in rij["streefwaarden"]})
    return [*METEN.items(), *((jaar, f"Streefwaarde {jaar}") for jaar in jaren)]


def _meetveld(naam, label, *rijen):
    oud, nieuw = (meetwaarde(naam, rij) for rij in rijen)
    return Veld(naam, label, oud, nieuw, woorden(oud, nieuw))


def meetwaarde(naam, rij):
    """A column of an indicator, or its target of a year, as a reader sees it: '170 kinderen'."""
    if isinstance(naam, int):
        waarde = next((doel["waarde"] for doel in rij["streefwaarden"] if doel["jaar"] == naam), None)
    else:
        waarde = rij.get(naam)
    if naam in METEN and naam not in ("marge", "nulmeting"):
        return MEETKEUZES.get(naam, {}).get(waarde) or str(waarde or "")
    return f"{getal(Decimal(waarde), rij['cijfers'])} {rij['eenheid']}" if waarde is not None else ""


def _naam(delen, sleutel):
    deel = delen.get(sleutel)
    return f"{deel['code']} {deel['titel']}" if deel else ""


def _deel(a, b, geld, voor, na, standen, lijsten):
    """A part before and after as `Deel`, or None when nothing differs."""
    toon = b or a
    deel = Deel(
        toon["sleutel"], toon["soort"], toon["niveaunaam"], toon["code"], toon["titel"], "anders", a, b, geld=geld
    )
    if a is None or b is None:
        deel.wat = "nieuw" if a is None else "weg"
        return deel
    if a == b and not geld and not lijsten:
        return None
    deel.velden = [*velden_van(a, b, standen), *lijsten]
    if a["ouder"] != b["ouder"]:
        deel.van, deel.naar = _naam(voor, a["ouder"]), _naam(na, b["ouder"])
    return deel if deel.velden or deel.verplaatst or geld else None
