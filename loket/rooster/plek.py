"""A place as pages show it, with its hours of this moment; all places together, kept under the public version."""

from collections import defaultdict
from dataclasses import dataclass

from loket.models import Dienst
from sociaalhuis import openingen, uren
from sociaalhuis.context import het_huis
from sociaalhuis.models import Huis, Locatie
from sociaalhuis.models.locatie import VOORZIENINGEN, Antwoord
from sociaalhuis.versie import bij_versie


@dataclass(frozen=True)
class Plek:
    """`diensten` are (title, slug) of what people can come for; what depends on the hour is computed when asked."""

    locatie: Locatie
    huis: Huis
    afwijkingen: tuple
    diensten: list

    @property
    def van(self):
        """Where address and hours stand: the house itself, or the row of the place."""
        return self.huis if self.locatie.is_huis else self.locatie

    @property
    def adres(self):
        straat = " ".join(filter(None, [self.van.straat, self.van.huisnummer]))
        return ", ".join(filter(None, [straat, " ".join(filter(None, [self.van.postcode, self.van.gemeente]))]))

    @property
    def telefoon(self):
        return self.locatie.telefoon or (self.huis.telefoon if self.locatie.is_huis else "")

    @property
    def email(self):
        return self.locatie.email or (self.huis.email if self.locatie.is_huis else "")

    @property
    def nu_open(self):
        return uren.toestand(self.van.openingsuren, afwijkingen=self.afwijkingen)

    @property
    def uren_per_dag(self):
        return uren.per_dag(self.van.openingsuren)

    @property
    def andere_uren(self):
        return uren.anders(self.van.openingsuren, self.afwijkingen)

    @property
    def voorzieningen(self):
        """What is known about getting in and around: list of (name, answer, sentence); what nobody knows comes last."""
        lijst = [
            (naam, getattr(self.locatie, veld), getattr(self.locatie, f"{veld}_uitleg"))
            for veld, naam in VOORZIENINGEN.items()
        ]
        return sorted(lijst, key=lambda rij: rij[1] == Antwoord.ONBEKEND)

    @property
    def aanwezig(self):
        """What helps to get in, as one line: 'Zonder trappen binnen, lift, bushalte dichtbij'; empty when nothing is known."""
        return ", ".join(
            naam.lower() for naam, antwoord, _ in self.voorzieningen if antwoord == Antwoord.JA
        ).capitalize()


@bij_versie
def plekken(nummer):
    """Dict of key to `Plek`, in their order: every place that people may see."""
    huis, afwijkingen = het_huis(nummer), openingen.afwijkingen(nummer)
    diensten = defaultdict(list)
    rijen = Dienst.objects.gepubliceerd().filter(locaties__isnull=False).order_by("titel", "pk")
    for titel, slug, locatie in rijen.values_list("titel", "slug", "locaties"):
        diensten[locatie].append((titel, slug))
    return {
        locatie.pk: Plek(locatie, huis, afwijkingen(locatie.pk), diensten[locatie.pk])
        for locatie in Locatie.objects.getoond().select_related("gebied")
    }


def dichtbij(nummer, slugs, gebieden=(), meest=2):
    """The places where these services (slugs) are given: most of them first, then in one of the areas (codes), then open now.

    An empty list when no place names them: then it is the house.
    """
    gevraagd = set(slugs)
    per_plek = [(len(gevraagd & {slug for _, slug in plek.diensten}), plek) for plek in plekken(nummer).values()]
    geschikt = [(aantal, plek) for aantal, plek in per_plek if aantal]

    def orde(paar):
        aantal, plek = paar
        in_gebied = bool(plek.locatie.gebied and plek.locatie.gebied.code in gebieden)
        return (-aantal, not in_gebied, not plek.nu_open.open)

    return [plek for _, plek in sorted(geschikt, key=orde)[:meest]]


def per_buurt(alle):
    """The places grouped for a list: [(name of the neighbourhood or '', [Plek])], in the order of the areas."""
    groepen = defaultdict(list)
    for plek in alle:
        groepen[plek.locatie.gebied].append(plek)
    op_volgorde = sorted(groepen, key=lambda gebied: (gebied is None, gebied and gebied.volgorde, str(gebied)))
    return [(gebied, groepen[gebied]) for gebied in op_volgorde]
