from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plan.models import Besluit, Document, Jaaractie, Jaaractieplan, Pijler, Plan
from sociaalhuis.models import Bestuursorgaan


def breekt(naam):
    return pytest.raises(IntegrityError, match=naam)


def test_a_year_lies_in_the_period(plan):
    with breekt("jaaractieplan_jaar_in_periode"), transaction.atomic():
        Jaaractieplan.objects.create(plan=plan, jaar=2032)
    with pytest.raises(ValidationError, match="2026-2031"):
        Jaaractieplan(plan=plan, jaar=2032).full_clean()


def test_there_is_one_plan_per_year(jaarplan):
    with breekt("jaaractieplan_een_per_jaar"), transaction.atomic():
        Jaaractieplan.objects.create(plan=jaarplan.plan, jaar=jaarplan.jaar)


def test_an_action_stands_once_in_a_year(jaarplan, actie):
    Jaaractie.objects.create(jaaractieplan=jaarplan, actie=actie, wat="Starten")
    with breekt("jaaractie_een_per_actie"), transaction.atomic():
        Jaaractie.objects.create(jaaractieplan=jaarplan, actie=actie, wat="Nog eens")


@pytest.mark.parametrize("velden", [{"overgedragen": True}, {"overgedragen_reden": "Vergunning te laat"}])
def test_what_moves_on_has_a_reason(jaarplan, actie, velden):
    with breekt("jaaractie_overgedragen_heeft_reden"), transaction.atomic():
        Jaaractie.objects.create(jaaractieplan=jaarplan, actie=actie, wat="Starten", **velden)


def test_only_actions_of_the_same_plan_stand_in_a_year(jaarplan, geheim_plan, garantie):
    with breekt("jaaractie_actie_van_dit_plan"), transaction.atomic():
        Jaaractie.objects.create(
            jaaractieplan=jaarplan, actie_id=geheim_plan.onderdelen.get(soort="actie").pk, wat="Fout"
        )
    with breekt("jaaractie_actie_van_dit_plan"), transaction.atomic():
        Jaaractie.objects.create(jaaractieplan=jaarplan, actie_id=garantie.pk, wat="Fout")


def test_a_year_in_preparation_is_hidden_and_a_draft_is_not(plan, planner):
    voorbereiding = Jaaractieplan.objects.create(plan=plan, jaar=2028)
    ontwerp = Jaaractieplan.objects.create(plan=plan, jaar=2027, staat="ontwerp")
    assert list(Jaaractieplan.objects.zichtbaar_voor(AnonymousUser())) == [ontwerp]
    assert set(Jaaractieplan.objects.zichtbaar_voor(planner)) == {voorbereiding, ontwerp}


def test_a_year_of_a_hidden_plan_is_hidden(geheim_plan):
    Jaaractieplan.objects.create(plan=geheim_plan, jaar=2032, staat="vastgesteld")
    assert not Jaaractieplan.objects.zichtbaar_voor(AnonymousUser()).exists()


# --- papers and the plan itself ---------------------------------------------------------------


def test_a_plan_ends_after_it_began(plan):
    with breekt("plan_einde_na_begin"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(eindjaar=2025)


@pytest.mark.parametrize("velden", [{"staat": "voorbereiding"}, {"gepubliceerd_op": None}])
def test_a_public_plan_has_the_day_and_another_has_not(plan, velden):
    with breekt("plan_openbaar_heeft_datum"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**velden)


def test_a_document_has_a_text_or_a_file(plan):
    with breekt("document_heeft_inhoud"), transaction.atomic():
        Document.objects.create(plan=plan, slug="leeg", titel="Leeg", soort="advies", datum=date(2026, 1, 1))


def test_an_address_of_a_document_is_unique_in_a_plan(plan):
    Document.objects.create(
        plan=plan, slug="een", titel="Een", soort="advies", datum=date(2026, 1, 1), inhoud="<p>x</p>"
    )
    with breekt("document_slug_uniek"), transaction.atomic():
        Document.objects.create(
            plan=plan, slug="een", titel="Twee", soort="advies", datum=date(2026, 1, 1), inhoud="<p>x</p>"
        )


def test_a_pillar_has_its_own_code(plan):
    Pijler.objects.create(plan=plan, code="planning", titel="Planning", tekst="<p>x</p>")
    with breekt("pijler_code_uniek"), transaction.atomic():
        Pijler.objects.create(plan=plan, code="planning", titel="Weer", tekst="<p>x</p>")


def test_a_body_uses_a_number_once(plan, ocmw):
    orgaan = Bestuursorgaan.objects.create(soort="rmw", bestuur=ocmw)
    velden = {"plan": plan, "orgaan": orgaan, "datum": date(2025, 12, 15), "nummer": "2025-1", "stap": "advies"}
    Besluit.objects.create(titel="Een", uitslag="gunstig", **velden)
    with breekt("besluit_nummer_uniek"), transaction.atomic():
        Besluit.objects.create(titel="Twee", uitslag="gunstig", **velden)
