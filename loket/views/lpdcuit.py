"""Our services as a Linked Data Event Stream: versions that never change, in pages, as JSON-LD or Turtle. Public."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from loket.lpdc.uit import LBLOD, als_jsonld, als_turtle
from loket.models import Lpdcversie

PER_BLAD = 100
VORMEN = {"jsonld": ("application/ld+json", als_jsonld), "ttl": ("text/turtle", als_turtle)}


@require_safe
def stroom(request, vorm=""):
    """The event stream itself: how versions are told apart, and where its first page is."""
    document = {**_stroom(), "view": _adres(0)}
    return _antwoord(request, vorm, document, blijft=False)


@require_safe
def blad(request, nummer, vorm=""):
    """One page of versions, oldest first. A full page never changes again."""
    begin = nummer * PER_BLAD
    versies = list(Lpdcversie.objects.order_by("pk")[begin : begin + PER_BLAD + 1])
    if not versies and nummer:
        raise Http404
    relaties = [_relatie(nummer - 1)] if nummer else []
    if len(versies) > PER_BLAD:
        relaties.append(_relatie(nummer + 1))
    knoop = {"@id": _adres(nummer), "@type": "Node"} | ({"relation": relaties} if relaties else {})
    document = {**_stroom(), "view": knoop, "member": [_lid(versie) for versie in versies[:PER_BLAD]]}
    return _antwoord(request, vorm, document, blijft=len(versies) > PER_BLAD)


def blad_vorm(request, nummer, vorm):
    return blad(request, int(nummer), vorm)


def _stroom():
    return {
        "@id": settings.SITE_URL + reverse("loket:ldes"),
        "@type": "EventStream",
        "timestampPath": "prov:generatedAtTime",
        "versionOfPath": "dct:isVersionOf",
    }


def _lid(versie):
    uri = f"{LBLOD}public-service-snapshot/{versie.snapshot}"
    return {"@id": uri, **versie.inhoud, "generatedAtTime": versie.gemaakt_op.isoformat()}


def _adres(nummer):
    return settings.SITE_URL + reverse("loket:ldes_blad", args=[nummer])


def _relatie(nummer):
    return {"@type": "Relation", "node": _adres(nummer)}


def _antwoord(request, vorm, document, blijft):
    soort, schrijf = VORMEN[vorm or _gevraagd(request)]
    antwoord = HttpResponse(schrijf(document), content_type=f"{soort}; charset=utf-8")
    antwoord["Cache-Control"] = "public, max-age=31536000, immutable" if blijft else "public, max-age=60"
    antwoord["Vary"] = "Accept"
    return antwoord


def _gevraagd(request):
    """The form that the Accept header likes best; JSON-LD when it does not say."""
    liefst = request.get_preferred_type([soort for soort, _ in VORMEN.values()])
    return next((vorm for vorm, (soort, _) in VORMEN.items() if soort == liefst), "jsonld")
