"""Small words that many pages share: a term of keeping, and what a place offers."""

import pytest

from loket.rooster.plek import Plek
from loket.templatetags.dossier import termijn_in_maanden
from sociaalhuis.models import Locatie


@pytest.mark.parametrize(
    ("maanden", "woorden"),
    [(1, "1 maand"), (3, "3 maanden"), (11, "11 maanden"), (12, "1 jaar"), (18, "18 maanden"), (120, "10 jaar")],
)
def test_een_termijn_leest_als_een_mens_ze_zegt(maanden, woorden):
    assert termijn_in_maanden(maanden) == woorden


def test_wat_een_plaats_biedt_leest_als_een_zin():
    plek = Plek(Locatie(drempelvrij="ja", lift="ja", toilet="nee"), None, (), [])
    assert plek.aanwezig == "Zonder trappen binnen, lift"


def test_van_een_plaats_waarvan_niemand_iets_weet_staat_er_niets():
    assert Plek(Locatie(), None, (), []).aanwezig == ""
