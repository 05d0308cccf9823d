"""Pytest plugin: which test runs when, on which core, and which waits for `make bewijzen`.

On two cores all tests in a browser go to one of them: they share a portal with the demo town, and a second one costs half a
minute. The longest come first, so that no core waits for the last one; beside the browser begins what needs no database of
the tests, as the other core would only wait while the demo town is loaded.

What another major of PostgreSQL could do otherwise is marked `databank`: every test whose text, or that of a function beside
it which it uses, speaks of an error, a cursor or a lock of the database, or that has transactions of its own; and what is
marked by hand. A new test of a
constraint is in it by itself.
"""

import ast
import functools
import os
import re

import pytest
from xdist.scheduler import LoadFileScheduling

ALLES = bool(os.environ.get("ALLES"))
OVER_DE_DATABANK = re.compile(
    r"DatabaseError|IntegrityError|InternalError|OperationalError|\.cursor\(\)|select_for_update"
)
EERST = ["tests/browser/", "tests/hulpmiddelen/test_start.py", "tests/test_matrix.py"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """The longest first. Slow proofs are left out; pytest's last line says how many ("deselected")."""
    items.sort(key=lambda item: next((nr for nr, waar in enumerate(EERST) if item.nodeid.startswith(waar)), len(EERST)))
    for item in items:
        zelf = getattr(item.get_closest_marker("django_db"), "kwargs", {}).get(
            "transaction"
        )  # threads that wait for a lock
        if "hulpmiddelen" not in item.path.parts and (zelf or item.originalname in van_de_databank(item.path)):
            item.add_marker(pytest.mark.databank)
    traag = [item for item in items if item.get_closest_marker("bewijs")]
    if traag and not ALLES:
        items[:] = [item for item in items if not item.get_closest_marker("bewijs")]
        config.hook.pytest_deselected(items=traag)


@functools.cache
def van_de_databank(pad) -> set[str]:
    """Names of the functions of a file that speak of the database, and of those that use one of them."""
    bron = pad.read_text()
    delen = {deel.name: ast.get_source_segment(bron, deel) for deel in ast.parse(bron).body if hasattr(deel, "name")}
    gevonden = {naam for naam, tekst in delen.items() if OVER_DE_DATABANK.search(tekst)}
    helpers = [naam for naam in gevonden if not naam.startswith("test_")]
    for helper in helpers:
        gevonden |= {naam for naam, tekst in delen.items() if re.search(rf"\b{helper}\b", tekst)}
    return gevonden


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return PerBestand(config, log) if config.getvalue("dist") == "loadfile" else None


class PerBestand(LoadFileScheduling):
    """A file on one core; on fewer than three cores all of the browser on one."""

    def _split_scope(self, nodeid):
        if nodeid.startswith("tests/browser/") and self.numnodes < 3:
            return "tests/browser/"
        return super()._split_scope(nodeid)
