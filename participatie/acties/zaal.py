"""The places of a meeting. Every function here wants the row of the meeting held (`select_for_update`)."""

from django.db.models import Sum
from django.urls import reverse

from participatie.models import Inschrijving
from participatie.staat import ga_naar
from sociaalhuis.post.brief import stuur_brief


def bezet(overleg):
    """How many people have a place now."""
    return overleg.inschrijvingen.met_plaats().filter(onaangekondigd=False).aggregate(n=Sum("aantal"))["n"] or 0


def past(overleg, aantal):
    """Whether so many more people fit."""
    return overleg.plaatsen is None or bezet(overleg) + aantal <= overleg.plaatsen


def schuif_op(overleg):
    """Gives free places to who waits, first come first; a group that does not fit lets a smaller one go before."""
    if not overleg.is_open:
        return
    for inschrijving in overleg.inschrijvingen.wachtlijst().select_related("dossiersleutel", "gebruiker"):
        if past(overleg, inschrijving.aantal):
            ga_naar(inschrijving, Inschrijving.Staat.INGESCHREVEN)
            mail(inschrijving, "plaats", "Er is een plaats vrij", "Er kwam een plaats vrij. Je bent nu ingeschreven:")


def mail(inschrijving, gebeurtenis, onderwerp, tekst):
    """A mail to who registered, once per occasion; nothing when nobody knows the address (any more)."""
    aan, sleutel, pad = adres(inschrijving)
    if aan and not inschrijving.teken:
        stuur_brief(
            sleutel=f"inschrijving-{inschrijving.pk}-{gebeurtenis}",
            aan=aan,
            dossiersleutel=sleutel,
            onderwerp=onderwerp,
            tekst=tekst,
            pad=pad,
            referentie=inschrijving.referentie,
        )


def adres(inschrijving):
    """(e-mail or '', key under which it is kept or None, page) of who registered."""
    if inschrijving.gebruiker_id:
        actief = inschrijving.gebruiker.is_active
        return (inschrijving.gebruiker.email if actief else ""), None, mijn_pad(inschrijving.overleg_id)
    if not inschrijving.dossiersleutel or inschrijving.dossiersleutel.gewist_op or not inschrijving.email:
        return "", None, ""
    return inschrijving.email, inschrijving.dossiersleutel, inschrijving.bewijs_url


def mijn_pad(overleg_pk):
    """Where somebody with a login finds this meeting: behind the login, so that a mail opens for who is logged out."""
    return f"{reverse('participatie:mijn_overleg')}#overleg-{overleg_pk}"
