"""The Belgian public holidays (law of 4 January 1974), with their Dutch names. Imports nothing of the project."""

from datetime import date

import holidays

FEESTDAGEN = holidays.country_holidays("BE", language="nl")


def naam(dag: date) -> str:
    """The name of the public holiday on this day, or ''."""
    return FEESTDAGEN.get(dag, "")
