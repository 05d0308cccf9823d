"""`make test` gives a few failing tests a second try, alone; what is broken stays broken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hulpmiddelen import toets

STUK = "def test_stuk():\n    assert False\n"
WANKEL = """
from pathlib import Path
def test_wankel():
    al_geweest = Path("geweest").exists()
    Path("geweest").touch()
    assert al_geweest
"""
VEEL = "import pytest\n@pytest.mark.parametrize('n', range(6))\n" + STUK.replace("()", "(n)")


@pytest.fixture
def speel(tmp_path):
    """Runs the suite of a project that holds just these tests: (exit code, what it printed)."""

    def run(inhoud):
        (tmp_path / "hulpmiddelen").mkdir()
        shutil.copy(toets.__file__, tmp_path / "hulpmiddelen")
        (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:django\n")
        (tmp_path / "test_proef.py").write_text(inhoud)
        omgeving = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PYTEST")}
        klaar = subprocess.run(
            [sys.executable, "-m", "hulpmiddelen.toets"], cwd=tmp_path, env=omgeving, capture_output=True, text=True
        )
        return klaar.returncode, klaar.stdout

    return run


def test_what_is_broken_fails_twice(speel):
    code, uit = speel(STUK + WANKEL)
    assert code == 1
    assert "nog één keer" in uit and "Wankel" not in uit
    assert "1 failed, 1 passed" in uit


def test_what_was_only_late_is_named(speel):
    code, uit = speel(WANKEL)
    assert code == 0
    assert uit.endswith("Wankel: lukte pas de tweede keer. Zoek uit waarom:\n  test_proef.py::test_wankel\n")


def test_more_than_five_is_no_accident(speel):
    code, uit = speel(VEEL)
    assert code == 1
    assert "6 failed" in uit and "nog één keer" not in uit


def test_the_place_of_what_failed_is_that_of_this_project():
    assert toets.MISLUKT.parents[3] == Path(__file__).resolve().parents[2]
