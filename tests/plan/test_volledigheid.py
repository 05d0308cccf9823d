"""What a plan still lacks, per part."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plan import volledigheid
from plan.models import Doelstelling, Feit, Taak, Verantwoording


@pytest.fixture
def oordeel(plan):
    def over(deel):
        return {rij.code: wat for rij, wat in volledigheid.van_plan(plan)}[deel.code]

    return over


def test_a_goal_without_a_finding_is_marked(plan, garantie, doelstelling, oordeel):
    assert oordeel(doelstelling).ontbreekt == [
        "Schrijf de tekst.",
        "Leg uit waarom: koppel een vaststelling.",
        "Koppel een indicator: hoe meten we dit?",
        "Voeg toe wat we hiervoor doen.",
    ]
    assert (oordeel(doelstelling).score, oordeel(garantie).score) == (0, 40)
    feit = Feit.objects.create(plan=plan, zin="1 op 8 is arm", bron="Telling", datum=date(2025, 1, 1))
    Verantwoording.objects.create(feit=feit, onderdeel=doelstelling)
    assert "Leg uit waarom: koppel een vaststelling." not in oordeel(doelstelling).ontbreekt
    assert oordeel(doelstelling).score == 25


def test_an_action_says_what_it_lacks(actie, maak_actie, thema, oordeel):
    vol = maak_actie("b", themas=[thema], regierol="regisseur", contact="Dienst Wonen")
    Taak.objects.create(actie=vol, titel="Bellen")
    assert oordeel(actie).score == 20  # lead and dates of ten
    assert oordeel(vol).ontbreekt == [
        "Schrijf de tekst.",
        "Kies een trekker.",
        "Vul in wanneer de actie begint en eindigt.",
        "Kies voor wie de actie is.",
        "Schrijf welk resultaat je verwacht.",
        "Koppel de code van het meerjarenplan.",
    ]


@pytest.mark.parametrize(
    ("velden", "verouderd"),
    [
        ({"stand": "in-uitvoering"}, True),
        ({"stand": "in-uitvoering", "stand_op": 0}, False),
        ({"stand": "in-uitvoering", "stand_op": 120}, False),
        ({"stand": "in-uitvoering", "stand_op": 120 + 1}, True),
        ({"stand": "stopgezet"}, False),
        ({"stand": "nog-niet-gestart", "begin": date(2031, 1, 1)}, False),
    ],
)
def test_what_runs_and_nobody_told_about_is_stale(maak_actie, oordeel, velden, verouderd):
    if "stand_op" in velden:
        velden["stand_op"] = timezone.localdate() - timedelta(days=velden["stand_op"])
    assert oordeel(maak_actie("z", **velden)).verouderd is verouderd


def test_each_plan_has_its_own_limit_of_a_week_to_two_years(plan, maak_actie, oordeel):
    actie = maak_actie("z", stand="in-uitvoering", stand_op=timezone.localdate() - timedelta(days=31))
    assert oordeel(actie).verouderd is False
    plan.verouderd_na = 30
    plan.full_clean()
    assert oordeel(actie).verouderd is True
    for dagen in (6, 731):
        with pytest.raises(IntegrityError, match="plan_verouderd_na_week_tot_twee_jaar"), transaction.atomic():
            type(plan).objects.update(verouderd_na=dagen)


def test_a_whole_plan_is_one_query(plan, garantie, doelstelling, maak_actie, django_assert_num_queries):
    maak_actie("a")
    with django_assert_num_queries(1):
        assert len(volledigheid.van_plan(plan)) == 3
    for letter in "bc":
        maak_actie(letter, ouder=Doelstelling.objects.get())
    with django_assert_num_queries(1):
        assert len(volledigheid.van_plan(plan)) == 5
