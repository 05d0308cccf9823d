"""Error pages: Dutch, with a reference number, telling nothing about the inside.

The number is also in the log, so whoever is told it can find what happened. Nothing that was typed is logged.
"""

import logging
import secrets
import sys

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sociaalhuis.context import huis_zonder_databank
from sociaalhuis.middleware import storing

logger = logging.getLogger(__name__)


def referentie(request, status):
    """A new reference number, written in the log together with the name of the page."""
    nummer = secrets.token_hex(4).upper()
    match = getattr(request, "resolver_match", None)
    logger.log(
        logging.ERROR if status >= 500 else logging.INFO,
        "reference %s: %s %s on %s",
        nummer,
        status,
        request.method,
        match.view_name if match else "an unknown address",
    )
    return nummer


def slecht_verzoek(request, exception):
    return render(request, "fouten/400.html", {"referentie": referentie(request, 400)}, status=400)


def geen_toegang(request, exception):
    return render(request, "fouten/403.html", {"referentie": referentie(request, 403)}, status=403)


def niet_gevonden(request, exception):
    return render(request, "fouten/404.html", {"referentie": referentie(request, 404)}, status=404)


def te_vaak(request):
    return render(request, "fouten/429.html", {"referentie": referentie(request, 429)}, status=429)


def csrf(request, reason=""):
    return render(request, "fouten/csrf.html", {"referentie": referentie(request, 403)}, status=403)


def fout(request):
    """Whatever nobody caught. Asks nothing of the database, which may be the reason."""
    if storing.is_storing(sys.exc_info()[1]):
        return storing.antwoord(request)
    inhoud = {
        "huis": huis_zonder_databank(),
        "aangemeld": False,
        "demo": settings.DEMO,
        "referentie": referentie(request, 500),
    }
    return HttpResponse(render_to_string("fouten/500.html", inhoud), status=500)
