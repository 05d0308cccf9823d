"""Search by meaning: services whose text means about what was asked, whatever the words or the language.

`sociaalhuis.codeer` makes the numbers. The nearest few hundred are found in SQL by the signs of the numbers alone, so no
process keeps the catalogue in memory; those are ranked exactly. With `ZOEK_OP_BETEKENIS` off, or when no service has
numbers yet, nothing is loaded and nothing is found.
"""

from hashlib import blake2b

import numpy as np
from django.conf import settings
from django.db import connection
from django.utils import timezone

from sociaalhuis import versie
from sociaalhuis.codeer import MAAT, codeer
from sociaalhuis.tekst import plat

TEKENS = 400  # of the description, and of the sayings
RECEPT = b"use-3, title sentence description sayings"  # another recipe makes every row work to do
GROFWEG = 300  # rows nearest by signs, ranked exactly
HOOGSTENS = 40

IS_ER = "SELECT EXISTS (SELECT 1 FROM loket_betekenis WHERE tekens IS NOT NULL)"
DICHTST = """
    SELECT d.id, z.titel, z.gewicht, b.vector
    FROM (SELECT dienst_id FROM loket_betekenis WHERE tekens IS NOT NULL
          ORDER BY bit_count(tekens # %s::bit(512)) LIMIT %s) AS dicht
    JOIN loket_betekenis b ON b.dienst_id = dicht.dienst_id
    JOIN loket_dienst d ON d.id = b.dienst_id JOIN loket_zoekrij z ON z.dienst_id = b.dienst_id
    WHERE d.status = 'gepubliceerd' AND (d.einde IS NULL OR d.einde >= %s)
"""


def tekst_van(dienst, zegswijzen):
    """The text of a service that its meaning is made of: its own words, and what people say for its title."""
    eigen = f"{dienst.titel}. {dienst.kort} {plat(dienst.beschrijving)[:TEKENS]}"
    return f"{eigen} {', '.join(zegswijzen.bij(dienst.titel))[:TEKENS]}".strip()


def merk(tekst):
    """The number that tells which text (and recipe) a meaning was made of."""
    return int.from_bytes(blake2b(tekst.encode(), key=RECEPT, digest_size=8).digest(), "big", signed=True)


def tekens(vector):
    """The signs of a vector as PostgreSQL writes bits."""
    return "".join("1" if getal > 0 else "0" for getal in vector)


def bytes_van(vector):
    return vector.astype(np.float16).tobytes()


@versie.bij_versie
def _is_er(nummer):
    with connection.cursor() as cursor:
        cursor.execute(IS_ER)
        return cursor.fetchone()[0]


@versie.bij_versie
def dichtst(nummer, tekst):
    """List of (key, title, weight, likeness from -1 to 1) of the published services nearest to a text, nearest first."""
    if not settings.ZOEK_OP_BETEKENIS or not tekst or not _is_er(nummer):
        return []
    vraag = codeer([tekst])[0]
    rijen, grofweg = [], GROFWEG
    with connection.cursor() as cursor:
        while len(rijen) < HOOGSTENS:  # once, unless most of the nearest are drafts
            cursor.execute(DICHTST, [tekens(vraag), grofweg, timezone.localdate()])
            rijen, vorige = cursor.fetchall(), len(rijen)
            if grofweg > GROFWEG and len(rijen) == vorige:
                break
            grofweg *= 10
    if not rijen:
        return []
    getallen = np.frombuffer(b"".join(rij[3] for rij in rijen), np.float16).reshape(-1, MAAT)
    gelijkenis = getallen.astype(np.float32) @ vraag
    return [(*rijen[plek][:3], float(gelijkenis[plek])) for plek in np.argsort(-gelijkenis)[:HOOGSTENS]]
