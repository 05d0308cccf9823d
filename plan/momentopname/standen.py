"""The words of the town for the states; a state that is not here has its usual word."""

from plan.models import Standwoord

MODELLEN = (Standwoord,)


def neem(plan):
    return dict(Standwoord.objects.filter(plan=plan).order_by("stand").values_list("stand", "woord"))
