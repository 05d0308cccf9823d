"""The words of the town: what it calls the states and the levels, on every page that shows one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from plan.acties.niveaus import zet_niveaus
from plan.acties.periode import kopieer_naar_periode
from plan.acties.standwoorden import zet_standwoorden
from plan.acties.versies import bevries
from plan.models import Deelplan, Doelstelling, Jaaractie, Niveau, Onderdeel, Plan, Standwoord
from plan.verschil import vergelijk
from plan.woorden import standnamen

NIVEAUS = [
    {"soort": "garantie", "naam": "ambitie", "meervoud": "ambities"},
    {"soort": "doelstelling", "naam": "doel", "meervoud": "doelen"},
    {"soort": "actie", "naam": "project", "meervoud": "projecten"},
]


def tekst(client, naam, *args):
    antwoord = client.get(reverse(f"plan:{naam}", args=args))
    assert antwoord.status_code == 200, naam
    return antwoord.content.decode()


def adres(wat, plan):
    return reverse(f"admin:plan_plan_{wat}", args=[plan.pk])


# --- the states -----------------------------------------------------------------------------------


def test_only_who_edits_the_plan_chooses_its_words(plan, loket_ocmw, huis, als, bewoner):
    with pytest.raises(PermissionDenied):
        zet_standwoorden(plan=plan, woorden={"vertraagd": "Te laat"}, door=loket_ocmw)
    for wat in ("standen", "niveaus"):
        assert als(loket_ocmw).get(adres(wat, plan)).status_code == 403
        assert bewoner.get(adres(wat, plan)).status_code == 302


@pytest.mark.parametrize(
    ("woorden", "stand"),
    [
        ({"vertraagd": "in uitvoering"}, "vertraagd"),
        ({"vertraagd": "Bezig", "uitgevoerd": "BEZIG"}, "uitgevoerd"),
        ({"in-uitvoering": "Vertraagd"}, "vertraagd"),
    ],
)
def test_two_states_never_share_a_word(plan, planner, woorden, stand):
    with pytest.raises(ValidationError) as fout:
        zet_standwoorden(plan=plan, woorden=woorden, door=planner)
    assert list(fout.value.message_dict) == [stand]
    assert not Standwoord.objects.exists()


@pytest.mark.parametrize("woord", ["x" * 41, "x" * 5000, "a\x00b"])
def test_a_bad_word_is_refused_at_its_field_and_kept(plan, planner, huis, als, woord):
    antwoord = als(planner).post(adres("standen", plan), {"vertraagd": woord, "uitgevoerd": "Klaar"})
    assert (antwoord.status_code, list(antwoord.context["form"].errors)) == (400, ["vertraagd"])
    assert 'value="Klaar"' in antwoord.content.decode()
    assert not Standwoord.objects.exists()


def test_words_are_chosen_on_a_page_and_taken_back_by_emptying(plan, planner, huis, als):
    client = als(planner)
    dubbel = client.post(adres("standen", plan), {"vertraagd": "In uitvoering"})
    assert "is al het woord voor" in dubbel.content.decode()
    client.post(adres("standen", plan), {"vertraagd": " <b>Loopt</b>\u202e achter ", "uitgevoerd": "Uitgevoerd"})
    assert dict(Standwoord.objects.values_list("stand", "woord")) == {"vertraagd": "<b>Loopt</b> achter"}
    assert 'value="&lt;b&gt;Loopt&lt;/b&gt; achter"' in client.get(adres("standen", plan)).content.decode()
    assert client.post(adres("standen", plan), {"vertraagd": ""}).status_code == 302
    assert not Standwoord.objects.exists()


def test_every_page_that_shows_a_state_says_the_word_of_the_town(
    plan, garantie, actie, jaarplan, planner, coordinator, huis, als, bewoner
):
    actie.noteer_stand("vertraagd", 20, "De partner viel weg.")
    actie.save()
    type(actie).objects.update(lange_omschrijving="<p>Wij bellen.</p>")
    Jaaractie.objects.create(jaaractieplan=jaarplan, actie=actie, wat="Bellen")
    Deelplan.objects.create(plan=plan, slug="alles", titel="Alles", openbaar=True).keuzes.create(
        actie=actie, erbij=True, reden="Past"
    )
    eerste = bevries(plan=plan, door=coordinator)
    zet_standwoorden(plan=plan, woorden={"vertraagd": "Loopt achter"}, door=planner)
    tweede = bevries(plan=plan, door=coordinator)
    slug = plan.slug
    for naam, *args in [("actie", actie.code), ("garantie", "G1"), ("acties",), ("afdrukken",), ("jaar", 2026),
                        ("deelplan", "alles"), ("versie", tweede.nummer)]:  # fmt: skip
        html = tekst(bewoner, naam, slug, *args)
        assert "Loopt achter" in html and "Vertraagd" not in html, naam
    assert "loopt achter" in tekst(bewoner, "plan", slug)
    assert "Vertraagd" in tekst(bewoner, "versie", slug, eerste.nummer)  # as it was then
    for pad in (
        reverse("admin:plan_actie_changelist"),
        reverse("admin:plan_actie_changelist") + "?stand=vertraagd",
        reverse("admin:plan_actie_change", args=[actie.pk]),
    ):
        html = als(planner).get(pad).content.decode()
        assert "Loopt achter" in html and "Vertraagd" not in html, pad


def test_a_difference_says_each_state_in_the_words_of_its_own_version(plan, actie, planner, coordinator):
    type(actie).objects.update(lange_omschrijving="<p>x</p>")
    oud = bevries(plan=plan, door=coordinator)
    zet_standwoorden(plan=plan, woorden={"nog-niet-gestart": "In de wacht", "in-uitvoering": "Bezig"}, door=planner)
    nieuwe_woorden = bevries(plan=plan, door=coordinator)
    assert not vergelijk(oud.inhoud, nieuwe_woorden.inhoud)  # another word is no other state
    actie.noteer_stand("in-uitvoering", 10)
    actie.save(update_fields=["stand", "voortgang", "stand_op"])
    nieuw = bevries(plan=plan, door=coordinator)
    for eerst, woord in ((oud, "Nog niet gestart"), (nieuwe_woorden, "In de wacht")):
        (deel,) = vergelijk(eerst.inhoud, nieuw.inhoud).delen
        assert [(v.oud, v.nieuw) for v in deel.velden if v.naam == "stand"] == [(woord, "Bezig")]


def test_the_words_go_along_to_the_next_period(plan, actie, coordinator):
    zet_standwoorden(plan=plan, woorden={"stopgezet": "Geschrapt"}, door=coordinator)
    nieuw = kopieer_naar_periode(
        plan=plan, slug="2032-2037", titel="Verder", beginjaar=2032, eindjaar=2037, door=coordinator
    )
    assert standnamen(nieuw)["stopgezet"] == "Geschrapt"


# --- the levels -----------------------------------------------------------------------------------


def velden(*rijen):
    data = {"niveau-TOTAL_FORMS": len(rijen), "niveau-INITIAL_FORMS": len(rijen)}
    for nummer, (naam, meervoud) in enumerate(rijen):
        data |= {f"niveau-{nummer}-naam": naam, f"niveau-{nummer}-meervoud": meervoud}
    return data


def test_naming_levels_names_every_part_that_is_there(plan, actie, doelstelling, coordinator):
    zet_niveaus(plan=plan, niveaus=NIVEAUS, door=coordinator)
    delen = Onderdeel.objects.select_related("niveau").order_by("pad__len")
    assert [deel.niveaunaam for deel in delen] == ["ambitie", "doel", "project"]


def test_a_part_that_would_be_left_without_a_name_stops_it(plan, doelstelling, coordinator, huis, als):
    Doelstelling.objects.create(plan=plan, code="G1.1.1", titel="Dieper", ouder=doelstelling)
    rijen = [("ambitie", "ambities"), ("doel", "doelen"), ("", ""), ("project", "projecten")]
    antwoord = als(coordinator).post(adres("niveaus", plan), velden(*rijen))
    assert antwoord.status_code == 400
    assert "G1.1.1 Dieper staat dieper dan dit plan niveaus heeft" in antwoord.content.decode()
    assert not Niveau.objects.exists()
    rijen[2] = ("stap", "stappen")
    assert als(coordinator).post(adres("niveaus", plan), velden(*rijen)).status_code == 302
    assert not Onderdeel.objects.filter(niveau=None).exists()


@pytest.mark.parametrize(
    ("rij", "woorden"),
    [
        (("", ""), "Geef dit niveau een naam."),
        (("doel", "projecten"), "Elk niveau heeft een eigen naam"),
        (("project", ""), "Geef dit niveau een naam."),
        (("", "projecten"), "Geef dit niveau een naam."),
        (("x" * 61, "projecten"), "60"),
        (("pro\x00ject", "projecten"), "Hier staat een teken in dat we niet kunnen bewaren"),
    ],
)
def test_a_level_without_a_good_name_is_refused(plan, planner, huis, als, rij, woorden):
    antwoord = als(planner).post(adres("niveaus", plan), velden(("ambitie", "ambities"), ("doel", "doelen"), rij))
    assert antwoord.status_code == 400
    assert woorden in antwoord.content.decode()
    assert 'value="ambities"' in antwoord.content.decode()
    assert not Niveau.objects.exists()


def test_the_page_of_levels_starts_from_what_there_is(plan, planner, huis, als):
    client = als(planner)
    namen = [form["naam"].value() for form in client.get(adres("niveaus", plan)).context["formset"]]
    assert namen == ["garantie", "doelstelling", None, None, "actie"]
    zet_niveaus(plan=plan, niveaus=NIVEAUS, door=planner)
    begin = client.get(adres("niveaus", plan)).context["formset"]
    assert [form["naam"].value() for form in begin] == ["ambitie", "doel", None, None, "project"]


def test_pages_and_filters_use_the_names_of_the_levels(plan, garantie, actie, planner, huis, bewoner):
    zet_niveaus(plan=plan, niveaus=NIVEAUS, door=planner)
    slug = plan.slug
    for naam, *args, woord in [
        ("plan", "Onze ambities"), ("plan", "<strong>1</strong> project"), ("garantie", "G1", "Ambitie 1"),
        ("actie", actie.code, "Project G1.1.a"), ("acties", "Alle projecten"), ("acties", ">1 project<"),
        ("acties", "<summary>Ambitie</summary>"), ("afdrukken", "Ambitie 1: Een dak"),
    ]:  # fmt: skip
        assert woord in tekst(bewoner, naam, slug, *args), (naam, woord)


def test_a_plan_that_does_not_exist_has_no_words(planner, huis, als):
    plan = Plan(pk=999_999)
    assert [als(planner).get(adres(wat, plan)).status_code for wat in ("standen", "niveaus")] == [404, 404]


def test_a_level_in_between_has_both_its_names_or_none(plan, planner, huis, als):
    for rij in (("doel", ""), ("", "doelen")):
        antwoord = als(planner).post(
            adres("niveaus", plan), velden(("ambitie", "ambities"), ("stap", "stappen"), rij, ("project", "projecten"))
        )
        assert antwoord.status_code == 400 and "Vul ook dit in." in antwoord.content.decode()
