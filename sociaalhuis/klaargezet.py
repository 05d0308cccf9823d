"""Queries whose SQL is made once: for the few that every page of the desk asks and that take Django long to write.

    @klaargezet
    def open_van(team):
        return Vraag.objects.filter(team=team, uiterlijk_op__lt=localdate()).values_list("pk")

    open_van(3)  # list of tuples

The function makes the query from stand-ins of the same kind (whole numbers, texts, lists of numbers); where these come out as
parameters, the real values go in afterwards. So it must only hand its arguments on and never look at them. It may know which
day it is, for the SQL is made anew every day, but not what time. The database sees nothing new: the same SQL, the same
parameters. `Vorm` makes instances of such tuples, as select_related() would.
"""

from functools import wraps

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

INVALLERS = -(2**62)


def klaargezet(maak):
    """Decorator: a function from values to a queryset of tuples becomes one from values to a list of tuples."""
    stand = [(None, {})]  # replaced as a whole, so a thread never sees the SQL of another day

    @wraps(maak)
    def vraag(*waarden):
        vorm = tuple(len(waarde) if isinstance(waarde, list) else type(waarde) for waarde in waarden)
        dag, gemaakt = stand[0]
        if dag != timezone.localdate():
            gemaakt = {}
            stand[0] = (timezone.localdate(), gemaakt)
        if vorm not in gemaakt:
            gemaakt[vorm] = _maak(maak, vorm)
        sql, plekken, omzetters = gemaakt[vorm]
        if sql is None:
            return []
        los = [stuk for waarde in waarden for stuk in (waarde if isinstance(waarde, list) else [waarde])]
        with connection.cursor() as cursor:
            cursor.execute(sql, [vast if plek is None else los[plek] for plek, vast in plekken])
            rijen = cursor.fetchall()
        return [_omgezet(rij, omzetters) for rij in rijen] if omzetters else rijen

    return vraag


def _maak(maak, vorm):
    """(SQL, [(None, a fixed parameter) or (which value, its stand-in)], what Django does with some columns).

    SQL is None when nothing can ever match. Raises TypeError when a value is not in the query: then it was looked at, and
    its stand-in would stay for ever.
    """
    alle = []

    def invaller(soort):
        alle.append(str(INVALLERS + len(alle)) if soort is str else INVALLERS + len(alle))
        return alle[-1]

    waarden = [[invaller(int) for _ in range(deel)] if isinstance(deel, int) else invaller(deel) for deel in vorm]
    try:
        schrijver = maak(*waarden).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = schrijver.as_sql()
    except EmptyResultSet:
        return None, [], {}
    plek = {(type(waarde), waarde): nummer for nummer, waarde in enumerate(alle)}
    plekken = [(plek.get((type(parameter), parameter)), parameter) for parameter in parameters]
    if {nummer for nummer, _ in plekken} - {None} != set(range(len(alle))):
        raise TypeError(f"{maak.__name__} does not hand on every value that it gets")
    return sql, plekken, schrijver.get_converters([kolom for kolom, *_ in schrijver.select or ()])


def _omgezet(rij, omzetters):
    rij = list(rij)
    for plek, (functies, kolom) in omzetters.items():
        for functie in functies:
            rij[plek] = functie(rij[plek], kolom, connection)
    return tuple(rij)


class Vorm:
    """Instances of a model with their foreign keys `relaties`, and more attributes `extra`, out of tuples.

    `kolommen` are what values_list() must give for `instantie()`.
    """

    def __init__(self, model, relaties=(), extra=()):
        self.model, self.eigen, self.extra, self.delen = model, _kolommen(model), list(extra), []
        self.kolommen = list(self.eigen)
        for relatie in relaties:
            doel = model._meta.get_field(relatie).related_model
            namen, begin = _kolommen(doel), len(self.kolommen)
            self.delen.append((relatie, doel, namen, begin, begin + len(namen)))
            self.kolommen += [f"{relatie}__{naam}" for naam in namen]
        self.kolommen += self.extra

    def instantie(self, rij):
        """The row as `kolommen` names it -> an instance, for which relations ask the database nothing more."""
        uit = self.model.from_db(DEFAULT_DB_ALIAS, self.eigen, rij[: len(self.eigen)])
        for relatie, doel, namen, begin, einde in self.delen:
            if rij[begin + namen.index(doel._meta.pk.attname)] is not None:
                setattr(uit, relatie, doel.from_db(DEFAULT_DB_ALIAS, namen, rij[begin:einde]))
        for naam, waarde in zip(self.extra, rij[len(rij) - len(self.extra) :], strict=True):
            setattr(uit, naam, waarde)
        return uit


def _kolommen(model):
    return [veld.attname for veld in model._meta.concrete_fields]
