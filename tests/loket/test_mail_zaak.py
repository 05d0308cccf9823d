"""Which case a mail belongs to: the random address, one of our Message-IDs, or none."""

import pytest
from django.conf import settings as alle_settings
from django.db import connection

from loket.acties import behandeling, mailin
from loket.acties.bericht import antwoord_naar, meld_bericht
from loket.acties.samenvoegen import voeg_samen
from loket.models import (
    Antwoordadres,
    Bericht,
    Ingekomenmail,
    Mailspoor,
    Vraag,
)  # fmt: skip
from sociaalhuis.post import werker
from tests.loket import mails
from tests.loket.mails import antwoord_op, neem_aan, uitgaand
from tests.loket.vragen import vraag_van

Staat = Ingekomenmail.Staat


@pytest.fixture
def zaak(postbus, team_sociale_dienst):
    """A question of someone who wants answers by mail."""
    return vraag_van(team_sociale_dienst, email=mails.BEWONER, antwoordwijze="mail", tekst="Eerste vraag")


# --- which case ---------------------------------------------------------------------------------


def test_a_random_address_that_does_not_exist_is_a_new_question(zaak):
    vreemd = alle_settings.ANTWOORDADRES.replace("*", "0" * 20)
    assert neem_aan(mails.mail(aan=vreemd)).vraag != zaak


def test_a_reply_to_the_address_of_the_case_is_a_message_of_it(zaak, als, loket_ocmw):
    rij = neem_aan(
        antwoord_op(zaak, tekst="Ja, graag.\n\nOp ma 2 mrt 2026 om 14:05 schreef Huis <a@b.example>:\n> Dag")
    )
    bericht = Bericht.objects.get()
    assert (rij.vraag, bericht.vraag, bericht.van, bericht.tekst) == (zaak, zaak, "vrager", "Ja, graag.")
    assert bericht.op == rij.ontvangen_op and rij.voor_medewerker == "" and uitgaand() == []
    assert "Dit kwam binnen per e-mail." in als(loket_ocmw).get(zaak.get_absolute_url()).content.decode()


def test_a_reply_to_a_question_that_was_merged_goes_on_where_the_other_does(zaak, loket_ocmw, team_sociale_dienst):
    adres, blijft = antwoord_op(zaak), vraag_van(team_sociale_dienst, tekst="Dezelfde vraag, aan de balie")
    voeg_samen(vraag=blijft, met=zaak, door=loket_ocmw)
    rij = neem_aan(adres)
    assert (rij.vraag, Bericht.objects.get().vraag, Bericht.objects.get().tekst) == (blijft, blijft, "Mijn antwoord.")
    assert b"Mijn antwoord." in rij.lees()


def test_a_reply_opens_a_closed_question_again(zaak, loket_ocmw):
    behandeling.neem(vraag=zaak, door=loket_ocmw)
    behandeling.sluit_af(vraag=zaak, resultaat="geholpen", door=loket_ocmw)
    neem_aan(antwoord_op(zaak))
    assert Vraag.objects.get().staat == "in_behandeling"


def test_another_sender_at_the_address_of_the_case_is_said_to_staff(zaak):
    rij = neem_aan(antwoord_op(zaak, van="partner@voorbeeld.example"))
    assert rij.vraag == zaak and "kwam van partner@voorbeeld.example" in rij.voor_medewerker


@pytest.mark.parametrize("kop", ["In_Reply_To", "References"])
def test_a_reply_is_known_by_our_message_id_when_the_address_was_lost(zaak, kop):
    meld_bericht(zaak, Bericht(pk=1))
    eigen = Mailspoor.objects.get().message_id
    rij = neem_aan(mails.mail(**{kop: f"<vreemd@voorbeeld.example> {eigen}"}))
    assert rij.vraag == zaak and "na te maken" in rij.voor_medewerker


def test_somebody_else_who_answers_our_mail_gets_a_question_of_their_own(zaak):
    meld_bericht(zaak, Bericht(pk=1))
    rij = neem_aan(mails.mail(van="ander@voorbeeld.example", In_Reply_To=Mailspoor.objects.get().message_id))
    assert rij.vraag != zaak and rij.vraag.email == "ander@voorbeeld.example"
    assert "Iemand antwoordde op een mail van ons" in rij.voor_medewerker
    assert zaak.referentie not in rij.voor_medewerker


def test_a_reply_to_a_withdrawn_question_is_a_new_one(zaak):
    adres = antwoord_op(zaak)
    behandeling.trek_in(vraag=zaak)
    rij = neem_aan(adres)
    assert rij.vraag != zaak and "ingetrokken" in rij.voor_medewerker


def test_a_reply_to_an_erased_question_is_a_new_one(zaak):
    adres = antwoord_op(zaak)
    zaak.dossiersleutel.wis()
    assert neem_aan(adres).vraag != zaak


def test_the_random_half_is_not_in_the_database(zaak):
    adres = antwoord_naar(zaak)
    teken = mailin.tekens_in([adres])[0]
    assert len(teken) == 20 and antwoord_naar(zaak) == adres
    rij = Antwoordadres.objects.values("kenmerk").get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT teken FROM loket_antwoordadres")
        geheim = bytes(cursor.fetchone()[0])
    assert teken not in rij["kenmerk"] and teken.encode() not in geheim


def test_where_no_mail_is_read_the_mails_do_not_ask_for_an_answer(zaak, settings):
    settings.ANTWOORDADRES = ""
    meld_bericht(zaak, Bericht(pk=1))
    (brief,) = uitgaand()
    assert brief.antwoord_geheim is None and "antwoorden op deze mail" not in brief.tekst
    assert not Antwoordadres.objects.exists()


def test_our_mail_carries_where_to_answer_until_it_is_sent(zaak, postvanger):
    meld_bericht(zaak, Bericht(pk=1))
    adres = antwoord_naar(zaak)
    werker.Post().volgende()
    (verzonden,) = postvanger.inhoud
    assert f"Reply-To: {adres}" in verzonden and "X-Loop: sociaalhuis@wilgenbeke.example" in verzonden
    assert uitgaand()[0].antwoord_geheim is None


@pytest.mark.parametrize("soort", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_is_shown_on_the_case(soort, zaak, als, loket_ocmw):
    meld_bericht(zaak, Bericht(pk=1))
    spoor = Mailspoor.objects.get()
    rij = neem_aan(mails.bounce(spoor.message_id, soort=soort))
    assert (rij.staat, rij.reden, rij.vraag) == (Staat.GENEGEERD, "terugmelding", zaak)
    spoor.refresh_from_db()
    assert spoor.teruggekomen_op and not Bericht.objects.exists()
    assert "Onze mail kwam niet aan" in als(loket_ocmw).get(zaak.get_absolute_url()).content.decode()


def test_a_bounce_of_a_mail_we_do_not_know_is_only_counted(postbus):
    rij = neem_aan(mails.bounce("<onbekend@proefdorp.example>"))
    assert (rij.reden, rij.vraag) == ("terugmelding", None)
