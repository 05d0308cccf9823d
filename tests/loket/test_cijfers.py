"""Figures of the desk: nobody can be recognised in them, and they are right."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from loket.acties import behandeling
from loket.cijfers.feiten import feiten, telbaar_voor
from loket.cijfers.periode import Periode, keuzes
from loket.models import Dienst, Oordeel, Vraag
from sociaalhuis.verslag.vloer import verberg
from tests.loket.vragen import vraag_van

MINDER, VERBORGEN = "< 5", "niet getoond"
JAAR = Periode.van_code("2027")
WIE_TELT = ["team_ocmw", "loket_ocmw", "coordinator", "toezicht"]


def op(maand, dag, uur=10):
    return timezone.make_aware(datetime(2027, maand, dag, uur))


# --- the floor --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aantallen", "getoond"),
    [
        ({}, {}),
        ({"a": 0, "b": 7}, {"a": 0, "b": 7}),
        # one small number would follow from the total: the next one goes too
        ({"a": 40, "b": 12, "c": 3}, {"a": 40, "b": VERBORGEN, "c": MINDER}),
        # two small ones that are together small as well
        ({"a": 40, "b": 12, "c": 1, "d": 2}, {"a": 40, "b": VERBORGEN, "c": MINDER, "d": MINDER}),
        # several small ones, together enough
        ({"a": 40, "b": 3, "c": 4}, {"a": 40, "b": MINDER, "c": MINDER}),
        ({"a": 3}, {"a": MINDER}),
        ({"a": 3, "b": 0}, {"a": MINDER, "b": 0}),
    ],
)
def test_a_small_number_is_hidden_and_cannot_be_worked_out(aantallen, getoond):
    assert verberg(aantallen) == getoond


# --- periods ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["", "27", "2027-13", "2027-K5", "2027-1", "1999", "2027-01-01", "2027-K0", "\x00", "2027 "]
)
def test_only_whole_periods(code):
    with pytest.raises(ValueError, match="geen periode"):
        Periode.van_code(code)


@pytest.mark.parametrize(
    ("code", "naam", "van", "tot", "vorige", "eerder"),
    [
        ("2027", "2027", date(2027, 1, 1), date(2028, 1, 1), "2026", "2026"),
        ("2027-K1", "1e kwartaal van 2027", date(2027, 1, 1), date(2027, 4, 1), "2026-K4", "2026-K1"),
        ("2027-K4", "4e kwartaal van 2027", date(2027, 10, 1), date(2028, 1, 1), "2027-K3", "2026-K4"),
        ("2027-01", "januari 2027", date(2027, 1, 1), date(2027, 2, 1), "2026-12", "2026-01"),
    ],
)
def test_a_period_knows_its_days_and_neighbours(code, naam, van, tot, vorige, eerder):
    periode = Periode.van_code(code)
    assert (periode.code, periode.naam, periode.van, periode.tot) == (code, naam, van, tot)
    assert (periode.vorige().code, periode.jaar_eerder().code) == (vorige, eerder)


def test_what_can_be_chosen_lies_between_the_first_question_and_today():
    groepen = dict(keuzes(date(2026, 11, 5), date(2027, 2, 3)))
    assert [p.code for p in groepen["Jaar"]] == ["2027", "2026"]
    assert [p.code for p in groepen["Kwartaal"]] == ["2027-K1", "2026-K4"]
    assert [p.code for p in groepen["Maand"]] == ["2027-02", "2027-01", "2026-12", "2026-11"]


# --- facts ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_was_no_real_question_does_not_count(team_sociale_dienst, loket_ocmw):
    telt = vraag_van(team_sociale_dienst, geregistreerd_op=op(3, 1))
    for resultaat in ("dubbel", "ongewenst"):
        vraag = vraag_van(team_sociale_dienst, geregistreerd_op=op(3, 1))
        behandeling.sluit_af(vraag=vraag, resultaat=resultaat, door=loket_ocmw)
    vraag_van(team_sociale_dienst, geregistreerd_op=op(3, 1), valstrik="gevuld")
    vraag_van(team_sociale_dienst, geregistreerd_op=op(12, 31, 23) + timedelta(hours=1))  # 1 January 2028
    assert len(feiten(Vraag.objects.all(), JAAR)) == 1
    assert telt.quarantaine == ""


@pytest.mark.django_db
def test_terms_are_counted_in_working_days(team_sociale_dienst, loket_ocmw, thema, gebied):
    # Thursday 25 March 2027; Easter Monday is the 29th, so Tuesday the 30th is the second working day
    vraag = vraag_van(team_sociale_dienst, thema=thema, gebied=gebied, geregistreerd_op=op(3, 25))
    behandeling.beantwoord(vraag=vraag, tekst="Kom langs.", door=loket_ocmw, op=op(3, 30))
    behandeling.sluit_af(vraag=vraag, resultaat="geholpen", door=loket_ocmw, op=op(4, 2))
    (feit,) = feiten(Vraag.objects.all(), JAAR)
    assert (feit.thema, feit.gebied, feit.kanaal, feit.resultaat) == (
        "Geld en schulden",
        "Proefdorp",
        "Website",
        "Geholpen",
    )
    assert (feit.gewacht, feit.geduurd, feit.op_tijd) == (2, 5, True)


@pytest.mark.django_db
def test_a_question_that_waits_is_late_only_after_its_term(team_sociale_dienst):
    vraag_van(team_sociale_dienst, geregistreerd_op=op(3, 1), werkdagen=5)  # until Monday 8 March
    assert feiten(Vraag.objects.all(), JAAR, nu=op(3, 8))[0].op_tijd is None
    assert feiten(Vraag.objects.all(), JAAR, nu=op(3, 9))[0].op_tijd is False


@pytest.mark.django_db
def test_the_last_judgement_counts(team_sociale_dienst, loket_ocmw):
    vraag = vraag_van(team_sociale_dienst, geregistreerd_op=op(3, 1))
    for dag, keuze in ((2, "niet_tevreden"), (3, "tevreden")):
        behandeling.beantwoord(vraag=vraag, tekst="Kom langs.", door=loket_ocmw, op=op(3, dag))
        bericht = vraag.berichten.latest("pk")
        Oordeel.objects.create(vraag=vraag, bericht=bericht, keuze=keuze, tekst="", op=op(3, dag, 12))
    assert [feit.tevreden for feit in feiten(Vraag.objects.all(), JAAR)] == [True]


@pytest.mark.django_db
def test_figures_of_own_teams_only_but_of_all_for_who_steers(
    team_sociale_dienst, team_onthaal, team_ocmw, loket_gemeente, coordinator, toezicht, planner, beheer
):
    van_ocmw, van_gemeente = vraag_van(team_sociale_dienst), vraag_van(team_onthaal)
    assert list(telbaar_voor(team_ocmw)) == [van_ocmw]
    assert list(telbaar_voor(loket_gemeente)) == [van_gemeente]
    assert [telbaar_voor(g).count() for g in (coordinator, toezicht, planner, beheer)] == [2, 2, 0, 0]


# --- the pages --------------------------------------------------------------------------------


@pytest.fixture
def jaar(team_sociale_dienst, loket_ocmw, thema):
    """Eight contacts of this year: six about money, two without a theme; five answered."""
    for nummer in range(8):
        vraag = vraag_van(team_sociale_dienst, thema=thema if nummer < 6 else None, kanaal="balie")
        if nummer < 5:
            behandeling.beantwoord(vraag=vraag, tekst="Kom langs.", door=loket_ocmw)
    return timezone.localdate().year


@pytest.mark.parametrize("naam", ["planner", "beheer", "voedselbank"])
def test_who_does_not_steer_finds_nothing(request, als, huis, naam):
    browser = als(request.getfixturevalue(naam))
    for adres in (
        reverse("loket:cijfers"),
        reverse("loket:cijfers_pdf"),
        reverse("loket:cijfers_xlsx"),
        reverse("loket:cijfers_csv", args=[1]),
    ):
        assert browser.get(adres).status_code == 404


@pytest.mark.parametrize("vraag", ["?periode=x&naast=y", "?periode=2027-13", "?periode=%00", "?periode=" + "9" * 5000])
def test_nonsense_gives_the_running_year(als, huis, team_ocmw, jaar, vraag):
    antwoord = als(team_ocmw).get(reverse("loket:cijfers") + vraag)
    assert antwoord.status_code == 200
    assert f"Cijfers van het loket: {jaar}" in antwoord.content.decode()


@pytest.mark.parametrize("wie", WIE_TELT)
def test_the_page_tells_the_year_and_hides_small_numbers(request, als, huis, jaar, wie):
    pagina = als(request.getfixturevalue(wie)).get(reverse("loket:cijfers")).content.decode()
    assert '<th scope="row">Contacten</th><td class="getal">8</td><td class="getal">0</td>' in pagina
    assert '<th scope="row">Geld en schulden</th><td class="getal">niet getoond</td>' in pagina
    assert '<th scope="row">niet gevraagd of niet gezegd</th><td class="getal">&lt; 5</td>' in pagina


def test_an_empty_desk_has_figures_too(als, huis, team_ocmw):
    antwoord = als(team_ocmw).get(reverse("loket:cijfers"))
    assert "Geen gegevens in deze periode." in antwoord.content.decode()
    assert als(team_ocmw).get(reverse("loket:cijfers_pdf")).content.startswith(b"%PDF-")


def test_services_that_few_people_asked_for_are_hidden_and_that_is_said(
    als, huis, team_ocmw, team_sociale_dienst, ocmw
):
    dienst = Dienst.objects.create(slug="x", titel="Iets", kort="Zin", bestuur=ocmw, status="gepubliceerd")
    for _ in range(4):
        vraag_van(team_sociale_dienst, dienst=dienst)
    pagina = als(team_ocmw).get(reverse("loket:cijfers")).content.decode()
    assert "Over elke dienst kwamen minder dan 5 mensen." in pagina and '<th scope="row">Iets</th>' not in pagina
    vraag_van(team_sociale_dienst, dienst=dienst)
    pagina = als(team_ocmw).get(reverse("loket:cijfers")).content.decode()
    assert "Over elke dienst kwamen" not in pagina and '<th scope="row">Iets</th><td class="getal">5</td>' in pagina


def test_the_same_figures_as_files(als, huis, team_ocmw, jaar):
    browser = als(team_ocmw)
    pdf, xlsx = browser.get(reverse("loket:cijfers_pdf")), browser.get(reverse("loket:cijfers_xlsx"))
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == f'attachment; filename="loket-{jaar}.pdf"'
    assert xlsx.content.startswith(b"PK")
    csv = browser.get(reverse("loket:cijfers_csv", args=[1])).content.decode("utf-8-sig").splitlines()
    assert csv[1] == "Contacten;8;0"
    assert browser.get(reverse("loket:cijfers_csv", args=[0])).status_code == 404
    assert browser.get(reverse("loket:cijfers_csv", args=[99])).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_do_not_grow(als, huis, team_ocmw, team_sociale_dienst, django_assert_num_queries, aantal):
    for _ in range(aantal):
        vraag_van(team_sociale_dienst)
    browser = als(team_ocmw)
    browser.get(reverse("loket:cijfers"))
    with django_assert_num_queries(13):
        browser.get(reverse("loket:cijfers"))
