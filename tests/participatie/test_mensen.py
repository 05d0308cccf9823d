"""Who speaks for an organisation: asking a colleague, saying yes, leaving, and an open tab after the end."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participatie.acties.mandaat import beeindig_mandaat, geef_rol
from participatie.acties.mandaatuitnodiging import aanvaard, nodig_uit
from participatie.models import Inbreng, Mandaat, Mandaatuitnodiging
from participatie.staat import MagNiet
from sociaalhuis.models import Gebruiker, UitgaandeMail

HOEK = "/participatie/mijn/voor/voedselbank/"
MENSEN = f"{HOEK}mensen/"
COLLEGA = "wim@demand.example"
Rol = Mandaat.Rol


@pytest.fixture
def mandaat(mandaat):
    mandaat.rol = Rol.AANSPREEKPUNT
    mandaat.save()
    return mandaat


@pytest.fixture
def velden(bewijs):
    return {"bewijs": bewijs(), "naam": "Wim Winkel", "email": "Wim@DeMand.example", "rol": "vertegenwoordiger",
            "van": "", "tot": ""}  # fmt: skip


@pytest.fixture
def vraag(als, huis, mandaat, velden):
    """vraag(rol=...): asks the colleague through the page; gives the invitation."""

    def post(**anders):
        antwoord = als(mandaat.gebruiker).post(f"{MENSEN}nodig-uit/", {**velden, **anders})
        assert antwoord.status_code == 302, antwoord.context["form"].errors
        return Mandaatuitnodiging.objects.latest("pk")

    return post


def fouten(antwoord):
    assert antwoord.status_code == 422
    return antwoord.context["form"].errors


# --- asking -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("naam", "", "Schrijf de naam."),
        ("naam", "\u202e\x00 ", "Schrijf de naam."),
        ("naam", "wim@demand.example", "Schrijf hier een naam, geen e-mailadres."),
        ("naam", "x" * 5000, "Dit mag hoogstens 80 tekens lang zijn. Het zijn er nu 5000."),
        ("email", "<script>", "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be."),
        ("rol", "baas", "Kies iets uit de lijst. baas staat er niet in."),
        ("van", "2020-01-01", "Deze dag is voorbij. Kies vandaag of later, of laat leeg."),
        ("tot", "2020-01-01", "Het einde ligt niet voor het begin. Kies een latere dag."),
        ("tot", "ooit", "Schrijf de datum als dag, maand en jaar, zoals 31/12/2027."),
    ],
)
def test_a_wrong_invitation_says_what_to_do_and_keeps_the_rest(als, huis, mandaat, velden, veld, waarde, fout):
    antwoord = als(mandaat.gebruiker).post(f"{MENSEN}nodig-uit/", {**velden, veld: waarde})
    assert fouten(antwoord) == {veld: [fout]}
    if veld != "email":
        assert "Wim@DeMand.example" in antwoord.content.decode()
    assert not UitgaandeMail.objects.exists()


def test_who_does_not_lead_invites_but_makes_nobody_aanspreekpunt(als, huis, mandaat, velden):
    geef_rol_zonder_controle(mandaat, Rol.VERTEGENWOORDIGER)
    client = als(mandaat.gebruiker)
    assert "rol" not in client.get(MENSEN).context["form"].fields
    assert client.post(f"{MENSEN}nodig-uit/", {**velden, "rol": "aanspreekpunt"}).status_code == 302
    assert Mandaatuitnodiging.objects.get().rol == Rol.VERTEGENWOORDIGER
    with pytest.raises(PermissionDenied):
        nodig_uit(
            organisatie=mandaat.organisatie, naam="x", email="x@y.example", inzending=1, door=mandaat.gebruiker,
            rol=Rol.AANSPREEKPUNT,
        )  # fmt: skip


def geef_rol_zonder_controle(mandaat, rol):
    Mandaat.objects.filter(pk=mandaat.pk).update(rol=rol)


@pytest.mark.parametrize("wie", ["coordinator", "planner", "team_ocmw", "superuser"])
def test_the_corner_of_an_organisation_is_not_there_for_others(request, als, huis, mandaat, wie):
    client = als(request.getfixturevalue(wie))
    for pad in ("", "inbreng/", "mensen/", "wie-sprak/"):
        assert client.get(HOEK + pad).status_code == 404


def test_of_another_organisation_nothing_is_there(als, huis, mandaat, ouderenraad, vraag, maak_gebruiker, velden):
    uitnodiging = vraag()
    ander = maak_gebruiker("raad", "organisatielid", medewerker=False)
    Mandaat.objects.create(gebruiker=ander, organisatie=ouderenraad, rol=Rol.AANSPREEKPUNT)
    client = als(ander)
    assert client.get(MENSEN).status_code == 404
    assert client.post(f"{MENSEN}nodig-uit/", velden).status_code == 404
    eigen = "/participatie/mijn/voor/ouderenraad/"
    assert client.post(f"{eigen}mensen/{mandaat.pk}/", {"doe": "stop"}).status_code == 404
    assert client.post(f"{eigen}uitnodiging/{uitnodiging.pk}/").status_code == 404
    mandaat.refresh_from_db()
    assert (mandaat.tot, Mandaatuitnodiging.objects.get().staat) == (None, "open")


def test_the_same_form_twice_and_the_same_address_again(vraag, bewijs, bewoner):
    eerste = vraag()
    assert vraag() == eerste
    tweede = vraag(bewijs=bewijs(2))
    eerste.refresh_from_db()
    assert (eerste.staat, tweede.staat) == ("ingetrokken", "open")
    assert "Deze uitnodiging geldt niet meer" in bewoner.get(eerste.url).content.decode()
    assert UitgaandeMail.objects.count() == 2


# --- the link -----------------------------------------------------------------------------------


def test_a_link_that_is_forged_late_taken_back_or_of_somebody_who_left_opens_nothing(
    als, bewoner, vraag, mandaat, coordinator, bewijs
):
    uitnodiging = vraag()
    assert bewoner.get(uitnodiging.url[:-2] + "x/").status_code == 404

    def geldt():
        antwoord = bewoner.post(uitnodiging.url, {"naam": "Wim"})
        assert antwoord.status_code == 409
        assert "Deze uitnodiging geldt niet meer" in antwoord.content.decode()
        return Mandaat.objects.count() == 2

    nu = timezone.now()
    Mandaatuitnodiging.objects.filter(pk=uitnodiging.pk).update(staat="ingetrokken", afgehandeld_op=nu)
    assert not geldt()
    uitnodiging = vraag(bewijs=bewijs(2))
    beeindig_mandaat(mandaat=mandaat, door=coordinator)
    assert not geldt()
    assert not Gebruiker.objects.filter(email=COLLEGA).exists()


def test_an_invitation_ends_by_the_clock(vraag, bewoner, monkeypatch):
    uitnodiging = vraag()
    straks = uitnodiging.vervalt_op
    monkeypatch.setattr("django.utils.timezone.now", lambda: straks)
    assert "Deze uitnodiging geldt niet meer" in bewoner.get(uitnodiging.url).content.decode()
    with pytest.raises(MagNiet, match="geldt niet meer"):
        aanvaard(uitnodiging=uitnodiging, naam="Wim")


def test_a_closed_account_gets_no_mandate(vraag, bewoner):
    Gebruiker.objects.create_user(COLLEGA, naam="Wim", is_active=False)
    antwoord = bewoner.post(vraag().url, {"naam": "Wim"})
    assert antwoord.status_code == 409
    assert antwoord.context["form"].non_field_errors() == ["Je account is afgesloten. Bel of mail ons."]


def test_from_question_to_speaking_and_back(als, bewoner, huis, mandaat, vraag, ronde, geef):
    """The whole story: asked by mail, said yes, logs in by code, speaks, is seen, ends, and the open tab says so."""
    laatste = timezone.localdate() + timedelta(days=40)
    uitnodiging = vraag(tot=laatste.isoformat())
    mail = UitgaandeMail.objects.get()
    assert mail.adres == COLLEGA
    assert uitnodiging.url in mail.tekst
    assert "Voedselbank" not in mail.onderwerp + mail.tekst and "Wim" not in mail.onderwerp + mail.tekst
    lijst = als(mandaat.gebruiker).get(MENSEN).content.decode()
    assert "Wim Winkel" in lijst and COLLEGA not in lijst

    pagina = bewoner.get(uitnodiging.url).content.decode()
    assert "Spreek je mee voor Voedselbank De Mand?" in pagina and COLLEGA not in pagina
    for _ in range(2):  # a double click is one mandate
        assert bewoner.post(uitnodiging.url, {"naam": "Wim Winkel"}).url == uitnodiging.url
    assert "Je spreekt nu mee voor Voedselbank De Mand." in bewoner.get(uitnodiging.url).content.decode()
    wim = Gebruiker.objects.get(email=COLLEGA)
    nieuw = Mandaat.objects.get(gebruiker=wim)
    assert (wim.naam, wim.has_usable_password(), wim.is_staff) == ("Wim Winkel", False, False)
    assert (nieuw.rol, nieuw.tot_en_met, nieuw.uitnodiging) == (Rol.VERTEGENWOORDIGER, laatste, uitnodiging)

    client = als(wim)
    geef(client, ronde, organisatie=mandaat.organisatie_id, tekst="Wij willen een winkel.")
    assert Inbreng.objects.get().ingediend_door == wim
    historie = als(mandaat.gebruiker).get(f"{HOEK}wie-sprak/").content.decode()
    assert "Wat Wim Winkel stuurde (1)" in historie and "Het hele plan (Ronde open)" in historie

    assert als(mandaat.gebruiker).post(f"{MENSEN}{nieuw.pk}/", {"doe": "stop", "tot": ""}).status_code == 302
    dicht = client.get(MENSEN)
    assert dicht.status_code == 403 and "Je mandaat is afgelopen" in dicht.content.decode()
    geweigerd = geef(client, ronde, 2, organisatie=mandaat.organisatie_id, tekst="Nog een lange gedachte.")
    assert geweigerd.status_code == 403
    assert "Nog een lange gedachte." in geweigerd.content.decode()
    assert Inbreng.objects.count() == 1
    deel = client.post("/plan/mijn/1/", {"wat": "Wij delen pakketten uit.", "stap": "bevestig"})
    assert deel.status_code == 403 and "Wij delen pakketten uit." in deel.content.decode()
    assert client.get("/plan/mijn/1/").status_code == 404
    assert "Wat Wim Winkel stuurde (1)" in als(mandaat.gebruiker).get(f"{HOEK}wie-sprak/").content.decode()


def test_a_planned_mandate_begins_and_ends_by_itself(vraag, bewoner, mandaat, monkeypatch, als):
    begin, einde = (timezone.localdate() + timedelta(days=n) for n in (10, 12))
    uitnodiging = vraag(van=begin.isoformat(), tot=einde.isoformat())
    bewoner.post(uitnodiging.url, {"naam": "Wim"})
    nieuw = uitnodiging.__class__.objects.get(pk=uitnodiging.pk).mandaat
    assert nieuw.is_gepland and "Begint later" in als(mandaat.gebruiker).get(MENSEN).content.decode()

    def spreekt(op):
        monkeypatch.setattr("django.utils.timezone.now", lambda: op)
        return Mandaat.objects.van_gebruiker(nieuw.gebruiker).exists()

    tel = timedelta(seconds=1)
    assert [spreekt(op) for op in (nieuw.van - tel, nieuw.van, nieuw.tot - tel, nieuw.tot)] == [
        False,
        True,
        True,
        False,
    ]


# --- leaving ------------------------------------------------------------------------------------


def test_the_last_aanspreekpunt_stays_until_there_is_a_successor(als, huis, mandaat, maak_gebruiker):
    collega = maak_gebruiker("collega", "organisatielid", medewerker=False)
    ander = Mandaat.objects.create(gebruiker=collega, organisatie=mandaat.organisatie)
    client = als(mandaat.gebruiker)

    def weg(**velden):
        antwoord = client.post(f"{MENSEN}{mandaat.pk}/", velden, follow=True)
        mandaat.refresh_from_db()
        return [str(bericht) for bericht in antwoord.context["messages"]]

    laatste = "Dit is het laatste aanspreekpunt van de organisatie. Maak eerst iemand anders aanspreekpunt. Dan kan dit mandaat stoppen."
    assert weg(doe="stop") == [laatste]
    assert weg(doe="stop", tot=(timezone.localdate() + timedelta(days=9)).isoformat()) == [laatste]
    assert weg(doe="stop", tot="2020-01-01") == ["Deze dag is voorbij. Kies vandaag of later, of laat leeg."]
    assert weg(doe="vertegenwoordiger") == [laatste]
    assert weg(doe="iets") == []
    assert (mandaat.rol, mandaat.tot) == (Rol.AANSPREEKPUNT, None)

    # a representative decides nothing about others, and leaves alone
    als(collega).post(f"{MENSEN}{mandaat.pk}/", {"doe": "stop"})
    als(collega).post(f"{MENSEN}{ander.pk}/", {"doe": "aanspreekpunt"})
    mandaat.refresh_from_db(), ander.refresh_from_db()
    assert (mandaat.tot, ander.rol) == (None, Rol.VERTEGENWOORDIGER)

    geef_rol(mandaat=ander, rol=Rol.AANSPREEKPUNT, door=mandaat.gebruiker)
    antwoord = client.post(f"{MENSEN}{mandaat.pk}/", {"doe": "stop"})
    mandaat.refresh_from_db()
    assert antwoord.url == "/participatie/mijn/"
    assert not mandaat.is_actief


def test_a_representative_shortens_and_does_not_prolong(mandaat, maak_gebruiker):
    nu = timezone.now()
    collega = maak_gebruiker("collega", "organisatielid", medewerker=False)
    ander = Mandaat.objects.create(gebruiker=collega, organisatie=mandaat.organisatie, tot=nu + timedelta(days=5))
    with pytest.raises(PermissionDenied):
        beeindig_mandaat(mandaat=ander, door=collega, op=nu + timedelta(days=9))
    beeindig_mandaat(mandaat=ander, door=mandaat.gebruiker, op=nu + timedelta(days=9))
    beeindig_mandaat(mandaat=ander, door=collega, op=nu + timedelta(days=2))
    ander.refresh_from_db()
    assert ander.tot == nu + timedelta(days=2)


def test_a_planned_mandate_is_taken_back_and_staff_may_end_the_last_one(mandaat, coordinator, maak_gebruiker):
    collega = maak_gebruiker("collega", "organisatielid", medewerker=False)
    straks = timezone.now() + timedelta(days=5)
    ander = Mandaat.objects.create(gebruiker=collega, organisatie=mandaat.organisatie, van=straks)
    beeindig_mandaat(mandaat=ander, door=mandaat.gebruiker)
    beeindig_mandaat(mandaat=mandaat, door=coordinator)
    assert not Mandaat.objects.lopend_of_gepland().exists()


# --- several organisations --------------------------------------------------------------------------


def test_with_several_organisations_you_choose_and_the_address_says_which(
    als, huis, mandaat, ouderenraad, ronde, maak_inbreng, django_assert_num_queries
):
    Mandaat.objects.create(gebruiker=mandaat.gebruiker, organisatie=ouderenraad)
    maak_inbreng(ronde, "Van de bank", organisatie=mandaat.organisatie)
    client = als(mandaat.gebruiker)
    keuze = client.get("/participatie/mijn/").content.decode()
    assert "Je spreekt voor 2 organisaties" in keuze
    eigen, ander = (client.get(f"/participatie/mijn/voor/{code}/inbreng/") for code in ("voedselbank", "ouderenraad"))
    assert [len(a.context["pagina"].object_list) for a in (eigen, ander)] == [1, 0]
    assert "Spreek voor Voedselbank De Mand" in ander.content.decode()
    assert "Spreek voor" not in als(mandaat.gebruiker).get("/participatie/mijn/voor/geen/").content.decode()


@pytest.mark.parametrize("pad", ["mensen/", "wie-sprak/", "inbreng/", ""])
def test_as_many_questions_for_one_row_as_for_three(
    als, huis, mandaat, ronde, maak_inbreng, maak_gebruiker, pad, django_assert_max_num_queries
):  # noqa: E501
    client = als(mandaat.gebruiker)

    def bij(nummer):
        collega = maak_gebruiker(f"collega{nummer}", "organisatielid", medewerker=False)
        Mandaat.objects.create(gebruiker=collega, organisatie=mandaat.organisatie)
        maak_inbreng(ronde, "Meer", organisatie=mandaat.organisatie, ingediend_door=collega)
        nodig_uit(
            organisatie=mandaat.organisatie, naam="x", email=f"x{nummer}@y.example",
            inzending=f"{nummer:032x}", door=mandaat.gebruiker,
        )  # fmt: skip

    bij(1)
    client.get(HOEK + pad)
    with django_assert_max_num_queries(99) as een:
        client.get(HOEK + pad)
    bij(2), bij(3)
    with django_assert_max_num_queries(99) as drie:
        client.get(HOEK + pad)
    assert len(een) == len(drie)


def test_an_organisation_changes_its_data(als, huis, mandaat):
    pad = f"{HOEK}gegevens/"
    client = als(mandaat.gebruiker)
    velden = {"omschrijving": "Wij delen eten uit.", "email": "nieuw@demand.example", "telefoon": "", "website": "",
              "straat": "", "huisnummer": "", "postcode": "9999", "gemeente": ""}  # fmt: skip
    for fout in ({"omschrijving": "\x00"}, {"email": "nee"}, {"website": "javascript:x"}, {"omschrijving": "x" * 5000}):
        assert list(fouten(client.post(pad, {**velden, **fout}))) == list(fout)
    assert client.post(pad, {**velden, "naam": "Iets anders", "soort": "overheid"}).status_code == 302
    organisatie = mandaat.organisatie
    organisatie.refresh_from_db()
    assert (organisatie.naam, organisatie.soort) == ("Voedselbank De Mand", "vzw")
    assert (organisatie.email, organisatie.omschrijving) == ("nieuw@demand.example", "Wij delen eten uit.")

    geef_rol_zonder_controle(mandaat, Rol.VERTEGENWOORDIGER)
    assert client.post(pad, {**velden, "omschrijving": "Van mij."}).status_code == 200
    organisatie.refresh_from_db()
    assert organisatie.omschrijving == "Wij delen eten uit."
    Mandaat.objects.update(tot=timezone.now())
    assert client.get(f"{pad}alles/").status_code == 403
