"""The pages of versions and of the difference of two."""

import io

import openpyxl
import pytest
from django.urls import reverse

from plan.acties.alineas import volg_plan
from plan.acties.versies import bevries, zet_reden
from plan.models import Actie, Doelstelling, Garantie, Onderdeel


@pytest.fixture
def versies(plan, actie, coordinator):
    """Two versions: the action got another text and end, and a promise came with it."""
    Actie.objects.filter(pk=actie.pk).update(lange_omschrijving="<p>Wij bellen aan.</p>")
    volg_plan(plan)
    eerste = bevries(plan=plan, door=coordinator, stap="ontwerp")
    Garantie.objects.create(plan=plan, code="G2", titel="Samen spelen", korte_omschrijving="Elk kind speelt mee.")
    Actie.objects.filter(pk=actie.pk).update(
        lange_omschrijving="<p>Wij bellen overal aan.</p>", titel='=1+1<script>alert("x")</script>'
    )
    volg_plan(plan)
    zet_reden(plan=plan, onderdeel=actie.pk, code=actie.code, door=coordinator, voor_raad="Op vraag van de raad.",
              voor_burger="Jullie vroegen het.")  # fmt: skip
    return eerste, bevries(plan=plan, door=coordinator, naam="Eerste aanpassing")


def tekst(client, naam, *args, status=200, **vragen):
    antwoord = client.get(reverse(f"plan:{naam}", args=args), vragen)
    assert antwoord.status_code == status
    return antwoord.content.decode()


def test_versions_of_a_hidden_plan_do_not_exist_for_others(
    geheim_plan, bewoner, als, planner, coordinator, loket_ocmw, huis
):
    Onderdeel.objects.filter(plan=geheim_plan).update(korte_omschrijving="Geheim.")
    bevries(plan=geheim_plan, door=coordinator)
    for client in (bewoner, als(loket_ocmw)):
        tekst(client, "versies", geheim_plan.slug, status=404)
        tekst(client, "versie", geheim_plan.slug, 1, status=404)
    assert "Geheime titel" in tekst(als(planner), "versie", geheim_plan.slug, 1)


@pytest.mark.parametrize(("naam", "args"), [
    ("versie", [9]), ("versie", [0]), ("verschil", [1, 9]), ("verschil", [2, 1]), ("verschil", [1, 1]),
    ("veranderd", [9, 10]), ("verschil_xlsx", [2, 1]),
])  # fmt: skip
def test_a_version_that_does_not_exist_is_a_404(versies, plan, bewoner, huis, naam, args):
    tekst(bewoner, naam, plan.slug, *args, status=404)


@pytest.mark.parametrize("vragen", [{}, {"van": "1"}, {"van": "x", "naar": "2"}, {"van": "1", "naar": "9" * 5000}, {"van": "²", "naar": "1"}])  # fmt: skip
def test_a_choice_that_makes_no_sense_is_told_on_the_list(versies, plan, bewoner, huis, vragen):
    assert "Kies twee versies." in tekst(bewoner, "vergelijking", plan.slug, status=400, **vragen)


def test_the_same_version_twice_is_told(versies, plan, bewoner, huis):
    assert "Kies twee verschillende versies." in tekst(bewoner, "vergelijking", plan.slug, status=400, van=1, naar=1)


def test_two_versions_are_compared_in_their_own_order(versies, plan, bewoner, huis):
    antwoord = bewoner.get(reverse("plan:vergelijking", args=[plan.slug]), {"van": 2, "naar": 1})
    assert antwoord.url == reverse("plan:verschil", args=[plan.slug, 1, 2])


def test_a_version_reads_as_it_was_whatever_the_plan_is_now(versies, plan, bewoner, huis):
    Actie.objects.all().delete()
    Doelstelling.objects.all().delete()
    druk = tekst(bewoner, "versie", plan.slug, 1)
    assert "Wij bellen aan." in druk
    assert "Je leest versie 1" in druk
    assert f'href="{versies[1].get_absolute_url()}"' in druk
    assert "Samen spelen" not in druk
    assert versies[0].vingerafdruk in druk
    assert "Dit is de laatste versie" in tekst(bewoner, "versie", plan.slug, 2)


def test_the_list_says_which_versions_hold_the_same(
    versies, plan, bewoner, coordinator, huis, django_assert_num_queries
):
    bevries(plan=plan, door=coordinator, stap="advies")
    druk = tekst(bewoner, "versies", plan.slug)
    assert "De tekst is dezelfde als in" in druk
    assert druk.index("Versie 3,") < druk.index("Versie 2,") < druk.index("Versie 1,")


def test_the_list_asks_the_same_for_one_and_for_three(
    versies, plan, bewoner, coordinator, huis, django_assert_num_queries
):
    adres = reverse("plan:versies", args=[plan.slug])
    bewoner.get(adres)
    with django_assert_num_queries(6):
        bewoner.get(adres)
    bevries(plan=plan, door=coordinator, stap="advies")
    with django_assert_num_queries(6):
        bewoner.get(adres)


def test_the_council_reads_old_and_new_words_and_why(versies, plan, bewoner, huis):
    druk = " ".join(tekst(bewoner, "verschil", plan.slug, 1, 2).split())
    assert (
        '<ins><span class="visually-hidden">[erbij:</span> overal <span class="visually-hidden">]</span></ins>' in druk
    )
    assert "Op vraag van de raad." in druk
    assert "Elk kind speelt mee." in druk
    assert "<script>alert" not in druk


def test_the_citizen_reads_sentences_and_why(versies, plan, bewoner, huis):
    druk = tekst(bewoner, "veranderd", plan.slug, 1, 2)
    assert "Nieuw is “Samen spelen”: Elk kind speelt mee." in druk
    assert "Bij 1 onderdeel is de tekst aangepast." in druk
    assert "niet meer of minder uit dan eerst gepland" in druk


def test_the_spreadsheet_holds_the_same_and_runs_no_formula(versies, plan, bewoner, huis):
    antwoord = bewoner.get(reverse("plan:verschil_xlsx", args=[plan.slug, 1, 2]))
    boek = openpyxl.load_workbook(io.BytesIO(antwoord.content))
    assert [blad.title for blad in boek] == [
        "Over dit verslag", "1 Onderdelen", "2 Teksten", "3 Geld per onderdeel", "4 Geld samen", "5 Indicatoren",
    ]  # fmt: skip
    rijen = [[cel.value for cel in rij] for rij in boek["1 Onderdelen"].iter_rows(min_row=4)]
    assert [rij[0] for rij in rijen] == ["G1.1.a", "G2"]
    assert rijen[0][6] == "Op vraag van de raad."
    assert {cel.data_type for rij in boek["2 Teksten"].iter_rows(min_row=4) for cel in rij if cel.value} == {"s"}


def test_no_cookie_on_these_pages(versies, plan, bewoner, huis):
    for naam, args in [("versies", []), ("versie", [1]), ("verschil", [1, 2]), ("veranderd", [1, 2])]:
        antwoord = bewoner.get(reverse(f"plan:{naam}", args=[plan.slug, *args]))
        assert not antwoord.cookies, naam
