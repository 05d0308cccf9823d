"""The plan in the admin, a module per noun."""

from plan.admin import bestellingen, feiten, geld, jaren, onderdelen, papieren, plannen

__all__ = ["bestellingen", "feiten", "geld", "jaren", "onderdelen", "papieren", "plannen"]
