"""The outbox, its sending, and what happens when something is away. Against a real mail server."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sociaalhuis.models import UitgaandeMail
from sociaalhuis.post import werker
from sociaalhuis.post.uit import zet_klaar

WACHT, VERZONDEN, OPGEGEVEN = UitgaandeMail.Staat


def mail(sleutel="vraag-1", **velden):
    zet_klaar(
        **{
            "sleutel": sleutel,
            "aan": "iemand@proefdorp.example",
            "onderwerp": "Er is nieuws over je vraag",
            "tekst": "Kijk op https://huis.example/loket/opvolgen/ wat we antwoordden.",
            **velden,
        }
    )
    return UitgaandeMail.objects.get(sleutel=sleutel)


# --- putting in ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_transaction_that_fails_never_existed():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        mail()
        1 / 0  # noqa: B018
    assert not UitgaandeMail.objects.exists()


def test_the_same_occasion_twice_is_one_mail(db):
    assert zet_klaar(sleutel="a", aan="x@example.org", onderwerp="x", tekst="x") is True
    assert zet_klaar(sleutel="a", aan="x@example.org", onderwerp="x", tekst="x") is False
    assert UitgaandeMail.objects.count() == 1


def test_the_message_id_follows_from_the_occasion(db):
    eerste = mail().message_id
    UitgaandeMail.objects.all().delete()
    assert mail().message_id == eerste
    assert mail("vraag-2").message_id != eerste


def test_a_sent_mail_without_a_time_is_refused(db):
    rij = mail()
    with pytest.raises(IntegrityError, match="uitgaandemail_verzonden_heeft_tijd"), transaction.atomic():
        UitgaandeMail.objects.filter(pk=rij.pk).update(staat=VERZONDEN, tekst="")


def test_a_sent_mail_that_keeps_its_text_is_refused(db):
    rij = mail()
    with pytest.raises(IntegrityError, match="uitgaandemail_verzonden_is_leeg"), transaction.atomic():
        UitgaandeMail.objects.filter(pk=rij.pk).update(staat=VERZONDEN, verzonden_op=timezone.now())


# --- sending ------------------------------------------------------------------------------------


def test_a_mail_server_that_is_away_costs_no_try(db, postvanger):
    rij = mail()
    postvanger.stop()
    post = werker.Post()
    assert post.volgende() is False
    rij.refresh_from_db()
    assert (rij.staat, rij.pogingen) == (WACHT, 0)
    assert rij.volgende_poging <= timezone.now()


def test_nobody_knocks_on_a_server_that_was_just_away(db, postvanger):
    mail()
    postvanger.stop()
    post = werker.Post()
    post.volgende()
    postvanger.start(postvanger.poort)
    assert post.volgende() is False
    assert postvanger.berichten == []
    post.niet_voor = 0
    assert post.volgende() is True
    assert len(postvanger.berichten) == 1


def test_a_server_that_goes_away_halfway_gets_the_rest_later_and_nothing_twice(db, postvanger):
    for nummer in range(4):
        mail(f"vraag-{nummer}")
    post = werker.Post()
    for rij in werker.claim(2):
        post.doe(rij)
    postvanger.antwoord = "421 going away"
    assert post.volgende() is False
    postvanger.antwoord = "250 OK"
    UitgaandeMail.objects.filter(staat=WACHT).update(volgende_poging=timezone.now())
    post.niet_voor = 0
    assert post.volgende() is True
    onderwerpen = [regel for tekst in postvanger.inhoud for regel in tekst.splitlines() if "Message-ID" in regel]
    assert len(onderwerpen) == len(set(onderwerpen)) == 4


def test_a_refused_mail_waits_longer_every_time_and_does_not_hold_up_the_others(db, postvanger):
    rij = mail()
    postvanger.antwoord = "451 try later"
    post = werker.Post()
    nu = timezone.now()
    assert post.volgende() is True
    rij.refresh_from_db()
    assert (rij.staat, rij.pogingen, rij.fout) == (WACHT, 1, "refused (451)")
    assert timedelta(seconds=29) < rij.volgende_poging - nu < timedelta(seconds=35)
    postvanger.antwoord = "250 OK"
    mail("vraag-2")
    post.volgende()
    assert UitgaandeMail.objects.get(sleutel="vraag-2").staat == VERZONDEN


def test_a_mail_that_is_refused_for_days_is_given_up(db, postvanger):
    rij = mail()
    postvanger.antwoord = "451 try later"
    UitgaandeMail.objects.update(pogingen=werker.MAX_POGINGEN - 1)
    werker.Post().volgende()
    rij.refresh_from_db()
    assert rij.staat == OPGEGEVEN


def test_a_mail_that_cannot_be_written_is_given_up_and_the_others_go(db, postvanger):
    stuk, goed = mail(onderwerp="regel\neen regel te veel"), mail("vraag-2")
    assert werker.Post().volgende() is True
    stuk.refresh_from_db()
    goed.refresh_from_db()
    assert (stuk.staat, goed.staat) == (OPGEGEVEN, VERZONDEN)
    assert stuk.fout == "cannot be written: BadHeaderError"


def test_a_sent_mail_is_empty_and_carries_its_fixed_number(db, postvanger):
    rij = mail()
    assert werker.Post().volgende() is True
    kop, inhoud = postvanger.inhoud[0].split("\r\n\r\n", 1)
    assert f"Message-ID: {rij.message_id}" in kop
    assert "Auto-Submitted: auto-generated" in kop
    assert inhoud.strip() == "Kijk op https://huis.example/loket/opvolgen/ wat we antwoordden."
    rij.refresh_from_db()
    assert (rij.staat, rij.tekst) == (VERZONDEN, "")
    assert werker.Post().volgende() is False


def test_the_reason_of_a_refusal_holds_no_address(db, postvanger):
    mail()
    postvanger.antwoord = "554 iemand@proefdorp.example is unknown here"
    werker.Post().volgende()
    assert UitgaandeMail.objects.get().fout == "refused (554)"


def test_stopping_leaves_after_the_mail_that_is_being_sent(db, postvanger):
    mail(), mail("vraag-2")
    post = werker.Post(stoppen=lambda: len(postvanger.berichten) == 1)
    post.volgende()
    assert len(postvanger.berichten) == 1
    wacht = UitgaandeMail.objects.get(staat=WACHT)
    assert wacht.volgende_poging <= timezone.now()


def test_what_was_sent_while_the_database_was_away_is_written_down_later(db, postvanger):
    rij = mail()
    post = werker.Post()
    post.verzonden = [rij.pk]  # sent, and then the database went away
    assert post.volgende() is False
    rij.refresh_from_db()
    assert rij.staat == VERZONDEN
    assert postvanger.berichten == []


# --- claiming -----------------------------------------------------------------------------------


def test_a_claimed_mail_is_nobody_elses_until_the_lease_is_over(db):
    mail()
    nu = timezone.now()
    assert len(werker.claim(nu=nu)) == 1
    assert werker.claim(nu=nu + werker.LEASE - timedelta(seconds=1)) == []
    assert len(werker.claim(nu=nu + werker.LEASE + timedelta(seconds=1))) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_claim_the_same_mail():
    een, twee = mail().pk, mail("vraag-2").pk
    ander = connection.copy()
    try:
        with transaction.atomic(), ander.cursor() as cursor:
            eerst = werker.claim(1)
            cursor.execute(werker.CLAIM, {"nu": timezone.now(), "tot": timezone.now() + werker.LEASE, "aantal": 10})
            dan = [rij[0] for rij in cursor.fetchall()]
    finally:
        ander.close()
    assert len(eerst) == len(dan) == 1
    assert {eerst[0].pk, *dan} == {een, twee}


@pytest.mark.parametrize(
    "pogingen, verwacht", [(1, 30), (2, 60), (3, 120), (9, 7680), (11, 21600), (12, 21600), (10_000, 21600)]
)
def test_waiting_doubles_until_six_hours(pogingen, verwacht):
    assert werker.uitstel(pogingen) == timedelta(seconds=verwacht)
