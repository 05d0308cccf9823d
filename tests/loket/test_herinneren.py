"""What the portal does by itself: parked questions come back; reminders and escalation, once, and one mail a day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from loket.acties import behandeling
from loket.acties.opvolgen import volg_op
from loket.models import Gebeurtenis, Vraag
from sociaalhuis import termijn
from sociaalhuis.models import Sluitingsdag, UitgaandeMail
from sociaalhuis.rollen import LOKETMEDEWERKER
from tests.loket.vragen import vraag_van

BRUSSEL = ZoneInfo("Europe/Brussels")
# Monday 1 March 2027, registered at ten; five working days: Monday 8 March
MAANDAG = datetime(2027, 3, 1, 10, tzinfo=BRUSSEL)


def op(dag, uur=8):
    return datetime(2027, 3, dag, uur, tzinfo=BRUSSEL)


@pytest.fixture
def vraag(huis, team_sociale_dienst, loket_ocmw):
    """A question in the hands of `loket_ocmw`, opened, due on Monday 8 March 2027."""
    vraag = vraag_van(team_sociale_dienst, geregistreerd_op=MAANDAG, tekst="Kanarie")
    behandeling.neem(vraag=vraag, door=loket_ocmw, op=MAANDAG)
    Vraag.objects.filter(pk=vraag.pk).update(eerst_geopend_op=MAANDAG)
    return vraag


def gemeld():
    return list(Gebeurtenis.objects.filter(door=None).exclude(stap="gesteld").order_by("pk").values_list("stap", flat=True))  # fmt: skip


def mails():
    return [(mail.aan.split("@")[0], mail.tekst) for mail in UitgaandeMail.objects.order_by("pk")]


# --- when nothing may happen ------------------------------------------------------------------


@pytest.mark.parametrize("nu", [op(7), op(6), op(5, 6), op(3), op(4, 23)])
def test_no_mail_on_days_off_in_the_night_or_too_early(nu, vraag):
    """Friday the 5th is the working day before the deadline: not at six, not before that day, not on Sunday."""
    volg_op(nu)
    assert (gemeld(), mails()) == ([], [])


def test_no_mail_on_a_closing_day_and_the_reminder_comes_a_day_earlier(vraag):
    Sluitingsdag.objects.create(naam="Brugdag", van=op(5).date(), tot=op(5).date())
    volg_op(op(5))
    assert mails() == []
    volg_op(op(4))
    assert gemeld() == ["herinner"]


@pytest.mark.parametrize("stap", ["beantwoord", "vraag_terug", "sluit_af"])
def test_what_is_answered_waits_or_is_closed_is_left_alone(stap, vraag, loket_ocmw, team_ocmw):
    velden = {"resultaat": "geholpen"} if stap == "sluit_af" else {"tekst": "x"}
    getattr(behandeling, stap)(vraag=vraag, door=loket_ocmw, **velden)
    volg_op(op(5))
    volg_op(op(9))
    assert gemeld() == []


def test_a_question_in_quarantine_bothers_nobody(huis, team_sociale_dienst, team_ocmw):
    vraag_van(team_sociale_dienst, valstrik="x", geregistreerd_op=MAANDAG)
    volg_op(op(12))
    assert (gemeld(), mails()) == ([], [])


# --- reminders and escalation -----------------------------------------------------------------


def test_the_handler_is_reminded_once_and_the_head_hears_once_that_it_is_late(vraag, team_ocmw):
    for nu in (op(5), op(5, 16), op(8)):
        volg_op(nu)
    assert gemeld() == ["herinner"]
    assert [wie for wie, _ in mails()] == ["loket.ocmw"]
    for nu in (op(9), op(9, 15), op(10), op(12)):
        volg_op(nu)
    assert gemeld() == ["herinner", "meld_laat"]
    assert [wie for wie, _ in mails()] == ["loket.ocmw", "team.ocmw"]


def test_the_mail_says_numbers_and_a_link_and_nothing_else(vraag, team_sociale_dienst, loket_ocmw, team_ocmw, thema):
    vraag_van(team_sociale_dienst, geregistreerd_op=MAANDAG, tekst="Nog een", thema=thema)
    volg_op(op(9))
    mail = UitgaandeMail.objects.get(aan=team_ocmw.email)
    assert mail.onderwerp == "Je werkbank vandaag"
    assert "2 vragen van je team zijn te laat.\n1 vraag van je team opende nog niemand." in mail.tekst
    assert "/loket/werkbank/?lijst=team" in mail.tekst
    for woord in ("Kanarie", "Geld", "OCMW", "Sociale dienst", vraag.referentie):
        assert woord not in mail.tekst.replace("Sociaal Huis", "") + mail.onderwerp


def test_after_it_was_opened_again_there_is_a_new_reminder(vraag, loket_ocmw, team_ocmw):
    volg_op(op(5))
    behandeling.beantwoord(vraag=vraag, tekst="Zo", door=loket_ocmw, op=op(5, 9))
    behandeling.heropen(vraag=vraag, door=loket_ocmw, op=op(8, 9))  # five more working days: 15 March
    volg_op(op(11))
    assert gemeld() == ["herinner"]
    volg_op(op(12))
    assert gemeld() == ["herinner", "herinner"]


def test_nobody_opened_it_within_the_hours_of_the_house(huis, team_sociale_dienst, team_ocmw):
    vrijdag = datetime(2027, 2, 26, 16, tzinfo=BRUSSEL)
    vraag_van(team_sociale_dienst, geregistreerd_op=vrijdag)
    volg_op(op(1, 15))  # Monday: the weekend does not count, 23 hours
    assert gemeld() == []
    volg_op(op(1, 16))
    volg_op(op(2))
    assert gemeld() == ["meld_ongeopend"]
    assert [wie for wie, _ in mails()] == ["team.ocmw"]


def test_after_a_handover_the_hours_begin_anew(huis, team_onthaal, team_sociale_dienst, loket_gemeente, team_ocmw):
    vraag = vraag_van(team_onthaal, geregistreerd_op=MAANDAG)
    behandeling.draag_over(
        vraag=vraag, team=team_sociale_dienst, reden="Voor jullie", door=loket_gemeente, op=op(3, 10)
    )
    volg_op(op(4, 9))
    assert gemeld() == []
    volg_op(op(4, 11))
    assert gemeld() == ["meld_ongeopend"]


def test_a_team_without_a_head_hears_it_together(huis, team_thuiszorg, loket_thuiszorg, maak_gebruiker, ocmw):
    maak_gebruiker("tweede", LOKETMEDEWERKER, bestuur=ocmw, teams=[team_thuiszorg])
    vraag_van(team_thuiszorg, geregistreerd_op=MAANDAG)
    volg_op(op(3))
    assert sorted(wie for wie, _ in mails()) == ["loket.thuiszorg", "tweede"]
    assert gemeld() == ["meld_ongeopend"]


def test_one_mail_a_day_and_the_rest_tomorrow(vraag, team_sociale_dienst, loket_ocmw, team_ocmw):
    volg_op(op(5))
    ook = vraag_van(team_sociale_dienst, geregistreerd_op=MAANDAG, tekst="2")
    behandeling.neem(vraag=ook, door=loket_ocmw, op=MAANDAG)
    Vraag.objects.filter(pk=ook.pk).update(eerst_geopend_op=MAANDAG)
    volg_op(op(5, 12))
    assert gemeld() == ["herinner"]
    volg_op(op(8))
    assert gemeld() == ["herinner", "herinner"]
    assert len(mails()) == 2


# --- parking ----------------------------------------------------------------------------------


def test_a_parked_question_comes_back_on_its_day_and_says_so(vraag, loket_ocmw, als):
    behandeling.parkeer(vraag=vraag, tot=op(4).date(), reden="Papier van de bank", door=loket_ocmw, op=op(2))
    volg_op(op(3, 23))
    assert Vraag.objects.get().staat == "geparkeerd"
    volg_op(op(4))
    volg_op(op(4, 9))
    na = Vraag.objects.get()
    assert (na.staat, na.geparkeerd_tot, na.behandelaar) == ("in_behandeling", None, loket_ocmw)
    assert gemeld() == ["hervat"]
    assert "1 vraag is niet meer geparkeerd." in mails()[0][1]
    pagina = als(loket_ocmw).get(vraag.get_absolute_url()).content.decode()
    assert "Niet meer geparkeerd</strong> door Het portaal" in pagina and "Papier van de bank" in pagina


def test_a_parked_question_of_who_left_is_new_for_the_team(vraag, loket_ocmw):
    behandeling.parkeer(vraag=vraag, tot=op(4).date(), reden="Wacht", door=loket_ocmw, op=op(2))
    loket_ocmw.is_active = False
    loket_ocmw.save(update_fields=["is_active"])
    volg_op(op(4))
    assert (Vraag.objects.get().staat, Vraag.objects.get().behandelaar) == ("nieuw", None)
    assert mails() == []


def test_parking_past_the_promised_day_does_not_hide_that_it_is_late(vraag, loket_ocmw, team_ocmw):
    behandeling.parkeer(vraag=vraag, tot=op(20).date(), reden="Wacht", door=loket_ocmw, op=op(2))
    volg_op(op(9))
    assert gemeld() == ["meld_laat"]


# --- hours of working days --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nu", "uren", "sinds"),
    [
        (op(3, 10), 24, op(2, 10)),
        (op(1, 16), 24, datetime(2027, 2, 26, 16, tzinfo=BRUSSEL)),
        (op(1, 16), 16, datetime(2027, 3, 1, 0, tzinfo=BRUSSEL)),
        (op(7, 12), 8, op(5, 16)),  # Sunday: back to Friday afternoon
        (datetime(2027, 3, 30, 9, tzinfo=BRUSSEL), 10, datetime(2027, 3, 26, 23, tzinfo=BRUSSEL)),  # Easter, summer time
    ],
)  # fmt: skip
def test_hours_count_on_working_days_only(nu, uren, sinds):
    assert termijn.uren_geleden(nu, uren) == sinds


def test_closing_days_do_not_count(huis):
    brug = frozenset({op(4).date(), op(5).date()})
    assert termijn.uiterlijk(op(3).date(), 1, brug) == op(8).date()
    assert termijn.uren_geleden(op(8, 10), 12, brug) == op(3, 22)
    assert termijn.in_woorden(op(9).date(), op(3), brug) == "nog 2 werkdagen"


def test_a_new_question_gets_a_deadline_around_closing_days(huis, team_sociale_dienst):
    morgen = timezone.localdate() + timedelta(days=1)
    Sluitingsdag.objects.create(naam="Brug", van=morgen, tot=morgen + timedelta(days=13))
    vraag = vraag_van(team_sociale_dienst)
    assert vraag.uiterlijk_op > morgen + timedelta(days=13)
