"""Where LPDC and we differ: three sides per field, a clerk decides, and nobody decides about what they did not see."""

import re
import time
from io import BytesIO

import pytest

from loket.acties.invoer import voer_in
from loket.acties.lpdcverschil import VERSCHOVEN, Verschoven, beslis, stand_van
from loket.lpdc.leesbaar import MAX_WOORDEN, in_woorden, verschil
from loket.models import Dienst, Zoekrij
from tests.loket.test_lpdc import BESTAND

pytestmark = pytest.mark.django_db
LIJST = "/loket/werkbank/lpdc/"


@pytest.fixture
def anders(huis, ocmw):
    """`Budgethulp` with our own title and first condition, after an import in which LPDC changed both as well."""
    inhoud = BESTAND.read_text(encoding="utf-8")
    voer_in(bestand=BytesIO(inhoud.encode()), bestuur=ocmw)
    dienst = Dienst.objects.get(titel="Budgethulp")
    dienst.titel = "Onze titel"
    dienst.save()
    dienst.voorwaarden.update(titel="Onze voorwaarde")
    nieuw = inhoud.replace('"Budgethulp"@', '"Hun titel"@').replace("Met een adres in", "Met een huis in")
    voer_in(bestand=BytesIO(nieuw.encode()), bestuur=ocmw)
    dienst.refresh_from_db()
    assert set(dienst.bron_verschil) == {"titel", "voorwaarden"}
    return dienst


def adres(dienst):
    return f"{LIJST}diensten/{dienst.slug}/"


# --- not allowed, not valid ---------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["planner", "toezicht", "voedselbank"])
def test_only_who_keeps_the_catalogue(wie, anders, als, request):
    client = als(request.getfixturevalue(wie))
    assert [client.get(pad).status_code for pad in (LIJST, f"{LIJST}uit/", adres(anders))] == [404, 404, 404]
    assert client.post(adres(anders), {"alles": "hun", "stand": stand_van(anders)}).status_code == 404


def test_without_login_to_the_door(anders, bewoner):
    assert bewoner.get(adres(anders)).status_code == 302


def test_a_service_that_is_not_there(anders, als, loket_ocmw):
    assert als(loket_ocmw).get(f"{LIJST}diensten/geen/").status_code == 404


@pytest.mark.parametrize(
    "velden",
    [
        {},
        {"veld_titel": ""},
        {"veld_titel": "iets"},
        {"alles": "x\x00y"},
        {"veld_titel": "\u202ehun" * 1000},
        {"stand": "a" * 5000, "veld_titel": "hun"},
        {"veld_beschrijving": "hun"},
    ],
)
def test_bad_input_changes_nothing_and_says_so(velden, anders, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(adres(anders), {"stand": stand_van(anders), **velden})
    assert antwoord.status_code == 422
    anders.refresh_from_db()
    assert set(anders.bron_verschil) == {"titel", "voorwaarden"} and anders.titel == "Onze titel"


def test_a_decision_about_something_else_than_was_shown_is_refused(anders, als, loket_ocmw, ocmw):
    client = als(loket_ocmw)
    stand = stand_van(anders)
    weer = BESTAND.read_text().replace('"Budgethulp"@', '"Derde titel"@').replace("Met een adres in", "Met een huis in")
    voer_in(bestand=BytesIO(weer.encode()), bestuur=ocmw)
    antwoord = client.post(adres(anders), {"stand": stand, "alles": "hun"})
    assert antwoord.status_code == 409 and VERSCHOVEN in antwoord.content.decode()
    assert "Derde" in antwoord.content.decode()
    anders.refresh_from_db()
    assert (anders.titel, anders.bron_verschil["titel"]) == ("Onze titel", "Derde titel")


def test_two_clerks_at_once_the_second_must_look_again(anders, loket_ocmw, team_ocmw):
    stand = stand_van(anders)
    beslis(dienst=anders, keuzes={"titel": "hun"}, stand=stand, door=loket_ocmw)
    with pytest.raises(Verschoven):
        beslis(dienst=anders, keuzes={"titel": "ons"}, stand=stand, door=team_ocmw)
    assert Dienst.objects.get(pk=anders.pk).titel == "Hun titel"


def test_our_own_edit_meanwhile_counts_too(anders, loket_ocmw):
    stand = stand_van(anders)
    Dienst.objects.filter(pk=anders.pk).update(titel="Onze nieuwe titel")
    with pytest.raises(Verschoven):
        beslis(dienst=anders, keuzes={"titel": "hun"}, stand=stand, door=loket_ocmw)


def test_a_choice_that_would_empty_a_published_page_is_refused_in_words(anders, als, loket_ocmw):
    Dienst.objects.filter(pk=anders.pk).update(bron_verschil={"titel": ""}, status="gepubliceerd")
    anders.refresh_from_db()
    antwoord = als(loket_ocmw).post(adres(anders), {"stand": stand_van(anders), "veld_titel": "hun"})
    assert antwoord.status_code == 409 and "zonder titel of tekst" in antwoord.content.decode()
    assert Dienst.objects.get(pk=anders.pk).titel == "Onze titel"


# --- three sides --------------------------------------------------------------------------------


def test_the_list_names_services_and_fields_the_most_first(anders, als, loket_ocmw):
    Dienst.objects.exclude(pk=anders.pk).update(bron_verschil={"titel": "x"})
    pagina = als(loket_ocmw).get(LIJST).content.decode()
    assert "titel, voorwaarden" in pagina
    namen = re.findall(r'class="onderwerp" href="[^"]*/diensten/([^/]+)/"', pagina)
    assert namen[0] == anders.slug and len(namen) == Dienst.objects.count()


def test_ours_theirs_and_base_are_shown_with_the_words_that_differ(anders, als, loket_ocmw):
    pagina = als(loket_ocmw).get(adres(anders)).content.decode()
    assert "<del>Onze</del>" in pagina and "<ins>Hun</ins>" in pagina
    assert "1. Onze voorwaarde" in pagina and "<ins>" in pagina and "huis" in pagina
    assert "Wat LPDC vroeger zei" in pagina and ">Budgethulp<" in pagina


def test_a_clerk_decides_per_field(anders, als, loket_ocmw):
    client = als(loket_ocmw)
    antwoord = client.post(adres(anders), {"stand": stand_van(anders), "veld_titel": "hun", "veld_voorwaarden": ""})
    assert antwoord.status_code == 302 and antwoord["Location"] == adres(anders)
    dienst = Dienst.objects.get(pk=anders.pk)
    assert (dienst.titel, set(dienst.bron_verschil)) == ("Hun titel", {"voorwaarden"})
    assert dienst.voorwaarden.first().titel == "Onze voorwaarde"
    assert Zoekrij.objects.get(dienst=dienst).titel == "hun titel"
    antwoord = client.post(adres(anders), {"stand": stand_van(dienst), "veld_voorwaarden": "ons"})
    assert antwoord["Location"] == LIJST
    dienst.refresh_from_db()
    assert dienst.bron_verschil == {} and dienst.voorwaarden.first().titel == "Onze voorwaarde"


@pytest.mark.parametrize(("keuze", "titel"), [("hun", "Hun titel"), ("ons", "Onze titel")])
def test_all_fields_at_once(keuze, titel, anders, als, loket_ocmw, ocmw):
    als(loket_ocmw).post(adres(anders), {"stand": stand_van(anders), "alles": keuze})
    dienst = Dienst.objects.get(pk=anders.pk)
    assert (dienst.titel, dienst.bron_verschil) == (titel, {})
    nog_eens = (
        BESTAND.read_text().replace('"Budgethulp"@', '"Hun titel"@').replace("Met een adres in", "Met een huis in")
    )
    assert voer_in(bestand=BytesIO(nog_eens.encode()), bestuur=ocmw).lokaal == []


def test_what_cannot_go_out_is_listed_with_what_it_lacks(anders, als, beheer):
    Dienst.objects.create(slug="y", titel="Zonder tekst", kort="Zin", bestuur=anders.bestuur, status="gepubliceerd")
    pagina = als(beheer).get(f"{LIJST}uit/").content.decode()
    assert "Zonder tekst" in pagina and "een beschrijving, wie het maakte" in pagina


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_the_same_of_the_database_whatever_its_length(
    aantal, anders, als, loket_ocmw, django_assert_num_queries
):
    Dienst.objects.filter(pk__in=list(Dienst.objects.values_list("pk", flat=True)[:aantal])).update(
        bron_verschil={"titel": "x"}
    )
    client = als(loket_ocmw)
    client.get(LIJST)
    with django_assert_num_queries(9):
        client.get(LIJST)


# --- words --------------------------------------------------------------------------------------


def test_words_of_two_texts():
    assert verschil("een oude zin", "een nieuwe zin hier") == [
        ("gelijk", "een"),
        ("weg", "oude"),
        ("nieuw", "nieuwe"),
        ("gelijk", "zin"),
        ("nieuw", "hier"),
    ]
    assert verschil("", "") == [] and verschil("", "x") == [("nieuw", "x")] and verschil("x", "") == [("weg", "x")]


def test_very_long_texts_do_not_keep_anyone_waiting():
    begin = time.perf_counter()
    verschil("a b " * MAX_WOORDEN, "b a " * MAX_WOORDEN)
    verschil("a b " * (MAX_WOORDEN // 2), "b a " * (MAX_WOORDEN // 2))
    assert time.perf_counter() - begin < 4


@pytest.mark.parametrize(
    ("veld", "waarde", "tekst"),
    [
        ("gratis", True, "ja"),
        ("start", "2026-03-02", "maandag 2 maart 2026"),
        ("status", "ontwerp", "Ontwerp"),
        ("zoektermen", ["een", "twee"], "een\ntwee"),
        ("beschrijving", "<p>Dag <b>jij</b></p>", "Dag jij"),
        ("beschrijving", None, ""),
        ("kosten", [{"titel": "Prijs", "beschrijving": "<p>5 euro</p>", "lpdc_uri": "x"}], "1. Prijs | 5 euro"),
        ("kosten", [], ""),
    ],
)
def test_values_in_words(veld, waarde, tekst):
    assert in_woorden(veld, waarde) == tekst
