"""Searches that found nothing, or nothing that fits, are counted as a need, under the theme they seem to be about."""

import pytest

from loket.acties.betekenis import volgende_betekenis
from loket.acties.nulzoek import tel_nul
from loket.cijfers.periode import Periode
from loket.models import Nulzoekopdracht, Synoniem, Vraag
from loket.noden.register import regels
from loket.zoek import betekenis, vind
from loket.zoek.raad import thema_van
from sociaalhuis.models import Thema
from tests.loket.diensten import maak_dienst

pytestmark = pytest.mark.django_db
ZOEKEN = "/loket/zoeken/"
VAAG = "recept voor pannenkoeken met spek"


@pytest.fixture
def gezondheid(db):
    return Thema.objects.create(code="gezondheid", naam="Gezondheid")


@pytest.fixture
def catalogus(ocmw, thema, gezondheid):
    for titel, tekst, van in (
        ("Leefloon", "Een inkomen als je zelf te weinig hebt.", thema),
        ("Praten met een psycholoog", "Praten over angst en verdriet.", gezondheid),
        ("Medische kaart", "Het OCMW betaalt je dokter en je medicatie.", gezondheid),
    ):
        maak_dienst(titel, bestuur=ocmw, beschrijving=f"<p>{tekst}</p>", themas=[van])
    while volgende_betekenis():
        pass


@pytest.mark.parametrize("tekst", ["", "xqzzt vlrgg", "\x00", "😀", "%s", "ا" * 300])
def test_of_what_means_nothing_no_theme_is_told(catalogus, tekst):
    assert thema_van(0, tekst) is None


def test_with_meaning_off_no_theme_is_told_and_it_is_counted_all_the_same(catalogus, bewoner, settings):
    settings.ZOEK_OP_BETEKENIS = False
    bewoner.get(ZOEKEN, {"q": "tandpijn zondag"})
    assert list(Nulzoekopdracht.objects.values_list("woorden", "thema", "zwak")) == [("tandpijn zondag", None, False)]


def test_the_theme_is_told_by_meaning(catalogus, gezondheid):
    assert thema_van(0, "ik heb schrik en moet veel huilen") == gezondheid.pk


def test_a_word_of_the_thesaurus_tells_the_theme_of_what_it_means(catalogus, thema):
    assert thema_van(0, "dopgeld") != thema.pk
    Synoniem.objects.create(woord="dopgeld", betekent="inkomen als je te weinig hebt")
    assert thema_van(0, "dopgeld") == thema.pk


def test_a_search_that_fits_is_neither_weak_nor_counted(catalogus, bewoner):
    assert vind("leefloon").zwak is False
    html = bewoner.get(ZOEKEN, {"q": "leefloon"}).content.decode()
    assert "niet zeker" not in html
    assert not Nulzoekopdracht.objects.exists()


def test_a_search_that_only_a_far_meaning_answers_says_so_and_is_counted(catalogus, bewoner, monkeypatch):
    monkeypatch.setattr("loket.zoek.ONZIN", -1)
    assert vind(VAAG).zwak is True
    for _ in range(2):
        antwoord = bewoner.get(ZOEKEN, {"q": VAAG})
    assert "We zijn niet zeker dat dit is wat je zoekt." in antwoord.content.decode()
    assert "no-store" in antwoord["Cache-Control"]
    assert list(Nulzoekopdracht.objects.values_list("woorden", "aantal", "zwak")) == [
        ("recept voor pannenkoeken met spek", 2, True)
    ]


def test_nothing_found_is_not_weak(catalogus, monkeypatch):
    monkeypatch.setattr(betekenis, "codeer", lambda teksten: pytest.fail("the encoder was asked"))
    monkeypatch.setattr("loket.zoek.dichtst", lambda *args: [])
    uitslag = vind("xqzzt")
    assert (uitslag.pks, uitslag.zwak) == ([], False)


def test_the_register_keeps_the_two_apart_per_theme(gezondheid):
    jaar = Periode.van_code(str(Nulzoekopdracht._meta.get_field("dag").to_python("2026-01-01").year))
    for zwak, keer in ((False, 5), (True, 6)):
        for _ in range(keer):
            tel_nul("tandpijn", zwak=zwak, thema=gezondheid.pk)
    Nulzoekopdracht.objects.update(dag="2026-02-03")
    (regel,) = regels(Vraag.objects.none(), jaar)[0]
    assert (regel.namen[0], regel.samen) == ("Gezondheid", 11)
    assert regel.bronnen == [("Niets gevonden", 5), ("Weinig gevonden", 6)]


def test_a_theme_that_is_told_later_stays(gezondheid):
    for thema in (None, gezondheid.pk, None):
        tel_nul("tandpijn", thema=thema)
    assert Nulzoekopdracht.objects.get().aantal == 3
    assert Nulzoekopdracht.objects.get().thema == gezondheid
