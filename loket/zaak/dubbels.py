"""Questions that may be the same as this one: of the same team, recent, by fingerprint. Nothing is decrypted for it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from loket.models import Vraag
from loket.models.staat import KLAAR, LOPEND
from loket.models.vraagset import teams_van
from loket.zaak import contactspoor, kenmerken

VENSTER = timedelta(days=90)
MEEST, KANDIDATEN = 3, 40
# By hand: every case that is opened asks this, and the ORM took a quarter of the time of the page to write it.
WEGEN = {
    "email": "SELECT vraag_id FROM loket_contactspoor WHERE email_spoor = %(email)s",
    "telefoon": "SELECT vraag_id FROM loket_contactspoor WHERE telefoon_spoor = %(telefoon)s",
    "woorden": "SELECT vraag_id FROM loket_kenmerk WHERE woorden && %(woorden)s::bigint[]",
}
ZOEK = """
    SELECT v.id, v.referentie, v.geregistreerd_op, s.email_spoor, s.telefoon_spoor, k.woorden
    FROM loket_vraag v
    LEFT JOIN loket_contactspoor s ON s.vraag_id = v.id
    LEFT JOIN loket_kenmerk k ON k.vraag_id = v.id
    WHERE v.id IN ({wegen}) AND v.id <> %(vraag)s AND v.team_id = %(team)s AND v.staat = ANY(%(staten)s)
        AND v.quarantaine = '' AND v.geregistreerd_op > %(sinds)s
    ORDER BY v.geregistreerd_op DESC, v.id DESC LIMIT %(meest)s
"""


@dataclass(frozen=True)
class Dubbel:
    """`vraag` has its reference and its moment only."""

    vraag: Vraag
    waarom: str


def dubbels_van(vraag, gebruiker):
    """At most three, newest first; one query. None for who is not of the team of the question."""
    if vraag.team_id not in teams_van(gebruiker):
        return []
    spoor = contactspoor.van(bestuur=vraag.bestuur.code, email=vraag.email, telefoon=vraag.telefoon)
    eigen = {
        "email": spoor["email_spoor"],
        "telefoon": spoor["telefoon_spoor"],
        "woorden": kenmerken.van(tekst=vraag.tekst, bestuur=vraag.bestuur.code),
    }
    wegen = [weg for naam, weg in WEGEN.items() if eigen[naam]]
    if not wegen:
        return []
    waarden = {
        **eigen,
        "vraag": vraag.pk,
        "team": vraag.team_id,
        "staten": [staat.value for staat in (*LOPEND, KLAAR)],
        "sinds": timezone.now() - VENSTER,
        "meest": KANDIDATEN,
    }
    with connection.cursor() as cursor:
        cursor.execute(ZOEK.format(wegen=" UNION ".join(wegen)), waarden)
        rijen = cursor.fetchall()
    alle = [
        Dubbel(Vraag(pk=pk, referentie=referentie, geregistreerd_op=op), _waarom(eigen, *zijn))
        for pk, referentie, op, *zijn in rijen
    ]
    return [dubbel for dubbel in alle if dubbel.waarom][:MEEST]


def _waarom(eigen, email, telefoon, woorden):
    """Why two look alike, in words; '' when they do not."""
    if eigen["email"] and email and eigen["email"] == bytes(email):
        return "hetzelfde e-mailadres"
    if eigen["telefoon"] and telefoon and eigen["telefoon"] == bytes(telefoon):
        return "hetzelfde telefoonnummer"
    return "bijna dezelfde woorden" if woorden and kenmerken.gelijk(eigen["woorden"], woorden) else ""
