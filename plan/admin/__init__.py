"""The plan in the admin, a module per noun."""

from plan.admin import bestellingen, geld, jaren, onderdelen, papieren, plannen

__all__ = ["bestellingen", "geld", "jaren", "onderdelen", "papieren", "plannen"]
