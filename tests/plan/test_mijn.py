"""An organisation says itself what it does in an action, until when, or that it stops."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from participatie.models import Mandaat
from plan.acties.partners import bevestig, trek_terug
from plan.models import Partnerschap
from sociaalhuis.models import Organisatie

LIJST = reverse("plan:mijn")


@pytest.fixture
def mandaat(voedselbank, organisatie):
    return Mandaat.objects.create(
        gebruiker=voedselbank, organisatie=organisatie, van=timezone.now() - timedelta(days=30)
    )


@pytest.fixture
def rij(actie, organisatie):
    return Partnerschap.objects.create(onderdeel=actie, organisatie=organisatie, rol="uitvoerder")


@pytest.fixture
def van_ander(actie):
    ander = Organisatie.objects.create(code="caw", naam="CAW", soort="andere", erkend_op=timezone.now())
    return Partnerschap.objects.create(onderdeel=actie, organisatie=ander)


def adres(rij):
    return reverse("plan:mijn_deel", args=[rij.pk])


def tekst(antwoord):
    return antwoord.content.decode()


def test_who_does_not_speak_for_it_changes_nothing(rij, voedselbank, planner, coordinator):
    for wie in (voedselbank, planner, coordinator):
        with pytest.raises(PermissionDenied):
            bevestig(partnerschap=rij, wat="Wij", tot=None, door=wie)
        with pytest.raises(PermissionDenied):
            trek_terug(partnerschap=rij, reden="Wij", door=wie)


def test_a_mandate_that_ended_ends_it_that_minute(rij, voedselbank, mandaat):
    bevestig(partnerschap=rij, wat="Wij delen uit.", tot=None, door=voedselbank)
    Mandaat.objects.update(tot=timezone.now() - timedelta(seconds=1))
    with pytest.raises(PermissionDenied):
        trek_terug(partnerschap=rij, reden="Te laat", door=voedselbank)


@pytest.mark.parametrize(
    ("velden", "veld"), [({"wat": "  "}, "wat"), ({"tot": date(2032, 1, 1)}, "tot"), ({"wat": "x" * 301}, "wat")]
)
def test_what_does_not_fit_is_told_at_the_field(rij, voedselbank, mandaat, velden, veld):
    with pytest.raises(ValidationError) as fout:
        bevestig(partnerschap=rij, door=voedselbank, **{"wat": "Wij delen uit.", "tot": None, **velden})
    assert list(fout.value.message_dict) == [veld]


@pytest.mark.parametrize("wie", ["planner", "coordinator", "loket_ocmw", "beheer", "voedselbank"])
def test_without_a_mandate_the_page_is_not_there(request, huis, als, rij, wie):
    client = als(request.getfixturevalue(wie))
    assert [client.get(pad).status_code for pad in (LIJST, adres(rij))] == [404, 404]


def test_a_visitor_is_asked_to_log_in(huis, bewoner, rij):
    assert bewoner.get(LIJST).status_code == 302


def test_the_part_of_another_organisation_is_not_there(huis, als, voedselbank, mandaat, van_ander):
    client = als(voedselbank)
    assert client.get(adres(van_ander)).status_code == 404
    assert client.post(adres(van_ander), {"stap": "bevestig", "wat": "Wij"}).status_code == 404
    assert "CAW" not in tekst(client.get(LIJST))


@pytest.mark.parametrize(
    ("data", "boodschap"),
    [
        ({"stap": "bevestig", "wat": ""}, "Schrijf in één zin wat jullie doen."),
        ({"stap": "bevestig", "wat": "x" * 5000}, "Hou het kort: hoogstens 300 tekens. Nu zijn het er 5000."),
        ({"stap": "bevestig", "wat": "Wij delen uit.", "tot": "gisteren"}, "Schrijf de datum als dag, maand en jaar"),
        (
            {"stap": "bevestig", "wat": "Wij delen uit.", "tot": "2040-01-01"},
            "Kies een datum in de periode van het plan",
        ),
        ({"stap": "stop", "reden": ""}, "Schrijf waarom jullie stoppen."),
        ({"stap": "bevestig", "wat": "a\x00b"}, "Hier staat een teken in dat we niet kunnen bewaren."),
    ],
)
def test_bad_input_keeps_the_text_and_says_what_to_do(huis, als, voedselbank, mandaat, rij, data, boodschap):
    antwoord = als(voedselbank).post(adres(rij), data)
    assert antwoord.status_code == 422
    assert boodschap in tekst(antwoord)
    if data.get("wat", "").startswith("Wij"):
        assert data["wat"] in tekst(antwoord)
    rij.refresh_from_db()
    assert rij.staat == "gevraagd"


def test_confirming_shows_on_the_page_of_the_action(huis, als, voedselbank, mandaat, rij, bewoner):
    client = als(voedselbank)
    assert "Wacht op jullie" in tekst(client.get(LIJST))
    antwoord = client.post(adres(rij), {"stap": "bevestig", "wat": "Wij <b>delen</b> uit.", "tot": "2027-12-31"})
    assert (antwoord.status_code, antwoord.url) == (302, f"{LIJST}voor/voedselbank/")
    rij.refresh_from_db()
    assert (rij.staat, rij.wat, rij.tot, rij.staat_door) == (
        "bevestigd",
        "Wij <b>delen</b> uit.",
        date(2027, 12, 31),
        voedselbank,
    )
    pagina = tekst(bewoner.get(rij.onderdeel.get_absolute_url()))
    assert "Wij &lt;b&gt;delen&lt;/b&gt; uit." in pagina and "Voedselbank De Mand" in pagina


def test_who_stops_is_off_the_page_and_may_come_back(huis, als, voedselbank, mandaat, rij, bewoner):
    client = als(voedselbank)
    for _ in range(2):  # a double click
        client.post(adres(rij), {"stap": "stop", "reden": "Te weinig vrijwilligers"})
    rij.refresh_from_db()
    assert (rij.staat, rij.reden) == ("teruggetrokken", "Te weinig vrijwilligers")
    assert "Voedselbank De Mand" not in tekst(bewoner.get(rij.onderdeel.get_absolute_url()))
    client.post(adres(rij), {"stap": "bevestig", "wat": "Toch weer."})
    rij.refresh_from_db()
    assert (rij.staat, rij.reden) == ("bevestigd", "")


def test_the_list_asks_the_same_for_one_row_and_three(huis, als, voedselbank, mandaat, rij, maak_actie, organisatie, django_assert_max_num_queries):  # fmt: skip
    client = als(voedselbank)
    client.get(LIJST)
    with django_assert_max_num_queries(12) as een:
        client.get(LIJST)
    for letter in "bc":
        Partnerschap.objects.create(onderdeel=maak_actie(letter), organisatie=organisatie)
    with django_assert_max_num_queries(12) as drie:
        client.get(LIJST)
    assert len(een) == len(drie)


def test_who_speaks_for_two_sees_the_part_of_the_chosen_one(huis, als, voedselbank, mandaat, rij, van_ander):
    client = als(voedselbank)
    assert client.get(f"{LIJST}voor/caw/").status_code == 404
    Mandaat.objects.create(gebruiker=voedselbank, organisatie=van_ander.organisatie)
    keuze = tekst(client.get(LIJST))
    assert "Voor welke kom je nu?" in keuze and "1 actie vraagt of jullie meedoen" in keuze
    eigen, ander = (tekst(client.get(f"{LIJST}voor/{code}/")) for code in ("voedselbank", "caw"))
    assert [adres(rij) in eigen, adres(van_ander) in eigen, adres(rij) in ander] == [True, False, False]
    antwoord = client.post(adres(van_ander), {"stap": "bevestig", "wat": "Wij ook."})
    assert antwoord.url == f"{LIJST}voor/caw/"
