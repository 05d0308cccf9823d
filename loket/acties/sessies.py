"""Sessions in which a case is open."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

SESSIESLEUTEL = "dossier"  # under which a session knows the case that the code opened


def sluit_sessies(vraag_pk) -> int:
    """Closes this case in every browser that has it open; gives in how many. Who is logged in stays so."""
    geraakt = 0
    for sessie in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        inhoud = sessie.get_decoded()
        if inhoud.get(SESSIESLEUTEL) == vraag_pk:
            del inhoud[SESSIESLEUTEL]
            Session.objects.filter(pk=sessie.pk).update(session_data=SessionStore().encode(inhoud))
            geraakt += 1
    return geraakt
