"""How long participation keeps how to reach somebody: until it served, and some months for questions afterwards.

Only the key goes: what was said in public and how it was answered stays. An application that nobody checked yet keeps
its contact, as somebody still has to answer it.
"""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from participatie.models import Aanmelding, Inbreng
from sociaalhuis.models import Dossiersleutel, UitgaandeMail

NA_BESLISSING = timedelta(days=183)  # of an application: recognised or refused
NA_ANTWOORD = timedelta(days=92)  # of an input: the answers of its round are out


def ruim_op(nu=None) -> int:
    """Erases the keys of contacts whose time is over, and the mails that were addressed with them; gives how many."""
    nu = nu or timezone.now()
    grens = nu - NA_BESLISSING
    beslist = Aanmelding.objects.filter(Q(tweede_op__lte=grens) | Q(geweigerd_op__lte=grens))
    beantwoord = Inbreng.objects.filter(ronde__antwoorden_gepubliceerd_op__lte=nu - NA_ANTWOORD)
    sleutels = Dossiersleutel.objects.filter(
        Q(pk__in=beslist.values("dossiersleutel")) | Q(pk__in=beantwoord.values("dossiersleutel")), gewist_op=None
    )
    UitgaandeMail.objects.filter(dossiersleutel__in=sleutels).delete()
    return sleutels.update(ingepakt=None, gewist_op=Now())
