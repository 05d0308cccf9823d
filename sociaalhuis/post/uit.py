"""Putting mail in the outbox."""

from email.utils import parseaddr
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import connection

from sociaalhuis.models import UitgaandeMail


def zet_klaar(*, sleutel, aan, onderwerp, tekst, dossiersleutel=None):
    """Writes one mail in the outbox, in the transaction of the caller; a worker sends it after commit.

    `sleutel` is unique per occasion ("vraag-12-antwoord-34"): the same again writes nothing. `aan` is one address,
    `tekst` plain text without content of a case. With the `dossiersleutel` of a case the address is ciphertext under
    that key. Returns True when the mail is new.
    """
    domein = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].split("@")[-1]
    _, nieuw = UitgaandeMail.objects.get_or_create(
        sleutel=sleutel,
        defaults={
            "message_id": f"<{uuid5(NAMESPACE_URL, f'{settings.SITE_URL}/{sleutel}')}@{domein}>",
            **({"aan_geheim": aan, "dossiersleutel": dossiersleutel} if dossiersleutel else {"aan": aan}),
            "onderwerp": onderwerp,
            "tekst": tekst,
        },
    )
    if nieuw:
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY sociaalhuis_post")
    return nieuw
