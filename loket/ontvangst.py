"""The receipt code: how a citizen without an account comes back to one case.

- 16 characters of Crockford's alphabet (no I, L, O, U), shown in four groups: 80 bits. The first group finds the case,
  the other 60 bits prove it. The database keeps the first group and an Argon2 hash of the whole, never the code.
- The code is derived from the posted form by HMAC with the secret of the server, so the same post shows the same code
  again without keeping it anywhere.
- `Formulierbewijs` is the hidden token of the form: a random number and the moment the page was made, signed. It has
  no end: who writes slowly is never turned away.
"""

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from django.conf import settings
from django.core import signing
from django.utils import timezone

ALFABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LEESFOUTEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
LENGTE = 16
ZOEKDEEL = 4
ZOUT = "loket.vraag.formulier"
# Nobody reads the page, writes a question and sends it in less.
MINIMUM = timedelta(seconds=3)
# 60 random bits need no stretching against guessing; 4 MiB and about 2 ms per try keep a stolen table worthless
# and let hundreds of questions per second be registered.
HASHER = PasswordHasher(time_cost=1, memory_cost=4096, parallelism=1)
LEEG = HASHER.hash("geen code")


def in_alfabet(bits: bytes, lengte: int) -> str:
    """The first `lengte` characters (5 bits each) of some random bytes."""
    getal = int.from_bytes(bits, "big")
    return "".join(ALFABET[getal >> 5 * n & 31] for n in range(lengte))


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


def _hmac(doel: str, *delen: bytes) -> bytes:
    """HMAC over parts that cannot run into each other."""
    som = hmac.new(f"{doel}:{settings.SECRET_KEY}".encode(), digestmod=hashlib.sha256)
    for deel in delen:
        som.update(len(deel).to_bytes(8, "big") + deel)
    return som.digest()


def code_bij(inzending: uuid.UUID) -> str:
    """The receipt code that belongs to a posted form; the same post has the same code."""
    return in_alfabet(_hmac("ontvangstcode", inzending.bytes), LENGTE)


def inzending_van(formulier: uuid.UUID, inhoud: list[bytes]) -> uuid.UUID:
    """The key of one posted form: the same form with the same content is the same post.

    A changed text sent again with the back button is another post, so that no change is ever lost.
    """
    return uuid.UUID(bytes=_hmac("inzending", formulier.bytes, *inhoud)[:16])


@dataclass(frozen=True)
class Formulierbewijs:
    """The hidden token of one page with the form; `gemaakt_op` is None when it was missing or forged."""

    formulier: uuid.UUID
    gemaakt_op: datetime | None = None

    @staticmethod
    def nieuw() -> str:
        return signing.dumps([uuid.uuid4().hex, int(timezone.now().timestamp())], salt=ZOUT)

    @classmethod
    def lees(cls, getekend: str) -> "Formulierbewijs":
        """The token again. One that is not ours becomes one without a time, the same for the same text."""
        try:
            nummer, seconden = signing.loads(getekend, salt=ZOUT)
        except signing.BadSignature:
            return cls(uuid.UUID(bytes=_hmac("onbekend", getekend.encode(errors="replace"))[:16]))
        return cls(uuid.UUID(nummer), datetime.fromtimestamp(seconden, tz=UTC))

    @property
    def te_snel(self) -> bool:
        return self.gemaakt_op is not None and timezone.now() - self.gemaakt_op < MINIMUM
