"""The portal reads (GET, HEAD) and receives forms (POST). Nothing else is ever asked of it."""

from django.http import HttpResponseNotAllowed

METHODEN = ["GET", "HEAD", "POST"]


class Methoden:
    """Answers 405 to any other method, before anything of the portal runs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODEN:
            return HttpResponseNotAllowed(METHODEN)
        return self.get_response(request)
