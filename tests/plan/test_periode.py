"""Taking a plan along to the next period."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from plan.acties.periode import kopieer_naar_periode
from plan.models import Actie, Doelstelling, Onderdeel, Opvolging, Partnerschap, Plan, Raming

NIEUW = {"slug": "2032-2037", "titel": "Het volgende plan", "beginjaar": 2032, "eindjaar": 2037}


@pytest.fixture
def oud(plan, actie, thema, maak_actie, aanvraag, ocmw, organisatie):
    """One action with everything, one that was stopped."""
    Actie.objects.filter(pk=actie.pk).update(
        stand="in-uitvoering", voortgang=40, stand_toelichting="Halfweg", stand_op=date(2026, 5, 1), gewicht=Decimal(70),
        evaluatie="<p>Goed.</p>", lange_omschrijving="<p>Wij bellen aan.</p>",
    )  # fmt: skip
    actie.themas.add(thema)
    Partnerschap.objects.create(onderdeel=actie, organisatie=organisatie, wat="Helpt mee")
    Raming.objects.create(projectaanvraag=aanvraag, bestuur=ocmw, jaar=2027, richting="uitgave", bedrag=5)
    maak_actie("z", stand="stopgezet")
    return plan


def test_only_who_works_on_the_plan_takes_it_along(oud, loket_ocmw, voedselbank):
    for gebruiker in (loket_ocmw, voedselbank):
        with pytest.raises(PermissionDenied):
            kopieer_naar_periode(plan=oud, door=gebruiker, **NIEUW)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(("velden", "veld"), [
    ({"beginjaar": 2031}, "beginjaar"), ({"eindjaar": 2030}, "eindjaar"), ({"slug": "2026-2031"}, "slug"), ({"titel": ""}, "titel"),
])  # fmt: skip
def test_a_period_that_does_not_fit_is_told_at_the_field(oud, coordinator, velden, veld):
    with pytest.raises(ValidationError) as fout:
        kopieer_naar_periode(plan=oud, door=coordinator, **{**NIEUW, **velden})
    assert list(fout.value.message_dict) == [veld]
    assert Plan.objects.count() == 1


def test_parts_of_another_plan_or_none_are_refused(oud, geheim_plan, coordinator):
    nieuw = {**NIEUW, "slug": "later"}
    with pytest.raises(ValidationError, match="alleen onderdelen van dit plan"):
        kopieer_naar_periode(plan=oud, door=coordinator, onderdelen=geheim_plan.onderdelen.all(), **nieuw)
    with pytest.raises(ValidationError, match="minstens een onderdeel"):
        kopieer_naar_periode(plan=oud, door=coordinator, onderdelen=[], **nieuw)
    assert Plan.objects.count() == 2


def test_what_goes_on_goes_along_and_what_is_of_the_old_period_stays(oud, actie, thema, organisatie, coordinator):
    nieuw = kopieer_naar_periode(plan=oud, door=coordinator, **NIEUW)
    assert (nieuw.staat, nieuw.gepubliceerd_op, nieuw.missie) == ("voorbereiding", None, oud.missie)
    assert [deel.code for deel in nieuw.onderdelen.in_volgorde()] == ["G1", "G1.1", "G1.1.a"]
    kopie = nieuw.onderdelen.get(code="G1.1.a")
    assert (kopie.titel, kopie.termijn, kopie.bestuur, kopie.trekker, kopie.gewicht, kopie.lange_omschrijving) == (
        "Actie a", "kort", "ocmw", "Sociale dienst", Decimal(70), "<p>Wij bellen aan.</p>",
    )  # fmt: skip
    assert (kopie.stand, kopie.voortgang, kopie.stand_toelichting, kopie.stand_op, kopie.begin, kopie.einde, kopie.evaluatie) == (
        "nog-niet-gestart", 0, "", None, None, None, "",
    )  # fmt: skip
    assert [deel.code for deel in (kopie.ouder, kopie.garantie)] == ["G1.1", "G1"]
    assert kopie.garantie.plan == nieuw
    assert list(kopie.themas.all()) == [thema]
    assert [(rij.organisatie, rij.wat, rij.staat) for rij in kopie.partnerschappen.all()] == [
        (organisatie, "Helpt mee", "gevraagd")
    ]
    assert not nieuw.projectaanvragen.exists()
    assert kopie.opvolger_van.oud_id == actie.pk
    assert kopie.alineas.count() == 1
    assert set(kopie.alineas.values_list("sleutel")).isdisjoint(actie.alineas.values_list("sleutel"))


def test_a_chosen_action_brings_what_stands_above_it_and_nothing_else(oud, actie, garantie, coordinator):
    Doelstelling.objects.create(plan=oud, code="G1.2", titel="Ander doel", ouder=garantie)
    nieuw = kopieer_naar_periode(plan=oud, door=coordinator, onderdelen=[actie], **NIEUW)
    assert [deel.code for deel in nieuw.onderdelen.in_volgorde()] == ["G1", "G1.1", "G1.1.a"]


def test_the_old_page_says_where_it_goes_on_as_soon_as_that_is_public(
    oud, actie, garantie, coordinator, bewoner, als, planner, huis
):
    nieuw = kopieer_naar_periode(plan=oud, door=coordinator, **NIEUW)
    for deel in (Actie.objects.get(pk=actie.pk), garantie):
        assert "Dit gaat verder in" not in bewoner.get(deel.get_absolute_url()).content.decode()
        assert "Dit gaat verder in" in als(planner).get(deel.get_absolute_url()).content.decode()
    Plan.objects.filter(pk=nieuw.pk).update(staat="ontwerp", gepubliceerd_op="2031-10-01")
    druk = bewoner.get(actie.get_absolute_url()).content.decode()
    assert f'href="/plan/2032-2037/acties/{actie.code}/"' in druk
    assert "in het plan 2032-2037" in druk


def test_a_successor_is_of_another_plan_and_the_same_kind(oud, actie, garantie, coordinator):
    nieuw = kopieer_naar_periode(plan=oud, door=coordinator, **NIEUW)
    Opvolging.objects.all().delete()
    kopie = nieuw.onderdelen.get(code="G1.1.a")
    for oude, nieuwe in [(actie, Onderdeel.objects.get(code="G1.1.z")), (garantie, kopie)]:
        with pytest.raises(IntegrityError, match="opvolging_in_ander_plan"), transaction.atomic():
            Opvolging.objects.create(oud_id=oude.pk, nieuw_id=nieuwe.pk)
    with pytest.raises(IntegrityError, match="opvolging_"), transaction.atomic():
        Opvolging.objects.create(oud_id=kopie.pk, nieuw_id=kopie.pk)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_plan(plan, garantie, coordinator):
    klaar, uitkomst = threading.Barrier(2), []

    def kopieer():
        try:
            klaar.wait(timeout=20)
            kopieer_naar_periode(plan=plan, door=coordinator, **NIEUW)
            uitkomst.append("gemaakt")
        except ValidationError as fout:
            uitkomst.append(list(fout.message_dict))
        finally:
            connection.close()

    draden = [threading.Thread(target=kopieer) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=30)
    assert sorted(uitkomst, key=str) == [["slug"], "gemaakt"]
    assert Plan.objects.count() == 2
