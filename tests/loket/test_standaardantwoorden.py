"""Canned answers: fields, who manages what, looking for one while answering, and nothing unfilled leaves the house."""

import pytest
from django.db import IntegrityError, transaction

from loket.models import Bericht, Inzage, Standaardantwoord
from loket.werkbank import invulvelden
from tests.loket.diensten import maak_dienst
from tests.loket.vragen import gewone_dag, vraag_van

PAD = "/loket/werkbank/antwoorden/"


@pytest.fixture
def vraag(huis, team_sociale_dienst, thema):
    return vraag_van(team_sociale_dienst, tekst="Kanarie-inhoud", naam="Noor", thema=thema)


@pytest.fixture
def antwoord(db):
    return Standaardantwoord.objects.create(titel="Groet", tekst="Dag {naam},\n\nKom naar {adres van dienst}.")


def zoek(client, vraag, **velden):
    return client.post(f"{vraag.get_absolute_url()}zoek-antwoord/", {"versie": vraag.versie, **velden})


def ingevuld(**velden):
    return {"titel": "Nieuw", "tekst": "Dag {naam}", "niveau": "mij", **velden}


# --- fields -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "onbekend"),
    [
        ("Dag {naam} en {NAAM} en { naam }", []),
        ("{adres van dienst}", []),
        ("{rijksregister}", ["rijksregister"]),
        ("{naam} {x} {y} {x}", ["x", "y"]),
        ("{vraag.tekst}", ["vraag.tekst"]),
        ("geen { accolades", []),
    ],
)
def test_only_fields_that_exist(tekst, onbekend):
    assert invulvelden.onbekende(tekst) == onbekend


def test_every_field_is_filled_or_marked(vraag, huis, loket_ocmw):
    """With a value: that value. Without: a mark, and the mark is found again."""
    sjabloon = "|".join("{" + veld + "}" for veld in invulvelden.VELDEN)
    uit = invulvelden.vul_in(sjabloon, vraag=vraag, door=loket_ocmw, huis=huis).split("|")
    gevuld = dict(zip(invulvelden.VELDEN, uit, strict=True))
    assert gevuld["naam"] == "Noor" and gevuld["referentie"] == vraag.referentie
    assert gevuld["medewerker"] == "loket.ocmw" and gevuld["team"] == "Sociale dienst"
    assert gevuld["telefoon"] == "059 99 00 00" and gevuld["adres"] == "Dorpsplein 1, 9998 Proefdorp"
    assert gevuld["dienst"] == "[vul nog in: dienst]" == f"[vul nog in: {invulvelden.nog_open(gevuld['dienst'])[0]}]"
    assert gevuld["adres van dienst"] == "[vul nog in: adres van dienst]"
    assert all(gevuld.values())


def test_the_address_of_the_service(vraag, huis, loket_ocmw):
    dienst = maak_dienst("Leefloon", bestuur=vraag.bestuur)
    vraag.dienst = dienst
    assert invulvelden.vul_in("{adres van dienst}", vraag=vraag, door=loket_ocmw, huis=huis).startswith("[vul")
    dienst.contactpunten.create(straat="Dorpsplein", huisnummer="2", postcode="9998", gemeente="Proefdorp")
    assert "Dorpsplein 2" in invulvelden.vul_in("{adres van dienst}", vraag=vraag, door=loket_ocmw, huis=huis)


def test_a_name_with_braces_is_no_field(team_sociale_dienst, huis, loket_ocmw):
    slim = vraag_van(team_sociale_dienst, naam="{telefoon} [vul nog in: x]")
    uit = invulvelden.vul_in("Dag {naam}", vraag=slim, door=loket_ocmw, huis=huis)
    assert uit == "Dag telefoon vul nog in: x" and invulvelden.nog_open(uit) == []


# --- who manages what -------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["planner", "coordinator", "beheer", "toezicht", "voedselbank", "superuser"])
@pytest.mark.parametrize("pad", ["", "nieuw/", "1/"])
def test_only_for_the_desk(wie, pad, antwoord, huis, als, request):
    client = als(request.getfixturevalue(wie))
    assert client.get(PAD + pad).status_code == 404
    assert client.post(PAD + "nieuw/", ingevuld()).status_code == 404
    assert Standaardantwoord.objects.count() == 1


def test_everyone_has_own_ones_and_nobody_elses(huis, als, loket_ocmw, team_ocmw):
    als(loket_ocmw).post(PAD + "nieuw/", ingevuld(titel="Van mij alleen"))
    mijn = Standaardantwoord.objects.get()
    assert mijn.eigenaar == loket_ocmw
    hoofd = als(team_ocmw)
    assert "Van mij alleen" not in hoofd.get(PAD).content.decode()
    assert hoofd.get(f"{PAD}{mijn.pk}/").status_code == hoofd.post(f"{PAD}{mijn.pk}/weg/").status_code == 404
    assert als(loket_ocmw).post(f"{PAD}{mijn.pk}/weg/").status_code == 302
    assert Standaardantwoord.objects.count() == 0


def test_the_head_manages_team_and_house_and_others_only_read(huis, als, team_ocmw, loket_ocmw, team_sociale_dienst):
    for titel, niveau in (("Huis", "huis"), ("Team", str(team_sociale_dienst.pk))):
        assert als(team_ocmw).post(PAD + "nieuw/", ingevuld(titel=titel, niveau=niveau)).status_code == 302
        client = als(loket_ocmw)
        fout = client.post(PAD + "nieuw/", ingevuld(niveau=niveau))
        assert fout.context["form"].errors["niveau"] == ["Kies uit de lijst."]
    for rij in Standaardantwoord.objects.all():
        assert rij.titel in client.get(PAD).content.decode()
        assert client.get(f"{PAD}{rij.pk}/").status_code == client.post(f"{PAD}{rij.pk}/weg/").status_code == 403
        assert als(team_ocmw).post(f"{PAD}{rij.pk}/", ingevuld(titel="Anders", niveau="huis")).status_code == 302


def test_another_team_and_the_other_bestuur_do_not_see_those_of_a_team(
    huis, als, team_sociale_dienst, loket_thuiszorg, loket_gemeente, team_onthaal, team_ocmw
):
    rij = Standaardantwoord.objects.create(titel="Alleen hier", tekst="x", team=team_sociale_dienst)
    for wie in (loket_thuiszorg, loket_gemeente):
        assert "Alleen hier" not in als(wie).get(PAD).content.decode()
        assert als(wie).get(f"{PAD}{rij.pk}/").status_code == 404
    fout = als(team_ocmw).post(PAD + "nieuw/", ingevuld(niveau=str(team_onthaal.pk)))
    assert list(fout.context["form"].errors) == ["niveau"]


def test_the_database_refuses_one_of_two_owners(loket_ocmw, team_sociale_dienst):
    with pytest.raises(IntegrityError), transaction.atomic():
        Standaardantwoord.objects.create(titel="x", tekst="x", eigenaar=loket_ocmw, team=team_sociale_dienst)


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("titel", "", "Geef een titel."),
        ("titel", "x" * 121, "Maak de titel korter: hoogstens 120 tekens."),
        ("tekst", "", "Schrijf de tekst van het antwoord."),
        ("tekst", "x" * 4001, "Je tekst is te lang: hoogstens 4000 tekens. Maak hem korter, of bel ons."),
        ("tekst", "a\x00b", "In je tekst staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."),
        ("tekst", "Dag {vader}", "Dit kennen we niet: {vader}. Kies een veld uit de lijst."),
        ("tekst", "\u202e", "Schrijf de tekst van het antwoord."),
    ],
)
def test_bad_input_is_told_and_the_rest_stays(veld, waarde, fout, huis, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(PAD + "nieuw/", ingevuld(**{"titel": "<b>Blijft</b>", veld: waarde}))
    assert antwoord.status_code == 200 and antwoord.context["form"].errors[veld] == [fout]
    assert veld == "titel" or "&lt;b&gt;Blijft&lt;/b&gt;" in antwoord.content.decode()
    assert Standaardantwoord.objects.count() == 0


# --- while answering --------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["loket_thuiszorg", "loket_gemeente", "planner", "superuser"])
def test_not_on_a_question_of_others(wie, vraag, antwoord, als, request):
    assert zoek(als(request.getfixturevalue(wie)), vraag, kies=antwoord.pk).status_code == 404
    assert (Inzage.objects.count(), Standaardantwoord.objects.get().gebruikt) == (0, 0)


def test_looking_keeps_what_was_typed_and_leaves_a_trace(vraag, antwoord, als, loket_ocmw):
    gevonden = zoek(als(loket_ocmw), vraag, zoek_antwoord="GROET", tekst="Al getypt <i>")
    pagina = gevonden.content.decode()
    assert "Al getypt &lt;i&gt;" in pagina and gevonden.context["hulp"].treffers == [antwoord]
    niets = zoek(als(loket_ocmw), vraag, zoek_antwoord="xqzwv", tekst="Al getypt")
    assert niets.context["hulp"].treffers == [] and "Niets gevonden" in niets.content.decode()
    assert Inzage.objects.count() == 2 and Bericht.objects.count() == 0


def test_choosing_fills_in_counts_and_what_is_open_is_not_sent(vraag, antwoord, als, loket_ocmw):
    client = als(loket_ocmw)
    gekozen = zoek(client, vraag, kies=antwoord.pk, tekst="Eerst dit.")
    tekst = gekozen.context["schrijven"]["tekst"].value()
    assert tekst == "Eerst dit.\n\nDag Noor,\n\nKom naar [vul nog in: adres van dienst]."
    assert "adres van dienst" in gekozen.content.decode() and Standaardantwoord.objects.get().gebruikt == 1
    for stap in ("beantwoord", "vraag_terug", "stuur_bericht"):
        te_vroeg = client.post(f"{vraag.get_absolute_url()}{stap}/", {"tekst": tekst, "versie": 1})
        assert te_vroeg.context["form"].errors["tekst"] == ["Vul nog in: adres van dienst."]
    assert Bericht.objects.count() == 0
    goed = tekst.replace("[vul nog in: adres van dienst]", "het Dorpsplein")
    assert client.post(f"{vraag.get_absolute_url()}beantwoord/", {"tekst": goed, "versie": 1}).status_code == 302
    assert Bericht.objects.get().tekst.endswith("Kom naar het Dorpsplein.")


def test_a_field_typed_by_hand_is_not_sent_either(vraag, als, loket_ocmw):
    fout = als(loket_ocmw).post(f"{vraag.get_absolute_url()}beantwoord/", {"tekst": "Dag {naam}", "versie": 1})
    assert fout.context["form"].errors["tekst"] == ["Vul nog in: naam."]
    als(loket_ocmw).post(f"{vraag.get_absolute_url()}beantwoord/", {"tekst": "Dag {wereld}", "versie": 1})
    assert Bericht.objects.get().tekst == "Dag {wereld}"


def test_what_fits_comes_first(vraag, als, loket_ocmw, team_sociale_dienst):
    maak = Standaardantwoord.objects.create
    dienst = maak_dienst("Leefloon", bestuur=vraag.bestuur)
    vraag.dienst = dienst
    vraag.save(update_fields=["dienst"])
    gewoon = maak(titel="A", tekst="x", gebruikt=99)
    bij_thema = maak(titel="B", tekst="x", thema=vraag.thema)
    bij_dienst = maak(titel="C", tekst="x", dienst=dienst)
    weinig = maak(titel="D", tekst="x", gebruikt=1)
    assert zoek(als(loket_ocmw), vraag).context["hulp"].treffers == [bij_dienst, bij_thema, gewoon, weinig]


@pytest.mark.parametrize("velden", [{"kies": "x"}, {"kies": "999999"}, {"kies": "9" * 30}, {"zoek_antwoord": "\x00"}, {"versie": "x"}, {"tekst": "a\x00\u202e" * 3000}])  # fmt: skip
def test_odd_input_breaks_nothing(velden, vraag, antwoord, als, loket_ocmw):
    assert zoek(als(loket_ocmw), vraag, **velden).status_code == 200
    assert Standaardantwoord.objects.get().gebruikt == 0


def test_of_somebody_else_cannot_be_put_in(vraag, als, loket_ocmw, team_ocmw):
    geheim = Standaardantwoord.objects.create(titel="x", tekst="Kanarie-eigen", eigenaar=team_ocmw)
    assert "Kanarie-eigen" not in zoek(als(loket_ocmw), vraag, kies=geheim.pk).content.decode()


def test_the_version_of_the_page_stays_so_that_a_colleague_is_noticed(vraag, antwoord, als, loket_ocmw, team_ocmw):
    als(team_ocmw).post(f"{vraag.get_absolute_url()}neem/", {"versie": 1})
    gekozen = zoek(als(loket_ocmw), vraag, kies=antwoord.pk)
    assert gekozen.context["schrijven"]["versie"].value() == 1


def test_the_list_costs_the_same_with_more_rows(huis, als, loket_ocmw, thema, django_assert_num_queries):
    client = als(loket_ocmw)
    dag = gewone_dag()
    for aantal in (1, 3):
        while Standaardantwoord.objects.count() < aantal:
            Standaardantwoord.objects.create(titel="x", tekst="x", thema=thema)
        client.get(PAD, **dag)
        with django_assert_num_queries(6):
            client.get(PAD, **dag)
