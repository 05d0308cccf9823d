"""The version of everything public, and what is kept under it.

Any change of a public table raises one number, by a deferred trigger in the same transaction. Readers take the
number first and the content after it, so content kept under a number is never older than that number.
The number follows the clock (in microseconds), so it does not come back after a restore of an older backup.
`publiek` is the decorator for such models; `bij_versie` keeps a small result in the process until the number rises.
"""

from functools import wraps

import pgtrigger
from django.db import connection
from django.utils import timezone

VERHOOG = """
    IF current_setting('sociaalhuis.verhoogd', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM set_config('sociaalhuis.verhoogd', pg_current_xact_id()::text, true);
        INSERT INTO sociaalhuis_publiekeversie AS v (id, nummer)
        VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
        ON CONFLICT (id) DO UPDATE SET nummer = greatest(v.nummer + 1, excluded.nummer);
    END IF;
    RETURN NULL;
"""


def publiek(model):
    """Class decorator: changes of this model show at once on public pages."""
    return pgtrigger.register(
        pgtrigger.Trigger(
            name="publieke_versie",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            timing=pgtrigger.Deferred,
            func=VERHOOG,
        )
    )(model)


def huidige_versie():
    """The number now: one query on a one-row table.

    0 (keep nothing) before anything public exists, and inside a transaction, whose own changes raise the number
    only when it commits.
    """
    if connection.in_atomic_block:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT nummer FROM sociaalhuis_publiekeversie WHERE id = 1")
        rij = cursor.fetchone()
    return rij[0] if rij else 0


MEEST = 1000  # results that one function keeps


def bij_versie(functie):
    """Keeps the results of a function of (versie, *args) in this process for as long as the number stays the same.

    Call it as `functie(versie.van(request), ...)`. `functie.laatst(...)` is the result kept last, whatever the
    number is now, or None: for when the database cannot be asked.
    """
    stand = [(0, {})]  # replaced as a whole, so a thread never sees results of another number

    @wraps(functie)
    def uit_voorraad(nummer, *args):
        if nummer == 0:
            return functie(nummer, *args)
        voor, resultaten = stand[0]
        nu = (nummer, timezone.localdate())  # a new day ends services and begins rounds without any edit
        if voor != nu or len(resultaten) > MEEST:
            resultaten = {}
            stand[0] = (nu, resultaten)
        if args not in resultaten:
            resultaten[args] = functie(nummer, *args)
        return resultaten[args]

    uit_voorraad.laatst = lambda *args: stand[0][1].get(args)
    return uit_voorraad


def van(request):
    """The number for this request, asked once."""
    if not hasattr(request, "versie"):
        request.versie = request.META.get("sociaalhuis.versie") or huidige_versie()
    return request.versie
