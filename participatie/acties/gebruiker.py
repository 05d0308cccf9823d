"""The user behind a representative: made without a password when there is none, because login goes by mailed code."""

from django.contrib.auth.models import Group

from participatie.staat import MagNiet
from sociaalhuis.models import Gebruiker
from sociaalhuis.rollen import ORGANISATIELID

AFGESLOTEN = "Het account van de contactpersoon is afgesloten. Spreek eerst met de beheerder."


def maak_vertegenwoordiger(email, naam, afgesloten=AFGESLOTEN):
    """The user with this address, with the role of a representative. Raises MagNiet for a closed account."""
    gebruiker = Gebruiker.objects.filter(email=email).first()
    if gebruiker and not gebruiker.is_active:
        raise MagNiet(afgesloten)
    if gebruiker is None:
        gebruiker = Gebruiker.objects.create_user(email, naam=naam)
    gebruiker.groups.add(Group.objects.get(name=ORGANISATIELID))
    return gebruiker
