"""Which theme a search is about, told by the services that mean about the same: for counting what nobody found.

The meanings that the thesaurus gives to the words help, also those that no service has.
"""

from collections import Counter

from loket.models import Dienst
from loket.zoek import thesaurus
from loket.zoek.betekenis import dichtst
from loket.zoek.vraag import betekenissen

NABIJ = 5  # services that have a say
ZEKER = 0.2  # likeness below which nothing is told; noise stays under it


def thema_van(nummer, tekst):
    """Key of a theme, or None when nothing tells. With search by meaning off nothing does."""
    genoemd = betekenissen(tekst, thesaurus.van_versie(nummer))
    naast = [rij for rij in dichtst(nummer, " ".join([tekst, *genoemd]))[:NABIJ] if rij[3] >= ZEKER]
    punten, gelijkenis = Counter(), {pk: waarde for pk, _, _, waarde in naast}
    for dienst, thema in Dienst.themas.through.objects.filter(dienst__in=gelijkenis).values_list("dienst", "thema"):
        punten[thema] += gelijkenis[dienst]
    return max(punten, key=lambda thema: (punten[thema], -thema), default=None)
