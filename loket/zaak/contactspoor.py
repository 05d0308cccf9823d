"""Finding the questions of one person by an exact address or number, though both are ciphertext.

A keyed hash of the address (HMAC, 128 bits): equal addresses in one Bestuur have equal hashes, and without
DOSSIERSLEUTEL nobody can make one to compare with. Another Bestuur has another key, so the same person looks different
there. Kept in `loket.models.Contactspoor`, made by `loket.acties.contactspoor`.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode

from django.conf import settings


def van(*, bestuur, email="", telefoon="") -> dict:
    """The columns of `Contactspoor` for this address and number in the compartment of a Bestuur (its code)."""
    return {
        "email_spoor": _spoor(bestuur, "email", _email(email)),
        "telefoon_spoor": _spoor(bestuur, "telefoon", _telefoon(telefoon)),
    }


def zoekt(getypt: str, *, bestuur) -> dict:
    """What to filter `Contactspoor` on for something typed: an e-mail address or a phone number; {} when it is neither."""
    if "@" in getypt:
        return {"email_spoor": _spoor(bestuur, "email", _email(getypt))}
    cijfers = _telefoon(getypt)
    return {"telefoon_spoor": _spoor(bestuur, "telefoon", cijfers)} if len(cijfers) >= 8 else {}


def _spoor(bestuur, soort, waarde):
    if not waarde:
        return None
    sleutel = hmac.digest(urlsafe_b64decode(settings.DOSSIERSLEUTEL), f"contact:{bestuur}".encode(), hashlib.sha256)
    return hmac.digest(sleutel, f"{soort}:{waarde}".encode(errors="replace"), hashlib.sha256)[:16]


def _email(tekst):
    return tekst.strip().lower()


def _telefoon(tekst):
    """Digits only, +32 and 0032 read as 0."""
    cijfers = re.sub(r"\D", "", tekst)
    return re.sub(r"^(?:0032|32(?=\d{8,9}$))", "0", cijfers)
