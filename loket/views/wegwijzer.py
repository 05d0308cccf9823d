"""The signpost: plain pages, one question each, whose addresses tell nothing and stay.

Nothing is kept of who walks here; the address holds the codes of the answers. See docs/besluiten/0011.
"""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from loket.rooster.plek import dichtbij
from loket.wegwijzer import VRAAG
from loket.wegwijzer.boom import antwoorden_van, diensten_onder, loop, vragen_vanaf
from loket.wegwijzer.lezen import diensten_van, gebeurtenissen, weg_in_ontwerp, weg_op_de_site
from sociaalhuis import versie

ONTWERP = "?ontwerp=1"
MEESTE_DIENSTEN = 8


@require_safe
def overzicht(request):
    rijen = gebeurtenissen(versie.van(request))
    return render(request, "loket/wegwijzer.html", {"gebeurtenissen": rijen, "snel_weg": True})


@require_safe
def stap(request, slug, pad=()):
    """The question or the outcome after these answers; an address that no longer fits goes back to where it does."""
    ontwerp = "ontwerp" in request.GET
    weg = _weg(request, slug, ontwerp)
    stand = loop(weg.boom, pad)
    staart = ONTWERP if ontwerp else ""
    if len(stand.codes) < len(pad):
        return redirect(_adres(slug, stand.codes, staart))
    context = {
        "weg": weg,
        "punt": stand.punt,
        "nood": weg.nood or bool(stand.punt and stand.punt["nood"]),
        "gezegd": _gezegd(slug, stand, staart),
        "terug": _adres(slug, stand.codes[:-1], staart) if stand.codes else "",
        "ontwerp": ontwerp,
        "snel_weg": True,
    }
    if stand.punt and stand.punt["soort"] == VRAAG:
        return render(request, "loket/wegwijzer_vraag.html", {**context, **_vraag(weg, stand, staart)})
    return render(request, "loket/wegwijzer_uitkomst.html", {**context, **_uitkomst(request, weg, stand)})


def _weg(request, slug, ontwerp):
    """What citizens see; with `ontwerp`, for who works on the catalogue, the tree as it is being edited."""
    if not ontwerp:
        weg = weg_op_de_site(versie.van(request), slug)
    elif settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("loket.view_levensgebeurtenis"):
        weg = weg_in_ontwerp(slug)
    else:
        weg = None
    if weg is None:
        raise Http404
    return weg


def _adres(slug, codes, staart=""):
    if codes:
        return reverse("loket:wegwijzer_stap", kwargs={"slug": slug, "pad": codes}) + staart
    return reverse("loket:wegwijzer_begin", kwargs={"slug": slug}) + staart


def _gezegd(slug, stand, staart):
    """What was answered so far, each with the address where it is answered anew."""
    return [
        {"vraag": punt["titel"], "antwoord": antwoord["tekst"], "url": _adres(slug, stand.codes[:nummer], staart)}
        for nummer, (punt, antwoord) in enumerate(stand.gelopen)
    ]


def _vraag(weg, stand, staart):
    nummer = len(stand.codes) + 1
    return {
        "nummer": nummer,
        "hoogstens": nummer - 1 + vragen_vanaf(weg.boom, stand.sleutel),
        "antwoorden": [
            {**antwoord, "url": _adres(weg.slug, [*stand.codes, antwoord["code"]], staart)}
            for antwoord in antwoorden_van(stand.punt)
        ],
    }


def _uitkomst(request, weg, stand):
    """The services of an outcome; without one, all that may still fit, next to a person."""
    pks = stand.punt["diensten"] if stand.punt else diensten_onder(weg.boom, stand.sleutel)[:MEESTE_DIENSTEN]
    nummer = versie.van(request)
    diensten = diensten_van(nummer, tuple(pks))
    return {"diensten": diensten, "plekken": dichtbij(nummer, [dienst.slug for dienst in diensten])}
