"""The plan in the admin, a module per noun."""

from plan.admin import (
    besluiten,
    bestellingen,
    bladen,
    feiten,
    geld,
    herinneringen,
    hulp,
    indicatoren,
    jaren,
    mjp,
    onderdelen,
    papieren,
    plannen,
    redacteurs,
)

__all__ = [
    "besluiten",
    "bestellingen",
    "bladen",
    "feiten",
    "geld",
    "herinneringen",
    "hulp",
    "indicatoren",
    "jaren",
    "mjp",
    "onderdelen",
    "papieren",
    "plannen",
    "redacteurs",
]
