"""Whom the mails of participation go to."""

from sociaalhuis.models import Huis


def adres_van_de_coordinator():
    """Where mail for the staff of participation goes, or '' before there is a house."""
    huis = Huis.objects.first()
    return (huis.coordinator_email or huis.email) if huis else ""
