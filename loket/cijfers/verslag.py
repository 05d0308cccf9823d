"""The report of the desk: who came, about what, how it went and how fast. Tables over `Feit`s, with the floor of five."""

from collections import defaultdict
from decimal import Decimal
from statistics import median

from django.utils import timezone

from loket.cijfers.feiten import per
from sociaalhuis.verslag.model import (
    DAGEN,
    GEEN_IN_PERIODE,
    GETAL,
    MINDER,
    PROCENT,
    VLOER,
    Deel,
    Kolom,
    Tabel,
    Verslag,
)
from sociaalhuis.verslag.vloer import VERBORGEN, alleen_als_genoeg, verberg

ONBEKEND = "niet gevraagd of niet gezegd"
MEESTE_DIENSTEN = 15
UITLEG = (
    f"Deze cijfers gaan over iedereen die iets vroeg, hoe dat ook gebeurde. '{MINDER}' betekent minder dan {VLOER}: zo"
    f" weinig tonen we niet, want dan kan je iemand herkennen. '{VERBORGEN}' staat waar je zo'n klein aantal anders zou"
    " kunnen uitrekenen."
)
TE_WEINIG = f"Over elke dienst kwamen minder dan {VLOER} mensen. Zo'n klein aantal tonen we niet."
TERMIJN = "Werkdagen tot het eerste antwoord; de helft wachtte niet langer dan de mediaan."


def maak(*, nu, eerder, periode, vorige, bereik, partners=None) -> Verslag:
    """The report of `periode` from its facts `nu`, beside those of the period `vorige`. `bereik`: whose figures.

    `partners` is the table of `loket.cijfers.partners`.
    """
    namen = (periode.naam, vorige.naam)
    return Verslag(
        titel=f"Cijfers van het loket: {periode.naam}",
        naam=f"loket-{periode.code.lower()}",
        ondertitel=bereik,
        kenmerken=[("Periode", periode.naam), ("Vergeleken met", vorige.naam)],
        delen=[
            Deel("In het kort", [UITLEG], [kern(nu, eerder, namen), verloop(nu, periode)]),
            Deel("Waarover gaat het?", [], [telling("Thema", nu, eerder, "thema", namen), diensten(nu)]),
            Deel(
                "Wie komt er, en van waar?",
                [],
                [telling("Doelgroep", nu, eerder, "doelgroep", namen), telling("Gebied", nu, eerder, "gebied", namen)],
            ),
            Deel(
                "Hoe loopt het?",
                [],
                [telling("Kanaal", nu, eerder, "kanaal", namen), telling("Uitkomst", nu, eerder, "resultaat", namen)],
            ),
            Deel("Hoe snel antwoorden we?", [TERMIJN], [snelheid("Thema", nu, "thema"), snelheid("Team", nu, "team")]),
            *([Deel("Hoe gaat doorverwijzen?", [], [partners])] if partners else []),
        ],
    )


def kern(nu, eerder, namen):
    """The figures that someone takes along to a meeting, of two periods."""
    rijen = [(naam, reken(nu), reken(eerder)) for naam, reken in KERN]
    return Tabel("Kerncijfers", [Kolom("Wat"), *(Kolom(naam, GETAL) for naam in namen)], rijen)


def _aantal(feiten):
    return alleen_als_genoeg(len(feiten), len(feiten)) or 0


def _deel(feiten, waar, van=lambda feit: True):
    """Share in percent of the facts where `waar` holds, among those where `van` holds."""
    noemer = [feit for feit in feiten if van(feit)]
    teller = sum(waar(feit) for feit in noemer)
    return alleen_als_genoeg(len(noemer), noemer and f"{round(100 * teller / len(noemer))} %")


def _mediaan(waarden):
    return alleen_als_genoeg(len(waarden), waarden and Decimal(median(waarden)))


KERN = [
    ("Contacten", _aantal),
    ("Op de dag zelf afgehandeld", lambda feiten: _deel(feiten, lambda feit: feit.geduurd == 0)),
    ("Binnen de termijn beantwoord", lambda f: _deel(f, lambda feit: feit.op_tijd, lambda feit: feit.op_tijd is not None)),
    ("Werkdagen tot het eerste antwoord (mediaan)", lambda f: _mediaan([x.gewacht for x in f if x.gewacht is not None])),
    ("Werkdagen tot het einde (mediaan)", lambda f: _mediaan([x.geduurd for x in f if x.geduurd is not None])),
    ("Tevreden over het antwoord", lambda f: _deel(f, lambda feit: feit.tevreden, lambda feit: feit.tevreden is not None)),
]  # fmt: skip


def verloop(nu, periode):
    """Contacts per month; a period of one month has a single row."""
    aantallen = {maand.naam: 0 for maand in periode.per_maand() if maand.van <= timezone.localdate()}
    namen = {(maand.van.year, maand.van.month): maand.naam for maand in periode.per_maand()}
    for feit in nu:
        aantallen[namen[feit.op.year, feit.op.month]] += 1
    rijen = list(verberg(aantallen).items())
    return Tabel("Contacten per maand", [Kolom("Maand"), Kolom("Contacten", GETAL)], rijen, staven=1)


def telling(wat, nu, eerder, veld, namen):
    """Contacts per value of a field in two periods, most first, with a total."""
    deze, vroeger = per(nu, veld), per(eerder, veld)
    alle = sorted({*deze, *vroeger}, key=lambda naam: (naam is None, -deze[naam], -vroeger[naam], str(naam)))
    getoond = verberg({naam: deze[naam] for naam in alle})
    getoond_eerder = verberg({naam: vroeger[naam] for naam in alle})
    return Tabel(
        f"Contacten per {wat.lower()}",
        [Kolom(wat), *(Kolom(naam, GETAL) for naam in namen)],
        [(naam or ONBEKEND, getoond[naam], getoond_eerder[naam]) for naam in alle],
        totaal=("Samen", _aantal(nu), _aantal(eerder)),
        staven=1,
    )


def diensten(nu):
    """The services that people came for most; without a total, so a small number cannot be worked out."""
    aantallen = [(naam, n) for naam, n in per(nu, "dienst").most_common() if naam]
    meest = [(naam, n) for naam, n in aantallen if n >= VLOER][:MEESTE_DIENSTEN]
    uitleg = f"De {MEESTE_DIENSTEN} diensten met de meeste contacten; een contact hoeft niet over een dienst te gaan."
    return Tabel(
        "Meest gevraagde diensten",
        [Kolom("Dienst"), Kolom("Contacten", GETAL)],
        meest,
        uitleg,
        staven=1,
        leeg=TE_WEINIG if aantallen else GEEN_IN_PERIODE,
    )


def snelheid(wat, nu, veld):
    """Per value of a field: how many were answered, median waiting time, and the share in time."""
    groepen = defaultdict(list)
    for feit in nu:
        if feit.gewacht is not None:
            groepen[getattr(feit, veld)].append(feit)
    aantallen = verberg({naam: len(groep) for naam, groep in groepen.items()})
    rijen = [
        (
            naam or ONBEKEND,
            aantallen[naam],
            _mediaan([feit.gewacht for feit in groep]),
            alleen_als_genoeg(len(groep), Decimal(100 * sum(bool(feit.op_tijd) for feit in groep)) / len(groep)),
        )
        for naam, groep in sorted(groepen.items(), key=lambda paar: (paar[0] is None, -len(paar[1]), str(paar[0])))
    ]
    kolommen = [Kolom(wat), Kolom("Beantwoord", GETAL), Kolom("Mediaan in werkdagen", DAGEN), Kolom("Op tijd", PROCENT)]
    return Tabel(f"Wachttijd per {wat.lower()}", kolommen, rijen, staven=2)
