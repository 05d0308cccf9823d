"""Every list of the plan in the admin: few questions to the database, whatever it holds; every field explains itself."""

import uuid
from datetime import date
from pathlib import Path

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan.acties.bestelling import bestel
from plan.models import Deelplan, Jaaractieplan, Leemte, Mjpversie, Plan, Raadspad
from sociaalhuis import wilgenbeke
from sociaalhuis.models import Doelgroep, Gebruiker, Thema
from sociaalhuis.wilgenbeke import laad_huis, laad_meerjarenplan, laad_plan, laad_redactie

BRON = Path(wilgenbeke.__file__).parent

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stad(eenmaal):
    laad_huis.laad(BRON)
    laad_plan.laad(BRON)
    return Plan.objects.get()


UPLOADS = {"bladinvoer", "mjpinvoer"}  # a file was uploaded; each has a list of its own tests


def vul_aan(plan, coordinator):
    """So that every list has three rows at least."""
    laad_meerjarenplan.laad(BRON)
    laad_redactie.laad(BRON)
    thema, doelgroep = Thema.objects.first(), Doelgroep.objects.first()
    for jaar in (2028, 2029, 2030):
        ander = Plan.objects.create(slug=f"x{jaar}", titel="x", beginjaar=jaar, eindjaar=jaar, missie="x")
        Jaaractieplan.objects.create(plan=ander, jaar=jaar)
        Deelplan.objects.create(plan=ander, slug="x", titel="x")
        Raadspad.objects.create(plan=ander, nummer=1, naam="x")
        Mjpversie.objects.create(plan=ander, nummer=1, naam="x", vingerafdruk="x")
        Leemte.objects.create(
            plan=ander, thema=thema, doelgroep=doelgroep, reden="x", namens="x", tot=date(2030, 1, 1), door=coordinator
        )
        bestel(plan=plan, inzending=uuid.uuid4(), vorm="mail", naam="Kanarie", email="k@v.example")


def test_no_list_of_the_admin_asks_more_than_twelve_questions(stad, als):
    """Over every list of the plan, with three rows or more; the house is kept per version, as the front cache does."""
    coordinator = Gebruiker.objects.get(email="coordinator@wilgenbeke.example")
    vul_aan(stad, coordinator)
    client, gevraagd = als(coordinator), {}
    for model, beheer in admin.site._registry.items():
        if model._meta.app_label == "plan":
            lijst = reverse(f"admin:plan_{model._meta.model_name}_changelist")
            client.get(lijst, **{"sociaalhuis.versie": 1})
            with CaptureQueriesContext(connection) as vragen:
                assert client.get(lijst, **{"sociaalhuis.versie": 1}).status_code == 200, model
            gevraagd[model._meta.model_name] = (len(vragen), beheer.model._default_manager.count())
    assert {naam: vragen for naam, (vragen, _) in gevraagd.items() if vragen > 12} == {}
    assert {naam for naam, (_, rijen) in gevraagd.items() if rijen < 3} <= UPLOADS


def test_every_field_says_in_plain_dutch_what_it_is_for(rf, superuser):
    """Of every form of the plan that somebody can fill in; rows inside a form have the heading of their column."""
    request = rf.get("/")
    request.user = superuser
    stil = {
        f"{model._meta.model_name}.{naam}"
        for model, beheer in admin.site._registry.items()
        if model._meta.app_label == "plan" and beheer.has_change_permission(request)
        for naam, veld in beheer.get_form(request, None).base_fields.items()
        if not veld.help_text and not veld.widget.is_hidden
    }
    assert stil == set()
