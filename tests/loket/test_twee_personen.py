"""Two persons, each with a full case and a canary in every personal field: of whom is the copy, and who is erased?"""

import json
import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client

from loket.acties.code import geef_nieuwe_code
from loket.acties.vernietiging import wis_dossier
from loket.models import Vraag
from loket.zaak import uitvoer
from tests.loket import dossiers
from tests.loket.dossiers import modellen_van_het_dossier, persoonlijke_velden, rijen_van, vol_dossier

# what a copy by code leaves out: internal, or told in another way
ZWIJGT = uitvoer.INTERN | set(uitvoer.ANDERS)


@pytest.fixture
def twee(
    huis, team_sociale_dienst, team_thuiszorg, thema, gebied, doelgroep, loket_ocmw, settings, tmp_path, monkeypatch
):
    """{person: case}, of the same team and theme, so that nothing but the person is different."""
    settings.MEDIA_ROOT = tmp_path
    echt, zaken = dossiers.kanarie, {}
    for wie in ("anna", "bert"):
        monkeypatch.setattr(dossiers, "kanarie", lambda model, veld, wie=wie: f"{echt(model, veld)}-{wie}")
        zaken[wie] = vol_dossier(team_sociale_dienst, loket_ocmw, thema=thema, gebied=gebied)
    return zaken


def kopie(vraag, door):
    """All of the copy that somebody gets with the code, in bytes, and its JSON."""
    browser = Client()
    browser.post("/loket/opvolgen/", {"code": geef_nieuwe_code(vraag=vraag, wijze="Kaart", door=door)})
    antwoord = browser.post("/loket/opvolgen/kopie/")
    archief = zipfile.ZipFile(BytesIO(b"".join(antwoord.streaming_content)))
    delen = {naam: archief.read(naam) for naam in archief.namelist()}
    return b"\n".join([*(naam.encode() for naam in delen), *delen.values()]), json.loads(delen["mijn-gegevens.json"])


def teksten(vraag):
    """{(model, field): text} of every personal field that has a canary in the database."""
    return {
        (model._meta.label_lower, veld): getattr(rij, veld)
        for model in modellen_van_het_dossier()
        for rij in rijen_van(model, vraag)
        for veld in persoonlijke_velden(model)
        if "kanarie" in (getattr(rij, veld) or "")
    }


def kanaries(tekst):
    """The canaries in a text, which may be JSON. Names of kinds of appointments and the like are of nobody."""
    return [woord.encode() for woord in re.findall(r"kanarie-[\w-]+-(?:anna|bert)", tekst)]


def test_a_copy_holds_all_of_one_person_and_nothing_of_the_other(twee, loket_ocmw):
    modellen = {label for label, _ in teksten(twee["anna"])}
    assert len(modellen) >= 12 and teksten(twee["anna"]).keys() == teksten(twee["bert"]).keys()
    for wie, ander in (("anna", "bert"), ("bert", "anna")):
        alles, gelezen = kopie(twee[wie], loket_ocmw)
        gevonden = [veld for veld, tekst in teksten(twee[ander]).items() for woord in kanaries(tekst) if woord in alles]
        assert gevonden == []
        assert twee[ander].referentie.encode() not in alles and list(gelezen) == [twee[wie].referentie]
        for (label, veld), tekst in teksten(twee[wie]).items():
            staat_erin = all(woord in alles for woord in kanaries(tekst))
            assert staat_erin is (label not in ZWIJGT), (label, veld)


def test_erasing_one_leaves_every_word_of_the_other(twee, team_ocmw):
    voor = teksten(twee["bert"])
    wis_dossier(vraag=twee["anna"], aanleiding="wens", door=team_ocmw)
    over = Vraag.objects.get()
    assert over.pk == twee["bert"].pk and teksten(over) == voor
    assert [model for model in modellen_van_het_dossier() if rijen_van(model, twee["anna"]).exists()] == []
