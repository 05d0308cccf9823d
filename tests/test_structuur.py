"""The arrows: who may import whom. Reads the source; runs nothing.

loket and participatie rest on plan and never on each other; the apps rest on the shared ground of
`sociaalhuis`, which imports no app; only the wiring on top may import everything. Inside an app, views
see forms and verbs, verbs see models, and nothing looks up.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAKKETTEN = ["sociaalhuis", "plan", "loket", "participatie"]
BEDRADING = (
    "sociaalhuis/settings.py",
    "sociaalhuis/urls.py",
    "sociaalhuis/wsgi.py",
    "sociaalhuis/sitemap.py",
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


def overtreders(verboden, *, ook_bedrading=False):
    """Dict of file to the imports of it that `verboden(package, layer, module, inside a function)` refuses."""
    gevonden = {}
    for pad in bestanden():
        if ook_bedrading or not naam_van(pad).startswith(BEDRADING):
            pakket, laag = (*naam_van(pad).removesuffix(".py").split("/"), "")[:2]
            fout = sorted({module for module, binnen in invoer(pad) if verboden(pakket, laag, module, binnen)})
            if fout:
                gevonden[naam_van(pad)] = fout
    return gevonden


def test_imports_follow_the_arrows():
    def andere_app(pakket, laag, module, binnen):
        return module.split(".")[0] in set(PAKKETTEN) - MAG_ZIEN[pakket]

    assert overtreders(andere_app) == {}


def test_nothing_imports_the_wiring():
    bedrading = tuple(naam.removesuffix(".py").rstrip("/").replace("/", ".") for naam in BEDRADING)
    assert overtreders(lambda pakket, laag, module, binnen: module.startswith(bedrading)) == {}


def test_layers_inside_a_package_do_not_look_up():
    def omhoog(pakket, laag, module, binnen):
        eigen, _, rest = module.partition(".")
        return eigen == pakket and rest.split(".")[0] in KIJKT_NIET_OMHOOG.get(laag, set())

    assert overtreders(omhoog, ook_bedrading=True) == {}


def test_no_import_inside_a_function():
    inline = overtreders(lambda pakket, laag, module, binnen: binnen, ook_bedrading=True)
    assert {naam for naam in inline if not naam.endswith("apps.py")} == set()  # there, models are not ready yet


def test_no_signals_between_apps():
    signalen = ("django.dispatch", "django.db.models.signals")
    fout = overtreders(lambda pakket, laag, module, binnen: module.startswith(signalen), ook_bedrading=True)
    assert {naam for naam in fout if not naam.endswith("apps.py")} == set()


def test_the_check_sees_a_wrong_arrow(tmp_path):
    bron = tmp_path / "fout.py"
    bron.write_text("from loket.models import Vraag\n\ndef f():\n    import plan.models\n")
    assert ("loket.models", False) in invoer(bron)
    assert ("plan.models", True) in invoer(bron)
