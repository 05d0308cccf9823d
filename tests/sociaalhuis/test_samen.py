"""Rows that hang on each other, kept in one statement."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sociaalhuis.models import Bestuur, Gebied, Team
from sociaalhuis.samen import bewaar_samen

pytestmark = pytest.mark.django_db


def test_a_broken_constraint_keeps_nothing(gemeente):
    een = Bestuur(code="ocmw", naam="OCMW")
    with pytest.raises(IntegrityError), transaction.atomic():
        bewaar_samen(een, Team(code="t", naam="T", bestuur=een), Bestuur(code=gemeente.code, naam="Nog een"))
    assert list(Bestuur.objects.all()) == [gemeente] and not Team.objects.exists()


def test_a_value_that_does_not_fit_keeps_nothing():
    een = Bestuur(code="ocmw", naam="OCMW")
    with pytest.raises(DataError), transaction.atomic():
        bewaar_samen(een, Team(code="t" * 300, naam="T", bestuur=een))
    assert not Bestuur.objects.exists() and een.pk is None


def test_rows_know_each_other_afterwards_and_are_as_saved():
    boven = Gebied(code="boven", naam="Boven", soort="gemeente")
    onder = Gebied(code="onder", naam="Onder", soort="wijk", ouder=boven)
    with CaptureQueriesContext(connection) as gevraagd:
        bewaar_samen(boven, onder)
    assert len(gevraagd) == 1
    assert (onder.ouder_id, boven._state.adding) == (boven.pk, False)
    for rij in (boven, onder):
        bewaard = Gebied.objects.get(pk=rij.pk)
        assert all(getattr(bewaard, v.attname) == getattr(rij, v.attname) for v in Gebied._meta.concrete_fields)
    onder.naam = "Onderaan"
    onder.save()
    assert list(Gebied.objects.order_by("pk").values_list("naam", flat=True)) == ["Boven", "Onderaan"]


def test_a_foreign_key_to_a_row_that_was_there_stays(gemeente):
    team, ander = Team(code="a", naam="A", bestuur=gemeente), Team(code="b", naam="B", bestuur=gemeente)
    bewaar_samen(team, ander)
    assert set(Team.objects.values_list("code", "bestuur")) == {("a", gemeente.pk), ("b", gemeente.pk)}
