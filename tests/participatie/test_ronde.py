"""The pages of rounds and organisations, what the home page says of them, and how many queries they take."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participatie.acties.aanmelding import meld_aan
from participatie.acties.antwoord import publiceer_antwoorden
from participatie.acties.mandaat import beeindig_mandaat
from participatie.models import Mandaat, Ronde
from participatie.staat import MagNiet
from sociaalhuis.models import Organisatie


@pytest.fixture
def vul(maak_inbreng, organisatie, coordinator, actie):
    """vul(ronde, 3): so many inputs of an organisation and of citizens, shown, about an action."""

    def maak(ronde, aantal):
        for nummer in range(aantal):
            maak_inbreng(ronde, f"Wij {nummer}", organisatie=organisatie, onderdeel_id=actie.pk)
            maak_inbreng(ronde, f"Ik {nummer}", door=coordinator, onderdeel_id=actie.pk)
            maak_inbreng(ronde, f"Ongelezen {nummer}")

    return maak


# --- the clock --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("van", "tot", "staat", "fase"),
    [
        (-10, 5, "concept", "concept"),
        (1, 5, "gepubliceerd", "straks"),
        (-10, 5, "gepubliceerd", "open"),
        (-10, -1, "gepubliceerd", "gesloten"),
    ],
)
def test_the_phase_follows_from_the_clock(maak_ronde, van, tot, staat, fase):
    ronde = maak_ronde("een", van=van, tot=tot, staat=staat)
    assert ronde.fase == fase
    assert Ronde.objects.open().exists() == (fase == "open")


@pytest.mark.parametrize(("dagen", "tekst"), [(5, "Nog 5 dagen"), (1, "Nog 1 dag")])
def test_the_days_that_are_left(ronde, dagen, tekst):
    ronde.sluit_op = timezone.now() + timedelta(days=dagen)
    assert ronde.nog == tekst


def test_the_last_day(ronde):
    ronde.sluit_op = timezone.localtime().replace(hour=23, minute=59, second=59)
    assert ronde.nog == "Nog vandaag"


# --- what a visitor reads ---------------------------------------------------------------------------


def test_without_rounds_the_page_says_so(bewoner, huis):
    inhoud = bewoner.get("/participatie/").content.decode()
    assert "Er loopt nu geen ronde" in inhoud
    assert "Er is nog geen ronde afgelopen." in inhoud


def test_the_page_says_what_runs_and_what_came_of_it(bewoner, huis, ronde, gesloten_ronde, maak_ronde):
    maak_ronde("later", van=3, tot=9)
    maak_ronde("concept", staat="concept")
    antwoord = bewoner.get("/participatie/")
    assert [r.slug for r in antwoord.context["lopend"]] == ["open"]
    assert [r.slug for r in antwoord.context["straks"]] == ["later"]
    assert [r.slug for r in antwoord.context["voorbij"]] == ["gesloten"]
    assert "Nog 5 dagen" in antwoord.content.decode()


def test_a_round_says_what_who_until_when_and_how_many(bewoner, huis, ronde, vul):
    vul(ronde, 2)
    inhoud = " ".join(bewoner.get("/participatie/rondes/open/").content.decode().split())
    for tekst in ("Wat moet eerst?", "Iedereen", "Nog 5 dagen", "<li>1 organisatie</li><li>2 inwoners</li>"):
        assert tekst in inhoud
    assert "2 inbrengen lezen we nog na" in inhoud
    assert inhoud.count("Geef je mening") == 1


@pytest.mark.parametrize("pad", ["/participatie/", "/participatie/rondes/open/", "/participatie/organisaties/"])
def test_public_pages_set_no_cookie_and_do_not_depend_on_one(bewoner, huis, ronde, pad):
    antwoord = bewoner.get(pad)
    assert not antwoord.cookies
    assert "Cookie" not in antwoord.headers.get("Vary", "")
    assert "no-store" not in antwoord.headers["Cache-Control"]


def test_who_comes_from_a_part_of_the_plan_goes_straight_to_the_form(bewoner, huis, ronde):
    antwoord = bewoner.get("/participatie/?onderdeel=G1.1.a")
    assert "Je mening over G1.1.a Noodwoning" in antwoord.content.decode()
    assert "/participatie/rondes/open/inbreng/?onderdeel=G1.1.a" in antwoord.content.decode()


@pytest.mark.parametrize("code", ["G99", "%00", "<script>", "G1.1"])
def test_a_part_that_is_not_there_is_a_plain_word(bewoner, huis, ronde, code):
    inhoud = bewoner.get("/participatie/", {"onderdeel": code}).content.decode()
    assert "Daarover loopt nu geen ronde" in inhoud
    assert "<script>" not in inhoud.split("<main")[1]


def test_a_coordinator_sees_a_draft_and_nobody_else(als, bewoner, huis, maak_ronde, coordinator, loket_ocmw):
    maak_ronde("concept", staat="concept")
    assert "Dit is een concept" in als(coordinator).get("/participatie/rondes/concept/").content.decode()
    for client in (bewoner, als(loket_ocmw)):
        assert client.get("/participatie/rondes/concept/").status_code == 404


def test_the_list_of_organisations_shows_who_is_recognised_only(bewoner, huis, organisatie):
    Organisatie.objects.create(code="nieuw", naam="Nog niet nagekeken", soort="vzw")
    inhoud = bewoner.get("/participatie/organisaties/").content.decode()
    assert "Voedselbank De Mand" in inhoud
    assert "Nog niet nagekeken" not in inhoud


# --- home -------------------------------------------------------------------------------------------


def test_the_home_page_tells_of_an_open_round_and_one_real_example(
    bewoner, huis, ronde, gesloten_ronde, maak_inbreng, organisatie, coordinator, klaar
):
    assert bewoner.get("/").context["voorbeeld"] is None
    for tekst, besluit, wijziging in (("Te duur", "niet", ""), ("Meer plaats", "overgenomen", "Actie G1.1.b.")):
        inbreng = maak_inbreng(gesloten_ronde, tekst, organisatie=organisatie)
        klaar(inbreng, besluit, wijziging=wijziging)
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    inhoud = bewoner.get("/").context
    assert inhoud["voorbeeld"] == {
        "vraag": "Meer plaats",
        "van": "Voedselbank De Mand",
        "besluit": "Daarom.",
        "wijziging": "Actie G1.1.b.",
        "url": inbreng.get_absolute_url(),
    }
    assert {"titel": "Ronde open", "tekst": "Nog 5 dagen om mee te praten. Wat moet eerst?",
            "url": "/participatie/rondes/open/"} in inhoud["nieuws"]  # fmt: skip


# --- mandates ---------------------------------------------------------------------------------------


def test_a_mandate_that_is_over_cannot_be_ended_again(mandaat, coordinator):
    beeindig_mandaat(mandaat=mandaat, door=coordinator)
    assert not Mandaat.objects.van_gebruiker(mandaat.gebruiker).exists()
    with pytest.raises(MagNiet):
        beeindig_mandaat(mandaat=mandaat, door=coordinator)


def test_a_mandate_that_has_not_begun_gives_nothing(mandaat):
    Mandaat.objects.update(van=timezone.now() + timedelta(days=1))
    assert not Mandaat.objects.van_gebruiker(mandaat.gebruiker).exists()


def test_the_history_of_a_mandate_is_kept(mandaat, coordinator):
    beeindig_mandaat(mandaat=mandaat, door=coordinator)
    assert [gebeurtenis.pgh_label for gebeurtenis in mandaat.events.order_by("pgh_id")] == ["insert", "update"]


# --- queries ----------------------------------------------------------------------------------------


HUIS = 3  # the place of the house, its closing days and other hours; kept in the process outside a test


def tel(client, pad, aantal_queries, django_assert_num_queries):
    client.get(pad)  # the first reading of a session also writes it
    with django_assert_num_queries(aantal_queries + HUIS):
        assert client.get(pad).status_code == 200


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_the_overview(bewoner, huis, maak_ronde, vul, aantal, django_assert_num_queries):
    for nummer in range(aantal):
        vul(maak_ronde(f"open-{nummer}"), 1)
        maak_ronde(f"gesloten-{nummer}", van=-30, tot=-1)
    tel(bewoner, "/participatie/", 3, django_assert_num_queries)


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_an_open_round(bewoner, huis, ronde, vul, aantal, django_assert_num_queries):
    vul(ronde, aantal)
    tel(bewoner, "/participatie/rondes/open/", 9, django_assert_num_queries)


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_an_answered_round(
    bewoner,
    huis,
    gesloten_ronde,
    maak_inbreng,
    organisatie,
    actie,
    coordinator,
    aantal,
    django_assert_num_queries,
    klaar,
):
    for nummer in range(aantal):
        inbreng = maak_inbreng(gesloten_ronde, f"Wij {nummer}", organisatie=organisatie, onderdeel_id=actie.pk)
        klaar(inbreng)
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    tel(bewoner, "/participatie/rondes/gesloten/", 8, django_assert_num_queries)


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_the_organisations(bewoner, huis, thema, aantal, django_assert_num_queries):
    for nummer in range(aantal):
        rij = Organisatie.objects.create(code=f"o{nummer}", naam=f"O{nummer}", soort="vzw", erkend_op=timezone.now())
        rij.themas.add(thema)
    tel(bewoner, "/participatie/organisaties/", 3, django_assert_num_queries)


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_a_corner(als, huis, ronde, mandaat, vul, aantal, django_assert_num_queries):
    vul(ronde, aantal)
    tel(als(mandaat.gebruiker), "/participatie/mijn/", 12, django_assert_num_queries)


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(("pad", "queries"), [("", 8), ("inbreng/", 9), ("rondes/open/", 11), ("aanmeldingen/", 9)])
def test_queries_of_the_desk(als, huis, ronde, vul, coordinator, aantal, pad, queries, django_assert_num_queries):
    vul(ronde, aantal)
    for nummer in range(aantal):
        meld_aan(
            gegevens={"naam": f"Buurt {nummer}", "soort": "feitelijke-vereniging", "omschrijving": "x"},
            contact_naam="Mona",
            contact_email=f"mona{nummer}@voorbeeld.example",
            inzending=f"{nummer:032x}",
        )
    tel(als(coordinator), f"/participatie/beheer/{pad}", queries, django_assert_num_queries)
