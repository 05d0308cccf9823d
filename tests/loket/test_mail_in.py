"""What becomes of a mail: a question, or a line with its reason. Programs make no question; no loops."""

import re
from unittest.mock import patch

import pytest

from loket.acties import mailin
from loket.acties.bericht import antwoord_naar, meld_bericht
from loket.models import (
    Bericht,
    Bijlage,
    Ingekomenmail,
    Mailspoor,
    Postbus,
    Vraag,
)  # fmt: skip
from loket.models.verdeling import Verdeelregel
from sociaalhuis.keuring.bijlagen import EICAR, NIET_VEILIG
from tests.loket import mails
from tests.loket.mails import antwoord_op, neem_aan, uitgaand
from tests.loket.vragen import vraag_van

Staat = Ingekomenmail.Staat


@pytest.fixture
def zaak(postbus, team_sociale_dienst):
    """A question of someone who wants answers by mail."""
    return vraag_van(team_sociale_dienst, email=mails.BEWONER, antwoordwijze="mail", tekst="Eerste vraag")


# --- what is not for people ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("koppen", "reden"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatisch"),
        ({"Precedence": "bulk"}, "lijst"),
        ({"List_Id": "<nieuws.voorbeeld.example>"}, "lijst"),
        ({"Return_Path": "<>"}, "automatisch"),
        ({"From": mails.POSTBUS}, "eigen"),
        ({"From": "sociaalhuis@wilgenbeke.example"}, "eigen"),
        ({"X_Loop": "sociaalhuis@wilgenbeke.example"}, "eigen"),
    ],
)
def test_a_machine_makes_no_question_and_gets_no_answer(koppen, reden, postbus):
    rij = neem_aan(mails.mail(**koppen))
    assert (rij.staat, rij.reden, rij.vraag) == (Staat.GENEGEERD, reden, None)
    assert not Vraag.objects.exists() and uitgaand() == []


def test_our_own_mail_that_comes_back_is_known_by_its_message_id(zaak):
    meld_bericht(zaak, Bericht(pk=1))
    terug = neem_aan(mails.mail(Message_ID=Mailspoor.objects.get().message_id))
    assert (terug.staat, terug.reden) == (Staat.GENEGEERD, "eigen")


def test_a_vacation_reply_to_a_case_stays_with_the_case_and_changes_nothing(zaak):
    rij = neem_aan(antwoord_op(zaak, Auto_Submitted="auto-replied"))
    assert (rij.reden, rij.vraag) == ("automatisch", zaak)
    assert not Bericht.objects.exists() and Vraag.objects.get().versie == zaak.versie


def test_two_programs_that_answer_each_other_stop(postbus):
    """Without any sign of a machine: after twenty in an hour they are set aside; one of all got a confirmation."""
    staten = [neem_aan(mails.mail(tekst=f"Ik ben een programma {n}")).staat for n in range(mailin.HOOGSTENS + 2)]
    assert staten == [Staat.VERWERKT] * mailin.HOOGSTENS + [Staat.GENEGEERD] * 2
    assert Ingekomenmail.objects.filter(reden="te_vaak").count() == 2
    assert len(uitgaand()) == 1


def test_without_a_sender_it_waits_for_a_person(postbus):
    rij = neem_aan(mails.rauw(b"Help mij", van=b"niemand"))
    assert (rij.staat, rij.reden) == (Staat.MISLUKT, "geen_afzender")


def test_what_cannot_be_read_waits_for_a_person(postbus):
    kop = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    rij = neem_aan(b"From: x@voorbeeld.example\r\n" + b"".join(kop % (n, n) for n in range(3000)))
    assert (rij.staat, rij.reden) == (Staat.MISLUKT, "onleesbaar")
    assert "zo diep" in rij.voor_medewerker


def test_an_error_of_our_own_leaves_the_mail_where_staff_see_it(postbus):
    with patch.object(mailin, "stel_vraag", side_effect=ZeroDivisionError):
        rij = neem_aan(mails.mail())
    assert (rij.staat, rij.reden) == (Staat.MISLUKT, "onverwacht")
    assert not Vraag.objects.exists()


def test_a_mail_that_kills_its_reader_is_given_up(postbus):
    rij = mailin.bewaar(inhoud=mails.mail().as_bytes())
    Ingekomenmail.objects.update(pogingen=mailin.MAX_POGINGEN)
    mailin.verwerk(pk=rij.pk)
    assert (Ingekomenmail.objects.get().staat, Ingekomenmail.objects.get().reden) == (Staat.MISLUKT, "onverwacht")


# --- a new question -----------------------------------------------------------------------------


def test_a_mail_becomes_a_question_of_the_team_of_the_mailbox(postbus):
    rij = neem_aan(mails.mail(tekst="Ik kan mijn huur niet betalen.\n\nBewoner\n-- \nreclame"))
    vraag = Vraag.objects.get()
    assert (rij.staat, rij.vraag) == (Staat.VERWERKT, vraag)
    assert (vraag.kanaal, vraag.team, vraag.staat, vraag.quarantaine) == ("mail", postbus.team, "nieuw", "")
    assert vraag.tekst == "Ik kan mijn huur niet betalen.\n\nBewoner"
    assert (vraag.naam, vraag.email, vraag.antwoordwijze) == ("Bewoner", mails.BEWONER, "mail")
    assert vraag.geregistreerd_op == rij.ontvangen_op


def test_an_unknown_mailbox_goes_where_the_rules_say(huis, team_sociale_dienst):
    rij = neem_aan(mails.mail(aan="anders@proefdorp.example"))
    assert (rij.postbus, rij.vraag.team) == (None, team_sociale_dienst)


def test_the_rules_choose_a_team_of_the_same_bestuur_only(postbus, team_onthaal, team_thuiszorg):
    Postbus.objects.update(verdeel=True)
    Verdeelregel.objects.create(team=team_onthaal, woorden="parkeren", volgorde=1)
    Verdeelregel.objects.create(team=team_thuiszorg, woorden="poetshulp", volgorde=2)
    assert neem_aan(mails.mail(tekst="Ik zoek poetshulp.")).vraag.team == team_thuiszorg
    assert neem_aan(mails.mail(tekst="Waar kan ik parkeren?")).vraag.team == postbus.team


def test_the_confirmation_says_nothing_and_can_be_answered(postbus):
    neem_aan(mails.mail(tekst="Mijn man slaat mij", onderwerp="Geweld"))
    vraag, (brief,) = Vraag.objects.get(), uitgaand()
    assert brief.adres == mails.BEWONER and brief.onderwerp == f"We kregen je mail ({vraag.referentie})"
    assert "slaat" not in brief.tekst and "Geweld" not in brief.tekst and "OCMW" not in brief.tekst
    assert vraag.referentie in brief.tekst and "059 99 00 00" in brief.tekst and "leest mee" in brief.tekst
    assert not re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", brief.tekst)
    assert brief.antwoord_geheim == antwoord_naar(vraag)
    assert neem_aan(mails.mail(tekst="Nog iets", aan=brief.antwoord_geheim)).vraag == vraag


def test_one_confirmation_an_hour(postbus):
    for n in range(3):
        neem_aan(mails.mail(tekst=f"Vraag {n}"))
    neem_aan(mails.mail(tekst="Vraag", van="ander@voorbeeld.example"))
    assert [m.adres for m in uitgaand()] == [mails.BEWONER, "ander@voorbeeld.example"]


@pytest.mark.parametrize("koppen", [{"X_Spam_Flag": "YES"}, {"X_Spam_Status": "Yes, score=12"}])
def test_what_the_server_calls_spam_waits_in_quarantine_without_an_answer(koppen, postbus):
    neem_aan(mails.mail(**koppen))
    assert Vraag.objects.get().quarantaine == "geen_bewijs" and uitgaand() == []


def test_many_links_wait_in_quarantine(postbus):
    neem_aan(mails.mail(tekst="Win! https://a.example https://b.example https://c.example"))
    assert Vraag.objects.get().quarantaine == "links" and uitgaand() == []


def test_a_national_number_and_danger_are_seen_at_the_desk(postbus, als, loket_ocmw):
    neem_aan(mails.mail(tekst="Hij slaat mij. Mijn nummer is 85.07.30-033.28"))
    pagina = als(loket_ocmw).get(Vraag.objects.get().get_absolute_url()).content.decode()
    assert "Er staat een rijksregisternummer in de vraag" in pagina and "op gevaar wijzen" in pagina


def test_an_empty_mail_is_still_a_question(postbus):
    neem_aan(mails.mail("", onderwerp=None))
    assert Vraag.objects.get().tekst == "(De mail had geen tekst.)"


# --- files --------------------------------------------------------------------------------------


def test_files_go_through_the_gate_and_refused_ones_are_named(postbus, als, loket_ocmw):
    bericht = mails.met_bestand("foto.png", mails.beeld(), ("image", "png"))
    bericht.add_attachment(EICAR, maintype="application", subtype="pdf", filename="rekening.pdf")
    bericht.add_attachment(
        b"MZ\x00\x01", maintype="application", subtype="octet-stream", filename="../spel\u202egpj.exe"
    )
    rij = neem_aan(bericht)
    assert [b.naam for b in Bijlage.objects.all()] == ["foto.jpg"]
    assert Bijlage.objects.get().lees().startswith(b"\xff\xd8\xff")
    assert rij.voor_iedereen.splitlines()[0] == f"rekening.pdf: {NIET_VEILIG}"
    assert rij.voor_iedereen.splitlines()[1].startswith("spelgpj.exe: We kunnen dit bestand niet aannemen.")
    pagina = als(loket_ocmw).get(rij.vraag.get_absolute_url()).content.decode()
    assert "Niet aangenomen: rekening.pdf" in pagina and f"/loket/werkbank/mail/{rij.pk}/" in pagina


def test_more_files_than_we_take(postbus):
    bericht = mails.mail()
    for n in range(mailin.MAX_BESTANDEN + 1):
        bericht.add_attachment(b"tekst", maintype="text", subtype="plain", filename=f"{n}.txt")
    rij = neem_aan(bericht)
    assert Bijlage.objects.count() == mailin.MAX_BESTANDEN
    assert rij.voor_iedereen == "10.txt: we nemen hoogstens 10 bestanden per mail aan."


def test_of_an_enormous_mail_the_words_are_kept_and_it_is_said(postbus):
    heel = mails.met_bestand("groot.png", b"\x89PNG" + b"x" * 50_000, ("image", "png")).as_bytes()
    rij = neem_aan(heel[:20_000], grootte=60_000_000)
    assert rij.vraag.tekst == "Ik heb een vraag over mijn huur." and rij.afgekapt
    assert "De mail was te groot (60 MB)" in rij.voor_iedereen
