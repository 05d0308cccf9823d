"""The database is away: a polite page that asks to come back, and nobody's text is lost.

An error of a view comes here; one from elsewhere (the session, a template, another middleware) reaches the error
page of Django, `views.fouten.fout`, which gives the same answer.
"""

import logging

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from django.template.loader import render_to_string

from sociaalhuis.context import huis_zonder_databank

logger = logging.getLogger(__name__)

WACHT = "30"  # seconds
GEHEIM = {"password", "password1", "password2", "oldpassword", "wachtwoord", "code", "sleutel"}
MEEST = 200_000  # characters of text that the page carries


def is_storing(fout):
    """True when an error means that the database cannot be reached (and not that a statement was wrong)."""
    return isinstance(fout, (OperationalError, InterfaceError))


def velden(request):
    """The fields of the form that was sent, as a list of (name, value), to carry in the page.

    Empty for a reading, a form with a secret in it, or more text than fits. Files are left out.
    """
    if request.method != "POST":
        return []
    try:
        paren = [(naam, waarde) for naam, waarden in request.POST.lists() for waarde in waarden]
    except (MultiPartParserError, RawPostDataException, SuspiciousOperation, UnreadablePostError):
        return []
    if GEHEIM.intersection(request.POST) or sum(len(waarde) for _, waarde in paren) > MEEST:
        return []
    return paren


def antwoord(request):
    """The 503 page. Asks nothing of the database."""
    logger.warning("database away: 503 for %s", request.method)
    connection.close()
    carried = velden(request)
    inhoud = {
        "huis": huis_zonder_databank(),
        "aangemeld": False,
        "demo": settings.DEMO,
        "velden": carried,
        "adres": request.get_full_path() if carried else "",
        "bestanden": bool(carried and request.FILES),
    }
    response = HttpResponse(render_to_string("fouten/503.html", inhoud), status=503)
    response["Retry-After"] = WACHT
    return response


class DatabaseWeg:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return antwoord(request) if is_storing(exception) else None
