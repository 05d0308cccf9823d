"""Pure arithmetic: periods, the course of an indicator, its share, and the floor of a breakdown."""

from datetime import date
from decimal import Decimal as D

import pytest

from plan.koers import aandeel, haalt, punten, verwacht
from plan.models import Indicator, Meting, Uitsplitsing
from plan.perioden import periode_van
from plan.uitsplitsing import tabellen
from sociaalhuis.models import Doelgroep, Gebied


@pytest.mark.parametrize(
    ("frequentie", "dag", "begin", "einde", "naam", "volgende"),
    [
        ("jaar", date(2026, 7, 14), date(2026, 1, 1), date(2026, 12, 31), "2026", "2027"),
        ("halfjaar", date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30), "eerste helft van 2026", "tweede helft van 2026"),
        ("kwartaal", date(2026, 7, 1), date(2026, 7, 1), date(2026, 9, 30), "kwartaal 3 van 2026", "kwartaal 4 van 2026"),
        ("maand", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), "februari 2028", "maart 2028"),
        ("maand", date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 31), "december 2026", "januari 2027"),
        ("drie-jaar", date(2029, 1, 1), date(2029, 1, 1), date(2031, 12, 31), "2029-2031", "2032-2034"),
        ("drie-jaar", date(2025, 5, 5), date(2023, 1, 1), date(2025, 12, 31), "2023-2025", "2026-2028"),
        ("twee-jaar", date(2027, 12, 31), date(2026, 1, 1), date(2027, 12, 31), "2026-2027", "2028-2029"),
    ],
)  # fmt: skip
def test_the_period_of_a_day(frequentie, dag, begin, einde, naam, volgende):
    periode = periode_van(frequentie, dag, 2026)
    assert (periode.begin, periode.einde, periode.naam) == (begin, einde, naam)
    assert periode.volgende.naam == volgende


def test_the_course_is_a_line_from_the_baseline_past_every_target():
    lijn = punten((date(2025, 12, 31), D(100)), [(2026, D(110)), (2028, D(150))])
    assert lijn == [(date(2025, 12, 31), D(100)), (date(2026, 12, 31), D(110)), (date(2028, 12, 31), D(150))]
    assert [verwacht(lijn, dag) for dag in (date(2024, 1, 1), date(2026, 12, 31), date(2027, 12, 31), date(2031, 1, 1))] == [
        D(100), D(110), D(110) + D(40) * D(365) / D(731), D(150),
    ]  # fmt: skip
    assert verwacht([], date(2026, 1, 1)) is None
    assert punten((date(2027, 1, 1), D(1)), [(2026, D(110))]) == [
        (date(2026, 12, 31), D(110))
    ]  # a target comes before it


@pytest.mark.parametrize(
    ("richting", "waarde", "marge", "goed"),
    [
        ("omhoog", 100, 0, True), ("omhoog", 99, 0, False), ("omhoog", 99, 1, True),
        ("omlaag", 100, 0, True), ("omlaag", 101, 0, False), ("omlaag", 101, 1, True),
        ("houden", 100, 0, True), ("houden", 102, 1, False), ("houden", 98, 2, True),
    ],
)  # fmt: skip
def test_good_enough_follows_the_direction(richting, waarde, marge, goed):
    assert haalt(richting, D(waarde), D(100), D(marge)) is goed


@pytest.mark.parametrize(
    ("richting", "begin", "doel", "waarde", "deel"),
    [
        ("omhoog", 100, 200, 125, D("0.25")), ("omhoog", 100, 200, 90, D(0)), ("omhoog", 100, 200, 300, D(1)),
        ("omhoog", None, 200, 50, D("0.25")), ("omlaag", 40, 20, 30, D("0.5")), ("omlaag", None, 20, 30, D(0)),
        ("omlaag", 40, 20, 20, D(1)), ("houden", 20, 20, 21, D(0)), ("houden", 20, 20, 20, D(1)),
        ("omhoog", 200, 200, 199, D(0)),
    ],
)  # fmt: skip
def test_the_share_of_the_way_that_is_gone(richting, begin, doel, waarde, deel):
    assert aandeel(richting, None if begin is None else D(begin), D(doel), D(waarde)) == deel


# --- the floor of a breakdown -------------------------------------------------------------------

NOORD, ZUID, OOST = (Gebied(pk=nummer, naam=naam) for nummer, naam in enumerate(["Noord", "Zuid", "Oost"], start=1))
JONG, OUD = Doelgroep(pk=1, naam="Jong"), Doelgroep(pk=2, naam="Oud")


def getoond(over, waarde, *delen):
    """[(title, {name: text})] of a breakdown, each part as (group or area, value[, number of people])."""
    indicator = Indicator(over=over, eenheid="mensen" if over == "mensen" else "%")
    rijen = [
        Uitsplitsing(
            doelgroep=deel if isinstance(deel, Doelgroep) else None,
            gebied=deel if isinstance(deel, Gebied) else None,
            waarde=D(getal), aantal=aantal[0] if aantal else None,
        )
        for deel, getal, *aantal in delen
    ]  # fmt: skip
    return [(titel, dict(rij)) for titel, rij in tabellen(indicator, Meting(waarde=D(waarde)), rijen)]


def test_fewer_than_five_people_are_hidden_with_one_more_and_the_rest_counts_too():
    assert getoond("mensen", 60, (NOORD, 30), (ZUID, 3), (OOST, 27)) == [
        ("Per gebied", {"Noord": "30 mensen", "Zuid": "< 5", "Oost": "niet getoond"})
    ]
    # Oost is not told: what is left of the total would tell it, so something else goes too
    assert getoond("mensen", 60, (NOORD, 30), (ZUID, 27)) == [
        ("Per gebied", {"Noord": "30 mensen", "Zuid": "niet getoond", "Elders of niet bekend": "< 5"})
    ]
    assert getoond("mensen", 60, (NOORD, 30), (ZUID, 20)) == [
        ("Per gebied", {"Noord": "30 mensen", "Zuid": "20 mensen", "Elders of niet bekend": "10 mensen"})
    ]
    assert getoond("mensen", 4, (NOORD, 4), (ZUID, 0)) == [("Per gebied", {"Noord": "< 5", "Zuid": "0 mensen"})]


def test_groups_overlap_and_have_no_rest():
    assert getoond("mensen", 60, (JONG, 2), (OUD, 50), (NOORD, 60)) == [
        ("Per groep", {"Jong": "< 5", "Oud": "niet getoond"}),
        ("Per gebied", {"Noord": "60 mensen"}),
    ]


def test_a_share_is_hidden_by_the_number_of_people_it_speaks_about():
    assert getoond("aandeel", 40, (NOORD, 50, 4), (ZUID, 30, 12), (OOST, 35, 80)) == [
        ("Per gebied", {"Noord": "< 5", "Zuid": "niet getoond", "Oost": "35 %"})
    ]
    assert getoond("aandeel", 40, (JONG, 50, 0), (OUD, 30, 12)) == [
        ("Per groep", {"Jong": "geen gegevens", "Oud": "30 %"})
    ]


def test_places_and_euros_recognise_nobody():
    assert getoond("dingen", 5, (NOORD, 1), (ZUID, 4)) == [("Per gebied", {"Noord": "1 %", "Zuid": "4 %"})]
