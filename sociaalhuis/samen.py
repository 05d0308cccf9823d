"""New rows that hang on each other, kept in one statement.

Three rows by `save()` are three statements, each put together anew by the ORM; where hundreds of people may ask at once
that was most of the work. Here the statement is written once per list of models, and only the values change. It is the
same as saving them in that order: `pre_save` and the triggers run, a broken constraint raises IntegrityError, and all of
them are kept or none. Django's signals are not sent; nothing in this project listens to any.
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections


def bewaar_samen(*rijen):
    """Inserts unsaved rows; a foreign key of one may point to a row before it. Afterwards they have their pk."""
    verbinding = connections[DEFAULT_DB_ALIAS]
    wijzers = tuple(_wijzers(rij, rijen[:plaats]) for plaats, rij in enumerate(rijen))
    opdracht, velden = _opdracht(tuple(type(rij) for rij in rijen), wijzers)
    waarden = [
        veld.get_db_prep_save(veld.pre_save(rij, True), verbinding)
        for rij, eigen in zip(rijen, velden, strict=True)
        for veld in eigen
    ]
    with verbinding.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        sleutels = cursor.fetchone()
    for rij, sleutel in zip(rijen, sleutels, strict=True):
        rij.pk, rij._state.adding, rij._state.db = sleutel, False, verbinding.alias
    for plaats, rij in enumerate(rijen):
        for naam, waarheen in wijzers[plaats]:
            setattr(rij, naam, rijen[waarheen])  # takes over the new pk


def _wijzers(rij, eerder):
    """The foreign keys of a row to rows before it: (name of the field, place of the row)."""
    return tuple(
        (veld.name, plaats)
        for veld in _velden(type(rij))
        if veld.is_relation
        for plaats, ander in enumerate(eerder)
        if rij._state.fields_cache.get(veld.name) is ander
    )


@cache
def _velden(model):
    return [veld for veld in model._meta.concrete_fields if not veld.primary_key and not veld.generated]


@cache
def _opdracht(modellen, wijzers):
    """The statement, and per row the fields whose values it takes."""
    delen, velden = [], []
    for plaats, (model, naar) in enumerate(zip(modellen, map(dict, wijzers), strict=True)):
        waarden = [f"(SELECT pk FROM r{naar[veld.name]})" if veld.name in naar else "%s" for veld in _velden(model)]
        kolommen = ", ".join(f'"{veld.column}"' for veld in _velden(model))
        delen.append(
            f'r{plaats} AS (INSERT INTO "{model._meta.db_table}" ({kolommen}) VALUES ({", ".join(waarden)})'
            f' RETURNING "{model._meta.pk.column}" AS pk)'
        )
        velden.append([veld for veld in _velden(model) if veld.name not in naar])
    namen = [f"r{plaats}" for plaats in range(len(modellen))]
    return (
        f"WITH {', '.join(delen)} SELECT {', '.join(f'{naam}.pk' for naam in namen)} FROM {', '.join(namen)}",
        velden,
    )
