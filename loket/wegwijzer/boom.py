"""From rows to a tree, and along it."""

from dataclasses import dataclass, field

from loket.models import Wegpunt
from loket.wegwijzer import MEESTE_VRAGEN, VRAAG

# The answer that every question has, also when nobody wrote it: to a person, with all that may fit.
WEET_NIET = {"code": "0000", "tekst": "Ik weet het niet", "naar": None, "weet_niet": True}


def boom_van(gebeurtenis):
    """The tree as staff left it, finished or not."""
    return bomen_van([gebeurtenis])[gebeurtenis.pk]


def bomen_van(gebeurtenissen):
    """{pk: tree} of life events: three queries, however many there are."""
    bomen = {
        gebeurtenis.pk: {"begin": str(gebeurtenis.begin_id) if gebeurtenis.begin_id else None, "punten": {}}
        for gebeurtenis in gebeurtenissen
    }
    rijen = Wegpunt.objects.filter(gebeurtenis__in=bomen).prefetch_related("antwoorden", "wegdiensten").order_by("pk")
    for punt in rijen:
        bomen[punt.gebeurtenis_id]["punten"][str(punt.pk)] = {
            "soort": punt.soort,
            "titel": punt.titel,
            "uitleg": punt.uitleg,
            "nood": punt.nood,
            "antwoorden": [_antwoord(a) for a in punt.antwoorden.all()] if punt.is_vraag else [],
            "diensten": [] if punt.is_vraag else [w.dienst_id for w in punt.wegdiensten.all()],
        }
    return bomen


def _antwoord(rij):
    naar = str(rij.naar_id) if rij.naar_id else None
    return {"code": rij.code, "tekst": rij.tekst, "naar": naar, "weet_niet": rij.weet_niet}


def antwoorden_van(punt):
    """The answers as a citizen sees them: "ik weet het niet" is always there, and last."""
    gewoon = [a for a in punt["antwoorden"] if not a["weet_niet"]]
    return [*gewoon, *([a for a in punt["antwoorden"] if a["weet_niet"]] or [WEET_NIET])]


@dataclass
class Stand:
    """How far someone is: `punt` is where they stand, None where only a person can help.

    `gelopen` are the (question, answer) before it; `codes` the part of the address that led here.
    """

    punt: dict | None
    sleutel: str | None
    gelopen: list = field(default_factory=list)
    codes: list = field(default_factory=list)


def loop(boom, codes):
    """The `Stand` after these answers. Stops before the first code that does not fit (any more)."""
    sleutel = boom["begin"]
    stand = Stand(boom["punten"].get(sleutel), sleutel)
    for code in codes[:MEESTE_VRAGEN]:
        if stand.punt is None or stand.punt["soort"] != VRAAG:
            break
        antwoord = next((a for a in antwoorden_van(stand.punt) if a["code"] == code), None)
        if antwoord is None:
            break
        stand.gelopen.append((stand.punt, antwoord))
        stand.codes.append(code)
        stand.sleutel = antwoord["naar"] if antwoord["naar"] in boom["punten"] else stand.sleutel
        stand.punt = boom["punten"].get(antwoord["naar"])
    return stand


def vragen_vanaf(boom, sleutel, gezien=()):
    """The most questions that someone may still get from this point on, counted up to one more than is allowed."""
    punt = boom["punten"].get(sleutel)
    if punt is None or punt["soort"] != VRAAG or len(gezien) > MEESTE_VRAGEN:
        return 0
    verder = [vragen_vanaf(boom, a["naar"], (*gezien, sleutel)) for a in punt["antwoorden"]]
    return 1 + max(verder, default=0)


def diensten_onder(boom, sleutel):
    """All services that can still come from this point on, those of the nearest outcomes first."""
    gevonden, gezien, rij = [], set(), [sleutel]
    while rij:
        punt = boom["punten"].get(rij[0])
        if punt is not None and rij[0] not in gezien:
            gevonden += punt["diensten"]
            rij += [a["naar"] for a in punt["antwoorden"]]
        gezien.add(rij.pop(0))
    return list(dict.fromkeys(gevonden))


def regels(boom):
    """The tree as lines to read, top down: (depth, answer that leads here or None, key, point or None, seen before).

    Points that nothing leads to come last, at depth 0.
    """
    gezien = set()

    def loop(diepte, antwoord, sleutel):
        punt = boom["punten"].get(sleutel)
        yield diepte, antwoord, sleutel, punt, sleutel in gezien
        if punt is not None and sleutel not in gezien:
            gezien.add(sleutel)
            for volgend in punt["antwoorden"]:
                yield from loop(diepte + 1, volgend, volgend["naar"])

    if boom["begin"] in boom["punten"]:
        yield from loop(0, None, boom["begin"])
    for sleutel in boom["punten"]:
        if sleutel not in gezien:
            yield from loop(0, None, sleutel)
