"""Jobs that come back: once for all workers, and again after a failure."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sociaalhuis.models import Periodiek, Team
from sociaalhuis.periodiek import Elke

pytestmark = pytest.mark.django_db

NU = timezone.datetime(2027, 3, 1, 8, 0, tzinfo=timezone.get_default_timezone())
UUR = timedelta(hours=1)


def test_a_job_that_fails_leaves_nothing_and_is_tried_again(ocmw):
    def half_werk(nu):
        Team.objects.create(code="half", naam="Half", bestuur=ocmw)
        raise RuntimeError("stuk")

    taak = Elke(UUR, "proef", half_werk)
    for keer in range(2):
        with pytest.raises(RuntimeError):
            taak(NU + keer * timedelta(minutes=1))
    assert not Team.objects.filter(code="half").exists()
    assert Periodiek.objects.get(naam="proef").laatst_gelukt is None


def test_it_runs_once_per_period_whoever_asks():
    gedaan = []
    een, twee = Elke(UUR, "proef", gedaan.append), Elke(UUR, "proef", gedaan.append)
    for minuten in (0, 1, 30, 59):
        een(NU + timedelta(minutes=minuten))
        twee(NU + timedelta(minutes=minuten))
    assert gedaan == [NU]
    twee(NU + UUR)
    een(NU + UUR)
    assert gedaan == [NU, NU + UUR]
    assert Periodiek.objects.get(naam="proef").volgende == NU + 2 * UUR


def test_two_jobs_do_not_wait_for_each_other():
    gedaan = []
    assert Elke(UUR, "een", lambda nu: gedaan.append("een"))(NU) is False
    Elke(UUR, "twee", lambda nu: gedaan.append("twee"))(NU)
    assert gedaan == ["een", "twee"]


def test_between_looks_it_asks_the_database_nothing(django_assert_num_queries):
    taak = Elke(UUR, "proef", lambda nu: None)
    taak(NU)
    with django_assert_num_queries(0):
        taak(NU + timedelta(seconds=29))
