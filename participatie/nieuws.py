"""What participation shows on the home page."""

from django.db.models import F, Q
from django.db.models.functions import Length

from participatie.models import Antwoord, Ronde


def rondes():
    """The rounds that may be open now or later: their clock is read when the page is made."""
    return list(Ronde.objects.openbaar().filter(antwoorden_gepubliceerd_op=None).order_by("sluit_op"))


def nieuws(rondes):
    """The open ones among these rounds as news: list of dicts with `titel`, `tekst` and `url`."""
    return [
        {
            "titel": ronde.titel,
            "tekst": f"{ronde.nog} om mee te praten. {ronde.vraag}",
            "url": ronde.get_absolute_url(),
        }
        for ronde in rondes
        if ronde.is_open
    ]


def voorbeeld():
    """One real input that was taken over, from question to change, or None: dict of texts and `url`.

    Of the last answered round; short words of an organisation first, because those read best on a home page.
    """
    antwoord = (
        Antwoord.objects.openbaar()
        .filter(besluit=Antwoord.Besluit.OVERGENOMEN)
        .exclude(wijziging="")
        .filter(inbreng__gewist_op=None)
        .select_related("inbreng__ronde", "inbreng__organisatie")
        .defer("inbreng__email")
        .annotate(van_inwoner=Q(inbreng__organisatie=None), lengte=Length("inbreng__tekst"))
        .order_by(F("inbreng__ronde__antwoorden_gepubliceerd_op").desc(), "van_inwoner", "lengte", "pk")
        .first()
    )
    if antwoord is None:
        return None
    return {
        "vraag": antwoord.inbreng.tekst,
        "van": antwoord.inbreng.van,
        "besluit": antwoord.reden,
        "wijziging": antwoord.wijziging,
        "url": antwoord.inbreng.get_absolute_url(),
    }
