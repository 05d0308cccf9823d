"""Contacts at the desk: counted in one post, or kept open; bad input; and taking back a mistake."""

import pytest
from django.utils import timezone

from loket.models import Dienst, Gebeurtenis, Vraag
from loket.models.verdeling import Verdeelregel
from tests.loket.vragen import getekend, vraag_van

ADRES = "/loket/werkbank/nieuw/"


def contact(**velden):
    """A form as a clerk posts it after three choices; nothing typed."""
    return {"bewijs": getekend(), "kanaal": "balie", "thema": "geld", "afloop": "geholpen", **velden}


# --- unhappy first ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"thema": ""}, {"thema": "Kies een thema of een dienst, of schrijf een korte notitie."}),
        ({"thema": "zzz"}, {"thema": "Kies een onderwerp uit de lijst."}),
        ({"doelgroep": "' OR 1"}, {"doelgroep": "Kies een groep uit de lijst."}),
        ({"dienst": "bestaat-niet"}, {"dienst": "Kies een dienst uit de lijst."}),
        ({"afloop": ""}, {"afloop": "Kies hoe het afliep."}),
        ({"afloop": "niet_bereikt"}, {"afloop": "Kies één van de mogelijkheden."}),
        ({"afloop": "team"}, {"tekst": "Schrijf kort wat de vraag is. Dan kan wie ze opvolgt verder."}),
        ({"tekst": "x" * 5001}, {"tekst": "Je tekst is te lang: hoogstens 5000 tekens. Maak hem korter, of bel ons."}),
        ({"tekst": "a\x00b"}, {"tekst": "In je tekst staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."}),
        ({"team": "onthaal"}, {"team": "Kies een van jouw teams."}),
        ({"antwoordwijze": "mail"}, {"email": "Vul je e-mailadres in, of kies een andere manier om antwoord te krijgen."}),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_beside_the_field(
    velden, fout, huis, thema, team_sociale_dienst, team_onthaal, als, loket_ocmw
):
    antwoord = als(loket_ocmw).post(ADRES, contact(**velden))
    assert antwoord.status_code == 200
    assert {veld: fouten[0] for veld, fouten in antwoord.context["form"].errors.items()} == fout
    assert Vraag.objects.count() == 0


@pytest.mark.parametrize("tekst", ["<script>alert(1)</script>", "\u202egespiegeld", "x" * 5000])
def test_odd_text_is_kept_and_shown_as_text(tekst, huis, thema, team_sociale_dienst, als, loket_ocmw):
    client = als(loket_ocmw)
    client.post(ADRES, contact(tekst=tekst))
    vraag = Vraag.objects.get()
    assert vraag.tekst == tekst
    assert "<script>alert" not in client.get(vraag.get_absolute_url()).content.decode()


def test_what_was_typed_stays_when_something_is_wrong(huis, thema, team_sociale_dienst, als, loket_ocmw):
    pagina = als(loket_ocmw).post(ADRES, contact(afloop="", tekst="Dit blijft staan", naam="An")).content.decode()
    assert "Dit blijft staan" in pagina and 'value="An"' in pagina
    assert '<details class="vouw" open>' in pagina


# --- counted at once --------------------------------------------------------------------------


def test_a_contact_without_text_or_name_is_counted_and_closed(
    huis, thema, doelgroep, gebied, team_sociale_dienst, als, loket_ocmw
):
    client = als(loket_ocmw)
    velden = contact(doelgroep="ouderen", gebied="proefdorp", kanaal="telefoon", afloop="informatie")
    antwoord = client.post(ADRES, velden, follow=True)
    assert antwoord.redirect_chain == [(ADRES, 302)]
    zin = "Geteld: Geld en schulden, Ouderen, Proefdorp, telefoon, informatie gegeven."
    assert zin in antwoord.content.decode()
    client.post(ADRES, velden)  # the same post again
    vraag = Vraag.objects.get()
    assert (vraag.staat, vraag.resultaat, vraag.kanaal, vraag.thema, vraag.doelgroep, vraag.gebied) == (
        "afgesloten", "informatie", "telefoon", thema, doelgroep, gebied,
    )  # fmt: skip
    assert (vraag.team, vraag.behandelaar, vraag.tekst, vraag.anoniem) == (team_sociale_dienst, loket_ocmw, "", True)
    assert vraag.is_telling and vraag.code_hash == "" and vraag.eerst_geopend_op == vraag.geregistreerd_op
    stappen = list(Gebeurtenis.objects.values_list("stap", "staat", "door__naam"))
    assert stappen == [
        ("gesteld", "nieuw", "loket.ocmw"), ("neem", "in_behandeling", "loket.ocmw"),
        ("sluit_af", "afgesloten", "loket.ocmw"),
    ]  # fmt: skip


def test_the_next_form_starts_with_the_last_channel_and_area(huis, thema, gebied, team_sociale_dienst, als, loket_ocmw):
    client = als(loket_ocmw)
    assert client.get(ADRES).context["form"]["kanaal"].value() == "balie"
    client.post(ADRES, contact(kanaal="telefoon", gebied="proefdorp"))
    form = client.get(ADRES).context["form"]
    assert (form["kanaal"].value(), form["gebied"].value(), form["thema"].value()) == ("telefoon", "proefdorp", None)
    assert als(loket_ocmw).get(ADRES).context["form"]["kanaal"].value() == "balie"


def test_the_first_choice_has_the_focus_and_it_is_the_chosen_one(huis, team_sociale_dienst, als, loket_ocmw):
    pagina = als(loket_ocmw).get(ADRES).content.decode()
    assert pagina.count(" autofocus") == 1
    veld = next(deel for deel in pagina.split("<input") if "autofocus" in deel)
    assert 'name="kanaal"' in veld and 'value="balie"' in veld and "checked" in veld


# --- kept open --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("afloop", "staat", "wie"),
    [("mij", "in_behandeling", "loket.ocmw"), ("team", "nieuw", None)],
)
def test_what_stays_open_gets_a_receipt(afloop, staat, wie, huis, thema, team_sociale_dienst, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(ADRES, contact(afloop=afloop, tekst="Brief van de deurwaarder"))
    assert 'class="bon-code"' in antwoord.content.decode()
    vraag = Vraag.objects.get()
    assert (vraag.staat, vraag.behandelaar and vraag.behandelaar.naam, vraag.is_telling) == (staat, wie, False)
    assert (vraag.eerst_geopend_op is None) == (afloop == "team")


def test_a_handled_contact_gets_a_receipt_when_asked(huis, thema, team_sociale_dienst, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(ADRES, contact(met_bewijs="on"))
    assert 'class="bon-code"' in antwoord.content.decode()
    assert (Vraag.objects.get().staat, Vraag.objects.get().is_telling) == ("afgesloten", False)


def test_an_open_question_goes_where_the_rules_say_and_a_counted_one_stays_here(
    huis, thema, team_sociale_dienst, team_onthaal, als, loket_ocmw
):
    Verdeelregel.objects.create(thema=thema, team=team_onthaal, prioriteit=1)
    client = als(loket_ocmw)
    client.post(ADRES, contact(afloop="team", tekst="Voor de collega's"))
    client.post(ADRES, contact())
    client.post(ADRES, contact(afloop="team", tekst="Toch voor ons", team=team_sociale_dienst.code))
    rijen = list(Vraag.objects.order_by("pk").values_list("team__code", "prioriteit", "staat"))
    assert rijen == [("onthaal", 1, "nieuw"), ("sociale-dienst", 1, "afgesloten"), ("sociale-dienst", 1, "nieuw")]
    assert [vraag.team.code for vraag in client.get(ADRES).context["vandaag"]] == ["sociale-dienst"] * 2


# --- a mistake --------------------------------------------------------------------------------


def test_the_last_five_of_today_are_listed_for_who_counted_them(
    huis, thema, team_sociale_dienst, als, loket_ocmw, team_ocmw
):
    for nummer in range(6):
        als(loket_ocmw).post(ADRES, contact(tekst=str(nummer)))
    assert len(als(loket_ocmw).get(ADRES).context["vandaag"]) == 5
    assert als(team_ocmw).get(ADRES).context["vandaag"] == []


def test_a_contact_of_today_is_taken_back_or_mended(huis, thema, doelgroep, team_sociale_dienst, als, loket_ocmw):
    client = als(loket_ocmw)
    client.post(ADRES, contact(doelgroep="ouderen"))
    fout = Vraag.objects.get()
    form = client.get(f"{ADRES}?verbeter={fout.referentie.lower()}").context["form"]
    assert (form["thema"].value(), form["doelgroep"].value(), form["afloop"].value()) == ("geld", "ouderen", "geholpen")
    client.post(ADRES, contact(kanaal="brief", verbetert=form["verbetert"].value()))
    fout.refresh_from_db()
    nieuw = Vraag.objects.exclude(pk=fout.pk).get()
    assert (fout.staat, nieuw.kanaal, nieuw.staat) == ("ingetrokken", "brief", "afgesloten")
    client.post(f"{ADRES}{nieuw.referentie.lower()}/schrap/")
    assert Vraag.objects.get(pk=nieuw.pk).staat == "ingetrokken"
    assert client.get(ADRES).context["vandaag"] == []


def test_only_an_own_contact_of_today_is_taken_back(huis, thema, team_sociale_dienst, als, loket_ocmw, team_ocmw):
    client = als(loket_ocmw)
    client.post(ADRES, contact())
    geteld = Vraag.objects.get()
    adres = f"{ADRES}{geteld.referentie.lower()}/schrap/"
    assert "Iemand anders telde dit contact." in als(team_ocmw).post(adres, follow=True).content.decode()
    with_term = vraag_van(team_sociale_dienst)
    antwoord = client.post(f"{ADRES}{with_term.referentie.lower()}/schrap/", follow=True)
    assert "Alleen een contact dat je vandaag telde" in antwoord.content.decode()
    gisteren = timezone.now() - timezone.timedelta(days=1)
    velden = {"door": loket_ocmw, "met_code": False, "geregistreerd_op": gisteren}
    oud = vraag_van(team_sociale_dienst, tekst="", **velden)
    antwoord = client.post(ADRES, contact(verbetert=oud.referentie))
    assert "Alleen een contact dat je vandaag telde" in antwoord.context["form"].non_field_errors()[0]
    assert set(Vraag.objects.values_list("staat", flat=True)) == {"nieuw", "afgesloten"}


@pytest.mark.parametrize("wie", ["loket_thuiszorg", "loket_gemeente", "beheer", "superuser"])
def test_another_team_cannot_see_or_take_back_a_contact(
    wie, huis, thema, team_sociale_dienst, als, loket_ocmw, request
):
    als(loket_ocmw).post(ADRES, contact())
    referentie = Vraag.objects.get().referentie.lower()
    client = als(request.getfixturevalue(wie))
    assert client.get(f"{ADRES}?verbeter={referentie}").status_code == 404
    assert client.post(f"{ADRES}{referentie}/schrap/").status_code == 404
    assert Vraag.objects.get().staat == "afgesloten"


def test_the_service_may_say_it_all(huis, ocmw, team_sociale_dienst, als, loket_ocmw):
    dienst = Dienst.objects.create(slug="poets", titel="Poets", kort="x", bestuur=ocmw, status="gepubliceerd")
    als(loket_ocmw).post(ADRES, contact(thema="", dienst="poets"))
    assert Vraag.objects.get().dienst == dienst
