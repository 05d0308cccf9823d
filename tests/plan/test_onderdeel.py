from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from plan.boom import boom
from plan.models import Actie, BbcCode, Doelstelling, Garantie, Onderdeel, Plan


def breekt(naam):
    """The database refuses, by this rule."""
    return pytest.raises(IntegrityError, match=naam)


def test_a_code_is_used_once_in_a_plan(plan, garantie, actie):
    with breekt("onderdeel_code_uniek"), transaction.atomic():
        Garantie.objects.create(plan=plan, code=actie.code, titel="Dubbel")


def test_another_plan_may_use_the_same_code(garantie, geheim_plan):
    assert Garantie.objects.create(plan=geheim_plan, code=garantie.code, titel="Zelfde code").pk


def test_a_guarantee_stands_on_top(plan, garantie):
    with breekt("onderdeel_garantie_staat_bovenaan"), transaction.atomic():
        Onderdeel.objects.create(plan=plan, soort="doelstelling", code="D", titel="Zonder ouder")
    with breekt("onderdeel_"), transaction.atomic():
        Garantie.objects.create(plan=plan, code="G2", titel="Onder een andere", ouder=garantie)


def test_an_action_never_hangs_right_below_a_guarantee(plan, garantie):
    with breekt("onderdeel_ouder_past"), transaction.atomic():
        Actie.objects.create(plan=plan, code="A", titel="Te hoog", ouder=garantie, termijn="kort", bestuur="ocmw")


def test_a_part_never_hangs_below_a_part_of_another_plan(garantie, geheim_plan):
    with breekt("onderdeel_ouder_past"), transaction.atomic():
        Doelstelling.objects.create(plan=geheim_plan, code="D", titel="Verkeerd plan", ouder=garantie)


def test_a_part_stays_what_it_is_in_the_plan_it_is_in(garantie, geheim_plan):
    with breekt("onderdeel_soort_en_plan_blijven"), transaction.atomic():
        Onderdeel.objects.filter(pk=garantie.pk).update(plan=geheim_plan)


def test_only_an_action_has_a_term_and_a_state(doelstelling):
    with breekt("onderdeel_uitvoering_hoort_bij_actie"), transaction.atomic():
        Onderdeel.objects.filter(pk=doelstelling.pk).update(termijn="kort")


def test_an_action_has_a_term(actie):
    with breekt("onderdeel_uitvoering_hoort_bij_actie"), transaction.atomic():
        Actie.objects.filter(pk=actie.pk).update(termijn="")


def test_an_action_ends_after_it_began(actie):
    with breekt("onderdeel_einde_na_begin"), transaction.atomic():
        Actie.objects.filter(pk=actie.pk).update(einde=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"voortgang": 101}, "onderdeel_voortgang_hoogstens_100"),
        ({"stand": "uitgevoerd", "voortgang": 90}, "onderdeel_uitgevoerd_is_100"),
    ],
)
def test_progress_agrees_with_the_state(actie, velden, regel):
    with breekt(regel), transaction.atomic():
        Actie.objects.filter(pk=actie.pk).update(**velden)


def test_a_bbc_code_is_unique_per_plan_and_bestuur(plan, gemeente, ocmw, geheim_plan):
    BbcCode.objects.create(plan=plan, bestuur=ocmw, code="AC1")
    BbcCode.objects.create(plan=plan, bestuur=gemeente, code="AC1")
    BbcCode.objects.create(plan=geheim_plan, bestuur=ocmw, code="AC1")
    with breekt("bbccode_uniek"), transaction.atomic():
        BbcCode.objects.create(plan=plan, bestuur=ocmw, code="AC1")


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"einde": date(2026, 1, 1)}, "einde"),
        ({"begin": date(2025, 12, 31)}, "begin"),
        ({"einde": date(2032, 1, 1)}, "einde"),
        ({"stand": "uitgevoerd", "voortgang": 99}, "voortgang"),
        ({"code": "G1 1"}, "code"),
        ({"code": "../x"}, "code"),
    ],
)
def test_a_form_says_in_dutch_what_does_not_fit(actie, velden, veld):
    for naam, waarde in velden.items():
        setattr(actie, naam, waarde)
    with pytest.raises(ValidationError) as fout:
        actie.full_clean()
    assert veld in fout.value.message_dict


def test_rich_text_is_cleaned_on_every_way_in(plan, garantie):
    vuil = '<p onclick="x()">Dag <script>alert(1)</script><strong>jij</strong></p>'
    Garantie.objects.filter(pk=garantie.pk).update(lange_omschrijving=vuil)
    garantie.refresh_from_db()
    assert garantie.lange_omschrijving == "<p>Dag <strong>jij</strong></p>"


def test_each_kind_sees_its_own_rows(garantie, doelstelling, actie):
    assert list(Garantie.objects.all()) == [garantie]
    assert list(Doelstelling.objects.all()) == [doelstelling]
    assert list(Actie.objects.all()) == [actie]
    assert Onderdeel.objects.count() == 3
    assert (actie.soort, actie.stand, actie.voortgang) == ("actie", "nog-niet-gestart", 0)


def test_a_guarantee_is_as_far_as_its_actions_without_those_that_stopped(plan, garantie, maak_actie):
    for letter, stand, voortgang in [("a", "in-uitvoering", 30), ("b", "uitgevoerd", 100), ("c", "stopgezet", 5)]:
        maak_actie(letter, stand=stand, voortgang=voortgang)
    leeg = Garantie.objects.create(plan=plan, code="G2", titel="Leeg", volgorde=1)
    assert [rij.acties_aantal for rij in Garantie.objects.met_aantal().in_volgorde()] == [3, 0]
    gevonden, zonder = boom(plan.onderdelen.in_volgorde())
    assert (gevonden.percentage, gevonden.acties) == (65, list(Actie.objects.in_volgorde()))
    assert (zonder.deel, zonder.voortgang, zonder.percentage, zonder.acties) == (leeg, None, 0, [])


def test_a_state_is_told_on_a_day(actie):
    actie.noteer_stand("in-uitvoering", 40, "Het loopt.")
    actie.save()
    actie.refresh_from_db()
    assert (actie.stand, actie.voortgang, actie.stand_toelichting) == ("in-uitvoering", 40, "Het loopt.")
    assert actie.stand_op == timezone.localdate()


def test_an_action_is_overdue_only_while_it_is_open(actie):
    actie.einde = timezone.localdate() - timedelta(days=1)
    assert actie.is_verlopen
    actie.stand = "uitgevoerd"
    assert not actie.is_verlopen


def test_drafts_are_for_who_works_on_the_plan(
    garantie, geheim_plan, planner, coordinator, loket_ocmw, voedselbank, superuser
):
    for gebruiker in (loket_ocmw, voedselbank, superuser):
        assert list(Garantie.objects.zichtbaar_voor(gebruiker)) == [garantie]
    for gebruiker in (planner, coordinator):
        assert Garantie.objects.zichtbaar_voor(gebruiker).count() == 2


def test_the_plan_that_counts_is_the_adopted_one(plan, geheim_plan):
    geheim_plan.staat, geheim_plan.gepubliceerd_op = Plan.Staat.ONTWERP, date(2031, 9, 1)
    geheim_plan.save()
    assert Plan.objects.huidig() == plan


def test_without_a_public_plan_none_counts(geheim_plan):
    assert Plan.objects.huidig() is None


def test_the_order_of_the_booklet_is_that_of_the_tree_whatever_moves(plan, garantie, doelstelling, maak_actie):
    """Numbers count per parent, so they say nothing across parents: the place of every part above counts first."""
    maak_actie("b", volgorde=0)
    maak_actie("a", volgorde=1)
    tweede = Garantie.objects.create(plan=plan, code="G2", titel="Nog een", volgorde=1)
    doel = Doelstelling.objects.create(plan=plan, code="G2.1", titel="Doel", ouder=tweede)
    maak_actie("x", ouder=doel)

    def orde():
        return list(plan.onderdelen.in_volgorde().values_list("code", flat=True))

    assert orde() == ["G1", "G1.1", "G1.1.b", "G1.1.a", "G2", "G2.1", "G2.1.x"]
    gebeurd = Onderdeel.pgh_event_model.objects.count()
    Onderdeel.objects.filter(pk=tweede.pk).update(volgorde=0, code="G0")  # what stands below comes along
    assert orde() == ["G0", "G2.1", "G2.1.x", "G1", "G1.1", "G1.1.b", "G1.1.a"]
    assert Onderdeel.pgh_event_model.objects.count() == gebeurd + 1  # and is not itself changed by anybody
    Onderdeel.objects.filter(pk=doel.pk).update(ouder=garantie, volgorde=5)
    assert orde() == ["G0", "G1", "G1.1", "G1.1.b", "G1.1.a", "G2.1", "G2.1.x"]
