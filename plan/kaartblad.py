"""The guarantee card as PDF/UA-1 on exactly one sheet of A4."""

import re
from pathlib import Path

from sociaalhuis.templatetags.huis import datum_kort, euro
from sociaalhuis.verslag.pdf import GeenPdf, zet

VORM = Path(__file__).with_name("kaart.typ")
MATEN = (12, 11, 10, 9, 8, 7.25)  # points; the largest that fits on one sheet
AANTAL = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")
LANG = 110  # characters of a title before it is cut


def als_pdf(kaart, *, huis, accent, op):
    """The card as PDF bytes: `huis` and `accent` are name and colour of the town, `op` when it was made (aware).

    Raises GeenPdf, also when it does not fit on one sheet in the smallest letter.
    """
    gegevens = inhoud(kaart) | {"huis": huis, "accent": accent, "op": datum_kort(op)}
    for maat in MATEN:
        pdf = zet(VORM, gegevens | {"maat": maat}, op=op)
        if bladen(pdf) == 1:
            return pdf
    raise GeenPdf("the card does not fit on one sheet")


def bladen(pdf):
    """How many pages a PDF of typst has."""
    gevonden = AANTAL.search(pdf)
    return int(gevonden[1] or gevonden[2])


def kort(tekst):
    return tekst if len(tekst) <= LANG else tekst[: LANG - 1].rstrip() + "…"


def _lijst(deel, rij):
    verder = f"en nog {deel.verder}" if deel.verder else ""
    return {"titel": deel.titel, "rijen": [rij(een) for een in deel.eerste], "verder": verder}


def inhoud(kaart):
    """What the card says, ready for JSON."""
    garantie = kaart.garantie
    return {
        "titel": garantie.titel,
        "kapje": f"Garantiekaart {kaart.nummer}. {garantie.plan.titel}",
        "belofte": garantie.korte_omschrijving,
        "voor_wie": ", ".join(groep.naam.lower() for groep in kaart.voor_wie),
        "percentage": kaart.tak.percentage,
        "doelen": _lijst(kaart.doelen, lambda tak: [kort(tak.deel.titel), f"{tak.percentage}\u00a0%"]),
        "termijnen": [
            _lijst(deel, lambda actie: [kort(actie.titel), f"{actie.voortgang}\u00a0%"]) for deel in kaart.termijnen
        ],
        "geld": [[naam, euro(gepland), euro(besteed)] for naam, gepland, besteed in kaart.geld],
        "samen": [euro(som) for som in kaart.geld_samen],
        "cijfers": [_cijfer(stuk, grafiek) for stuk, grafiek in kaart.cijfers],
        "cijfers_verder": f"en nog {kaart.cijfers_verder}" if kaart.cijfers_verder else "",
        "besluit": besluitzin(kaart.besluit),
        "trend": trendzinnen(kaart),
    }


def _cijfer(stuk, grafiek):
    """An indicator as row and as a small chart: places across in percent, down in pixels of 46."""

    def punten(rij):
        return [[float(punt.x), punt.y] for punt in rij]

    zeg = stuk.indicator.zeg
    doel = f"{zeg(stuk.einddoel[1])} ({stuk.einddoel[0]})" if stuk.einddoel else "–"
    return {
        "rij": [kort(stuk.indicator.titel), zeg(stuk.waarde) if stuk.is_gemeten else "–", doel, stuk.koers.label],
        "gemeten": punten(grafiek.gemeten) if grafiek else [],
        "doelen": punten(grafiek.doelen) if grafiek else [],
    }


def besluitzin(besluit):
    """The last decision in one sentence; empty without one."""
    if besluit is None:
        return ""
    return (
        f"{besluit.wie}, {datum_kort(besluit.datum)}: {kort(besluit.titel)} ({besluit.get_uitslag_display().lower()})."
    )


def trendzinnen(kaart):
    """What moved since the last announced version, as sentences; [] without such a version."""
    trend = kaart.trend
    if trend is None:
        return []
    zinnen = [f"Vergeleken met versie {trend.versie.nummer} van {datum_kort(trend.versie.op)}."]
    nu = kaart.tak.percentage
    if trend.toen is not None:
        zinnen.append(
            f"Voortgang: {nu} %, toen {trend.toen} %." if nu != trend.toen else f"Voortgang: nog altijd {nu} %."
        )
    geteld = [f"{aantal} {wat}" for aantal, wat in trend.geteld]
    zinnen.append(f"Acties: {', '.join(geteld)}." if geteld else "Er kwamen geen acties bij en er viel er geen weg.")
    if bedrag := trend.verschil.geld_verschil:
        zinnen.append(f"Geplande uitgaven: {euro(abs(bedrag))} {'meer' if bedrag > 0 else 'minder'}.")
    return zinnen
