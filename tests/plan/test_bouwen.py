"""Building a plan from its tree: below what, with which code, back to the tree; and the weights where levels have them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from plan.acties.niveaus import zet_niveaus
from plan.admin.bouwen import erbij, volgende_code
from plan.models import Actie, Doelstelling, Garantie, Onderdeel, Plan
from tests.plan.test_beheer import formulier
from tests.plan.test_boombeheer import boom, tekst

NIVEAUS = [
    ("garantie", "belofte", True),
    ("doelstelling", "strategisch doel", False),
    ("doelstelling", "actieplan", False),
    ("actie", "werk", True),
]


@pytest.fixture
def niveaus(plan, planner):
    rijen = [{"soort": s, "naam": n, "meervoud": f"{n}s", "weegt": w} for s, n, w in NIVEAUS]
    return zet_niveaus(plan=plan, niveaus=rijen, door=planner)


@pytest.mark.parametrize(
    ("codes", "boven", "code"),
    [
        ([], "", ""),
        ([], "G1", "G1.1"),
        (["G1.1", "G1.3"], "G1", "G1.4"),
        (["OD-08", "OD-09"], "G1", "OD-10"),
        (["G1.9", "G1.10"], "G1", "G1.11"),
        (["G1.a", "G1.c"], "G1", "G1.d"),
        (["AP-Z"], "G1", ""),
    ],
)
def test_the_next_code(codes, boven, code):
    assert volgende_code(codes, boven) == code


def test_what_may_come_below():
    rijen = [(1, "garantie", "belofte"), (2, "doelstelling", "doel"), (3, "doelstelling", "plan"), (4, "actie", "werk")]
    assert erbij("garantie", 1, rijen) == [("doelstelling", "doel")]
    assert erbij("doelstelling", 2, rijen) == [("doelstelling", "plan"), ("actie", "werk")]
    assert erbij("doelstelling", 3, rijen) == [("actie", "werk")]
    assert erbij("actie", 4, rijen) == []
    assert erbij("doelstelling", 0, []) == [("doelstelling", "doelstelling"), ("actie", "actie")]


def test_a_plan_is_built_from_its_tree_alone(huis, als, plan, planner, niveaus):
    client = als(planner)
    leeg = client.get(boom(plan))
    assert "Dit plan is nog leeg" in tekst(leeg) and "Voeg belofte toe" in tekst(leeg)

    def voeg_toe(soort, vraag, **velden):
        adres = f"{reverse(f'admin:plan_{soort}_add')}?{vraag}&boom=1"
        return client.post(adres, {**formulier(client.get(adres)), "titel": "Iets", **velden})

    assert (
        voeg_toe("garantie", f"plan={plan.pk}", code="G1", korte_omschrijving="Je woont.", gewicht="60").status_code
        == 302
    )
    top = Garantie.objects.get()
    for verwacht in ("G1.1", "G1.1.1"):  # below the one that was made last; code and place are filled in
        boven = Onderdeel.objects.latest("pk")
        antwoord = voeg_toe("doelstelling", f"ouder={boven.pk}")
        nieuw = Doelstelling.objects.get(code=verwacht)
        assert (antwoord.status_code, antwoord.url) == (302, f"{boom(plan)}?open={top.pk}#d{nieuw.pk}")
    # one more below the same, with the code after the last
    adres = f"{reverse('admin:plan_actie_add')}?ouder={nieuw.pk}&boom=1"
    velden = {**formulier(client.get(adres)), "titel": "Bel aan", "termijn": "kort", "bestuur": "ocmw", "gewicht": "40"}
    assert (velden["code"], velden["stand"], velden["voortgang"]) == ("G1.1.1.1", "nog-niet-gestart", "0")
    assert client.post(adres, {**velden, "_addanother": "1"}).url == adres
    assert [formulier(client.get(adres))[naam] for naam in ("code", "volgorde")] == ["G1.1.1.2", "1"]
    pagina = tekst(client.get(boom(plan)))
    assert '+ </span><span class="visually-hidden">Voeg onder G1.1.1 toe: </span>werk' in pagina
    assert "Voeg onder G1 toe: </span>strategisch doel" in pagina
    assert "Bovenaan in het plan: de gewichten zijn samen 60,00 %, maar moeten samen 100 % zijn." in pagina
    assert "G1.1.1 Iets: de gewichten zijn samen 40,00 %" in pagina and "werk, weegt 40 %" in pagina
    # from the tree into a part and back
    actie = Actie.objects.get()
    adres = f"{reverse('admin:plan_actie_change', args=[actie.pk])}?boom=1"
    antwoord = client.post(adres, {**formulier(client.get(adres)), "gewicht": "100"})
    assert (antwoord.status_code, antwoord.url) == (302, f"{boom(plan)}?open={top.pk}#d{actie.pk}")
    actie.refresh_from_db()
    assert actie.gewicht == Decimal(100)


def test_what_is_new_begins_with_the_only_plan_that_runs(huis, als, plan, planner):
    client = als(planner)
    for soort in ("garantie", "feit", "indicator"):
        assert formulier(client.get(reverse(f"admin:plan_{soort}_add")))["plan"] == plan.pk, soort
    Plan.objects.create(slug="2032-2037", titel="Later", beginjaar=2032, eindjaar=2037, missie="Later.")
    assert not formulier(client.get(reverse("admin:plan_garantie_add"))).get("plan")
    adres = f"{reverse('admin:plan_garantie_add')}?plan={plan.pk}"
    assert formulier(client.get(adres))["plan"] == plan.pk


def test_odd_addresses_begin_an_empty_form(huis, als, plan, planner):
    client = als(planner)
    for vraag in ("ouder=x&boom=1", "ouder=999999", "ouder=99999999999999999999", "plan=%00", "plan=-1"):
        antwoord = client.get(f"{reverse('admin:plan_actie_add')}?{vraag}")
        assert antwoord.status_code == 200, vraag
        assert formulier(antwoord).get("code", "") == ""


def test_weights_are_asked_for_where_a_level_has_them_and_told_at_once(
    huis, als, plan, actie, planner, django_assert_num_queries
):
    client = als(planner)
    adres = reverse("admin:plan_actie_change", args=[actie.pk])
    assert 'name="gewicht"' not in tekst(client.get(adres))  # nobody said that anything weighs here
    zet_niveaus(
        plan=plan,
        niveaus=[{"soort": s, "naam": s, "meervoud": s, "weegt": s == "actie"} for s in ("garantie", "doelstelling", "actie")],
        door=planner,
    )  # fmt: skip
    for fout in ("0", "101", "x"):
        antwoord = client.post(adres, {**formulier(client.get(adres)), "gewicht": fout})
        assert antwoord.status_code == 200 and "gewicht" in antwoord.context["adminform"].form.errors, fout
    client.post(adres, {**formulier(client.get(adres)), "gewicht": "30"})
    zin = "G1.1 Minder uithuiszettingen: de gewichten zijn samen 30,00 %, maar moeten samen 100 % zijn."
    assert f"{zin} Dat moet kloppen voor je een versie vastlegt." in tekst(
        client.get(reverse("admin:plan_actie_changelist"))
    )
    assert 'name="gewicht"' not in tekst(client.get(reverse("admin:plan_garantie_add")))
