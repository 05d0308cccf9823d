"""Giving input: late, twice, with rubbish, in the name of somebody else; and then as it should."""

import re
import threading
from datetime import timedelta
from html import escape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from participatie.acties.inbreng import RondeGesloten, geef_inbreng
from participatie.models import Inbreng, Mandaat
from sociaalhuis import ontvangst
from sociaalhuis.models import UitgaandeMail

PAD = "/participatie/rondes/open/"
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}")


# --- too late ---------------------------------------------------------------------------------


def test_a_closed_round_says_so_and_gives_the_text_back(bewoner, huis, gesloten_ronde, geef):
    antwoord = geef(bewoner, gesloten_ronde, tekst="Mijn lange tekst <b>")
    assert antwoord.status_code == 409
    inhoud = antwoord.content.decode()
    assert "Je inbreng is niet verstuurd" in inhoud
    assert ">Mijn lange tekst &lt;b&gt;</textarea>" in inhoud
    assert not Inbreng.objects.exists()


def test_the_form_of_a_closed_round_is_not_shown(bewoner, huis, gesloten_ronde):
    inhoud = bewoner.get("/participatie/rondes/gesloten/inbreng/").content.decode()
    assert "Deze ronde is gesloten" in inhoud
    assert "<form" not in inhoud


def test_a_round_that_closes_between_page_and_verb_takes_nothing(gesloten_ronde):
    with pytest.raises(RondeGesloten):
        geef_inbreng(ronde=gesloten_ronde, tekst="Te laat", inzending="11111111111111111111111111111111")
    assert not Inbreng.objects.exists()


def test_what_was_acknowledged_keeps_its_receipt_when_the_round_closes(bewoner, huis, ronde, geef):
    eerst = geef(bewoner, ronde)
    ronde.sluit_op = timezone.now() - timedelta(minutes=1)
    ronde.save()
    assert geef(bewoner, ronde).context["inbreng"].code == eerst.context["inbreng"].code != ""


def test_a_draft_round_is_not_there(bewoner, huis, maak_ronde, geef):
    ronde = maak_ronde("concept", staat="concept")
    assert geef(bewoner, ronde).status_code == 404
    assert bewoner.get("/participatie/rondes/concept/").status_code == 404


def test_a_round_about_a_plan_that_is_not_public_is_not_there(bewoner, huis, ronde, plan):
    plan.staat, plan.gepubliceerd_op = "voorbereiding", None
    plan.save()
    assert bewoner.get(PAD).status_code == 404


# --- twice ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_ten_identical_posts_at_once_are_one_input_with_one_receipt(huis, ronde, geef):
    codes, klaar = [], threading.Barrier(10)

    def post():
        klaar.wait()
        codes.append(CODE.search(geef(Client(), ronde, email="inwoner@voorbeeld.example").content.decode())[0])
        connection.close()

    draden = [threading.Thread(target=post) for _ in range(10)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert Inbreng.objects.count() == 1
    assert len(codes) == 10
    assert len(set(codes)) == 1
    assert ontvangst.klopt(codes[0].replace("-", ""), Inbreng.objects.get().code_hash)
    assert UitgaandeMail.objects.count() == 1


def test_a_changed_text_from_the_same_page_is_another_input(bewoner, huis, ronde, geef):
    geef(bewoner, ronde, tekst="Eerst")
    geef(bewoner, ronde, tekst="Toch iets anders")
    assert sorted(Inbreng.objects.values_list("tekst", flat=True)) == ["Eerst", "Toch iets anders"]


def test_the_same_words_from_another_page_are_another_input(bewoner, andere_bewoner, huis, ronde, geef):
    geef(bewoner, ronde, nummer=1)
    geef(andere_bewoner, ronde, nummer=2)
    assert Inbreng.objects.count() == 2


# --- rubbish ----------------------------------------------------------------------------------


@pytest.mark.parametrize("tekst", ["", "   ", "\u200b\u202e"])
def test_no_words_is_an_error_that_says_what_to_do(bewoner, huis, ronde, geef, tekst):
    antwoord = geef(bewoner, ronde, tekst=tekst)
    assert antwoord.context["form"].errors == {"tekst": ["Schrijf hier wat je wil zeggen. Eén zin is genoeg."]}
    assert "foutenlijst" in antwoord.content.decode()


def test_5000_characters_are_kept_whole_and_5001_are_refused(bewoner, huis, ronde, geef):
    antwoord = geef(bewoner, ronde, tekst="x" * 5001)
    assert antwoord.context["form"].errors["tekst"] == [
        "Je tekst is te lang: 5001 tekens. Maak er hoogstens 5000 tekens van."
    ]
    geef(bewoner, ronde, tekst="é" * 5000)
    assert Inbreng.objects.get().tekst == "é" * 5000


@pytest.mark.parametrize("tekst", ["<script>alert(1)</script>", "'; DROP TABLE plan_plan; --", "{{ huis }} {% now %}"])
def test_code_in_the_text_is_text(bewoner, huis, ronde, geef, coordinator, maak_inbreng, tekst):
    maak_inbreng(ronde, tekst, door=coordinator)
    inhoud = bewoner.get(PAD).content.decode()
    assert escape(tekst).replace("&#x27;", "&#x27;") in inhoud
    assert "<script>alert" not in inhoud


def test_a_nul_character_is_refused_politely(bewoner, huis, ronde, geef):
    assert geef(bewoner, ronde, tekst="a\x00b").status_code == 200
    assert not Inbreng.objects.exists()


def test_a_part_that_does_not_exist_is_refused(bewoner, huis, ronde, geef):
    assert list(geef(bewoner, ronde, onderdeel="G99").context["form"].errors) == ["onderdeel"]


def test_an_address_as_public_name_is_refused(bewoner, huis, ronde, geef):
    antwoord = geef(bewoner, ronde, naam_publiek="ik@voorbeeld.example")
    assert antwoord.context["form"].errors == {"naam_publiek": ["Zet hier geen e-mailadres: iedereen kan dit lezen."]}


# --- machines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "teken"),
    [
        ({"webadres": "https://koop.example"}, "valstrik"),
        ({"bewijs": "verzonnen"}, "geen_bewijs"),
        ({"tekst": "http://a.example http://b.example http://c.example"}, "links"),
    ],
)
def test_a_machine_is_marked_and_gets_no_mail_out(bewoner, huis, ronde, geef, velden, teken):
    antwoord = geef(bewoner, ronde, email="doelwit@voorbeeld.example", **velden)
    assert antwoord.status_code == 200
    assert Inbreng.objects.get().teken == teken
    assert not UitgaandeMail.objects.exists()


def test_faster_than_anyone_can_type_is_marked(bewoner, huis, ronde, geef, bewijs):
    geef(bewoner, ronde, bewijs=bewijs(seconden=0))
    assert Inbreng.objects.get().teken == "te_snel"


def test_a_slow_writer_is_not_marked(bewoner, huis, ronde, geef, bewijs):
    geef(bewoner, ronde, bewijs=bewijs(seconden=9 * 3600))
    assert Inbreng.objects.get().teken == ""


def test_a_mailbox_is_not_filled_with_receipts(bewoner, huis, ronde, geef):
    for nummer in range(12):
        geef(bewoner, ronde, nummer=nummer, email="doelwit@voorbeeld.example")
    assert Inbreng.objects.count() == 12
    assert UitgaandeMail.objects.count() == 10


# --- in the name of ----------------------------------------------------------------------------


def test_who_has_no_mandate_cannot_speak_for_an_organisation(ronde, voedselbank, organisatie):
    with pytest.raises(PermissionDenied):
        geef_inbreng(ronde=ronde, tekst="Wij", organisatie=organisatie, door=voedselbank, inzending="1" * 32)


def test_an_organisation_in_the_post_of_a_citizen_is_ignored(bewoner, huis, ronde, geef, organisatie):
    geef(bewoner, ronde, organisatie=organisatie.pk)
    assert Inbreng.objects.get().organisatie is None


def test_a_representative_cannot_choose_another_organisation(als, huis, ronde, geef, mandaat, ouderenraad):
    antwoord = geef(als(mandaat.gebruiker), ronde, organisatie=ouderenraad.pk)
    assert list(antwoord.context["form"].errors) == ["organisatie"]
    assert not Inbreng.objects.exists()


def test_an_ended_mandate_ends_the_voice_at_once(als, huis, ronde, geef, mandaat):
    client = als(mandaat.gebruiker)
    assert "organisatie" in client.get(f"{PAD}inbreng/").context["form"].fields
    Mandaat.objects.update(tot=timezone.now())
    assert "organisatie" not in client.get(f"{PAD}inbreng/").context["form"].fields
    geef(client, ronde, organisatie=mandaat.organisatie_id, tekst="Nog snel iets")
    assert not Inbreng.objects.filter(organisatie=mandaat.organisatie).exists()


def test_input_of_an_organisation_shows_at_once(als, bewoner, huis, ronde, geef, mandaat, actie):
    geef(
        als(mandaat.gebruiker), ronde, organisatie=mandaat.organisatie_id, onderdeel="G1.1.a", tekst="Wij willen meer."
    )
    inbreng = Inbreng.objects.get()
    assert (inbreng.staat, inbreng.organisatie, inbreng.ingediend_door, inbreng.onderdeel_id) == (
        "zichtbaar",
        mandaat.organisatie,
        mandaat.gebruiker,
        actie.pk,
    )
    inhoud = bewoner.get(PAD).content.decode()
    assert "Wij willen meer." in inhoud
    assert "Voedselbank De Mand" in inhoud
    assert "G1.1.a Noodwoning" in inhoud


def test_with_two_mandates_the_representative_chooses(als, huis, ronde, geef, mandaat, ouderenraad):
    Mandaat.objects.create(gebruiker=mandaat.gebruiker, organisatie=ouderenraad)
    client = als(mandaat.gebruiker)
    keuzes = client.get(f"{PAD}inbreng/").context["form"].fields["organisatie"].choices
    assert [naam for _, naam in keuzes] == ["Ouderenraad Proefdorp", "Voedselbank De Mand"]
    geef(client, ronde, organisatie=ouderenraad.pk)
    assert Inbreng.objects.get().organisatie == ouderenraad


# --- a citizen ----------------------------------------------------------------------------------


def test_input_of_a_citizen_is_hidden_until_someone_has_read_it(bewoner, huis, ronde, geef, coordinator, als):
    geef(bewoner, ronde, tekst="Meer groen.", naam_publiek="Buur")
    assert "Meer groen." not in bewoner.get(PAD).content.decode()
    als(coordinator).post(f"/participatie/beheer/inbreng/{Inbreng.objects.get().pk}/", {"doe": "toon"})
    inhoud = bewoner.get(PAD).content.decode()
    assert "Meer groen." in inhoud
    assert "Buur" in inhoud


def test_the_email_is_ciphertext_and_on_no_page(bewoner, als, huis, ronde, geef, coordinator, mandaat):
    geef(bewoner, ronde, email="geheim@voorbeeld.example", tekst="Iets over de stoep")
    inbreng = Inbreng.objects.get()
    assert inbreng.email == "geheim@voorbeeld.example"
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM participatie_inbreng")
        assert b"geheim" not in bytes(cursor.fetchone()[0])
    beheer = [f"/participatie/beheer/inbreng/{inbreng.pk}/", "/participatie/beheer/inbreng/", "/participatie/beheer/"]
    beheer += [f"/participatie/beheer/inbreng/{inbreng.pk}/antwoord/", "/participatie/beheer/rondes/open/"]
    beheer += ["/beheer/participatie/inbreng/", f"/beheer/participatie/inbreng/{inbreng.pk}/change/"]
    for client, paden in ((bewoner, [PAD, "/participatie/", inbreng.bewijs_url, "/"]), (als(coordinator), beheer)):
        for pad in paden:
            antwoord = client.get(pad)
            assert antwoord.status_code == 200, pad
            assert "geheim@" not in antwoord.content.decode(), pad


def test_the_receipt_tells_the_reference_and_not_what_was_said(bewoner, huis, ronde, geef):
    code = CODE.search(geef(bewoner, ronde, tekst="Mijn woorden").content.decode())[0]
    inbreng = Inbreng.objects.get()
    url = inbreng.bewijs_url
    assert code not in bewoner.get(url).content.decode()
    inhoud = bewoner.get(url).content.decode()
    assert inbreng.referentie in inhoud
    assert "Mijn woorden" not in inhoud
    assert bewoner.get(url).headers["Cache-Control"].count("no-store") == 1
    assert bewoner.get(f"/participatie/ontvangen/{inbreng.referentie}/{'0' * 32}/").status_code == 404


def test_the_mail_says_nothing(bewoner, huis, ronde, geef):
    geef(bewoner, ronde, email="inwoner@voorbeeld.example", tekst="Mijn woorden", onderdeel="G1.1.a")
    mail, inbreng = UitgaandeMail.objects.get(), Inbreng.objects.get()
    assert (mail.adres, mail.onderwerp) == ("inwoner@voorbeeld.example", f"We kregen je inbreng ({inbreng.referentie})")
    assert inbreng.bewijs_url in mail.tekst
    assert "059 99 00 00" in mail.tekst
    for woord in ("Mijn woorden", "Noodwoning", "Wonen", "OCMW", ronde.titel):
        assert woord not in mail.onderwerp + mail.tekst


def test_the_part_of_the_link_is_chosen_already(bewoner, huis, ronde):
    form = bewoner.get(f"{PAD}inbreng/?onderdeel=G1.1.a").context["form"]
    assert form["onderdeel"].value() == "G1.1.a"
    assert bewoner.get(f"{PAD}inbreng/?onderdeel=%00<x>").context["form"]["onderdeel"].value() is None


def test_the_form_works_without_javascript_and_names_every_field(bewoner, huis, ronde):
    inhoud = bewoner.get(f"{PAD}inbreng/").content.decode()
    assert 'method="post"' in inhoud
    for naam in ("onderdeel", "tekst", "naam_publiek", "email"):
        assert f'<label for="id_{naam}"' in inhoud
        assert f'name="{naam}"' in inhoud
    assert "onclick" not in inhoud


# --- the corner of a representative ---------------------------------------------------------------


def test_input_of_another_organisation_is_not_there(als, huis, ronde, mandaat, ouderenraad, maak_inbreng):
    ander = maak_inbreng(ronde, "Van de raad", organisatie=ouderenraad)
    eigen = maak_inbreng(ronde, "Van ons", organisatie=mandaat.organisatie)
    client = als(mandaat.gebruiker)
    assert client.get(f"/participatie/mijn/inbreng/{ander.referentie}/").status_code == 404
    assert "Van ons" in client.get(f"/participatie/mijn/inbreng/{eigen.referentie}/").content.decode()


def test_input_of_a_citizen_is_not_in_a_corner(als, huis, ronde, mandaat, coordinator, maak_inbreng):
    inbreng = maak_inbreng(ronde, "Van een inwoner")
    for gebruiker in (mandaat.gebruiker, coordinator):
        assert als(gebruiker).get(f"/participatie/mijn/inbreng/{inbreng.referentie}/").status_code == 404


def test_an_ended_mandate_ends_access_at_once(als, huis, ronde, mandaat, maak_inbreng):
    inbreng = maak_inbreng(ronde, "Van ons", organisatie=mandaat.organisatie)
    client, pad = als(mandaat.gebruiker), f"/participatie/mijn/inbreng/{inbreng.referentie}/"
    assert client.get(pad).status_code == 200
    Mandaat.objects.update(tot=timezone.now())
    assert client.get(pad).status_code == 404
    inhoud = client.get("/participatie/mijn/").content.decode()
    assert "Je spreekt nu voor geen enkele organisatie" in inhoud
    assert "Voedselbank De Mand" not in inhoud


def test_an_organisation_that_is_not_recognised_any_more_has_no_voice(als, huis, ronde, mandaat):
    mandaat.organisatie.erkend_op = None
    mandaat.organisatie.save()
    assert als(mandaat.gebruiker).get("/participatie/mijn/").context["mandaten"] == []


def test_the_corner_is_for_representatives_only(bewoner, als, huis, coordinator):
    assert bewoner.get("/participatie/mijn/").status_code == 302
    assert als(coordinator).get("/participatie/mijn/").status_code == 404
