"""The QR code on the card of the one who asked: an address that is the same for everybody, never a code."""

from functools import lru_cache

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe


def adres() -> str:
    """Where a question is followed."""
    return settings.SITE_URL + reverse("loket:opvolgen")


@lru_cache(maxsize=4)
def _svg(tekst):
    code = segno.make(tekst, error="m", micro=False)
    return mark_safe(
        code.svg_inline(border=2, omitsize=True, dark="#000", light="#fff", lineclass=None, svgclass="pas-qr")
    )


def svg():
    """The address as an SVG drawing, made once."""
    return _svg(adres())
