"""Terms in working days: Monday to Friday without the Belgian public holidays and the closing days of the town.

By law a term runs from the day after registration. Days are local (Europe/Brussels). `gesloten` is a set of closing
days of the town.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from sociaalhuis.feestdagen import FEESTDAGEN

EEN_DAG = timedelta(days=1)


def is_werkdag(dag: date, gesloten=frozenset()) -> bool:
    return dag.weekday() < 5 and dag not in FEESTDAGEN and dag not in gesloten


def uiterlijk(vanaf, werkdagen: int, gesloten=frozenset()) -> date:
    """The last day of a term of `werkdagen` working days, counted from the day after `vanaf` (date or aware time)."""
    dag = _lokaal(vanaf)
    while werkdagen > 0:
        dag += EEN_DAG
        werkdagen -= is_werkdag(dag, gesloten)
    return dag


def werkdagen_tot(vanaf, tot: date, gesloten=frozenset()) -> int:
    """Working days after `vanaf` up to and with `tot`; negative when `tot` has passed."""
    dag = _lokaal(vanaf)
    if tot < dag:
        return -werkdagen_tot(tot, dag, gesloten)
    return sum(is_werkdag(dag + timedelta(days=n), gesloten) for n in range(1, (tot - dag).days + 1))


def uren_geleden(nu: datetime, uren: int, gesloten=frozenset()) -> datetime:
    """The moment since which `uren` hours of working days passed at `nu`; other days do not count at all."""
    einde, over = timezone.localtime(nu), timedelta(hours=uren)
    dag = einde.date()
    while True:
        begin = timezone.make_aware(datetime.combine(dag, time.min))
        if is_werkdag(dag, gesloten):
            if over <= einde - begin:
                return einde - over
            over -= einde - begin
        dag, einde = dag - EEN_DAG, begin


def in_woorden(tot: date, nu=None, gesloten=frozenset()) -> str:
    """A deadline as a word for a list: 'vandaag', 'morgen', 'nog 3 werkdagen', '2 werkdagen te laat'."""
    vandaag = _lokaal(nu or timezone.now())
    if tot == vandaag:
        return "vandaag"
    if tot == vandaag + EEN_DAG:
        return "morgen"
    over = werkdagen_tot(vandaag, tot, gesloten)
    if tot < vandaag:
        return f"{_werkdagen(max(1, -over))} te laat"
    return f"nog {_werkdagen(max(1, over))}"


def _werkdagen(aantal):
    return f"{aantal} werkdag" if aantal == 1 else f"{aantal} werkdagen"


def _lokaal(moment):
    return timezone.localdate(moment) if hasattr(moment, "hour") else moment
