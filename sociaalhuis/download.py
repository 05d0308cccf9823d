"""Bytes as a file that the browser saves."""

from django.http import HttpResponse


def download(inhoud, soort, naam):
    """An answer that holds `inhoud` (bytes or text) of this content type, to be kept under `naam` (letters of ASCII)."""
    antwoord = HttpResponse(inhoud, content_type=soort)
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord
