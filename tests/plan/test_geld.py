from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plan.models import BbcCode, Besteding, Indicator, Projectaanvraag, Raming, Streefwaarde, Taak

Staat = Projectaanvraag.Staat


@pytest.fixture
def maak_raming(aanvraag, ocmw):
    def maak(bedrag, jaar=2026, richting="uitgave", bestuur=ocmw, **velden):
        return Raming.objects.create(
            projectaanvraag=aanvraag, bestuur=bestuur, jaar=jaar, richting=richting, bedrag=Decimal(bedrag), **velden
        )

    return maak


def breekt(naam):
    return pytest.raises(IntegrityError, match=naam)


@pytest.mark.parametrize("jaar", [2025, 2032])
def test_a_year_lies_in_the_period_of_the_plan(maak_raming, jaar):
    with breekt("raming_jaar_in_periode"), transaction.atomic():
        maak_raming("1.00", jaar=jaar)


@pytest.mark.parametrize("bedrag", ["0.00", "-5.00"])
def test_an_amount_is_above_zero(maak_raming, bedrag):
    with breekt("raming_bedrag_boven_nul"), transaction.atomic():
        maak_raming(bedrag)


def test_a_bbc_code_is_of_the_same_bestuur(plan, gemeente, maak_raming):
    code = BbcCode.objects.create(plan=plan, bestuur=gemeente, code="MJP1")
    with breekt("raming_bbc_code_past"), transaction.atomic():
        maak_raming("1.00", bbc_code=code)


def test_a_bbc_code_is_of_the_same_plan(geheim_plan, ocmw, maak_raming):
    code = BbcCode.objects.create(plan=geheim_plan, bestuur=ocmw, code="MJP1")
    with breekt("raming_bbc_code_past"), transaction.atomic():
        maak_raming("1.00", bbc_code=code)


def test_the_period_cannot_leave_money_behind(plan, maak_raming):
    maak_raming("1.00", jaar=2031)
    plan.eindjaar = 2030
    with pytest.raises(ValidationError, match="2031"):
        plan.full_clean()
    with breekt("plan_periode_omvat_jaren"), transaction.atomic():
        plan.save()


def test_the_period_cannot_leave_days_targets_or_spending_behind(plan, actie, ocmw):
    """Everything is told at once, each with the codes; the database holds what counts years."""
    Taak.objects.create(actie=actie, titel="Bel", tegen="2026-04-01")
    Besteding.objects.create(actie=actie, bestuur=ocmw, jaar=2026, bedrag="10", bron="jaarrekening")
    indicator = Indicator.objects.create(
        plan=plan, code="I1", titel="Gezinnen", eenheid="gezinnen", definitie="Elk gezin."
    )
    Streefwaarde.objects.create(indicator=indicator, jaar=2026, waarde=5)
    plan.beginjaar = 2027
    with pytest.raises(ValidationError) as fout:
        plan.full_clean()
    assert fout.value.messages == [
        "Het begin of het einde valt buiten de periode: G1.1.a.",
        "Een taak of mijlpaal valt buiten de periode: G1.1.a.",
        "Er is geld uitgegeven in een jaar buiten de periode: G1.1.a.",
        "Een streefwaarde is voor een jaar buiten de periode: I1.",
        "Verplaats dat eerst, of kies een langere periode.",
    ]
    for rijen in (Streefwaarde.objects.all(), Besteding.objects.all()):  # each of the two alone
        with breekt("plan_periode_omvat_jaren"), transaction.atomic():
            rijen.delete()
            plan.save()
    Streefwaarde.objects.all().delete()
    Besteding.objects.all().delete()
    plan.save()  # days are told, and stay as they are: an ended action is history


def test_a_request_is_for_an_action_of_its_plan(aanvraag, garantie, geheim_plan):
    with breekt("projectaanvraag_actie_van_dit_plan"), transaction.atomic():
        Projectaanvraag.objects.filter(pk=aanvraag.pk).update(actie=garantie.pk)
    with breekt("projectaanvraag_actie_van_dit_plan"), transaction.atomic():
        Projectaanvraag.objects.filter(pk=aanvraag.pk).update(plan=geheim_plan)


@pytest.mark.parametrize(
    "velden",
    [
        {"staat": "goedgekeurd"},
        {"staat": "ingediend", "beslissing": "Toch al ja."},
        {"staat": "geweigerd", "beslissing": "Geen geld.", "beslist_op": date(2026, 1, 1)},
    ],
)
def test_a_decision_is_whole_or_absent(aanvraag, velden):
    with breekt("projectaanvraag_beslissing_heel_of_niet"), transaction.atomic():
        Projectaanvraag.objects.filter(pk=aanvraag.pk).update(**velden)


def test_a_decision_needs_a_reason(aanvraag, coordinator):
    aanvraag.noteer_staat(Staat.GOEDGEKEURD, door=coordinator)
    with pytest.raises(ValidationError) as fout:
        aanvraag.full_clean()
    assert "beslissing" in fout.value.message_dict


def test_deciding_taking_up_and_opening_again(aanvraag, coordinator, planner):
    aanvraag.noteer_staat(Staat.GOEDGEKEURD, door=coordinator, beslissing="Past.", op=date(2026, 1, 5))
    aanvraag.save()
    aanvraag.noteer_staat(Staat.OPGENOMEN, door=planner)
    aanvraag.save()
    aanvraag.refresh_from_db()
    assert (aanvraag.beslist_door, aanvraag.beslist_op, aanvraag.beslissing) == (coordinator, date(2026, 1, 5), "Past.")
    aanvraag.noteer_staat(Staat.INGEDIEND, door=planner)
    aanvraag.save()
    assert (aanvraag.beslist_door, aanvraag.beslist_op, aanvraag.beslissing) == (None, None, "")


def test_money_per_bestuur_and_year_to_the_cent(aanvraag, maak_raming, gemeente):
    maak_raming("0.10")
    maak_raming("0.20")
    maak_raming("1000.05", richting="ontvangst")
    maak_raming("7.77", jaar=2027)
    maak_raming("12345678901.99", bestuur=gemeente, soort="investering")
    assert Raming.objects.geld_per_bestuur_en_jaar() == {
        "ocmw": {
            2026: {"uitgave": Decimal("0.30"), "ontvangst": Decimal("1000.05"), "saldo": Decimal("999.75")},
            2027: {"uitgave": Decimal("7.77"), "ontvangst": Decimal("0.00"), "saldo": Decimal("-7.77")},
        },
        "gemeente": {
            2026: {
                "uitgave": Decimal("12345678901.99"),
                "ontvangst": Decimal("0.00"),
                "saldo": Decimal("-12345678901.99"),
            }
        },
    }
    assert Raming.objects.totalen()["saldo"] == Decimal("-12345677910.01")


def test_only_granted_money_counts(aanvraag, maak_raming, coordinator):
    maak_raming("10.00")
    assert Raming.objects.toegekend().totalen()["uitgave"] == Decimal("0.00")
    for staat, telt in [("geweigerd", "0.00"), ("goedgekeurd", "10.00"), ("opgenomen", "10.00")]:
        aanvraag.noteer_staat(staat, door=coordinator, beslissing="Reden.")
        aanvraag.save()
        assert Raming.objects.toegekend().totalen()["uitgave"] == Decimal(telt)


def test_spending_and_income_of_a_request(aanvraag, maak_raming):
    maak_raming("10.00")
    maak_raming("2.50", jaar=2027)
    maak_raming("4.00", richting="ontvangst")
    gevonden = Projectaanvraag.objects.met_saldo().get()
    assert (gevonden.uitgaven, gevonden.ontvangsten) == (Decimal("12.50"), Decimal("4.00"))
