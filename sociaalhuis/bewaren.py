"""Terms of what is kept about people outside the cases of the desk, and the proof that it went.

An app registers its kinds in `<app>/acties/bewaren.py`, which is found at the start (`sociaalhuis.apps`). A kind says
in words what it is, how long it stays and on what ground, and erases what is due. Once a day `ruim_op` asks every kind;
one that fails is reported and tried again, and stops no other. What went is one line per kind and month
(`Vernietigingsbewijs`): numbers, no person, no day.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Min
from django.db.models.functions import Now
from django.utils import timezone

from sociaalhuis.models import Dossiersleutel, UitgaandeMail, Vernietigingsbewijs

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gewist:
    """How many went, and when the first and the last of them began to be kept."""

    aantal: int = 0
    eerste: datetime | None = None
    laatste: datetime | None = None


@dataclass(frozen=True)
class Bewaarsoort:
    """`termijn` is counted from what `vanaf` says in words; `wis(nu)` erases what is due and gives a `Gewist`."""

    code: str
    naam: str
    termijn: timedelta
    vanaf: str
    grond: str
    wis: Callable[[datetime], Gewist]

    @property
    def termijn_in_woorden(self):
        jaren, rest = divmod(self.termijn.days, 365)
        if jaren and not rest:
            return f"{jaren} jaar {self.vanaf}"
        return f"{self.termijn.days} dag{'' if self.termijn.days == 1 else 'en'} {self.vanaf}"


SOORTEN: dict[str, Bewaarsoort] = {}


def registreer(soort: Bewaarsoort) -> Bewaarsoort:
    """Makes a kind known; the same code twice is a mistake. Raises ValueError."""
    if SOORTEN.setdefault(soort.code, soort) is not soort:
        raise ValueError(f"a kind with the code {soort.code} was registered before")
    return soort


def wis_sleutels(rijen, begin: str) -> Gewist:
    """Erases the keys of these rows for good, with the mails that were addressed with them; what was erased is passed over.

    `begin` is the field from which the rows were kept. Everything of the row that no key hides stays.
    """
    rijen = rijen.filter(dossiersleutel__gewist_op=None)
    geteld = rijen.order_by().aggregate(eerste=Min(begin), laatste=Max(begin))
    sleutels = Dossiersleutel.objects.filter(pk__in=list(rijen.order_by().values_list("dossiersleutel", flat=True)))
    UitgaandeMail.objects.filter(dossiersleutel__in=sleutels).delete()
    return Gewist(sleutels.update(ingepakt=None, gewist_op=Now()), **geteld)


def ruim_op(nu=None) -> int:
    """Has every kind erase what is due at `nu`, and writes the proof; gives how many went."""
    nu = nu or timezone.now()
    return sum(_van(soort, nu) for soort in SOORTEN.values())


def _van(soort, nu) -> int:
    maand = timezone.localdate(nu).replace(day=1)
    try:
        with transaction.atomic():
            gewist = soort.wis(nu)
            if gewist.aantal:
                _bewijs(soort, maand, gewist)
    except Exception as fout:  # whatever is wrong with one kind may not stop the others
        logger.error("%s could not be erased: %s", soort.code, type(fout).__name__)
        Vernietigingsbewijs.objects.update_or_create(
            soort=soort.code, maand=maand, defaults={**_woorden(soort), "fout": type(fout).__name__[:80]}
        )
        return 0
    Vernietigingsbewijs.objects.filter(soort=soort.code).exclude(fout="").update(fout="")
    return gewist.aantal


def _bewijs(soort, maand, gewist):
    eerste, laatste = (timezone.localdate(moment).replace(day=1) for moment in (gewist.eerste, gewist.laatste))
    rij, _ = Vernietigingsbewijs.objects.get_or_create(soort=soort.code, maand=maand, defaults=_woorden(soort))
    Vernietigingsbewijs.objects.filter(pk=rij.pk).update(
        **_woorden(soort),
        aantal=F("aantal") + gewist.aantal,
        van=min(eerste, rij.van or eerste),
        tot=max(laatste, rij.tot or laatste),
    )


def _woorden(soort):
    """What stands in the proof as it was said at the moment itself."""
    return {"naam": soort.naam, "grond": soort.grond, "termijn": soort.termijn_in_woorden}
