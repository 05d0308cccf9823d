"""A snapshot as tables, for CSV (the actions) and for a workbook (all of them). Pure."""

from datetime import date
from decimal import Decimal

from plan.momentopname import lezen
from plan.uitvoer.boekje import meetwaarde
from plan.uitvoer.model import als_regels
from sociaalhuis.models import Bestuur
from sociaalhuis.verslag.model import DATUM, EURO, GETAL, PROCENT, Deel, Kolom, Tabel, Verslag

LEEG = "Er staat nog niets in."


def _dag(tekst):
    return date.fromisoformat(tekst) if tekst else None


def _namen(rij, veld):
    return "; ".join(link["naam"] for link in rij["koppelingen"][veld])


def _alle(wortels, pad=()):
    """(part, the parts above it) in the order of the booklet."""
    for blad in wortels:
        yield blad, pad
        yield from _alle(blad.delen, (*pad, blad))


ACTIEKOLOMMEN = (
    Kolom("Code"), Kolom("Actie"), Kolom("Garantie"), Kolom("Doelstelling"), Kolom("Wat doen we"),
    Kolom("Verwacht resultaat"), Kolom("Termijn"), Kolom("Begin", DATUM), Kolom("Einde", DATUM), Kolom("Bestuur"),
    Kolom("Trekker"), Kolom("Partners"), Kolom("Thema's"), Kolom("Doelgroepen"), Kolom("Gebieden"), Kolom("Stand"),
    Kolom("Voortgang in %", PROCENT), Kolom("Waar staan we"), Kolom("BBC-codes"), Kolom("Externe rapporteringscode"),
)  # fmt: skip


def acties(inhoud):
    rijen = [
        [
            blad.rij["code"], blad.rij["titel"], f"{pad[0].rij['code']} {pad[0].rij['titel']}",
            f"{pad[-1].rij['code']} {pad[-1].rij['titel']}",
            als_regels(blad.rij["lange_omschrijving"]) or blad.rij["korte_omschrijving"], blad.rij["resultaat_verwacht"],
            blad.termijn, _dag(blad.rij["begin"]), _dag(blad.rij["einde"]), blad.bestuur, blad.trekkers,
            *(_namen(blad.rij, veld) for veld in ("partners", "themas", "doelgroepen", "gebieden")),
            blad.stand, blad.rij["voortgang"], blad.rij["stand_toelichting"], _namen(blad.rij, "bbc_codes"),
            blad.rij["externe_code"],
        ]
        for blad, pad in _alle(lezen.boom(inhoud))
        if blad.is_actie
    ]  # fmt: skip
    return Tabel("Acties", ACTIEKOLOMMEN, rijen, leeg=LEEG)


def doelen(inhoud):
    kolommen = (Kolom("Code"), Kolom("Niveau"), Kolom("Titel"), Kolom("Belofte of korte omschrijving"), Kolom("Tekst"))
    rijen = [
        [rij["code"], rij["niveaunaam"], rij["titel"], rij["korte_omschrijving"], als_regels(rij["lange_omschrijving"])]
        for rij in (blad.rij for blad, _ in _alle(lezen.boom(inhoud)) if not blad.is_actie)
    ]
    return Tabel("Garanties en doelstellingen", kolommen, rijen, leeg=LEEG)


def geld(inhoud):
    namen = {rij["sleutel"]: (rij["code"], rij["titel"]) for rij in inhoud["onderdelen"]}
    kolommen = (Kolom("Code"), Kolom("Actie"), Kolom("Bestuur"), Kolom("Jaar", GETAL), Kolom("Uitgave", EURO),
                Kolom("Ontvangst", EURO))  # fmt: skip
    rijen = [
        [*namen.get(rij["onderdeel"], ("", "")), Bestuur.Code(rij["bestuur"]).label, str(rij["jaar"]),
         Decimal(rij["uitgave"]), Decimal(rij["ontvangst"])]
        for rij in inhoud.get("geld", [])
    ]  # fmt: skip
    return Tabel("Geld", kolommen, rijen, leeg=LEEG)


def indicatoren(inhoud):
    """Definition, targets and approved measurements; a row per year or day."""
    kolommen = (
        Kolom("Code"),
        Kolom("Wat we meten"),
        Kolom("Eenheid"),
        Kolom("Soort"),
        Kolom("Wanneer"),
        Kolom("Waarde"),
    )
    rijen = []
    for rij in inhoud.get("indicatoren", []):
        vast = [rij["code"], rij["titel"], rij["eenheid"]]
        if rij["nulmeting"] is not None:
            rijen.append([*vast, "Nulmeting", _dag(rij["nulmeting_op"]), meetwaarde(rij, rij["nulmeting"])])
        rijen += [
            [*vast, "Streefwaarde", str(doel["jaar"]), meetwaarde(rij, doel["waarde"])] for doel in rij["streefwaarden"]
        ]
        rijen += [
            [*vast, "Meting", _dag(meting["datum"]), meetwaarde(rij, meting["waarde"])] for meting in rij["metingen"]
        ]
    return Tabel("Indicatoren", kolommen, rijen, leeg=LEEG)


TABELLEN = (doelen, acties, indicatoren, geld)


def als_verslag(inhoud, *, naam, kenmerken):
    """All tables of a snapshot as a `Verslag`; `naam` is a file name without ending."""
    return Verslag(
        titel=inhoud["plan"]["titel"],
        naam=naam,
        ondertitel=f"{inhoud['plan']['beginjaar']} tot {inhoud['plan']['eindjaar']}",
        kenmerken=kenmerken,
        delen=[Deel("Het hele plan", tabellen=[maak(inhoud) for maak in TABELLEN])],
    )
