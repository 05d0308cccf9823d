"""Nobody forgotten: what was answered and never closed closes by itself, on its day, after it was said."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from loket.acties import behandeling, sluiten
from loket.acties.bewaarstop import zet_stop
from loket.acties.eigen import geef_oordeel, wijzig_contact
from loket.acties.sluiten import loop_na
from loket.acties.vernietiging import te_wissen
from loket.acties.wiswens import vraag_om_wissen
from loket.models import Bewaarregel, Gebeurtenis, Vraag
from sociaalhuis.models import Huis, Sluitingsdag, UitgaandeMail
from sociaalhuis.periodiek import Elke
from tests.loket.afspraken import boeking
from tests.loket.verwijzingen import tot, voorstel
from tests.loket.vragen import ontvang, vraag_van

BRUSSEL = ZoneInfo("Europe/Brussels")
ANTWOORD = datetime(2027, 3, 1, 10, tzinfo=BRUSSEL)  # a Monday
# 10 working days after it, 3 of them after it was said: Easter Monday is the 29th, so far away
ZEG, LAATSTE, DICHT = date(2027, 3, 10), date(2027, 3, 15), date(2027, 3, 16)

pytestmark = pytest.mark.django_db


def om(dag, uur=9):
    return datetime(dag.year, dag.month, dag.day, uur, tzinfo=BRUSSEL)


@pytest.fixture
def tien(huis):
    """The house closes after ten working days and says it three before."""
    Huis.objects.update(sluit_werkdagen=10, sluit_vooraf=3)
    return huis


@pytest.fixture
def beantwoord(tien, team_sociale_dienst, loket_ocmw):
    def maak(stap="beantwoord", **velden):
        velden = {"email": "ik@voorbeeld.example", "antwoordwijze": "mail", **velden}
        vraag = vraag_van(team_sociale_dienst, geregistreerd_op=ANTWOORD - timedelta(days=1), **velden)
        return getattr(behandeling, stap)(vraag=vraag, tekst="Zo zit het.", door=loket_ocmw, op=ANTWOORD)

    return maak


def stand(vraag):
    vraag.refresh_from_db()
    return vraag.staat, vraag.sluit_na


def zeg_en_wacht(vraag):
    """Announced on its day."""
    assert loop_na(om(ZEG)) == (1, 0)
    assert stand(vraag) == (vraag.staat, LAATSTE)
    return vraag


# --- what keeps it open -----------------------------------------------------------------------


def test_a_word_before_it_is_said_starts_the_term_anew(beantwoord, loket_ocmw):
    vraag = beantwoord()
    behandeling.stuur_bericht(vraag=vraag, tekst="Nog dit.", door=loket_ocmw, op=om(date(2027, 3, 9)))
    assert loop_na(om(ZEG)) == (0, 0)
    assert (loop_na(om(date(2027, 3, 17))), loop_na(om(date(2027, 3, 18)))) == ((0, 0), (1, 0))


WOORDEN = {
    "schrijft terug": lambda vraag, loket: behandeling.schrijf_terug(vraag=vraag, tekst="Nog iets.", op=om(LAATSTE)),
    "is niet geholpen": lambda vraag, loket: geef_oordeel(vraag=vraag, keuze="niet_tevreden", op=om(LAATSTE)),
    "is geholpen": lambda vraag, loket: geef_oordeel(vraag=vraag, keuze="tevreden", op=om(LAATSTE)),
    "kiest ander contact": lambda vraag, loket: wijzig_contact(vraag=vraag, antwoordwijze="hier", op=om(LAATSTE)),
    "wil gewist worden": lambda vraag, loket: vraag_om_wissen(vraag=vraag, op=om(LAATSTE)),
    "krijgt nog een bericht": lambda vraag, loket: behandeling.stuur_bericht(
        vraag=vraag, tekst="En dit.", door=loket, op=om(LAATSTE)
    ),
}


@pytest.mark.parametrize("wie", WOORDEN)
def test_a_word_after_it_was_said_keeps_it_open(wie, beantwoord, loket_ocmw):
    vraag = zeg_en_wacht(beantwoord())
    WOORDEN[wie](vraag, loket_ocmw)
    assert stand(vraag)[1] is None
    loop_na(om(DICHT))
    assert stand(vraag)[0] in ("beantwoord", "in_behandeling", "nieuw")


@pytest.mark.parametrize("daad", ["neem", "noteer", "bewaarstop"])
def test_what_the_house_does_inside_is_no_word(daad, beantwoord, loket_ocmw):
    vraag = zeg_en_wacht(beantwoord())
    if daad == "neem":
        behandeling.neem(vraag=vraag, door=loket_ocmw, op=om(LAATSTE))
    elif daad == "noteer":
        behandeling.noteer(vraag=vraag, tekst="Gebeld, niemand.", door=loket_ocmw, op=om(LAATSTE))
    else:
        zet_stop(vraag=vraag, reden="Beroep.", door=loket_ocmw, op=om(LAATSTE))
    assert loop_na(om(DICHT)) == (0, 1)


def test_what_still_runs_holds_it_back(beantwoord, loket_ocmw, organisatie, partner, kade, gesprek, dinsdag, nu):
    wens, verwezen, afspraak = beantwoord(), beantwoord(), beantwoord()
    vraag_om_wissen(vraag=wens, op=ANTWOORD)
    tot(voorstel(verwezen, organisatie, loket_ocmw), "verzonden", door=loket_ocmw, partner=partner)
    boeking(dinsdag, "2027-03-16T09:00", vraag=afspraak)
    for dag in (ZEG, DICHT):
        assert loop_na(om(dag, 8)) == (0, 0)
    assert Vraag.objects.filter(staat="afgesloten").count() == 0


def test_a_referral_that_began_after_it_was_said_takes_it_back(beantwoord, loket_ocmw, organisatie, partner):
    vraag = zeg_en_wacht(beantwoord())
    voorstel(vraag, organisatie, loket_ocmw)
    assert loop_na(om(DICHT)) == (0, 0)
    assert stand(vraag) == ("beantwoord", None)


def test_nothing_happens_at_night_on_a_day_off_or_in_quarantine(beantwoord, team_sociale_dienst):
    vraag = beantwoord()
    vraag_van(team_sociale_dienst, valstrik="ik ben een robot", geregistreerd_op=ANTWOORD)
    Sluitingsdag.objects.create(naam="Brugdag", van=ZEG, tot=ZEG)  # one working day fewer
    assert [loop_na(om(dag, uur)) for dag, uur in [(ZEG, 9), (date(2027, 3, 11), 6), (date(2027, 3, 13), 9)]] == [
        (0, 0)
    ] * 3
    assert loop_na(om(date(2027, 3, 11))) == (1, 0)
    assert stand(vraag) == ("beantwoord", date(2027, 3, 16))


def test_it_never_closes_before_it_was_said_in_time(beantwoord):
    """The worker lay still for months: first it is said, and the days after that still count."""
    vraag = beantwoord()
    laat = date(2027, 9, 6)
    assert loop_na(om(laat)) == (1, 0)
    assert stand(vraag) == ("beantwoord", date(2027, 9, 9))
    assert [loop_na(om(date(2027, 9, dag))) for dag in (9, 10)] == [(0, 0), (0, 1)]


def test_one_that_fails_does_not_stop_the_rest(beantwoord, monkeypatch, caplog):
    kapot, goed = beantwoord(), beantwoord()
    echt = sluiten.zet

    def zet(vraag, *args, **velden):
        if vraag.pk == kapot.pk:
            raise ValueError("kanarie in de fout")
        return echt(vraag, *args, **velden)

    monkeypatch.setattr(sluiten, "zet", zet)
    assert loop_na(om(ZEG)) == (1, 0)
    assert (stand(kapot)[1], stand(goed)[1]) == (None, LAATSTE)
    assert "ValueError" in caplog.text and "kanarie" not in caplog.text


def test_the_house_cannot_close_before_it_says_so(tien):
    for velden in ({"sluit_vooraf": 0}, {"sluit_werkdagen": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Huis.objects.update(**velden)


def test_the_day_of_closing_only_stands_with_what_waits(beantwoord):
    vraag = zeg_en_wacht(beantwoord())
    with pytest.raises(IntegrityError), transaction.atomic():
        Vraag.objects.filter(pk=vraag.pk).update(staat="nieuw")


# --- on its day -------------------------------------------------------------------------------


@pytest.mark.parametrize(("dag", "dicht"), [(LAATSTE, False), (DICHT, True), (DICHT + timedelta(days=1), True)])
def test_it_closes_the_day_after_the_last_day_to_say_a_word(dag, dicht, beantwoord):
    vraag, andere = beantwoord(), beantwoord()
    behandeling.schrijf_terug(vraag=andere, tekst="Nog iets.", op=om(ZEG, 8))
    assert loop_na(om(ZEG - timedelta(days=1))) == (0, 0)
    zeg_en_wacht(vraag)
    assert loop_na(om(dag)) == (0, int(dicht))
    assert loop_na(om(dag)) == (0, 0)
    assert stand(vraag) == (("afgesloten", None) if dicht else ("beantwoord", LAATSTE))
    assert stand(andere) == ("in_behandeling", None) or stand(andere)[0] == "nieuw"
    if dicht:
        assert (vraag.resultaat, vraag.afgesloten_op) == ("geen_reactie", om(dag))
        Bewaarregel.objects.create(naam="Jaar", maanden=12, grond="Lijst")
        over_een_jaar = date(dag.year + 1, dag.month, dag.day)
        regel = Bewaarregel.objects.get()
        assert [te_wissen(regel, d).count() for d in (over_een_jaar - timedelta(days=1), over_een_jaar)] == [0, 1]


def test_a_question_back_that_nobody_answers_closes_too(beantwoord):
    vraag = zeg_en_wacht(beantwoord("vraag_terug"))
    assert loop_na(om(DICHT)) == (0, 1)
    vraag.refresh_from_db()
    assert (vraag.staat, vraag.resultaat) == ("afgesloten", "niet_bereikt")


def test_the_worker_does_it_and_two_workers_do_it_once(beantwoord):
    vraag = beantwoord()
    for _ in range(2):
        Elke(timedelta(hours=1), "vragen-sluiten", loop_na)(om(ZEG))
    assert Gebeurtenis.objects.filter(vraag=vraag, stap="meld_sluiten").count() == 1
    assert UitgaandeMail.objects.filter(sleutel__contains="-sluit-").count() == 1


# --- who knows --------------------------------------------------------------------------------


def test_who_asked_hears_it_in_a_mail_that_says_nothing(beantwoord):
    vraag, zonder = beantwoord(), beantwoord(email="", antwoordwijze="hier")
    UitgaandeMail.objects.all().delete()
    assert loop_na(om(ZEG)) == (2, 0)
    mail = UitgaandeMail.objects.get()
    assert (mail.adres, mail.onderwerp) == ("ik@voorbeeld.example", f"Hebben we je geholpen? ({vraag.referentie})")
    assert "Zo zit het" not in mail.tekst and "/loket/opvolgen/" in mail.tekst
    assert stand(zonder) == ("beantwoord", LAATSTE)


def test_who_asked_reads_until_when_and_that_it_closed(tien, team_sociale_dienst, loket_ocmw):
    bon = ontvang(team_sociale_dienst, geregistreerd_op=ANTWOORD)
    behandeling.beantwoord(vraag=bon.vraag, tekst="Zo zit het.", door=loket_ocmw, op=ANTWOORD)
    loop_na(om(ZEG))
    browser = Client()
    browser.post("/loket/opvolgen/", {"code": bon.getoonde_code})
    pagina = browser.get("/loket/opvolgen/dossier/").content.decode()
    assert "uiterlijk op maandag 15 maart 2027" in pagina
    loop_na(om(DICHT))
    pagina = browser.get("/loket/opvolgen/dossier/").content.decode()
    assert "Je vraag sloot vanzelf" in pagina and "uiterlijk op" not in pagina
    browser.post("/loket/opvolgen/dossier/", {"tekst": "Toch nog iets."})
    assert stand(bon.vraag)[0] == "in_behandeling"


def test_the_team_sees_it_beforehand_in_a_list_and_afterwards_in_the_story(beantwoord, als, loket_ocmw, loket_gemeente):
    vraag = zeg_en_wacht(beantwoord())
    lijst = als(loket_ocmw).get("/loket/werkbank/?lijst=sluit").content.decode()
    assert vraag.referentie in lijst and "sluit na 15 mrt" in lijst and "vrager kreeg een mail" in lijst
    assert vraag.referentie not in als(loket_gemeente).get("/loket/werkbank/?lijst=sluit").content.decode()
    pad = f"/loket/werkbank/{vraag.referentie.lower()}/"
    assert "sluit deze vraag vanzelf na maandag 15 maart 2027" in als(loket_ocmw).get(pad).content.decode()
    loop_na(om(DICHT))
    pagina = als(loket_ocmw).get(pad).content.decode()
    assert "Vanzelf afgesloten: we hoorden niets meer</strong> door Het portaal" in pagina
    assert vraag.referentie not in als(loket_ocmw).get("/loket/werkbank/?lijst=sluit").content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_looking_costs_the_same(aantal, beantwoord, django_assert_num_queries):
    for _ in range(aantal):
        beantwoord()
    with django_assert_num_queries(4):
        loop_na(om(ZEG - timedelta(days=1)))
