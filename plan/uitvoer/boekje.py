"""A snapshot as a booklet: an ordered list of blocks for `boekje.typ`. Pure: a dict in, plain data out.

Blocks are those of `plan.uitvoer.html` with headings counted from the top of the booklet (1 to 6, none skipped), and "feiten" (`paren`:
name and value). A heading with `blad` begins a page; one without `in_inhoud` is not in the table of contents.
"""

from datetime import date
from decimal import Decimal, InvalidOperation

from plan.boom import gemiddelde
from plan.momentopname import lezen
from plan.uitvoer.html import blokken
from plan.verschil import VELDEN
from sociaalhuis.templatetags.huis import datum_kort, euro, getal
from sociaalhuis.verslag.model import MINDER, VLOER

DIEPST = 6  # PDF has no deeper heading


def kop(niveau, tekst, blad=False):
    return {"soort": "kop", "niveau": min(niveau, DIEPST), "in": [tekst], "blad": blad}


def alinea(tekst):
    return {"soort": "p", "in": [tekst]}


def tekst_onder(html, niveau):
    """The blocks of a text that stands below a heading of this level; its own headings come right below, none skipped."""
    uit, vorig = [], niveau
    for blok in blokken(html):
        if blok["soort"] == "kop":
            vorig = min(niveau + blok["niveau"], vorig + 1, DIEPST)
            blok = {**blok, "niveau": vorig, "in_inhoud": False}
        uit.append(blok)
    return uit


def tabel(koppen, rijen, cijfers=()):
    """A table of texts; `cijfers` are the columns that are set to the right."""
    return {
        "soort": "tabel",
        "kop": [[[naam] for naam in koppen]],
        "rijen": [[[str(cel)] if cel != "" else [] for cel in rij] for rij in rijen],
        "cijfers": list(cijfers),
    }


# --- the parts of the booklet ---------------------------------------------------------------------


def missie(inhoud, **_):
    plan = inhoud["plan"]
    uit = [kop(1, "Missie en visie", blad=True), {"soort": "citaat", "blokken": [alinea(plan["missie"])]}]
    return uit + tekst_onder(plan["visie"], 1)


def in_het_kort(inhoud, wortels, **_):
    """The guarantees with how far they are, on one table."""
    if not wortels:
        return []
    rijen = [
        (blad.nummer, blad.rij["titel"], belofte(blad), len(list(acties_onder(blad))), f"{round(voortgang(blad) or 0)} %")
        for blad in wortels
    ]  # fmt: skip
    return [
        kop(1, "Onze garanties in het kort", blad=True),
        alinea(
            "Elke garantie is een belofte aan wie hier woont. Het percentage zegt hoever de acties gemiddeld staan."
        ),
        tabel(["Nr.", "Garantie", "Belofte", "Acties", "Voortgang"], rijen, cijfers=(3, 4)),
    ]


def garanties(inhoud, wortels, **_):
    geld = geld_per_deel(inhoud)
    uit = []
    for blad in wortels:
        uit.append(kop(1, f"Garantie {blad.nummer}: {blad.rij['titel']}", blad=True))
        if belofte(blad):
            uit.append({"soort": "citaat", "blokken": [alinea(belofte(blad))]})
        uit += tekst_onder(blad.rij["lange_omschrijving"], 1)
        uit.append({"soort": "feiten", "paren": stand_van_zaken(blad)})
        uit += lijsten(blad)
        for deel in blad.delen:
            uit += deel_in_boekje(deel, 2, geld)
    return uit


def deel_in_boekje(blad, niveau, geld):
    """A goal or an action with all that stands below it."""
    rij = blad.rij
    uit = [kop(niveau, f"{rij['code']} {rij['titel']}")]
    if rij["korte_omschrijving"] and rij["korte_omschrijving"] != rij["titel"]:
        uit.append(alinea(rij["korte_omschrijving"]))
    uit += tekst_onder(rij["lange_omschrijving"], niveau)
    if blad.is_actie and rij["resultaat_verwacht"]:
        uit.append({"soort": "p", "in": [{"sterk": ["Wat willen we bereiken? "]}, rij["resultaat_verwacht"]]})
    if paren := feiten(blad, geld) if blad.is_actie else stand_van_zaken(blad):
        uit.append({"soort": "feiten", "paren": paren})
    uit += lijsten(blad)
    if rij["evaluatie"]:
        uit += [{"soort": "p", "in": [{"sterk": ["Wat leerden we?"]}]}, *tekst_onder(rij["evaluatie"], niveau)]
    for deel in blad.delen:
        uit += deel_in_boekje(deel, niveau + 1, geld)
    return uit


def lijsten(blad):
    """Why a part is in the plan, its tasks and milestones, and what it waits for, each with its own line above."""
    uit = []
    for titel, zinnen in (
        ("Waarom we dit doen", blad.redenen),
        ("Taken en mijlpalen", blad.taken),
        ("Eerst moet dit gebeuren", blad.wacht_op),
    ):
        if zinnen:
            punten = [[alinea(zin)] for zin in zinnen]
            uit += [
                {"soort": "p", "in": [{"sterk": [titel]}]},
                {"soort": "lijst", "genummerd": False, "punten": punten},
            ]
    return uit


def feiten(blad, geld):
    """[(name, value)] of an action, only what is known."""
    rij, links = blad.rij, blad.rij["koppelingen"]
    waar = f"{blad.stand}, {rij['voortgang']} %"
    paren = [
        ("Waar staan we", f"{waar}. {rij['stand_toelichting']}" if rij["stand_toelichting"] else waar),
        ("Termijn", f"{blad.termijn}, tot {datum_kort(blad.einde)}" if blad.einde else blad.termijn),
        ("Bestuur", blad.bestuur),
        ("Trekker", blad.trekkers),
        ("Waar kan je terecht", rij.get("contact", "")),
        *((naam, _namen(links[veld])) for naam, veld in LINKS),
        ("Geld", geld.get(rij["sleutel"], "")),
        ("In het meerjarenplan", _namen(links["bbc_codes"])),
    ]
    return [[naam, waarde] for naam, waarde in paren if waarde]


LINKS = (("Partners", "partners"), ("Thema's", "themas"), ("Voor wie", "doelgroepen"), ("Waar", "gebieden"))


def _namen(links):
    return ", ".join(link["naam"] for link in links)


def belofte(blad):
    return blad.rij["korte_omschrijving"]


def acties_onder(blad):
    for deel in blad.delen:
        if deel.is_actie:
            yield deel
        yield from acties_onder(deel)


def voortgang(blad):
    """Progress in percent as Decimal, or None when nothing below counts; the same sum as `plan.boom.Tak`."""
    if blad.is_actie:
        return None if blad.rij["stand"] == "stopgezet" else Decimal(blad.rij["voortgang"])
    return gemiddelde((_gewicht(deel), voortgang(deel)) for deel in blad.delen)


def _gewicht(blad):
    return Decimal(blad.rij["gewicht"]) if blad.rij.get("gewicht") else None


def stand_van_zaken(blad):
    acties = list(acties_onder(blad))
    if not acties:
        return []
    zin = f"{round(voortgang(blad) or 0)} % van {len(acties)} {'actie' if len(acties) == 1 else 'acties'}"
    uitleg = blad.rij["stand_toelichting"]
    return [["Waar staan we", f"{zin}. {uitleg}" if uitleg else zin]]


def geld_per_deel(inhoud):
    """{key of the part: spending and income over all years in words}."""
    sommen = {}
    for rij in inhoud.get("geld", []):
        som = sommen.setdefault(rij["onderdeel"], [Decimal(0), Decimal(0)])
        som[0] += Decimal(rij["uitgave"])
        som[1] += Decimal(rij["ontvangst"])
    return {
        sleutel: f"{euro(uit)} uitgaven" + (f", {euro(erin)} ontvangsten" if erin else "")
        for sleutel, (uit, erin) in sommen.items()
        if uit or erin
    }


def geld(inhoud, **_):
    beeld = lezen.geldtabel(inhoud)
    if not beeld:
        return []
    koppen = ["Jaar", *(f"{wat} {naam}" for naam in beeld["besturen"] for wat in ("Uitgaven", "Ontvangsten"))]
    rijen = [(str(jaar), *_bedragen(vakken)) for jaar, vakken in beeld["tabel"]]
    rijen.append(("Samen", *_bedragen(beeld["totalen"])))
    return [
        kop(1, "Het geld", blad=True),
        alinea("Wat gemeente en OCMW voor de acties van dit plan uittrekken. Acties zonder bedrag gebeuren met de mensen en middelen die er al zijn."),
        tabel(koppen, rijen, cijfers=range(1, len(koppen))),
    ]  # fmt: skip


def _bedragen(vakken):
    return [euro(vak[wat]) for vak in vakken for wat in ("uitgave", "ontvangst")]


def indicatoren(inhoud, **_):
    """What is measured, with the target of the last year and the last approved measurement."""
    rijen = inhoud.get("indicatoren", [])
    if not rijen:
        return []
    koppen = ["Wat we meten", "Begin", "Doel", "Laatste meting"]
    return [
        kop(1, "Werkt het?", blad=True),
        alinea("Dit meten we om te weten of het plan werkt. Minder dan vijf mensen tonen we nooit als getal."),
        tabel(koppen, [_meetrij(rij) for rij in rijen], cijfers=(1, 2, 3)),
    ]


def _meetrij(rij):
    doel = max(rij["streefwaarden"], key=lambda doel: doel["jaar"], default=None)
    meting = max(rij["metingen"], key=lambda meting: meting["datum"], default=None)
    return (
        f"{rij['code']} {rij['titel']} ({rij['eenheid']})",
        meetwaarde(rij, rij["nulmeting"]),
        f"{meetwaarde(rij, doel['waarde'])} in {doel['jaar']}" if doel else "",
        f"{meetwaarde(rij, meting['waarde'])} op {datum_kort(date.fromisoformat(meting['datum']))}" if meting else "",
    )


def meetwaarde(rij, waarde):
    """A value of a snapshot with the decimals of its indicator; one that is hidden ('< 5') stays so."""
    if waarde is None:
        return ""
    try:
        klein = rij["over"] == "mensen" and 0 < Decimal(waarde) < VLOER
        return MINDER if klein else getal(Decimal(waarde), rij["cijfers"])
    except InvalidOperation:
        return waarde


def besluiten(inhoud, *, besluiten, **_):
    if not besluiten:
        return []
    rijen = [
        (datum_kort(rij.datum), rij.wie, str(rij), f"{rij.get_uitslag_display()}. {rij.stemming}".strip())
        for rij in besluiten
    ]
    return [
        kop(1, "Wie besliste wat?", blad=True),
        tabel(["Datum", "Wie", "Besluit", "Uitslag"], rijen),
    ]


def teksten(inhoud, **_):
    """The texts around the plan, and the pillars."""
    plan, uit = inhoud["plan"], []
    for naam in ("principes", "omgevingsanalyse", "proces", "structuur"):
        if plan[naam]:
            uit += [kop(1, VELDEN[naam], blad=True), *tekst_onder(plan[naam], 1)]
    if plan["pijlers"]:
        uit.append(kop(1, "Waar het plan op steunt", blad=True))
        for pijler in plan["pijlers"]:
            uit += [kop(2, pijler["titel"]), *tekst_onder(pijler["tekst"], 2)]
    return uit


def deelplannen(inhoud, **_):
    """Each derived plan with its introduction and the codes of its actions: a lens, so nothing is told twice."""
    namen = {rij["sleutel"]: f"{rij['code']} {rij['titel']}" for rij in inhoud["onderdelen"]}
    uit = []
    for rij in inhoud.get("deelplannen", []):
        uit += [kop(2, rij["titel"]), *tekst_onder(rij["inleiding"], 2)]
        punten = [[alinea(namen[sleutel])] for sleutel in rij["acties"] if sleutel in namen]
        uit += [{"soort": "lijst", "genummerd": False, "punten": punten}] if punten else []
    return [kop(1, "Deelplannen: dezelfde acties, voor één groep", blad=True), *uit] if uit else []


DELEN = (missie, in_het_kort, garanties, indicatoren, geld, deelplannen, teksten, besluiten)


def maak(inhoud, *, besluiten, huis, kenmerken):
    """What `boekje.typ` sets: `besluiten` are rows of `Besluit` in order, `kenmerken` [(name, value)] of the front page."""
    plan, wortels = inhoud["plan"], lezen.boom(inhoud)
    return {
        "titel": plan["titel"],
        "ondertitel": f"Sociaal plan van gemeente en OCMW {huis.gemeente}".strip(),
        "periode": f"{plan['beginjaar']} tot {plan['eindjaar']}",
        "huis": huis.naam,
        "accent": huis.accent,
        "kenmerken": [list(paar) for paar in kenmerken],
        "blokken": [blok for deel in DELEN for blok in deel(inhoud, wortels=wortels, besluiten=besluiten)],
    }
