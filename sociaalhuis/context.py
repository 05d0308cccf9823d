"""What every template has: the house, and whether someone is logged in."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from sociaalhuis import openingen, versie
from sociaalhuis.models import Huis


@versie.bij_versie
def het_huis(nummer):
    """The house as it is under this version; an unsaved house with neutral words before there is one."""
    huis = Huis.objects.first() or Huis(naam="Sociaal Huis", gemeente="", telefoon="", email="")
    huis.afwijkingen = openingen.afwijkingen(nummer)()
    return huis


def huis_zonder_databank():
    """The house as this process last saw it, or with neutral words; for pages that may not ask the database."""
    return het_huis.laatst() or Huis(naam="Sociaal Huis", gemeente="", telefoon="", email="")


def huis(request):
    """`huis`, `aangemeld` (bool; asks nothing without a session cookie), `demo` (bool)."""
    return {
        "huis": SimpleLazyObject(lambda: het_huis(versie.van(request))),
        "aangemeld": settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated,
        "demo": settings.DEMO,
    }
