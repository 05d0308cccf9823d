"""Counts searches that found nothing: words and day, never who. What looks personal is left out."""

import re

from django.db import connection
from django.utils import timezone

from loket.zoek.woorden import woorden

MEESTE_PER_DAG = 2000
MEESTE_WOORDEN = 6
PERSOONLIJK = re.compile(r"\S*(?:@|\d{3})\S*")

TEL = """
    INSERT INTO loket_nulzoekopdracht (woorden, dag, aantal)
    SELECT %s, %s, 1
    WHERE (SELECT count(*) FROM loket_nulzoekopdracht WHERE dag = %s) < %s
       OR EXISTS (SELECT 1 FROM loket_nulzoekopdracht WHERE dag = %s AND woorden = %s)
    ON CONFLICT (woorden, dag) DO UPDATE SET aantal = loket_nulzoekopdracht.aantal + 1
"""


def tel_nul(tekst):
    """Counts a question without results for today. Mail addresses and longer numbers are not kept."""
    schoon = " ".join(woorden(PERSOONLIJK.sub(" ", tekst[:200]))[:MEESTE_WOORDEN])[:80].strip()
    if not schoon:
        return
    vandaag = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(TEL, [schoon, vandaag, vandaag, MEESTE_PER_DAG, vandaag, schoon])
