"""The desk: who sees which question, that reading leaves a trace, and two people at once."""

import re
import threading

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.utils import timezone

from loket.acties import behandeling, inzage, samenvoegen
from loket.models import Bericht, Inzage, Overdracht, Vraag
from loket.models.staat import Stap
from loket.werkbank import werklijst
from sociaalhuis.keuring.bijlagen import Schoon
from sociaalhuis.models import Gebruiker
from tests.loket.vragen import gewone_dag, vraag_van


@pytest.fixture
def vraag(huis, team_sociale_dienst):
    return vraag_van(team_sociale_dienst, tekst="Kanarie-inhoud", naam="Kanarie-naam")


def adres(vraag, rest=""):
    return vraag.get_absolute_url() + rest


# --- who comes in -----------------------------------------------------------------------------

BUITENSTAANDERS = ["planner", "coordinator", "beheer", "toezicht", "voedselbank", "superuser"]
COLLEGAS = ["loket_thuiszorg", "loket_gemeente"]


@pytest.mark.parametrize("rest", ["", "spoor/", "bijlage/1/"])
@pytest.mark.parametrize("wie", [*BUITENSTAANDERS, *COLLEGAS])
def test_not_yours_is_the_same_404_as_missing(wie, rest, vraag, als, request):
    client = als(request.getfixturevalue(wie))
    antwoord = client.get(adres(vraag, rest))
    ontbreekt = client.get("/loket/werkbank/2020-zzzzzz/" + rest)
    assert (antwoord.status_code, ontbreekt.status_code) == (404, 404)
    assert "Kanarie" not in antwoord.content.decode()
    assert Inzage.objects.count() == 0


@pytest.mark.parametrize("stap", [*Stap.values, "bestaat_niet"])
@pytest.mark.parametrize("wie", [*BUITENSTAANDERS, *COLLEGAS])
def test_not_yours_cannot_be_changed(wie, stap, vraag, als, request):
    antwoord = als(request.getfixturevalue(wie)).post(adres(vraag, f"{stap}/"), {"tekst": "x", "resultaat": "geholpen"})
    assert antwoord.status_code == 404
    assert Vraag.objects.get().versie == vraag.versie


@pytest.mark.parametrize("wie", BUITENSTAANDERS)
@pytest.mark.parametrize("pad", ["/loket/werkbank/", "/loket/werkbank/nieuw/"])
def test_the_desk_is_for_the_desk(wie, pad, huis, als, request):
    assert als(request.getfixturevalue(wie)).get(pad).status_code == 404


@pytest.mark.parametrize("pad", ["", "nieuw/", "2020-zzzzzz/"])
def test_without_login_to_the_door(pad, huis, bewoner):
    antwoord = bewoner.get("/loket/werkbank/" + pad)
    assert antwoord.status_code == 302 and antwoord["Location"].startswith("/account/")


@pytest.mark.parametrize("stap", ["neem", "beantwoord", "draag_over"])
def test_reading_an_address_changes_nothing(stap, vraag, als, loket_ocmw):
    assert als(loket_ocmw).get(adres(vraag, f"{stap}/")).status_code == 405


def test_who_may_not_assign_gets_a_403(vraag, als, loket_ocmw, team_ocmw):
    antwoord = als(loket_ocmw).post(adres(vraag, "wijs_toe/"), {"naar": team_ocmw.pk, "versie": 1})
    assert antwoord.status_code == 403
    assert Vraag.objects.get().behandelaar is None


# --- reading leaves a trace -------------------------------------------------------------------


def test_reading_a_case_is_written_with_its_reason(vraag, als, loket_ocmw, team_ocmw):
    antwoord = als(loket_ocmw).get(adres(vraag))
    assert "Kanarie-inhoud" in antwoord.content.decode() and "no-store" in antwoord["Cache-Control"]
    behandeling.neem(vraag=vraag, door=loket_ocmw)
    als(loket_ocmw).get(adres(vraag))
    als(team_ocmw).get(adres(vraag))
    assert list(Inzage.objects.order_by("pk").values_list("door__naam", "pagina", "reden")) == [
        ("loket.ocmw", "dossier", "opnemen"),
        ("loket.ocmw", "dossier", "behandelaar"),
        ("team.ocmw", "dossier", "verdelen"),
    ]


def test_no_trace_means_no_page(vraag, als, loket_ocmw):
    """The database cannot write the trace of reading: then nothing of the case is shown."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE loket_inzage ADD CONSTRAINT vol CHECK (false) NOT VALID")
    client = als(loket_ocmw)
    with pytest.raises(DatabaseError):
        client.get(adres(vraag))


@pytest.mark.django_db(transaction=True)
def test_a_case_is_not_read_outside_a_transaction(vraag, loket_ocmw):
    with pytest.raises(inzage.ZonderSpoor):
        inzage.lees(referentie=vraag.referentie, door=loket_ocmw, pagina="dossier")


@pytest.mark.django_db(transaction=True)
def test_when_the_trace_fails_at_the_end_the_visitor_sees_an_error(vraag, loket_ocmw):
    """The commit itself fails: the page was made, and is still not sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION weiger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'vol'; END $$;"
            "CREATE CONSTRAINT TRIGGER weiger AFTER INSERT ON loket_inzage DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION weiger()"
        )
    try:
        client = Client(raise_request_exception=False)
        client.force_login(loket_ocmw)
        antwoord = client.get(adres(vraag))
        assert antwoord.status_code == 500 and "Kanarie" not in antwoord.content.decode()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER weiger ON loket_inzage; DROP FUNCTION weiger()")


def test_a_failed_step_that_shows_the_case_again_is_a_reading(vraag, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(adres(vraag, "beantwoord/"), {"tekst": "", "versie": 1})
    assert "Kanarie-inhoud" in antwoord.content.decode()
    assert antwoord.context["form"].errors["tekst"] == ["Schrijf hier je bericht."]
    assert list(Inzage.objects.values_list("door", "pagina")) == [(loket_ocmw.pk, "dossier")]


def test_downloading_a_file_is_a_reading(huis, team_sociale_dienst, als, loket_ocmw, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    vraag = vraag_van(team_sociale_dienst, bijlagen=[Schoon("brief.pdf", "application/pdf", b"%PDF-inhoud")])
    antwoord = als(loket_ocmw).get(adres(vraag, f"bijlage/{vraag.bijlagen.get().pk}/"))
    assert (antwoord.content, antwoord["Content-Type"]) == (b"%PDF-inhoud", "application/pdf")
    assert antwoord["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert antwoord["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert list(Inzage.objects.values_list("pagina", flat=True)) == ["bijlage"]


def test_lists_and_the_trail_show_no_content_and_leave_no_trace(vraag, als, loket_ocmw):
    client = als(loket_ocmw)
    for pad in ("/loket/werkbank/", f"/loket/werkbank/?q={vraag.referentie}", adres(vraag, "spoor/")):
        pagina = client.get(pad).content.decode()
        assert vraag.referentie in pagina and "Kanarie" not in pagina, pad
    assert Inzage.objects.count() == 0


# --- two people at once -----------------------------------------------------------------------


def test_an_answer_after_a_colleague_is_kept_on_the_page(vraag, als, loket_ocmw, team_ocmw):
    behandeling.beantwoord(vraag=vraag, tekst="Ik was eerst", door=team_ocmw)
    client = als(loket_ocmw)
    antwoord = client.post(adres(vraag, "beantwoord/"), {"tekst": "Lang getypt antwoord", "versie": 1})
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert behandeling.ONDERTUSSEN in pagina and "Lang getypt antwoord" in pagina and "Ik was eerst" in pagina
    assert [b.tekst for b in Vraag.objects.get().berichten.all()] == ["Ik was eerst"]
    opnieuw = {"tekst": "Lang getypt antwoord", "versie": antwoord.context["form"]["versie"].value()}
    assert client.post(adres(vraag, "beantwoord/"), opnieuw).status_code == 302
    assert [b.tekst for b in Vraag.objects.get().berichten.all()] == ["Ik was eerst", "Lang getypt antwoord"]


@pytest.mark.django_db(transaction=True)
def test_a_case_that_left_the_team_keeps_what_was_typed(vraag, als, loket_ocmw, team_ocmw, team_onthaal, monkeypatch):
    """Someone else hands it over between the look through the door and the lock on the row."""
    op_slot = behandeling._op_slot

    def ander():
        behandeling.draag_over(vraag=vraag, team=team_onthaal, reden="Voor onthaal", door=team_ocmw)
        connections.close_all()

    def even_later(*args, **opties):
        monkeypatch.setattr(behandeling, "_op_slot", op_slot)
        draad = threading.Thread(target=ander)
        draad.start()
        draad.join()
        return op_slot(*args, **opties)

    client = als(loket_ocmw)
    monkeypatch.setattr(behandeling, "_op_slot", even_later)
    antwoord = client.post(adres(vraag, "beantwoord/"), {"tekst": "Lang getypt", "versie": 1})
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 409 and "Lang getypt" in pagina and "Kanarie" not in pagina
    assert (Bericht.objects.count(), Inzage.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_answer_in_the_same_second(vraag, loket_ocmw, team_ocmw):
    codes, start = [], threading.Barrier(2)

    def antwoord(pk):
        client = Client()
        client.force_login(Gebruiker.objects.get(pk=pk))
        start.wait()
        codes.append(client.post(adres(vraag, "beantwoord/"), {"tekst": f"Van {pk}", "versie": 1}).status_code)
        connections.close_all()

    draden = [threading.Thread(target=antwoord, args=(wie.pk,)) for wie in (loket_ocmw, team_ocmw)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(codes) == [302, 409]
    assert Bericht.objects.count() == 1


# --- the work ---------------------------------------------------------------------------------


def test_a_question_from_new_to_closed(vraag, als, loket_ocmw):
    client = als(loket_ocmw)

    def doe(stap, **velden):
        antwoord = client.post(adres(vraag, f"{stap}/"), {"versie": Vraag.objects.get().versie, **velden})
        assert antwoord["Location"] == adres(vraag), stap
        return Vraag.objects.get()

    assert doe("neem").behandelaar == loket_ocmw
    assert doe("noteer", tekst="Intern").notities.get().tekst == "Intern"
    assert doe("vraag_terug", tekst="Hoeveel huur?").staat == "wacht_op_vrager"
    assert doe("stuur_bericht", tekst="We wachten").staat == "wacht_op_vrager"
    assert doe("beantwoord", tekst="Zo zit het").staat == "beantwoord"
    klaar = doe("sluit_af", resultaat="geholpen")
    assert (klaar.staat, klaar.resultaat, klaar.afgesloten_op is not None) == ("afgesloten", "geholpen", True)
    assert doe("heropen").staat == "in_behandeling"
    pagina = client.get(adres(vraag)).content.decode()
    for woord in ("Intern", "Hoeveel huur?", "We wachten", "Zo zit het", "Heropend"):
        assert woord in pagina


def test_handing_over_leaves_the_desk_and_is_told_there(vraag, als, loket_ocmw, loket_gemeente, team_onthaal):
    client = als(loket_ocmw)
    zonder_reden = client.post(adres(vraag, "draag_over/"), {"team": team_onthaal.pk, "versie": 1})
    assert list(zonder_reden.context["form"].errors) == ["reden"]
    antwoord = client.post(adres(vraag, "draag_over/"), {"team": team_onthaal.pk, "reden": "Voor wonen", "versie": 1})
    assert antwoord["Location"] == "/loket/werkbank/?lijst=team"
    assert client.get(adres(vraag)).status_code == 404
    assert "Voor wonen" in als(loket_gemeente).get(adres(vraag)).content.decode()
    assert Overdracht.objects.get().door == loket_ocmw


def test_the_head_of_the_team_assigns(vraag, als, team_ocmw, loket_ocmw, loket_thuiszorg):
    client = als(team_ocmw)
    fout = client.post(adres(vraag, "wijs_toe/"), {"naar": loket_thuiszorg.pk, "versie": 1})
    assert list(fout.context["form"].errors) == ["naar"]
    client.post(adres(vraag, "wijs_toe/"), {"naar": loket_ocmw.pk, "versie": 1})
    assert Vraag.objects.get().behandelaar == loket_ocmw


def test_quarantine_is_a_list_of_its_own(huis, team_sociale_dienst, als, loket_ocmw):
    verdacht = vraag_van(team_sociale_dienst, valstrik="x")
    client = als(loket_ocmw)
    assert list(client.get("/loket/werkbank/").context["pagina"]) == []
    assert list(client.get("/loket/werkbank/?lijst=quarantaine").context["pagina"]) == [verdacht]
    client.post(adres(verdacht, "laat_door/"), {"versie": 1})
    assert list(client.get("/loket/werkbank/?lijst=nieuw").context["pagina"]) == [verdacht]


def test_lists_count_and_filter_only_own_questions(
    huis, thema, gebied, team_sociale_dienst, team_thuiszorg, team_onthaal, als, loket_ocmw
):
    mijn = vraag_van(team_sociale_dienst, thema=thema, tekst="1")
    laat = vraag_van(team_sociale_dienst, gebied=gebied, geregistreerd_op=timezone.now() - timezone.timedelta(days=30))
    wacht = vraag_van(team_sociale_dienst, tekst="3")
    for ander in (team_thuiszorg, team_onthaal):
        vraag_van(ander, thema=thema)
    behandeling.neem(vraag=mijn, door=loket_ocmw)
    behandeling.vraag_terug(vraag=wacht, tekst="?", door=loket_ocmw)
    client = als(loket_ocmw)

    def lijst(zoek):
        return set(client.get("/loket/werkbank/" + zoek).context["pagina"])

    assert lijst("") == {mijn, laat, wacht}
    assert list(client.get("/loket/werkbank/").context["pagina"]) == [laat, mijn, wacht]
    assert lijst("?lijst=nieuw") == {laat}
    assert lijst("?lijst=mij") == {mijn, wacht}
    assert lijst("?lijst=laat") == {laat}
    assert lijst("?lijst=wacht") == {wacht}
    assert lijst("?thema=geld") == {mijn}
    assert lijst("?gebied=proefdorp") == {laat}
    assert lijst("?kanaal=balie") == set()
    assert lijst(f"?q={laat.referentie.lower()}") == lijst(f"?q={laat.referentie[5:]}") == {laat}
    tellingen = werklijst.tellingen(loket_ocmw)
    assert tellingen == {
        "nieuw": 1, "mij": 2, "team": 3, "wacht": 1, "laat": 1, "geparkeerd": 0, "gedeeld": 0, "verwijzing": 0, "beantwoord": 0,
        "quarantaine": 0, "sluit": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "zoek", ["?q=%00", "?q=' OR 1=1", "?lijst=x", "?thema=zzz", "?pagina=x", "?pagina=999999999999999999999"]
)
def test_odd_addresses_break_nothing(zoek, vraag, als, loket_ocmw):
    assert als(loket_ocmw).get("/loket/werkbank/" + zoek).status_code == 200


@pytest.mark.parametrize("versie", ["", "x", "-1", "99999999999999"])
def test_an_odd_version_breaks_nothing(versie, vraag, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(adres(vraag, "neem/"), {"versie": versie})
    assert antwoord.status_code in (200, 302, 409)


# --- folded steps -----------------------------------------------------------------------------


@pytest.mark.parametrize("doe", ["", "wijs_toe", "heropen", "beantwoord", "bestaat_niet", "\x00", "x" * 5000])
def test_a_step_that_is_not_there_opens_nothing(doe, vraag, als, loket_ocmw):
    antwoord = als(loket_ocmw).get(adres(vraag), {"doe": doe})
    assert antwoord.status_code == 200
    assert [rij["stap"] for rij in antwoord.context["vouwen"] if rij["formulier"]] == []


def test_the_address_opens_one_step_and_one_may_type_at_once(vraag, als, loket_ocmw):
    client = als(loket_ocmw)
    dicht = client.get(adres(vraag), {"uit": "lijst=mij"})
    assert "autofocus" not in dicht.content.decode()
    assert [rij["stap"] for rij in dicht.context["vouwen"]] == [
        "noteer", "parkeer", "deel_in", "sluit_af", "draag_over", "splits", "voeg_samen", "koppel", "deel",
    ]  # fmt: skip
    link = f'href="{adres(vraag)}?uit=lijst%3Dmij&amp;doe=draag_over"'
    assert link in dicht.content.decode()
    open_ = client.get(adres(vraag), {"uit": "lijst=mij", "doe": "draag_over"})
    assert [rij["stap"] for rij in open_.context["vouwen"] if rij["formulier"]] == ["draag_over"]
    pagina = open_.content.decode()
    assert link not in pagina
    assert pagina.count("autofocus") == 1
    assert re.search(r'<select name="team"[^>]* autofocus', pagina)
    assert f'action="{adres(vraag)}draag_over/"' in pagina


def test_a_step_that_did_not_go_through_stays_open_with_what_was_typed(vraag, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(adres(vraag, "draag_over/"), {"reden": "Kanarie-reden", "versie": 0})
    assert [rij["stap"] for rij in antwoord.context["vouwen"] if rij["formulier"]] == ["draag_over"]
    pagina = antwoord.content.decode()
    assert "Kanarie-reden" in pagina
    assert "Kies een team." in pagina
    assert f'href="{adres(vraag)}?doe=noteer"' in pagina  # not under the address of the step, which takes no GET


@pytest.mark.parametrize("stap", ["neem", "heropen", "laat_door"])
def test_a_button_that_came_too_late_says_so(stap, vraag, als, loket_ocmw):
    Vraag.objects.filter(pk=vraag.pk).update(versie=7)
    antwoord = als(loket_ocmw).post(adres(vraag, f"{stap}/"), {"versie": 3})
    assert antwoord.status_code == 409
    assert antwoord.content.decode().count('class="foutenlijst"') == 1


# --- what it costs ----------------------------------------------------------------------------


def test_the_inbox_costs_the_same_with_more_rows(
    huis, thema, team_sociale_dienst, als, loket_ocmw, django_assert_num_queries
):
    client = als(loket_ocmw)
    for aantal in (1, 3):
        while Vraag.objects.count() < aantal:
            vraag_van(team_sociale_dienst, thema=thema, tekst=str(Vraag.objects.count()))
        client.get("/loket/werkbank/")
        with django_assert_num_queries(16):
            client.get("/loket/werkbank/")


def test_a_case_costs_the_same_with_more_messages(vraag, als, loket_ocmw, django_assert_num_queries):
    client = als(loket_ocmw)
    behandeling.neem(vraag=vraag, door=loket_ocmw)
    dag = gewone_dag()
    for aantal in (1, 3):
        while vraag.berichten.count() < aantal:
            behandeling.stuur_bericht(vraag=vraag, tekst="Bericht", door=loket_ocmw)
            behandeling.noteer(vraag=vraag, tekst="Notitie", door=loket_ocmw)
        client.get(adres(vraag), **dag)
        with django_assert_num_queries(9):
            client.get(adres(vraag), **dag)


def test_a_case_with_merged_ones_opened_from_a_list(vraag, als, loket_ocmw, django_assert_num_queries):
    """Two of these are a savepoint; the front of the portal asks one more."""
    client, dag = als(loket_ocmw), gewone_dag()
    for tekst in ("erbij", "nog een"):
        mee = vraag_van(vraag.team, tekst=tekst)
        vraag.refresh_from_db()
        samenvoegen.voeg_samen(vraag=vraag, met=mee, door=loket_ocmw, versie=vraag.versie)
    for _ in range(2):
        client.get(adres(vraag, "?uit=lijst%3Dteam"), **dag)
    with django_assert_num_queries(12):
        pagina = client.get(adres(vraag, "?uit=lijst%3Dteam"), **dag).content.decode()
    assert "Hoort samen" in pagina
