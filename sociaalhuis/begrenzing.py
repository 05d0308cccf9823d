"""Limited tries: how often something was tried within a window of time, counted in the database.

Shared by all processes; one atomic statement per try. The window starts at the first try. Keys are stored as a
hash, so no address or e-mail can be read from the table. The worker cleans up what is over.
"""

import hashlib
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.db import connection
from django.db.models import F
from django.utils import timezone

from sociaalhuis.models import Poging

TEL = """
    INSERT INTO sociaalhuis_poging AS p (sleutel, aantal, tot) VALUES (%(sleutel)s, 1, %(tot)s)
    ON CONFLICT (sleutel) DO UPDATE SET
        aantal = CASE WHEN p.tot <= %(nu)s THEN 1 ELSE p.aantal + 1 END,
        tot = CASE WHEN p.tot <= %(nu)s THEN excluded.tot ELSE p.tot END
    RETURNING aantal
"""


def telt(sleutel, per: timedelta, hoogstens: int) -> bool:
    """Counts one try; True while there were at most `hoogstens` within the window.

    `sleutel` says what and who ("vraag:203.0.113.7"). Inside a transaction that is rolled back the try does not count.
    """
    nu = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(TEL, {"sleutel": _hash(sleutel), "nu": nu, "tot": nu + per})
        return cursor.fetchone()[0] <= hoogstens


def geef_terug(sleutel):
    """One try that went well does not count: many people may share one address (a library, the town hall)."""
    Poging.objects.filter(sleutel=_hash(sleutel), aantal__gt=0).update(aantal=F("aantal") - 1)


def vergeet(sleutel):
    """Starts counting this key from zero again."""
    Poging.objects.filter(sleutel=_hash(sleutel)).delete()


def ruim_op(nu=None) -> int:
    """Deletes windows that are over; returns how many."""
    return Poging.objects.filter(tot__lte=nu or timezone.now()).delete()[0]


def adres(request) -> str:
    """The address a request comes from. Headers only count behind settings.ALLAUTH_TRUSTED_PROXY_COUNT proxies."""
    return get_adapter().get_client_ip(request)


def _hash(sleutel):
    return hashlib.sha256(sleutel.encode()).hexdigest()
