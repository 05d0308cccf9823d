"""The follow-up report of half a year and the report of a whole one, as plain data: page, PDF and xlsx are the same."""

from collections import Counter
from decimal import Decimal

from plan.blokken import knip
from plan.jaren import geld_van
from plan.models import Jaaropvolging
from plan.woorden import standnamen
from sociaalhuis.models import Bestuur
from sociaalhuis.tekst import plat
from sociaalhuis.templatetags.huis import datum
from sociaalhuis.verslag.model import EURO, GETAL, Deel, Kolom, Tabel, Verslag

Moment = Jaaropvolging.Moment
TITEL = {Moment.HALFJAAR: "Opvolgingsrapport eerste halfjaar {}", Moment.JAAR: "Jaarverslag {}"}
NIETS = "Nog niets genoteerd"
NUL = Decimal("0.00")


def titel_van(jaarplan, moment):
    return TITEL[moment].format(jaarplan.jaar)


def naam_van(jaarplan, moment):
    """How a file of a report is called, without its ending."""
    return f"{jaarplan.plan.slug}-{'opvolging' if moment == Moment.HALFJAAR else 'jaarverslag'}-{jaarplan.jaar}"


def als_verslag(jaarplan, moment):
    """`Verslag` of a year that was adopted, at one moment (`Jaaropvolging.Moment`); four queries, whatever its size."""
    namen = standnamen(jaarplan.plan)
    regels = list(jaarplan.regels.select_related("actie__garantie").order_by("actie__plek"))
    stand_van = {
        rij.jaaractie_id: rij for rij in Jaaropvolging.objects.filter(jaaractie__jaaractieplan=jaarplan, moment=moment)
    }
    delen = [kort(regels, stand_van, namen)]
    if moment == Moment.JAAR and jaarplan.evaluatie:
        delen.append(Deel("Evaluatie", alineas=alineas(jaarplan.evaluatie)))
    delen += per_garantie(regels, stand_van, namen, moment)
    delen.append(geld(jaarplan, regels))
    return Verslag(
        titel=titel_van(jaarplan, moment),
        naam=naam_van(jaarplan, moment),
        ondertitel=jaarplan.plan.titel,
        kenmerken=kenmerken(jaarplan, stand_van.values()),
        delen=delen,
    )


def alineas(html):
    """The paragraphs of a text, without its markup."""
    return [tekst for blok in knip(html) if (tekst := plat(blok).strip())]


def kenmerken(jaarplan, rijen):
    uit = [("Vastgesteld op", datum(jaarplan.vastgesteld_op))] if jaarplan.vastgesteld_op else []
    laatste = max((rij.op for rij in rijen), default=None)
    return [
        *uit,
        *([("Stand van", datum(laatste))] if laatste else []),
        ("Periode van het plan", jaarplan.plan.periode),
    ]


def kort(regels, stand_van, namen):
    """How many actions stand where."""
    telling = Counter(stand_van[regel.pk].stand if regel.pk in stand_van else "" for regel in regels)
    rijen = [[namen[stand], telling[stand]] for stand in namen if telling[stand]]
    if telling[""]:
        rijen.append([NIETS, telling[""]])
    schoof = sum(regel.overgedragen for regel in regels)
    zin = f"In dit jaar staan {len(regels)} acties."
    if schoof:
        zin += f" Daarvan {'schoof er 1' if schoof == 1 else f'schoven er {schoof}'} door van het jaar ervoor."
    tabel = Tabel("Stand van de acties", [Kolom("Stand"), Kolom("Aantal acties", GETAL)], rijen, staven=1)
    return Deel("In het kort", alineas=[zin], tabellen=[tabel])


def per_garantie(regels, stand_van, namen, moment):
    """A part per guarantee, with a table of its actions."""
    groepen = {}
    for regel in regels:
        groepen.setdefault(regel.actie.garantie, []).append(regel)
    kop = "Resultaat" if moment == Moment.JAAR else "Waar staan we?"
    schoof = any(regel.overgedragen for regel in regels)
    kolommen = [Kolom("Actie"), Kolom("Wat zouden we doen?"), Kolom("Stand"), Kolom(kop)]
    kolommen += [Kolom("Waarom doorgeschoven")] if schoof else []
    delen = []
    for garantie, leden in groepen.items():
        rijen = []
        for regel in leden:
            rij = stand_van.get(regel.pk)
            rijen.append(
                [str(regel.actie), regel.wat, namen[rij.stand] if rij else NIETS, rij.nota if rij else "",
                 *([regel.overgedragen_reden] if schoof else [])]
            )  # fmt: skip
        delen.append(Deel(garantie.titel, tabellen=[Tabel(f"Acties van {garantie.code}", kolommen, rijen)]))
    return delen


def geld(jaarplan, regels):
    """The granted money of the year: as it was adopted, or of now when nothing was frozen."""
    if jaarplan.inhoud:
        per_actie = {rij["sleutel"]: rij["geld"] for rij in jaarplan.inhoud["acties"]}
    else:
        per_actie = geld_van(jaarplan.plan, jaarplan.jaar)
    rijen, som = [], [NUL, NUL]
    for regel in regels:
        for bestuur, vak in per_actie.get(regel.actie_id, {}).items():
            bedragen = [Decimal(vak.get(richting, NUL)) for richting in ("uitgave", "ontvangst")]
            som = [een + meer for een, meer in zip(som, bedragen, strict=True)]
            rijen.append([str(regel.actie), Bestuur.Code(bestuur).label, *bedragen])
    tabel = Tabel(
        f"Gepland geld van {jaarplan.jaar}",
        [Kolom("Actie"), Kolom("Bestuur"), Kolom("Uitgaven", EURO), Kolom("Ontvangsten", EURO)],
        rijen,
        uitleg="Zoals vastgesteld." if jaarplan.inhoud else "",
        totaal=["Samen", "", *som] if rijen else None,
        leeg="Geen enkele actie van dit jaar vroeg extra geld.",
    )
    return Deel("Het geld", tabellen=[tabel])
