"""Levels in the words of the town, the way from the top to each part, and weights."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from plan.acties.niveaus import zet_niveaus
from plan.boom import boom, gewichten_die_niet_kloppen
from plan.models import Actie, Doelstelling, Garantie, Niveau, Onderdeel, Plan

BBC = [
    {"soort": "garantie", "naam": "beleidsdoelstelling", "meervoud": "beleidsdoelstellingen"},
    {"soort": "doelstelling", "naam": "operationele doelstelling", "meervoud": "operationele doelstellingen"},
    {"soort": "doelstelling", "naam": "actieplan", "meervoud": "actieplannen"},
    {"soort": "actie", "naam": "actie", "meervoud": "acties"},
]


def breekt(naam):
    return pytest.raises(IntegrityError, match=naam)


@pytest.fixture
def geheim_plan(db):
    """In preparation and still empty."""
    return Plan.objects.create(slug="2032-2037", titel="Later", beginjaar=2032, eindjaar=2037, missie="Samen.")


@pytest.fixture
def niveaus(geheim_plan, coordinator):
    return zet_niveaus(plan=geheim_plan, niveaus=BBC, door=coordinator)


@pytest.fixture
def vier_hoog(geheim_plan, niveaus):
    """BD1 > OD1 > AP1 > AC1, each one level below the other."""
    top = Garantie.objects.create(plan=geheim_plan, code="BD1", titel="Wonen")
    doel = Doelstelling.objects.create(plan=geheim_plan, code="OD1", titel="Meer huizen", ouder=top)
    actieplan = Doelstelling.objects.create(plan=geheim_plan, code="AP1", titel="Bouwen", ouder=doel)
    actie = Actie.objects.create(
        plan=geheim_plan, code="AC1", titel="Tien huizen", ouder=actieplan, termijn="kort", bestuur="ocmw"
    )
    for deel in (top, doel, actieplan, actie):
        deel.refresh_from_db()
    return top, doel, actieplan, actie


@pytest.mark.parametrize(
    ("rijen", "boodschap"),
    [
        ([], "Een plan heeft minstens drie niveaus"),
        (BBC[1:], "Het eerste niveau is een garantie"),
        (BBC[:3], "Het laatste niveau is een actie"),
        ([BBC[0], BBC[0], BBC[1], BBC[3]], "Tussen de garanties en de acties staan alleen doelstellingen"),
        ([BBC[0], BBC[3]], "Een plan heeft minstens drie niveaus"),
        ([BBC[0], {**BBC[1], "naam": " "}, BBC[3]], "Geef elk niveau een naam"),
        ([BBC[0], BBC[1], BBC[1], BBC[3]], "Elk niveau heeft een eigen naam"),
    ],
)
def test_levels_that_make_no_tree_are_refused(geheim_plan, coordinator, rijen, boodschap):
    with pytest.raises(ValidationError, match=boodschap):
        zet_niveaus(plan=geheim_plan, niveaus=rijen, door=coordinator)
    assert not geheim_plan.niveaus.exists()


def test_only_who_works_on_the_plan_names_its_levels(geheim_plan, loket_ocmw):
    with pytest.raises(PermissionDenied):
        zet_niveaus(plan=geheim_plan, niveaus=BBC, door=loket_ocmw)


def test_a_level_in_use_stays(vier_hoog, geheim_plan, coordinator):
    with pytest.raises(ValidationError, match="actieplan"):
        zet_niveaus(plan=geheim_plan, niveaus=[BBC[0], BBC[1], BBC[3]], door=coordinator)
    assert geheim_plan.niveaus.count() == 4


def test_levels_get_other_names_while_in_use(vier_hoog, geheim_plan, coordinator):
    zet_niveaus(plan=geheim_plan, niveaus=[{**rij, "naam": f"{rij['naam']} nieuw"} for rij in BBC], door=coordinator)
    assert Onderdeel.objects.get(pk=vier_hoog[2].pk).niveaunaam == "actieplan nieuw"


def test_the_database_fills_in_the_next_level_below_the_parent(vier_hoog):
    assert [deel.niveaunaam for deel in vier_hoog] == [rij["naam"] for rij in BBC]


def test_an_action_may_skip_a_level(vier_hoog, geheim_plan):
    actie = Actie.objects.create(
        plan=geheim_plan, code="AC2", titel="Zonder actieplan", ouder=vier_hoog[1], termijn="kort", bestuur="ocmw"
    )
    actie.refresh_from_db()
    assert actie.niveaunaam == "actie"


def test_a_part_never_stands_on_the_level_of_its_parent_or_higher(vier_hoog, geheim_plan, niveaus):
    with breekt("onderdeel_niveau_past"), transaction.atomic():
        Doelstelling.objects.create(
            plan=geheim_plan, code="OD2", titel="Te hoog", ouder=vier_hoog[2], niveau=niveaus[1]
        )


def test_a_level_of_another_plan_does_not_fit(vier_hoog, plan, niveaus):
    with breekt("onderdeel_niveau_past"), transaction.atomic():
        Garantie.objects.create(plan=plan, code="X", titel="Ander plan", niveau=niveaus[0])


def test_two_top_levels_or_a_top_that_is_not_first_are_refused(niveaus, geheim_plan):
    with breekt("niveau_een_top_en_een_actie"), transaction.atomic():
        Niveau.objects.create(plan=geheim_plan, rang=9, soort="actie", naam="taak", meervoud="taken")
    with breekt("niveau_garantie_staat_bovenaan"), transaction.atomic():
        Niveau.objects.filter(pk=niveaus[0].pk).update(rang=7)


def test_without_levels_the_kind_is_the_name(garantie, doelstelling, actie):
    assert [deel.niveaunaam for deel in (garantie, doelstelling, actie)] == ["garantie", "doelstelling", "actie"]


def test_every_part_knows_its_way_from_the_top(vier_hoog):
    top, doel, actieplan, actie = vier_hoog
    assert [deel.pad for deel in vier_hoog] == [
        [top.pk],
        [top.pk, doel.pk],
        [top.pk, doel.pk, actieplan.pk],
        [top.pk, doel.pk, actieplan.pk, actie.pk],
    ]
    assert [deel.garantie_id for deel in vier_hoog] == [None, top.pk, top.pk, top.pk]
    assert list(Onderdeel.objects.onder(doel).order_by("pk")) == [
        Onderdeel.objects.get(pk=deel.pk) for deel in (doel, actieplan, actie)
    ]


def test_moving_a_goal_takes_along_all_that_stands_below(vier_hoog, geheim_plan):
    top, doel, actieplan, actie = vier_hoog
    ander = Garantie.objects.create(plan=geheim_plan, code="BD2", titel="Zorg")
    Doelstelling.objects.filter(pk=doel.pk).update(ouder=ander)
    actie.refresh_from_db()
    assert (actie.garantie_id, actie.pad) == (ander.pk, [ander.pk, doel.pk, actieplan.pk, actie.pk])
    assert list(Onderdeel.objects.onder(top)) == [Onderdeel.objects.get(pk=top.pk)]


def test_a_part_never_stands_below_itself(vier_hoog):
    _, doel, actieplan, _ = vier_hoog
    with breekt("onderdeel_"), transaction.atomic():
        Doelstelling.objects.filter(pk=doel.pk).update(ouder=actieplan)


# --- weights --------------------------------------------------------------------------------------


@pytest.mark.parametrize("gewicht", ["0", "-1", "100.01"])
def test_a_weight_is_a_share(garantie, gewicht):
    with breekt("onderdeel_gewicht_0_tot_100"), transaction.atomic():
        Garantie.objects.filter(pk=garantie.pk).update(gewicht=Decimal(gewicht))


def test_weights_that_do_not_add_up_are_told_per_parent(plan, garantie, doelstelling, maak_actie):
    maak_actie("a", gewicht=Decimal(60))
    b = maak_actie("b", gewicht=Decimal(30))
    assert gewichten_die_niet_kloppen(boom(plan.onderdelen.in_volgorde())) == [
        (Onderdeel.objects.get(pk=doelstelling.pk), Decimal(90))
    ]
    Actie.objects.filter(pk=b.pk).update(gewicht=40)
    assert gewichten_die_niet_kloppen(boom(plan.onderdelen.in_volgorde())) == []
    maak_actie("c")  # without a weight beside others that have one
    assert gewichten_die_niet_kloppen(boom(plan.onderdelen.in_volgorde()))[0][1] == Decimal(100)


def test_progress_rolls_up_by_weight(plan, garantie, doelstelling, maak_actie):
    maak_actie("a", gewicht=Decimal(75), stand="in-uitvoering", voortgang=20)
    maak_actie("b", gewicht=Decimal(25), stand="uitgevoerd", voortgang=100)
    ander = Doelstelling.objects.create(plan=plan, code="G1.2", titel="Tweede", ouder=garantie, volgorde=1)
    maak_actie("a", ouder=ander, stand="in-uitvoering", voortgang=60)
    maak_actie("b", ouder=ander, stand="stopgezet", voortgang=60)
    (tak,) = boom(plan.onderdelen.in_volgorde())
    assert [doel.voortgang for doel in tak.takken] == [Decimal(40), Decimal(60)]
    assert (tak.voortgang, tak.percentage) == (Decimal(50), 50)
