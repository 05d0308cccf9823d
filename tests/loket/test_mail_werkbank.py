"""What staff see of mail that came in and do with it, with the trace; and what is left of it after a while."""

from datetime import timedelta

import pytest
from django.conf import settings as alle_settings
from django.core import mail as djangomail
from django.db import transaction
from django.utils import timezone

from loket.acties import behandeling
from loket.acties.bewaren import wis_mails
from loket.acties.wiswens import vraag_om_wissen, weiger_wens
from loket.models import (
    Bericht,
    Ingekomenmail,
    Inzage,
    Mailinzage,
    Vraag,
)  # fmt: skip
from sociaalhuis.models import UitgaandeMail
from tests.loket import mails
from tests.loket.mails import antwoord_op, neem_aan, uitgaand
from tests.loket.vragen import vraag_van

Staat = Ingekomenmail.Staat


@pytest.fixture
def zaak(postbus, team_sociale_dienst):
    """A question of someone who wants answers by mail."""
    return vraag_van(team_sociale_dienst, email=mails.BEWONER, antwoordwijze="mail", tekst="Eerste vraag")


# --- staff --------------------------------------------------------------------------------------

LIJST = "/loket/werkbank/mail/"


@pytest.fixture
def opzij(postbus):
    return neem_aan(mails.mail(tekst="Kanarie-inhoud", van="Kanarie <kanarie@voorbeeld.example>", Precedence="bulk"))


@pytest.mark.parametrize(
    "wie", ["loket_ocmw", "loket_gemeente", "planner", "beheer", "toezicht", "superuser", "voedselbank"]
)
def test_a_mail_without_a_case_is_only_for_who_heads_the_team(wie, opzij, als, request):
    client = als(request.getfixturevalue(wie))
    assert [client.get(LIJST).status_code, client.get(f"{LIJST}{opzij.pk}/").status_code] == [404, 404]
    for verb in ("opnieuw", "maak-vraag"):
        assert client.post(f"{LIJST}{opzij.pk}/{verb}/").status_code == 404
    assert not Vraag.objects.exists() and not Mailinzage.objects.exists()


def test_who_heads_a_team_of_the_other_bestuur_sees_nothing(opzij, als, maak_gebruiker, gemeente, team_onthaal):
    client = als(maak_gebruiker("team.gemeente", "teamverantwoordelijke", bestuur=gemeente, teams=[team_onthaal]))
    assert client.get(f"{LIJST}{opzij.pk}/").status_code == 404
    assert "Nieuwsbrief" not in client.get(f"{LIJST}?lijst=niet-voor-ons").content.decode()


def test_the_list_says_why_and_nothing_of_what_was_written(opzij, als, team_ocmw):
    pagina = als(team_ocmw).get(f"{LIJST}?lijst=niet-voor-ons").content.decode()
    assert "Nieuwsbrief of mailinglijst" in pagina and "anarie" not in pagina
    assert not Mailinzage.objects.exists()


def test_reading_a_mail_leaves_a_trace(opzij, als, team_ocmw):
    pagina = als(team_ocmw).get(f"{LIJST}{opzij.pk}/").content.decode()
    assert "Kanarie-inhoud" in pagina and "kanarie@voorbeeld.example" in pagina
    assert Mailinzage.objects.get().door == team_ocmw


def test_reading_the_whole_mail_of_a_case_leaves_a_trace_on_the_case(zaak, als, loket_ocmw):
    rij = neem_aan(antwoord_op(zaak, tekst="Ja.\n-- \nStaartje"))
    assert "Staartje" in als(loket_ocmw).get(f"{LIJST}{rij.pk}/").content.decode()
    assert [(i.vraag, i.pagina, i.door) for i in Inzage.objects.all()] == [(zaak, "mail", loket_ocmw)]


def test_a_mail_of_a_case_goes_with_the_case_to_another_team(
    zaak, als, loket_ocmw, team_ocmw, loket_gemeente, team_onthaal
):
    rij = neem_aan(antwoord_op(zaak))
    behandeling.draag_over(vraag=zaak, team=team_onthaal, reden="Hoort daar", door=loket_ocmw)
    assert als(team_ocmw).get(f"{LIJST}{rij.pk}/").status_code == 404
    assert zaak.referentie not in als(team_ocmw).get(f"{LIJST}?lijst=verwerkt").content.decode()
    assert als(loket_gemeente).get(f"{LIJST}{rij.pk}/").status_code == 200


def test_staff_make_a_question_of_what_was_set_aside(opzij, als, team_ocmw):
    antwoord = als(team_ocmw).post(f"{LIJST}{opzij.pk}/maak-vraag/")
    vraag = Vraag.objects.get()
    assert antwoord["Location"] == vraag.get_absolute_url()
    assert (vraag.tekst, vraag.email) == ("Kanarie-inhoud", "kanarie@voorbeeld.example") and uitgaand() == []
    rij = Ingekomenmail.objects.get()
    assert (rij.staat, rij.door, rij.reden) == (Staat.VERWERKT, team_ocmw, "")
    assert "Een medewerker maakte er een vraag van" in rij.voor_medewerker


def test_staff_make_a_question_of_a_mail_that_could_not_be_read(postbus, als, team_ocmw):
    kop = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    rij = neem_aan(b"From: x@voorbeeld.example\r\nSubject: Help\r\n" + b"".join(kop % (n, n) for n in range(3000)))
    als(team_ocmw).post(f"{LIJST}{rij.pk}/maak-vraag/")
    assert Vraag.objects.get().email == "x@voorbeeld.example"
    assert "beschadigd" in Ingekomenmail.objects.get().voor_medewerker


def test_trying_again_does_the_same_reading_over(opzij, als, team_ocmw):
    antwoord = als(team_ocmw).post(f"{LIJST}{opzij.pk}/opnieuw/")
    assert antwoord["Location"] == f"{LIJST}{opzij.pk}/"
    assert Ingekomenmail.objects.get().reden == "lijst" and not Vraag.objects.exists()


def test_a_double_click_makes_one_question(opzij, als, team_ocmw):
    client = als(team_ocmw)
    client.post(f"{LIJST}{opzij.pk}/maak-vraag/")
    assert client.post(f"{LIJST}{opzij.pk}/maak-vraag/")["Location"] == LIJST
    assert Vraag.objects.count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_the_same_of_the_database_whatever_its_length(
    aantal, postbus, als, team_ocmw, django_assert_num_queries
):
    for n in range(aantal):
        neem_aan(mails.mail(tekst=f"x{n}", Precedence="bulk"))
    client = als(team_ocmw)
    client.get(LIJST)
    with django_assert_num_queries(11):
        client.get(f"{LIJST}?lijst=niet-voor-ons")


# --- retention ----------------------------------------------------------------------------------


def test_after_a_while_only_the_trace_is_left(zaak, opzij, als, team_ocmw):
    antwoord = neem_aan(antwoord_op(zaak))
    wacht = neem_aan(mails.rauw(b"Help mij", van=b"niemand"))
    later = timezone.now() + timedelta(days=alle_settings.MAIL_BEWAAR_DAGEN + 1)
    with transaction.atomic():
        assert wis_mails(timezone.now()).aantal == 0
        assert wis_mails(later).aantal == 2
    for rij in (antwoord, opzij):
        rij.refresh_from_db()
        assert rij.inhoud is None
    assert Ingekomenmail.objects.get(pk=wacht.pk).inhoud is not None  # a person must still look at it
    assert opzij.eigen_sleutel.gewist_op and not zaak.dossiersleutel.gewist_op
    assert "De mail is verwijderd" in als(team_ocmw).get(f"{LIJST}{opzij.pk}/").content.decode()
    assert Bericht.objects.get().tekst == "Mijn antwoord."


def test_no_mail_left_the_house_outside_the_outbox(zaak):
    neem_aan(antwoord_op(zaak))
    assert djangomail.outbox == []


def test_the_answer_to_a_wish_can_be_answered_too(zaak, team_ocmw):
    vraag_om_wissen(vraag=zaak)
    weiger_wens(vraag=zaak, grond="wet", antwoord="Nog niet.", door=team_ocmw)
    brief = UitgaandeMail.objects.get(sleutel__endswith="-antwoord")
    assert neem_aan(mails.mail(aan=brief.antwoord_geheim)).vraag == zaak
