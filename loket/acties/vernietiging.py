"""Destroying cases with proof: by decision of a person about one case, or because their term is over.

`stel_op` (every day) makes lists of what is due; a person with the right approves (`keur_goed`), except for rules that
say they need nobody. `volgende_wissing` erases case after case, each in a transaction of its own: what fails stays on
its list with the reason, is tried again a day later, and stops nobody else.
"""

import logging
from collections import defaultdict
from datetime import datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import DateField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from loket.acties.behandeling import _op_slot
from loket.acties.wissen import wis
from loket.acties.wiswens import ALLEEN_HOOFD, vraag_om_wissen
from loket.models import (
    Bewaarregel,
    Bewaarstop,
    MagNiet,
    Vernietigingslijst,
    Vernietigingsregel,
    Vernietigingszaak,
    Vraag,
)
from loket.models.bewaren import Einde
from loket.termijnen.maanden import maanden_later
from loket.werkbank.rechten import mag_wissen
from sociaalhuis.models import Gebruiker
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.rollen import TOEZICHTHOUDER

logger = logging.getLogger(__name__)
Aanleiding, Staat = Vernietigingslijst.Aanleiding, Vernietigingslijst.Staat
STOP = "Er staat een bewaarstop op dit dossier. Hef die eerst op."
OPNIEUW_NA = timedelta(days=1)
HERINNER_ELKE = timedelta(days=14)
BEWIJS = {
    Aanleiding.WENS: ("Op vraag van de vrager", "Recht om gewist te worden (artikel 17 van de AVG)"),
    Aanleiding.FOUT: ("Ten onrechte geregistreerd", "Er was geen reden om dit te bewaren (artikel 5 van de AVG)"),
}


# --- one case, by decision of a person ------------------------------------------------------------


@transaction.atomic
def wis_dossier(*, vraag, aanleiding, door, versie=None) -> Vernietigingslijst:
    """Erases one case now; the proof says why and by whom, and nothing of the case. Raises MagNiet, Ondertussen."""
    vraag = _op_slot(vraag, door, versie)
    if not mag_wissen(door, vraag):
        raise MagNiet(ALLEEN_HOOFD)
    if stops_op(vraag).exists():
        raise MagNiet(STOP)
    if aanleiding == Aanleiding.WENS:
        for deel in vraag.afgesplitste.all():
            vraag_om_wissen(vraag=deel)  # whose own team decides
    nu, maand = timezone.now(), timezone.localdate(vraag.geregistreerd_op).replace(day=1)
    lijst = Vernietigingslijst.objects.create(
        aanleiding=aanleiding,
        bestuur_id=vraag.bestuur_id,
        staat=Staat.UITGEVOERD,
        goedgekeurd_op=nu,
        goedgekeurd_door=door,
        uitgevoerd_op=nu,
    )
    naam, grond = BEWIJS[aanleiding]
    bestanden = wis(vraag=vraag, wens=aanleiding == Aanleiding.WENS)
    lijst.regels.create(naam=naam, grond=grond, van=maand, tot=maand, gepland=1, gewist=1, bestanden=bestanden)
    return lijst


# --- what is due ----------------------------------------------------------------------------------


def begin_van(einde) -> str:
    """The column from which the term runs."""
    return "geregistreerd_op" if einde == Einde.QUARANTAINE else "afgesloten_op"


def te_wissen(regel, vandaag):
    """The questions of which this rule says that they go today or should have gone; other rules not looked at."""
    begin = begin_van(regel.einde)
    # day of closing + months, as PostgreSQL counts: 31 January and one month is 28 February
    weg_op = ExpressionWrapper(
        TruncDate(begin) + Func(Value(0), Value(regel.maanden), function="make_interval"), output_field=DateField()
    )
    laatste = timezone.make_aware(datetime.combine(vandaag, time.max)) - timedelta(days=28 * regel.maanden)
    grof = Q(**{f"{begin}__lte": laatste})  # no month is shorter: what the index can find
    # what was merged into another question is part of that one, and goes with it
    vragen = (
        Vraag.objects.filter(grof, regel.past(), samengevoegd_met=None)
        .annotate(weg_op=weg_op)
        .filter(weg_op__lte=vandaag)
    )
    return vragen.filter(~Exists(Bewaarstop.objects.geldig(vandaag).filter(vraag=OuterRef("pk"))))


def regel_voor(vraag):
    """The rule that says how long this question stays, or None."""
    return next((regel for regel in Bewaarregel.objects.select_related("thema") if regel.past_bij(vraag)), None)


def weg_op(vraag, regel):
    """The day on which this question is due to go, by this rule."""
    return maanden_later(timezone.localdate(getattr(vraag, begin_van(regel.einde))), regel.maanden)


def is_aan_de_beurt(vraag, vandaag) -> bool:
    """Whether the term of this question is over and nothing holds it."""
    if vraag.samengevoegd_met_id:
        return False
    regel = regel_voor(vraag)
    return bool(regel) and weg_op(vraag, regel) <= vandaag and not stops_op(vraag, vandaag).exists()


def stops_op(vraag, vandaag=None):
    """The holds on a question and on what was merged into it, as they go together."""
    return Bewaarstop.objects.geldig(vandaag).filter(Q(vraag=vraag) | Q(vraag__samengevoegd_met=vraag))


# --- lists ----------------------------------------------------------------------------------------


@transaction.atomic
def stel_op(nu=None) -> list[Vernietigingslijst]:
    """Makes lists of what is due and on no list yet: per Bestuur, those that wait for a person apart."""
    nu = nu or timezone.now()
    vandaag = timezone.localdate(nu)
    per_lijst, eerder = defaultdict(dict), Q(pk__in=[])
    for regel in Bewaarregel.objects.all():
        begin = begin_van(regel.einde)
        zaken = te_wissen(regel, vandaag).filter(vernietiging=None).exclude(eerder)
        for pk, bestuur, sinds in zaken.values_list("pk", "bestuur", begin):
            per_lijst[bestuur, regel.automatisch].setdefault(regel, []).append((pk, timezone.localdate(sinds)))
        eerder |= regel.past()
    return [_maak(bestuur, automatisch, regels, nu) for (bestuur, automatisch), regels in per_lijst.items()]


def _maak(bestuur, automatisch, regels, nu):
    lijst = Vernietigingslijst.objects.create(
        aanleiding=Aanleiding.TERMIJN,
        bestuur_id=bestuur,
        opgesteld_op=nu,
        **({"staat": Staat.GOEDGEKEURD, "goedgekeurd_op": nu} if automatisch else {}),
    )
    for regel, zaken in regels.items():
        maanden = [dag.replace(day=1) for _, dag in zaken]
        rij = lijst.regels.create(
            naam=regel.naam,
            grond=regel.grond,
            maanden=regel.maanden,
            van=min(maanden),
            tot=max(maanden),
            gepland=len(zaken),
        )
        Vernietigingszaak.objects.bulk_create(
            [Vernietigingszaak(regel=rij, vraag_id=pk, niet_voor=nu) for pk, _ in zaken], batch_size=1000
        )
    return lijst


@transaction.atomic
def keur_goed(*, lijst, door) -> Vernietigingslijst:
    """A person approves a list: what is on it goes. Raises PermissionDenied, MagNiet."""
    if not door.has_perm("loket.keur_vernietigingslijst") or door.is_superuser:
        raise PermissionDenied
    lijst = Vernietigingslijst.objects.select_for_update().get(pk=lijst.pk)
    if lijst.staat != Staat.OPGESTELD:
        raise MagNiet("Deze lijst is al goedgekeurd.")
    lijst.staat, lijst.goedgekeurd_op, lijst.goedgekeurd_door = Staat.GOEDGEKEURD, timezone.now(), door
    lijst.save(update_fields=["staat", "goedgekeurd_op", "goedgekeurd_door"])
    return lijst


def meld_lijsten(nu=None) -> int:
    """Tells who may approve that lists wait, and again every two weeks. Gives how many mails are new."""
    nu, nieuw = nu or timezone.now(), 0
    toezichthouders = Gebruiker.objects.filter(is_active=True, groups__name=TOEZICHTHOUDER)
    for lijst in Vernietigingslijst.objects.filter(staat=Staat.OPGESTELD):
        ronde = (nu - lijst.opgesteld_op) // HERINNER_ELKE
        for toezichthouder in toezichthouders:
            nieuw += stuur_brief(
                sleutel=f"vernietigingslijst-{lijst.pk}-{ronde}-{toezichthouder.pk}",
                aan=toezichthouder.email,
                onderwerp="Er wacht een lijst op je goedkeuring",
                tekst="Van een lijst is de bewaartermijn voorbij. Kijk ze na en keur ze goed:",
                pad=reverse("loket:vernietiging"),
            )
    return nieuw


def elke_dag(nu):
    """The daily job: makes the lists and tells who must look at them."""
    stel_op(nu)
    meld_lijsten(nu)


# --- erasing what is on them ----------------------------------------------------------------------


def volgende_wissing(nu=None) -> bool:
    """Erases the next case of an approved list. True when there may be more. Any number of workers may do this."""
    nu = nu or timezone.now()
    with transaction.atomic():
        zaken = Vernietigingszaak.objects.filter(regel__lijst__staat=Staat.GOEDGEKEURD, niet_voor__lte=nu)
        zaken = zaken.select_related("regel").select_for_update(of=("self",), skip_locked=True)
        zaak = zaken.order_by("niet_voor", "pk").first()
        if zaak is None:
            return _rond_af(nu)
        try:
            with transaction.atomic():
                _voer_uit(zaak, nu)
        except Exception as fout:  # whatever is wrong with one case may not stop the others
            logger.error("a case on list %s could not be erased: %s", zaak.regel.lijst_id, type(fout).__name__)
            zaak.fout, zaak.niet_voor = type(fout).__name__[:80], nu + OPNIEUW_NA
            zaak.save(update_fields=["fout", "niet_voor"])
    return True


def _voer_uit(zaak, nu):
    """Erases the case, or takes it off the list when something changed since the list was made."""
    vraag = Vraag.objects.select_for_update().get(pk=zaak.vraag_id)
    regel = Vernietigingsregel.objects.filter(pk=zaak.regel_id)
    if is_aan_de_beurt(vraag, timezone.localdate(nu)):
        bestanden = wis(vraag=vraag)
        regel.update(gewist=F("gewist") + 1, bestanden=F("bestanden") + bestanden)
    else:
        zaak.delete()
        regel.update(overgeslagen=F("overgeslagen") + 1)


def _rond_af(nu) -> bool:
    """Lists with nothing left to erase are done; what went another way meanwhile counts as passed over."""
    over = Vernietigingszaak.objects.filter(regel__lijst=OuterRef("pk"))
    klaar = Vernietigingslijst.objects.filter(~Exists(over), staat=Staat.GOEDGEKEURD)
    for lijst in klaar.select_for_update(skip_locked=True):
        lijst.regels.update(overgeslagen=F("gepland") - F("gewist"))
        lijst.staat, lijst.uitgevoerd_op = Staat.UITGEVOERD, nu
        lijst.save(update_fields=["staat", "uitgevoerd_op"])
    return False
