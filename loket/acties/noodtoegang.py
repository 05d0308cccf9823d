"""Break-glass: ask, decide by a second person, stop. Decision and limits: docs/besluiten/0014.

Asking does the same work for a reference that exists elsewhere and for one that does not: one look, one key, one row,
one mail per overseer. What differs (the head of the owning team is told) is done by the worker.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from loket.acties.slot import log
from loket.models import MagNiet, Noodtoegang, Vraag
from loket.models.noodtoegang import DUUR
from loket.models.staat import Stap
from sociaalhuis.models import Dossiersleutel, Gebruiker
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, TOEZICHTHOUDER

AL_BESLIST = "Over deze aanvraag is al beslist, of ze is te oud."


@transaction.atomic
def vraag_toegang(*, referentie, grond, reden, door) -> Noodtoegang:
    """Keeps a request to read one case, whether the reference exists or not, and tells the overseers."""
    vraag = Vraag.objects.filter(referentie=referentie).only("pk").first()
    aanvraag = Noodtoegang.objects.create(
        referentie=referentie,
        vraag=vraag,
        dossiersleutel=Dossiersleutel.objects.create(),
        grond=grond,
        reden=reden,
        door=door,
    )
    _meld(aanvraag, Gebruiker.objects.filter(groups__name=TOEZICHTHOUDER), "gevraagd")
    return aanvraag


@transaction.atomic
def ken_toe(*, aanvraag, door) -> Noodtoegang:
    """The second person says yes: an hour, from now. Raises MagNiet."""
    aanvraag = _op_slot(aanvraag, door)
    if aanvraag.vraag is None:
        raise MagNiet("Er is geen vraag met deze referentie. Weiger de aanvraag.")
    nu = timezone.now()
    _beslis(aanvraag, True, door, nu, tot=nu + DUUR)
    log(aanvraag.vraag, Stap.NOODTOEGANG, door, nu, naar=aanvraag.door)
    _meld(aanvraag, hoofden_van(aanvraag.vraag.team), "toegekend")
    return aanvraag


@transaction.atomic
def weiger(*, aanvraag, door) -> Noodtoegang:
    aanvraag = _op_slot(aanvraag, door)
    _beslis(aanvraag, False, door, timezone.now())
    return aanvraag


@transaction.atomic
def stop(*, aanvraag, door) -> Noodtoegang:
    """Ends the access at once: who has it, or who may decide on it. Raises MagNiet when it was over."""
    lopend = Noodtoegang.objects.zichtbaar_voor(door).lopend().select_related("vraag")
    aanvraag = lopend.select_for_update(of=("self",)).filter(pk=aanvraag.pk).first()
    if aanvraag is None:
        raise MagNiet("Deze toegang was al voorbij.")
    aanvraag.gestopt_op, aanvraag.gestopt_door = timezone.now(), door
    aanvraag.save(update_fields=["gestopt_op", "gestopt_door"])
    log(aanvraag.vraag, Stap.STOP_NOOD, door, None, naar=aanvraag.door)
    return aanvraag


def meld_aan_hoofden(nu):
    """Job: tells the heads of the owning team that a request waits."""
    nieuw = Noodtoegang.objects.te_beslissen(nu).filter(gemeld_op=None, vraag__isnull=False)
    for aanvraag in nieuw.select_related("vraag__team").select_for_update(of=("self",)):
        _meld(aanvraag, hoofden_van(aanvraag.vraag.team), "gevraagd")
        aanvraag.gemeld_op = nu
        aanvraag.save(update_fields=["gemeld_op"])


def hoofden_van(team):
    """The people who head a team: with the role, in the team, of its own Bestuur."""
    return Gebruiker.objects.filter(
        is_active=True, groups__name=TEAMVERANTWOORDELIJKE, teams=team, bestuur=team.bestuur_id
    )


def _op_slot(aanvraag, door):
    vast = Noodtoegang.objects.te_beslissen_door(door).select_related("vraag__team")
    vast = vast.select_for_update(of=("self",)).filter(pk=aanvraag.pk).first()
    if vast is None:
        raise MagNiet(AL_BESLIST)
    return vast


def _beslis(aanvraag, toegekend, door, nu, tot=None):
    aanvraag.toegekend, aanvraag.beslist_door, aanvraag.beslist_op, aanvraag.tot = toegekend, door, nu, tot
    aanvraag.save(update_fields=["toegekend", "beslist_door", "beslist_op", "tot"])


def _meld(aanvraag, mensen, wat):
    for mens in mensen.filter(is_active=True).exclude(pk=aanvraag.door_id):
        stuur_brief(
            sleutel=f"noodtoegang-{aanvraag.pk}-{wat}-{mens.pk}",
            aan=mens.email,
            onderwerp="Er staat iets voor je klaar",
            tekst="Er staat iets voor je klaar op de werkbank. Kijk het zo snel mogelijk na.",
            pad=reverse("loket:noodtoegang"),
        )
