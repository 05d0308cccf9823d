"""Where unmet needs show: one source per kind, each a count per (theme, group, area). Numbers only.

A source takes the questions whose numbers someone may see, and two moments; it gives rows
(pk of theme, pk of group, pk of area, how often), a pk None where nothing is known.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Min, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from loket.cijfers.feiten import ANTWOORD, TELT_NIET
from loket.models import Dienst, Gebeurtenis, Hinttelling, Nood, Nulzoekopdracht, Verwijscijfer, Vraag
from loket.models.staat import LOPEND
from loket.models.verwijzing import Verwijsstaat
from sociaalhuis.verslag.model import VLOER

Rij = tuple[int | None, int | None, int | None, int]
DEUR_DICHT = (Verwijsstaat.GEWEIGERD, Verwijsstaat.VERLOPEN, Verwijsstaat.NIET_GEHOLPEN)
INDELING = ("thema", "doelgroep", "gebied")


@dataclass(frozen=True)
class Bron:
    code: str
    naam: str  # as a heading
    uitleg: str
    lees: Callable[..., Iterable[Rij]]


def niets_gevonden(vragen, van, tot):
    """Searches without a result, under the theme that their words seem to be about."""
    return _gezocht(van, tot, zwak=False)


def weinig_gevonden(vragen, van, tot):
    """Searches that found services of which none fits well: a guess by meaning, with a low score."""
    return _gezocht(van, tot, zwak=True)


def _gezocht(van, tot, *, zwak):
    dagen = {"dag__gte": timezone.localdate(van), "dag__lt": timezone.localdate(tot)}
    per_thema = Nulzoekopdracht.objects.filter(**dagen, zwak=zwak).order_by().values_list("thema")
    return [(thema, None, None, keer) for thema, keer in per_thema.annotate(keer=Sum("aantal"))]


def vaak_gezocht(van, tot, hoogstens=20):
    """[(words, how often)] of searches without a result, those that came at least five times."""
    dagen = {"dag__gte": timezone.localdate(van), "dag__lt": timezone.localdate(tot)}
    woorden = Nulzoekopdracht.objects.filter(**dagen).order_by().values_list("woorden")
    return list(woorden.annotate(keer=Sum("aantal")).filter(keer__gte=VLOER).order_by("-keer", "woorden")[:hoogstens])


def twijfel_over_recht(vragen, van, tot):
    """Rights hints that ended in "vraag het ons", under the first theme of the service."""
    dagen = {"dag__gte": timezone.localdate(van), "dag__lt": timezone.localdate(tot)}
    thema = Dienst.themas.through.objects.filter(dienst=OuterRef("dienst")).order_by("thema__volgorde", "thema_id")
    tellingen = Hinttelling.objects.filter(**dagen).order_by().annotate(thema=Subquery(thema.values("thema")[:1]))
    per_thema = tellingen.values_list("thema").annotate(keer=Sum("aantal"))
    return [(thema, None, None, keer) for thema, keer in per_thema]


def te_lang_gewacht(vragen, van, tot):
    """Questions with their first answer after the term, or still without one."""
    antwoord = Gebeurtenis.objects.filter(vraag=OuterRef("pk"), stap__in=ANTWOORD).order_by().values("vraag")
    eerste = Subquery(antwoord.annotate(eerste=Min("op")).values("eerste"))
    te_laat = Q(eerste__date__gt=F("uiterlijk_op")) | Q(
        eerste=None, staat__in=LOPEND, uiterlijk_op__lt=timezone.localdate()
    )
    return _geteld(_in(vragen, van, tot).annotate(eerste=eerste).filter(te_laat))


def zonder_oplossing(vragen, van, tot):
    """Questions that were closed without a solution."""
    return _geteld(_in(vragen, van, tot).filter(resultaat=Vraag.Resultaat.GEEN_OPLOSSING))


def deur_dicht(vragen, van, tot):
    """Referrals of the whole house that a partner refused, could not help with, or let expire, by the month they ended."""
    maanden = {"maand__gte": timezone.localdate(van), "maand__lt": timezone.localdate(tot)}
    einden = Verwijscijfer.objects.filter(uitkomst__in=DEUR_DICHT, **maanden).order_by()
    return einden.values_list(*INDELING).annotate(keer=Count("pk"))


def genoteerd(vragen, van, tot):
    """What staff noted down."""
    noden = Nood.objects.filter(op__gte=van, op__lt=tot).order_by()
    return noden.values_list(*INDELING).annotate(keer=Sum("aantal"))


def _in(vragen, van, tot):
    vragen = vragen.gewoon().filter(geregistreerd_op__gte=van, geregistreerd_op__lt=tot)
    return vragen.exclude(resultaat__in=TELT_NIET).order_by()


def _geteld(rijen):
    return rijen.values_list(*INDELING).annotate(keer=Count("pk"))


BRONNEN = [
    Bron("gezocht", "Niets gevonden", "Zoekopdrachten zonder resultaat.", niets_gevonden),
    Bron("zwak", "Weinig gevonden", "Zoekopdrachten waarbij geen enkel resultaat goed paste.", weinig_gevonden),
    Bron(
        "recht",
        "Twijfel over recht",
        "Wie bij ‘Past dit bij jou?’ als antwoord ‘vraag het ons’ kreeg.",
        twijfel_over_recht,
    ),
    Bron("wachttijd", "Te lang gewacht", "Vragen zonder antwoord binnen de termijn.", te_lang_gewacht),
    Bron("geen-oplossing", "Geen oplossing", "Vragen die we afsloten zonder oplossing.", zonder_oplossing),
    Bron("doorverwijzing", "Deur dicht", "Doorverwijzingen die een partner weigerde of liet verlopen.", deur_dicht),
    Bron("genoteerd", "Genoteerd", "Wat medewerkers zelf opschreven.", genoteerd),
]
