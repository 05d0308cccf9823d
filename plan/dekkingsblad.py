"""The coverage matrix as a table with a row per cell, for a spreadsheet."""

from plan.koers import Koers
from sociaalhuis.verslag.model import DATUM, EURO, GETAL, Deel, Kolom, Tabel, Verslag

KOLOMMEN = (
    Kolom("Thema"), Kolom("Voor wie"), Kolom("Waar"), Kolom("Acties", GETAL), Kolom("Geplande uitgaven", EURO),
    Kolom("Op koers", GETAL), Kolom("Achter", GETAL), Kolom("Nog geen meting", GETAL), Kolom("Toestand"),
    Kolom("Waarom niets"), Kolom("Aanvaard door"), Kolom("Aanvaard tot", DATUM),
)  # fmt: skip
OVERAL = "Overal"


def toestand(vak):
    """'gevuld', 'aanvaard' or 'gat'."""
    return "gat" if vak.is_gat else "aanvaard" if vak.is_aanvaard else "gevuld"


def _rij(vak):
    leemte = vak.leemte if vak.is_aanvaard else None
    koersen = [vak.koersen[koers] for koers in (Koers.OP_KOERS, Koers.ACHTER, Koers.GEEN_METING)]
    waarom = [leemte.reden, leemte.namens, leemte.tot] if leemte else ["", "", ""]
    waar = str(vak.gebied or OVERAL)
    return [str(vak.thema), str(vak.doelgroep), waar, len(vak.acties), vak.geld, *koersen, toestand(vak), *waarom]


def als_verslag(dekking, gebied=None):
    """A `Verslag` of one table: the cells of one area, or those of everywhere and of every area."""
    gebieden = [gebied] if gebied else [None, *dekking.gebieden]
    rijen = [_rij(vak) for een in gebieden for _, vakken in dekking.vakken(een) for vak in vakken]
    uitleg = "Een actie voor meer groepen of thema's telt in elk vak mee. De vakken tellen dus niet op tot het geheel."
    return Verslag(
        titel="Wie bereiken we?",
        naam=f"{dekking.plan.slug}-dekking" + (f"-{gebied.code}" if gebied else ""),
        ondertitel=dekking.plan.titel,
        kenmerken=[("Waar", str(gebied or "overal en per gebied"))],
        delen=[Deel("Dekking", tabellen=[Tabel("Dekking", KOLOMMEN, rijen, uitleg)])],
    )
