"""Search over the catalogue, in stages: all words, all but one, any, and at last titles that look like the question.

Every stage asks the same index (`Zoekrij.vector`) and ranks by, summed over the groups of `vraag.ontleed`, the rarity of
the word times its best form, times the weight of the service. A next stage is asked only while there are fewer than
`GENOEG` services. Nothing of a question is kept, see `loket.acties.nulzoek` for the counted misses.
"""

from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from loket.models import Dienst
from loket.zoek import thesaurus as synoniemen
from loket.zoek.vraag import ontleed
from sociaalhuis import versie

MEESTE_TREFFERS = 500
GENOEG = 3
GEWICHTEN = "{0.25,0.5,0.5,1}"  # D, C, B, A
KORTSTE_LIJKEND = 5

ZOEK = """
    SELECT z.dienst_id FROM loket_zoekrij z JOIN loket_dienst d ON d.id = z.dienst_id
    WHERE z.vector @@ to_tsquery('dutch'::regconfig, %s)
      AND d.status = 'gepubliceerd' AND (d.einde IS NULL OR d.einde >= %s)
    ORDER BY z.gewicht * ({punten}) DESC, z.dienst_id LIMIT %s
"""
LIJKT_OP_TITEL = """
    SELECT z.dienst_id FROM loket_zoekrij z JOIN loket_dienst d ON d.id = z.dienst_id,
           LATERAL (SELECT max(word_similarity(w, z.titel)) AS gelijkenis FROM unnest(%s::text[]) AS w) AS beste
    WHERE ({een_van})
      AND d.status = 'gepubliceerd' AND (d.einde IS NULL OR d.einde >= %s)
    ORDER BY z.gewicht * beste.gelijkenis DESC, z.dienst_id LIMIT 20
"""


@dataclass
class Uitslag:
    """Keys of services, best first; stems for marking; what may have been meant."""

    pks: list = field(default_factory=list)
    stammen: set = field(default_factory=set)
    bedoelde: str = ""


def vind(tekst, *, nummer=None, thesaurus=None, hoogstens=MEESTE_TREFFERS):
    """The `Uitslag` of what someone typed, for published services.

    `nummer` is the public version when the caller knows it; `thesaurus` replaces the synonyms of the site.
    """
    if thesaurus is None:
        thesaurus = synoniemen.van_versie(versie.huidige_versie() if nummer is None else nummer)
    vraag = ontleed(tekst, thesaurus)
    uitslag = Uitslag(stammen=vraag.stammen, bedoelde=vraag.bedoelde)
    vandaag = timezone.localdate()
    with connection.cursor() as cursor:
        for kandidaten in _trappen(vraag.groepen):
            if len(uitslag.pks) >= GENOEG:
                break
            punten, waarden = _punten(vraag.groepen)
            cursor.execute(ZOEK.format(punten=punten), [kandidaten, vandaag, *waarden, hoogstens])
            gezien = set(uitslag.pks)
            uitslag.pks += [pk for (pk,) in cursor.fetchall() if pk not in gezien]
        lang = [groep.eigen for groep in vraag.groepen if len(groep.eigen) >= KORTSTE_LIJKEND]
        if not uitslag.pks and lang:
            een_van = " OR ".join(["%s <%% z.titel"] * len(lang))
            cursor.execute(LIJKT_OP_TITEL.format(een_van=een_van), [lang, *lang, vandaag])
            uitslag.pks = [pk for (pk,) in cursor.fetchall()]
    return uitslag


def zoek(tekst, *, hoogstens=20):
    """Published services for what someone typed, best first."""
    pks = vind(tekst, hoogstens=hoogstens).pks[:hoogstens]
    per_pk = Dienst.objects.gepubliceerd().in_bulk(pks)
    return [per_pk[pk] for pk in pks if pk in per_pk]


def _trappen(groepen):
    """The tsquery of each stage, strict to loose."""
    if not groepen:
        return []
    samen = [groep.samen for groep in groepen]
    trappen = [" & ".join(samen)]
    if len(samen) > 2:
        trappen.append(" | ".join("(" + " & ".join(samen[:i] + samen[i + 1 :]) + ")" for i in range(len(samen))))
    if len(samen) > 1:
        trappen.append(" | ".join(samen))
    return trappen


def _punten(groepen):
    """SQL of the score of a row, and its values."""
    per_groep, waarden = [], []
    for groep in groepen:
        vormen = ", ".join(["%s * ts_rank(%s, z.vector, to_tsquery('dutch'::regconfig, %s))"] * len(groep.vormen))
        per_groep.append(f"%s * GREATEST({vormen})")
        waarden.append(groep.zeldzaam)
        for vorm, factor in groep.vormen:
            waarden += [factor, GEWICHTEN, vorm]
    return " + ".join(per_groep), waarden
