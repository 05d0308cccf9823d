"""The enterprise number of the Belgian Crossroads Bank (KBO). Imports nothing of the project.

Ten digits starting with 0 or 1; the last two are 97 minus the first eight modulo 97.
"""

import re

from django.core.exceptions import ValidationError


def genormaliseerd(nummer):
    """'BE 0999.123.456' -> '0999123456' (only the digits, with a leading zero when nine are given)."""
    cijfers = re.sub(r"^BE|[\s./-]", "", nummer.strip().upper())
    return f"0{cijfers}" if re.fullmatch(r"[2-9][0-9]{8}", cijfers) else cijfers


def is_geldig(nummer):
    """True when the number, in any notation, has the right shape and check digits."""
    cijfers = genormaliseerd(nummer)
    return bool(re.fullmatch(r"[01][0-9]{9}", cijfers)) and 97 - int(cijfers[:8]) % 97 == int(cijfers[8:])


def getoond(nummer):
    """'0999123456' -> '0999.123.456'."""
    return f"{nummer[:4]}.{nummer[4:7]}.{nummer[7:]}" if nummer else ""


def controleer(nummer):
    """Form validator: raises ValidationError with a remedy."""
    if not is_geldig(nummer):
        raise ValidationError("Dit ondernemingsnummer klopt niet. Kijk de tien cijfers na, bijvoorbeeld 0123.456.749.")
