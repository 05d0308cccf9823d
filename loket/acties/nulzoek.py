"""Counts searches that found nothing, or nothing that fits: words and day, never who. What looks personal is left out."""

import re

from django.db import connection
from django.utils import timezone

from loket.zoek.woorden import woorden

MEESTE_PER_DAG = 2000
MEESTE_WOORDEN = 6
PERSOONLIJK = re.compile(r"\S*(?:@|\d{3})\S*")

TEL = """
    INSERT INTO loket_nulzoekopdracht AS n (woorden, dag, aantal, zwak, thema_id)
    SELECT %s, %s, 1, %s, %s
    WHERE (SELECT count(*) FROM loket_nulzoekopdracht WHERE dag = %s) < %s
       OR EXISTS (SELECT 1 FROM loket_nulzoekopdracht WHERE dag = %s AND woorden = %s)
    ON CONFLICT (woorden, dag, zwak) DO UPDATE
        SET aantal = n.aantal + 1, thema_id = coalesce(EXCLUDED.thema_id, n.thema_id)
"""


def tel_nul(tekst, *, zwak=False, thema=None):
    """Counts a question without results for today, or (`zwak`) without one that fits; `thema` is a key or None.

    Mail addresses and longer numbers are not kept.
    """
    schoon = " ".join(woorden(PERSOONLIJK.sub(" ", tekst[:200]))[:MEESTE_WOORDEN])[:80].strip()
    if not schoon:
        return
    vandaag = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(TEL, [schoon, vandaag, zwak, thema, vandaag, MEESTE_PER_DAG, vandaag, schoon])
