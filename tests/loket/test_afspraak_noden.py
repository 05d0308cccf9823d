"""What people need to be able to come, who came without an appointment, and the place that is nearest."""

import pytest

from loket.acties import afspraak as acties
from loket.acties import langskomen
from loket.models import Afspraak, Dienst, MagNiet
from loket.models.afspraak import Stap
from loket.rooster.plek import dichtbij
from sociaalhuis.models import Locatie, UitgaandeMail
from tests.loket.afspraken import boeking, om, spreekuur
from tests.loket.vragen import bewijs, getekend, vraag_van

pytestmark = pytest.mark.usefixtures("nu", "huis")

BOEK = "/loket/afspraak/schulden/kade/hier/20270302-0900/"
BALIE = "/loket/werkbank/afspraken/"
LANGS = f"{BALIE}langs/"


def tekst(response):
    return response.content.decode().split('<main id="inhoud"')[1].split("</main>")[0]


def ingevuld(**velden):
    vast = {"bewijs": getekend(), "moment": "20270302-0900", "naam": "Sam", "contactwijze": "geen", "akkoord": "on"}
    return {**vast, **velden}


# --- what somebody needs --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"nodig": ["tolk"]}, {"taal": "Typ voor welke taal we een tolk zoeken."}),
        ({"nodig": ["vleugels"]}, {"nodig": "Kies uit de lijst."}),
        ({"taal": "x" * 5000}, {"taal": "Dit is te lang: hoogstens 40 tekens."}),
        ({"taal": "a\x00b"}, {"taal": "Hier staat een teken dat we niet kunnen bewaren. Typ het opnieuw."}),
    ],
)
def test_odd_needs_are_said_and_what_was_typed_stays(bewoner, dinsdag, velden, fout):
    response = bewoner.post(BOEK, ingevuld(**velden))
    assert {veld: fouten[0] for veld, fouten in response.context["form"].errors.items()} == fout
    assert 'value="Sam"' in tekst(response) and not Afspraak.objects.exists()


def test_by_phone_nobody_asks_about_the_door(bewoner, kade, gesprek):
    spreekuur(kade, gesprek, wijze="telefoon")
    html = tekst(bewoner.get("/loket/afspraak/schulden/kade/telefoon/20270302-0900/"))
    assert 'value="tolk"' in html and 'value="rolstoel"' not in html and 'value="deur"' not in html


def test_needs_are_seen_by_who_receives_and_by_nobody_else(bewoner, als, loket_ocmw, loket_thuiszorg, dinsdag):
    velden = {
        "nodig": ["tolk", "rolstoel"],
        "taal": "<b>Arabisch</b>",
        "contactwijze": "mail",
        "email": "sam@voorbeeld.be",
    }
    bon = tekst(bewoner.post(BOEK, ingevuld(**velden)))
    assert "We houden er rekening mee" in bon and "Plaats voor een rolstoel" in bon and "&lt;b&gt;Arabisch" in bon
    rij = Afspraak.objects.get()
    dag = f"{BALIE}?dag=2027-03-02"
    lijst = tekst(als(loket_ocmw).get(dag))
    assert "vraagt iets: kijk vooraf" in lijst and "rolstoel" not in lijst and "Arabisch" not in lijst
    assert "vraagt iets" not in tekst(als(loket_thuiszorg).get(dag))
    een = tekst(als(loket_ocmw).get(rij.get_absolute_url()))
    assert "Een tolk" in een and "Plaats voor een rolstoel" in een and "Praat het liefst &lt;b&gt;Arabisch" in een
    acties.herinner(om("2027-03-01T10:00"))
    (mail,) = UitgaandeMail.objects.all()
    assert "rolstoel" not in mail.tekst and "tolk" not in mail.tekst.lower() and "Arabisch" not in mail.tekst


def test_needs_go_with_the_rest(bewoner, dinsdag):
    bewoner.post(BOEK, ingevuld(nodig=["deur"]))
    rij = Afspraak.objects.select_related("dossiersleutel").get()
    assert rij.noden == ["Iemand die opwacht aan de deur"]
    acties.wis(afspraak=rij)
    assert Afspraak.objects.values_list("dossiersleutel__ingepakt", flat=True).get() is None


def test_who_needs_nothing_is_not_marked(als, loket_ocmw, dinsdag):
    boeking(dinsdag)
    assert "vraagt iets" not in tekst(als(loket_ocmw).get(f"{BALIE}?dag=2027-03-02"))


def test_at_the_desk_too(als, loket_ocmw, dinsdag):
    pad = f"{BALIE}nieuw/schulden/kade/hier/20270302-0900/"
    als(loket_ocmw).post(pad, ingevuld(nodig=["gebaren"]))
    assert Afspraak.objects.get().noden == ["Een tolk Vlaamse Gebarentaal"]


# --- who came without an appointment --------------------------------------------------------------


def langs(**velden):
    vast = {"bewijs": getekend(), "waarvoor": "schulden/kade/hier", "dag": "2027-03-01", "uur": "07:45", "naam": "Mo", "afloop": "aangekomen"}  # fmt: skip
    return {**vast, **velden}


@pytest.mark.parametrize(
    ("velden", "veld", "fout"),
    [
        ({"waarvoor": ""}, "waarvoor", "Kies waarvoor iemand kwam."),
        ({"waarvoor": "schulden/kade/thuis"}, "waarvoor", "Kies uit de lijst."),
        ({"dag": "gisteren"}, "dag", "Dit is geen datum. Kies een dag in de kalender."),
        ({"dag": "0001-01-01"}, "uur", None),
        ({"dag": "2027-03-02"}, "uur", langskomen.NIET_IN_DE_TOEKOMST),
        ({"uur": "08:01"}, "uur", langskomen.NIET_IN_DE_TOEKOMST),
        ({"dag": "2027-02-14"}, "uur", langskomen.TE_LANG_GELEDEN),
        ({"uur": "25:99"}, "uur", "Dit is geen uur. Het ziet eruit als 14:30."),
        ({"naam": "x" * 5000}, "naam", "Dit is te lang: hoogstens 80 tekens."),
        ({"naam": "a\x00"}, "naam", "Hier staat een teken dat we niet kunnen bewaren. Typ het opnieuw."),
        ({"afloop": "afgezegd"}, "afloop", "Kies één van de mogelijkheden."),
    ],
)
def test_bad_input_is_said_beside_the_field(als, loket_ocmw, dinsdag, velden, veld, fout):
    response = als(loket_ocmw).post(LANGS, langs(**velden))
    assert response.status_code == 200
    fouten = response.context["form"].errors
    assert list(fouten) == [veld] and (fout is None or fouten[veld][0] == fout)
    assert not Afspraak.objects.exists()


def test_only_what_own_teams_give(als, loket_gemeente, loket_thuiszorg, planner, bewoner, dinsdag):
    for ander in (loket_gemeente, loket_thuiszorg):
        assert "waarvoor" in als(ander).post(LANGS, langs()).context["form"].errors
    assert als(planner).get(LANGS).status_code == 404
    assert "/account/login/" in bewoner.get(LANGS)["Location"]
    assert not Afspraak.objects.exists()


@pytest.mark.parametrize(("afloop", "staat"), [("aangekomen", "aangekomen"), ("afgerond", "afgerond")])
def test_who_came_stands_in_the_agenda(als, loket_ocmw, dinsdag, team_sociale_dienst, afloop, staat):
    vraag = vraag_van(team_sociale_dienst)
    client = als(loket_ocmw)
    assert 'value="2027-03-01"' in tekst(client.get(LANGS)) and 'value="08:00"' in tekst(client.get(LANGS))
    velden = langs(afloop=afloop, nodig=["gebaren"])
    response = client.post(f"{LANGS}?vraag={vraag.referentie}", velden)
    client.post(f"{LANGS}?vraag={vraag.referentie}", velden)  # a double click
    rij = Afspraak.objects.get()
    assert response["Location"] == rij.get_absolute_url()
    assert (rij.staat, rij.begin, rij.naam, rij.vraag, rij.code_hash) == (
        staat,
        om("2027-03-01T07:45"),
        "Mo",
        vraag,
        "",
    )
    assert list(rij.spoor.values_list("stap", "door")) == [("boek", loket_ocmw.pk), (afloop, loket_ocmw.pk)]
    assert rij.referentie in tekst(client.get(f"{BALIE}?dag=2027-03-01"))
    assert "Niet gevraagd" in tekst(client.get(rij.get_absolute_url()))


def test_more_people_than_desks_is_a_fact_too(als, loket_ocmw, dinsdag, nu):
    nu("2027-03-02T09:10")
    client = als(loket_ocmw)
    for _ in range(3):
        client.post(LANGS, langs(dag="2027-03-02", uur="09:00"))
    assert sorted(Afspraak.objects.values_list("plek", flat=True)) == [1, 2, 3]


def test_a_kind_that_is_not_given_there(loket_ocmw, gesprek, kade):
    with pytest.raises(MagNiet):
        langskomen.schrijf_op(
            door=loket_ocmw, bewijs=bewijs(), soort=gesprek, locatie=kade, wijze="hier",
            begin=om("2027-03-01T07:00"), afloop=Stap.AFGEROND,
        )  # fmt: skip


# --- the place that is nearest --------------------------------------------------------------------


@pytest.fixture
def raad(ocmw, kade):
    dienst = Dienst.objects.create(slug="raad", titel="Raad", kort="Raad.", bestuur=ocmw, status="gepubliceerd")
    dienst.locaties.add(kade)
    return dienst


def test_the_place_of_the_service_and_else_the_house(raad, kade):
    assert [plek.locatie for plek in dichtbij(0, ["raad"])] == [kade]
    assert dichtbij(0, ["iets-anders"]) == [] and dichtbij(0, []) == []
    Locatie.objects.update(zichtbaar=False)
    assert dichtbij(0, ["raad"]) == []


def test_most_services_then_the_area_then_open_now(raad, kade, gebied, nu):
    nu("2027-03-01T10:00")
    velden = {"straat": "Dam", "gemeente": "Proefdorp"}
    dicht = Locatie.objects.create(slug="a", naam="A", volgorde=0, openingsuren="di 09:00-12:00", **velden)
    open_ = Locatie.objects.create(slug="b", naam="B", volgorde=1, openingsuren="ma 09:00-12:00", **velden)
    buurt = Locatie.objects.create(slug="c", naam="C", volgorde=2, gebied=gebied, **velden)
    Locatie.objects.filter(pk=kade.pk).update(zichtbaar=False)
    raad.locaties.add(dicht, open_, buurt)
    assert [plek.locatie for plek in dichtbij(0, ["raad"])] == [open_, dicht]
    assert [plek.locatie for plek in dichtbij(0, ["raad"], {"proefdorp"})] == [buurt, open_]
