"""The arrows: who may import whom. Reads the source; runs nothing.

loket and participatie rest on plan and never on each other; the apps rest on the shared ground of
`sociaalhuis`, which imports no app; only the wiring on top may import everything. Inside an app, views
see forms and verbs, verbs see models, and nothing looks up.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAKKETTEN = ["sociaalhuis", "plan", "loket", "participatie"]
BEDRADING = (
    "sociaalhuis/settings.py",
    "sociaalhuis/urls.py",
    "sociaalhuis/wsgi.py",
    "sociaalhuis/views/",
    "sociaalhuis/management/commands/",
    "sociaalhuis/wilgenbeke/",
)
MAG_ZIEN = {
    "sociaalhuis": {"sociaalhuis"},
    "plan": {"plan", "sociaalhuis"},
    "loket": {"loket", "plan", "sociaalhuis"},
    "participatie": {"participatie", "plan", "sociaalhuis"},
}
# inside an app: what each layer never imports
KIJKT_NIET_OMHOOG = {
    "models": {"acties", "forms", "filters", "views", "urls", "admin"},
    "acties": {"forms", "filters", "views", "urls", "admin"},
    "forms": {"views", "urls", "admin"},
    "filters": {"views", "urls", "admin"},
    "admin": {"views", "urls"},
}


def bestanden():
    return [
        pad
        for pakket in PAKKETTEN
        for pad in sorted((ROOT / pakket).rglob("*.py"))
        if "migrations" not in pad.parts and "__pycache__" not in pad.parts
    ]


def invoer(pad):
    """List of (module, whether the import stands inside a function) that a file imports."""
    boom = ast.parse(pad.read_text())
    binnen = {
        id(knoop)
        for functie in ast.walk(boom)
        if isinstance(functie, (ast.FunctionDef, ast.AsyncFunctionDef))
        for knoop in ast.walk(functie)
    }
    gevonden = []
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Import):
            gevonden += [(naam.name, id(knoop) in binnen) for naam in knoop.names]
        elif isinstance(knoop, ast.ImportFrom):
            assert knoop.level == 0, f"{pad}: relative import"
            gevonden += [(knoop.module, id(knoop) in binnen)]
            gevonden += [(f"{knoop.module}.{naam.name}", id(knoop) in binnen) for naam in knoop.names]
    return gevonden


def naam_van(pad):
    return pad.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("pad", bestanden(), ids=naam_van)
def test_imports_follow_the_arrows(pad):
    if naam_van(pad).startswith(BEDRADING):
        return
    pakket = naam_van(pad).split("/")[0]
    fout = {m for m, _ in invoer(pad) if m.split(".")[0] in set(PAKKETTEN) - MAG_ZIEN[pakket]}
    assert fout == set()


@pytest.mark.parametrize("pad", bestanden(), ids=naam_van)
def test_nothing_imports_the_wiring(pad):
    if naam_van(pad).startswith(BEDRADING):
        return
    wiring = ("sociaalhuis.urls", "sociaalhuis.views", "sociaalhuis.wsgi", "sociaalhuis.settings", "sociaalhuis.wilgenbeke")
    assert {m for m, _ in invoer(pad) if m.startswith(wiring)} == set()


@pytest.mark.parametrize("pad", bestanden(), ids=naam_van)
def test_layers_inside_a_package_do_not_look_up(pad):
    delen = naam_van(pad).removesuffix(".py").split("/")
    verboden = KIJKT_NIET_OMHOOG.get(delen[1], set()) if len(delen) > 1 else set()
    fout = {m for m, _ in invoer(pad) if len(m.split(".")) > 1 and m.split(".")[0] == delen[0] and m.split(".")[1] in verboden}
    assert fout == set()


@pytest.mark.parametrize("pad", bestanden(), ids=naam_van)
def test_no_import_inside_a_function(pad):
    if pad.name == "apps.py":  # models cannot be imported before the apps are ready
        return
    assert [m for m, binnen in invoer(pad) if binnen] == []


@pytest.mark.parametrize("pad", bestanden(), ids=naam_van)
def test_no_signal_receivers_between_apps(pad):
    fout = {m for m, _ in invoer(pad) if m.startswith(("django.dispatch", "django.db.models.signals"))}
    assert pad.name == "apps.py" or fout == set()


def test_the_check_sees_a_wrong_arrow(tmp_path):
    bron = tmp_path / "fout.py"
    bron.write_text("from loket.models import Vraag\n\ndef f():\n    import plan.models\n")
    assert ("loket.models", False) in invoer(bron)
    assert ("plan.models", True) in invoer(bron)
