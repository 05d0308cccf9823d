"""Suggestions while someone types: titles of services, themes, and everyday words that lead to a service.

One query by the beginnings of words, without meaning or spelling: the search itself does that. Nothing typed is kept.
"""

from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from loket.zoek.woordelijk import MET_INDEX
from loket.zoek.woorden import woorden

MINSTENS, HOOGSTENS = 2, 60  # characters typed
MEESTE = 8
MEESTE_WOORDEN = 5
SOORTEN = ["Dienst", "Thema", "Zoek op"]

# Every source is written as search writes words: lower case, without the accents that Dutch has.
GEWOON = "translate(lower({}), 'áàâäçéèêëíïîóôöúûü', 'aaaaceeeeiiiooouuu')"
# Of the same title once. A word leads somewhere when a service has everything that it means.
SUGGESTIES = f"""
    {MET_INDEX}
    WITH vandaag AS (SELECT %s::date AS dag),
    op_dienst AS (
        SELECT * FROM (
            SELECT DISTINCT ON (z.titel) 0 AS soort, d.titel AS tekst, d.slug AS waarde, z.titel AS gewoon, z.gewicht
            FROM loket_zoekrij z JOIN loket_dienst d ON d.id = z.dienst_id
            WHERE {{dienst}} AND d.status = 'gepubliceerd' AND (d.einde IS NULL OR d.einde >= (SELECT dag FROM vandaag))
            ORDER BY z.titel, z.gewicht DESC, d.id
        ) AS titels ORDER BY gewoon LIKE %s DESC, gewicht DESC, gewoon LIMIT 5
    ),
    op_thema AS (
        SELECT 1, naam, code::text, gewoon, 1::float8
        FROM (SELECT *, {GEWOON.format("naam")} AS gewoon FROM sociaalhuis_thema) AS z WHERE {{woord}}
        ORDER BY volgorde LIMIT 2
    ),
    gezegd AS MATERIALIZED (
        SELECT * FROM (SELECT *, {GEWOON.format("woord")} AS gewoon FROM loket_synoniem WHERE taal = '') AS z
        WHERE {{woord}} ORDER BY gewoon LIKE %s DESC, length(woord), woord LIMIT 20
    ),
    op_woord AS (
        SELECT 2, woord, woord, gewoon, 1::float8 FROM gezegd WHERE EXISTS (
            SELECT 1 FROM loket_zoekrij z JOIN loket_dienst d ON d.id = z.dienst_id
            WHERE z.vector @@ plainto_tsquery('dutch', gezegd.betekent)
              AND d.status = 'gepubliceerd' AND (d.einde IS NULL OR d.einde >= (SELECT dag FROM vandaag)))
        GROUP BY woord, gewoon ORDER BY length(woord), woord LIMIT 3
    )
    SELECT soort, tekst, waarde FROM (
        SELECT * FROM op_dienst UNION ALL SELECT * FROM op_thema UNION ALL SELECT * FROM op_woord
    ) AS samen ORDER BY gewoon LIKE %s DESC, soort, gewicht DESC, gewoon
"""


def suggesties(tekst):
    """At most `MEESTE` dicts (tekst, soort, url) for the beginning of a question; [] without a query when it is too
    short, too long, or has no Latin letters."""
    begin = woorden(tekst)[:MEESTE_WOORDEN]
    gewoon = " ".join(begin)
    if len(gewoon) < MINSTENS or len(tekst) > HOOGSTENS:
        return []
    dienst, patronen = _begint("z.titel", begin)
    woord, _ = _begint("z.gewoon", begin)
    eerst = f"{gewoon}%"
    with connection.cursor() as cursor:
        cursor.execute(
            SUGGESTIES.format(dienst=dienst, woord=woord),
            [timezone.localdate(), *patronen, eerst, *patronen, *patronen, eerst, eerst],
        )
        rijen = cursor.fetchall()
    per_tekst = {}
    for soort, tekst_, waarde in rijen:
        per_tekst.setdefault(tekst_.lower(), {"tekst": tekst_, "soort": SOORTEN[soort], "url": _adres(soort, waarde)})
    return list(per_tekst.values())[:MEESTE]


def _begint(kolom, begin):
    """SQL that every one of these words begins a word of the column, and its values; `woorden` left no % or _."""
    deel = f"({kolom} LIKE %s OR {kolom} LIKE %s)"
    return " AND ".join([deel] * len(begin)), [p for w in begin for p in (f"{w}%", f"% {w}%")]


def _adres(soort, waarde):
    if soort == 0:
        return reverse("loket:dienst", args=[waarde])
    return f"{reverse('loket:zoeken')}?{urlencode({'thema' if soort == 1 else 'q': waarde})}"
