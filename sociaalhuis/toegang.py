"""Doors: who may come in at all. What is *yours* is decided by `zichtbaar_voor()` of the model.

Not logged in: to the login page. Logged in without the role: the same 404 as a page that does not exist.
"""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404

from sociaalhuis.rollen import heeft_rol


def alleen_rol(*rollen):
    """View decorator: lets in users with one of the roles; raises Http404 for other users."""

    def decorator(view):
        @wraps(view)
        @login_required
        def bewaakt(request, *args, **kwargs):
            if not heeft_rol(request.user, *rollen):
                raise Http404
            return view(request, *args, **kwargs)

        bewaakt.rollen = rollen
        return bewaakt

    return decorator
