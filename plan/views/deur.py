"""Who looks, and the plan they may see."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from plan.models import Plan


def bezoeker(request):
    """The user, without touching the session of a visitor who has none (plain pages stay free of cookies)."""
    return request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else AnonymousUser()


def plan_of_404(request, slug):
    return get_object_or_404(Plan.objects.zichtbaar_voor(bezoeker(request)), slug=slug)
