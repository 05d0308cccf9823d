"""The text of a round, part by part, with at every paragraph a quiet way to react on it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participatie import rondetekst
from participatie.models import Ronde
from participatie.rechten import RONDEWERKERS
from participatie.views.rondes import mag_achter_de_schermen
from sociaalhuis.rollen import heeft_rol


def ronde_voor(request, slug):
    """The round that this visitor may read, with its plan; looks at the user only when there is a session."""
    achter = mag_achter_de_schermen(request) and heeft_rol(request.user, *RONDEWERKERS)
    rondes = Ronde.objects.zichtbaar_voor(request.user) if achter else Ronde.objects.openbaar()
    return get_object_or_404(rondes.select_related("plan"), slug=slug)


@require_safe
def inhoud(request, slug):
    """Which parts there are, and how many reactions each got."""
    ronde = ronde_voor(request, slug)
    hoofdstukken = rondetekst.hoofdstukken(rondetekst.lees(ronde))
    return render(request, "participatie/tekst.html", {"ronde": ronde, "hoofdstukken": hoofdstukken})


@require_safe
def deel(request, slug, code):
    """One guarantee with all below it, or the texts of the plan itself."""
    ronde = ronde_voor(request, slug)
    tekst = rondetekst.lees(ronde)
    delen = rondetekst.delen(tekst, code)
    if not delen:
        raise Http404
    hoofdstukken = rondetekst.hoofdstukken(tekst)
    plaats = next(nummer for nummer, rij in enumerate(hoofdstukken) if rij[0] == code)
    return render(
        request,
        "participatie/tekst_deel.html",
        {
            "ronde": ronde,
            "delen": delen,
            "titel": hoofdstukken[plaats][1],
            "code": code,
            "vorige": hoofdstukken[plaats - 1] if plaats else None,
            "volgende": hoofdstukken[plaats + 1] if plaats + 1 < len(hoofdstukken) else None,
        },
    )
