"""Where people can go: all places per neighbourhood, and the page of one."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.rooster.plek import per_buurt, plekken
from sociaalhuis import versie


@require_safe
def locaties(request):
    alle = plekken(versie.van(request)).values()
    return render(request, "loket/locaties.html", {"buurten": per_buurt(alle), "snel_weg": True})


@require_safe
def locatie(request, slug):
    plek = next((plek for plek in plekken(versie.van(request)).values() if plek.locatie.slug == slug), None)
    if plek is None:
        raise Http404
    return render(request, "loket/locatie.html", {"plek": plek, "snel_weg": True})
