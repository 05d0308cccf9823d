"""The duty to keep texts fresh: who must check what, who is reminded, and what a visitor sees of it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loket.acties.dienst import kijk_na
from loket.acties.versheid import aan_de_beurt, herinner, weeg_elke_dag
from loket.catalogus import versheid
from loket.models import Dienst
from loket.zoek import zoek
from loket.zoek.index import gewicht
from sociaalhuis.models import UitgaandeMail
from tests.loket.diensten import maak_dienst
from tests.loket.test_catalogusbeheer import leeg_formulier

pytestmark = pytest.mark.django_db
PAD = "/loket/nakijken/"
BRUSSEL = ZoneInfo("Europe/Brussels")


def dagen(aantal):
    return timezone.localdate() + timedelta(days=aantal)


@pytest.fixture
def maak(ocmw):
    """maak("Leefloon", -3) is a service that had to be checked three days ago; None: it never was."""

    def doe(titel, over=None, **velden):
        return maak_dienst(
            titel, bestuur=ocmw, nakijken_voor=None if over is None else dagen(over),
            nagekeken_op=None if over is None else date(2025, 3, 1), **velden,
        )  # fmt: skip

    return doe


# --- the dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dag", "aantal", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(dag, aantal, later):
    assert versheid.na_maanden(dag, aantal) == later


def test_money_is_checked_every_half_year_other_texts_every_year_or_as_often_as_staff_say():
    assert [versheid.maanden(s) for s in ("FinancieelVoordeel", "FinancieleVerplichting", "Bewijs", "")] == [
        6,
        6,
        12,
        12,
    ]
    assert Dienst(nakijken_elke=3, type="Bewijs").volgende_keer(date(2026, 1, 31)) == date(2026, 4, 30)


def test_a_text_is_stale_the_day_after_and_sinks_further_after_half_a_year():
    vandaag = date(2026, 11, 22)
    gevallen = [(None, 1.0), (vandaag, 1.0), (vandaag - timedelta(days=1), 0.95), (vandaag - timedelta(days=184), 0.9)]
    assert [(dag, versheid.factor(dag, vandaag)) for dag, _ in gevallen] == gevallen
    assert versheid.is_voorbij(None, vandaag) is False


def test_who_fills_in_when_it_was_checked_gets_the_next_day_for_free(ocmw):
    dienst = maak_dienst("Leefloon", bestuur=ocmw, type="FinancieelVoordeel", nagekeken_op=date(2026, 8, 31))
    assert dienst.nakijken_voor == date(2027, 2, 28)
    dienst.nakijken_voor = None
    dienst.save(update_fields=["titel"])
    dienst.refresh_from_db()
    assert dienst.nakijken_voor == date(2027, 2, 28)


# --- what a visitor sees --------------------------------------------------------------------------


def test_a_stale_text_says_so_on_its_page_and_in_the_results(bewoner, huis, maak):
    maak("Rolstoel lenen", -1)
    maak("Rolstoel kopen", 0)
    maak("Rolstoel huren")
    for slug, oud in (("rolstoel-lenen", True), ("rolstoel-kopen", False), ("rolstoel-huren", False)):
        html = bewoner.get(f"/loket/diensten/{slug}/").content.decode()
        assert ("Deze uitleg keken we voor het laatst na op zaterdag 1 maart 2025." in html) is oud, slug
        assert ("Bel ons gerust om zeker te zijn" in html) is oud
    assert bewoner.get("/loket/zoeken/?q=rolstoel").content.decode().count("Een tijd niet nagekeken") == 1


def test_a_stale_text_sinks_below_an_equal_one_and_comes_back_when_checked(maak):
    oud, vers = maak("Rolstoel lenen aa", -1), maak("Rolstoel lenen bb", 30)
    assert gewicht(oud) == 0.95
    assert zoek("rolstoel") == [vers, oud]
    assert kijk_na(diensten=Dienst.objects.filter(pk=oud.pk), door=None) == 1
    oud.refresh_from_db()
    assert (oud.nagekeken_op, oud.zoekrij.gewicht) == (timezone.localdate(), 1.0)
    assert oud.nakijken_voor == versheid.na_maanden(timezone.localdate(), 12)
    assert zoek("rolstoel") == [oud, vers]


def test_the_day_passes_and_the_worker_lets_it_sink(maak):
    dienst = maak("Rolstoel", 5)
    Dienst.objects.filter(pk=dienst.pk).update(nakijken_voor=dagen(-200))
    zonder_dag = maak("Loket", 5)
    Dienst.objects.filter(pk=zonder_dag.pk).update(nakijken_voor=None)
    weeg_elke_dag(timezone.now())
    dienst.zoekrij.refresh_from_db()
    zonder_dag.refresh_from_db()
    assert dienst.zoekrij.gewicht == 0.9
    assert zonder_dag.nakijken_voor == date(2026, 3, 1)


# --- the reminder ---------------------------------------------------------------------------------


def om(dag, uur):
    return datetime(2026, 11, dag, uur, 30, tzinfo=BRUSSEL)


MAANDAG = om(23, 9)


def test_no_mail_at_night_or_in_the_weekend_or_when_nothing_waits(maak, loket_ocmw):
    assert herinner(MAANDAG) == 0
    maak("Leefloon", -200, eigenaar=loket_ocmw)
    assert [herinner(moment) for moment in (om(23, 6), om(23, 18), om(21, 10), om(22, 10))] == [0, 0, 0, 0]
    assert not UitgaandeMail.objects.exists()


def test_one_mail_a_week_says_a_number_and_a_link_and_nothing_else(huis, maak, loket_ocmw):
    for titel in ("Leefloon", "Voedselpakket"):
        maak(titel, -200, eigenaar=loket_ocmw)
    assert [herinner(moment) for moment in (MAANDAG, om(23, 10), om(27, 17))] == [1, 0, 0]
    assert herinner(om(30, 9)) == 1
    mail = UitgaandeMail.objects.first()
    assert mail.aan == "loket.ocmw@proefdorp.example"
    assert mail.onderwerp == "Diensten om na te kijken"
    assert "Er wachten 2 teksten om na te kijken." in mail.tekst
    assert mail.tekst.count("/loket/nakijken/") == 1
    assert "Leefloon" not in mail.tekst


def test_the_team_is_reminded_by_its_head_and_what_nobody_owns_by_the_heads_of_the_bestuur(
    maak, loket_ocmw, loket_gemeente, team_ocmw, team_sociale_dienst, team_onthaal, gemeente
):
    maak("Van mij", -200, eigenaar=loket_ocmw)
    maak("Van het team", -200, team=team_sociale_dienst)
    maak("Van niemand")
    maak_dienst("Van de balie", bestuur=gemeente, team=team_onthaal)
    maak_dienst("Van niemand in de gemeente", bestuur=gemeente)
    gevonden = {gebruiker.naam: aantal for gebruiker, aantal in aan_de_beurt(timezone.localdate()).items()}
    assert gevonden == {"loket.ocmw": 1, "team.ocmw": 2, "loket.gemeente": 1}


def test_who_left_owns_nothing_any_more(maak, loket_ocmw, team_ocmw, team_sociale_dienst):
    maak("Van wie weg is", -200, eigenaar=loket_ocmw, team=team_sociale_dienst)
    loket_ocmw.is_active = False
    loket_ocmw.save()
    assert aan_de_beurt(timezone.localdate()) == {team_ocmw: 1}


def test_drafts_and_what_ended_wait_for_nobody(maak, loket_ocmw):
    maak("Ontwerp", -200, eigenaar=loket_ocmw, status=Dienst.Status.ONTWERP)
    maak("Voorbij", -200, eigenaar=loket_ocmw, einde=dagen(-1))
    assert aan_de_beurt(timezone.localdate()) == {}


# --- the work list --------------------------------------------------------------------------------


def titels(response):
    return [dienst.titel for dienst in response.context["pagina"].object_list]


def test_who_does_not_work_on_the_catalogue_sees_no_list(als, planner, toezicht, voedselbank, bewoner):
    for wie in (planner, toezicht, voedselbank):
        assert als(wie).get(PAD).status_code == 404
    assert bewoner.get(PAD).status_code == 302
    assert bewoner.post(PAD, {"een": "1"}).status_code == 302


def test_mine_my_teams_all_and_nobodys_the_latest_overdue_first(
    als, maak, loket_ocmw, loket_thuiszorg, team_sociale_dienst, beheer
):
    maak("Straks", 20, eigenaar=loket_ocmw)
    maak("Veel later", 40, eigenaar=loket_ocmw)
    maak("Pas", -2, eigenaar=loket_ocmw)
    maak("Lang", -200, team=team_sociale_dienst)
    maak("Nooit")
    client = als(loket_ocmw)
    assert titels(client.get(PAD)) == ["Pas", "Straks"]
    assert titels(client.get(f"{PAD}?lijst=team")) == ["Lang"]
    assert titels(client.get(f"{PAD}?lijst=alle")) == ["Nooit", "Lang", "Pas", "Straks"]
    assert titels(client.get(f"{PAD}?lijst=niemand")) == ["Nooit"]
    assert [aantal for _, _, aantal in client.get(PAD).context["lijsten"]] == [1, 1, 3, 1]
    assert titels(als(loket_thuiszorg).get(PAD)) == ["Nooit", "Lang", "Pas", "Straks"]
    assert als(beheer).get(f"{PAD}?lijst=<script>").context["lijst"] == "alle"


def test_one_button_or_a_tick_for_each_says_that_it_is_still_right(als, maak, loket_ocmw):
    een, twee, drie, vier = (maak(titel, -9, eigenaar=loket_ocmw) for titel in ("Een", "Twee", "Drie", "Vier"))
    client = als(loket_ocmw)
    response = client.post(f"{PAD}?lijst=alle", {"een": een.pk, "dienst": [vier.pk]}, follow=True)
    assert response.redirect_chain == [(f"{PAD}?lijst=alle", 302)]
    assert "1 dienst is nagekeken." in response.content.decode()
    assert (
        "2 diensten zijn nagekeken." in client.post(PAD, {"dienst": [twee.pk, drie.pk]}, follow=True).content.decode()
    )
    assert titels(client.get(PAD)) == ["Vier"]
    client.post(PAD, {"een": een.pk})  # a double click changes nothing more
    een.refresh_from_db()
    assert een.nagekeken_op == timezone.localdate()


@pytest.mark.parametrize("waarde", ["", "x", "\x00", "9" * 40, "-1", "٣", "<script>"])
def test_nonsense_is_answered_with_what_to_do(als, maak, loket_ocmw, waarde):
    maak("Een", -9, eigenaar=loket_ocmw)
    for velden in ({"een": waarde}, {"dienst": [waarde]}, {}):
        html = als(loket_ocmw).post(PAD, velden, follow=True).content.decode()
        assert "Kruis eerst aan welke teksten nog kloppen." in html


def test_the_list_asks_as_much_for_one_service_as_for_three(als, maak, loket_ocmw, team_sociale_dienst):
    client, aantallen = als(loket_ocmw), []
    client.get(PAD)
    for titel in ("Een", "Twee", "Drie"):
        maak(titel, -9, eigenaar=loket_ocmw, team=team_sociale_dienst)
        with CaptureQueriesContext(connection) as gesteld:
            client.get(PAD)
        aantallen.append(len(gesteld))
    assert len(set(aantallen)) == 1, aantallen


def test_an_empty_list_says_that_all_is_well(als, loket_ocmw):
    assert "Alles is nagekeken" in als(loket_ocmw).get(PAD).content.decode()


# --- in the admin ---------------------------------------------------------------------------------


def test_the_admin_works_out_the_next_day_and_refuses_one_to_come(als, loket_ocmw, planner, ocmw, maak):
    dienst = maak("Leefloon", -200)
    pad, client = reverse("admin:loket_dienst_change", args=[dienst.pk]), als(loket_ocmw)
    velden = leeg_formulier(bestuur=ocmw.pk, kort="Een inkomen.", eigenaar=loket_ocmw.pk)
    html = client.post(pad, {**velden, "nagekeken_op": dagen(1)}).content.decode()
    assert "Deze dag moet nog komen." in html
    assert f'value="{planner.pk}"' not in html.split('name="eigenaar"')[1].split("</select>")[0]
    client.post(pad, {**velden, "nagekeken_op": dagen(0), "nakijken_voor": dienst.nakijken_voor})
    dienst.refresh_from_db()
    assert (dienst.eigenaar, dienst.nakijken_voor) == (loket_ocmw, versheid.na_maanden(dagen(0), 12))
    client.post(pad, {**velden, "nagekeken_op": dagen(0), "nakijken_voor": dagen(3)})
    dienst.refresh_from_db()
    assert dienst.nakijken_voor == dagen(3)


def test_the_list_of_services_filters_on_what_must_be_checked(als, loket_ocmw, maak):
    maak("Laat", -1)
    maak("Op tijd", 9)
    maak("Nooit")
    client, lijst = als(loket_ocmw), reverse("admin:loket_dienst_changelist")
    for keuze, verwacht in (("te_laat", ["Laat"]), ("nooit", ["Nooit"])):
        rijen = client.get(f"{lijst}?versheid={keuze}").context["cl"].result_list
        assert [dienst.titel for dienst in rijen] == verwacht
