"""Sessions end in time, and staff have a second factor.

Both look only at requests that bring a session cookie; a plain page never touches the session.
"""

import time

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from sociaalhuis.rollen import is_medewerker

BEGONNEN, GEZIEN = "begonnen", "gezien"
AANRAKEN = 60  # seconds: a session is written at most this often just because it is used


def is_voorbij(sessie, idle_minuten, nu):
    """True when a session was idle for too long, or has lasted its longest. A session without marks is new."""
    return (
        nu - sessie.get(GEZIEN, nu) >= idle_minuten * 60
        or nu - sessie.get(BEGONNEN, nu) >= settings.ABSOLUTE_UREN * 3600
    )


def merk(sessie, nu):
    """Writes in a session when it began and when it was last seen."""
    if BEGONNEN not in sessie:
        sessie[BEGONNEN] = nu
    if nu - sessie.get(GEZIEN, 0) >= AANRAKEN:
        sessie[GEZIEN] = nu


class SessieGrens:
    """Ends sessions that were idle for too long or have lasted too long; the visitor goes on without one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.session.is_empty():
            medewerker = is_medewerker(request.user)
            idle = settings.IDLE_MINUTEN_MEDEWERKER if medewerker else settings.IDLE_MINUTEN_BEZOEKER
            if is_voorbij(request.session, idle, time.time()):
                request.session.flush()
                request.user = request._cached_user = AnonymousUser()
        response = self.get_response(request)
        if request.session.accessed and not request.session.is_empty():
            merk(request.session, int(time.time()))
        return response


class TweedeFactor:
    """Sends staff without a second factor to the page where they set it up, and nowhere else."""

    VRIJ = ("account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate", "huis_css")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if (
            settings.TWEEDE_FACTOR_VERPLICHT
            and settings.SESSION_COOKIE_NAME in request.COOKIES
            and request.resolver_match.view_name not in self.VRIJ
            and is_medewerker(request.user)
            and not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
        ):
            response = redirect("mfa_activate_totp")
            add_never_cache_headers(response)
            return response
        return None
