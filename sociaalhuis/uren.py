"""Opening hours as people write them: one day per line, "ma 09:00-12:00, 13:00-16:00".

Pure functions over that text; imports nothing of the project. Times are local (Europe/Brussels).
A text in another shape is allowed where it came from outside (an imported catalogue): `lees`
then returns None and the text is shown as it is.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

DAGEN = ["ma", "di", "wo", "do", "vr", "za", "zo"]
DAGNAMEN = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
REGEL = re.compile(r"^(ma|di|wo|do|vr|za|zo)\s+(.+)$", re.IGNORECASE)
BLOK = re.compile(r"^(\d{1,2})[:.u](\d{2})\s*[-–]\s*(\d{1,2})[:.u](\d{2})$", re.ASCII)


@dataclass(frozen=True)
class Toestand:
    """Open or not at a moment, and the sentence that says so. `open` is None when nothing is known."""

    open: bool | None
    tekst: str


def lees(tekst):
    """Dict of weekday (0 = Monday) to a list of (from, to) times; None when the text has another shape."""
    week = {}
    for regel in filter(None, (r.strip() for r in (tekst or "").splitlines())):
        treffer = REGEL.match(regel)
        if not treffer:
            return None
        dag = DAGEN.index(treffer[1].lower())
        for blok in treffer[2].split(","):
            uren = BLOK.match(blok.strip())
            if not uren:
                return None
            try:
                van, tot = time(int(uren[1]), int(uren[2])), time(int(uren[3]), int(uren[4]))
            except ValueError:
                return None
            if van >= tot:
                return None
            week.setdefault(dag, []).append((van, tot))
    return {dag: sorted(blokken) for dag, blokken in sorted(week.items())}


def controleer(tekst):
    """Form validator: raises ValidationError when the text cannot be read."""
    if lees(tekst) is None:
        raise ValidationError("Schrijf één dag per regel, zoals: ma 09:00-12:00, 13:00-16:00")


def uur(moment):
    """time(9, 0) -> '9.00 uur'."""
    return f"{moment.hour}.{moment.minute:02d} uur"


def toestand(tekst, nu=None):
    """Whether it is open at `nu` (aware, default now), with a Dutch sentence, as a `Toestand`."""
    week = lees(tekst)
    if not week:
        return Toestand(None, "")
    nu = timezone.localtime(nu)
    for van, tot in week.get(nu.weekday(), []):
        if van <= nu.time() < tot:
            return Toestand(True, f"Nu open tot {uur(tot)}")
    return Toestand(False, f"Nu gesloten, open {_volgende(week, nu)}")


def _volgende(week, nu: datetime):
    for verder in range(8):
        dag = nu + timedelta(days=verder)
        for van, _ in week.get(dag.weekday(), []):
            if verder or van > nu.time():
                wanneer = ["vandaag", "morgen"][verder] if verder < 2 else DAGNAMEN[dag.weekday()]
                return f"{wanneer} om {uur(van)}"
    raise AssertionError("a week with opening hours has a next opening")


def per_dag(tekst):
    """List of seven (name of the day, hours as text); empty when the text cannot be read."""
    week = lees(tekst)
    if not week:
        return []
    return [
        (naam, " en ".join(f"{van:%H:%M}-{tot:%H:%M}" for van, tot in week.get(dag, [])) or "gesloten")
        for dag, naam in enumerate(DAGNAMEN)
    ]
