"""What of the desk waits for who works on the plan: the lines on the first page of the admin."""

from django.urls import reverse

from loket.models import Signaal
from sociaalhuis.beheer.wacht import Werk, registreer
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER, heeft_rol


@registreer("loket.signalen", rang=20)
def signalen(gebruiker):
    """Needs that the desk laid at a part of the plan and that nobody answered yet."""
    if not heeft_rol(gebruiker, COORDINATOR, PLANMEDEWERKER):
        return []
    aantal = Signaal.objects.zichtbaar_voor(gebruiker).filter(reactie="").count()
    return [Werk(aantal, "signaal wacht op antwoord", "signalen wachten op antwoord", reverse("loket:signalen"))]
