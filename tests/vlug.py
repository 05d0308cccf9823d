"""Thousands of pages of which only a little is looked at, made without the rest.

The test client keeps a copy of the context of every template, that of each field of a form too; and the page that says no
is the same every time. Neither is looked at by a walk past every address.
"""

import contextlib
import copy
from unittest import mock

from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse
from django.template import Template

from sociaalhuis import rollen, urls
from sociaalhuis.views import fouten


@contextlib.contextmanager
def zonder_context():
    """Responses have no `context` or `templates`."""
    with mock.patch.object(Template, "_render", lambda sjabloon, context: sjabloon.nodelist.render(context)):
        yield


@contextlib.contextmanager
def alleen_de_status():
    """As `zonder_context`, and each visitor gets the real 403 and 404 once per method and part of the portal, so that a
    page that breaks is still a 500; after that a page with nothing but its status."""
    gezien = set()

    def eens(echt, status):
        def antwoord(request, exception):
            wie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
            keer = (status, wie, request.method, request.path.split("/")[1])
            if keer in gezien:
                return HttpResponse(status=status)
            gezien.add(keer)
            return echt(request, exception)

        return antwoord

    paginas = {"handler403": eens(fouten.geen_toegang, 403), "handler404": eens(fouten.niet_gevonden, 404)}
    with zonder_context(), mock.patch.multiple(urls, **paginas):
        yield


@contextlib.contextmanager
def eenmaal_ingelezen():
    """Who is logged in is read once per session, with roles and permissions, and each request gets a fresh copy; for
    requests that change nothing of users, or are undone. A session that ended during a request is nobody, as always."""
    echt, gelezen = auth.get_user, {}

    def gebruiker_van(request):
        sleutel = request.session.get(auth.SESSION_KEY) and request.session.session_key
        if not sleutel:
            return echt(request)
        if sleutel not in gelezen:
            gelezen[sleutel] = echt(request)
            gelezen[sleutel].get_all_permissions()
            rollen.rollen_van(gelezen[sleutel])
        return copy.copy(gelezen[sleutel])

    with mock.patch.object(auth, "get_user", gebruiker_van):
        yield
