"""The whole plan at this moment as plain data, ready to become JSON: what a `Versie` freezes.

One small function per noun gives one key. To freeze something more, write a module with `neem(plan)` (JSON-ready data:
str, int, bool, None, list, dict; money and weights as text, days as ISO) and `MODELLEN` (the tables it reads), and add
it to `SOORTEN`. A reader must cope with a key that older versions do not have; raise `FORMAAT` only when the meaning of
an existing key changes. Nothing about persons belongs here: versions are public and stay for good.
"""

from django.db import connection

from plan.momentopname import (
    deelplannen,
    geld,
    indicatoren,
    niveaus,
    onderdelen,
    plantekst,
    redenen,
    samenhang,
    standen,
    taken,
    verantwoording,
)

FORMAAT = 1
SOORTEN = {
    "plan": plantekst,
    "niveaus": niveaus,
    "standen": standen,
    "onderdelen": onderdelen,
    "geld": geld,
    "indicatoren": indicatoren,
    "taken": taken,
    "samenhang": samenhang,
    "verantwoording": verantwoording,
    "deelplannen": deelplannen,
    "redenen": redenen,
}


def houd_stil():
    """Until the end of this transaction nobody writes to the tables of a snapshot, so it shows one single moment.

    Readers are not held up. Must be called inside a transaction.
    """
    tabellen = sorted({model._meta.db_table for soort in SOORTEN.values() for model in soort.MODELLEN})
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(map(connection.ops.quote_name, tabellen))} IN SHARE MODE")


def neem(plan):
    """Dict of all that the plan holds, in a number of queries that does not grow with the plan."""
    return {"formaat": FORMAAT, **{naam: soort.neem(plan) for naam, soort in SOORTEN.items()}}
