"""The page of one service, and the list of all of them."""

from itertools import groupby

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.catalogus import jsonld
from loket.catalogus.blad import blad_onder, lees_blad
from loket.models import Dienst
from loket.rooster.aanbod import voor_dienst
from loket.rooster.plek import plekken
from sociaalhuis import versie
from sociaalhuis.context import het_huis
from sociaalhuis.versie import bij_versie


@require_safe
def dienst(request, slug):
    """A published service; who works on the catalogue also sees a draft here, as it will look."""
    nummer = versie.van(request)
    blad = blad_voor(request, slug)
    huis = het_huis(nummer)
    context = {
        "dienst": blad,
        "plekken": [plek for pk, plek in plekken(nummer).items() if pk in blad.locaties] if blad.locaties else [],
        "afspraak_kan": bool(voor_dienst(nummer, blad.slug, [thema["code"] for thema in blad.themas])),
        "jsonld": jsonld.dienst(blad, huis, f"{request.scheme}://{request.get_host()}"),
        "snel_weg": True,
    }
    return render(request, "loket/dienst.html", context)


def blad_voor(request, slug):
    """The `Blad` that this visitor may see. Raises Http404 when there is none."""
    nummer = versie.van(request)
    blad = lees_blad(slug, ook_ontwerp=True) if _ziet_ontwerpen(request) else blad_onder(nummer, slug)
    if blad is None:
        raise Http404
    return blad


def _ziet_ontwerpen(request):
    """Asks for the user only when there is a session, so a visitor's page stays the same for everyone."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("loket.view_dienst")


@bij_versie
def van_a_tot_z(nummer):
    """List of (letter, [(title, slug)]) of all published services, in the order of the alphabet."""
    rijen = (
        Dienst.objects.gepubliceerd().order_by("zoekrij__titel", "pk").values_list("zoekrij__titel", "titel", "slug")
    )
    return [
        (letter, [(titel, slug) for _, titel, slug in groep])
        for letter, groep in groupby(rijen, key=lambda rij: _letter(rij[0]))
    ]


def _letter(titel):
    eerste = next((teken for teken in titel or "" if teken.isalnum()), "")
    return eerste.upper() if eerste.isalpha() else "0-9"


@require_safe
def alles(request):
    return render(request, "loket/diensten.html", {"letters": van_a_tot_z(versie.van(request)), "snel_weg": True})
