"""Encryption of what people tell us: one key per case, wrapped by a key from outside the database.

AES-256-GCM (NIST SP 800-38D) from the `cryptography` library; every ciphertext is
`nonce (12 bytes) + ciphertext + tag`. Each case has its own random key, stored wrapped by
`settings.DOSSIERSLEUTEL`. The wrapped keys live in one table, which backups leave out
(see docs/besluiten): erase the row's key and the text is gone, in the database, its history
and every backup.
"""

import os
from base64 import urlsafe_b64decode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


class NietTeLezen(Exception):
    """The ciphertext does not belong to this key, or was changed."""


def _hoofdsleutel():
    return urlsafe_b64decode(settings.DOSSIERSLEUTEL)


def versleutel(sleutel: bytes, klaar: bytes, bij: bytes) -> bytes:
    """Encrypts bytes; `bij` names what it belongs to and must be the same when reading."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(sleutel).encrypt(nonce, klaar, bij)


def ontsleutel(sleutel: bytes, geheim: bytes, bij: bytes) -> bytes:
    """The bytes again. Raises NietTeLezen for another key, another `bij` or changed bytes."""
    try:
        return AESGCM(sleutel).decrypt(geheim[:NONCE], geheim[NONCE:], bij)
    except InvalidTag as fout:
        raise NietTeLezen("Deze tekst kan niet gelezen worden met deze sleutel.") from fout


def nieuwe_sleutel() -> bytes:
    """A fresh case key, wrapped, ready to be stored."""
    return versleutel(_hoofdsleutel(), AESGCM.generate_key(256), b"dossiersleutel")


def pak_uit(ingepakt: bytes) -> bytes:
    """The case key itself. Raises NietTeLezen when DOSSIERSLEUTEL is another than the one that wrapped it."""
    return ontsleutel(_hoofdsleutel(), ingepakt, b"dossiersleutel")
