"""Pages with a form, compressed for who comes in: a first look stays within 40 KB.

Public pages are compressed by the front cache, which never keeps a page with a form. Only a GET without a session is
compressed here: the one secret in such a page is the form's token, which Django masks anew in every answer. What is
shown in a session is never compressed. See docs/besluiten/0009-compressie.md.
"""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware


class Klein(GZipMiddleware):
    def process_response(self, request, response):
        if (
            request.method == "GET"
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and settings.SESSION_COOKIE_NAME not in response.cookies
            and "no-store" in response.get("Cache-Control", "")
        ):
            return super().process_response(request, response)
        return response
