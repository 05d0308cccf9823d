"""Telling what happens in participation: the messages, and the mails to who asked for them.

Jobs of the worker. What is told follows from the rounds and meetings as they are now; a message is written once per
occasion, also when the worker was away at the hour itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from participatie.models import Bericht, Doorwerking, Overleg, Ronde, Volger
from sociaalhuis.templatetags.huis import datum, moment
from sociaalhuis.volgen import verbs as volgen

BIJNA = timedelta(days=3)  # before a round closes
NOG_NIEUWS = timedelta(days=30)  # what is longer ago is not told any more
ONDERWERP = "Nieuws over meepraten"
AANHEF = "Dit gebeurde er bij wat je volgt."


@dataclass(frozen=True)
class Gebeurtenis:
    """Something to tell: of when, and in what words."""

    sleutel: str
    op: datetime
    titel: str
    tekst: str
    pad: str
    ronde: Ronde | None = None


# --- messages -------------------------------------------------------------------------------------


def van_rondes(nu):
    """What rounds have to tell at `nu`."""
    for ronde in Ronde.objects.openbaar():
        pad = ronde.get_absolute_url()
        hier = {"titel": ronde.titel, "pad": pad, "ronde": ronde}
        yield Gebeurtenis(
            f"ronde-{ronde.pk}-open",
            ronde.opent_op,
            tekst=f"Je kan meepraten tot {moment(ronde.sluit_op)}. {ronde.vraag}",
            **hier,
        )
        if ronde.sluit_op - ronde.opent_op > BIJNA * 2:
            tekst = f"Deze ronde sluit bijna: meepraten kan nog tot {moment(ronde.sluit_op)}."
            yield Gebeurtenis(f"ronde-{ronde.pk}-bijna", ronde.sluit_op - BIJNA, tekst=tekst, **hier)
        tekst = f"De ronde is gesloten. Je leest ten laatste op {datum(ronde.antwoord_tegen)} wat we ermee doen."
        yield Gebeurtenis(f"ronde-{ronde.pk}-dicht", ronde.sluit_op, tekst=tekst, **hier)
        if uit := ronde.antwoorden_gepubliceerd_op:
            tekst = "De antwoorden staan online. Bij elke inbreng lees je wat we ermee doen, en waarom."
            yield Gebeurtenis(f"ronde-{ronde.pk}-antwoorden", uit, tekst=tekst, **hier)


def van_wijzigingen(nu):
    """What an adopted version of a plan carried out of the answers of a round: one message per round and version."""
    rijen = Doorwerking.objects.openbaar().uitgevoerd().filter(versie__op__gt=nu - NOG_NIEUWS)
    stellen = rijen.order_by().values_list("antwoord__inbreng__ronde", "versie", "versie__op").distinct()
    rondes = Ronde.objects.openbaar().in_bulk([ronde for ronde, _, _ in stellen])
    for nummer, versie, op in stellen:
        if ronde := rondes.get(nummer):
            tekst = (
                "Het plan is aangepast na wat mensen in deze ronde zeiden. Bij elke inbreng staat wat er veranderde."
            )
            yield Gebeurtenis(
                f"ronde-{nummer}-versie-{versie}", op, ronde.titel, tekst, ronde.get_absolute_url(), ronde
            )


def van_overleg(nu):
    """Public meetings: told about, called off, and their minutes."""
    for overleg in Overleg.objects.openbaar().filter(einde__gt=nu - NOG_NIEUWS).select_related("ronde", "verslag"):
        hier = {"titel": overleg.titel, "pad": overleg.get_absolute_url(), "ronde": overleg.ronde}
        if overleg.staat == Overleg.Staat.AFGELAST:
            tekst = f"Het overleg van {datum(overleg.begin)} gaat niet door."
            yield Gebeurtenis(f"overleg-{overleg.pk}-afgelast", overleg.gewijzigd_op, tekst=tekst, **hier)
        else:
            tekst = f"Overleg op {moment(overleg.begin)}. Iedereen is welkom."
            yield Gebeurtenis(f"overleg-{overleg.pk}-aangekondigd", overleg.gemaakt_op, tekst=tekst, **hier)
        if overleg.toestand == Overleg.Toestand.VERSLAG:
            tekst = f"Het verslag van het overleg van {datum(overleg.begin)} staat online."
            yield Gebeurtenis(f"overleg-{overleg.pk}-verslag", overleg.verslag.gepubliceerd_op, tekst=tekst, **hier)


@transaction.atomic
def schrijf_berichten(nu):
    """Writes what happened by `nu` and was not told yet; gives the number of new messages."""
    gebeurd = [
        een for bron in (van_rondes, van_wijzigingen, van_overleg) for een in bron(nu) if nu - NOG_NIEUWS < een.op <= nu
    ]
    bekend = set(Bericht.objects.filter(sleutel__in=[een.sleutel for een in gebeurd]).values_list("sleutel", flat=True))
    nieuw = sorted((een for een in gebeurd if een.sleutel not in bekend), key=lambda een: een.op)
    Bericht.objects.bulk_create([Bericht(**vars(een)) for een in nieuw], ignore_conflicts=True)
    return len(nieuw)


# --- subscriptions --------------------------------------------------------------------------------


@transaction.atomic
def volg(*, ronde, email, elke, door=None):
    """Keeps an address that still has to confirm, for a round (None: everything), and mails it the link."""
    if ronde:
        Ronde.objects.select_for_update().get(pk=ronde.pk)  # twice at once: one after the other
    return volgen.vraag_aan(
        Volger.objects,
        email=email,
        elke=elke,
        bevestigen=lambda rij: reverse("participatie:volg_bevestig", args=[rij.referentie, rij.sleutel]),
        ronde=ronde,
    )


def bevestig(*, volger, door=None):
    """From now on there is news. A second time changes nothing."""
    return volgen.bevestig(abonnement=volger, berichten=Bericht.objects.all(), door=door)


def verstuur_nieuws(nu):
    """Mails everyone who confirmed and whose turn it is what happened since the last mail; nothing when nothing did."""
    laatste = Bericht.objects.aggregate(laatste=Max("pk"))["laatste"] or 0
    for rij in volgen.aan_de_beurt(Volger.objects.filter(gezien__lt=laatste).select_related("ronde"), nu):
        berichten = list(Bericht.objects.openbaar().over(rij.ronde).filter(pk__gt=rij.gezien).order_by("pk"))
        if berichten:
            volgen.mail_nieuws(
                rij,
                laatste=berichten[-1].pk,
                zinnen=[f"{bericht.titel}: {bericht.tekst}" for bericht in berichten],
                onderwerp=ONDERWERP,
                aanhef=AANHEF,
                pad=reverse("participatie:nieuws"),
                stoppad=reverse("participatie:volg_stop", args=[rij.referentie, rij.sleutel]),
                nu=nu,
            )
