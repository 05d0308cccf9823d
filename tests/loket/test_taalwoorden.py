"""Languages that the encoder does not know: everyday words, and a line in that language up to the form."""

import pytest

from loket.acties.synoniemen import laad_synoniemen, lees_taalwoorden
from loket.models import Synoniem
from loket.models.zoeken import ZWAKKE_TALEN
from loket.zoek import zoek
from loket.zoek.taal import talen
from loket.zoek.taalwoorden import is_vorm_van, vertaald
from loket.zoek.thesaurus import Zegswijzen, lees
from tests.loket.diensten import maak_dienst

pytestmark = pytest.mark.django_db
FORMULIER = "/loket/vraag/"


@pytest.fixture
def paren(db):
    for taal, woord, betekent in (
        ("uk", "оренда", "huur"),
        ("uk", "не можу заплатити", "niet kunnen betalen"),
        ("uk", "газ", "gas"),
        ("ro", "chirie", "huur"),
    ):
        Synoniem.objects.create(taal=taal, woord=woord, betekent=betekent)


@pytest.mark.parametrize("tekst", ["", "?!", "123", "\x00", "ا" * 500, "газета про все", "xqzzt"])
def test_what_is_not_known_is_not_translated(paren, tekst):
    assert vertaald(0, "uk", tekst) == []


def test_another_language_has_other_words(paren):
    assert vertaald(0, "ro", "оренда") == []
    assert vertaald(0, "fr", "chirie") == []


def test_words_with_another_ending_and_sayings_are_known(paren):
    assert vertaald(0, "uk", "Я не можу заплатити за оренду") == ["niet kunnen betalen", "huur"]
    assert vertaald(0, "ro", "Nu pot plăti chiria") == ["huur"]


@pytest.mark.parametrize(("woord", "begin"), [("газета", "газ"), ("copilărie", "pat"), ("", "pat"), ("a", "apă")])
def test_a_short_word_is_not_the_start_of_a_long_one(woord, begin):
    assert is_vorm_van(woord, begin) is False


def test_a_question_is_found_by_words_when_meaning_is_off(paren, ocmw, settings):
    settings.ZOEK_OP_BETEKENIS = False
    maak_dienst("Hulp bij de huur", bestuur=ocmw)
    maak_dienst("Leefloon", bestuur=ocmw)
    assert [dienst.titel for dienst in zoek("Мені потрібна допомога з орендою")] == ["Hulp bij de huur"]


def test_words_of_another_language_are_no_dutch_sayings(paren):
    assert lees() == {}
    assert Zegswijzen().bij("Huur en gas") == []


def test_the_list_is_whole_and_loads_once(db):
    talen_ = {taal for _, _, taal in lees_taalwoorden()}
    assert talen_ == dict(ZWAKKE_TALEN).keys()
    assert not any(talen()[taal].gekend for taal in talen_)
    assert laad_synoniemen() > 3500
    assert laad_synoniemen() == 0
    assert all(Synoniem.objects.filter(taal=taal).count() >= 150 for taal in talen_)


# --- the form -------------------------------------------------------------------------------------


@pytest.mark.parametrize("taal", ["", "nl", "xx", "en'", "<script>", "\x00", "ar" * 500])
def test_a_language_that_we_do_not_have_says_nothing(bewoner, huis, taal):
    antwoord = bewoner.get(FORMULIER, {"taal": taal})
    assert antwoord.status_code == 200
    assert 'class="melding melding-info mb-4"' not in antwoord.content.decode()


@pytest.mark.parametrize("code", sorted(talen()))
def test_the_form_says_in_that_language_that_one_may_write_in_it(bewoner, huis, code):
    html = bewoner.get(FORMULIER, {"taal": code}).content.decode()
    assert talen()[code].schrijf in html
    assert f'lang="{code}" dir="{talen()[code].richting}"' in html


def test_the_link_from_the_results_keeps_the_language(bewoner, huis):
    html = bewoner.get("/loket/zoeken/", {"q": "لا أستطيع دفع الإيجار"}).content.decode()
    assert "&amp;taal=ar" in html
