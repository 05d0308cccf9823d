"""Reminders of work in the plan: who gets which, one mail a week at most, and a log of what was in it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from plan.acties import herinneren
from plan.acties.herinneren import herinner, kies_opvolging
from plan.models import Herinnering, Plan, Redacteur, Taak
from sociaalhuis.management.commands.werker import TAKEN
from sociaalhuis.models import Periodiek, UitgaandeMail
from sociaalhuis.periodiek import Elke

BRUSSEL = ZoneInfo("Europe/Brussels")


def om(dag, uur):
    return datetime(2026, 11, dag, uur, 30, tzinfo=BRUSSEL)


MAANDAG = om(23, 9)


@pytest.fixture
def late_taak(maak_actie):
    actie = maak_actie("a", trekker="Sociale dienst", begin=date(2030, 1, 1))
    return Taak.objects.create(actie=actie, titel="Kanariebrief", tegen=date(2026, 11, 20))


def regels(gebruiker):
    return sorted(Herinnering.objects.filter(gebruiker=gebruiker).values_list("soort", "onderdeel__code"))


DOELEN = [("zonder-verantwoording", "G1"), ("zonder-verantwoording", "G1.1")]


def test_no_mail_when_nothing_waits(plan, planner, huis):
    assert herinner(MAANDAG) == 0
    assert not UitgaandeMail.objects.exists()


def test_no_mail_outside_working_hours(late_taak, planner, huis):
    assert [herinner(moment) for moment in (om(23, 6), om(23, 18), om(21, 10), om(22, 10))] == [0, 0, 0, 0]
    assert not Herinnering.objects.exists()


def test_only_a_public_plan_asks_and_only_who_works_on_it_is_asked(late_taak, loket_ocmw, beheer, voedselbank, huis):
    assert herinner(MAANDAG) == 0
    Plan.objects.update(staat="afgelopen")
    assert herinner(MAANDAG) == 0


def test_one_mail_a_week_with_a_number_and_a_link_and_a_log_of_what_it_meant(late_taak, planner, huis):
    assert [herinner(moment) for moment in (MAANDAG, om(23, 10), om(27, 17))] == [1, 0, 0]
    mail = UitgaandeMail.objects.get()
    assert (mail.aan, mail.onderwerp) == ("planner@proefdorp.example", "Werk in het plan")
    assert "Er wachten 3 dingen in het plan." in mail.tekst and "/plan/werklijst/" in mail.tekst
    assert "Kanarie" not in mail.tekst and "G1" not in mail.tekst and "Sociale dienst" not in mail.tekst
    assert regels(planner) == [("te-laat", "G1.1.a"), *DOELEN]
    regel = Herinnering.objects.get(soort="te-laat")
    assert (regel.week, regel.op) == (date(2026, 11, 23), MAANDAG)
    assert regel.wat == "Kanariebrief (taak, moest klaar zijn op 20 nov 2026)"
    with pytest.raises(IntegrityError, match="herinnering_een_keer_per_week"), transaction.atomic():
        Herinnering.objects.create(
            gebruiker=planner,
            onderdeel=regel.onderdeel,
            soort=regel.soort,
            wat=regel.wat,
            week=regel.week,
            op=om(24, 9),
        )
    assert herinner(om(30, 9)) == 1
    assert Herinnering.objects.filter(week=date(2026, 11, 30)).count() == 3


def test_each_kind_reminds_and_what_is_far_away_does_not(plan, maak_actie, planner, huis):
    straks = maak_actie("a", stand_op=date(2026, 11, 1))
    Taak.objects.create(actie=straks, titel="Feest", soort="mijlpaal", tegen=date(2026, 12, 7))
    Taak.objects.create(actie=straks, titel="Later", tegen=date(2026, 12, 8))
    maak_actie("b", stand="in-uitvoering", stand_op=date(2026, 7, 25))  # 121 days
    maak_actie("c", begin=date(2026, 12, 24))  # begins in 31 days, and is far from complete
    maak_actie("d", stand="stopgezet")
    herinner(MAANDAG)
    assert regels(planner) == [
        ("niet-bijgewerkt", "G1.1.b"), ("onvolledig", "G1.1.a"), ("onvolledig", "G1.1.b"), ("straks", "G1.1.a"), *DOELEN,
    ]  # fmt: skip


def test_each_gets_what_they_follow_and_what_nobody_follows_goes_to_the_coordinator(
    late_taak, maak_actie, planner, coordinator, maak_gebruiker, huis
):
    wonen = maak_actie("b", trekker="Wonen", begin=date(2030, 1, 1))
    Taak.objects.create(actie=wonen, titel="Bellen", tegen=date(2026, 11, 1))
    kies_opvolging(mail=True, trekkers=["Sociale dienst"], door=planner)
    kies_opvolging(mail=True, trekkers=["Bestaat niet meer"], door=coordinator)
    assert herinner(MAANDAG) == 2
    assert regels(planner) == [("te-laat", "G1.1.a")]
    assert regels(coordinator) == [("te-laat", "G1.1.b"), *DOELEN]


def test_who_switched_it_off_or_left_gets_nothing(late_taak, planner, coordinator, huis, als):
    client = als(planner)
    client.post(reverse("plan:opvolgen"), {})
    type(coordinator).objects.filter(pk=coordinator.pk).update(is_active=False)
    assert herinner(MAANDAG) == 0
    assert client.post(reverse("plan:opvolgen"), {"mail": "on"}).status_code == 302
    assert herinner(MAANDAG) == 1
    pagina = client.get(reverse("plan:opvolgen")).content.decode()
    assert "Kanariebrief" in pagina and "week van 23 nov 2026" in pagina


def test_a_worker_that_dies_halfway_leaves_nothing_and_the_next_one_mails_once(
    late_taak, planner, coordinator, huis, monkeypatch
):
    echt, gezien = herinneren.noteer, []

    def sterf(gebruiker, *args):
        gezien.append(gebruiker)
        if len(gezien) == 2:
            raise SystemExit("kill")
        echt(gebruiker, *args)

    taak = Elke(timedelta(hours=1), "plan-herinneren", herinner)
    monkeypatch.setattr(herinneren, "noteer", sterf)
    with pytest.raises(SystemExit), transaction.atomic():
        taak(MAANDAG)
    assert (UitgaandeMail.objects.count(), Herinnering.objects.count()) == (0, 0)
    monkeypatch.setattr(herinneren, "noteer", echt)
    for _ in range(2):
        Elke(timedelta(hours=1), "plan-herinneren", herinner)(MAANDAG)
        Periodiek.objects.update(volgende=MAANDAG)
    assert (UitgaandeMail.objects.count(), Herinnering.objects.count()) == (2, 6)


def test_the_worker_has_the_job_and_asks_the_same_for_one_part_and_for_three(
    plan, maak_actie, planner, huis, django_assert_num_queries
):
    assert [taak.functie for taak in TAKEN if getattr(taak, "naam", "") == "plan-herinneren"] == [herinner]
    maak_actie("a")
    herinner(MAANDAG)
    with django_assert_num_queries(12, exact=False) as eerst:
        herinner(om(24, 9))
    for letter in "bc":
        Taak.objects.create(actie=maak_actie(letter), titel="Bellen", tegen=date(2026, 11, 1))
    with django_assert_num_queries(len(eerst.captured_queries)):
        herinner(om(24, 10))


def test_the_coordinator_reads_the_log_and_nobody_changes_it(late_taak, planner, coordinator, loket_ocmw, huis, als):
    herinner(MAANDAG)
    lijst = reverse("admin:plan_herinnering_changelist")
    regel = Herinnering.objects.filter(gebruiker=planner, soort="te-laat").get()
    een = reverse("admin:plan_herinnering_change", args=[regel.pk])
    assert [als(wie).get(lijst).status_code for wie in (planner, loket_ocmw)] == [403, 403]
    client = als(coordinator)
    html = client.get(lijst).content.decode()
    assert "Kanariebrief" in html and "planner" in html and "Te laat" in html
    assert "Kanariebrief" in client.get(een).content.decode()
    assert client.post(een, {"wat": "Anders"}).status_code == 403
    assert client.post(reverse("admin:plan_herinnering_delete", args=[regel.pk])).status_code == 403


def test_an_editor_is_reminded_of_own_parts_only(late_taak, maak_actie, loket_ocmw, huis):
    ander = maak_actie("b", begin=date(2030, 1, 1))
    Taak.objects.create(actie=ander, titel="Bellen", tegen=date(2026, 11, 1))
    assert herinner(MAANDAG) == 0
    Redacteur.objects.create(onderdeel=late_taak.actie, team=loket_ocmw.eigen_teams[0])
    assert herinner(MAANDAG) == 1
    assert regels(loket_ocmw) == [("te-laat", "G1.1.a")]
