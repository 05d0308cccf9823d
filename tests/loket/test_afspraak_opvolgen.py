"""One's own appointment with the code: look, move, cancel, erase; and nobody else's."""

import re

import pytest
from icalendar import Calendar

from loket.acties import afspraak as acties
from loket.models import Afspraak, MagNiet
from sociaalhuis.models import UitgaandeMail
from tests.loket.afspraken import boeking, om, spreekuur
from tests.loket.vragen import ontvang

pytestmark = pytest.mark.usefixtures("nu", "huis")

EIGEN = "/loket/opvolgen/afspraak/"


def opent(client, code):
    return client.post("/loket/opvolgen/", {"code": code})


@pytest.fixture
def bon(dinsdag, bewoner):
    bon = boeking(dinsdag, contactwijze="mail", email="sam@voorbeeld.be")
    assert opent(bewoner, bon.getoonde_code)["Location"] == EIGEN
    return bon


@pytest.mark.parametrize("deel", ["", "verzetten/", "noden/", "afzeggen/", "wissen/", "agenda/"])
def test_without_the_code_nothing_opens(andere_bewoner, bon, deel):
    response = andere_bewoner.get(EIGEN + deel)
    assert (response.status_code, response["Location"]) == (302, "/loket/opvolgen/")


def test_a_wrong_code_opens_nothing(andere_bewoner, bon):
    fout = bon.code[:4] + "0" * 12
    assert "We vinden geen vraag of afspraak met deze code" in opent(andere_bewoner, fout).content.decode()


def test_one_box_knows_both_kinds_of_codes(andere_bewoner, bon, team_sociale_dienst):
    vraag = ontvang(team_sociale_dienst)
    assert opent(andere_bewoner, vraag.getoonde_code)["Location"] == "/loket/opvolgen/dossier/"
    assert opent(andere_bewoner, bon.code.lower())["Location"] == EIGEN


def test_the_own_page(bewoner, bon, loket_ocmw):
    acties.lees(referentie=bon.afspraak.referentie, door=loket_ocmw)
    html = bewoner.get(EIGEN).content.decode()
    for stuk in ("dinsdag 2 maart 2027 om 9.00 uur", "De Kade, Kade 2", "Praten over schulden", "Sam", "sam@voorbeeld.be",
                 "Je facturen", "Een medewerker van het team", "Jij, met je code"):  # fmt: skip
        assert stuk in html
    assert bon.code not in html and loket_ocmw.naam not in html
    assert list(bon.afspraak.spoor.values_list("stap", flat=True)) == ["boek", "lees", "lees"]


def test_the_calendar(bewoner, bon):
    (rij,) = Calendar.from_ical(bewoner.get(EIGEN + "agenda/").content).walk("VEVENT")
    assert str(rij["UID"]).startswith(bon.afspraak.referentie.lower())


def test_move(bewoner, bon):
    html = bewoner.get(EIGEN + "verzetten/").content.decode()
    assert re.findall(r'name="moment" value="([\d-]+)"', html) == ["20270302-0930"]
    response = bewoner.post(EIGEN + "verzetten/", {"moment": "20270309-0930", "versie": 1}, follow=True)
    assert "Je afspraak is verzet." in response.content.decode()
    assert Afspraak.objects.get().begin == om("2027-03-09T09:30")


@pytest.mark.parametrize(
    "velden",
    [{}, {"moment": "straks", "versie": 1}, {"moment": "20270309-0930"}, {"moment": "20270309-0930", "versie": "x"}],
)
def test_a_move_to_nowhere_changes_nothing(bewoner, bon, velden):
    assert "Kies een dag en een uur." in bewoner.post(EIGEN + "verzetten/", velden).content.decode()
    assert Afspraak.objects.get().begin == om("2027-03-02T09:00")


def test_a_move_to_what_was_just_booked_says_so(bewoner, bon, dinsdag):
    boeking(dinsdag, "2027-03-09T09:30")
    response = bewoner.post(EIGEN + "verzetten/", {"moment": "20270309-0930", "versie": 1}, follow=True)
    assert "Dat moment is net geboekt" in response.content.decode()
    assert response.redirect_chain[-1][0] == EIGEN + "verzetten/"


def test_moved_by_staff_while_the_person_cancels(bewoner, bon, loket_ocmw):
    """Two people at once: who saw the old state hears it, and nothing is lost."""
    acties.verzet(afspraak=bon.afspraak, begin=om("2027-03-09T09:00"), door=loket_ocmw)
    response = bewoner.post(EIGEN + "afzeggen/", {"versie": 1}, follow=True)
    assert "Er veranderde ondertussen iets aan deze afspraak" in response.content.decode()
    assert Afspraak.objects.get().staat == "geboekt"


def test_cancel_in_two_browsers(bewoner, andere_bewoner, bon):
    opent(andere_bewoner, bon.code)
    assert "Zeg de afspraak af" in bewoner.get(EIGEN + "afzeggen/").content.decode()
    een, twee = (b.post(EIGEN + "afzeggen/", {"versie": 1}, follow=True) for b in (bewoner, andere_bewoner))
    assert "Je afspraak is afgezegd." in een.content.decode()
    assert "Er veranderde ondertussen iets" in twee.content.decode()
    html = andere_bewoner.get(EIGEN).content.decode()
    assert "Deze afspraak is afgezegd" in html and "Verzet de afspraak" not in html
    assert andere_bewoner.get(EIGEN + "verzetten/")["Location"] == EIGEN


def test_cancel_without_saying_what_was_seen(bewoner, bon):
    for velden in ({}, {"versie": "x"}):
        bewoner.post(EIGEN + "afzeggen/", velden)
    assert Afspraak.objects.get().staat == "geboekt"


def test_when_it_is_over_there_is_nothing_to_change(bewoner, bon, nu):
    nu("2027-03-02T09:01")
    opent(bewoner, bon.code)
    html = bewoner.get(EIGEN).content.decode()
    assert "Deze afspraak is voorbij" in html and "Zeg af" not in html
    assert bewoner.get(EIGEN + "verzetten/")["Location"] == EIGEN
    bewoner.post(EIGEN + "afzeggen/", {"versie": 1})
    assert Afspraak.objects.get().staat == "geboekt"


# --- what helps to come, said later -----------------------------------------------------------


def noden(afspraak):
    rij = Afspraak.objects.select_related("dossiersleutel").get(pk=afspraak.pk)
    return rij.noden, rij.met_noden, rij.versie


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"nodig": ["tolk"]}, {"taal": "Typ voor welke taal we een tolk zoeken."}),
        ({"nodig": ["vleugels"]}, {"nodig": "Kies uit de lijst."}),
        ({"taal": "x" * 5000}, {"taal": "Dit is te lang: hoogstens 40 tekens."}),
        ({"taal": "a\x00b"}, {"taal": "Hier staat een teken dat we niet kunnen bewaren. Typ het opnieuw."}),
        ({"versie": "x", "taal": "Fins"}, {"versie": "Laad deze pagina opnieuw."}),
        ({"versie": "", "taal": "Fins"}, {"versie": "Laad deze pagina opnieuw."}),
    ],
)
def test_odd_needs_change_nothing_and_what_was_typed_stays(bewoner, bon, velden, fout):
    response = bewoner.post(EIGEN + "noden/", {"versie": 1, **velden})
    assert {veld: fouten[0] for veld, fouten in response.context["form"].errors.items()} == fout
    assert velden.get("taal", "") in response.content.decode().replace("\ufffd", "\x00")
    assert noden(bon.afspraak) == ([], False, 1)


def test_needs_can_be_said_and_taken_back_later(bewoner, bon, als, loket_ocmw):
    velden = {"versie": 1, "nodig": ["tolk", "rolstoel"], "taal": "<script>\u202eFarsi"}
    response = bewoner.post(EIGEN + "noden/", velden, follow=True)
    assert "Bewaard. Wie je ontvangt, ziet dit vooraf." in response.content.decode()
    woorden, gemerkt, nummer = noden(bon.afspraak)
    assert (woorden[:2], gemerkt, nummer) == (["Een tolk", "Plaats voor een rolstoel"], True, 2)
    html = bewoner.get(EIGEN).content.decode()
    assert "Plaats voor een rolstoel" in html and "&lt;script&gt;" in html and "Pas aan wat je nodig hebt" in html
    form = bewoner.get(EIGEN + "noden/").content.decode()
    assert re.findall(r'value="(\w+)"[^>]*checked', form) == ["tolk", "rolstoel"]
    bij_de_balie = als(loket_ocmw).get(bon.afspraak.get_absolute_url()).content.decode()
    assert "Plaats voor een rolstoel" in bij_de_balie and "aangepast wat nodig is" in bij_de_balie
    bewoner.post(EIGEN + "noden/", {"versie": 2, "taal": ""})
    assert noden(bon.afspraak) == ([], False, 3)
    assert not UitgaandeMail.objects.exists()


def test_a_double_click_is_one_change_and_another_browser_hears_it(bewoner, andere_bewoner, bon):
    opent(andere_bewoner, bon.code)
    for _ in range(2):
        response = bewoner.post(EIGEN + "noden/", {"versie": 1, "nodig": ["deur"]}, follow=True)
        assert "Bewaard." in response.content.decode()
    assert noden(bon.afspraak) == (["Iemand die opwacht aan de deur"], True, 2)
    response = andere_bewoner.post(EIGEN + "noden/", {"versie": 1, "nodig": ["gebaren"]}, follow=True)
    assert "Er veranderde ondertussen iets aan deze afspraak" in response.content.decode()
    assert noden(bon.afspraak)[0] == ["Iemand die opwacht aan de deur"]
    assert list(bon.afspraak.spoor.exclude(stap="lees").values_list("stap", flat=True)) == ["boek", "noden"]


def test_needs_are_closed_once_it_began_or_was_cancelled(bewoner, bon, nu):
    acties.zeg_af(afspraak=bon.afspraak, door=None)
    assert "noden/" not in bewoner.get(EIGEN).content.decode()
    response = bewoner.post(EIGEN + "noden/", {"versie": 2, "nodig": ["deur"]}, follow=True)
    assert "kan je niets meer aanpassen" in response.content.decode()
    with pytest.raises(MagNiet):
        acties.wijzig_noden(afspraak=bon.afspraak, nodig=["deur"], taal="")
    assert noden(bon.afspraak) == ([], False, 2)


def test_needs_by_phone_are_only_an_interpreter(bewoner, kade, gesprek):
    bon = boeking(spreekuur(kade, gesprek, wijze="telefoon"), telefoon="014 00 00 00", contactwijze="telefoon")
    opent(bewoner, bon.code)
    html = bewoner.get(EIGEN + "noden/").content.decode()
    assert 'value="tolk"' in html and 'value="rolstoel"' not in html


def test_erase(bewoner, andere_bewoner, bon):
    opent(andere_bewoner, bon.code)
    assert "Wis alles" in bewoner.get(EIGEN + "wissen/").content.decode()
    response = bewoner.post(EIGEN + "wissen/", follow=True)
    assert "Alles wat je bij deze afspraak invulde, is gewist." in response.content.decode()
    afspraak = Afspraak.objects.get()
    assert (afspraak.naam, afspraak.staat) == ("[gewist]", "afgezegd")
    for browser in (bewoner, andere_bewoner):
        assert browser.get(EIGEN)["Location"] == "/loket/opvolgen/"
    assert "We vinden geen vraag of afspraak" in opent(bewoner, bon.code).content.decode()


def test_close_forgets_it_in_this_browser(bewoner, bon):
    bewoner.post("/loket/opvolgen/sluiten/")
    assert bewoner.get(EIGEN)["Location"] == "/loket/opvolgen/"
