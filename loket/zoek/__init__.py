"""Search over the catalogue: by words, and by meaning where the words say too little or are not Dutch.

- `woordelijk` finds by words, with synonyms, parts of compounds and spelling from the site's own words.
- `betekenis` finds by meaning. It is asked only when no service fits the words well, or the question is in another
  language (`taal`).
- Both are added up per service. Of services with the same title only the first keeps its place: the others step back
  for other answers.

Nothing of a question is kept, see `loket.acties.nulzoek` for the counted misses.
"""

import re
from dataclasses import dataclass, field

from loket.models import Dienst, Woord
from loket.zoek import thesaurus as synoniemen
from loket.zoek.betekenis import dichtst
from loket.zoek.taal import Taal, taal_van
from loket.zoek.taalwoorden import vertaald
from loket.zoek.vraag import ontleed
from loket.zoek.woordelijk import Treffer, vind_woorden
from loket.zoek.woorden import genormaliseerd
from sociaalhuis import versie

MEESTE_TREFFERS = 500
PAST_GOED = 0.7  # from here on the words say enough
BETEKENIS_TELT, WOORDEN_TELLEN = 1.6, 1.25  # a factor and a power
WOORDEN_IN_ANDERE_TAAL = 0.3
ONZIN = 0.15  # likeness below which a service found by meaning alone is no answer
HERHAALD = 0.7
ZWAK = 0.3  # when neither the words fit better nor the meaning is nearer, nothing found answers the question
KOPIE = re.compile(r"^kopie van ")


@dataclass
class Uitslag:
    """Keys of services, best first; stems for marking; what may have been meant; the language, None for Dutch."""

    pks: list = field(default_factory=list)
    stammen: set = field(default_factory=set)
    bedoelde: str = ""
    taal: Taal | None = None
    zwak: bool = False  # something was found, but nothing that fits
    groepen: list = field(default_factory=list)  # the words, for what else there is; none of another language


def vind(tekst, *, nummer=None, thesaurus=None, hoogstens=MEESTE_TREFFERS):
    """The `Uitslag` of what someone typed, for published services.

    `nummer` is the public version when the caller knows it; `thesaurus` replaces the synonyms of the site.
    """
    nummer = versie.huidige_versie() if nummer is None else nummer
    taal = taal_van(tekst, woorden_van_de_site)
    nederlands = " ".join(vertaald(nummer, taal.code, tekst)) if taal else ""
    thesaurus = synoniemen.van_versie(nummer) if thesaurus is None else thesaurus
    vraag = ontleed(nederlands or tekst, thesaurus)
    treffers = vind_woorden(vraag.groepen, hoogstens)
    naast = []
    if taal or max((treffer.past for treffer in treffers), default=0) < PAST_GOED:
        naast = dichtst(nummer, nederlands or tekst)
    deel = WOORDEN_IN_ANDERE_TAAL if taal and not nederlands else 1
    pks = _samen(treffers, naast, taal, deel, genormaliseerd(" ".join(tekst.split())))[:hoogstens]
    past = max([*(treffer.past for treffer in treffers), *(waarde for *_, waarde in naast)], default=0)
    zwak = bool(pks) and past < ZWAK
    groepen = vraag.groepen if nederlands or not taal else []
    return Uitslag(pks, set() if taal else vraag.stammen, "" if taal else vraag.bedoelde, taal, zwak, groepen)


def zoek(tekst, *, hoogstens=20):
    """Published services for what someone typed, best first."""
    pks = vind(tekst, hoogstens=hoogstens).pks[:hoogstens]
    per_pk = Dienst.objects.gepubliceerd().in_bulk(pks)
    return [per_pk[pk] for pk in pks if pk in per_pk]


def woorden_van_de_site(woorden):
    """Those of the words that the town itself uses."""
    gezocht = {genormaliseerd(woord): woord for woord in woorden}
    return {gezocht[bekend] for bekend in Woord.objects.filter(pk__in=gezocht).values_list("pk", flat=True)}


def _samen(treffers: list[Treffer], naast, taal, deel, gevraagd):
    """Keys by the sum of how well the words fit and how near the meaning is; who typed a title gets it first."""
    for treffer in treffers:
        treffer.past += KOPIE.sub("", treffer.titel) == gevraagd
    if not naast:
        return _wissel_af([(treffer.pk, treffer.titel, treffer.gewicht * treffer.past) for treffer in treffers])
    gelijkenis = {pk: waarde for pk, _, _, waarde in naast}
    minst = naast[-1][3]
    rijen = [
        (t.pk, t.titel, t.gewicht * (deel * t.past**WOORDEN_TELLEN + BETEKENIS_TELT * gelijkenis.get(t.pk, minst)))
        for t in treffers
    ]
    gezien = {treffer.pk for treffer in treffers}
    rijen += [
        (pk, titel, gewicht * BETEKENIS_TELT * waarde)
        for pk, titel, gewicht, waarde in naast
        if pk not in gezien and (treffers or taal or waarde >= ONZIN)
    ]
    return _wissel_af(rijen)


def _wissel_af(rijen):
    """Keys of (key, title, points), best first, where every next service with the same title counts for less."""
    eerder, uit = {}, []
    for pk, titel, punten in sorted(rijen, key=lambda rij: (-rij[2], rij[0])):
        kop = KOPIE.sub("", titel)
        uit.append((-punten * HERHAALD ** eerder.get(kop, 0), pk))
        eerder[kop] = eerder.get(kop, 0) + 1
    return [pk for _, pk in sorted(uit)]
