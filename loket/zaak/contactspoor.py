"""Finding the questions of one person by an exact address or number, though both are ciphertext.

Next to the ciphertext stands a keyed hash of the address (HMAC, 128 bits): equal addresses have equal hashes, and
without the secret of the server nobody can make one to compare with. It goes with the question.
"""

import re

from sociaalhuis.inzending import hmac_van


def van(*, email="", telefoon="") -> dict:
    """The columns of `Vraag` for this address and this number; None for what was not given."""
    return {"email_spoor": _spoor("email", _email(email)), "telefoon_spoor": _spoor("telefoon", _telefoon(telefoon))}


def zoekt(getypt: str) -> dict:
    """What to filter on for something typed: an e-mail address or a phone number; {} when it is neither."""
    if "@" in getypt:
        return {"email_spoor": _spoor("email", _email(getypt))}
    cijfers = _telefoon(getypt)
    return {"telefoon_spoor": _spoor("telefoon", cijfers)} if len(cijfers) >= 8 else {}


def _spoor(soort, waarde):
    return hmac_van(f"contact:{soort}", waarde.encode(errors="replace"))[:16] if waarde else None


def _email(tekst):
    return tekst.strip().lower()


def _telefoon(tekst):
    """Digits only, +32 and 0032 read as 0."""
    cijfers = re.sub(r"\D", "", tekst)
    return re.sub(r"^(?:0032|32(?=\d{8,9}$))", "0", cijfers)
