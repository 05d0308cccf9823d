"""An organisation asks to erase everything it gave: asking, stopping it in time, and doing it after some days."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from participatie.acties.mandaat import eigen_mandaat, mag_leiden
from participatie.models import Mandaat, Wisverzoek
from participatie.models.wisverzoek import WACHT
from participatie.staat import MagNiet
from sociaalhuis.meenemen import beletsels_van, in_volgorde
from sociaalhuis.models import Organisatie
from sociaalhuis.post.brief import stuur_brief

logger = logging.getLogger(__name__)
ER_IS_IETS_GEVRAAGD = "Iemand vroeg iets belangrijks voor je organisatie. Kijk het na in je hoekje. Weet je hier niets van? Dan kan je het daar stoppen:"
HET_GAAT_NIET_DOOR = "Wat er voor je organisatie gevraagd was, gaat niet door. Je leest het in je hoekje:"


@transaction.atomic
def vraag_wissen(*, organisatie, door):
    """An aanspreekpunt asks to erase everything; it happens after `WACHT`. Everybody who speaks for it gets a mail.

    Asked twice gives the first. Raises PermissionDenied, or MagNiet when something stands in the way.
    """
    mandaat = eigen_mandaat(organisatie, door)
    if not (mandaat and mandaat.is_aanspreekpunt):
        raise PermissionDenied
    if beletsels := beletsels_van(organisatie):
        raise MagNiet(beletsels[0])
    nu = timezone.now()
    try:
        with transaction.atomic():
            verzoek = Wisverzoek.objects.create(organisatie=organisatie, door=door, gevraagd_op=nu, vanaf=nu + WACHT)
    except IntegrityError:
        return Wisverzoek.objects.open().get(organisatie=organisatie)
    _mail(verzoek, "gevraagd", "Er is iets gevraagd", ER_IS_IETS_GEVRAAGD)
    return verzoek


@transaction.atomic
def stop(*, verzoek, door):
    """An aanspreekpunt, or staff, stops it in time. Raises MagNiet when it is over, PermissionDenied for anyone else."""
    verzoek = Wisverzoek.objects.select_related("organisatie").select_for_update(of=("self",)).get(pk=verzoek.pk)
    if not mag_leiden(verzoek.organisatie, door):
        raise PermissionDenied
    if verzoek.ingetrokken_op or verzoek.uitgevoerd_op:
        raise MagNiet("Deze vraag is al gestopt of uitgevoerd.")
    verzoek.ingetrokken_op, verzoek.ingetrokken_door = timezone.now(), door
    verzoek.save(update_fields=["ingetrokken_op", "ingetrokken_door"])
    _mail(verzoek, "gestopt", "Er is iets gestopt", HET_GAAT_NIET_DOOR)
    return verzoek


def voer_uit(nu=None):
    """Erases for every request whose days are over, each in its own transaction; gives how many.

    What something stands in the way of waits until the next time; one that fails stops no other.
    """
    nu, gedaan = nu or timezone.now(), 0
    for pk in list(Wisverzoek.objects.open().filter(vanaf__lte=nu).values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                gedaan += wis_alles(pk)
        except Exception as fout:  # whatever is wrong with one may not stop the others; words may not reach the log
            logger.error("request %s to erase could not be carried out: %s", pk, type(fout).__name__)
    return gedaan


def wis_alles(pk):
    """Erases all kinds from the last to the first, within the transaction of the caller; gives whether it did."""
    verzoek = Wisverzoek.objects.open().select_for_update(of=("self",)).filter(pk=pk).first()
    if verzoek is None:
        return False
    organisatie = Organisatie.objects.select_for_update().get(pk=verzoek.organisatie_id)
    if beletsels_van(organisatie):
        return False
    for bezit in reversed(in_volgorde()):
        bezit.wis(organisatie)
    verzoek.uitgevoerd_op = timezone.now()
    verzoek.save(update_fields=["uitgevoerd_op"])
    return True


def _mail(verzoek, gebeurtenis, onderwerp, tekst):
    for mandaat in Mandaat.objects.actief().filter(organisatie=verzoek.organisatie).select_related("gebruiker"):
        stuur_brief(
            sleutel=f"wisverzoek-{verzoek.pk}-{gebeurtenis}-{mandaat.gebruiker_id}",
            aan=mandaat.gebruiker.email,
            onderwerp=onderwerp,
            tekst=tekst,
            pad=reverse("participatie:mijn"),
        )
