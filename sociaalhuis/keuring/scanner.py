"""The virus scanner of the house: a small client of clamd (`INSTREAM`), over TCP or a local socket.

Configured by the setting SCANNER: 'tcp://127.0.0.1:3310' or 'unix:///run/clamav/clamd.ctl'; empty is no scanner.
Protocol: https://docs.clamav.net/manual/Usage/Scanning.html (clamd(8)): `zINSTREAM\\0`, then pieces as a length of four
bytes and the bytes, then a length of zero; the answer ends in a zero byte.
"""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

STUK = 64 * 1024
VERBIND, ANTWOORD = 2.0, 20.0  # seconds
LANGSTE_ANTWOORD = 4096


class Afwezig(Exception):
    """The scanner cannot be reached or cannot say; the file must wait."""


def is_besmet(inhoud: bytes) -> bool:
    """Whether the scanner finds something; always False without a scanner. Raises Afwezig."""
    if not settings.SCANNER:
        return False
    try:
        with _verbind(settings.SCANNER) as lijn:
            lijn.settimeout(ANTWOORD)
            lijn.sendall(b"zINSTREAM\0")
            for begin in range(0, len(inhoud), STUK):
                stuk = inhoud[begin : begin + STUK]
                lijn.sendall(struct.pack(">I", len(stuk)) + stuk)
            lijn.sendall(struct.pack(">I", 0))
            antwoord = _lees(lijn)
    except OSError as fout:
        raise Afwezig(type(fout).__name__) from fout
    if antwoord.endswith(" FOUND"):
        return True
    if antwoord.endswith(": OK"):
        return False
    raise Afwezig(antwoord[:80] or "no answer")


def _verbind(adres):
    delen = urlsplit(adres)
    if delen.scheme == "unix":
        lijn = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        lijn.settimeout(VERBIND)
        try:
            lijn.connect(delen.path)
        except OSError:
            lijn.close()
            raise
        return lijn
    return socket.create_connection((delen.hostname, delen.port or 3310), timeout=VERBIND)


def _lees(lijn):
    """The answer up to its zero byte."""
    antwoord = b""
    while b"\0" not in antwoord and len(antwoord) < LANGSTE_ANTWOORD:
        stuk = lijn.recv(1024)
        if not stuk:
            break
        antwoord += stuk
    return antwoord.partition(b"\0")[0].decode("utf-8", "replace").strip()
