"""The small pure parts: KBO numbers, opening hours, colours, the log."""

import logging
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from sociaalhuis import kbo, kleuren, uren
from sociaalhuis.logboek import ZonderInhoud

# --- enterprise number --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nummer", ["", "0", "0999100098", "9999100097", "0999.100.09", "0999100097x", "BE", "0٩99100097"]
)
def test_a_wrong_enterprise_number_is_refused(nummer):
    assert not kbo.is_geldig(nummer)
    with pytest.raises(ValidationError):
        kbo.controleer(nummer)


@pytest.mark.parametrize("nummer", ["0999100097", "BE 0999.100.097", "be0999 100 097", "999100097", "0999-100-097"])
def test_every_usual_notation_is_the_same_number(nummer):
    assert kbo.is_geldig(nummer)
    assert kbo.genormaliseerd(nummer) == "0999100097"


def test_check_digits_of_zero_are_97():
    acht = next(n for n in range(10000000, 10000200) if n % 97 == 0)
    assert kbo.is_geldig(f"{acht}97") and not kbo.is_geldig(f"{acht}00")


def test_a_number_is_shown_with_dots():
    assert kbo.getoond("0999100097") == "0999.100.097"
    assert kbo.getoond("") == ""


# --- opening hours ------------------------------------------------------------------------------

WEEK = "ma 09:00-12:00, 13:00-16:00\nwo 13:00-19:00"


def om(tekst):
    return datetime.fromisoformat(tekst).replace(tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.mark.parametrize(
    "tekst", ["altijd", "ma 9-12", "ma 12:00-09:00", "ma 25:00-26:00", "xx 09:00-12:00", "ma 09:00"]
)
def test_hours_in_another_shape_are_not_understood(tekst):
    assert uren.lees(tekst) is None
    assert uren.toestand(tekst).open is None
    with pytest.raises(ValidationError):
        uren.controleer(tekst)


@pytest.mark.parametrize(
    "nu, open_, zin",
    [
        ("2027-03-01T08:59", False, "Nu gesloten, open vandaag om 9.00 uur"),
        ("2027-03-01T09:00", True, "Nu open tot 12.00 uur"),
        ("2027-03-01T12:00", False, "Nu gesloten, open vandaag om 13.00 uur"),
        ("2027-03-01T16:00", False, "Nu gesloten, open woensdag om 13.00 uur"),
        ("2027-03-02T10:00", False, "Nu gesloten, open morgen om 13.00 uur"),
        ("2027-03-03T19:00", False, "Nu gesloten, open maandag om 9.00 uur"),
    ],
)
def test_open_or_closed_with_a_sentence(nu, open_, zin):
    toestand = uren.toestand(WEEK, om(nu))
    assert (toestand.open, toestand.tekst) == (open_, zin)


def test_open_once_a_week_says_the_day_a_week_later():
    assert uren.toestand("ma 09:00-10:00", om("2027-03-01T10:00")).tekst == "Nu gesloten, open maandag om 9.00 uur"


def test_a_week_has_seven_lines():
    dagen = uren.per_dag(WEEK)
    assert len(dagen) == 7
    assert dagen[0] == ("maandag", "09:00-12:00 en 13:00-16:00")
    assert dagen[1] == ("dinsdag", "gesloten")
    assert uren.per_dag("altijd") == []


# --- colours ------------------------------------------------------------------------------------


def test_contrast_follows_wcag():
    assert kleuren.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert kleuren.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert kleuren.contrast("#ffffff", "#ffffff") == 1


@pytest.mark.parametrize("kleur", ["#000000", "#1d5c56", "#b4532a", "#00ff00", "#0000ff"])
def test_a_colour_is_made_light_enough_for_a_dark_ground(kleur):
    assert kleuren.contrast(kleuren.lichter_tot(kleur, "#16201f"), "#16201f") >= 7


# --- the log ------------------------------------------------------------------------------------


def test_a_traceback_in_the_log_does_not_hold_what_was_typed():
    getypt = "kanarie: ik heb schulden"
    try:
        try:
            int(getypt)
        except ValueError as fout:
            raise KeyError(getypt) from fout
    except KeyError:
        regel = logging.LogRecord("x", logging.ERROR, __file__, 1, "boem", None, sys.exc_info())
    tekst = ZonderInhoud("%(message)s").format(regel)
    assert "schulden" not in tekst
    regel.exc_text = None  # what a formatter keeps for the next one
    assert "schulden" in logging.Formatter("%(message)s").format(regel)
    assert "builtins.KeyError" in tekst and "builtins.ValueError" in tekst
    assert "test_bouwstenen.py" in tekst
