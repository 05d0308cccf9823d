"""Queries made once: the same rows as without, each time for the numbers of that time."""

from datetime import date

import pytest
from django.utils import timezone

from sociaalhuis.klaargezet import klaargezet
from sociaalhuis.models import Thema

pytestmark = pytest.mark.django_db


@pytest.fixture
def themas():
    return [Thema.objects.create(code=code, naam=code.title()).pk for code in ("geld", "wonen", "zorg")]


def gewoon(lijst, behalve):
    return Thema.objects.filter(pk__in=lijst).exclude(pk=behalve).order_by("naam").values_list("naam", "pk")


def test_a_number_that_is_looked_at_is_refused():
    with pytest.raises(TypeError, match="geteld does not hand on"):

        @klaargezet
        def geteld(wie):
            return Thema.objects.filter(pk=wie + 1).values_list("pk")

        geteld(1)


def test_the_same_rows_as_the_query_itself(themas):
    snel = klaargezet(gewoon)
    een, twee, drie = themas
    for lijst, behalve in (
        ([een], drie),
        ([een, twee], een),
        ([twee, een], een),
        ([een, twee, drie], twee),
        ([drie], drie),
    ):
        assert snel(lijst, behalve) == list(gewoon(lijst, behalve))
    assert snel([], een) == []


def test_the_query_is_made_once_per_shape_and_day(themas, monkeypatch, django_assert_num_queries):
    gemaakt = []

    @klaargezet
    def snel(lijst):
        gemaakt.append(len(lijst))
        return Thema.objects.filter(pk__in=lijst).order_by("pk").values_list("pk")

    with django_assert_num_queries(4):
        assert snel(themas[:1]) == [(themas[0],)]
        assert snel(themas[1:2]) == [(themas[1],)]
        assert snel(themas[:2]) == [(themas[0],), (themas[1],)]
        assert snel(themas[1:]) == [(themas[1],), (themas[2],)]
    assert gemaakt == [1, 2]
    monkeypatch.setattr(timezone, "localdate", lambda: date(2030, 1, 1))
    assert snel(themas[:1]) == [(themas[0],)]
    assert gemaakt == [1, 2, 1]


def test_what_never_matches_asks_nothing(themas, django_assert_num_queries):
    @klaargezet
    def niets(lijst):
        return Thema.objects.filter(pk__in=lijst).values_list("pk")

    with django_assert_num_queries(0):
        assert niets([]) == []
    assert niets(themas[:1]) == [(themas[0],)]
