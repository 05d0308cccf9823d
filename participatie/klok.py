"""The clock of the reaction duty: until when a round must be answered, and when who must answer is reminded."""

from datetime import timedelta

from django.utils import timezone

from sociaalhuis.models import Sluitingsdag
from sociaalhuis.termijn import uiterlijk

WEEK = timedelta(days=7)
DAG = timedelta(days=1)


def tegen(sluit_op, werkdagen):
    """The last day to answer when the term is so many working days after closing (the town's closing days left out)."""
    begin = timezone.localdate(sluit_op)
    gesloten = Sluitingsdag.objects.van_het_huis().dagen(begin, begin + timedelta(days=3 * werkdagen + 60))
    return uiterlijk(sluit_op, werkdagen, frozenset(gesloten))


def moment(ronde, vandaag):
    """Which reminder of a closed round counts today: (name, sentence), or None before half of the term.

    Half the term, a week before, the day itself, the day after and then every week.
    """
    sluit, einde = timezone.localdate(ronde.sluit_op), ronde.antwoord_tegen
    if vandaag > einde:
        weken = (vandaag - einde - DAG).days // 7
        return f"laat-{weken}", "De beloofde dag is voorbij."
    if vandaag == einde:
        return "dag", "Vandaag is de beloofde dag."
    if vandaag >= einde - WEEK and einde - WEEK > sluit:
        return "week", "Over hoogstens een week is de beloofde dag."
    if vandaag >= sluit + (einde - sluit) / 2:
        return "half", "De helft van de tijd is voorbij."
    return None
