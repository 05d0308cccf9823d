"""The words of the town: what it calls the states of an action and the levels of its plan.

Each is asked of the database once per instance of `Plan`, so give every row of a list the same one: that of the page.
"""

from dataclasses import dataclass

from plan.models import Niveau, Onderdeel, Standwoord

Soort, Stand = Onderdeel.Soort, Onderdeel.Stand


@dataclass(frozen=True)
class Naam:
    """What a level is called: one of it, and several."""

    naam: str
    meervoud: str


GEWOON = {
    Soort.GARANTIE: Naam("garantie", "garanties"),
    Soort.DOELSTELLING: Naam("doelstelling", "doelstellingen"),
    Soort.ACTIE: Naam("actie", "acties"),
}


def standnamen(plan):
    """{state: what this plan calls it}, in the fixed order of the states."""
    if not hasattr(plan, "_standnamen"):
        eigen = dict(Standwoord.objects.filter(plan=plan.pk).values_list("stand", "woord"))
        plan._standnamen = {stand.value: eigen.get(stand.value, stand.label) for stand in Stand}
    return plan._standnamen


def niveaunamen(plan):
    """{kind of part: `Naam`} of a plan. Goals on several levels have no name together but the usual one."""
    if not hasattr(plan, "_niveaunamen"):
        per_soort = {}
        for soort, naam, meervoud in Niveau.objects.filter(plan=plan.pk).values_list("soort", "naam", "meervoud"):
            per_soort.setdefault(soort, []).append(Naam(naam, meervoud))
        plan._niveaunamen = {
            soort: per_soort[soort][0] if len(per_soort.get(soort, [])) == 1 else gewoon
            for soort, gewoon in GEWOON.items()
        }
    return plan._niveaunamen
