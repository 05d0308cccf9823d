"""Making an appointment and everything that happens to it. One function per step of `loket.models.afspraak.STAPPEN`.

Who books holds the sessions that could give the moment, so that people who are there at once come after each other;
that no desk is given twice is kept by the database, also when someone goes around this module.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from loket.acties.code import geef_bewijs
from loket.models import Afspraak, AfspraakSpoor, MagNiet, Spreekuur
from loket.models.afspraak import INHOUD, Staat, Stap
from loket.rooster import agenda
from sociaalhuis import ontvangst, versie
from sociaalhuis.inzending import Bewijs, inzending_van
from sociaalhuis.models import Dossiersleutel, UitgaandeMail
from sociaalhuis.post.brief import stuur_brief

NET_GEBOEKT = "Dat moment is net geboekt. Kies een ander: wat je invulde staat er nog."
NIET_MEER_VRIJ = "Dat moment is niet meer vrij. Kies een ander."
ONDERTUSSEN = "Er veranderde ondertussen iets aan deze afspraak. Kijk eerst wat, en probeer dan opnieuw."
OVERDAG = range(9, 20)  # hours in which a reminder leaves
Wijze = Afspraak.Contactwijze


class NietVrij(MagNiet):
    """Somebody else was first, or this was never a moment to book."""


class Ondertussen(MagNiet):
    """The appointment changed since the page was made."""


@dataclass(frozen=True)
class Ontvangst:
    """What the person gets: the appointment, and the code, which is kept nowhere."""

    afspraak: Afspraak
    code: str
    nieuw: bool

    @property
    def getoonde_code(self):
        return ontvangst.gegroepeerd(self.code)


def boek(
    *,
    door,
    bewijs: Bewijs,
    soort,
    locatie,
    wijze: str,
    begin,
    naam: str,
    contactwijze: str,
    email: str = "",
    telefoon: str = "",
    adres: str = "",
    nodig=(),
    taal: str = "",
    dienst=None,
    vraag=None,
    valstrik: str = "",
    minstens: timedelta = agenda.MINSTENS,
    een_code: bool = False,
) -> Ontvangst:
    """Books the moment that begins at `begin`; the same form with the same content again gives the same appointment.

    `door` is None for a citizen on the website. `een_code`: the code of this receipt opens `vraag` as well, whose own
    was never handed over. Raises NietVrij when the moment cannot be booked (any more).
    """
    persoon = {"naam": naam, "email": email, "telefoon": telefoon, "adres": adres}
    inhoud = [*persoon.values(), contactwijze, wijze, begin.isoformat(), str(soort.pk), str(locatie.pk)]
    inhoud += [*nodig, taal]
    inzending = inzending_van(bewijs.formulier, *inhoud)
    code = ontvangst.code_bij(inzending)
    if eerder := Afspraak.objects.defer(*INHOUD).filter(inzending=inzending).first():
        return Ontvangst(eerder, code, nieuw=False)
    afspraak = Afspraak(
        soort=soort,
        locatie=locatie,
        wijze=wijze,
        team_id=soort.team_id,
        bestuur_id=soort.team.bestuur_id,
        dienst=dienst,
        vraag=vraag,
        contactwijze=contactwijze,
        nodig=" ".join(nodig),
        taal=taal,
        met_noden=bool(nodig or taal),
        inzending=inzending,
        formulier=bewijs.formulier,
        code_zoekdeel=ontvangst.zoekdeel(code),
        code_hash=ontvangst.hash_van(code),
        teken="" if door else bewijs.teken(valstrik=valstrik, tekst=naam),
        **persoon,
    )
    with transaction.atomic():
        _houd(soort, locatie, wijze)
        if eerder := Afspraak.objects.defer(*INHOUD).filter(inzending=inzending).first():
            return Ontvangst(eerder, code, nieuw=False)  # the same post a moment ago
        afspraak.dossiersleutel = Dossiersleutel.objects.create()
        _zet_op(afspraak, begin, minstens, lambda: afspraak.save(force_insert=True))
        _log(afspraak, Stap.BOEK, door)
        if een_code:
            geef_bewijs(vraag=vraag, door=door, code=code)
    return Ontvangst(afspraak, code, nieuw=True)


@transaction.atomic
def verzet(*, afspraak, begin, door, getoond=None, minstens=agenda.MINSTENS):
    """Moves the appointment to another moment of the same kind, place and way. The code stays the same.

    `getoond` is the `versie` that the page showed. Raises NietVrij, Ondertussen or MagNiet.
    """
    afspraak = _op_slot(afspraak, door, getoond)
    _houd(afspraak.soort, afspraak.locatie, afspraak.wijze)
    velden = ("begin", "einde", "plek", "spreekuur", "medewerker", "herinnerd_op")
    afspraak.herinnerd_op = None
    if begin == afspraak.begin:
        return afspraak
    oud = {veld: getattr(afspraak, veld) for veld in velden}

    def bewaar():
        nieuw = {veld: getattr(afspraak, veld) for veld in velden}
        for veld, waarde in oud.items():
            setattr(afspraak, veld, waarde)  # `zet_stap` looks at the appointment as it was
        afspraak.zet_stap(Stap.VERZET, **nieuw)

    if not afspraak.kan(Stap.VERZET):
        raise MagNiet("Deze afspraak kan niet meer verzet worden.")
    _zet_op(afspraak, begin, minstens, bewaar)
    _log(afspraak, Stap.VERZET, door)
    if door:
        _meld(afspraak, "verzet", "Er is iets veranderd aan je afspraak met ons. Op je eigen pagina lees je wat.")
    return afspraak


@transaction.atomic
def wijzig_noden(*, afspraak, nodig, taal, getoond=None):
    """What the person needs from now on: values of `Nodig` and a language (empty is Dutch). The same again is nothing.

    `getoond` is the `versie` that the page showed. Raises Ondertussen or MagNiet.
    """
    afspraak = _op_slot(afspraak, None, None)
    nieuw = " ".join(nodig)
    if (nieuw, taal) == (afspraak.nodig or "", afspraak.taal or ""):
        return afspraak
    if getoond is not None and getoond != afspraak.versie:
        raise Ondertussen(ONDERTUSSEN)
    afspraak.zet_stap(Stap.NODEN, nodig=nieuw, taal=taal, met_noden=bool(nieuw or taal))
    return _log(afspraak, Stap.NODEN, None)


@transaction.atomic
def zeg_af(*, afspraak, door, reden="", getoond=None):
    """Cancels; the desk is free at once. When staff do it, the person gets a mail that says nothing."""
    afspraak = _op_slot(afspraak, door, getoond)
    afspraak.zet_stap(Stap.ZEG_AF, reden=reden)
    _log(afspraak, Stap.ZEG_AF, door)
    if door:
        _meld(afspraak, "afgezegd", "Er is iets veranderd aan je afspraak met ons. Op je eigen pagina lees je wat.")
    return afspraak


@transaction.atomic
def zet(*, afspraak, stap, door, getoond=None):
    """Arrived, did not come, or done."""
    afspraak = _op_slot(afspraak, door, getoond)
    afspraak.zet_stap(stap)
    return _log(afspraak, stap, door)


@transaction.atomic
def wijs_toe(*, afspraak, naar, door, getoond=None):
    """Gives the appointment to a colleague of the team. Raises MagNiet when that person is elsewhere at that time."""
    afspraak = _op_slot(afspraak, door, getoond)
    if not Afspraak.objects.zichtbaar_voor(naar).filter(pk=afspraak.pk).exists():
        raise MagNiet("Deze collega werkt niet in het team van deze afspraak. Kies iemand anders.")
    try:
        with transaction.atomic():
            afspraak.zet_stap(Stap.WIJS_TOE, medewerker=naar)
    except IntegrityError as fout:
        raise MagNiet(f"{naar} heeft op dat uur al een andere afspraak. Kies iemand anders.") from fout
    return _log(afspraak, Stap.WIJS_TOE, door)


# --- reading, erasing, the jobs that come back -----------------------------------------------------


@transaction.atomic
def lees(*, referentie, door):
    """An appointment with what the person told, for staff, with the trace of this reading. Raises DoesNotExist."""
    afspraak = (
        Afspraak.objects.zichtbaar_voor(door)
        .select_related("soort__team", "locatie", "medewerker", "dossiersleutel", "vraag", "dienst", "bestuur")
        .get(referentie=referentie.upper())
    )
    return _log(afspraak, Stap.LEES, door)


def lees_eigen(*, afspraak):
    """The person looked, with the code."""
    return _log(afspraak, Stap.LEES, None)


def wie_keek(afspraak):
    """List of (day, who in plain words, how often): who opened this appointment, newest first."""
    telling = (
        afspraak.spoor.filter(stap=Stap.LEES)
        .order_by()
        .annotate(dag=TruncDate("op"), eigen=ExpressionWrapper(Q(door=None), BooleanField()))
        .values("dag", "eigen")
        .annotate(keer=Count("pk"))
        .order_by("-dag", "eigen")
    )
    return [
        (rij["dag"], "Jij, met je code" if rij["eigen"] else "Een medewerker van het team", rij["keer"])
        for rij in telling
    ]


@transaction.atomic
def wis(*, afspraak, door=None):
    """Erases everything about the person for good; one that is still to come is cancelled. Again changes nothing."""
    afspraak = Afspraak.objects.select_for_update(of=("self",)).select_related("dossiersleutel").get(pk=afspraak.pk)
    if afspraak.dossiersleutel.gewist_op:
        return afspraak
    if afspraak.kan(Stap.ZEG_AF):
        afspraak.zet_stap(Stap.ZEG_AF)
        _log(afspraak, Stap.ZEG_AF, door)
    UitgaandeMail.objects.filter(dossiersleutel=afspraak.dossiersleutel).delete()
    afspraak.dossiersleutel.wis()
    afspraak.code_hash = afspraak.code_zoekdeel = ""
    afspraak.formulier = None
    afspraak.save(update_fields=["code_hash", "code_zoekdeel", "formulier"])
    return _log(afspraak, Stap.WIS, door)


def oude(grens):
    """Appointments that were over at this moment and still know who came."""
    return Afspraak.objects.filter(einde__lte=grens, dossiersleutel__gewist_op=None).only("pk", "einde").order_by("pk")


def herinner(nu) -> int:
    """Puts a mail in the outbox for who chose mail and comes tomorrow; returns how many. Not at night."""
    if timezone.localtime(nu).hour not in OVERDAG:
        return 0
    morgen = timezone.localdate(nu) + timedelta(days=1)
    wie = Afspraak.objects.select_for_update(of=("self",)).select_related("dossiersleutel").filter(
        staat=Staat.GEBOEKT, begin__date=morgen, contactwijze=Wijze.MAIL, herinnerd_op=None,
        dossiersleutel__gewist_op=None,
    )  # fmt: skip
    for afspraak in wie:
        _meld(
            afspraak,
            f"herinnering-{afspraak.begin:%Y%m%d}",
            "Morgen verwachten we je. Op je eigen pagina lees je waar en wanneer.",
        )
        afspraak.herinnerd_op = nu
        afspraak.save(update_fields=["herinnerd_op"])
        _log(afspraak, Stap.HERINNER, None)
    return len(wie)


# --- inside ----------------------------------------------------------------------------------------


def _houd(soort, locatie, wijze):
    """Holds the sessions that could give a moment of this kind, so that who books at once comes after each other."""
    rijen = Spreekuur.objects.filter(soort=soort, locatie=locatie, wijze=wijze).order_by("pk")
    list(rijen.select_for_update(no_key=True).values_list("pk"))


def _zet_op(afspraak, begin, minstens, bewaar):
    """Gives the appointment a free desk at `begin` and saves it. Raises NietVrij."""
    dag = timezone.localdate(begin)
    vrij = agenda.vrije_momenten(
        rooster=agenda.rooster(versie.huidige_versie()), soort=afspraak.soort, locatie=afspraak.locatie,
        wijze=afspraak.wijze, van=dag, tot=dag, minstens=minstens, behalve=afspraak if afspraak.pk else None,
    )  # fmt: skip
    moment = next((moment for moment in vrij if moment.begin == begin), None)
    if moment is None:
        raise NietVrij(NET_GEBOEKT)
    afspraak.begin, afspraak.einde = moment.begin, moment.einde
    for spreekuur, plek in moment.vrij:
        afspraak.spreekuur, afspraak.plek = Spreekuur.objects.get(pk=spreekuur), plek
        afspraak.medewerker_id = afspraak.spreekuur.medewerker_id
        try:
            with transaction.atomic():
                return bewaar()
        except (IntegrityError, OperationalError):
            afspraak._state.adding = afspraak.pk is None
    raise NietVrij(NET_GEBOEKT)


def _op_slot(afspraak, door, getoond):
    """The row, held, as it is now. Raises Ondertussen when it is not what the page showed, DoesNotExist when not theirs."""
    rijen = Afspraak.objects.all() if door is None else Afspraak.objects.zichtbaar_voor(door)
    rij = (
        rijen.select_related("soort__team", "locatie", "dossiersleutel")
        .select_for_update(of=("self",))
        .get(pk=afspraak.pk)
    )
    if getoond is not None and getoond != rij.versie:
        raise Ondertussen(ONDERTUSSEN)
    return rij


def _meld(afspraak, wat, tekst):
    """A mail that says nothing, for who chose mail."""
    if afspraak.contactwijze == Wijze.MAIL and afspraak.dossiersleutel.gewist_op is None:
        stuur_brief(
            sleutel=f"afspraak-{afspraak.pk}-{wat}-{afspraak.versie}",
            aan=afspraak.email,
            dossiersleutel=afspraak.dossiersleutel,
            onderwerp="Bericht van het Sociaal Huis",
            tekst=tekst,
            pad=reverse("loket:opvolgen"),
            referentie=afspraak.referentie,
        )


def _log(afspraak, stap, door):
    AfspraakSpoor.objects.create(afspraak=afspraak, stap=stap, door=door)
    return afspraak
