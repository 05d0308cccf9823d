"""Which tests speak of the database, and what stays together on one core."""

import pytest

from hulpmiddelen.verdeling import PerBestand, van_de_databank

BRON = """
import pytest
def weigert(doe):
    with pytest.raises(IntegrityError):
        doe()
def test_met_een_fout():
    with pytest.raises(DatabaseError):
        pass
def test_met_een_helper():
    weigert(lambda: None)
def test_zonder():
    assert weiger_niet()
"""


def test_a_test_of_the_database_is_found_by_its_words_and_by_what_it_uses(tmp_path):
    pad = tmp_path / "test_proef.py"
    pad.write_text(BRON)
    assert van_de_databank(pad) == {"weigert", "test_met_een_fout", "test_met_een_helper"}


@pytest.mark.parametrize(("kernen", "samen"), [(1, True), (2, True), (3, False)])
def test_the_browser_stays_on_one_core_of_two(kernen, samen):
    verdeler = PerBestand.__new__(PerBestand)
    verdeler.numnodes = kernen
    plekken = {verdeler._split_scope(f"tests/browser/test_{naam}.py::test_x") for naam in ("kaart", "balie")}
    assert (len(plekken) == 1) is samen
    assert verdeler._split_scope("tests/plan/test_geld.py::test_x") == "tests/plan/test_geld.py"
