"""Fingerprints of the words of a question, and how alike two are. Without DOSSIERSLEUTEL nothing can be read from them.

MinHash (Broder, 1997) over the different words of at least four letters, with a keyed hash: the share of equal places
estimates the share of words that two texts have in common. Addresses and numbers: `loket.zaak.contactspoor`.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode

from django.conf import settings

from loket.zoek.woorden import woorden

PLAATSEN = 8  # 64 bits each, of one SHA-512
MINSTE_WOORDEN = 6
GELIJK = 4  # equal places that make two texts alike


def van(*, tekst, bestuur) -> list[int]:
    """The fingerprint of a text in the compartment of a Bestuur (its code); [] for a few words only."""
    verschillende = {woord for woord in woorden(tekst) if len(woord) >= 4}
    if len(verschillende) < MINSTE_WOORDEN:
        return []
    sleutel = hmac.digest(urlsafe_b64decode(settings.DOSSIERSLEUTEL), f"kenmerk:{bestuur}".encode(), hashlib.sha256)
    sommen = [hmac.digest(sleutel, woord.encode(), hashlib.sha512) for woord in verschillende]
    # The place is in the top bits, so that equal numbers are equal on the same place.
    return [
        plaats << 59 | min(int.from_bytes(som[8 * plaats : 8 * plaats + 8], "big") >> 5 for som in sommen)
        for plaats in range(PLAATSEN)
    ]


def gelijk(een, ander) -> bool:
    return len(set(een) & set(ander)) >= GELIJK
