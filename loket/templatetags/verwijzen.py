"""What pages of others show of referrals."""

from django import template

from loket.models.staat import Stap
from loket.models.verwijzing import Aandacht, Veld
from loket.verwijzen.woorden import SOORT, zin_voor_vrager

register = template.Library()


@register.simple_tag
def verwijzingen_van(vraag):
    """The referrals of a case, newest first: one query."""
    rijen = list(vraag.doorverwijzingen.select_related("organisatie").order_by("-gemaakt_op", "-pk"))
    for rij in rijen:
        rij.vraag = vraag
    return rijen


@register.filter
def soort_van_verwijzing(staat):
    """The kind of label (`onderdelen/_toestand.html`) that shows this state."""
    return SOORT.get(staat, "rustig")


@register.filter
def verwijsmerk(aandacht):
    """The mark of a referral in words: 'geweigerd' -> 'De partner weigerde'."""
    return Aandacht(aandacht).label


@register.filter
def zin(verwijzing):
    """The state as a sentence for the client."""
    return zin_voor_vrager(verwijzing)


@register.filter
def mag_doorverwijzen(vraag):
    return vraag.kan(Stap.VERWIJS)


@register.filter
def naam_van_veld(veld):
    """'telefoon' -> 'Telefoonnummer'."""
    return Veld(veld).label
