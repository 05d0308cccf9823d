"""Filters for pages about questions. They ask nothing of the database."""

from django import template

from loket.models.staat import Staat
from sociaalhuis import rijksregister

register = template.Library()

SOORT = {
    Staat.NIEUW: "nieuw",
    Staat.IN_BEHANDELING: "bezig",
    Staat.WACHT_OP_VRAGER: "wacht",
    Staat.GEPARKEERD: "wacht",
    Staat.BEANTWOORD: "goed",
    Staat.AFGESLOTEN: "rustig",
    Staat.INGETROKKEN: "rustig",
}
VOOR_VRAGER = {
    Staat.NIEUW: "We hebben je vraag. Nog niemand las ze.",
    Staat.IN_BEHANDELING: "Iemand werkt aan je vraag.",
    Staat.WACHT_OP_VRAGER: "We wachten op jou. Schrijf je terug?",
    Staat.GEPARKEERD: "We wachten op iets of iemand voor we verder kunnen. We vergeten je niet.",
    Staat.BEANTWOORD: "Er is een antwoord.",
    Staat.AFGESLOTEN: "Je vraag is afgesloten.",
    Staat.INGETROKKEN: "Je hebt je vraag ingetrokken.",
}


@register.filter
def soort_van_staat(staat):
    """The kind of label (`onderdelen/_toestand.html`) that shows this state."""
    return SOORT.get(staat, "rustig")


@register.filter
def voor_vrager(staat):
    """The state as a sentence for the one who asked."""
    return VOOR_VRAGER.get(staat, "")


@register.filter
def gemaskeerd(tekst):
    """The text with every national number replaced by dots."""
    return rijksregister.gemaskeerd(tekst)


@register.filter
def dagen(aantal):
    """0 -> 'vandaag', 1 -> '1 dag', 5 -> '5 dagen'."""
    return "vandaag" if aantal == 0 else f"{aantal} dag" if aantal == 1 else f"{aantal} dagen"


@register.filter
def termijn_in_maanden(aantal):
    """1 -> '1 maand', 3 -> '3 maanden', 12 -> '1 jaar', 120 -> '10 jaar'; 18 stays '18 maanden'."""
    if aantal % 12 == 0:
        return f"{aantal // 12} jaar"
    return "1 maand" if aantal == 1 else f"{aantal} maanden"
