"""The register of unmet needs and the signals to the plan: counted, anonymous, and answered."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from loket.acties import behandeling
from loket.acties import verwijzing as verwijzing_verbs
from loket.acties.nood import BestaatAl, TeWeinig, maak_signaal, noteer_nood, reageer
from loket.acties.nulzoek import tel_nul
from loket.cijfers.periode import Periode
from loket.models import Dienst, Hinttelling, Nood, Signaal, Vraag
from loket.noden.bronnen import BRONNEN
from loket.noden.register import regels
from plan.models import Garantie, Plan
from sociaalhuis.models import Thema
from tests.loket.vragen import vraag_van

pytestmark = pytest.mark.django_db

NOODVELDEN = {"thema": "geld", "doelgroep": "", "gebied": "", "wat": "Geen avondspreekuur.", "aantal": "6"}


@pytest.fixture
def jaar():
    return Periode.van_code(str(timezone.localdate().year))


@pytest.fixture
def onderdeel(db):
    plan = Plan.objects.create(
        slug="2026-2031",
        titel="Samen sterk",
        beginjaar=2026,
        eindjaar=2031,
        missie="Niemand staat er alleen voor.",
        staat=Plan.Staat.OPENBAAR,
        gepubliceerd_op=date(2025, 12, 19),
    )
    return Garantie.objects.create(plan=plan, code="G1", titel="Een dak", korte_omschrijving="Je woont veilig.")


@pytest.fixture
def gepubliceerde_dienst(ocmw):
    return Dienst.objects.create(
        slug="leefloon", titel="Leefloon", kort="Een inkomen.", bestuur=ocmw, status="gepubliceerd"
    )


@pytest.fixture
def noteer(thema, loket_ocmw):
    """noteer(7): a need of seven people about money."""

    def maak(aantal, **velden):
        standaard = {"thema": thema, "doelgroep": None, "gebied": None, "wat": "Geen avondspreekuur."}
        return noteer_nood(**{**standaard, **velden}, aantal=aantal, door=loket_ocmw)

    return maak


@pytest.fixture
def signaal(noteer, onderdeel, thema, jaar, loket_ocmw):
    noteer(7)
    return maak_signaal(
        onderdeel=onderdeel,
        sleutel=(thema.pk, None, None),
        periode=jaar,
        toelichting="Graag 's avonds.",
        door=loket_ocmw,
    )


# --- what may not happen ----------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["planner", "beheer", "voedselbank", "toezicht"])
def test_only_the_desk_notes_a_need(request, thema, wie):
    with pytest.raises(PermissionDenied):
        noteer_nood(thema=thema, doelgroep=None, gebied=None, wat="x", aantal=1, door=request.getfixturevalue(wie))


def test_four_make_no_signal(noteer, onderdeel, thema, jaar, loket_ocmw):
    noteer(4)
    assert regels(Vraag.objects.all(), jaar) == ([], "< 5")
    with pytest.raises(TeWeinig):
        maak_signaal(
            onderdeel=onderdeel, sleutel=(thema.pk, None, None), periode=jaar, toelichting="x", door=loket_ocmw
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Signaal.objects.create(
            onderdeel=onderdeel, van=jaar.van, tot=jaar.tot, aantal=4, toelichting="x", door=loket_ocmw
        )


def test_a_small_number_cannot_be_worked_out_from_its_theme(noteer, thema, doelgroep, gebied, jaar):
    noteer(9)
    noteer(6, doelgroep=doelgroep)
    noteer(2, gebied=gebied)
    getoond, rest = regels(Vraag.objects.all(), jaar)
    assert [(regel.namen, regel.samen) for regel in getoond] == [
        (("Geld en schulden", "niet bekend", "niet bekend"), 9)
    ]
    assert rest == 8  # two and six together: neither can be told apart


def test_a_signal_counts_only_what_its_maker_may_see(
    onderdeel, thema, jaar, team_sociale_dienst, loket_ocmw, loket_gemeente, coordinator
):
    for _ in range(5):
        vraag = vraag_van(team_sociale_dienst, thema=thema)
        behandeling.sluit_af(vraag=vraag, resultaat="geen_oplossing", door=loket_ocmw)
    lijn = {"onderdeel": onderdeel, "sleutel": (thema.pk, None, None), "periode": jaar, "toelichting": "x"}
    with pytest.raises(TeWeinig):
        maak_signaal(**lijn, door=loket_gemeente)
    assert maak_signaal(**lijn, door=coordinator).aantal == 5


def test_the_same_signal_twice_is_one(signaal, onderdeel, thema, jaar, loket_ocmw):
    with pytest.raises(BestaatAl):
        maak_signaal(
            onderdeel=onderdeel, sleutel=(thema.pk, None, None), periode=jaar, toelichting="Nog eens.", door=loket_ocmw
        )
    assert Signaal.objects.count() == 1


@pytest.mark.parametrize("wie", ["loket_ocmw", "team_ocmw", "planner", "toezicht"])
def test_only_the_coordinator_reacts(request, signaal, wie):
    with pytest.raises(PermissionDenied):
        reageer(signaal=signaal, reactie="Ja.", openbaar=True, door=request.getfixturevalue(wie))


@pytest.mark.parametrize(
    ("veld", "waarde", "woorden"),
    [
        ("wat", "", "Schrijf in één zin wat er ontbreekt."),
        ("wat", "x" * 5000, "Dit is te lang: hoogstens 200 tekens."),
        ("wat", "NUL\x00", "een teken dat we niet kunnen bewaren"),
        ("thema", "", "Maak een keuze."),
        ("thema", "bestaat-niet", "Kies iets uit de lijst."),
        ("aantal", "0", "Vul minstens 1 in."),
        ("aantal", "1e309", "Vul een getal in, zonder komma."),
        ("aantal", "9999", "Vul hoogstens 500 in."),
        ("gebied", "<script>", "Kies iets uit de lijst."),
    ],
)
def test_wrong_input_gets_our_words_and_keeps_the_rest(als, huis, thema, loket_ocmw, veld, waarde, woorden):
    antwoord = als(loket_ocmw).post(reverse("loket:nood_noteren"), {**NOODVELDEN, veld: waarde})
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert woorden in pagina
    assert "<script>" not in pagina.replace('<script src="', "")
    if veld != "wat":
        assert "Geen avondspreekuur." in pagina
    assert not Nood.objects.exists()


@pytest.mark.parametrize(
    "vraag",
    [
        "",
        "?periode=2027-13",
        "?periode=2026&thema=x",
        "?periode=2026&thema=-1",
        "?periode=2026&thema=99999999999",
        "?periode=2099",
    ],
)
def test_a_line_that_does_not_exist_is_not_found(als, huis, loket_ocmw, vraag):
    assert als(loket_ocmw).get(reverse("loket:signaal_nieuw") + vraag).status_code == 404


# --- what it counts ---------------------------------------------------------------------------


def test_every_source_counts(team_sociale_dienst, thema, loket_ocmw, noteer, jaar):
    noteer(5)
    lang_geleden = timezone.now() - timedelta(days=40)
    if lang_geleden.year != timezone.localdate().year:
        lang_geleden = timezone.now() - timedelta(days=15)
    vraag_van(team_sociale_dienst, thema=thema, geregistreerd_op=lang_geleden)
    behandeling.sluit_af(vraag=vraag_van(team_sociale_dienst, thema=thema), resultaat="geen_oplossing", door=loket_ocmw)
    vraag_van(team_sociale_dienst, thema=thema)  # still in time
    for _ in range(6):
        tel_nul("zonnepanelen huren")
    gezocht, geld = sorted(
        regels(Vraag.objects.all(), Periode(lang_geleden.date().replace(month=1, day=1), 12))[0], key=lambda r: r.samen
    )
    assert (gezocht.namen[0], gezocht.cellen[0], gezocht.samen) == ("niet bekend", ("Niets gevonden", 6), 6)
    assert geld.bronnen == [("Te lang gewacht", "< 5"), ("Geen oplossing", "< 5"), ("Genoteerd", 5)]
    assert geld.samen == 7


def test_a_doubt_about_a_right_counts_once_under_the_first_theme(gepubliceerde_dienst, thema, jaar):
    eerste = Thema.objects.create(code="eerst", naam="Eerst", volgorde=1)
    Thema.objects.filter(pk=thema.pk).update(volgorde=2)
    gepubliceerde_dienst.themas.set([eerste, thema])
    Hinttelling.objects.create(dienst=gepubliceerde_dienst, dag=timezone.localdate(), aantal=6)
    (regel,) = regels(Vraag.objects.all(), jaar)[0]
    assert (regel.namen[0], regel.bronnen) == ("Eerst", [("Twijfel over recht", 6)])


def test_a_closed_door_counts_when_it_closes(verwijs, partner, jaar):
    verwijzing = verwijs("verzonden")
    verwijzing_verbs.weiger(verwijzing=verwijzing, reden="vol", tekst="We zitten vol.", door=partner)
    bron = next(bron for bron in BRONNEN if bron.code == "doorverwijzing")
    assert list(bron.lees(Vraag.objects.all(), *jaar.grenzen())) == [(None, None, None, 1)]
    assert list(bron.lees(Vraag.objects.all(), *jaar.vorige().grenzen())) == []


# --- from the counter to the plan and back ----------------------------------------------------


def test_a_clerk_makes_a_signal_and_the_plan_answers_where_everyone_reads_it(
    als, huis, bewoner, noteer, onderdeel, loket_ocmw, coordinator
):
    noteer(7)
    balie, plan = als(loket_ocmw), als(coordinator)
    register = balie.get(reverse("loket:noden")).content.decode()
    adres = register.split('href="/loket/werkbank/signalen/nieuw/')[1].split('"')[0].replace("&amp;", "&")
    adres = "/loket/werkbank/signalen/nieuw/" + adres
    leeg = balie.post(adres, {"onderdeel": "", "toelichting": " "}).content.decode()
    assert "Kies een deel van het plan." in leeg
    gemaakt = balie.post(adres, {"onderdeel": onderdeel.pk, "toelichting": "Graag een avondspreekuur."}, follow=True)
    assert "Hier is nog geen antwoord op." in gemaakt.content.decode()
    assert (
        "Dit signaal ligt al bij dit deel"
        in balie.post(adres, {"onderdeel": onderdeel.pk, "toelichting": "Dubbel."}).content.decode()
    )

    openbaar = onderdeel.get_absolute_url()
    assert "avondspreekuur" not in bewoner.get(openbaar).content.decode()
    signaal = Signaal.objects.get()
    assert balie.post(signaal.get_absolute_url(), {"reactie": "Stiekem."}).status_code == 404
    plan.post(signaal.get_absolute_url(), {"reactie": "Vanaf maart elke dinsdagavond.", "openbaar": "on"})
    pagina = bewoner.get(openbaar).content.decode()
    assert "7 keer: Geld en schulden" in pagina
    assert "Vanaf maart elke dinsdagavond." in pagina
    assert loket_ocmw.naam not in pagina
    assert "Vanaf maart elke dinsdagavond." in balie.get(signaal.get_absolute_url()).content.decode()

    plan.post(signaal.get_absolute_url(), {"reactie": "Toch niet."})
    assert "avondspreekuur" not in bewoner.get(openbaar).content.decode()


def test_words_that_are_often_sought_are_shown_and_rare_ones_are_not(als, huis, team_ocmw):
    for woorden, keer in (("tolk ziekenhuis", 5), ("mijn buurman jan", 4)):
        for _ in range(keer):
            tel_nul(woorden)
    pagina = als(team_ocmw).get(reverse("loket:noden")).content.decode()
    assert 'tolk ziekenhuis <span class="cijfers">(5)</span>' in pagina
    assert "buurman" not in pagina


def test_the_register_as_a_file(als, huis, team_ocmw, noteer):
    noteer(7)
    antwoord = als(team_ocmw).get(reverse("loket:noden_xlsx"))
    assert antwoord.content.startswith(b"PK")
    assert antwoord["Content-Disposition"].startswith('attachment; filename="noden-')


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_do_not_grow(
    als, huis, team_ocmw, noteer, onderdeel, jaar, loket_ocmw, django_assert_num_queries, aantal
):
    for nummer in range(aantal):
        thema = Thema.objects.create(code=f"t{nummer}", naam=f"Thema {nummer}")
        noteer(6, thema=thema)
        maak_signaal(
            onderdeel=onderdeel, sleutel=(thema.pk, None, None), periode=jaar, toelichting="x", door=loket_ocmw
        )
    browser = als(team_ocmw)
    browser.get(reverse("loket:noden"))
    with django_assert_num_queries(21):
        browser.get(reverse("loket:noden"))
    with django_assert_num_queries(8):
        browser.get(reverse("loket:signalen"))
