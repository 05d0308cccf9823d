"""Queries made once: the same rows as without, each time for the numbers of that time."""

from datetime import date

import pytest
from django.db.models.functions import Length, TruncDay
from django.utils import timezone

from sociaalhuis.klaargezet import Vorm, klaargezet
from sociaalhuis.models import Gebruiker, Thema

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


def test_texts_go_in_too_and_never_become_sql(themas):
    @klaargezet
    def met_naam(naam, lijst):
        return Thema.objects.filter(naam=naam, pk__in=lijst).values_list("code")

    assert met_naam("Geld", themas) == [("geld",)]
    assert met_naam("Geld", themas[1:]) == []
    assert met_naam("' OR 1=1 --", themas) == []


def test_a_column_that_django_converts_is_converted(loket_ocmw):
    @klaargezet
    def dag(wie):
        return Gebruiker.objects.filter(pk=wie).values_list("naam", TruncDay("date_joined"))

    ((naam, op),) = dag(loket_ocmw.pk)
    assert naam == loket_ocmw.naam
    assert op == timezone.localtime(loket_ocmw.date_joined).replace(hour=0, minute=0, second=0, microsecond=0)
    assert op.tzinfo == timezone.get_current_timezone()


def test_instances_with_their_relations_ask_nothing_more(loket_ocmw, django_assert_num_queries):
    vorm = Vorm(Gebruiker, ["bestuur"], ["lengte"])

    @klaargezet
    def wie_is(wie):
        return Gebruiker.objects.filter(pk=wie).annotate(lengte=Length("naam")).values_list(*vorm.kolommen)

    with django_assert_num_queries(1):
        mens = vorm.instantie(wie_is(loket_ocmw.pk)[0])
        assert (mens, mens.bestuur.code, mens.lengte) == (loket_ocmw, "ocmw", len(mens.naam))
        assert not mens.get_deferred_fields()
    Gebruiker.objects.filter(pk=loket_ocmw.pk).update(bestuur=None)
    with django_assert_num_queries(1):
        assert vorm.instantie(wie_is(loket_ocmw.pk)[0]).bestuur is None
