"""The partners as the desk sees them, their lead times, and the file that a partner takes along."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from loket.acties import verwijzing as verbs
from loket.acties.capaciteit import zeg_capaciteit
from loket.cijfers import partners as cijfers
from loket.cijfers.periode import Periode
from loket.models import Doorverwijzing, Inzage, Verwijscijfer
from sociaalhuis.models import Organisatie
from tests.loket.verwijzingen import voorstel, zaak_van
from tests.loket.vragen import gewone_dag

LIJST = "/loket/werkbank/partners/"
BESTAND = "/loket/partner/doorverwijzingen."
JAAR = Periode(date(2027, 1, 1), 12)


def einde(organisatie, aantal=1, maand=date(2027, 2, 1), **velden):
    """So many referrals that ended, as the house counts them."""
    vast = {"uitkomst": "bevestigd", "dagen_tot_verzonden": 1, "dagen_tot_aanvaard": 3, "dagen_tot_einde": 20, "werkdagen_tot_antwoord": 2, "gekomen": True}  # fmt: skip
    Verwijscijfer.objects.bulk_create(
        [Verwijscijfer(organisatie=organisatie, maand=maand, **{**vast, **velden}) for _ in range(aantal)]
    )


NEE = {"dagen_tot_aanvaard": None, "gekomen": None}
STIL = {**NEE, "uitkomst": "verlopen", "reden": "geen_antwoord", "werkdagen_tot_antwoord": None}
WEIGERT = {**NEE, "uitkomst": "geweigerd", "reden": "vol", "werkdagen_tot_antwoord": 6}


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["planner", "voedselbank", "superuser", "andere_partner"])
def test_who_does_not_work_at_the_desk_finds_nothing(wie, huis, organisatie, als, request):
    client = als(request.getfixturevalue(wie))
    for pad in (LIJST, f"{LIJST}voedselbank/"):
        assert client.get(pad).status_code == 404


def test_without_login_to_the_door(huis, organisatie, bewoner):
    for pad in (LIJST, f"{LIJST}voedselbank/"):
        assert bewoner.get(pad)["Location"].startswith("/account/")


@pytest.mark.parametrize("rest", ["bestaat-niet/", "caw/"])
def test_what_was_not_checked_is_not_there(huis, andere_organisatie, als, loket_ocmw, rest):
    Organisatie.objects.update(erkend_op=None)
    assert als(loket_ocmw).get(LIJST + rest).status_code == 404


@pytest.mark.parametrize("wie", ["loket_gemeente", "loket_thuiszorg"])
def test_states_are_counted_of_own_cases_only(wie, verwijs, als, request, loket_ocmw):
    verwijs("verzonden")
    html = als(loket_ocmw).get(f"{LIJST}voedselbank/").content.decode()
    assert "Verzonden" in html.split("Van jullie teams")[1]
    ander = als(request.getfixturevalue(wie)).get(f"{LIJST}voedselbank/").content.decode()
    assert "Er loopt nu geen doorverwijzing van jullie teams." in ander
    assert not Inzage.objects.exists() and "anarie-" not in html


def test_who_steers_sees_figures_and_no_cases(verwijs, als, coordinator):
    verwijs("verzonden")
    html = als(coordinator).get(f"{LIJST}voedselbank/").content.decode()
    assert "Hoe gaat doorverwijzen?" in html and "Van jullie teams" not in html


@pytest.mark.parametrize("staart", ["?vraag=%00", "?vraag=" + "x" * 5000, "?pagina=zzz", "?vraag=2027-ZZZZZZ"])
def test_odd_addresses_break_nothing(huis, organisatie, als, loket_ocmw, staart):
    for pad in (LIJST, f"{LIJST}voedselbank/"):
        assert als(loket_ocmw).get(pad + staart).status_code == 200


# --- lead times -----------------------------------------------------------------------------------


def test_few_are_not_shown(organisatie):
    einde(organisatie, 4)
    assert cijfers.per_partner(JAAR)[organisatie.pk].cellen == ("< 5", "< 5", "< 5", "< 5", "< 5", "< 5")
    assert cijfers.Doorlooptijd().cellen == (None, None, None, None, None, None)


def test_what_is_counted_and_what_not(organisatie, andere_organisatie):
    einde(organisatie, 5)
    einde(organisatie, 2, **WEIGERT)
    einde(organisatie, 2, **STIL)
    einde(organisatie, 1, gekomen=False, uitkomst="niet_geholpen", reden="niet_gekomen")
    einde(organisatie, 9, maand=date(2026, 12, 1))  # another year
    einde(organisatie, 9, dagen_tot_verzonden=None)  # never sent
    einde(andere_organisatie, 5, **STIL)
    gevonden = cijfers.per_partner(JAAR)
    assert gevonden[organisatie.pk].cellen == (10, 2, 60, 20, 20, 83)
    assert gevonden[andere_organisatie.pk].cellen == (5, None, 0, 0, 100, None)


def test_the_table_names_partners_and_comes_in_every_file(huis, organisatie, als, team_ocmw):
    einde(organisatie, 6, maand=timezone.localdate().replace(day=1))
    Organisatie.objects.update(naam="=cmd|' /C calc'!A0")
    client = als(team_ocmw)
    pagina = client.get("/loket/werkbank/cijfers/")
    assert "Doorverwezen per partner" in pagina.content.decode() and f'href="{LIJST}"' in pagina.content.decode()
    nummer = len(pagina.context["verslag"].tabellen)
    rijen = client.get(f"/loket/werkbank/cijfers/{nummer}.csv").content.decode("utf-8-sig").splitlines()
    assert rijen[1] == "'=cmd|' /C calc'!A0;6;2;100;0;0;100"
    boek = load_workbook(io.BytesIO(client.get("/loket/werkbank/cijfers/verslag.xlsx").content))
    cel = boek.worksheets[-1]["A4"]
    assert (cel.data_type, cel.quotePrefix, boek.worksheets[-1]["B4"].value) == ("s", True, 6)


def test_an_answer_is_counted_in_working_days(verwijs, partner, nu):
    nu("2027-03-05T10:00")  # a Friday
    verwijzing = verwijs("verzonden", geldig_tot=date(2027, 4, 1))
    nu("2027-03-09T10:00")
    verbs.aanvaard(verwijzing=verwijzing, door=partner)
    nu("2027-03-19T10:00")
    verbs.help_niet(verwijzing=Doorverwijzing.objects.get(), reden="niet_gekomen", door=partner)
    cijfer = Verwijscijfer.objects.get()
    assert (cijfer.werkdagen_tot_antwoord, cijfer.gekomen) == (2, False)


@pytest.mark.parametrize(
    ("staat", "doe", "dagen", "gekomen"),
    [
        ("verzonden", lambda v, p: verbs.weiger(verwijzing=v, reden="vol", door=p), 0, None),
        ("verzonden", lambda v, p: verbs.verloop(verwijzing=v, reden="geen_antwoord"), None, None),
        ("aangekomen", lambda v, p: verbs.help_niet(verwijzing=v, reden="aanbod", door=p), 0, True),
        ("geholpen", lambda v, p: verbs.bevestig(verwijzing=v, door=None), 0, True),
    ],
)
def test_every_end_says_what_is_known(staat, doe, dagen, gekomen, verwijs, partner):
    doe(verwijs(staat), partner)
    cijfer = Verwijscijfer.objects.get()
    assert (cijfer.werkdagen_tot_antwoord, cijfer.gekomen) == (dagen, gekomen)


# --- the pages ------------------------------------------------------------------------------------


def test_the_page_of_one_partner(verwijs, partner, organisatie, zaak, als, loket_ocmw):
    verwijs("verzonden")
    zeg_capaciteit(organisatie=organisatie, dienst=None, vrije_plaatsen=3, wachttijd=10, opmerking="Bel eerst", door=partner)  # fmt: skip
    vorige = Periode(timezone.localdate().replace(day=1), 1).vorige().van
    einde(organisatie, 5, maand=vorige)
    client = als(loket_ocmw)
    html = client.get(f"{LIJST}voedselbank/?vraag={zaak.referentie}").content.decode()
    for stuk in ("3 vrije plaatsen", "Wachttijd 10 dagen", "Bel eerst", "100 %",
                 f"Kies een partner voor {zaak.referentie}", "Volgt doorverwijzingen hier op."):  # fmt: skip
        assert stuk in html
    kies = client.get(f"/loket/werkbank/{zaak.referentie.lower()}/doorverwijzen/?alle=1").content.decode()
    assert f"{LIJST}voedselbank/?vraag={zaak.referentie}" in kies
    lijst = client.get("/loket/werkbank/doorverwijzingen/?lijst=lopend&partner=voedselbank").content.decode()
    assert zaak.referentie in lijst and "Alleen naar" in lijst
    for ander in ("bestaat-niet", "\x00", "x" * 500):
        assert client.get("/loket/werkbank/doorverwijzingen/", {"partner": ander}).status_code == 200


def test_only_of_that_partner(verwijs, andere_organisatie, zaak, als, loket_ocmw):
    verwijs("verzonden")
    lijst = als(loket_ocmw).get("/loket/werkbank/doorverwijzingen/?partner=caw").content.decode()
    assert zaak.referentie not in lijst


@pytest.mark.parametrize("pad", [LIJST, f"{LIJST}voedselbank/"])
def test_the_pages_cost_the_same_with_more_rows(pad, verwijs, organisatie, als, loket_ocmw):
    verwijs("verzonden")
    client, dag, keren = als(loket_ocmw), gewone_dag(), []
    for aantal in (1, 3):
        for nummer in range(aantal):
            Organisatie.objects.get_or_create(code=f"o{nummer}", defaults={"naam": f"O {nummer}", "soort": "vzw", "erkend_op": timezone.now()})  # fmt: skip
        einde(organisatie, aantal)
        client.get(pad, **dag)
        with CaptureQueriesContext(connection) as vragen:
            client.get(pad, **dag)
        keren.append(len(vragen))
    assert keren[0] == keren[1]


# --- the file of a partner ------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["loket_ocmw", "superuser", "toezicht", "andere_partner", "planner"])
@pytest.mark.parametrize("soort", ["csv", "xlsx"])
def test_a_file_of_another_partner_holds_nothing(wie, soort, verwijs, als, request):
    verwijs("verzonden")
    antwoord = als(request.getfixturevalue(wie)).post(BESTAND + soort)
    if wie == "andere_partner":
        assert b"anarie-" not in antwoord.content and antwoord.content
    else:
        assert antwoord.status_code == 404
    assert not Inzage.objects.exists()


def test_a_file_is_asked_with_a_button(verwijs, als, partner):
    verwijs("verzonden")
    assert als(partner).get(BESTAND + "csv").status_code == 405
    assert als(partner).post(BESTAND + "exe").status_code == 404
    assert not Inzage.objects.exists()


def lees_csv(antwoord):
    return list(csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_what_is_shared_now_and_each_reading_is_written(
    verwijs, als, partner, organisatie, loket_ocmw, team_sociale_dienst
):
    lopend = verwijs("aanvaard")
    zaak = zaak_van(team_sociale_dienst, tekst="Kanarie-twee", naam="=HYPERLINK(1)")
    geweigerd = voorstel(zaak, organisatie, loket_ocmw)
    Doorverwijzing.objects.filter(pk=geweigerd.pk).update(
        akkoord_op=timezone.now(), akkoord_hoe="code", akkoord_velden=["naam"], verzonden_op=timezone.now(),
        staat="geweigerd", reden="vol", beeindigd_op=timezone.now(),
    )  # fmt: skip
    client = als(partner)
    nieuw, oud = sorted(lees_csv(client.post(BESTAND + "csv")), key=lambda rij: rij["Staat"])
    assert (nieuw["Referentie"], nieuw["Naam"], nieuw["E-mailadres"]) == (lopend.referentie, "Kanarie-naam", "")
    assert (oud["Staat"], oud["Naam"], oud["De vraag, in eigen woorden"]) == ("Geweigerd", "", "")
    spoor = Inzage.objects.get()
    assert (spoor.door, spoor.organisatie, spoor.pagina, spoor.reden) == (partner, organisatie, "lijst", "partner")
    assert spoor.vraag == lopend.vraag


def test_no_cell_becomes_a_formula(verwijs, zaak, als, partner):
    zaak.naam, zaak.tekst = "=HYPERLINK(1)", "@SUM(A1)\x07 en verder"
    zaak.save()
    verwijs("verzonden")
    client = als(partner)
    (rij,) = lees_csv(client.post(BESTAND + "csv"))
    assert (rij["Naam"], rij["De vraag, in eigen woorden"]) == ("'=HYPERLINK(1)", "'@SUM(A1) en verder")
    boek = load_workbook(io.BytesIO(client.post(BESTAND + "xlsx").content))
    cellen = {boek.worksheets[1].cell(3, k).value: boek.worksheets[1].cell(4, k) for k in range(1, 16)}
    assert (cellen["Naam"].value, cellen["Naam"].data_type, cellen["Naam"].quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_after_the_agreed_day_the_file_holds_nothing_of_anybody(verwijs, als, partner):
    verwijs("verzonden")
    Doorverwijzing.objects.update(geldig_tot=timezone.localdate() - timedelta(days=1))
    antwoord = als(partner).post(BESTAND + "csv")
    assert b"anarie-" not in antwoord.content and not Inzage.objects.exists()


def test_the_file_costs_the_same_with_more_rows(verwijs, als, partner, organisatie, loket_ocmw, team_sociale_dienst, django_assert_max_num_queries):  # fmt: skip
    verwijs("verzonden")
    for nummer in range(3):
        rij = voorstel(zaak_van(team_sociale_dienst, tekst=f"Zaak {nummer}"), organisatie, loket_ocmw)
        verbs.maak_blad(verwijzing=rij, door=loket_ocmw)
        verbs.geef_akkoord(verwijzing=rij, velden=["naam"], getekend_op=timezone.localdate(), door=loket_ocmw)
        verbs.verzend(verwijzing=Doorverwijzing.objects.get(pk=rij.pk), door=loket_ocmw)
    client = als(partner)
    client.post(BESTAND + "csv")
    with django_assert_max_num_queries(14):
        antwoord = client.post(BESTAND + "csv")
    assert len(lees_csv(antwoord)) == 4 and Inzage.objects.filter(pagina="lijst").count() == 8


def test_the_day_of_a_file_is_in_its_name(verwijs, als, partner):
    verwijs("verzonden")
    dag = f"{datetime.now(timezone.get_current_timezone()):%Y-%m-%d}"
    assert als(partner).post(BESTAND + "xlsx")["Content-Disposition"] == (
        f'attachment; filename="doorverwijzingen-{dag}.xlsx"'
    )
