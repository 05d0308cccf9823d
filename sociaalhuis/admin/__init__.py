"""The shared tables in the admin, a module per noun."""

from sociaalhuis.admin import bestuur, gebruiker, geschiedenis, huis, indeling, locatie, organisatie, post

__all__ = ["bestuur", "gebruiker", "geschiedenis", "huis", "indeling", "locatie", "organisatie", "post"]
