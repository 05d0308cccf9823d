"""Derived plans: a lens over the same actions, by filter and by hand."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from plan.acties.versies import bevries
from plan.models import Actie, Deelplan, Deelplankeuze, Onderdeel, Raming
from sociaalhuis.models import Doelgroep, Organisatie


@pytest.fixture
def acties(maak_actie, doelgroep, thema):
    """a and b for the elderly, b about money too, c for nobody in particular."""
    return {
        "a": maak_actie("a", doelgroepen=[doelgroep], korte_omschrijving="A."),
        "b": maak_actie("b", doelgroepen=[doelgroep], themas=[thema], korte_omschrijving="B."),
        "c": maak_actie("c", korte_omschrijving="C."),
    }


@pytest.fixture
def ouderenplan(plan, acties, doelgroep):
    raad = Organisatie.objects.create(code="ouderenraad", naam="Ouderenraad", soort="adviesraad")
    deelplan = Deelplan.objects.create(plan=plan, slug="ouderenplan", titel="Ouderenplan", openbaar=True,
                                       inleiding="<p>Voor wie ouder wordt.</p>", adviesraad=raad)  # fmt: skip
    deelplan.doelgroepen.add(doelgroep)
    return deelplan


def letters(deelplan):
    return [actie.code[-1] for actie in deelplan.acties().in_volgorde()]


def pagina(client, naam, *args, status=200):
    antwoord = client.get(reverse(f"plan:{naam}", args=args))
    assert antwoord.status_code == status
    return antwoord


def test_a_lens_that_is_not_public_or_of_a_hidden_plan_does_not_exist_for_others(
    ouderenplan, plan, geheim_plan, bewoner, als, planner, loket_ocmw, huis
):
    geheim = Deelplan.objects.create(plan=geheim_plan, slug="geheim", titel="Geheim", openbaar=True)
    Deelplan.objects.filter(pk=ouderenplan.pk).update(openbaar=False)
    for deelplan in (ouderenplan, geheim):
        for client in (bewoner, als(loket_ocmw)):
            pagina(client, "deelplan", deelplan.plan.slug, deelplan.slug, status=404)
        pagina(als(planner), "deelplan", deelplan.plan.slug, deelplan.slug)
    assert "Ouderenplan" not in pagina(bewoner, "deelplannen", plan.slug).content.decode()


def test_an_empty_filter_shows_nothing(plan, acties):
    assert letters(Deelplan.objects.create(plan=plan, slug="x", titel="x")) == []


def test_the_filter_and_the_hand_decide_together(ouderenplan, acties, thema):
    assert letters(ouderenplan) == ["a", "b"]
    Deelplankeuze.objects.create(deelplan=ouderenplan, actie=acties["c"], reden="Vooral ouderen komen.")
    Deelplankeuze.objects.create(deelplan=ouderenplan, actie=acties["a"], erbij=False, reden="Gaat over jongeren.")
    assert letters(ouderenplan) == ["b", "c"]
    ouderenplan.themas.add(thema)
    assert letters(ouderenplan) == ["b", "c"]
    ouderenplan.keuzes.all().delete()
    assert letters(ouderenplan) == ["b"]


def test_two_groups_of_one_action_show_it_once(ouderenplan, acties):
    groep = Doelgroep.objects.create(code="mantelzorgers", naam="Mantelzorgers")
    acties["a"].doelgroepen.add(groep)
    ouderenplan.doelgroepen.add(groep)
    assert letters(ouderenplan) == ["a", "b"]


@pytest.mark.parametrize(("velden", "regel"), [({"reden": ""}, "deelplankeuze_heeft_reden"), ({"actie": "ander"}, "deelplankeuze_actie_van_dit_plan")])  # fmt: skip
def test_a_choice_has_a_reason_and_an_action_of_this_plan(ouderenplan, acties, geheim_plan, velden, regel):
    rest = {"deelplan": ouderenplan, "actie": acties["c"], "reden": "Zo.", **velden}
    if rest["actie"] == "ander":
        rest["actie"] = Actie.objects.get(plan=geheim_plan)
        with pytest.raises(ValidationError, match="ander plan"):
            Deelplankeuze(**rest).full_clean()
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Deelplankeuze.objects.create(**rest)


def test_one_choice_per_action_and_one_address_per_plan(ouderenplan, acties, plan):
    Deelplankeuze.objects.create(deelplan=ouderenplan, actie=acties["c"], reden="Zo.")
    with pytest.raises(IntegrityError, match="deelplankeuze_een_per_actie"), transaction.atomic():
        Deelplankeuze.objects.create(deelplan=ouderenplan, actie=acties["c"], reden="Zo.")
    with pytest.raises(IntegrityError, match="deelplan_slug_uniek"), transaction.atomic():
        Deelplan.objects.create(plan=plan, slug="ouderenplan", titel="x")


def test_the_page_shows_its_actions_and_their_money(
    ouderenplan, acties, plan, aanvraag, ocmw, coordinator, bewoner, huis
):
    Raming.objects.create(
        projectaanvraag=aanvraag, bestuur=ocmw, jaar=2027, richting="uitgave", bedrag=Decimal("12.50")
    )
    aanvraag.noteer_staat("goedgekeurd", door=coordinator, beslissing="Ja.")
    aanvraag.save()
    Deelplankeuze.objects.create(deelplan=ouderenplan, actie=acties["b"], erbij=False, reden="Te breed.")
    antwoord = pagina(bewoner, "deelplan", plan.slug, "ouderenplan")
    ((tak, eigen),) = antwoord.context["groepen"]
    assert (tak.deel.code, [actie.code for actie in eigen]) == ("G1", ["G1.1.a"])
    assert antwoord.context["geld"]["totaal"]["uitgave"] == Decimal("12.50")
    assert "Actie b: Te breed." in antwoord.content.decode()
    assert not antwoord.cookies


@pytest.fixture
def aanvraag(plan, acties):
    return acties["a"].projectaanvragen.create(plan=plan, code="P01", titel="Begeleider", aanvrager="Dienst")


def test_the_page_asks_the_same_for_more_actions(
    ouderenplan, plan, bewoner, doelgroep, maak_actie, huis, django_assert_max_num_queries
):
    adres = reverse("plan:deelplan", args=[plan.slug, "ouderenplan"])
    bewoner.get(adres)
    with django_assert_max_num_queries(18) as eerst:
        bewoner.get(adres)
    maak_actie("d", doelgroepen=[doelgroep])
    with django_assert_max_num_queries(len(eerst)):
        bewoner.get(adres)


def test_a_version_freezes_the_lens_along(ouderenplan, plan, acties, coordinator, bewoner, huis):
    bevries(plan=plan, door=coordinator)
    Onderdeel.objects.filter(pk=acties["a"].pk).update(titel="Later anders")
    ouderenplan.doelgroepen.clear()
    ouderenplan.inleiding = "<p>Later.</p>"
    ouderenplan.save()
    druk = pagina(bewoner, "deelplan_versie", plan.slug, 1, "ouderenplan").content.decode()
    assert "Voor wie ouder wordt." in druk
    assert "Actie a" in druk
    assert "Actie b" in druk
    assert "Actie c" not in druk
    pagina(bewoner, "deelplan_versie", plan.slug, 1, "bestaat-niet", status=404)
    pagina(bewoner, "deelplan_versie", plan.slug, 2, "ouderenplan", status=404)
    assert (
        "/versies/1/deelplannen/ouderenplan/" in pagina(bewoner, "deelplan", plan.slug, "ouderenplan").content.decode()
    )
