"""The same question of different persons: linked, one answer for all of them, and nobody learns of the others."""

import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from loket.acties import behandeling, koppelen
from loket.acties.slot import Ondertussen
from loket.acties.wissen import wis
from loket.models import Bericht, Gebeurtenis, Koppeling, MagNiet, Standaardantwoord, Vraag
from tests.loket.vragen import bewijs, gewone_dag, ontvang, vraag_van

TEKST = "Dag {naam},\nde voedselbedeling is op dinsdag. Je referentie: {referentie}."


@pytest.fixture
def een(huis, team_sociale_dienst):
    return ontvang(team_sociale_dienst, tekst="Kanarie-een", naam="Amina Proef", bewijs=bewijs())


@pytest.fixture
def twee(huis, team_sociale_dienst):
    velden = {"tekst": "Kanarie-twee", "naam": "Jos", "antwoordwijze": "mail", "email": "jos@voorbeeld.example"}
    return ontvang(team_sociale_dienst, **velden)


def vers(vraag):
    return Vraag.objects.get(pk=vraag.pk)


def adres(vraag, rest=""):
    return vraag.get_absolute_url() + rest


def koppel(een, twee, door, **velden):
    return koppelen.koppel(vraag=een.vraag, met=twee.vraag, door=door, **velden)


def antwoord(een, *ook, tekst=TEKST, **velden):
    keuzes = [f"{vraag.pk}:{vers(vraag).versie}" for vraag in ook]
    return {"tekst": tekst, "versie": vers(een.vraag).versie, "ook": keuzes, **velden}


# --- what must not be -------------------------------------------------------------------------


def test_never_over_two_besturen_or_a_team_that_is_not_theirs(een, team_onthaal, team_thuiszorg, loket_ocmw, loket_gemeente):  # fmt: skip
    gemeente, thuiszorg = ontvang(team_onthaal), ontvang(team_thuiszorg)
    for ander, door in [(gemeente, loket_ocmw), (thuiszorg, loket_ocmw), (gemeente, loket_gemeente)]:
        with pytest.raises(MagNiet):
            koppel(een, ander, door)
    assert not Koppeling.objects.exists() and vers(een.vraag).versie == 1


def test_the_database_refuses_it_too(een, team_onthaal, loket_ocmw):
    rij = Koppeling.objects.create(vraag=een.vraag, door=loket_ocmw)
    with pytest.raises(IntegrityError), transaction.atomic():
        Koppeling.objects.create(vraag=vraag_van(team_onthaal), groep=rij.groep, door=loket_ocmw)
    Koppeling.objects.create(vraag=vraag_van(team_onthaal), door=loket_ocmw)


def test_asking_for_a_reference_elsewhere_tells_nothing(een, team_onthaal, als, loket_ocmw):
    elders, fouten = vraag_van(team_onthaal), set()
    for referentie in (elders.referentie, "2020-ZZZZZZ"):
        pagina = als(loket_ocmw).post(adres(een.vraag, "koppel/"), {"andere": referentie, "versie": 1})
        fouten.add((pagina.status_code, str(pagina.context["form"].errors["andere"])))
    assert len(fouten) == 1


@pytest.mark.parametrize("andere", ["", "\x00", "x" * 5000, "<script>", "‮2027-7K3F9Q"])
def test_what_is_no_reference_is_said(een, als, loket_ocmw, andere):
    pagina = als(loket_ocmw).post(adres(een.vraag, "koppel/"), {"andere": andere, "versie": 1})
    assert pagina.status_code == 200 and list(pagina.context["form"].errors) == ["andere"]


def test_not_with_itself_and_not_twice(een, twee, loket_ocmw):
    with pytest.raises(MagNiet):
        koppel(een, een, loket_ocmw)
    koppel(een, twee, loket_ocmw)
    with pytest.raises(MagNiet):
        koppel(twee, een, loket_ocmw)
    assert Gebeurtenis.objects.filter(stap="koppel").count() == 2


def test_not_one_that_is_closed(een, twee, loket_ocmw):
    behandeling.sluit_af(vraag=twee.vraag, resultaat="geholpen", door=loket_ocmw)
    with pytest.raises(MagNiet):
        koppel(een, twee, loket_ocmw)


def test_who_does_not_see_the_other_does_not_see_the_link(een, team_thuiszorg, team_ocmw, als, loket_ocmw):
    elders = ontvang(team_thuiszorg, naam="Rik")
    koppel(een, elders, team_ocmw)
    html = als(loket_ocmw).get(adres(een.vraag)).content.decode()
    assert elders.vraag.referentie not in html and "Dezelfde vraag van anderen" not in html
    pagina = als(loket_ocmw).post(adres(een.vraag, "beantwoord/"), antwoord(een, elders.vraag, tekst="Kom dinsdag."))
    assert (pagina.status_code, vers(elders.vraag).staat) == (302, "nieuw")  # the field is not there for this clerk


def test_the_one_who_asked_hears_nothing_of_it(een, twee, loket_ocmw, bewoner):
    koppel(een, twee, loket_ocmw)
    bewoner.post("/loket/opvolgen/", {"code": een.getoonde_code})
    html = bewoner.get("/loket/opvolgen/dossier/").content.decode()
    assert "oppel" not in html and twee.vraag.referentie not in html


@pytest.mark.parametrize("tekst", ["Dag Amina, kom dinsdag.", "Dag {naam}, dossier {eigen}."])
def test_the_name_of_one_never_goes_to_the_other(een, twee, als, loket_ocmw, tekst):
    koppel(een, twee, loket_ocmw)
    tekst = tekst.replace("{eigen}", een.vraag.referentie)
    pagina = als(loket_ocmw).post(adres(een.vraag, "beantwoord/"), antwoord(een, twee.vraag, tekst=tekst))
    assert "Dit hoort bij één vrager" in pagina.context["form"].errors["tekst"][0]
    assert not Bericht.objects.exists()


def test_a_field_that_one_of_them_lacks_stops_all(een, twee, als, loket_ocmw):
    koppel(een, twee, loket_ocmw)
    velden = antwoord(een, twee.vraag, tekst="Ga naar {adres van dienst}.")
    pagina = als(loket_ocmw).post(adres(een.vraag, "beantwoord/"), velden)
    assert pagina.status_code == 409 and "kennen we dit niet: adres van dienst" in pagina.content.decode()
    assert "Ga naar {adres van dienst}." in pagina.content.decode() and not Bericht.objects.exists()


def test_one_that_changed_meanwhile_stops_all(een, twee, als, loket_ocmw, team_ocmw):
    koppel(een, twee, loket_ocmw)
    velden = antwoord(een, twee.vraag)
    behandeling.neem(vraag=twee.vraag, door=team_ocmw)
    pagina = als(loket_ocmw).post(adres(een.vraag, "beantwoord/"), velden)
    assert "Een gekoppelde vraag veranderde ondertussen." in pagina.context["form"].errors["ook"][0]
    with pytest.raises(Ondertussen):
        koppelen.schrijf_aan_allen(
            verb=behandeling.beantwoord, vraag=een.vraag, ook={twee.vraag.pk: 2}, tekst="Kom.", door=loket_ocmw
        )
    assert not Bericht.objects.exists()


# --- what it is for ---------------------------------------------------------------------------


def test_one_answer_reaches_each_in_its_own_case(een, twee, team_sociale_dienst, als, loket_ocmw):  # fmt: skip
    drie = ontvang(team_sociale_dienst, tekst="Kanarie-drie")  # gave no name
    koppel(een, twee, loket_ocmw)
    koppel(drie, twee, loket_ocmw)
    client = als(loket_ocmw)
    html = client.get(adres(een.vraag)).content.decode()
    assert "Dezelfde vraag van anderen" in html and twee.vraag.referentie in html and "Jos" not in html
    pagina = client.post(adres(een.vraag, "beantwoord/"), antwoord(een, twee.vraag, drie.vraag), follow=True)
    assert "Je antwoord is verstuurd. Ook 2 andere vragers kregen het." in pagina.content.decode()
    for bon, groet in [(een, "Dag Amina Proef,"), (twee, "Dag Jos,"), (drie, "Dag,")]:
        vraag = vers(bon.vraag)
        bericht = vraag.berichten.get()
        assert bericht.tekst.splitlines()[0] == groet
        assert bericht.tekst.endswith(f"Je referentie: {vraag.referentie}.")
        assert (vraag.staat, vraag.behandelaar) == ("beantwoord", loket_ocmw)
        assert vraag.gebeurtenissen.filter(stap="beantwoord", door=loket_ocmw).count() == 1
    client.post(adres(een.vraag, "beantwoord/"), antwoord(een, twee.vraag, versie=2))  # a double click
    assert Bericht.objects.count() == 3


def test_nobody_is_chosen_beforehand(een, twee, als, loket_ocmw):
    koppel(een, twee, loket_ocmw)
    als(loket_ocmw).post(adres(een.vraag, "beantwoord/"), antwoord(een))
    assert vers(een.vraag).berichten.get().tekst.startswith("Dag Amina Proef,")
    assert vers(twee.vraag).staat == "nieuw"


def test_a_canned_answer_keeps_the_fields_of_each(een, twee, als, loket_ocmw):
    koppel(een, twee, loket_ocmw)
    vast = Standaardantwoord.objects.create(titel="Bedeling", tekst="Dag {naam}, groeten van {medewerker}.", eigenaar=loket_ocmw)  # fmt: skip
    pagina = als(loket_ocmw).post(adres(een.vraag, "zoek-antwoord/"), {"kies": vast.pk, "versie": 2})
    assert "Dag {naam}, groeten van loket.ocmw." in pagina.content.decode()
    assert "Vul nog in" not in pagina.content.decode()


def test_groups_grow_together_and_nobody_stays_alone(een, twee, team_sociale_dienst, loket_ocmw):
    drie, vier = ontvang(team_sociale_dienst), ontvang(team_sociale_dienst)
    koppel(een, twee, loket_ocmw)
    koppel(drie, vier, loket_ocmw)
    koppel(een, drie, loket_ocmw)
    assert Koppeling.objects.values("groep").distinct().count() == 1 and Koppeling.objects.count() == 4
    for bon in (een, twee, drie):
        koppelen.ontkoppel(vraag=bon.vraag, door=loket_ocmw)
    assert not Koppeling.objects.exists()
    with pytest.raises(MagNiet):
        koppelen.ontkoppel(vraag=vier.vraag, door=loket_ocmw)


def test_who_goes_to_another_team_or_is_erased_leaves_the_group(een, twee, team_onthaal, loket_ocmw):
    koppel(een, twee, loket_ocmw)
    behandeling.draag_over(vraag=twee.vraag, team=team_onthaal, reden="Daar past ze", door=loket_ocmw)
    assert not Koppeling.objects.exists()


def test_erasing_one_leaves_the_other_whole(een, twee, loket_ocmw, als):
    koppel(een, twee, loket_ocmw)
    wis(vraag=twee.vraag)
    html = als(loket_ocmw).get(adres(een.vraag)).content.decode()
    assert "Kanarie-een" in html and "Dezelfde vraag van anderen" not in html


def test_a_case_without_a_link_asks_nothing_more(een, twee, team_sociale_dienst, als, loket_ocmw):  # fmt: skip
    client, dag = als(loket_ocmw), gewone_dag()
    client.get(adres(een.vraag), **dag)
    los = aantal(client, een, dag)
    for ander in (twee, ontvang(team_sociale_dienst), ontvang(team_sociale_dienst)):
        koppel(een, ander, loket_ocmw)
        if ander is twee:
            met_een = aantal(client, een, dag)
    assert (met_een, aantal(client, een, dag)) == (los + 1, los + 1)


def aantal(client, bon, dag):
    with CaptureQueriesContext(connection) as vragen:
        client.get(adres(bon.vraag), **dag)
    return len(vragen)


@pytest.mark.django_db(transaction=True)
def test_two_who_link_the_other_way_round_wait_for_each_other(een, twee, loket_ocmw):
    uitkomst = []

    def doe(a, b):
        try:
            koppel(a, b, loket_ocmw)
            uitkomst.append("ja")
        except MagNiet:
            uitkomst.append("nee")
        finally:
            connections.close_all()

    draden = [threading.Thread(target=doe, args=paar) for paar in ((een, twee), (twee, een))]
    [draad.start() for draad in draden]
    [draad.join() for draad in draden]
    assert sorted(uitkomst) == ["ja", "nee"] and Koppeling.objects.count() == 2
