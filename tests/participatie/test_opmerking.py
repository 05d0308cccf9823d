"""Personal remarks, signed and kept apart from the one voice of an organisation."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from participatie.acties import opmerking as acties
from participatie.acties.antwoord import publiceer_antwoorden
from participatie.acties.mandaat import beeindig_mandaat
from participatie.draagvlak import van_ronde
from participatie.models import Inbreng, Mandaat, Opmerking, Ronde
from participatie.reactienota import als_verslag
from participatie.staat import MagNiet
from sociaalhuis.models import Gebruiker
from sociaalhuis.rollen import ORGANISATIELID

HOEK = "/participatie/mijn/voor/voedselbank/opmerkingen/"
EIGEN = "/participatie/mijn/opmerkingen/"


@pytest.fixture
def collega(maak_gebruiker, organisatie):
    wie = maak_gebruiker("collega", ORGANISATIELID, medewerker=False)
    Mandaat.objects.create(gebruiker=wie, organisatie=organisatie)
    return wie


@pytest.fixture
def ander(maak_gebruiker, ouderenraad):
    wie = maak_gebruiker("ouderen", ORGANISATIELID, medewerker=False)
    Mandaat.objects.create(gebruiker=wie, organisatie=ouderenraad)
    return wie


@pytest.fixture
def schrijf(als, huis, mandaat, bewijs):
    """schrijf(nummer, tekst=...): the speaker of the food bank posts a remark through the page."""

    def post(nummer=1, **velden):
        return als(mandaat.gebruiker).post(HOEK, {"bewijs": bewijs(nummer), "tekst": "Ik twijfel zelf.", **velden})

    return post


def test_what_is_refused_keeps_what_was_typed(schrijf, ronde, gesloten_ronde, maak_inbreng, ouderenraad, organisatie):
    over = f"ronde-{ronde.pk}"
    van_ander = maak_inbreng(ronde, "Niet van ons.", organisatie=ouderenraad)
    van_vroeger = maak_inbreng(gesloten_ronde, "Te laat.", organisatie=organisatie)
    for velden, veld, fout in [
        ({"over": ""}, "over", "Kies waarover je opmerking gaat."),
        ({"over": van_ander.referentie}, "over", "Kies waarover je opmerking gaat."),
        ({"over": van_vroeger.referentie}, "over", "Kies waarover je opmerking gaat."),
        ({"over": f"ronde-{gesloten_ronde.pk}"}, "over", "Kies waarover je opmerking gaat."),
        ({"over": over, "tekst": ""}, "tekst", "Schrijf hier wat je zelf wil zeggen."),
        ({"over": over, "tekst": "\u202e "}, "tekst", "Schrijf hier wat je zelf wil zeggen."),
        ({"over": over, "tekst": "a\x00b"}, "tekst", "Hier staat een teken in dat we niet kunnen bewaren. Typ de tekst opnieuw."),
        ({"over": over, "tekst": "x" * 5000}, "tekst", "Je tekst is te lang: 5000 tekens. Maak er hoogstens 1500 tekens van."),
    ]:  # fmt: skip
        antwoord = schrijf(**velden)
        assert (antwoord.status_code, antwoord.context["form"].errors[veld]) == (422, [fout]), velden
        assert velden.get("tekst", "Ik twijfel zelf.").strip("\u202e ") in antwoord.content.decode()
    for_everyone = schrijf(over=over, tekst="Bel mij op 0470 12 34 56.", openbaar="on")
    assert for_everyone.context["form"].errors["toch"][0].startswith("In je tekst staat een telefoonnummer.")
    assert "<script>" not in schrijf(over="", tekst="<script>alert(1)</script>").content.decode()
    assert not Opmerking.objects.exists()
    assert schrijf(over=over, tekst="Bel mij op 0470 12 34 56.").status_code == 302  # only colleagues and staff read it


def test_nobody_speaks_in_the_name_of_who_is_not_there(
    als, bewoner, schrijf, ronde, gesloten_ronde, mandaat, ander, organisatie, ouderenraad, maak_inbreng, coordinator
):
    velden = {"ronde": ronde, "organisatie": organisatie, "tekst": "x", "inzending": "0" * 32}
    with pytest.raises(PermissionDenied):
        acties.schrijf(**velden, door=ander)
    with pytest.raises(PermissionDenied):
        acties.schrijf(**velden, door=coordinator)
    with pytest.raises(MagNiet, match="Deze ronde is gesloten."):
        acties.schrijf(**{**velden, "ronde": gesloten_ronde}, door=mandaat.gebruiker)
    van_ander = maak_inbreng(ronde, "Niet van ons.", organisatie=ouderenraad)
    with pytest.raises(MagNiet, match="van je eigen organisatie"):
        acties.schrijf(**velden, inbreng=van_ander, door=mandaat.gebruiker)
    with pytest.raises(DatabaseError, match="opmerking_bij_eigen_inbreng"), transaction.atomic():
        Opmerking.objects.create(**velden, inbreng=van_ander, door=mandaat.gebruiker)
    rij = acties.schrijf(**velden, door=mandaat.gebruiker)
    with pytest.raises(DatabaseError, match="opmerking_vast"), transaction.atomic():
        Opmerking.objects.filter(pk=rij.pk).update(tekst="iets anders")
    with pytest.raises(DatabaseError, match="opmerking_verborgen_volledig"), transaction.atomic():
        Opmerking.objects.filter(pk=rij.pk).update(verborgen_op=timezone.now(), verborgen_door=coordinator)
    for verb in (acties.wis, acties.haal_van_website):
        with pytest.raises(PermissionDenied):
            verb(opmerking=rij, door=ander)
    with pytest.raises(MagNiet, match="staat niet op de website"):
        acties.verberg(opmerking=rij, reden="Daarom.", door=coordinator)
    assert [als(ander).get(pad).status_code for pad in (HOEK, f"{EIGEN}{rij.pk}/")] == [404, 404]
    assert als(coordinator).get(EIGEN).status_code == 404
    assert bewoner.get(f"{EIGEN}{rij.pk}/").status_code == 302
    beeindig_mandaat(mandaat=mandaat, door=coordinator)
    te_laat = schrijf(2, over=f"ronde-{ronde.pk}")
    assert te_laat.status_code == 403 and "Ik twijfel zelf." in te_laat.content.decode()


def test_a_remark_stays_apart_from_the_voice_of_the_organisation(
    als, bewoner, huis, schrijf, ronde, mandaat, collega, coordinator, planner, maak_inbreng, organisatie, klaar
):
    """Written once by a double click, read by colleagues and staff, by everyone when its writer says so; counted nowhere."""
    stem = maak_inbreng(ronde, "Wij zeggen ja.", organisatie=organisatie, standpunt="akkoord")
    cijfers = van_ronde(ronde)
    for _ in range(2):
        assert schrijf(1, over=stem.referentie, tekst="Ik twijfel zelf.").status_code == 302
    assert schrijf(2, over=stem.referentie, tekst="Wel met bussen.", openbaar="on").status_code == 302
    assert schrijf(3, over=f"ronde-{ronde.pk}", tekst="Te kort dag.", openbaar="on").status_code == 302
    stil, met_bus, bij_ronde = Opmerking.objects.order_by("pk")
    naam = mandaat.gebruiker.get_full_name()
    assert (stil.openbaar, stil.inbreng, bij_ronde.inbreng) == (False, stem, None)
    assert (van_ronde(Ronde.objects.get(pk=ronde.pk)), Inbreng.objects.count()) == (cijfers, 1)

    lijst = als(collega).get(HOEK).content.decode()
    assert all(
        tekst in lijst for tekst in ("Ik twijfel zelf.", "Wel met bussen.", "Te kort dag.", f"{naam}, in eigen naam")
    )
    assert f"{EIGEN}{stil.pk}/" not in lijst  # only who wrote it changes it
    for pad, staat_er, staat_er_niet in [
        (f"/participatie/inbreng/{stem.referentie}/", "Wel met bussen.", "Te kort dag."),
        (f"/participatie/inbreng/{stem.referentie}/", "Wel met bussen.", "Te kort dag."),
        ("/participatie/rondes/open/", "Te kort dag.", "Wel met bussen."),
    ]:
        pagina = bewoner.get(pad).content.decode()
        assert "Persoonlijke opmerkingen" in pagina and f"{naam}, in eigen naam" in pagina and staat_er in pagina
        assert staat_er_niet not in pagina and "Ik twijfel zelf." not in pagina, pad
    for pad in (f"beheer/inbreng/{stem.pk}/", f"beheer/inbreng/{stem.pk}/antwoord/"):
        pagina = als(planner).get(f"/participatie/{pad}").content.decode()
        assert "Ik twijfel zelf." in pagina and "Dit is niet de stem van de organisatie" in pagina, pad
    assert "Te kort dag." in als(planner).get("/participatie/beheer/rondes/open/").content.decode()

    klaar(stem)
    Ronde.objects.filter(pk=ronde.pk).update(sluit_op=timezone.now())
    ronde = Ronde.objects.get(pk=ronde.pk)
    publiceer_antwoorden(ronde=ronde, door=coordinator)
    delen = {deel.titel: deel for deel in als_verslag(Ronde.objects.get(pk=ronde.pk)).delen}
    assert delen["Persoonlijke opmerkingen"].tabellen[0].rijen == [
        [naam, "Voedselbank De Mand", "Het hele plan", "Wel met bussen."],
        [naam, "Voedselbank De Mand", "Het hele plan", "Te kort dag."],
    ]

    pad = f"/participatie/beheer/opmerkingen/{met_bus.pk}/"
    assert "verberg" not in als(planner).get(pad).content.decode()
    with pytest.raises(PermissionDenied):
        acties.verberg(opmerking=met_bus, reden="Daarom.", door=planner)
    assert "Schrijf een reden." in als(coordinator).post(pad, {"doe": "verberg", "reden": ""}).content.decode()
    als(coordinator).post(pad, {"doe": "verberg", "reden": "Er staat een naam in."})
    assert "Wel met bussen." not in bewoner.get(f"/participatie/inbreng/{stem.referentie}/").content.decode()
    assert "Er staat een naam in." in als(collega).get(HOEK).content.decode()
    als(coordinator).post(pad, {"doe": "toon"})
    assert "Wel met bussen." in bewoner.get(f"/participatie/inbreng/{stem.referentie}/").content.decode()


def test_the_writer_takes_it_back_and_erases_it_also_after_the_mandate(
    als, bewoner, huis, schrijf, ronde, mandaat, coordinator
):
    schrijf(1, over=f"ronde-{ronde.pk}", tekst="Te kort dag.", openbaar="on")
    rij, wie = Opmerking.objects.get(), als(mandaat.gebruiker)
    beeindig_mandaat(mandaat=mandaat, door=coordinator)
    assert (
        f"{EIGEN}{rij.pk}/" in wie.get(EIGEN).content.decode()
        and EIGEN in wie.get("/participatie/mijn/").content.decode()
    )
    assert wie.get(f"{EIGEN}{rij.pk}/").status_code == 200
    wie.post(f"{EIGEN}{rij.pk}/", {"doe": "terug"})
    assert "Te kort dag." not in bewoner.get("/participatie/rondes/open/").content.decode()
    assert "Te kort dag." in als(coordinator).get("/participatie/beheer/rondes/open/").content.decode()
    assert wie.post(f"{EIGEN}{rij.pk}/", {"doe": "wis"}).status_code == 302
    assert wie.post(f"{EIGEN}{rij.pk}/", {"doe": "wis"}).status_code == 404  # the second click
    assert not Opmerking.objects.exists() and Gebruiker.objects.filter(pk=mandaat.gebruiker_id).exists()


def test_the_lists_ask_the_same_number_of_queries(
    als, huis, schrijf, ronde, mandaat, organisatie, maak_inbreng, django_assert_num_queries
):
    wie = als(mandaat.gebruiker)
    wie.get(EIGEN)  # what is remembered of the house
    for nummer, aantal in ((1, 1), (2, 2)):
        stem = maak_inbreng(ronde, f"Stem {nummer}", organisatie=organisatie)
        for keer in range(aantal):
            schrijf(10 * nummer + keer, over=stem.referentie, tekst=f"Opmerking {nummer} {keer}")
        with django_assert_num_queries(13):
            assert wie.get(HOEK).status_code == 200
        with django_assert_num_queries(9):
            assert wie.get(EIGEN).status_code == 200
