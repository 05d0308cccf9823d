"""Opening hours as people write them: one day per line, "ma 09:00-12:00, 13:00-16:00".

Pure functions over that text and the days that differ from it. Times are local (Europe/Brussels). On a public
holiday it is closed, unless that day has other hours of its own.
A text in another shape is allowed where it came from outside (an imported catalogue): `lees`
then returns None and the text is shown as it is.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from sociaalhuis import feestdagen

DAGEN = ["ma", "di", "wo", "do", "vr", "za", "zo"]
DAGNAMEN = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
VOORUIT = 60  # days that are looked ahead for the next opening
REGEL = re.compile(r"^(ma|di|wo|do|vr|za|zo)\s+(.+)$", re.IGNORECASE)
BLOK = re.compile(r"^(\d{1,2})[:.u](\d{2})\s*[-–]\s*(\d{1,2})[:.u](\d{2})$", re.ASCII)


@dataclass(frozen=True)
class Afwijking:
    """Days from `van` up to and with `tot` that are not like the week: other hours, or closed without `blokken`."""

    van: date
    tot: date
    blokken: tuple = ()
    reden: str = ""


@dataclass(frozen=True)
class Toestand:
    """Open or not at a moment, and the sentence that says so. `open` is None when nothing is known."""

    open: bool | None
    tekst: str


def blokken(tekst):
    """'09:00-12:00, 13:00-16:00' as a sorted list of (from, to) times; None when it has another shape."""
    gevonden = []
    for blok in tekst.split(","):
        uren = BLOK.match(blok.strip())
        if not uren:
            return None
        try:
            van, tot = time(int(uren[1]), int(uren[2])), time(int(uren[3]), int(uren[4]))
        except ValueError:
            return None
        if van >= tot:
            return None
        gevonden.append((van, tot))
    return sorted(gevonden)


def lees(tekst):
    """Dict of weekday (0 = Monday) to a list of (from, to) times; None when the text has another shape."""
    week = {}
    for regel in filter(None, (r.strip() for r in (tekst or "").splitlines())):
        treffer = REGEL.match(regel)
        gelezen = treffer and blokken(treffer[2])
        if not gelezen:
            return None
        week.setdefault(DAGEN.index(treffer[1].lower()), []).extend(gelezen)
    return {dag: sorted(gelezen) for dag, gelezen in sorted(week.items())}


def controleer(tekst):
    """Form validator: raises ValidationError when the text cannot be read."""
    if lees(tekst) is None:
        raise ValidationError("Schrijf één dag per regel, zoals: ma 09:00-12:00, 13:00-16:00")


def controleer_blokken(tekst):
    """Form validator for the hours of one day."""
    if blokken(tekst) is None:
        raise ValidationError("Schrijf de uren zoals: 09:00-12:00, 13:00-16:00")


def uur(moment):
    """time(9, 0) -> '9.00 uur'."""
    return f"{moment.hour}.{moment.minute:02d} uur"


def reeks(van: date, tot: date):
    """The dates from `van` up to and with `tot`."""
    return [van + timedelta(days=n) for n in range((tot - van).days + 1)]


def op_dag(week, dag: date, afwijkingen=()):
    """The hours of one date and why they differ: (list of (from, to), reason or '').

    The first of `afwijkingen` that holds the date counts, then a public holiday, then the week.
    """
    for afwijking in afwijkingen:
        if afwijking.van <= dag <= afwijking.tot:
            return list(afwijking.blokken), afwijking.reden
    if feestdag := feestdagen.naam(dag):
        return [], feestdag
    return (week or {}).get(dag.weekday(), []), ""


def toestand(tekst, nu=None, afwijkingen=()):
    """Whether it is open at `nu` (aware, default now), with a Dutch sentence, as a `Toestand`."""
    week = lees(tekst)
    if not week:
        return Toestand(None, "")
    nu = timezone.localtime(nu)
    vandaag, reden = op_dag(week, nu.date(), afwijkingen)
    for van, tot in vandaag:
        if van <= nu.time() < tot:
            return Toestand(True, f"Nu open tot {uur(tot)}")
    gesloten = f"Vandaag gesloten ({reden})" if reden and not vandaag else "Nu gesloten"
    volgende = _volgende(week, nu, afwijkingen)
    return Toestand(False, f"{gesloten}, open {volgende}" if volgende else gesloten)


def _volgende(week, nu: datetime, afwijkingen):
    """'morgen om 9.00 uur', or '' when nothing opens in the next two months."""
    for verder in range(VOORUIT):
        dag = nu.date() + timedelta(days=verder)
        for van, _ in op_dag(week, dag, afwijkingen)[0]:
            if verder or van > nu.time():
                return f"{_dag_in_woorden(dag, verder)} om {uur(van)}"
    return ""


def _dag_in_woorden(dag, verder):
    if verder < 2:
        return ["vandaag", "morgen"][verder]
    naam = DAGNAMEN[dag.weekday()]
    return naam if verder < 8 else f"{naam} {dag.day} {MAANDEN[dag.month - 1]}"


def anders(tekst, afwijkingen=(), vandaag=None, dagen=21):
    """The coming days whose hours are not those of the week: list of (date, hours as text or '', reason).

    Days on which it is closed anyway are left out.
    """
    week, vandaag = lees(tekst), vandaag or timezone.localdate()
    gevonden = []
    for dag in reeks(vandaag, vandaag + timedelta(days=dagen)):
        uren, reden = op_dag(week, dag, afwijkingen)
        if reden and uren != (week or {}).get(dag.weekday(), []):
            gevonden.append((dag, _in_tekst(uren), reden))
    return gevonden


def per_dag(tekst):
    """List of seven (name of the day, hours as text); empty when the text cannot be read."""
    week = lees(tekst)
    if not week:
        return []
    return [(naam, _in_tekst(week.get(dag, [])) or "gesloten") for dag, naam in enumerate(DAGNAMEN)]


def _in_tekst(blokken):
    return " en ".join(f"{van:%H:%M}-{tot:%H:%M}" for van, tot in blokken)
