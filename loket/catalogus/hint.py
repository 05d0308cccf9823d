"""The honest hint: what up to three answers about the rules of a service may mean. No decision and no promise.

One answer that does not fit makes "waarschijnlijk niet"; else one that is not known makes "vraag het ons"; only when
all fit it is "misschien voor jou". Imports nothing of the project.
"""

from enum import StrEnum

MEESTE_VRAGEN = 3
JA, NEE, WEET_NIET = "ja", "nee", "weet_niet"
ANTWOORDEN = [(JA, "Ja"), (NEE, "Nee"), (WEET_NIET, "Weet ik niet")]
PAST, PAST_NIET, ONBEKEND = "past", "niet", "vraag"


class Uitkomst(StrEnum):
    MISSCHIEN = "misschien"
    WAARSCHIJNLIJK_NIET = "niet"
    VRAAG_HET_ONS = "vraag"


def vragen_van(voorwaarden):
    """The conditions (dicts) that ask something and have a rule to show beside it, at most three."""
    return [v for v in voorwaarden if v["vraag"] and (v["titel"] or v["beschrijving"])][:MEESTE_VRAGEN]


def betekenis(voorwaarde, antwoord):
    """What this answer means for this rule: fits, does not fit, or not known."""
    return {JA: voorwaarde["bij_ja"], NEE: voorwaarde["bij_nee"]}.get(antwoord, ONBEKEND)


def weeg(betekenissen):
    """The `Uitkomst` of a list of meanings; without any, nothing is known."""
    if PAST_NIET in betekenissen:
        return Uitkomst.WAARSCHIJNLIJK_NIET
    if not betekenissen or ONBEKEND in betekenissen:
        return Uitkomst.VRAAG_HET_ONS
    return Uitkomst.MISSCHIEN
