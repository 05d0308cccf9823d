"""The state of an action follows its tasks, or is set by hand with a reason."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from plan.acties import stand as verbs
from plan.acties.metingen import bewaar as bewaar_meting
from plan.acties.metingen import dien_in, keur_goed
from plan.models import Actie, Indicator, Taak
from plan.stand import Stand, bereken
from sociaalhuis.management.commands.werker import TAKEN
from tests.plan.test_beheer import bewaar

OP = date(2026, 6, 1)
LAAT, STRAKS = OP - timedelta(days=1), OP + timedelta(days=9)


def taken(*rijen):
    return [Taak(titel="t", klaar_op=klaar, tegen=tegen) for klaar, tegen in rijen]


@pytest.mark.parametrize(
    ("rijen", "doelen", "velden", "verwacht"),
    [
        ([], [], {}, None),
        ([(None, None)], [], {}, (Stand.NIET_GESTART, 0)),
        ([(None, STRAKS)], [], {"begin": OP}, (Stand.IN_UITVOERING, 0)),
        ([(None, OP)], [], {"begin": OP}, (Stand.IN_UITVOERING, 0)),
        ([(None, LAAT)], [], {}, (Stand.VERTRAAGD, 0)),
        ([(OP, LAAT), (None, STRAKS)], [], {}, (Stand.IN_UITVOERING, 50)),
        ([(OP, None), (OP, LAAT)], [], {}, (Stand.UITGEVOERD, 100)),
        ([(OP, None), (OP, None), (None, None)], [], {}, (Stand.IN_UITVOERING, 66)),
        ([(None, None)], [], {"einde": LAAT}, (Stand.VERTRAAGD, 0)),
        ([(OP, None)], [], {"einde": LAAT}, (Stand.UITGEVOERD, 100)),
        ([], ["0.5"], {}, (Stand.IN_UITVOERING, 50)),
        ([], ["1.7", "1"], {}, (Stand.UITGEVOERD, 100)),
        ([], ["-3", "1"], {}, (Stand.IN_UITVOERING, 50)),
        ([(OP, None)], ["0"], {}, (Stand.IN_UITVOERING, 50)),
        ([(OP, None)], ["0.999"], {}, (Stand.IN_UITVOERING, 99)),
    ],
)
def test_the_state_follows_from_tasks_and_indicators(rijen, doelen, velden, verwacht):
    assert bereken(Actie(**velden), taken(*rijen), map(Decimal, doelen), op=OP) == verwacht


@pytest.fixture
def met_taak(actie):
    """An action with one of two tasks done."""
    vandaag = timezone.localdate()
    Taak.objects.create(actie=actie, titel="Eerste", klaar_op=vandaag)
    Taak.objects.create(actie=actie, titel="Tweede", tegen=vandaag + timedelta(days=3), volgorde=1)
    return actie


def zet(actie, door, **velden):
    return verbs.zet_stand(
        actie=actie, door=door, **{"stand": "vertraagd", "voortgang": 10, "toelichting": "Ziek.", **velden}
    )


def test_only_who_edits_the_plan_sets_a_state(met_taak, loket_ocmw):
    with pytest.raises(PermissionDenied):
        zet(met_taak, loket_ocmw, reden="Zomaar")
    with pytest.raises(PermissionDenied):
        verbs.rond_af(taak=met_taak.taken.last(), door=loket_ocmw)


def test_another_state_than_the_tasks_say_needs_a_reason(met_taak, planner):
    with pytest.raises(ValidationError) as fout:
        zet(met_taak, planner, reden="  ")
    assert "Volgens de taken is de stand 'in uitvoering' (50 %)" in fout.value.message_dict["stand_reden"][0]
    actie = zet(met_taak, planner, reden="De partner viel weg.")
    assert (actie.stand, actie.voortgang, actie.stand_reden) == ("vertraagd", 10, "De partner viel weg.")


def test_a_state_by_hand_stays_until_it_may_follow_again(met_taak, planner):
    zet(met_taak, planner, reden="De partner viel weg.")
    verbs.rond_af(taak=met_taak.taken.last(), door=planner)
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.voortgang) == ("vertraagd", 10)
    verbs.laat_volgen(actie=met_taak, door=planner)
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.voortgang, met_taak.stand_reden) == ("uitgevoerd", 100, "")


def test_without_tasks_a_state_needs_no_reason(actie, planner):
    assert zet(actie, planner).stand_reden == ""


def test_an_impossible_state_is_refused_in_dutch(actie, planner):
    with pytest.raises(ValidationError) as fout:
        zet(actie, planner, stand="uitgevoerd", voortgang=40)
    assert fout.value.message_dict["voortgang"] == ["Een uitgevoerde actie staat op 100 %."]


def test_finishing_a_task_moves_the_action_once(met_taak, planner):
    taak = met_taak.taken.last()
    verbs.rond_af(taak=taak, door=planner, op=timezone.localdate())
    verbs.rond_af(taak=taak, door=planner, op=timezone.localdate() - timedelta(days=1))
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.voortgang, met_taak.stand_op) == ("uitgevoerd", 100, timezone.localdate())
    assert Taak.objects.get(pk=taak.pk).klaar_op == timezone.localdate()


def test_a_passing_day_makes_an_action_late_by_itself(met_taak):
    verbs.volg_alles(timezone.now() + timedelta(days=3))
    met_taak.refresh_from_db()
    assert met_taak.stand == "in-uitvoering"
    verbs.volg_alles(timezone.now() + timedelta(days=4))
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.voortgang) == ("vertraagd", 50)


# --- in the admin ---------------------------------------------------------------------------------


def test_the_admin_asks_why_and_keeps_the_reason(met_taak, planner, huis, als):
    client = als(planner)
    zonder = bewaar(client, met_taak, stand="vertraagd", voortgang="10")
    assert list(zonder.context["adminform"].form.errors) == ["stand_reden"]
    assert "Volgens de taken is de stand &#x27;in uitvoering&#x27; (50 %)." in zonder.content.decode()
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.stand_op) == ("nog-niet-gestart", None)
    assert bewaar(client, met_taak, stand="vertraagd", voortgang="10", stand_reden="Ziek.").status_code == 302
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.voortgang, met_taak.stand_reden) == ("vertraagd", 10, "Ziek.")
    pagina = client.get(reverse("admin:plan_actie_change", args=[met_taak.pk])).content.decode()
    assert "In uitvoering, 50 %. Je zette zelf een andere stand." in pagina and "Ziek." in pagina


def test_the_admin_lets_the_state_follow_again_or_takes_yours_not_both(met_taak, planner, huis, als):
    client = als(planner)
    assert "volgt_weer" not in client.get(reverse("admin:plan_actie_change", args=[met_taak.pk])).content.decode()
    zet(met_taak, planner, reden="Ziek.")
    beide = bewaar(client, met_taak, volgt_weer="on", stand="stopgezet")
    assert list(beide.context["adminform"].form.errors) == ["stand"]
    leeg = bewaar(client, met_taak, stand_reden="")
    assert list(leeg.context["adminform"].form.errors) == ["stand_reden"]
    assert bewaar(client, met_taak, volgt_weer="on").status_code == 302
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.voortgang, met_taak.stand_reden) == ("in-uitvoering", 50, "")


def test_a_task_that_is_ticked_added_or_deleted_in_the_admin_moves_the_state_at_once(met_taak, planner, huis, als):
    client = als(planner)
    klaar = {"taken-1-klaar_op": str(timezone.localdate())}
    antwoord = bewaar(client, met_taak, titel="Andere titel", **klaar)
    met_taak.refresh_from_db()
    assert (met_taak.titel, met_taak.stand, met_taak.voortgang) == ("Andere titel", "uitgevoerd", 100)
    melding = client.get(antwoord["Location"]).content.decode()
    assert "De stand volgt uit de taken: uitgevoerd (100 %)." in melding
    nieuw = {"taken-TOTAL_FORMS": "3", "taken-2-titel": "Derde", "taken-2-soort": "mijlpaal", "taken-2-volgorde": "2"}
    bewaar(client, met_taak, **nieuw)
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.voortgang) == ("in-uitvoering", 66)
    bewaar(client, met_taak, **{"taken-2-DELETE": "on"})
    met_taak.refresh_from_db()
    assert (met_taak.stand, met_taak.voortgang) == ("uitgevoerd", 100)


def test_a_task_that_was_finished_by_mistake_is_opened_again(met_taak, planner, loket_ocmw):
    eerste = met_taak.taken.first()
    with pytest.raises(PermissionDenied):
        verbs.heropen(taak=eerste, door=loket_ocmw)
    for _ in range(2):
        verbs.heropen(taak=eerste, door=planner)
    met_taak.refresh_from_db()
    assert (Taak.objects.get(pk=eerste.pk).klaar_op, met_taak.voortgang) == (None, 0)


def test_a_state_that_is_still_right_is_of_today(actie, planner, loket_ocmw):
    with pytest.raises(PermissionDenied):
        verbs.bevestig_stand(actie=actie, door=loket_ocmw)
    assert verbs.bevestig_stand(actie=actie, door=planner).stand_op == timezone.localdate()
    actie.refresh_from_db()
    assert (actie.stand, actie.stand_op) == ("nog-niet-gestart", timezone.localdate())


def test_the_worker_lets_states_follow_and_asks_the_same_for_one_and_for_three(
    met_taak, maak_actie, planner, django_assert_num_queries
):
    assert [taak.functie for taak in TAKEN if getattr(taak, "naam", "") == "standen-volgen"] == [verbs.volg_alles]
    verbs.volg(actie=met_taak)
    with django_assert_num_queries(3):
        assert verbs.volg_alles(timezone.now()) == 0
    for letter in "bc":
        Taak.objects.create(actie=maak_actie(letter), titel="Bellen")
    with django_assert_num_queries(3):
        assert verbs.volg_alles(timezone.now()) == 0
    # what moves costs as much for three as for one
    later = timezone.now() + timedelta(days=9)
    for actie in Actie.objects.filter(code__in=["G1.1.b", "G1.1.c"]):
        Actie.objects.filter(pk=actie.pk).update(stand_toelichting="Blijft staan.")
        Taak.objects.filter(actie=actie).update(tegen=timezone.localdate() + timedelta(days=1))
    with django_assert_num_queries(10):  # three to look, lock and savepoint, three to look again, one state to write
        assert verbs.volg_alles(later - timedelta(days=6)) == 2
    assert (
        list(Actie.objects.filter(stand="vertraagd").values_list("stand_toelichting", "stand_op"))
        == [("Blijft staan.", timezone.localdate(later - timedelta(days=6)))] * 2
    )
    zet(met_taak, planner, reden="Ziek.")
    assert verbs.volg_alles(later) == 0
    met_taak.refresh_from_db()
    assert met_taak.stand_reden == "Ziek."


# --- indicators ---------------------------------------------------------------------------------


@pytest.fixture
def gemeten_actie(plan, actie, planner, coordinator):
    """An action whose one indicator went 100 of the 400 it must go: a quarter."""
    indicator = Indicator.objects.create(
        plan=plan, code="I1", titel="Plaatsen", definitie="x", eenheid="plaatsen", richting="omhoog", bron="x",
        eigenaar="x", nulmeting=0, nulmeting_op=date(2025, 12, 31),
    )  # fmt: skip
    indicator.onderdelen.add(actie)
    indicator.streefwaarden.create(jaar=2031, waarde=400)
    meting = bewaar_meting(indicator=indicator, datum=date(2026, 6, 30), waarde=Decimal(100), door=planner)
    keur_goed(meting=dien_in(meting=meting, door=planner), door=coordinator)
    return actie


def test_an_indicator_counts_as_much_as_all_tasks_together(gemeten_actie, planner):
    gemeten_actie.refresh_from_db()
    assert (gemeten_actie.stand, gemeten_actie.voortgang) == ("in-uitvoering", 25)
    with pytest.raises(ValidationError) as fout:
        zet(gemeten_actie, planner)
    assert "Volgens de metingen is de stand 'in uitvoering' (25 %)." in fout.value.message_dict["stand_reden"][0]
    taak = Taak.objects.create(actie=gemeten_actie, titel="Bouwen")
    with pytest.raises(ValidationError) as fout:
        zet(gemeten_actie, planner)
    assert "Volgens de taken en de metingen is de stand" in fout.value.message_dict["stand_reden"][0]
    verbs.rond_af(taak=taak, door=planner)
    gemeten_actie.refresh_from_db()
    assert (gemeten_actie.stand, gemeten_actie.voortgang) == ("in-uitvoering", 62)  # half of 100 and half of 25


def test_the_job_follows_indicators_too_and_leaves_what_was_stopped(gemeten_actie, planner):
    Actie.objects.update(stand="stopgezet")
    assert verbs.volg_alles(timezone.now()) == 0 and not verbs.volg(actie=gemeten_actie)
    verbs.laat_volgen(actie=gemeten_actie, door=planner)
    assert Actie.objects.get().stand == "in-uitvoering"
    Actie.objects.update(voortgang=3)
    assert (verbs.volg_alles(timezone.now()), Actie.objects.get().voortgang) == (1, 25)
