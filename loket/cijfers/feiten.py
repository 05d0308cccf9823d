"""The facts about questions that figures are made of: read once per period, without anything that people told.

Everyone counts the same, whether they typed, phoned or stood at the counter. What waits in quarantine, was no real
question, or is the double of another, is not counted.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from loket.cijfers.periode import Periode
from loket.models import Gebeurtenis, Oordeel, Vraag
from loket.models.staat import Stap
from sociaalhuis import termijn
from sociaalhuis.rollen import COORDINATOR, TOEZICHTHOUDER, heeft_rol

TELT_NIET = (Vraag.Resultaat.DUBBEL, Vraag.Resultaat.ONGEWENST)
ANTWOORD = (Stap.BEANTWOORD, Stap.STUUR_BERICHT, Stap.VRAAG_TERUG, Stap.SLUIT_AF)


@dataclass(frozen=True, slots=True)
class Feit:
    """One question. Names are those that people read; None where nothing was said."""

    thema: str | None
    doelgroep: str | None
    gebied: str | None
    dienst: str | None
    team: str
    kanaal: str
    resultaat: str
    op: date
    gewacht: int | None  # working days until the first answer
    geduurd: int | None  # working days until it was closed
    op_tijd: bool | None  # None while there is no answer and the term still runs
    tevreden: bool | None = None  # the last judgement, None without one


def telbaar_voor(gebruiker):
    """The questions whose numbers this user may see: those of own teams; for coordinator and supervisor of all teams.

    Numbers only: never give these to a page that shows a case.
    """
    if heeft_rol(gebruiker, COORDINATOR, TOEZICHTHOUDER):
        return Vraag.objects.all()
    return Vraag.objects.zichtbaar_voor(gebruiker)


def feiten(vragen, periode: Periode, nu: datetime | None = None) -> list[Feit]:
    """The facts of what was registered in a period: one query."""
    van, tot = periode.grenzen()
    antwoord = Gebeurtenis.objects.filter(vraag=OuterRef("pk"), stap__in=ANTWOORD).order_by().values("vraag")
    oordeel = Oordeel.objects.filter(vraag=OuterRef("pk")).order_by("-op", "-pk").values("keuze")
    rijen = (
        vragen.gewoon()
        .filter(geregistreerd_op__gte=van, geregistreerd_op__lt=tot)
        .exclude(resultaat__in=TELT_NIET)
        .order_by()
        .values_list(
            "thema__naam",
            "doelgroep__naam",
            "gebied__naam",
            "dienst__titel",
            "team__naam",
            "kanaal",
            "resultaat",
            "geregistreerd_op",
            "werkdagen",
            "afgesloten_op",
            Subquery(antwoord.annotate(eerste=Min("op")).values("eerste")),
            Subquery(oordeel[:1]),
        )
    )
    lezer = _Lezer(timezone.localdate(nu))
    return [lezer.feit(rij) for rij in rijen.iterator(chunk_size=5000)]


class _Lezer:
    """Makes facts of rows. Terms are counted once per pair of days, under the calendar of this moment."""

    def __init__(self, vandaag):
        self.vandaag = vandaag
        self.werkdagen = cache(lambda van, tot: max(0, termijn.werkdagen_tot(van, tot)))
        self.uiterlijk = cache(termijn.uiterlijk)

    def feit(self, rij):
        *wat, kanaal, resultaat, geregistreerd, termijn_dagen, afgesloten, antwoord, oordeel = rij
        op, eerste, dicht = timezone.localdate(geregistreerd), _dag(antwoord), _dag(afgesloten)
        uiterlijk = self.uiterlijk(op, termijn_dagen)
        te_laat = not dicht and self.vandaag > uiterlijk
        return Feit(
            *wat,
            kanaal=Vraag.Kanaal(kanaal).label,
            resultaat=Vraag.Resultaat(resultaat).label if resultaat else "Nog open",
            op=op,
            gewacht=self.werkdagen(op, eerste) if eerste else None,
            geduurd=self.werkdagen(op, dicht) if dicht else None,
            op_tijd=eerste <= uiterlijk if eerste else (False if te_laat else None),
            tevreden=oordeel == Oordeel.Keuze.TEVREDEN if oordeel else None,
        )


def _dag(moment):
    return timezone.localdate(moment) if moment else None


def per(feiten, veld) -> Counter:
    """How many facts per value of a field; what is not known under None."""
    return Counter(getattr(feit, veld) for feit in feiten)
