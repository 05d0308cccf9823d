"""The difference of two versions as tables, for a spreadsheet."""

from plan.verschil import Veld
from sociaalhuis.models import Bestuur
from sociaalhuis.templatetags.huis import datum_kort
from sociaalhuis.verslag.model import EURO, Deel, Kolom, Tabel, Verslag

WAT = {"nieuw": "Nieuw", "weg": "Weggevallen", "anders": "Gewijzigd"}
DEEL = (Kolom("Code"), Kolom("Niveau"), Kolom("Titel"))


def _delen(verschil):
    return [*([verschil.plan] if verschil.plan else []), *verschil.delen]


def _reden(deel, voor):
    return (deel.reden or {}).get(voor, "")


def _geldrij(rij):
    return [Bestuur.Code(rij.bestuur).label, str(rij.jaar), rij.richting.capitalize(), rij.oud, rij.nieuw, rij.verschil]


GELD = (Kolom("Bestuur"), Kolom("Jaar"), Kolom("Richting"), Kolom("Was", EURO), Kolom("Wordt", EURO),
        Kolom("Verschil", EURO))  # fmt: skip


def als_verslag(plan, oud, nieuw, verschil):
    """A `Verslag` with a table of parts, of texts (old and new), of money per part and of money in total."""
    delen = _delen(verschil)
    tabellen = [
        Tabel(
            "Onderdelen",
            (*DEEL, Kolom("Wat"), Kolom("Verplaatst van"), Kolom("Verplaatst naar"), Kolom("Reden voor de raad"),
             Kolom("Reden in gewone taal")),
            [
                [deel.code, deel.niveaunaam, deel.titel, WAT[deel.wat], deel.van, deel.naar, _reden(deel, "voor_raad"),
                 _reden(deel, "voor_burger")]
                for deel in delen
            ],
        ),
        Tabel(
            "Teksten",
            (*DEEL, Kolom("Veld"), Kolom("Was"), Kolom("Wordt")),
            [
                [deel.code, deel.niveaunaam, deel.titel, veld.label, veld.oud, veld.nieuw]
                for deel in delen
                for veld in deel.velden
            ],
        ),
        Tabel(
            "Geld per onderdeel",
            (*DEEL, *GELD),
            [[deel.code, deel.niveaunaam, deel.titel, *_geldrij(rij)] for deel in delen for rij in deel.geld],
        ),
        Tabel("Geld samen", GELD, [_geldrij(rij) for rij in verschil.geld]),
        Tabel(
            "Indicatoren",
            (Kolom("Code"), Kolom("Titel"), Kolom("Wat"), Kolom("Veld"), Kolom("Was"), Kolom("Wordt")),
            [
                [deel.code, deel.titel, WAT[deel.wat], veld.label, veld.oud, veld.nieuw]
                for deel in verschil.indicatoren
                for veld in deel.velden or [Veld("titel", "", "", "", [])]
            ],
        ),
    ]  # fmt: skip
    return Verslag(
        titel=f"Verschil tussen versie {oud.nummer} en versie {nieuw.nummer}",
        naam=f"{plan.slug}-verschil-{oud.nummer}-{nieuw.nummer}",
        ondertitel=plan.titel,
        kenmerken=[
            (f"Versie {versie.nummer}", f"{versie.naam}, {datum_kort(versie.op)}, vingerafdruk {versie.vingerafdruk}")
            for versie in (oud, nieuw)
        ],
        delen=[Deel("Verschil", tabellen=tabellen)],
    )
