"""Security headers on every response: pages, files, redirects, errors.

The outermost middleware, so nothing passes by it. Pages carry no script or style of their own, so the policy
allows files from this site and nothing else. A response that knows better (a download in a sandbox) sets its own
Content-Security-Policy, which stays. Every page that may belong to someone is `no-store`: nothing of it stays on a
shared computer.
"""

from django.conf import settings
from django.utils.cache import patch_cache_control
from whitenoise.middleware import WhiteNoiseFileResponse

CSP = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self' data:",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
VAST = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    # Also over plain http, where browsers ignore it: behind a proxy this process cannot always tell.
    "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload",
}
COOKIES = frozenset([settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"])


def is_persoonlijk(request, response):
    """True unless this is an answer without cookies to a plain reading without our cookies."""
    return bool(response.cookies) or request.method not in ("GET", "HEAD") or not COOKIES.isdisjoint(request.COOKIES)


def zet_koppen(request, response):
    """Adds the headers that a response lacks; returns it."""
    for naam, waarde in VAST.items():
        response.headers.setdefault(naam, waarde)
    if isinstance(response, WhiteNoiseFileResponse):
        return response
    if is_persoonlijk(request, response):
        patch_cache_control(response, no_store=True, private=True)
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


class Koppen:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return zet_koppen(request, self.get_response(request))
