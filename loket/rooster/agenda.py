"""Free moments: the weekly schedule, minus the days on which it is closed, minus what is booked.

The schedule is kept under the public version; what is booked is asked anew each time, in one query, however many weeks
are looked at. All times on the clock of the house (Europe/Brussels): a moment that does not exist on the day on which
summer time begins is not offered, and one that exists twice is offered once.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from loket.models import Afspraak, Spreekuur, Uitzondering
from sociaalhuis import openingen, uren
from sociaalhuis.versie import bij_versie

VOORUIT = timedelta(days=56)  # how far ahead people book
MINSTENS = timedelta(hours=2)  # before that, calling is better


@dataclass(frozen=True)
class Moment:
    """A time at which someone can come. `vrij` are the (session, desk) that are free then, in order."""

    begin: datetime
    einde: datetime
    vrij: tuple

    @property
    def code(self):
        """As it stands in an address: '20270302-0930', on the clock of the house."""
        return f"{timezone.localtime(self.begin):%Y%m%d-%H%M}"


@dataclass(frozen=True)
class Rooster:
    """Every session with its days that differ, and the days of each place that differ."""

    spreekuren: tuple
    uitzonderingen: dict
    afwijkingen: object

    def voor(self, soort, locatie, wijze):
        return [s for s in self.spreekuren if (s.soort_id, s.locatie_id, s.wijze) == (soort.pk, locatie.pk, wijze)]

    def momenten(self, spreekuur, dag: date):
        """List of (begin, end, number of desks) of one session on one date, free or not."""
        s = spreekuur
        if s.weekdag != dag.weekday() or dag < s.geldig_van or (s.geldig_tot and dag > s.geldig_tot):
            return []
        plekken = self.uitzonderingen.get((s.pk, dag), s.plekken)
        open_, reden = uren.op_dag(None, dag, self.afwijkingen(s.locatie_id))
        duur = timedelta(minutes=s.soort.duur)
        gevonden, wanneer, einde = [], datetime.combine(dag, s.van), datetime.combine(dag, s.tot)
        while wanneer + duur <= einde and plekken:
            past = not reden or any(van <= wanneer.time() and (wanneer + duur).time() <= tot for van, tot in open_)
            begin = _bestaand(wanneer)
            if past and begin:
                gevonden.append((begin, begin + duur, plekken))
            wanneer += duur
        return gevonden


def _bestaand(wandklok: datetime):
    """This time on the clock of the house as a moment in UTC; None when the clock skips it."""
    moment = wandklok.replace(tzinfo=timezone.get_current_timezone()).astimezone(UTC)
    return moment if timezone.localtime(moment).time() == wandklok.time() else None


@bij_versie
def rooster(nummer):
    spreekuren = Spreekuur.objects.select_related("soort__team", "locatie").filter(
        Q(geldig_tot=None) | Q(geldig_tot__gte=timezone.localdate())
    )
    uitzonderingen = Uitzondering.objects.filter(dag__gte=timezone.localdate())
    return Rooster(
        tuple(spreekuren),
        {(u.spreekuur_id, u.dag): u.plekken for u in uitzonderingen},
        openingen.afwijkingen(nummer),
    )


def vrije_momenten(*, rooster, soort, locatie, wijze, van=None, tot=None, minstens=MINSTENS, behalve=None):
    """List of `Moment` from `van` up to and with `tot` (local dates), in order. One query.

    Nothing sooner than `minstens` from now, nothing further than people may book. `behalve` is an appointment that is
    being moved: what it takes counts as free.
    """
    nu = timezone.now()
    vandaag = timezone.localdate(nu)
    van, tot = max(van or vandaag, vandaag), min(tot or vandaag + VOORUIT, vandaag + VOORUIT)
    spreekuren = rooster.voor(soort, locatie, wijze)
    if not spreekuren or tot < van:
        return []
    per_plek, per_medewerker = _bezet(spreekuren, van, tot, behalve)
    vrij = {}
    for dag in uren.reeks(van, tot):
        for s in spreekuren:
            for begin, einde, plekken in rooster.momenten(s, dag):
                if begin < nu + minstens or _raakt(per_medewerker.get(s.medewerker_id, ()), begin, einde):
                    continue
                over = [
                    (s.pk, plek)
                    for plek in range(1, plekken + 1)
                    if not _raakt(per_plek.get((s.pk, plek), ()), begin, einde)
                ]
                if over:
                    vrij.setdefault((begin, einde), []).extend(over)
    return [Moment(begin, einde, tuple(over)) for (begin, einde), over in sorted(vrij.items())]


def _bezet(spreekuren, van, tot, behalve):
    """What is booked: ({(session, desk): [(begin, end)]}, {member of staff: [(begin, end)]})."""
    zone = timezone.get_current_timezone()
    begin = datetime.combine(van, time.min, zone)
    einde = datetime.combine(tot + timedelta(days=1), time.min, zone)
    medewerkers = {s.medewerker_id for s in spreekuren} - {None}
    afspraken = (
        Afspraak.objects.bezet()
        .filter(Q(spreekuur__in=[s.pk for s in spreekuren]) | Q(medewerker__in=medewerkers))
        .filter(begin__lt=einde, einde__gt=begin)
        .exclude(pk=behalve.pk if behalve else None)
    )
    per_plek, per_medewerker = {}, {}
    for spreekuur, plek, medewerker, b, e in afspraken.values_list("spreekuur", "plek", "medewerker", "begin", "einde"):
        per_plek.setdefault((spreekuur, plek), []).append((b, e))
        if medewerker:
            per_medewerker.setdefault(medewerker, []).append((b, e))
    return per_plek, per_medewerker


def _raakt(bezet, begin, einde):
    return any(b < einde and begin < e for b, e in bezet)


def lees_code(code):
    """The moment of an address ('20270302-0930'), or None when it is none."""
    try:
        return _bestaand(datetime.strptime(code, "%Y%m%d-%H%M"))
    except (ValueError, OverflowError):  # the first days of the calendar have no moment in UTC
        return None


def week_van(dag: date) -> date:
    """The Monday of the week of this date."""
    return dag - timedelta(days=dag.weekday())
