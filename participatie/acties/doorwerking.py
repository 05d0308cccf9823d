"""Naming what an answer changes in the plan, and marking it as carried out when an adopted version holds it."""

import json
from collections import defaultdict

from django.db import transaction

from participatie.acties.antwoord import antwoord_op_slot, krijgen_dit_antwoord
from participatie.acties.inbreng import meld_auteurs
from participatie.doorwerken import bedrag, houdt, wijzigingen, zoek
from participatie.models import Doorwerking
from participatie.models.antwoord import ZONDER_WIJZIGING
from participatie.staat import MagNiet
from plan import momentopname
from plan.models import Besluit, Versie
from plan.models.versie import als_tekst

NIETS = "Bij dit besluit verandert er niets in het plan. Kies eerst “Overgenomen” of “Deels overgenomen”."


def versies_vanaf(ronde):
    """The versions to compare with, oldest first: the one the round was about, then what came later.

    A round that does not name its version was about the last one from before it closed, or else the first there is.
    """
    versies = list(Versie.objects.filter(plan=ronde.plan_id).defer("tekst").order_by("nummer"))
    gekozen = ronde.versie_id
    voor = [versie.nummer for versie in versies if versie.op <= ronde.sluit_op]
    begin = next((versie.nummer for versie in versies if versie.pk == gekozen), voor[-1] if voor else 0)
    return [versie for versie in versies if versie.nummer >= begin]


def te_kiezen(ronde, van=None, naar=None):
    """List of `Wijziging` between two versions of the plan of a round; without `naar`, up to the plan of now."""
    versies = versies_vanaf(ronde)
    if not versies:
        return []
    van = van or versies[0]
    inhoud = naar.inhoud if naar else json.loads(als_tekst(momentopname.neem(ronde.plan)))
    return wijzigingen(van.inhoud, inhoud)


def bedrag_nu(plan, velden):
    """What the plan holds now for these columns of money, in euro."""
    return bedrag({"geld": momentopname.geld.neem(plan)}, Doorwerking(**velden))


@transaction.atomic
def leg_vast(*, antwoord, door, gekozen=(), aangekondigd=None):
    """Names changes in an answer: `gekozen` are `Wijziging`s of the plan, `aangekondigd` the columns of one to come.

    What an adopted version holds already is carried out at once. Gives the new rows; the same again gives none.
    """
    antwoord = antwoord_op_slot(antwoord, door, "add_antwoord")
    if antwoord.besluit in ZONDER_WIJZIGING:
        raise MagNiet(NIETS)
    velden = [wijziging.velden for wijziging in gekozen] + ([aangekondigd] if aangekondigd else [])
    rijen = [Doorwerking(antwoord=antwoord, door=door, **rij) for rij in velden]
    bestaand = {_eigen(rij) for rij in antwoord.doorwerkingen.all()}
    nieuw = [rij for rij in rijen if _eigen(rij) not in bestaand]
    for rij in nieuw:
        rij.full_clean(exclude=["antwoord", "door"], validate_constraints=False)
        rij.save()
    voer_uit(Doorwerking.objects.filter(pk__in=[rij.pk for rij in nieuw]))
    return nieuw


def _eigen(rij):
    return rij.soort, rij.onderdeel, rij.veld, rij.alinea, rij.bestuur, rij.jaar, rij.richting, rij.nieuw


@transaction.atomic
def neem_terug(*, doorwerking, door):
    """Takes back a change that was named; not one that was carried out in public."""
    antwoord = antwoord_op_slot(doorwerking.antwoord, door, "add_antwoord")
    rij = antwoord.doorwerkingen.filter(pk=doorwerking.pk).first()
    if rij is None:
        raise MagNiet("Deze wijziging staat hier niet meer.")
    if rij.is_uitgevoerd and antwoord.is_gepubliceerd:
        raise MagNiet("Deze wijziging is uitgevoerd en staat online. Ze blijft staan.")
    rij.delete()


@transaction.atomic
def kijk_na(nu):
    """Job: looks in adopted versions that came since for what was announced, and tells who gave the input."""
    return voer_uit(Doorwerking.objects.all())


def voer_uit(rijen):
    """Marks what the first adopted version of after the round holds; gives how many. Each version is read once."""
    rijen = rijen.aangekondigd().select_for_update(of=("self",)).select_related("antwoord__inbreng__ronde")
    per_plan = defaultdict(list)
    for rij in rijen.defer("antwoord__inbreng__email"):
        per_plan[rij.antwoord.inbreng.ronde.plan_id].append(rij)
    gedaan = []
    for plan, eigen in per_plan.items():
        tot = min(rij.gekeken_tot for rij in eigen)
        bekend = Versie.objects.filter(plan=plan, stap=Besluit.Stap.BEKENDMAKING, nummer__gt=tot).order_by("nummer")
        for versie in bekend:
            gedaan += _in_versie(versie, [rij for rij in eigen if rij.versie_id is None])
    for antwoord in {rij.antwoord_id: rij.antwoord for rij in gedaan}.values():
        if antwoord.is_gepubliceerd:
            meld_uitgevoerd(antwoord, [rij for rij in gedaan if rij.antwoord_id == antwoord.pk])
    return len(gedaan)


def _in_versie(versie, rijen):
    """Looks for these rows in one version; gives those it holds, marked."""
    na_ronde = [
        rij for rij in rijen if rij.gekeken_tot < versie.nummer and rij.antwoord.inbreng.ronde.opent_op < versie.op
    ]
    gedaan = [rij for rij in na_ronde if houdt(versie.inhoud, rij)] if na_ronde else []
    for rij in gedaan:
        rij.versie = versie
        noem_deel(versie, rij)
    for rij in rijen:
        rij.gekeken_tot = max(rij.gekeken_tot, versie.nummer)
        rij.save(update_fields=["versie", "gekeken_tot", "onderdeel", "code"])
    return gedaan


def noem_deel(versie, rij):
    """A new part that was announced by its title has a key and a code from now on."""
    if rij.soort == Doorwerking.Soort.DEEL and rij.onderdeel is None:
        deel = zoek(versie.inhoud, rij)
        rij.onderdeel, rij.code = deel["sleutel"], deel["code"]


def meld_uitgevoerd(antwoord, rijen):
    """Mails everyone who gets this answer that these of its announced changes stand in the plan; each set is told once."""
    for inbreng in krijgen_dit_antwoord(antwoord):
        meld_auteurs(inbreng, f"uitgevoerd-{min(rij.pk for rij in rijen)}")
