"""Counts the hints that could only say "vraag het ons": a service and a day, never who and never which answers."""

from django.db import connection
from django.utils import timezone

TEL = """
    INSERT INTO loket_hinttelling (dienst_id, dag, aantal) SELECT id, %s, 1 FROM loket_dienst WHERE slug = %s
    ON CONFLICT (dienst_id, dag) DO UPDATE SET aantal = loket_hinttelling.aantal + 1
"""


def tel_vraag_het_ons(slug):
    """One more for this service today."""
    with connection.cursor() as cursor:
        cursor.execute(TEL, [timezone.localdate(), slug])
