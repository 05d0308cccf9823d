"""Makes very many rows fast: copies, inside the database, of rows that were made by the real verbs.

A table `veel` says which new row copies which old one. Triggers and foreign keys are off meanwhile, so this is for a
demo or a measurement only; the command refuses elsewhere.
"""

from django.db import connection

ZONDER_TRIGGERS = "SET LOCAL session_replication_role = replica"
VERSIE = """
    INSERT INTO sociaalhuis_publiekeversie AS v (id, nummer)
    VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
    ON CONFLICT (id) DO UPDATE SET nummer = greatest(v.nummer + 1, excluded.nummer)
"""


def doe(sql, waarden=()):
    """Runs one statement and gives how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        return cursor.rowcount


def kopieer(model, koppel, **anders):
    """Copies the rows of a model: `koppel` joins `oud` (an old row) to `veel`; `anders` are columns with other SQL."""
    tabel = model._meta.db_table
    kolommen = [
        veld.column
        for veld in model._meta.concrete_fields
        if not (veld.primary_key and veld.get_internal_type() == "BigAutoField") or veld.column in anders
    ]
    waarden = ", ".join(anders.get(kolom, f"oud.{kolom}") for kolom in kolommen)
    return doe(f"INSERT INTO {tabel} ({', '.join(kolommen)}) SELECT {waarden} FROM veel JOIN {tabel} oud ON {koppel}")


def nieuwe_id(model):
    """SQL of a new key for a row of this model."""
    return f"nextval(pg_get_serial_sequence('{model._meta.db_table}', 'id'))"


def tel_opnieuw(*modellen):
    """The statistics of the database, so that it plans for what is there now."""
    for model in modellen:
        doe(f"ANALYZE {model._meta.db_table}")
