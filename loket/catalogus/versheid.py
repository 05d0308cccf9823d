"""How fresh a text of the catalogue is: when it must be checked again, and how far a stale one sinks in the search.

Dates and factors only; imports nothing of the project.
"""

import calendar
from datetime import date, timedelta

# Kinds of LPDC whose amounts and limits change with the index or every year.
SNEL = {"FinancieelVoordeel", "FinancieleVerplichting"}
MAANDEN_SNEL, MAANDEN = 6, 12
LANG_TE_LAAT = timedelta(days=183)
TE_LAAT, LANG = 0.95, 0.9  # a nudge: the right answer, though stale, stays above one that fits less


def maanden(soort):
    """After how many months a service of this kind is checked again, unless it says otherwise itself."""
    return MAANDEN_SNEL if soort in SNEL else MAANDEN


def na_maanden(dag, aantal):
    """The same day so many months later, or the last day of that month."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    return date(jaar, maand + 1, min(dag.day, calendar.monthrange(jaar, maand + 1)[1]))


def is_voorbij(nakijken_voor, vandaag):
    """Whether a text had to be checked before today. One that was never checked here has no such day yet."""
    return nakijken_voor is not None and nakijken_voor < vandaag


def factor(nakijken_voor, vandaag):
    """What the weight of a service in the search is multiplied by."""
    if not is_voorbij(nakijken_voor, vandaag):
        return 1.0
    return LANG if vandaag - nakijken_voor > LANG_TE_LAAT else TE_LAAT
