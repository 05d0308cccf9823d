"""Search by words, in stages: all words, all but one, any, and at last titles that look like the question.

Every stage asks the same index (`Zoekrij.vector`) and ranks by, summed over the groups of `vraag.ontleed`, the rarity of
the word times its best form, times the weight of the service. A next stage is asked only while there are fewer than
`GENOEG` services.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

GENOEG = 3
GEWICHTEN = "{0.25,0.5,0.5,1}"  # D, C, B, A
VOLLE_RANG = 0.6079  # what ts_rank gives for one word with weight 1
KORTSTE_LIJKEND = 5
LIJKT_TELT = 0.3
STERK = 0.25  # a form that counts for less finds nothing in a strict stage

KANDIDATEN = 300
MEESTE_GROEPEN = 6
TELT_NIET_MEE = 0.2  # a word this much lighter than the heaviest need not be there and finds nothing by itself

# Of a word that thousands of services have, the first that have it anywhere and the first that have it in their title
# are ranked: ranking is what takes the time. A catalogue of a town never comes so far, so there everything is ranked
# and the second part is not run.
# Reading the table row by row until there are enough looks cheap to the planner, which does not count unpacking each
# vector: SET LOCAL (which lasts as long as what it is sent with) and the inner OFFSET 0 keep it from that.
MET_INDEX = "SET LOCAL enable_seqscan = off;"
PASSEND = """
    SELECT d.id AS dienst_id
    FROM (SELECT z.dienst_id FROM loket_zoekrij z WHERE {waar} @@ to_tsquery('dutch'::regconfig, %s) OFFSET 0) AS past
    JOIN loket_dienst d ON d.id = past.dienst_id
    WHERE d.status = 'gepubliceerd' AND (d.einde IS NULL OR d.einde >= %s)
    LIMIT %s
"""
# Adding nothing to a vector unpacks it, once for all forms; OFFSET 0 keeps those steps apart.
ZOEK = f"""
    {MET_INDEX}
    WITH ergens AS MATERIALIZED ({PASSEND.format(waar="z.vector")}),
    kop AS MATERIALIZED ({PASSEND.format(waar="(SELECT count(*) FROM ergens) >= %s AND ts_filter(z.vector, '{{a,b}}')")}),
    uitgepakt AS (
        SELECT dienst_id, titel, gewicht, vector || ''::tsvector AS vector
        FROM (SELECT dienst_id FROM ergens UNION SELECT dienst_id FROM kop) AS k JOIN loket_zoekrij USING (dienst_id)
        OFFSET 0
    )
    SELECT * FROM (
        SELECT z.dienst_id, z.titel, z.gewicht, {{punten}} AS punten FROM uitgepakt z OFFSET 0
    ) AS geteld ORDER BY gewicht * punten DESC, dienst_id LIMIT %s
"""
LIJKT_OP_TITEL = """
    SELECT z.dienst_id, z.titel, z.gewicht, beste.gelijkenis
    FROM loket_zoekrij z JOIN loket_dienst d ON d.id = z.dienst_id,
           LATERAL (SELECT max(word_similarity(w, z.titel)) AS gelijkenis FROM unnest(%s::text[]) AS w) AS beste
    WHERE ({een_van})
      AND d.status = 'gepubliceerd' AND (d.einde IS NULL OR d.einde >= %s)
    ORDER BY z.gewicht * beste.gelijkenis DESC, z.dienst_id LIMIT 20
"""


@dataclass
class Treffer:
    """A service that was found: `past` is how well, 1 when every word stands in its title."""

    pk: int
    titel: str
    gewicht: float
    past: float


def vind_woorden(groepen, hoogstens):
    """List of `Treffer` for the groups of a question, stage after stage, best first within each stage."""
    vandaag, treffers, gezien = timezone.localdate(), [], set()
    hoogste = VOLLE_RANG * sum(groep.zeldzaam for groep in groepen) or 1
    with connection.cursor() as cursor:
        for kandidaten in _trappen(groepen):
            if len(treffers) >= GENOEG:
                break
            punten, waarden = _punten(groepen)
            passend = [kandidaten, vandaag, KANDIDATEN]
            cursor.execute(ZOEK.format(punten=punten), [*passend, KANDIDATEN, *passend, *waarden, hoogstens])
            nieuw = [Treffer(*rij[:3], rij[3] / hoogste) for rij in cursor.fetchall() if rij[0] not in gezien]
            gezien.update(treffer.pk for treffer in nieuw)
            treffers += nieuw
        lang = [groep.eigen for groep in groepen if len(groep.eigen) >= KORTSTE_LIJKEND]
        if not treffers and lang:
            een_van = " OR ".join(["%s <%% z.titel"] * len(lang))
            cursor.execute(LIJKT_OP_TITEL.format(een_van=een_van), [lang, *lang, vandaag])
            treffers = [Treffer(*rij[:3], LIJKT_TELT * rij[3]) for rij in cursor.fetchall()]
    return treffers


def zwaarste(groepen):
    """The groups that a service should have, the rarest word first; a much lighter word need not be there."""
    op_gewicht = sorted(groepen, key=lambda groep: -groep.zeldzaam)
    return [g for g in op_gewicht[:MEESTE_GROEPEN] if g.zeldzaam >= op_gewicht[0].zeldzaam * TELT_NIET_MEE]


def _trappen(groepen):
    """The tsquery of each stage, strict to loose."""
    if not groepen:
        return []
    zwaar = zwaarste(groepen)
    samen = [groep.samen(STERK) for groep in zwaar]
    trappen = [" & ".join(samen)]
    if len(samen) > 2:
        trappen.append(" | ".join("(" + " & ".join(samen[:i] + samen[i + 1 :]) + ")" for i in range(len(samen))))
    los = " | ".join(groep.samen() for groep in zwaar)
    return trappen if los in trappen else [*trappen, los]


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
