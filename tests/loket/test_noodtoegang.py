"""Break-glass: one hour, a second person, everything written down, and asking tells nothing."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loket.acties import noodtoegang as verbs
from loket.models import Inzage, MagNiet, Noodtoegang, Vraag
from loket.zaak import gesprek
from sociaalhuis import rollen
from sociaalhuis.models import Gebruiker, UitgaandeMail
from tests.loket.vragen import ontvang, vraag_van

PAD = "/loket/noodtoegang/"
ONBESTAAND = "2020-ZZZZZZ"


@pytest.fixture
def vraag(huis, team_sociale_dienst):
    return vraag_van(team_sociale_dienst, tekst="Kanarie-inhoud", naam="Kanarie-naam")


@pytest.fixture
def tweede_toezicht(maak_gebruiker, ocmw):
    return maak_gebruiker("toezicht.twee", rollen.TOEZICHTHOUDER, bestuur=ocmw)


def vraag_aan(referentie, door):
    return verbs.vraag_toegang(referentie=referentie, grond="gevaar", reden="Kanarie-reden", door=door)


def typ(referentie=ONBESTAAND, /, **velden):
    return {"grond": "gevaar", "reden": "Iemand belde in paniek"} | {"referentie": referentie} | velden


# --- nobody comes in alone --------------------------------------------------------------------


def test_asking_alone_opens_nothing(vraag, loket_gemeente, als):
    vraag_aan(vraag.referentie, loket_gemeente)
    assert als(loket_gemeente).get(vraag.get_absolute_url()).status_code == 404
    assert Vraag.objects.leesbaar_voor(loket_gemeente).count() == 0


@pytest.mark.parametrize("wie", ["planner", "coordinator", "beheer", "voedselbank", "superuser"])
def test_who_does_not_work_at_the_desk_cannot_even_ask(wie, vraag, als, request):
    client = als(request.getfixturevalue(wie))
    assert client.get(PAD).status_code == 404
    assert client.post(PAD, typ(vraag.referentie)).status_code == 404
    assert Noodtoegang.objects.count() == 0


def test_oversight_decides_and_never_asks(vraag, toezicht, als):
    assert als(toezicht).post(PAD, typ(vraag.referentie)).status_code == 404
    assert Noodtoegang.objects.count() == 0


@pytest.mark.parametrize("wie", ["loket_ocmw", "loket_thuiszorg", "loket_gemeente", "planner", "beheer", "superuser"])
@pytest.mark.parametrize("daad", ["ken-toe", "weiger"])
def test_others_do_not_decide(wie, daad, vraag, loket_gemeente, als, request):
    aanvraag = vraag_aan(vraag.referentie, loket_gemeente)
    client = als(request.getfixturevalue(wie))
    assert client.post(f"{PAD}{aanvraag.pk}/{daad}/").status_code == (302 if wie == "loket_gemeente" else 404)
    aanvraag.refresh_from_db()
    assert aanvraag.toegekend is None


def test_the_second_person_is_another_person(vraag, maak_gebruiker, gemeente, team_onthaal):
    """Someone with both roles still cannot say yes to their own request; the database agrees."""
    beide = maak_gebruiker(
        "beide", rollen.LOKETMEDEWERKER, rollen.TOEZICHTHOUDER, bestuur=gemeente, teams=[team_onthaal]
    )
    aanvraag = vraag_aan(vraag.referentie, beide)
    with pytest.raises(MagNiet):
        verbs.ken_toe(aanvraag=aanvraag, door=beide)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE loket_noodtoegang SET toegekend = true, beslist_door_id = door_id, beslist_op = now(),"
            " tot = now() + interval '10 minutes'"
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE loket_noodtoegang SET tot = tot + interval '1 minute'",
        "UPDATE loket_noodtoegang SET door_id = beslist_door_id",
        "UPDATE loket_noodtoegang SET vraag_id = NULL",
        "UPDATE loket_noodtoegang SET beslist_door_id = NULL",
        "UPDATE loket_noodtoegang SET grond = 'klacht'",
    ],
)
def test_the_database_refuses(sql, vraag, loket_gemeente, toezicht):
    verbs.ken_toe(aanvraag=vraag_aan(vraag.referentie, loket_gemeente), door=toezicht)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_head_of_another_team_does_not_see_the_request(vraag, loket_gemeente, maak_gebruiker, gemeente, team_onthaal):
    hoofd = maak_gebruiker("team.gemeente", rollen.TEAMVERANTWOORDELIJKE, bestuur=gemeente, teams=[team_onthaal])
    aanvraag = vraag_aan(vraag.referentie, loket_gemeente)
    assert Noodtoegang.objects.zichtbaar_voor(hoofd).count() == 0
    with pytest.raises(MagNiet):
        verbs.ken_toe(aanvraag=aanvraag, door=hoofd)


def test_an_answer_comes_once_and_in_time(vraag, loket_gemeente, toezicht, tweede_toezicht):
    aanvraag = vraag_aan(vraag.referentie, loket_gemeente)
    verbs.weiger(aanvraag=aanvraag, door=toezicht)
    with pytest.raises(MagNiet):
        verbs.ken_toe(aanvraag=aanvraag, door=tweede_toezicht)
    oud = vraag_aan(vraag.referentie, loket_gemeente)
    later = timezone.now() + timedelta(hours=25)
    assert oud not in Noodtoegang.objects.te_beslissen(later)


# --- asking tells nothing ---------------------------------------------------------------------


def test_a_missing_reference_and_one_elsewhere_look_the_same(vraag, loket_gemeente, toezicht, als):
    """Status, place, message, page and number of queries; also while it waits and when it was refused."""
    gezien = {}
    for referentie in (vraag.referentie, ONBESTAAND):
        Noodtoegang.objects.all().delete()
        client = als(loket_gemeente)
        client.get(PAD)
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            antwoord = client.post(PAD, typ(referentie))
        wacht = client.get(PAD).content.decode()
        verbs.weiger(aanvraag=Noodtoegang.objects.get(), door=toezicht)
        geweigerd = client.get(PAD).content.decode()
        gelijk = [re.sub(r'value="[\w-]{20,}"|\d\d[:.]\d\d|/noodtoegang/\d+/', "", p.replace(referentie, "REF")) for p in (wacht, geweigerd)]  # fmt: skip
        gezien[referentie] = (antwoord.status_code, antwoord["Location"], len(vragen), gelijk)
    een, ander = gezien.values()
    assert een[:3] == ander[:3] and een[3] == ander[3]


def test_mails_at_asking_are_the_same_and_the_head_is_told_later(vraag, loket_gemeente, toezicht, team_ocmw):
    for referentie in (vraag.referentie, ONBESTAAND):
        vraag_aan(referentie, loket_gemeente)
    assert list(UitgaandeMail.objects.values_list("aan", flat=True)) == [toezicht.email] * 2
    nu = timezone.now()
    verbs.meld_aan_hoofden(nu)
    verbs.meld_aan_hoofden(nu)
    mails = UitgaandeMail.objects.order_by("pk")
    assert [mail.aan for mail in mails][2:] == [team_ocmw.email]
    for mail in mails:
        for woord in ("Kanarie", vraag.referentie, ONBESTAAND, "OCMW", "noodtoegang voor", loket_gemeente.naam):
            assert woord.lower() not in (mail.onderwerp + mail.tekst).lower()


def test_what_does_not_exist_cannot_be_given(huis, loket_gemeente, toezicht, als):
    aanvraag = vraag_aan(ONBESTAAND, loket_gemeente)
    with pytest.raises(MagNiet):
        verbs.ken_toe(aanvraag=aanvraag, door=toezicht)
    assert "Er is geen vraag met deze referentie" in als(toezicht).get(PAD).content.decode()
    assert "Er is geen vraag met deze referentie" not in als(loket_gemeente).get(PAD).content.decode()


def test_not_more_than_five_in_an_hour(huis, loket_gemeente, als):
    client = als(loket_gemeente)
    codes = [client.post(PAD, typ(f"2020-AAAAA{n}")).status_code for n in range(6)]
    assert codes == [302] * 5 + [200] and Noodtoegang.objects.count() == 5


# --- the hour ---------------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["toezicht", "team_ocmw"])
def test_an_hour_of_reading_written_down_and_no_more(wie, vraag, loket_gemeente, als, request):
    client, tweede = als(loket_gemeente), als(request.getfixturevalue(wie))
    client.post(PAD, typ(vraag.referentie.lower()))
    aanvraag = Noodtoegang.objects.get()
    assert tweede.post(f"{PAD}{aanvraag.pk}/ken-toe/").status_code == 302
    aanvraag.refresh_from_db()
    assert aanvraag.tot - aanvraag.beslist_op == timedelta(hours=1)
    pagina = client.get(vraag.get_absolute_url()).content.decode()
    assert "Kanarie-inhoud" in pagina and "Je leest dit met noodtoegang" in pagina and "Stuur antwoord" not in pagina
    for stap in ("neem", "noteer", "beantwoord", "draag_over", "deel"):
        assert client.post(f"{vraag.get_absolute_url()}{stap}/", {"tekst": "x"}).status_code == 403
    assert list(Inzage.objects.values_list("door", "reden")) == [(loket_gemeente.pk, "nood")]
    assert Noodtoegang.objects.met_lezingen().get().gelezen == 1
    assert Vraag.objects.zichtbaar_voor(loket_gemeente).count() == 0
    assert Noodtoegang.objects.lopend(aanvraag.tot - timedelta(seconds=1)).count() == 1
    assert Noodtoegang.objects.lopend(aanvraag.tot).count() == 0


def test_after_the_hour_the_door_is_shut(vraag, loket_gemeente, toezicht, als, monkeypatch):
    verbs.ken_toe(aanvraag=vraag_aan(vraag.referentie, loket_gemeente), door=toezicht)
    straks = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("loket.models.noodtoegang.timezone.now", lambda: straks)
    assert als(loket_gemeente).get(vraag.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("wie", ["loket_gemeente", "toezicht", "team_ocmw"])
def test_it_can_be_stopped_at_once(wie, vraag, loket_gemeente, toezicht, als, request):
    aanvraag = verbs.ken_toe(aanvraag=vraag_aan(vraag.referentie, loket_gemeente), door=toezicht)
    als(request.getfixturevalue(wie)).post(f"{PAD}{aanvraag.pk}/stop/")
    assert als(loket_gemeente).get(vraag.get_absolute_url()).status_code == 404
    with pytest.raises(MagNiet):
        verbs.stop(aanvraag=aanvraag, door=toezicht)


def test_it_opens_that_one_question_for_that_one_person(vraag, loket_gemeente, maak_gebruiker, gemeente, team_onthaal, toezicht, team_sociale_dienst):  # fmt: skip
    andere = vraag_van(team_sociale_dienst, tekst="Andere")
    collega = maak_gebruiker("collega", rollen.LOKETMEDEWERKER, bestuur=gemeente, teams=[team_onthaal])
    verbs.ken_toe(aanvraag=vraag_aan(vraag.referentie, loket_gemeente), door=toezicht)
    assert list(Vraag.objects.leesbaar_voor(loket_gemeente)) == [vraag]
    assert list(Vraag.objects.leesbaar_voor(collega)) == []
    assert andere.pk not in Vraag.objects.leesbaar_voor(loket_gemeente).values_list("pk", flat=True)


def test_who_loses_the_role_loses_the_hour(vraag, loket_gemeente, toezicht):
    verbs.ken_toe(aanvraag=vraag_aan(vraag.referentie, loket_gemeente), door=toezicht)
    loket_gemeente.groups.clear()
    assert Vraag.objects.leesbaar_voor(Gebruiker.objects.get(pk=loket_gemeente.pk)).count() == 0


def test_the_trail_and_the_one_who_asked_are_told(huis, team_sociale_dienst, loket_gemeente, loket_ocmw, toezicht, als, bewoner):  # fmt: skip
    bon = ontvang(team_sociale_dienst, tekst="Mijn vraag")
    verbs.ken_toe(aanvraag=vraag_aan(bon.vraag.referentie, loket_gemeente), door=toezicht)
    als(loket_gemeente).get(bon.vraag.get_absolute_url())
    regels = [wat for _, wie, wat in gesprek.spoor(bon.vraag) if wie == "loket.gemeente"]
    assert regels == ["Las: dossier (noodtoegang: er is gevaar voor iemand)"]
    assert (
        "Noodtoegang gegeven voor een uur"
        in als(loket_ocmw).get(f"{bon.vraag.get_absolute_url()}spoor/").content.decode()
    )
    assert "Noodtoegang voor loket.gemeente" in als(loket_ocmw).get(bon.vraag.get_absolute_url()).content.decode()
    bewoner.post("/loket/opvolgen/", {"code": bon.code})
    pagina = bewoner.get("/loket/opvolgen/dossier/").content.decode()
    assert "kreeg voor hoogstens een uur noodtoegang: er is gevaar voor iemand" in pagina
    assert "Een medewerker met noodtoegang, goedgekeurd door een tweede persoon" in pagina
    assert "loket.gemeente" not in pagina and "Kanarie-reden" not in pagina


def test_what_you_may_read_already_needs_no_emergency(vraag, loket_ocmw, als):
    antwoord = als(loket_ocmw).post(PAD, typ(vraag.referentie))
    assert list(antwoord.context["form"].errors) == ["referentie"] and Noodtoegang.objects.count() == 0


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("referentie", ""), ("referentie", "x"), ("referentie", "2020-ZZZZZZ' OR 1=1"), ("referentie", "\u202e2020"),
        ("referentie", "9" * 5000), ("grond", "zomaar"), ("reden", ""), ("reden", "x" * 1001), ("reden", "a\x00b"),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_the_rest_stays(veld, waarde, huis, loket_gemeente, als):
    antwoord = als(loket_gemeente).post(PAD, typ(**{veld: waarde}))
    assert antwoord.status_code == 200 and list(antwoord.context["form"].errors) == [veld]
    assert veld == "reden" or "Iemand belde in paniek" in antwoord.content.decode()
    assert Noodtoegang.objects.count() == 0


def test_the_list_costs_the_same_with_more_rows(huis, loket_gemeente, toezicht, als, django_assert_num_queries):
    client = als(toezicht)
    for aantal in (1, 3):
        while Noodtoegang.objects.count() < aantal:
            aanvraag = vraag_aan(ONBESTAAND, loket_gemeente)
            vraag_aan(ONBESTAAND, loket_gemeente)
            verbs.weiger(aanvraag=aanvraag, door=toezicht)
        client.get(PAD)
        with CaptureQueriesContext(connection) as nu:
            client.get(PAD)
        if aantal == 1:
            eerst = len(nu)
    assert len(nu) == eerst
