"""The council track, versions, reasons, derived plans and the next period in the admin."""

from datetime import date

import pytest
from django.urls import reverse

from plan.acties.raadspad import begin_raadspad
from plan.acties.versies import bevries
from plan.models import Besluit, Deelplan, Garantie, Plan, Raadspad, Versie, Wijzigingsreden
from sociaalhuis.models import Organisatie


@pytest.fixture
def pad(plan, garantie, coordinator, orgaan):
    return begin_raadspad(plan=plan, naam="Vaststelling", door=coordinator, begonnen_op=date(2026, 1, 5))


@pytest.fixture
def lok(db):
    return Organisatie.objects.create(code="lok", naam="LOK", soort="adviesraad")


def stapadres(pad):
    return reverse("admin:plan_raadspad_advies", args=[pad.pk, "advies"])


def test_who_may_not_publish_takes_no_step_and_freezes_nothing(pad, plan, als, planner, loket_ocmw, beheer, lok, huis):
    velden = {"adviesraad": lok.pk, "datum": "2026-02-02", "titel": "Advies", "uitslag": "gunstig"}
    for gebruiker in (planner, loket_ocmw, beheer):
        assert als(gebruiker).post(stapadres(pad), velden).status_code == 403
    nu = reverse("admin:plan_versie_nu", args=[plan.pk])
    assert als(planner).post(nu, {"_bevries": "1"}).status_code == 403
    assert als(loket_ocmw).get(nu).status_code == 403
    assert (Besluit.objects.count(), Versie.objects.count()) == (0, 0)


def test_the_planner_sees_the_way_and_no_buttons(pad, als, planner, coordinator, huis):
    adres = reverse("admin:plan_raadspad_change", args=[pad.pk])
    assert "Noteer: Advies" not in als(planner).get(adres).content.decode()
    assert f'href="{stapadres(pad)}"' in als(coordinator).get(adres).content.decode()


SLECHT = ["\x00", "\u202eomgekeerd", "<script>alert(1)</script>", "x" * 5000, ""]


@pytest.mark.parametrize("tekst", SLECHT)
def test_bad_input_is_told_in_dutch_and_kept(pad, als, coordinator, lok, huis, tekst):
    velden = {"adviesraad": "", "datum": "geen dag", "titel": tekst, "uitslag": "onzin", "stemmen_voor": "-1"}
    antwoord = als(coordinator).post(stapadres(pad), velden)
    assert antwoord.status_code == 400
    assert {"adviesraad", "datum", "uitslag"} <= set(antwoord.context["form"].errors)
    assert "<script>alert" not in antwoord.content.decode()
    assert not Besluit.objects.exists()


def test_a_date_before_is_told_at_the_field(pad, als, coordinator, lok, huis):
    velden = {"adviesraad": lok.pk, "datum": "2999-01-01", "titel": "Advies", "uitslag": "gunstig"}
    antwoord = als(coordinator).post(stapadres(pad), velden)
    assert antwoord.context["form"].errors["datum"] == ["Deze dag moet nog komen. Noteer de stap als ze gezet is."]


def test_a_step_that_is_not_the_next_goes_back_to_the_way(pad, als, coordinator, huis):
    adres = reverse("admin:plan_raadspad_stap", args=[pad.pk, "vaststelling-ocmw", "rmw"])
    antwoord = als(coordinator).get(adres)
    assert (antwoord.status_code, antwoord.url) == (302, reverse("admin:plan_raadspad_change", args=[pad.pk]))


def test_the_coordinator_notes_a_step_once(pad, als, coordinator, lok, huis):
    velden = {"adviesraad": lok.pk, "datum": "2026-02-02", "titel": "Advies van het LOK", "uitslag": "gunstig",
              "stemmen_voor": "7", "stemmen_tegen": "1", "onthoudingen": "0"}  # fmt: skip
    for status in (302, 400):  # the second is a double click
        assert als(coordinator).post(stapadres(pad), velden).status_code == status
    besluit = Besluit.objects.get()
    assert (besluit.raadspad, besluit.adviesraad, besluit.stemming) == (pad, lok, "7 voor, 1 tegen, 0 onthoudingen.")
    assert Versie.objects.get().besluit == besluit


def test_a_plan_that_does_not_hold_together_is_told_above_the_form(pad, als, coordinator, lok, huis):
    Garantie.objects.update(korte_omschrijving="")
    assert "schrijf de belofte" in als(coordinator).get(stapadres(pad)).content.decode()
    velden = {"adviesraad": lok.pk, "datum": "2026-02-02", "titel": "Advies", "uitslag": "gunstig"}
    assert als(coordinator).post(stapadres(pad), velden).status_code == 400
    assert not Besluit.objects.exists()


def test_a_second_walk_is_refused_at_the_field(pad, plan, als, coordinator, huis):
    adres = reverse("admin:plan_raadspad_add")
    velden = {"plan": plan.pk, "naam": "Nog een", "begonnen_op": "2026-02-02"}
    assert "Er loopt al een weg" in als(coordinator).post(adres, velden).content.decode()
    assert Raadspad.objects.count() == 1


def test_a_step_of_the_way_is_not_edited_away(pad, plan, als, coordinator, planner, lok, huis):
    besluit = Besluit.objects.create(plan=plan, raadspad=pad, stap="advies", adviesraad=lok, datum=date(2026, 2, 2),
                                     titel="Advies", uitslag="gunstig")  # fmt: skip
    adres = reverse("admin:plan_besluit_change", args=[besluit.pk])
    als(coordinator).post(adres, {"titel": "Beter", "nummer": "", "uitslag": "ongunstig", "datum": "2020-01-01", "toelichting": "", "document": "", "uri": ""})  # fmt: skip
    besluit.refresh_from_db()
    assert (besluit.titel, besluit.uitslag, besluit.datum) == ("Beter", "gunstig", date(2026, 2, 2))
    assert (
        als(planner).post(reverse("admin:plan_besluit_delete", args=[besluit.pk]), {"post": "yes"}).status_code == 403
    )


def test_reasons_are_written_per_changed_part_and_frozen(plan, garantie, als, planner, coordinator, huis):
    bevries(plan=plan, door=coordinator)
    Garantie.objects.update(korte_omschrijving="Je woont veilig en warm.")
    adres = reverse("admin:plan_versie_nu", args=[plan.pk])
    antwoord = als(planner).get(adres)
    assert [deel.code for deel in antwoord.context["delen"]] == ["G1"]
    veel = als(planner).post(adres, {"_redenen": "1", f"r{garantie.pk}-voor_burger": "x" * 5000})
    assert veel.status_code == 400
    assert als(planner).post(adres, {"_redenen": "1", f"r{garantie.pk}-voor_raad": "Op advies.", f"r{garantie.pk}-voor_burger": ""}).status_code == 302  # fmt: skip
    assert Wijzigingsreden.objects.get().voor_raad == "Op advies."
    als(coordinator).post(adres, {"_bevries": "1", "naam": "Na advies"})
    versie = Versie.objects.get(nummer=2)
    assert (versie.naam, versie.inhoud["redenen"][0]["voor_raad"]) == ("Na advies", "Op advies.")


def test_nobody_changes_or_deletes_a_version_in_the_admin(plan, garantie, coordinator, als, huis, superuser):
    versie = bevries(plan=plan, door=coordinator)
    for gebruiker in (coordinator, superuser):
        client = als(gebruiker)
        assert client.get(reverse("admin:plan_versie_changelist")).status_code == 200
        pagina = client.get(reverse("admin:plan_versie_change", args=[versie.pk]))
        assert pagina.status_code == 200 and "historylink" not in pagina.content.decode()  # it would lead to a 404
        assert "historylink" in client.get(reverse("admin:plan_plan_change", args=[plan.pk])).content.decode()
        assert client.post(reverse("admin:plan_versie_change", args=[versie.pk]), {"naam": "x"}).status_code == 403
        assert client.post(reverse("admin:plan_versie_delete", args=[versie.pk]), {"post": "yes"}).status_code == 403
        assert client.get(reverse("admin:plan_versie_add")).status_code == 403


def test_a_plan_is_taken_along_from_the_list(plan, garantie, actie, als, planner, loket_ocmw, huis):
    adres = reverse("admin:plan_plan_periode", args=[plan.pk])
    assert als(loket_ocmw).get(adres).status_code == 403
    antwoord = als(planner).post(
        reverse("admin:plan_plan_changelist"), {"action": "naar_periode", "_selected_action": plan.pk}
    )
    assert antwoord.url == adres
    assert als(planner).get(adres).context["form"].initial["slug"] == "2032-2037"
    fout = als(planner).post(adres, {"titel": "", "slug": "2026-2031", "beginjaar": "x", "eindjaar": "2031"})
    assert set(fout.context["form"].errors) == {"titel", "slug", "beginjaar", "garanties"}
    goed = {
        "titel": "Volgend plan",
        "slug": "2032-2037",
        "beginjaar": "2032",
        "eindjaar": "2037",
        "garanties": [garantie.pk],
    }
    assert als(planner).post(adres, {**goed, "beginjaar": "2030"}).status_code == 400
    assert als(planner).post(adres, goed).status_code == 302
    nieuw = Plan.objects.get(slug="2032-2037")
    assert [deel.code for deel in nieuw.onderdelen.in_volgorde()] == ["G1", "G1.1", "G1.1.a"]


def test_a_lens_is_made_in_the_admin(plan, doelgroep, als, planner, loket_ocmw, huis):
    adres = reverse("admin:plan_deelplan_add")
    assert als(loket_ocmw).get(adres).status_code == 403
    velden = {"plan": plan.pk, "titel": "Ouderenplan", "slug": "ouderenplan", "volgorde": "0", "inleiding": "<p>x<script>1</script></p>",
              "doelgroepen": [doelgroep.pk], "keuzes-TOTAL_FORMS": "0", "keuzes-INITIAL_FORMS": "0"}  # fmt: skip
    assert als(planner).post(adres, velden).status_code == 302
    deelplan = Deelplan.objects.get()
    assert (deelplan.inleiding, list(deelplan.doelgroepen.all())) == ("<p>x</p>", [doelgroep])
    assert "Dit webadres is al in gebruik" in als(planner).post(adres, velden).content.decode()
