"""The receipt: the only page that ever shows the code.

For a visitor the page is the same each time but for four things. It is made once per version of everything public, with
marks where those come; a tenth of the time of asking went to making it anew. What differs is never kept.
"""

import re

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape

from loket.zaak import gevaar, qr
from sociaalhuis import rijksregister, versie
from sociaalhuis.context import het_huis
from sociaalhuis.templatetags.huis import datum, moment
from sociaalhuis.voorraad import Kort

SJABLOON = "loket/ontvangst.html"
# Characters that stand in no text of ours: of the private use area of Unicode.
MERKEN = {"code": "\ue000", "referentie": "\ue001", "geregistreerd": "\ue002", "antwoord": "\ue003"}
MERK = re.compile(f"([{''.join(MERKEN.values())}])")
BLADEN = Kort()


def toon_ontvangst(request, ontvangst, tekst, medewerker=False, kop=""):
    """The receipt of a question (`loket.acties.vraag.Ontvangst`); for an employee the one to hand over."""
    vraag = ontvangst.vraag
    werkdagen = "1 werkdag" if vraag.werkdagen == 1 else f"{vraag.werkdagen} werkdagen"
    eigen = {
        "code": ontvangst.getoonde_code,
        "referentie": vraag.referentie,
        "geregistreerd": moment(vraag.geregistreerd_op),
        "antwoord": f"binnen {werkdagen}, dus uiterlijk op {datum(vraag.uiterlijk_op)}",
    }
    bijzonder = {
        "medewerker": medewerker,
        "kop": kop,
        "gevaar": gevaar.hint(tekst),
        "rijksregister": rijksregister.staat_in(tekst),
    }
    if any(bijzonder.values()) or is_bekend(request):
        return render(request, SJABLOON, {**inhoud(request, vraag, **eigen), **bijzonder, "snel_weg": not medewerker})
    sleutel = (request.scheme, request.get_host(), request.path, vraag.dienst and vraag.dienst.slug)
    delen = BLADEN.neem(versie.van(request), sleutel, lambda: blad(request, vraag))
    waarden = {MERKEN[naam]: escape(waarde) for naam, waarde in eigen.items()}
    return HttpResponse("".join([waarden.get(deel, deel) for deel in delen]))


def is_bekend(request):
    """Whether the page may say something to this visitor alone: who is logged in, or has a message waiting."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def blad(request, vraag):
    """The page of any visitor who asked about the same service, in pieces; each mark is a piece."""
    return MERK.split(render_to_string(SJABLOON, inhoud(request, vraag, **MERKEN), request))


def inhoud(request, vraag, *, code, referentie, geregistreerd, antwoord):
    return {
        "code": code,
        "vraag": vraag,
        "rijen": [
            ("Waar?", request.build_absolute_uri(reverse("loket:opvolgen"))),
            ("Referentie", referentie),
            ("Geregistreerd op", geregistreerd),
            ("Antwoord", antwoord),
            ("Vragen? Bel", het_huis(versie.van(request)).telefoon),
        ],
        "snel_weg": True,
        "qr": qr.svg(),
        "adres": qr.adres(),
    }
