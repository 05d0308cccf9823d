"""For which organisations a user speaks at this moment.

The mandates belong to participatie; everyone else asks them here, by the name of the relation. Nothing is kept: who
asks again a minute later gets the answer of that minute.
"""

from django.db.models import Q
from django.utils import timezone

from sociaalhuis.models import Gebruiker, Organisatie
from sociaalhuis.rollen import ORGANISATIELID, heeft_rol


def organisaties_van(gebruiker, nu=None):
    """The checked organisations for which this user has a mandate that runs now, as a queryset; often empty.

    Only for who has the role of a representative: a superuser speaks for nobody.
    """
    if not heeft_rol(gebruiker, ORGANISATIELID):
        return Organisatie.objects.none()
    return Organisatie.objects.erkend().filter(
        pk__in=Organisatie.objects.filter(_loopt("mandaten__", nu), mandaten__gebruiker=gebruiker).values("pk")
    )


def vertegenwoordigers_van(organisatie, nu=None):
    """The users who speak for this organisation now."""
    if not organisatie.erkend_op:
        return Gebruiker.objects.none()
    return Gebruiker.objects.filter(
        pk__in=Gebruiker.objects.filter(_loopt("mandaten__", nu), mandaten__organisatie=organisatie).values("pk"),
        is_active=True,
        groups__name=ORGANISATIELID,
    )


def _loopt(voor, nu):
    nu = nu or timezone.now()
    return Q(**{f"{voor}van__lte": nu}) & (Q(**{f"{voor}tot": None}) | Q(**{f"{voor}tot__gt": nu}))
