from decimal import Decimal

import pytest

from plan.bbc.formule import Onbekend, reken
from plan.bbc.getal import lees_bedrag, schrijfwijze


@pytest.mark.parametrize(
    ("tekst", "bedrag"),
    [
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1234,5", "1234.50"),
        ("1234.5", "1234.50"),
        ("1.234", "1234.00"),
        ("1.234.567", "1234567.00"),
        ("12.345.678,90", "12345678.90"),
        ("(1.234)", "-1234.00"),
        ("(1.234,50)", "-1234.50"),
        ("-1.234,50", "-1234.50"),
        ("1.234,50-", "-1234.50"),
        ("−12", "-12.00"),
        ("€ 1.234,50", "1234.50"),
        ("1 234,50 EUR", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("+7", "7.00"),
        ("0", "0.00"),
        ("-0,00", "0.00"),
        (1234, "1234.00"),
        (1234.5, "1234.50"),
        (-3, "-3.00"),
    ],
)
def test_an_amount_is_read_to_the_cent(tekst, bedrag):
    assert lees_bedrag(tekst) == Decimal(bedrag)
    assert str(lees_bedrag(tekst)) == bedrag


@pytest.mark.parametrize("leeg", [None, "", "  ", "-", "–", "n.v.t.", "\u00a0"])
def test_an_empty_cell_is_no_amount(leeg):
    assert lees_bedrag(leeg) is None


@pytest.mark.parametrize(
    "tekst",
    [
        "abc",
        "12 maanden",
        "1.2.3",
        "1,2,3",
        "12%",
        "1e309",
        "nan",
        float("inf"),
        True,
        "()",
        "€",
        10**13,
        "1.23.456,00",
    ],
)
def test_what_is_no_amount_is_refused(tekst):
    with pytest.raises(ValueError):
        lees_bedrag(tekst)


@pytest.mark.parametrize(
    ("teksten", "teken"),
    [
        (["1.234", "12.000", "5,50"], ","),
        (["1,234", "12,000", "5.50"], "."),
        (["1.234", "12.000"], None),
        (["onzin", ""], None),
        (["1.234.567"], ","),
        (["1,234,567"], "."),
    ],
)
def test_a_column_tells_how_its_cents_are_written(teksten, teken):
    assert schrijfwijze(teksten) == teken


def test_the_column_decides_what_three_digits_mean():
    assert lees_bedrag("1,234", ".") == Decimal("1234.00")
    assert lees_bedrag("1.234", ",") == Decimal("1234.00")


CELLEN = {(1, 1): 10, (2, 1): 2.5, (3, 1): "tekst", (4, 1): "=A1+A2", (5, 1): "=A5", (1, 27): 7}


@pytest.mark.parametrize(
    ("formule", "waarde"),
    [
        ("=1+2*3", "7"),
        ("=(1+2)*3", "9"),
        ("=-A1/4", "-2.5"),
        ("=SUM(A1:A4)", "25.0"),
        ("=sum(A1;A2,5)", "17.5"),
        ("=$A$1-A2", "7.5"),
        ("=A9", "0"),
        ("=AA1", "7"),
    ],
)
def test_a_simple_formula_is_worked_out(formule, waarde):
    assert reken(formule, lambda rij, kolom: CELLEN.get((rij, kolom))) == Decimal(waarde)


@pytest.mark.parametrize(
    "formule", ["=A5", "=A3", "=1/0", "=VLOOKUP(A1,B:B,2)", "=cmd|'/c calc'!A0", "=(1", "=", "=1 2", "=SUM("]
)
def test_another_formula_is_not_guessed(formule):
    with pytest.raises(Onbekend):
        reken(formule, lambda rij, kolom: CELLEN.get((rij, kolom)))
