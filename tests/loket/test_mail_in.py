"""What becomes of a mail: a question, a reply, or a line with its reason. Nothing lost, nothing twice, no loops."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings as alle_settings
from django.core import mail as djangomail
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from hulpmiddelen import devpg
from loket.acties import behandeling, mailin
from loket.acties.bericht import antwoord_naar, meld_bericht
from loket.acties.bewaren import wis_mails
from loket.acties.samenvoegen import voeg_samen
from loket.acties.wiswens import vraag_om_wissen, weiger_wens
from loket.keuring.bijlagen import EICAR, NIET_VEILIG
from loket.management.commands import lees_mail
from loket.models import (
    Antwoordadres,
    Bericht,
    Bijlage,
    Ingekomenmail,
    Inzage,
    MagNiet,
    Mailinzage,
    Mailspoor,
    Postbus,
    Vraag,
)  # fmt: skip
from loket.models.verdeling import Verdeelregel
from sociaalhuis.models import Dossiersleutel, UitgaandeMail
from sociaalhuis.post import werker
from tests.loket import mails
from tests.loket.test_mail_lezen import goede_mails, verminkt
from tests.loket.vragen import vraag_van

Staat = Ingekomenmail.Staat


@pytest.fixture
def postbus(huis, team_sociale_dienst):
    return Postbus.objects.create(adres=mails.POSTBUS, team=team_sociale_dienst)


def neem_aan(bericht, **opties):
    """The row of a message after it was kept and processed, as the command does."""
    inhoud = bericht if isinstance(bericht, bytes) else bericht.as_bytes()
    rij = mailin.bewaar(inhoud=inhoud, **opties)
    mailin.verwerk(pk=rij.pk)
    return Ingekomenmail.objects.get(pk=rij.pk)


def uitgaand():
    return list(UitgaandeMail.objects.order_by("pk"))


@pytest.fixture
def zaak(postbus, team_sociale_dienst):
    """A question of someone who wants answers by mail."""
    return vraag_van(team_sociale_dienst, email=mails.BEWONER, antwoordwijze="mail", tekst="Eerste vraag")


def antwoord_op(zaak, **velden):
    return mails.mail(**{"aan": antwoord_naar(zaak), "tekst": "Mijn antwoord.", **velden})


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


# --- nothing lost, nothing twice ----------------------------------------------------------------


def test_the_same_message_twice_is_one_question(postbus):
    bericht = mails.mail().as_bytes()
    over_imap = b"Received: from x\r\nDelivered-To: y\r\n" + bericht.replace(b"\n", b"\r\n")
    assert neem_aan(bericht).pk == neem_aan(over_imap).pk
    assert Vraag.objects.count() == 1 and len(uitgaand()) == 1


def test_two_messages_with_the_same_words_are_two(postbus):
    neem_aan(mails.mail())
    neem_aan(mails.mail())
    assert Vraag.objects.count() == 2


def test_what_is_kept_is_not_readable_and_moves_to_the_key_of_the_case(postbus):
    rij = mailin.bewaar(inhoud=mails.mail(tekst="Kanarie").as_bytes())
    eigen = rij.eigen_sleutel_id
    assert b"Kanarie" not in bytes(Ingekomenmail.objects.get().inhoud)
    mailin.verwerk(pk=rij.pk)
    rij = Ingekomenmail.objects.get()
    assert not Dossiersleutel.objects.filter(pk=eigen).exists()
    assert rij.dossiersleutel == rij.vraag.dossiersleutel and b"Kanarie" in rij.lees()
    rij.vraag.dossiersleutel.wis()
    assert Ingekomenmail.objects.get().lees() is None


def test_the_database_refuses_what_does_not_agree(postbus):
    rij = mailin.bewaar(inhoud=mails.mail().as_bytes())
    for velden, naam in [
        ({"staat": "verwerkt"}, "verwerkt_heeft_tijd"),
        ({"staat": "mislukt", "verwerkt_op": timezone.now()}, "heeft_reden"),
        ({"staat": "verwerkt", "verwerkt_op": timezone.now()}, "verwerkt_heeft_vraag"),
        ({"eigen_sleutel": None}, "een_sleutel"),
        ({"inhoud": None}, "leeg_is_afgehandeld"),
    ]:
        with pytest.raises(IntegrityError, match=naam), transaction.atomic():
            Ingekomenmail.objects.filter(pk=rij.pk).update(**velden)
    with pytest.raises(MagNiet):
        rij.zet(Staat.ONTVANGEN)


def test_when_processing_breaks_off_the_worker_goes_on(postbus):
    with patch.object(mailin, "lees", side_effect=OperationalError):
        rij = mailin.bewaar(inhoud=mails.mail().as_bytes())
        with pytest.raises(OperationalError):
            mailin.verwerk(pk=rij.pk)
    assert Ingekomenmail.objects.get().staat == Staat.ONTVANGEN
    assert mailin.volgende_mail() is True and mailin.volgende_mail() is False
    assert Vraag.objects.count() == 1


def opdracht(*args, omgeving=(), invoer=b""):
    """The real command in a process of its own, against the database of this test."""
    gegevens = connection.settings_dict
    adres = f"postgresql://{gegevens['USER']}:{gegevens['PASSWORD']}@/{gegevens['NAME']}?host={gegevens['HOST']}"
    if gegevens["PORT"]:
        adres = adres.replace("@/", f"@:{gegevens['PORT']}/") if gegevens["HOST"].startswith("/") else adres
    env = {**os.environ, "DATABASE_URL": adres, "DATAMAP": str(alle_settings.DATAMAP), **dict(omgeving)}
    proces = subprocess.Popen(
        [sys.executable, "manage.py", "lees_mail", *args],
        cwd=devpg.CHECKOUT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        proces.stdin.write(invoer)
        proces.stdin.close()
    except BrokenPipeError:
        pass
    proces.stdin = None
    return proces


@pytest.mark.django_db(transaction=True)
def test_the_pipe_makes_a_question_and_says_all_is_well(postbus):
    proces = opdracht(invoer=mails.mail().as_bytes())
    _, fouten = proces.communicate(timeout=60)
    assert (proces.returncode, fouten) == (0, b"")
    assert Vraag.objects.get().kanaal == "mail"


def test_without_a_database_the_mail_server_must_try_again():
    proces = opdracht(invoer=mails.mail().as_bytes(), omgeving={"DATABASE_URL": "postgresql://x:y@127.0.0.1:1/weg"})
    _, fouten = proces.communicate(timeout=60)
    assert proces.returncode == 75 and b"probeer later opnieuw" in fouten


@pytest.mark.django_db(transaction=True)
def test_kill_9_at_any_moment_loses_nothing_and_doubles_nothing(postbus):
    """Six mails, each delivered by a process that is killed at a random moment, then tried again until it says 0."""
    kans, berichten = (
        random.Random(9),
        [mails.mail(tekst=f"Vraag {n}", van=f"p{n}@voorbeeld.example") for n in range(6)],
    )
    gedood = 0
    for bericht in berichten:
        proces = opdracht(invoer=bericht.as_bytes())
        time.sleep(kans.uniform(0.3, 1.1))
        if proces.poll() is None:
            os.kill(proces.pid, signal.SIGKILL)
        proces.communicate(timeout=60)
        if proces.returncode:
            gedood += 1
            nog_eens = opdracht(invoer=bericht.as_bytes())
            nog_eens.communicate(timeout=60)
            assert nog_eens.returncode == 0
    while mailin.volgende_mail():
        pass
    assert gedood > 0
    assert sorted(v.tekst for v in Vraag.objects.all()) == sorted(f"Vraag {n}" for n in range(6))
    assert Ingekomenmail.objects.filter(staat=Staat.VERWERKT).count() == 6
    assert len(uitgaand()) == 6


def test_a_thousand_broken_mails_are_all_kept_and_none_stops_the_others(postbus):
    kans, bron = random.Random(18), goede_mails()
    for _ in range(1000):
        mailin.bewaar(inhoud=verminkt(kans, bron) or b"x")
    aantal = Ingekomenmail.objects.count()
    assert aantal > 900  # some are the same
    while mailin.volgende_mail():
        pass
    assert not Ingekomenmail.objects.filter(staat=Staat.ONTVANGEN).exists()
    assert not Ingekomenmail.objects.filter(reden="onverwacht").exists()


# --- the command --------------------------------------------------------------------------------


def test_nothing_on_standard_input_is_no_mail(postbus, capsys, monkeypatch):
    class Leeg:
        class buffer:  # noqa: N801 (name of sys.stdin)
            read = staticmethod(lambda n: b"")

    monkeypatch.setattr(sys, "stdin", Leeg)
    lees_mail.Command().handle(imap=False, naar="")
    assert not Ingekomenmail.objects.exists()


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
