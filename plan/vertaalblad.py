"""The financial translation as a spreadsheet, in the column order of the municipal table "beleidsdoelstellingen,
actieplannen en acties met ramingen": an accounting service reads it, and so does `plan.bbc`.

The sheets beside the table have headings that a reader knows and no column of amounts that it knows, so it takes none
of their rows for a line.
"""

from plan.vertaling import NIVEAUS, NUL, RICHTINGEN, alle_regels, naam_van
from sociaalhuis.templatetags.huis import datum_kort
from sociaalhuis.verslag.model import EURO, Deel, Kolom, Tabel, Verslag

TITEL = "Beleidsdoelstellingen, actieplannen en acties met ramingen"
KOPPEN = {
    "sd": ("Code strategische doelstelling", "Omschrijving strategische doelstelling"),
    "bd": ("Code beleidsdoelstelling", "Omschrijving beleidsdoelstelling"),
    "ap": ("Code actieplan", "Omschrijving actieplan"),
    "ac": ("Code actie", "Omschrijving actie"),
    "lijn": ("Code MJP-lijn", "Omschrijving MJP-lijn"),
}
SOORT = {"exploitatie": "Exploitatie", "investering": "Investering", "financiering": "Financiering", "": ""}
WAT = {"nu": "In het meerjarenplan", "erbij": "Erbij door dit plan", "wordt": "Wordt"}


def als_verslag(plan, vertaling):
    """A `Verslag`: the table, the sums per Bestuur and year, and what this plan adds."""
    versies = "; ".join(
        f"{naam_van(versie.bestuur.code if versie.bestuur else '')}: {versie.naam}, ingevoerd op {datum_kort(versie.ingevoerd_op)}"
        for versie in vertaling.versies
    )
    return Verslag(
        titel="Financiële vertaling",
        naam=f"{plan.slug}-financiele-vertaling",
        ondertitel=plan.titel,
        kenmerken=[("Periode", plan.periode), ("Vergeleken met", versies or "Er is nog geen meerjarenplan ingevoerd")],
        delen=[Deel("Financiële vertaling", tabellen=[tabel(plan, vertaling), sommen(vertaling), erbij(vertaling)])],
    )


def tabel(plan, vertaling):
    """The whole table as it becomes, a row per code, service, kind and direction."""
    regels = alle_regels(plan, vertaling.regels)
    niveaus = [niveau for niveau in NIVEAUS if niveau != "sd" or any("sd" in regel.pad for regel in regels)]
    kolommen = [
        Kolom("Entiteit"),
        *(Kolom(kop) for niveau in niveaus for kop in KOPPEN[niveau]),
        *(Kolom(naam) for naam in ("Dienst", "Beleidsveld", "Soort", "Uitgave/ontvangst")),
        *(Kolom(f"Raming {jaar}", EURO) for jaar in plan.jaren),
    ]
    return Tabel(TITEL, kolommen, [rij(regel, niveaus, plan.jaren) for regel in regels])


def rij(regel, niveaus, jaren):
    pad = dict(regel.pad)
    if regel.omschrijving and "lijn" not in pad:  # a line without a code of its own
        pad["lijn"] = ("", regel.omschrijving)
    return [
        "Gemeente en OCMW" if not regel.bestuur else naam_van(regel.bestuur),
        *(deel for niveau in niveaus for deel in pad.get(niveau, ("", ""))),
        regel.dienst,
        regel.beleidsveld,
        SOORT[regel.soort],
        regel.richting.capitalize(),
        *(regel.bedragen.get(jaar, NUL) for jaar in jaren),
    ]


def sommen(vertaling):
    """Per Bestuur and year: now, added, becomes."""
    rijen = [
        [naam_van(bestuur), "Samen" if jaar is None else str(jaar), richting.capitalize(), *vakken[richting].values()]
        for bestuur in vertaling.besturen
        for jaar, vakken in vertaling.per_jaar(bestuur)
        for richting in RICHTINGEN
    ]
    kolommen = [
        Kolom("Bestuur"),
        Kolom("Jaar"),
        Kolom("Uitgave/ontvangst"),
        *(Kolom(kop, EURO) for kop in WAT.values()),
    ]
    return Tabel("Per bestuur en jaar", kolommen, rijen)


def erbij(vertaling):
    """What the plan adds, a row per request, code and year."""
    rijen = [
        [
            naam_van(regel.bestuur),
            regel.project,
            regel.dienst,
            ", ".join(actie.code for actie in regel.acties),
            " > ".join(regel.codes),
            str(jaar),
            SOORT[regel.soort],
            regel.richting.capitalize(),
            bedrag,
        ]
        for regel in vertaling.regels
        for jaar, bedrag in sorted(regel.bedragen.items())
    ]
    namen = (
        "Bestuur",
        "Project",
        "Dienst",
        "Onderdeel van het plan",
        "Waar in de tabel",
        "Jaar",
        "Soort",
        "Uitgave/ontvangst",
    )
    return Tabel("Wat dit plan toevoegt", [*(Kolom(naam) for naam in namen), Kolom("Erbij", EURO)], rijen)
