"""Queries whose SQL is made once: for the few that every page of the desk asks and that take Django long to write.

    @klaargezet
    def open_van(team):
        return Vraag.objects.filter(team=team, uiterlijk_op__lt=localdate()).values_list("pk")

    open_van(3)  # list of tuples

The function makes the query from stand-ins of the same kind (whole numbers, lists of numbers); where these come out as
parameters, the real values go in afterwards. So it must only hand its arguments on and never look at them. It may know which
day it is, for the SQL is made anew every day, but not what time. The database sees nothing new: the same SQL, the same
parameters.
"""

from functools import wraps

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

INVALLERS = -(2**62)


def klaargezet(maak):
    """Decorator: a function from numbers to a queryset of tuples becomes one from numbers to a list of tuples."""
    stand = [(None, {})]  # replaced as a whole, so a thread never sees the SQL of another day

    @wraps(maak)
    def vraag(*waarden):
        vorm = tuple(len(waarde) if isinstance(waarde, list) else None for waarde in waarden)
        dag, gemaakt = stand[0]
        if dag != timezone.localdate():
            gemaakt = {}
            stand[0] = (timezone.localdate(), gemaakt)
        if vorm not in gemaakt:
            gemaakt[vorm] = _maak(maak, vorm)
        sql, plekken = gemaakt[vorm]
        if sql is None:
            return []
        los = [getal for waarde in waarden for getal in (waarde if isinstance(waarde, list) else [waarde])]
        with connection.cursor() as cursor:
            cursor.execute(sql, [vast if plek is None else los[plek] for plek, vast in plekken])
            return cursor.fetchall()

    return vraag


def _maak(maak, vorm):
    """(SQL, [(None, a fixed parameter) or (which number, its stand-in)]); SQL is None when nothing can ever match.

    Raises TypeError when a number is not in the query: then it was looked at, and its stand-in would stay for ever.
    """
    alle = range(INVALLERS, INVALLERS + sum(1 if lengte is None else lengte for lengte in vorm))
    nummers = iter(alle)
    waarden = [next(nummers) if lengte is None else [next(nummers) for _ in range(lengte)] for lengte in vorm]
    try:
        sql, parameters = maak(*waarden).query.sql_with_params()
    except EmptyResultSet:
        return None, []
    plekken = [(p - INVALLERS if type(p) is int and p in alle else None, p) for p in parameters]
    if {plek for plek, _ in plekken} - {None} != set(range(len(alle))):
        raise TypeError(f"{maak.__name__} does not hand on every number that it gets")
    return sql, plekken
