"""Mails say nothing (V18): every place that writes one, read in the source, and the mails of the desk with canaries."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse

from loket.acties import behandeling
from loket.acties.eigen import geef_oordeel
from loket.acties.vernietiging import meld_lijsten, stel_op
from loket.acties.wiswens import herinner, vraag_om_wissen, weiger_wens
from loket.models import Bewaarregel, Wiswens
from sociaalhuis.models import Bestuur, Team, Thema, UitgaandeMail
from sociaalhuis.post.brief import stuur_brief
from tests.loket.vragen import vraag_van

ROOT = Path(__file__).resolve().parent.parent
SCHRIJVERS = {"stuur_brief", "zet_klaar"}
# What may be filled in: a reference, an address on this site, and how to reach the house.
MAG_INGEVULD = {"referentie", "kenmerk", "adres", "naam", "contact", "huis", "telefoon", "email", "SITE_URL", "aantal"}
VERBODEN = ["ocmw", "schuld", "leefloon", "geweld", "budget", "beslag", "sociale dienst"]
# Texts that another package renders; their tests look at the mail itself.
ELDERS = {
    "loket/acties/opvolgen.py": "numbers in sentences of a fixed list, see tests/loket/test_herinneren.py",
    "participatie/acties/antwoordplicht.py": "a number in sentences of participatie/klok.py, see tests/participatie/test_antwoordplicht.py",
    "sociaalhuis/volgen/verbs.py": "what changed in public, for who asked and confirmed, see tests/plan/test_volgen.py",
    "sociaalhuis/aanmelden.py": "mails of login, see tests/sociaalhuis/test_aanmelden.py",
    "sociaalhuis/post/brief.py": "the one shape itself, see the test below",
}


def bomen():
    for pakket in ("sociaalhuis", "plan", "loket", "participatie"):
        for pad in sorted((ROOT / pakket).rglob("*.py")):
            if "migrations" not in pad.parts:
                yield pad.relative_to(ROOT).as_posix(), ast.parse(pad.read_text())


def aanroepen(boom, namen):
    """(call, the function it stands in) of every call of one of these names."""
    for functie in [knoop for knoop in ast.walk(boom) if isinstance(knoop, ast.FunctionDef)]:
        for knoop in ast.walk(functie):
            if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Name) and knoop.func.id in namen:
                yield knoop, functie


def waarden(knoop, functie, boom):
    """The constant texts that an expression can be. Raises ValueError for anything that could hold content."""
    if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str):
        return [knoop.value]
    if isinstance(knoop, ast.JoinedStr):
        uit = []
        for deel in knoop.values:
            if isinstance(deel, ast.FormattedValue):
                naam = getattr(deel.value, "attr", getattr(deel.value, "id", None))
                if naam not in MAG_INGEVULD and isinstance(deel.value, ast.Name):
                    uit += waarden(deel.value, functie, boom)
                elif naam not in MAG_INGEVULD:
                    raise ValueError(f"fills in {ast.unparse(deel.value)}")
            else:
                uit += waarden(deel, functie, boom)
        return uit
    if isinstance(knoop, ast.IfExp):
        return waarden(knoop.body, functie, boom) + waarden(knoop.orelse, functie, boom)
    if isinstance(knoop, ast.BoolOp) and isinstance(knoop.op, ast.Or):
        return [tekst for deel in knoop.values for tekst in waarden(deel, functie, boom)]
    if isinstance(knoop, ast.BinOp) and isinstance(knoop.op, ast.Add):
        return waarden(knoop.left, functie, boom) + waarden(knoop.right, functie, boom)
    if isinstance(knoop, ast.Call) and getattr(knoop.func, "attr", "") == "format":
        if vreemd := {sleutel.arg for sleutel in knoop.keywords} - MAG_INGEVULD:
            raise ValueError(f"fills in {vreemd}")
        return waarden(knoop.func.value, functie, boom)
    if isinstance(knoop, ast.Call) and getattr(knoop.func, "attr", "") == "get" and len(knoop.args) == 1:
        return waarden(knoop.func.value, functie, boom)  # one of a dict of texts
    if isinstance(knoop, ast.Dict):
        return [tekst for deel in knoop.values for tekst in waarden(deel, functie, boom)]
    if isinstance(knoop, ast.Name):
        return van_naam(knoop.id, functie, boom)
    raise ValueError(f"cannot be read: {ast.unparse(knoop)}")


def van_naam(naam, functie, boom):
    """What a name stands for: a parameter (then what every caller gives), something local, or a constant of the module."""
    plaatselijk = [
        knoop.value
        for knoop in [*ast.walk(functie), *boom.body]
        if isinstance(knoop, ast.Assign) and any(getattr(doel, "id", "") == naam for doel in knoop.targets)
    ]
    if plaatselijk:
        return [tekst for knoop in plaatselijk for tekst in waarden(knoop, functie, boom)]
    namen = [arg.arg for arg in functie.args.args]
    if naam not in namen + [arg.arg for arg in functie.args.kwonlyargs]:
        raise ValueError(f"comes from elsewhere: {naam}")
    uit = []
    for aanroep, buiten in aanroepen(boom, {functie.name}):
        gegeven = {sleutel.arg: sleutel.value for sleutel in aanroep.keywords}
        gegeven |= dict(zip(namen, aanroep.args, strict=False))
        if naam in gegeven:
            uit += waarden(gegeven[naam], buiten, boom)
    if not uit:
        raise ValueError(f"nobody gives {naam}")
    return uit


def lees(pad, boom):
    """Dict of place to what is wrong with the subjects and texts of one file."""
    fout = {}
    for aanroep, functie in aanroepen(boom, SCHRIJVERS):
        for sleutel in aanroep.keywords:
            if sleutel.arg in ("onderwerp", "tekst"):
                plek = f"{pad}:{aanroep.lineno} {sleutel.arg}"
                try:
                    teksten = waarden(sleutel.value, functie, boom)
                except ValueError as reden:
                    fout[plek] = str(reden)
                    continue
                if woorden := [woord for woord in VERBODEN if any(woord in tekst.lower() for tekst in teksten)]:
                    fout[plek] = f"says {woorden}"
    return fout


def test_every_place_that_writes_a_mail_writes_fixed_words():
    gevonden, fout = set(), {}
    for pad, boom in bomen():
        if any(True for _ in aanroepen(boom, SCHRIJVERS)):
            gevonden.add(pad)
            if pad not in ELDERS:
                fout |= lees(pad, boom)
    assert fout == {}
    assert {"loket/acties/bericht.py", "participatie/acties/inbreng.py", "plan/acties/bestelling.py"} <= gevonden
    assert ELDERS.keys() <= gevonden


def test_nothing_else_sends_mail():
    verzenders = {
        pad
        for pad, boom in bomen()
        for knoop in ast.walk(boom)
        if isinstance(knoop, (ast.Import, ast.ImportFrom))
        for naam in [getattr(knoop, "module", None), *(deel.name for deel in knoop.names)]
        if naam and naam.startswith(("django.core.mail", "smtplib"))
    }
    assert verzenders == {"sociaalhuis/post/werker.py", "sociaalhuis/post/eml.py"}  # what stands in the outbox


@pytest.mark.parametrize(
    "bron",
    [
        "def f(v):\n stuur_brief(onderwerp='Je schulden', tekst='Kijk')",
        "def f(v):\n stuur_brief(onderwerp='Nieuws', tekst=v.tekst)",
        "def f(v):\n stuur_brief(onderwerp=f'Over {v.thema}', tekst='Kijk')",
        "def g(v):\n f(v.naam)\ndef f(wat):\n stuur_brief(onderwerp='Nieuws', tekst=wat)",
        "T = 'Dag {thema}'\ndef f(v):\n zet_klaar(onderwerp='Nieuws', tekst=T.format(thema=v.thema))",
        "def f(v):\n zet_klaar(onderwerp='Bericht van het OCMW', tekst='Kijk')",
    ],
)
def test_the_reader_sees_a_mail_that_says_too_much(bron):
    assert len(lees("x.py", ast.parse(bron))) == 1


def test_the_reader_lets_a_neutral_mail_through():
    bron = "def g(v):\n f('Er is nieuws')\ndef f(wat):\n stuur_brief(onderwerp=f'{wat} ({v.referentie})', tekst='Kijk hier:')"
    assert lees("x.py", ast.parse(bron.replace("{wat} ", ""))) == {}


# --- the mails of the desk, as they leave -----------------------------------------------------


@pytest.fixture
def kanaries(huis, ocmw, team_sociale_dienst, thema, team_ocmw, loket_ocmw, toezicht):
    """Everything around a case is called by a canary."""
    Bestuur.objects.filter(pk=ocmw.pk).update(naam="OCMW KANARIEBESTUUR")
    Team.objects.filter(pk=team_sociale_dienst.pk).update(naam="OCMW KANARIETEAM")
    Thema.objects.filter(pk=thema.pk).update(naam="KANARIETHEMA schulden")
    return vraag_van(
        team_sociale_dienst,
        thema=thema,
        tekst="KANARIETEKST ik word geslagen",
        naam="KANARIENAAM",
        email="iemand@voorbeeld.example",
        adres="KANARIESTRAAT 1",
        antwoordwijze="mail",
    )


def test_every_mail_of_a_case_is_silent(kanaries, loket_ocmw, team_ocmw, toezicht, huis):
    vraag = kanaries
    behandeling.beantwoord(vraag=vraag, tekst="KANARIEANTWOORD", door=loket_ocmw)
    behandeling.vraag_terug(vraag=vraag, tekst="KANARIETERUG", door=loket_ocmw)
    behandeling.beantwoord(vraag=vraag, tekst="KANARIEANTWOORD", door=loket_ocmw)
    geef_oordeel(vraag=vraag, keuze="niet_tevreden", tekst="KANARIEOORDEEL")
    vraag_om_wissen(vraag=vraag, tekst="KANARIEWENS")
    Wiswens.objects.update(uiterlijk_op="2026-01-01")
    herinner()
    weiger_wens(vraag=vraag, grond="steun", antwoord="KANARIEUITLEG", door=team_ocmw)
    behandeling.sluit_af(vraag=vraag, resultaat="geholpen", door=loket_ocmw, op=vraag.geregistreerd_op)
    type(vraag).objects.update(afgesloten_op="2020-01-01T12:00Z")
    Bewaarregel.objects.create(naam="KANARIEREGEL", maanden=1, grond="KANARIEGROND")
    stel_op()
    meld_lijsten()
    mails = list(UitgaandeMail.objects.order_by("pk"))
    assert len(mails) == 8
    for mail in mails:
        alles = f"{mail.onderwerp}\n{mail.tekst}"
        assert "KANARIE" not in alles and not any(woord in alles.lower() for woord in VERBODEN), alles
        assert huis.telefoon in mail.tekst or huis.email in mail.tekst  # every message names a contact
        assert "http" in mail.tekst and vraag.code_zoekdeel not in alles


def test_the_one_shape_of_a_mail_adds_only_the_house(huis):
    stuur_brief(
        sleutel="x", aan="a@b.example", onderwerp="Nieuws", tekst="Kijk hier:", pad=reverse("loket:opvolgen"), referentie="2026-ABCDEF"
    )  # fmt: skip
    mail = UitgaandeMail.objects.get()
    assert mail.onderwerp == "Nieuws (2026-ABCDEF)"
    assert mail.tekst.splitlines()[2] == "Kijk hier:" and huis.naam in mail.tekst and huis.telefoon in mail.tekst
