"""What hangs on an action: partners, tasks, findings that justify it, and what it waits for."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from plan.models import Actie, Afhankelijkheid, Feit, Garantie, Partnerschap, Standwoord, Taak, Verantwoording


def breekt(naam):
    return pytest.raises(IntegrityError, match=naam)


@pytest.fixture
def feit(plan):
    return Feit.objects.create(
        plan=plan, zin="1 op 8 kinderen groeit op in armoede", bron="Eigen telling", datum=date(2025, 6, 1)
    )


# --- partners -------------------------------------------------------------------------------------


def test_an_organisation_is_a_partner_once(actie, organisatie):
    actie.partners.add(organisatie)
    with breekt("partnerschap_een_per_organisatie"), transaction.atomic():
        Partnerschap.objects.create(onderdeel=actie, organisatie=organisatie, rol="financier")


@pytest.mark.parametrize(
    "velden",
    [
        {"staat": "bevestigd"},
        {"staat": "bevestigd", "staat_op": True},
        {"staat": "teruggetrokken", "staat_op": True, "door": True},
        {"reden": "Geen tijd"},
    ],
)
def test_a_state_of_a_partner_has_when_who_and_if_it_left_why(actie, organisatie, planner, velden):
    actie.partners.add(organisatie)
    if velden.pop("door", False):
        velden["staat_door"] = planner
    if "staat_op" in velden:
        velden["staat_op"] = timezone.now()
    with breekt("partnerschap_staat_heel_of_niet"), transaction.atomic():
        Partnerschap.objects.update(**velden)


def test_who_left_is_seen_by_its_own_people_and_the_town_only(actie, organisatie, planner, voedselbank, bewoner):
    actie.partners.add(organisatie)
    Partnerschap.objects.update(
        staat="teruggetrokken", staat_op=timezone.now(), staat_door=planner, reden="Geen vrijwilligers"
    )
    niemand = voedselbank  # has no mandate
    assert [Partnerschap.objects.zichtbaar_voor(wie).count() for wie in (planner, niemand)] == [1, 0]


# --- tasks ----------------------------------------------------------------------------------------


def test_a_task_belongs_to_an_action(doelstelling):
    with breekt("taak_van_actie"), transaction.atomic():
        Taak.objects.create(actie_id=doelstelling.pk, titel="Hangt te hoog")


@pytest.mark.parametrize(
    ("velden", "veld"), [({"tegen": date(2032, 1, 1)}, "tegen"), ({"klaar_op": date(2999, 1, 1)}, "klaar_op")]
)
def test_a_task_outside_the_period_or_done_tomorrow_is_refused_in_dutch(actie, velden, veld):
    with pytest.raises(ValidationError) as fout:
        Taak(actie=actie, titel="Bellen", **velden).full_clean()
    assert veld in fout.value.message_dict


def test_late_and_soon_are_counted_from_today(actie):
    vandaag = timezone.localdate()
    for titel, dagen, klaar in [("laat", -1, None), ("vandaag", 0, None), ("straks", 14, None), ("later", 15, None),
                                ("gedaan", -1, vandaag)]:  # fmt: skip
        Taak.objects.create(actie=actie, titel=titel, tegen=vandaag + timedelta(days=dagen), klaar_op=klaar)
    assert [taak.titel for taak in Taak.objects.te_laat()] == ["laat"]
    assert [taak.titel for taak in Taak.objects.binnenkort()] == ["vandaag", "straks"]
    assert [taak.titel for taak in Taak.objects.all() if taak.is_te_laat] == ["laat"]


# --- findings -------------------------------------------------------------------------------------


def test_a_finding_justifies_parts_of_its_own_plan_once(feit, doelstelling, geheim_plan):
    Verantwoording.objects.create(feit=feit, onderdeel=doelstelling)
    with breekt("verantwoording_een_keer"), transaction.atomic():
        Verantwoording.objects.create(feit=feit, onderdeel=doelstelling)
    ander = Garantie.objects.get(plan=geheim_plan)
    with breekt("verantwoording_zelfde_plan"), transaction.atomic():
        Verantwoording.objects.create(feit=feit, onderdeel=ander)
    with pytest.raises(ValidationError, match="ander plan"):
        Verantwoording(feit=feit, onderdeel=ander).full_clean()


def test_a_unit_without_a_number_says_nothing(feit):
    feit.eenheid = "%"
    with pytest.raises(ValidationError, match="Vul ook het getal in"):
        feit.full_clean()


# --- waiting for another action -------------------------------------------------------------------


def test_actions_never_wait_in_a_circle(maak_actie):
    a, b, c = (maak_actie(letter) for letter in "abc")
    Afhankelijkheid.objects.create(actie=a, wacht_op=b)
    Afhankelijkheid.objects.create(actie=b, wacht_op=c)
    for eerste, tweede in ((c, a), (b, a)):
        with breekt("afhankelijkheid_zonder_kring"), transaction.atomic():
            Afhankelijkheid.objects.create(actie=eerste, wacht_op=tweede)
        with pytest.raises(ValidationError, match="Twee acties wachten niet op elkaar"):
            Afhankelijkheid(actie=eerste, wacht_op=tweede).full_clean()
    with breekt("afhankelijkheid_"), transaction.atomic():
        Afhankelijkheid.objects.create(actie=a, wacht_op=a)
    with breekt("afhankelijkheid_een_keer"), transaction.atomic():
        Afhankelijkheid.objects.create(actie=a, wacht_op=b)


def test_an_action_waits_for_an_action_of_its_own_plan(actie, geheim_plan):
    ander = Actie.objects.get(plan=geheim_plan)
    with breekt("afhankelijkheid_zelfde_plan"), transaction.atomic():
        Afhankelijkheid.objects.create(actie=actie, wacht_op=ander)


def test_a_state_has_one_word_of_the_town(plan):
    Standwoord.objects.create(plan=plan, stand="vertraagd", woord="Loopt achter")
    with breekt("standwoord_een_per_stand"), transaction.atomic():
        Standwoord.objects.create(plan=plan, stand="vertraagd", woord="Te laat")


@pytest.mark.parametrize(
    "velden", [{"regierol": "regisseur"}, {"contact": "Dienst Wonen"}, {"stand_reden": "Zo beslist"}]
)
def test_only_an_action_has_a_role_a_contact_and_a_state_by_hand(doelstelling, velden):
    with breekt("onderdeel_uitvoering_hoort_bij_actie"), transaction.atomic():
        type(doelstelling).objects.filter(pk=doelstelling.pk).update(**velden)
