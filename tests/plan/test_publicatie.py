from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from plan.acties.publicatie import OVERGANGEN, zet_staat
from plan.models import Plan

Staat = Plan.Staat


def test_only_who_may_publish_publishes(geheim_plan, planner, loket_ocmw, beheer, voedselbank):
    for gebruiker in (planner, loket_ocmw, beheer, voedselbank):
        with pytest.raises(PermissionDenied):
            zet_staat(plan=geheim_plan, staat=Staat.OPENBAAR, door=gebruiker)
    geheim_plan.refresh_from_db()
    assert geheim_plan.staat == Staat.VOORBEREIDING


def test_an_empty_plan_is_not_published(plan, coordinator):
    leeg = Plan.objects.create(slug="leeg", titel="Leeg", beginjaar=2026, eindjaar=2031, missie="x")
    with pytest.raises(ValidationError, match="garanties"):
        zet_staat(plan=leeg, staat=Staat.OPENBAAR, door=coordinator)


@pytest.mark.parametrize("van", Staat)
@pytest.mark.parametrize("naar", Staat)
def test_every_step_is_allowed_or_refused(geheim_plan, coordinator, van, naar):
    dag = None if van == Staat.VOORBEREIDING else date(2031, 12, 1)
    Plan.objects.filter(pk=geheim_plan.pk).update(staat=van, gepubliceerd_op=dag)
    if naar not in OVERGANGEN[van]:
        with pytest.raises(ValidationError):
            zet_staat(plan=geheim_plan, staat=naar, door=coordinator)
    else:
        plan = zet_staat(plan=geheim_plan, staat=naar, door=coordinator)
        assert plan.staat == naar
        verwacht = None if naar == Staat.VOORBEREIDING else dag or timezone.localdate()
        assert plan.gepubliceerd_op == verwacht
