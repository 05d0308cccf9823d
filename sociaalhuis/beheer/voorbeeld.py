"""How a page of the site would look with what is in the form, before anything is saved.

The form is saved and the page made inside one transaction, which is then undone. Nothing of it is kept: inside a
transaction no page goes into the front cache, and the log is undone with the rest.
"""

from copy import copy

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import resolve

KNOP = "_voorbeeld"
UITLEG = "Dit is een voorbeeld. Er is niets bewaard. Sluit dit tabblad om verder te werken."


class MetVoorbeeld:
    """Mixin for a BeheerAdmin whose objects have a page: the button `_voorbeeld` shows it and keeps nothing."""

    def response_change(self, request, obj):
        return self._toon(request, obj) if KNOP in request.POST else super().response_change(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or KNOP not in request.POST:
            return super().changeform_view(
                request, object_id, form_url, {"voorbeeld": bool(object_id), **(extra_context or {})}
            )
        with transaction.atomic():
            antwoord = super().changeform_view(
                request, object_id, form_url, {"voorbeeld": True, **(extra_context or {})}
            )
            if hasattr(antwoord, "render"):
                antwoord.render()
            transaction.set_rollback(True)
        return antwoord

    def _toon(self, request, obj):
        """The public page of the object as it is now inside this transaction."""
        return zoals_nu(request, self.get_view_on_site_url(obj))


def zoals_nu(request, adres):
    """The page of the site at this address as it is inside this transaction, with a line that says so."""
    pad = adres.partition("#")[0]
    kijker = copy(request)
    kijker.method, kijker.path, kijker.path_info = "GET", pad, pad
    kijker.versie = 0  # keep nothing, and use nothing that was kept
    list(get_messages(request))  # what saving would have said
    messages.info(request, UITLEG)
    gevonden = resolve(pad)
    return gevonden.func(kijker, *gevonden.args, **gevonden.kwargs)
