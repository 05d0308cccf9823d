"""What else the site has for the words of a question: life events, places, organisations and parts of the plan.

Only by words, all of them, and only what anyone may see. One query; which plan counts now is kept by version.
"""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse

from loket.models import Levensgebeurtenis
from loket.zoek.vraag import LIJKT
from loket.zoek.woordelijk import zwaarste
from plan.models import Onderdeel, Plan
from sociaalhuis.models import Locatie, Organisatie
from sociaalhuis.versie import bij_versie

MEESTE, MEESTE_PER_SOORT = 5, 2
VELDEN = ["op_soort", "op_naam", "op_zin", "op_adres"]
NAMEN = {
    "wegwijzer": "Wegwijzer",
    "locatie": "Plek",
    "organisatie": "Organisatie",
    "garantie": "Belofte in het plan",
    "actie": "Actie in het plan",
}


@dataclass(frozen=True)
class Vondst:
    """A line below the services: what kind of thing it is, its name, one sentence (may be empty) and where it is."""

    soort: str
    naam: str
    zin: str
    url: str


@bij_versie
def plan_nu(nummer):
    """The plan that counts now and that anyone may read, or None."""
    return Plan.objects.huidig()


def vind_elders(nummer, groepen):
    """At most `MEESTE` of `Vondst` that have every word of a question (its `Groep`s), best first."""
    woorden = " & ".join(groep.samen(LIJKT) for groep in zwaarste(groepen))
    if not woorden:
        return []
    vraag = SearchQuery(woorden, config="dutch", search_type="raw")
    plan = plan_nu(nummer)
    delen = Onderdeel.objects.filter(plan=plan) if plan else Onderdeel.objects.none()
    eerste, *andere = [
        _van("wegwijzer", Levensgebeurtenis.objects.gepubliceerd(), vraag, "titel", "kort", "slug"),
        _van("locatie", Locatie.objects.getoond(), vraag, "naam", "wat", "slug"),
        _van("organisatie", Organisatie.objects.erkend(), vraag, "naam", "omschrijving", "code"),
        _van("garantie", delen.van_soort(Onderdeel.Soort.GARANTIE), vraag, "titel", "korte_omschrijving", "code"),
        _van("actie", delen.van_soort(Onderdeel.Soort.ACTIE), vraag, "titel", "korte_omschrijving", "code"),
    ]
    samen = eerste.union(*andere, all=True).order_by("-op_past", "op_soort", "op_naam")[:MEESTE]
    return [Vondst(NAMEN[soort], naam, zin, _adres(soort, code, plan)) for soort, naam, zin, code, _ in samen]


def _van(soort, rijen, vraag, naam, zin, adres):
    """The best few rows of one kind as `VELDEN` and how well they fit."""
    tekst = SearchVector(naam, weight="A", config="dutch") + SearchVector(zin, weight="C", config="dutch")
    gevonden = rijen.annotate(
        op_tekst=tekst,
        op_soort=Value(soort, CharField()),
        op_naam=Cast(naam, CharField()),
        op_zin=Cast(zin, CharField()),
        op_adres=Cast(adres, CharField()),
        op_past=SearchRank(F("op_tekst"), vraag),
    ).filter(op_tekst=vraag)
    return gevonden.order_by("-op_past", "op_naam").values_list(*VELDEN, "op_past")[:MEESTE_PER_SOORT]


def _adres(soort, code, plan):
    match soort:
        case "wegwijzer":
            return reverse("loket:wegwijzer_begin", args=[code])
        case "locatie":
            return reverse("loket:locatie", args=[code])
        case "organisatie":
            return f"{reverse('participatie:organisaties')}#organisatie-{code}"
        case _:
            return reverse(f"plan:{soort}", args=[plan.slug, code])
