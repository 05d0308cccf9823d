"""An organisation applies: wrongly, twice, checked by the same person twice; and then as it should."""

import re
import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from participatie.acties.aanmelding import kijk_na, meld_aan, weiger
from participatie.models import Aanmelding, Mandaat
from participatie.staat import MagNiet
from sociaalhuis.models import Gebruiker, Organisatie, UitgaandeMail
from sociaalhuis.rollen import ORGANISATIELID, heeft_rol

PAD = "/participatie/organisaties/aanmelden/"
NUMMER = "0999500173"


@pytest.fixture
def velden(bewijs, thema, doelgroep, gebied):
    return {
        "bewijs": bewijs(),
        "naam": "Fietsatelier",
        "soort": "vzw",
        "ondernemingsnummer": "BE 0999.500.173",
        "omschrijving": "We herstellen fietsen.",
        "website": "",
        "themas": [thema.pk],
        "doelgroepen": [doelgroep.pk],
        "gebieden": [gebied.pk],
        "contact_naam": "Fien Fiets",
        "contact_email": "Fien@Fiets.example",
        "contact_telefoon": "059 00 09 01",
    }


@pytest.fixture
def aanmelding(bewoner, huis, velden):
    bewoner.post(PAD, velden)
    return Aanmelding.objects.get()


def fouten(client, velden, **anders):
    return client.post(PAD, {**velden, **anders}).context["form"].errors


# --- wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize("nummer", ["0999500174", "123", "abc", "9999500173", "0999.500.1733"])
def test_a_wrong_number_is_refused_with_the_remedy(bewoner, huis, velden, nummer):
    assert fouten(bewoner, velden, ondernemingsnummer=nummer) == {
        "ondernemingsnummer": ["Dit ondernemingsnummer klopt niet. Kijk de tien cijfers na, bijvoorbeeld 0123.456.749."]
    }


def test_a_vzw_needs_a_number(bewoner, huis, velden):
    assert list(fouten(bewoner, velden, ondernemingsnummer="")) == ["ondernemingsnummer"]


def test_a_feitelijke_vereniging_has_no_number(bewoner, huis, velden):
    assert list(fouten(bewoner, velden, soort="feitelijke-vereniging")) == ["ondernemingsnummer"]
    assert bewoner.post(PAD, {**velden, "soort": "feitelijke-vereniging", "ondernemingsnummer": ""}).status_code == 302


def test_a_number_that_is_recognised_already_gets_a_friendly_word(bewoner, huis, velden, organisatie):
    (tekst,) = fouten(bewoner, velden, ondernemingsnummer=organisatie.ondernemingsnummer)["ondernemingsnummer"]
    assert tekst.startswith("Deze organisatie staat al in onze lijst.")


def test_a_number_that_is_being_checked_gets_a_friendly_word(andere_bewoner, huis, velden, aanmelding, bewijs):
    (tekst,) = fouten(andere_bewoner, velden, bewijs=bewijs(2))["ondernemingsnummer"]
    assert tekst.startswith("Voor dit ondernemingsnummer loopt al een aanmelding.")
    assert Aanmelding.objects.count() == 1


def test_a_refused_organisation_may_apply_again(bewoner, huis, velden, aanmelding, coordinator, bewijs):
    weiger(aanmelding=aanmelding, door=coordinator, reden="Werkt niet in onze gemeente.")
    assert bewoner.post(PAD, {**velden, "bewijs": bewijs(2)}).status_code == 302
    assert Aanmelding.objects.count() == 2


def test_the_same_post_twice_is_one_application(bewoner, huis, velden, aanmelding):
    assert bewoner.post(PAD, velden).url == aanmelding.url
    assert Aanmelding.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_pages_with_the_same_number_at_once_are_one_application(huis, velden, bewijs):
    antwoorden, klaar = [], threading.Barrier(6)

    def post(nummer):
        klaar.wait()
        antwoorden.append(Client().post(PAD, {**velden, "bewijs": bewijs(nummer)}).status_code)
        connection.close()

    draden = [threading.Thread(target=post, args=[nummer]) for nummer in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(antwoorden) == [200] * 5 + [302]
    assert Aanmelding.objects.count() == 1


def test_a_machine_is_marked_and_no_mail_leaves(bewoner, huis, velden):
    bewoner.post(PAD, {**velden, "webadres": "x"})
    assert Aanmelding.objects.get().teken == "valstrik"
    assert not UitgaandeMail.objects.exists()


# --- four eyes ----------------------------------------------------------------------------------


def test_the_same_person_cannot_approve_twice(aanmelding, coordinator, als):
    kijk_na(aanmelding=aanmelding, door=coordinator)
    with pytest.raises(MagNiet, match="Een collega moet het tweede geven"):
        kijk_na(aanmelding=aanmelding, door=coordinator)
    als(coordinator).post(f"/participatie/beheer/aanmeldingen/{aanmelding.pk}/", {"doe": "akkoord"})
    aanmelding.refresh_from_db()
    assert (aanmelding.staat, aanmelding.tweede_door) == ("een_akkoord", None)
    assert not Organisatie.objects.exists()


def test_a_superuser_without_role_cannot_approve(aanmelding, superuser):
    with pytest.raises(Aanmelding.DoesNotExist):
        kijk_na(aanmelding=aanmelding, door=superuser)


@pytest.mark.parametrize("wie", ["loket_ocmw", "planner", "beheer", "toezicht", "voedselbank", "superuser"])
def test_who_may_not_check_finds_nothing(request, als, aanmelding, wie):
    client = als(request.getfixturevalue(wie))
    for pad in ("/participatie/beheer/aanmeldingen/", f"/participatie/beheer/aanmeldingen/{aanmelding.pk}/"):
        assert client.get(pad).status_code == 404
        assert client.post(pad, {"doe": "akkoord"}).status_code in (404, 405)
    aanmelding.refresh_from_db()
    assert aanmelding.staat == "aangemeld"


def test_a_post_without_a_known_button_does_nothing(als, aanmelding, coordinator):
    als(coordinator).post(f"/participatie/beheer/aanmeldingen/{aanmelding.pk}/", {"doe": "iets", "reden": "Nee"})
    aanmelding.refresh_from_db()
    assert aanmelding.staat == "aangemeld"


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_and_a_double_click_at_once_recognise_one_organisation(huis, aanmelding, coordinator, team_ocmw):
    uitkomst, klaar = [], threading.Barrier(4)

    def keur_goed(door):
        klaar.wait()
        try:
            uitkomst.append(kijk_na(aanmelding=aanmelding, door=door).staat)
        except MagNiet:
            uitkomst.append("mag niet")
        connection.close()

    draden = [threading.Thread(target=keur_goed, args=[door]) for door in (coordinator, team_ocmw) * 2]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomst) == ["een_akkoord", "erkend", "mag niet", "mag niet"]
    assert Organisatie.objects.count() == Mandaat.objects.count() == 1


def test_after_a_refusal_nobody_approves(aanmelding, coordinator, team_ocmw):
    weiger(aanmelding=aanmelding, door=coordinator, reden="Werkt niet in onze gemeente.")
    with pytest.raises(MagNiet, match="geweigerd"):
        kijk_na(aanmelding=aanmelding, door=team_ocmw)


def test_a_refusal_needs_a_reason(aanmelding, coordinator, als):
    with pytest.raises(MagNiet):
        weiger(aanmelding=aanmelding, door=coordinator, reden="  ")
    antwoord = als(coordinator).post(f"/participatie/beheer/aanmeldingen/{aanmelding.pk}/", {"doe": "weiger"})
    assert list(antwoord.context["form"].errors) == ["reden"]
    aanmelding.refresh_from_db()
    assert aanmelding.staat == "aangemeld"


def test_two_approvals_recognise_the_organisation_and_give_its_contact_a_voice(
    aanmelding, coordinator, team_ocmw, thema
):
    kijk_na(aanmelding=aanmelding, door=team_ocmw)
    kijk_na(aanmelding=aanmelding, door=coordinator)
    aanmelding.refresh_from_db()
    organisatie, gebruiker = Organisatie.objects.get(), Gebruiker.objects.get(email="fien@fiets.example")
    assert aanmelding.staat == "erkend"
    assert aanmelding.organisatie == organisatie
    assert organisatie.erkend_op == aanmelding.tweede_op
    assert (organisatie.code, organisatie.ondernemingsnummer) == ("fietsatelier", NUMMER)
    assert list(organisatie.themas.all()) == [thema]
    assert (organisatie.email, organisatie.telefoon) == ("", "")
    assert not gebruiker.has_usable_password()
    assert not gebruiker.is_staff
    assert heeft_rol(gebruiker, ORGANISATIELID)
    assert [(m.organisatie, m.rol) for m in Mandaat.objects.van_gebruiker(gebruiker)] == [
        (organisatie, "aanspreekpunt")
    ]


def test_an_organisation_that_staff_had_written_is_recognised_and_keeps_its_name(aanmelding, coordinator, team_ocmw):
    bestaand = Organisatie.objects.create(code="fiets", naam="Het Fietsatelier", soort="vzw", ondernemingsnummer=NUMMER)
    for door in (coordinator, team_ocmw):
        kijk_na(aanmelding=aanmelding, door=door)
    bestaand.refresh_from_db()
    assert Organisatie.objects.get() == bestaand
    assert bestaand.naam == "Het Fietsatelier"
    assert bestaand.erkend_op is not None


def test_names_that_look_alike_get_codes_of_their_own(huis, coordinator, team_ocmw):
    for nummer in range(3):
        rij = meld_aan(
            gegevens={"naam": "Buurt & Co", "soort": "feitelijke-vereniging", "omschrijving": "x"},
            contact_naam="Mona",
            contact_email=f"mona{nummer}@voorbeeld.example",
            inzending=f"{nummer:032x}",
        )
        for door in (coordinator, team_ocmw):
            kijk_na(aanmelding=rij, door=door)
    assert list(Organisatie.objects.order_by("code").values_list("code", flat=True)) == [
        "buurt-co",
        "buurt-co-2",
        "buurt-co-3",
    ]


def test_a_closed_account_is_not_opened_again(aanmelding, coordinator, team_ocmw):
    Gebruiker.objects.create_user("fien@fiets.example", naam="Fien", is_active=False)
    kijk_na(aanmelding=aanmelding, door=team_ocmw)
    with pytest.raises(MagNiet, match="afgesloten"):
        kijk_na(aanmelding=aanmelding, door=coordinator)
    assert not Organisatie.objects.exists()


# --- following ----------------------------------------------------------------------------------


def test_the_page_of_the_applicant_tells_the_state_and_no_person(bewoner, aanmelding, coordinator):
    inhoud = bewoner.get(aanmelding.url).content.decode()
    assert aanmelding.referentie in inhoud
    for geheim in ("Fien", "fien@fiets.example", "059 00 09 01"):
        assert geheim not in inhoud
        assert geheim not in aanmelding.url
    weiger(aanmelding=aanmelding, door=coordinator, reden="Jullie werken niet in onze gemeente.")
    assert "Jullie werken niet in onze gemeente." in bewoner.get(aanmelding.url).content.decode()


def test_another_key_opens_nothing(bewoner, aanmelding):
    goed = aanmelding.url.split("/")[-2]
    fout = ("1" if goed[0] == "0" else "0") + goed[1:]
    assert bewoner.get(aanmelding.url.replace(goed, fout)).status_code == 404


def test_the_contact_person_is_ciphertext(aanmelding):
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_naam, contact_email, contact_telefoon FROM participatie_aanmelding")
        ruw = b"".join(bytes(waarde) for waarde in cursor.fetchone())
    assert b"fien" not in ruw.lower()
    assert aanmelding.contact_email == "fien@fiets.example"


def test_the_applicant_gets_a_mail_at_each_step_that_says_nothing(aanmelding, coordinator, team_ocmw):
    for door in (coordinator, team_ocmw):
        kijk_na(aanmelding=aanmelding, door=door)
    mails = UitgaandeMail.objects.filter(dossiersleutel=aanmelding.dossiersleutel).order_by("pk")
    assert {mail.adres for mail in mails} == {"fien@fiets.example"}
    ref = aanmelding.referentie
    assert [mail.onderwerp for mail in mails] == [
        f"We kregen je aanmelding ({ref})",
        f"Je aanmelding is in orde ({ref})",
    ]
    assert aanmelding.url in mails[0].tekst
    assert "/account/login/code/" in mails[1].tekst
    assert not any("Fietsatelier" in mail.onderwerp + mail.tekst for mail in mails)
    assert UitgaandeMail.objects.get(aan="coordinator@proefdorp.example").onderwerp.startswith("Nieuwe aanmelding")


def test_the_new_representative_logs_in_with_a_mailed_code(bewoner, aanmelding, coordinator, team_ocmw):
    for door in (coordinator, team_ocmw):
        kijk_na(aanmelding=aanmelding, door=door)
    bewoner.post("/account/login/code/", {"email": "fien@fiets.example"})
    mail = UitgaandeMail.objects.filter(aan="fien@fiets.example").order_by("pk").last()
    code = re.search(r"\b(?=[A-Z0-9-]*\d|[A-Z-]*\b)([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", mail.tekst).group(1)
    bewoner.post("/account/login/code/confirm/", {"code": code})
    inhoud = bewoner.get("/participatie/mijn/").content.decode()
    assert "Fietsatelier" in inhoud
    assert EmailAddress.objects.filter(user__email="fien@fiets.example").count() <= 1


# --- correcting a refused one -----------------------------------------------------------------------


def test_a_refused_applicant_corrects_once_and_types_nothing_twice(
    als, bewoner, andere_bewoner, huis, velden, aanmelding, coordinator, bewijs
):
    pad = f"{aanmelding.url}opnieuw/"
    assert bewoner.get(pad).url == aanmelding.url  # it still runs
    weiger(aanmelding=aanmelding, door=coordinator, reden="Vertel ook voor wie jullie er zijn.")
    assert pad in bewoner.get(aanmelding.url).content.decode()
    assert bewoner.get(pad[:-9] + "x/opnieuw/").status_code == 404
    pagina = bewoner.get(pad).content.decode()
    assert "Vertel ook voor wie jullie er zijn." in pagina and 'value="Fietsatelier"' in pagina
    assert "We herstellen fietsen." in pagina and pagina.count(" checked") == 3
    assert "Fien" not in pagina and "fiets.example" not in pagina.lower()  # who follows the link learns of nobody

    zonder = {naam: "" if naam.startswith("contact_") else waarde for naam, waarde in velden.items()}
    verbeterd = {**zonder, "bewijs": bewijs(2), "omschrijving": "We herstellen fietsen voor gezinnen."}
    nieuw = bewoner.post(pad, verbeterd).url
    rij = Aanmelding.objects.get(vorige=aanmelding)
    assert (rij.url, rij.naam, rij.contact_naam, rij.contact_email, rij.contact_telefoon) == (
        nieuw, "Fietsatelier", "Fien Fiets", "fien@fiets.example", "059 00 09 01",
    )  # fmt: skip
    assert bewoner.post(pad, verbeterd).url == nieuw  # the same post
    assert andere_bewoner.post(pad, {**verbeterd, "bewijs": bewijs(3)}).url == nieuw  # another tab
    assert nieuw in bewoner.get(aanmelding.url).content.decode()
    beheer = als(coordinator).get(f"/participatie/beheer/aanmeldingen/{rij.pk}/").content.decode()
    assert aanmelding.referentie in beheer and "Vertel ook voor wie jullie er zijn." in beheer
    with pytest.raises(MagNiet, match="al opnieuw"):
        meld_aan(
            gegevens={"naam": "x", "soort": "school", "omschrijving": "x"}, contact_naam="", contact_email="",
            inzending="0" * 32, vorige=aanmelding,
        )  # fmt: skip


def test_after_the_key_is_gone_the_contact_is_asked_again(bewoner, huis, velden, aanmelding, coordinator, bewijs):
    weiger(aanmelding=aanmelding, door=coordinator, reden="Nee.")
    aanmelding.dossiersleutel.wis()
    leeg = {**velden, "bewijs": bewijs(2), "contact_naam": "", "contact_email": "", "contact_telefoon": ""}
    antwoord = bewoner.post(f"{aanmelding.url}opnieuw/", leeg)
    assert set(antwoord.context["form"].errors) == {"contact_naam", "contact_email"}
    bewoner.post(f"{aanmelding.url}opnieuw/", {**leeg, "contact_naam": "Fien", "contact_email": "f@fiets.example"})
    assert Aanmelding.objects.get(vorige=aanmelding).contact_telefoon is None
