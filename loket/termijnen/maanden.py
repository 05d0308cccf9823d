"""Terms in months, as PostgreSQL counts them."""

from calendar import monthrange
from datetime import date


def maanden_later(dag: date, maanden: int) -> date:
    """The same day so many months later, or the last day of that month: 31 January and one month is 28 February."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))
