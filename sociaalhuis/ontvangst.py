"""The receipt code: how a citizen without an account comes back to one question, appointment or input.

- 16 characters of Crockford's alphabet (no I, L, O, U), shown in four groups: 80 bits. The first group finds the row,
  the other 60 bits prove it. The database keeps the first group and an Argon2 hash of the whole, never the code.
- The code is derived from the posted form by HMAC with the secret of the server, so the same post shows the same code
  again without keeping it anywhere.
"""

import secrets
import uuid

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from sociaalhuis.inzending import ALFABET, hmac_van, in_alfabet

LEESFOUTEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
LENGTE = 16
ZOEKDEEL = 4
# 60 random bits need no stretching against guessing; half a MiB and a quarter of a millisecond per try keep a stolen table
# worthless and let hundreds of questions a second be registered (decision 20).
HASHER = PasswordHasher(time_cost=1, memory_cost=512, parallelism=1)
LEEG = HASHER.hash("geen code")


def gegroepeerd(code: str) -> str:
    """'ABCD-EFGH-JKMN-PQRS' for the eye and the hand."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def genormaliseerd(getypt: str) -> str:
    """What was typed as a code: without spaces and dashes, capitals, look-alikes read as digits; '' when it cannot be one."""
    code = "".join(getypt.split()).replace("-", "").upper().translate(LEESFOUTEN)
    return code if len(code) == LENGTE and set(code) <= set(ALFABET) else ""


def zoekdeel(code: str) -> str:
    return code[:ZOEKDEEL]


def hash_van(code: str) -> str:
    return HASHER.hash(code)


def klopt(code: str, bewaard: str) -> bool:
    """Whether the code has this hash; takes as long without a hash as with one."""
    try:
        return HASHER.verify(bewaard or LEEG, code) and bool(bewaard)
    except VerifyMismatchError:
        return False


def vind(rijen, code: str):
    """The row among `rijen` (a queryset with `code_zoekdeel` and `code_hash`) of this code, or None; as long either way."""
    kandidaten = list(rijen.filter(code_zoekdeel=zoekdeel(code)))
    gevonden = [rij for rij in kandidaten if klopt(code, rij.code_hash)]
    if not kandidaten:
        klopt(code, "")
    return gevonden[0] if gevonden else None


def nieuwe_code() -> str:
    """A code that belongs to no form: for who lost the first one."""
    return in_alfabet(secrets.token_bytes(10), LENGTE)


def code_bij(inzending: uuid.UUID) -> str:
    """The receipt code that belongs to a posted form; the same post has the same code."""
    return in_alfabet(hmac_van("ontvangstcode", inzending.bytes), LENGTE)
