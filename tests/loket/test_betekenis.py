"""Search by meaning and in other languages: what is off or missing breaks nothing, and people are understood."""

import csv
import subprocess
import sys
import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from loket.acties.betekenis import PAK, kijk_betekenis_na, volgende_betekenis
from loket.models import Betekenis, Dienst, Synoniem
from loket.zoek import betekenis, taal, vind, zoek
from loket.zoek.index import indexeer
from loket.zoek.taal import taal_van, talen
from loket.zoek.thesaurus import Zegswijzen
from sociaalhuis.wilgenbeke import laad_huis, laad_locaties, laad_loket
from tests.loket.diensten import maak_dienst

pytestmark = pytest.mark.django_db
ZOEKEN = "/loket/zoeken/"


@pytest.fixture
def maak(ocmw):
    def doe(titel, beschrijving, **velden):
        return maak_dienst(titel, bestuur=ocmw, beschrijving=f"<p>{beschrijving}</p>", **velden)

    return doe


@pytest.fixture
def catalogus(maak):
    """Three services that share no word with the questions below."""
    diensten = [
        maak("Nachtopvang", "Een bed voor wie buiten leeft."),
        maak("Psycholoog", "Praten over angst en verdriet."),
        maak("Energiescan", "We bekijken je verbruik van gas en elektriciteit."),
    ]
    while volgende_betekenis():
        pass
    return diensten


def titels(tekst):
    return [dienst.titel for dienst in zoek(tekst)]


# --- what is off or missing -----------------------------------------------------------------------


def test_switched_off_nothing_is_made_or_loaded_and_words_still_find(maak, settings, monkeypatch):
    settings.ZOEK_OP_BETEKENIS = False
    maak("Nachtopvang", "Een bed voor wie buiten leeft.")
    monkeypatch.setattr(betekenis, "codeer", lambda teksten: pytest.fail("the encoder was asked"))
    assert volgende_betekenis() is False
    assert titels("I have nowhere to sleep") == []
    assert titels("nachtopvang") == ["Nachtopvang"]


def test_before_the_worker_has_come_nothing_is_loaded(maak, monkeypatch):
    maak("Nachtopvang", "Een bed voor wie buiten leeft.")
    monkeypatch.setattr(betekenis, "codeer", lambda teksten: pytest.fail("the encoder was asked"))
    assert titels("I have nowhere to sleep") == []


def test_a_web_server_that_starts_has_not_loaded_the_encoder(request):
    """130 MB per process, for those that are asked by meaning."""
    vraag = "import sociaalhuis.wsgi, sociaalhuis.codeer as c, threading as t"
    vraag += "; print(c._codeerder.cache_info().currsize, t.active_count())"
    opdracht = [sys.executable, "-c", vraag]
    uit = subprocess.run(opdracht, cwd=request.config.rootpath, capture_output=True, text=True, check=True)
    assert uit.stdout == "0 1\n"


def test_what_means_nothing_here_finds_nothing(catalogus):
    for q in ("xqzzt", "asdf qwer", "..."):
        assert titels(q) == [], q


@pytest.mark.parametrize("q", ["\x00", "😀", "ا" * 5000, "\u202etnom", "' OR 1=1 --", "%s %(a)s", "日" * 300])
def test_strange_input_is_searched_as_text(bewoner, catalogus, q):
    assert bewoner.get(ZOEKEN, {"q": q}).status_code == 200


def test_a_meaning_is_whole_or_not_there(catalogus):
    for veld in ("tekens", "vector"):
        with pytest.raises(IntegrityError, match="betekenis_heel_of_niet"), transaction.atomic():
            Betekenis.objects.filter(dienst=catalogus[0]).update(**{veld: None})


# --- making it ------------------------------------------------------------------------------------


def te_maken():
    return set(Betekenis.objects.filter(tekens=None).values_list("dienst__titel", flat=True))


def test_a_service_is_work_until_its_meaning_is_made_and_again_when_its_text_changes(catalogus):
    assert te_maken() == set()
    dienst = catalogus[0]
    dienst.gratis = True
    dienst.save()
    indexeer([dienst])
    assert te_maken() == set()
    dienst.kort = "Slapen zonder te betalen."
    dienst.save()
    indexeer([dienst])
    assert te_maken() == {"Nachtopvang"}
    assert volgende_betekenis() is True
    assert volgende_betekenis() is False


def test_a_synonym_of_staff_reaches_the_meaning_at_the_next_look(catalogus):
    Synoniem.objects.create(woord="slaapzak", betekent="nachtopvang")
    assert kijk_betekenis_na() == 1
    assert te_maken() == {"Nachtopvang"}
    assert Zegswijzen().bij("Nachtopvangcentrum in Gent") == ["slaapzak"]
    assert Zegswijzen().bij("De opvang") == []
    volgende_betekenis()
    assert kijk_betekenis_na() == 0


def test_a_few_at_a_time(maak):
    for nummer in range(PAK + 1):
        maak(f"Dienst {nummer}", "Tekst.")
    assert volgende_betekenis() is True
    assert Betekenis.objects.filter(tekens=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work(maak):
    maak("Nachtopvang", "Een bed voor wie buiten leeft.")
    uitkomst = []

    def ander():
        uitkomst.append(volgende_betekenis())
        connection.close()

    with transaction.atomic():
        assert len(Betekenis.objects.select_for_update().filter(tekens=None)) == 1
        draad = threading.Thread(target=ander)
        draad.start()
        draad.join(60)
    assert uitkomst == [False]
    assert te_maken() == {"Nachtopvang"}


# --- finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "eerste"),
    [
        ("ik ben bang en depressief en moet huilen", "Psycholoog"),
        ("I have nowhere to sleep tonight", "Nachtopvang"),
        ("أريد التحدث إلى طبيب نفسي", "Psycholoog"),
        ("bu gece uyuyacak yerim yok", "Nachtopvang"),
    ],
)
def test_a_question_without_a_word_in_common_finds_its_service(catalogus, q, eerste):
    assert titels(q)[0] == eerste


def test_words_that_say_enough_do_not_ask_the_meaning(catalogus, monkeypatch):
    monkeypatch.setattr(betekenis, "codeer", lambda teksten: pytest.fail("the encoder was asked"))
    assert titels("energiescan") == ["Energiescan"]


def test_drafts_are_not_found_and_many_near_drafts_hide_nothing(catalogus, maak, monkeypatch):
    monkeypatch.setattr(betekenis, "GROFWEG", 2)
    for nummer in range(5):
        maak(f"Slapen vannacht {nummer}", "Slapen voor wie geen huis heeft.", status=Dienst.Status.ONTWERP)
    while volgende_betekenis():
        pass
    assert titels("I have nowhere to sleep tonight")[0] == "Nachtopvang"
    assert len(titels("I have nowhere to sleep tonight")) == 3


def test_the_second_service_with_a_title_steps_back_for_another_answer(maak):
    for slug, titel in (("een", "Leefloon"), ("twee", "Kopie van leefloon"), ("drie", "Leefloon")):
        maak(titel, "Een inkomen.", slug=slug)
    maak("Equivalent leefloon", "Een inkomen voor wie geen leefloon krijgt.")
    assert set(titels("leefloon inkomen")[:2]) == {"Leefloon", "Equivalent leefloon"}
    assert titels("leefloon")[0] == "Leefloon"
    assert len(titels("leefloon")) == 4


def test_what_was_found_is_kept_under_the_version_and_asked_anew_under_another(catalogus, monkeypatch):
    gevraagd = []
    echt = betekenis.codeer
    monkeypatch.setattr(betekenis, "codeer", lambda teksten: gevraagd.append(teksten) or echt(teksten))
    for nummer in (11, 11, 12):
        assert betekenis.dichtst(nummer, "I have nowhere to sleep")[0][1] == "nachtopvang"
    assert len(gevraagd) == 2


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("I cannot pay my rent", "en"),
        ("je ne peux pas payer mon loyer", "fr"),
        ("transport à l’hôpital", "fr"),
        ("ich kann die Miete nicht bezahlen", "de"),
        ("kiramı ödeyemiyorum", "tr"),
        ("nie mogę zapłacić czynszu", "pl"),
        ("لا أستطيع دفع الإيجار", "ar"),
        ("نمی‌توانم اجاره را پرداخت کنم", "fa"),
        ("я не могу заплатить", "ru"),
        ("мені нема чим платити", "uk"),
        ("我付不起房租", "zh"),
        ("안녕하세요 도움이 필요해요", "en"),
    ],
)
def test_a_language_is_known_by_script_letters_or_small_words(q, code):
    assert taal_van(q).code == code


@pytest.mark.parametrize(
    "q", ["", "123", "huur", "gratis dokter", "in het huis", "e-mail", "job", "OCMW", "carte", "de les is te moeilijk"]
)
def test_a_dutch_question_or_a_bare_word_is_dutch(q):
    assert taal_van(q) is None


def test_a_word_of_the_town_makes_nobody_a_foreigner(maak):
    assert vind("help rent").taal.code == "en"
    maak("Rent a bike", "Help, een fiets.")
    assert vind("help rent").taal is None


def test_hardly_any_dutch_question_is_called_foreign(request):
    map_ = request.config.rootpath / "tests" / "loket"
    vragen = []
    for naam in ("alledaagse_vragen", "oefenvragen", "achtergehouden_vragen"):
        with (map_ / f"{naam}.csv").open(encoding="utf-8") as bestand:
            vragen += [rij["zoekvraag"] for rij in csv.DictReader(bestand)]
    assert len(vragen) > 200
    assert [vraag for vraag in vragen if taal_van(vraag)] == []


def test_every_language_has_its_line_and_no_dutch_words():
    for taal_ in talen().values():
        assert taal_.zin and taal_.bel and taal_.vraag, taal_.code
        assert not taal_.woorden & taal.NEDERLANDS
    assert {code for code, taal_ in talen().items() if taal_.richting == "rtl"} == {"ar", "fa"}


def test_the_page_says_in_that_language_that_a_person_can_help(bewoner, catalogus, huis):
    html = bewoner.get(ZOEKEN, {"q": "لا أستطيع دفع الإيجار"}).content.decode()
    assert '<div class="melding melding-info mt-4" lang="ar" dir="rtl">' in html
    assert talen()["ar"].zin in html
    assert f"{reverse('loket:vraag')}?q=%D9%84" in html
    assert 'href="tel:+3259990000"' in html
    assert '<bdi dir="ltr">' in html
    assert '<bdi lang="ar">' in html


def test_a_dutch_question_has_no_such_line_and_a_foreign_one_without_results_does(bewoner, catalogus, settings):
    assert 'class="melding' not in bewoner.get(ZOEKEN, {"q": "energiescan"}).content.decode()
    settings.ZOEK_OP_BETEKENIS = False
    html = bewoner.get(ZOEKEN, {"q": "I have nowhere to sleep"}).content.decode()
    assert talen()["en"].zin in html
    assert "We vonden niets" in html


# --- the invented town ----------------------------------------------------------------------------


@pytest.fixture
def wilgenbeke(request):
    bron = request.config.rootpath / "sociaalhuis" / "wilgenbeke"
    for deel in (laad_huis, laad_locaties, laad_loket):
        deel.laad(bron)


def proef(request, capsys, naam):
    call_command("zoekproef", str(request.config.rootpath / "tests" / "loket" / f"{naam}.csv"))
    regels = capsys.readouterr().out.splitlines()
    return dict(regel.split()[:2] for regel in regels[1:4]), regels[6:]


def test_questions_that_nothing_was_chosen_by_find_their_service(wilgenbeke, request, capsys):
    """Held out: written after words and weights were fixed. The author is the same, so a guard and not a proof."""
    maten, _ = proef(request, capsys, "achtergehouden_vragen")
    assert float(maten["hit@3"]) >= 0.85, maten


def test_questions_in_other_languages_find_their_service(wilgenbeke, request, capsys):
    maten, talen_ = proef(request, capsys, "vragen_in_andere_talen")
    assert float(maten["hit@3"]) >= 0.85, maten
    per_taal = {regel.split()[0]: float(regel.split()[2]) for regel in talen_}
    assert all(per_taal[code] >= 0.8 for code in ("en", "fr", "de", "es", "it", "pt", "tr", "ar", "pl", "ru", "zh"))
