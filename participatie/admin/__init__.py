"""Participation in the admin: rounds and mandates are made here; what people said and how it was decided is read only,
because that happens in `/participatie/beheer/` with its rules."""

from participatie.admin import (
    aanmelding,
    advies,
    inbreng,
    mandaat,
    mandaatuitnodiging,
    reactierecht,
    ronde,
    steun,
    wat_binnenkwam,
)

__all__ = [
    "aanmelding",
    "advies",
    "inbreng",
    "mandaat",
    "mandaatuitnodiging",
    "reactierecht",
    "ronde",
    "steun",
    "wat_binnenkwam",
]
