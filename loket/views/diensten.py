"""The page of one service."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from loket.models import Dienst


@require_safe
def dienst(request, slug):
    return render(request, "loket/dienst.html", {"dienst": get_object_or_404(Dienst.objects.gepubliceerd(), slug=slug)})
