"""The admin of participation: what is made there, and what is only looked at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participatie.acties.antwoord import publiceer_antwoorden
from participatie.models import Mandaat, Ronde
from plan.models import Plan

BEHEER = "/beheer/participatie"


def datums(ronde, **anders):
    velden = {"plan": ronde.plan_id, "titel": "Nieuwe titel", "slug": ronde.slug, "vraag": "Wat?", "wie": "Wij"}
    for naam in ("opent_op", "sluit_op"):
        moment = timezone.localtime(anders.pop(naam, getattr(ronde, naam)))
        velden |= {f"{naam}_0": moment.strftime("%d/%m/%Y"), f"{naam}_1": moment.strftime("%H:%M:%S")}
    return {**velden, "antwoord_tegen": ronde.antwoord_tegen.strftime("%d/%m/%Y"), **anders}


def test_a_superuser_without_role_sees_no_input(als, huis, superuser, ronde, maak_inbreng):
    inbreng = maak_inbreng(ronde, "Iets")
    client = als(superuser)
    assert "2026-" not in client.get(f"{BEHEER}/inbreng/").content.decode().split('id="changelist"')[-1]
    assert client.get(f"{BEHEER}/inbreng/{inbreng.pk}/change/").status_code == 302


@pytest.mark.parametrize("model", ["inbreng", "antwoord", "aanmelding"])
def test_what_was_said_and_decided_is_read_only(als, huis, coordinator, model):
    client = als(coordinator)
    assert client.get(f"{BEHEER}/{model}/").status_code == 200
    assert client.get(f"{BEHEER}/{model}/add/").status_code == 403


def test_a_coordinator_makes_a_round_and_it_starts_as_a_draft(als, huis, coordinator, ronde):
    antwoord = als(coordinator).post(f"{BEHEER}/ronde/add/", datums(ronde, slug="nieuw"))
    assert antwoord.status_code == 302, antwoord.context["errors"]
    assert Ronde.objects.get(slug="nieuw").staat == "concept"


def test_a_round_that_closes_before_it_opens_is_explained(als, huis, coordinator, ronde):
    velden = datums(ronde, sluit_op=ronde.opent_op - timedelta(days=1))
    inhoud = als(coordinator).post(f"{BEHEER}/ronde/{ronde.pk}/change/", velden).content.decode()
    assert "Een ronde sluit nadat ze opent." in inhoud


def test_an_answered_round_does_not_open_again(
    als, huis, coordinator, klaar, gesloten_ronde, maak_inbreng, organisatie
):
    inbreng = maak_inbreng(gesloten_ronde, "Wij", organisatie=organisatie)
    klaar(inbreng)
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    velden = datums(gesloten_ronde, sluit_op=timezone.now() + timedelta(days=3))
    antwoord = als(coordinator).post(f"{BEHEER}/ronde/{gesloten_ronde.pk}/change/", velden)
    assert "Deze ronde gaat niet meer open." in antwoord.content.decode()


def test_a_round_with_input_stays_with_its_plan(als, huis, coordinator, ronde, maak_inbreng):
    maak_inbreng(ronde, "Iets")
    ander = Plan.objects.create(slug="oud", titel="Oud", beginjaar=2020, eindjaar=2025, missie="x")
    antwoord = als(coordinator).post(f"{BEHEER}/ronde/{ronde.pk}/change/", datums(ronde, plan=ander.pk))
    assert "Het plan van deze ronde ligt vast." in antwoord.content.decode()


def test_a_second_mandate_in_the_same_time_is_explained(als, huis, coordinator, mandaat):
    nu = timezone.localtime()
    velden = {
        "gebruiker": mandaat.gebruiker_id,
        "organisatie": mandaat.organisatie_id,
        "rol": "vertegenwoordiger",
        "van_0": nu.strftime("%d/%m/%Y"),
        "van_1": nu.strftime("%H:%M:%S"),
        "tot_0": "",
        "tot_1": "",
    }
    client = als(coordinator)
    inhoud = client.post(f"{BEHEER}/mandaat/add/", velden).content.decode()
    assert "Deze persoon heeft in die tijd al een mandaat voor deze organisatie." in inhoud
    actie = {"action": "beeindig", "_selected_action": [mandaat.pk]}
    client.post(f"{BEHEER}/mandaat/", actie)
    assert not Mandaat.objects.actief().exists()


@pytest.mark.parametrize("wie", ["loket_ocmw", "planner", "beheer", "toezicht"])
def test_only_the_coordinator_sees_mandates(request, als, huis, mandaat, wie):
    assert als(request.getfixturevalue(wie)).get(f"{BEHEER}/mandaat/").status_code in (403, 404)
