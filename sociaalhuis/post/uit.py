"""Putting mail in the outbox."""

from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.db import connection

from sociaalhuis.inzending import hmac_van
from sociaalhuis.models import UitgaandeMail


def domein() -> str:
    """The domain that our mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].split("@")[-1]


def message_id_van(sleutel) -> str:
    """The Message-ID of the mail of this occasion: always the same, and nobody else can work it out."""
    return f"<{UUID(bytes=hmac_van('message-id', sleutel.encode())[:16])}@{domein()}>"


def lusteken() -> str:
    """What our mail carries as X-Loop, so that we know it when it comes back."""
    return f"sociaalhuis@{domein()}"


def zet_klaar(*, sleutel, aan, onderwerp, tekst, dossiersleutel=None, antwoord_naar=None, afmelden=""):
    """Writes one mail in the outbox, in the transaction of the caller; a worker sends it after commit.

    `sleutel` is unique per occasion ("vraag-12-antwoord-34"): the same again writes nothing. `aan` is one address,
    `tekst` plain text without content of a case. With the `dossiersleutel` of a case the address is ciphertext under
    that key, and so is `antwoord_naar`: where an answer goes when not to the sender. `afmelden` is
    the address that stops news by one POST (RFC 8058). Returns True when the mail is new.
    """
    _, nieuw = UitgaandeMail.objects.get_or_create(
        sleutel=sleutel,
        defaults={
            "message_id": message_id_van(sleutel),
            "antwoord_geheim": antwoord_naar or None,
            **({"aan_geheim": aan, "dossiersleutel": dossiersleutel} if dossiersleutel else {"aan": aan}),
            "onderwerp": onderwerp,
            "tekst": tekst,
            "afmelden": afmelden,
        },
    )
    if nieuw:
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY sociaalhuis_post")
    return nieuw
