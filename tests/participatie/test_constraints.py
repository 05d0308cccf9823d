"""What the database refuses, whoever asks."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from participatie.models import Aanmelding, Antwoord, Inbreng, Mandaat, Ronde
from plan.models import Alinea, Garantie, Plan
from sociaalhuis.models import Dossiersleutel

NU = timezone.now()


@contextmanager
def weigert(naam):
    with pytest.raises(DatabaseError, match=naam), transaction.atomic():
        yield


@pytest.fixture
def aanmelding(db):
    return Aanmelding.objects.create(
        naam="Fietsatelier",
        soort="vzw",
        ondernemingsnummer="0999500173",
        omschrijving="x",
        inzending="1" * 32,
        dossiersleutel=Dossiersleutel.objects.create(),
        contact_naam="Fien",
        contact_email="fien@fiets.example",
    )


def wijzig(rij, **velden):
    type(rij).objects.filter(pk=rij.pk).update(**velden)


# --- applications -----------------------------------------------------------------------------------


def test_the_second_check_is_never_by_the_first_checker(aanmelding, coordinator, organisatie):
    wijzig(aanmelding, staat="een_akkoord", eerste_door=coordinator, eerste_op=NU)
    with weigert("aanmelding_vier_ogen"):
        wijzig(aanmelding, staat="erkend", tweede_door=coordinator, tweede_op=NU, organisatie=organisatie)


def test_there_is_no_second_check_without_a_first(aanmelding, coordinator, organisatie):
    with weigert("aanmelding_vier_ogen"):
        wijzig(aanmelding, staat="erkend", tweede_door=coordinator, tweede_op=NU, organisatie=organisatie)


def test_who_checked_and_when_go_together(aanmelding, coordinator, team_ocmw):
    with weigert("aanmelding_eerste_volledig"):
        wijzig(aanmelding, staat="een_akkoord", eerste_op=NU)
    wijzig(aanmelding, staat="een_akkoord", eerste_door=coordinator, eerste_op=NU)
    with weigert("aanmelding_tweede_volledig"):
        wijzig(aanmelding, tweede_door=team_ocmw)


def test_a_refusal_has_a_reason_a_person_and_a_moment(aanmelding, coordinator):
    with weigert("aanmelding_weigering_volledig"):
        wijzig(aanmelding, staat="geweigerd", geweigerd_door=coordinator, geweigerd_op=NU)
    with weigert("aanmelding_weigering_volledig"):
        wijzig(aanmelding, reden="Zomaar")


def test_the_state_agrees_with_what_happened(aanmelding, coordinator, organisatie):
    with weigert("aanmelding_staat_klopt"):
        wijzig(aanmelding, staat="erkend")
    with weigert("aanmelding_staat_klopt"):
        wijzig(aanmelding, staat="een_akkoord")
    with weigert("aanmelding_staat_klopt"):
        wijzig(aanmelding, organisatie=organisatie)


def test_one_running_application_per_number(aanmelding):
    aanmelding.pk, aanmelding.inzending, aanmelding.referentie = None, "2" * 32, "2026-AAAAAA"
    aanmelding.dossiersleutel = Dossiersleutel.objects.create()
    with weigert("aanmelding_een_per_nummer"):
        aanmelding.save(force_insert=True)


def test_a_feitelijke_vereniging_has_no_number(aanmelding):
    with weigert("aanmelding_feitelijk_zonder_nummer"):
        wijzig(aanmelding, soort="feitelijke-vereniging")


def test_the_registration_of_an_application_never_changes(aanmelding):
    with weigert("update"):
        wijzig(aanmelding, aangemeld_op=NU)


# --- mandates ---------------------------------------------------------------------------------------


def test_a_mandate_ends_after_it_begins(mandaat):
    with weigert("mandaat_tot_na_van"):
        wijzig(mandaat, tot=mandaat.van)


def test_mandates_of_one_person_for_one_organisation_do_not_overlap(mandaat, ouderenraad, coordinator):
    wie = {"gebruiker": mandaat.gebruiker, "organisatie": mandaat.organisatie}
    with weigert("mandaat_overlapt_niet"):
        Mandaat.objects.create(**wie)
    wijzig(mandaat, tot=NU)
    Mandaat.objects.create(**wie, van=NU)
    Mandaat.objects.create(gebruiker=mandaat.gebruiker, organisatie=ouderenraad)
    Mandaat.objects.create(gebruiker=coordinator, organisatie=mandaat.organisatie)
    assert Mandaat.objects.actief().count() == 3


# --- rounds -----------------------------------------------------------------------------------------


def test_a_round_closes_after_it_opens(ronde):
    with weigert("ronde_sluit_na_opent"):
        wijzig(ronde, sluit_op=ronde.opent_op)


def test_answers_are_promised_after_closing(ronde):
    wijzig(ronde, antwoord_tegen=timezone.localdate(ronde.sluit_op))
    with weigert("ronde_antwoord_na_sluiten"):
        wijzig(ronde, antwoord_tegen=timezone.localdate(ronde.sluit_op) - timedelta(days=1))


def test_answers_are_public_after_closing_and_in_a_public_round_only(ronde, gesloten_ronde):
    with weigert("ronde_antwoorden_na_sluiten"):
        wijzig(ronde, antwoorden_gepubliceerd_op=NU)
    with weigert("ronde_antwoorden_na_sluiten"):
        wijzig(gesloten_ronde, antwoorden_gepubliceerd_op=NU, staat="concept")


# --- input and answers ------------------------------------------------------------------------------


def test_input_has_words_or_a_standpoint_or_answers_to_a_form(ronde, maak_inbreng, organisatie):
    with weigert("inbreng_heeft_tekst"):
        maak_inbreng(ronde, "")
    maak_inbreng(ronde, "", met_formulier=True)
    maak_inbreng(ronde, "", organisatie=organisatie, standpunt="akkoord")
    assert Inbreng.objects.count() == 2


def test_a_paragraph_belongs_to_the_part_and_keeps_the_words_that_stood_there(ronde, actie, maak_inbreng):
    tekst = Alinea.objects.create(
        plan=actie.plan, onderdeel=actie, veld="lange_omschrijving", volgorde=0, html="<p>Zes</p>"
    )
    visie = Alinea.objects.create(plan=actie.plan, veld="visie", volgorde=0, html="<p>Samen</p>")
    ander = Plan.objects.create(slug="oud", titel="Oud", beginjaar=2020, eindjaar=2025, missie="x")
    elders = Alinea.objects.create(plan=ander, veld="visie", volgorde=0, html="<p>Samen</p>")
    for alinea, onderdeel in ((tekst, None), (visie, actie), (elders, None)):
        with weigert("inbreng_alinea_van_onderdeel"):
            maak_inbreng(ronde, "Iets", alinea=alinea, alinea_tekst="Zes", onderdeel_id=onderdeel and onderdeel.pk)
    with weigert("inbreng_alinea_met_haar_woorden"):
        maak_inbreng(ronde, "Iets", alinea=visie)
    with weigert("inbreng_alinea_met_haar_woorden"):
        maak_inbreng(ronde, "Iets", voorstel="Samen sterk")
    maak_inbreng(ronde, "", alinea=visie, alinea_tekst="Samen", voorstel="Samen sterk")
    maak_inbreng(ronde, "Iets", alinea=tekst, alinea_tekst="Zes", onderdeel_id=actie.pk)


def test_a_standpoint_is_of_an_organisation_has_a_reason_and_is_one_at_a_time(ronde, actie, maak_inbreng, organisatie):
    with weigert("inbreng_standpunt_van_organisatie"):
        maak_inbreng(ronde, "Nee.", standpunt="bezwaar")
    for standpunt in ("akkoord_mits", "bezwaar", "onthouding"):
        with weigert("inbreng_standpunt_heeft_reden"):
            maak_inbreng(ronde, "", organisatie=organisatie, standpunt=standpunt)
    eerst = maak_inbreng(ronde, "Nee.", organisatie=organisatie, standpunt="bezwaar")
    with weigert("inbreng_een_standpunt"):
        maak_inbreng(ronde, "", organisatie=organisatie, standpunt="akkoord")
    maak_inbreng(ronde, "", organisatie=organisatie, standpunt="akkoord", onderdeel_id=actie.pk)
    wijzig(eerst, staat="vervangen")
    maak_inbreng(ronde, "", organisatie=organisatie, standpunt="akkoord")


def test_who_typed_it_in_how_large_the_group_was_and_the_code_agree(ronde, maak_inbreng, coordinator, organisatie):
    with weigert("inbreng_ingevoerd_niet_van_web"):
        maak_inbreng(ronde, "Iets", ingevoerd_door=coordinator)
    for kanaal, grootte in (("groep", None), ("groep", 1), ("papier", 20), ("overleg", 1)):
        with weigert("inbreng_groep_heeft_grootte"):
            maak_inbreng(ronde, "Iets", kanaal=kanaal, groepsgrootte=grootte)
    groep = maak_inbreng(ronde, "Iets", kanaal="groep", groepsgrootte=20, ingevoerd_door=coordinator)
    assert (groep.van, groep.is_namens) == ("Groepsgesprek, 20 mensen", True)
    with weigert("inbreng_code_volledig"):
        maak_inbreng(ronde, "Iets", code_zoekdeel="ABCD")
    with weigert("inbreng_code_volledig"):
        maak_inbreng(ronde, "Iets", organisatie=organisatie, code_zoekdeel="ABCD", code_hash="x")


def test_words_are_erased_once_and_whole(ronde, maak_inbreng):
    inbreng = maak_inbreng(ronde, "Iets", naam_publiek="Jan", code_zoekdeel="ABCD", code_hash="x")
    with weigert("inbreng_woorden_vast"):
        wijzig(inbreng, tekst="", gewist_op=None)
    with weigert("inbreng_gewist_is_leeg"):
        wijzig(inbreng, tekst="", gewist_op=NU)
    with weigert("inbreng_woorden_vast"):
        wijzig(inbreng, tekst="Anders", gewist_op=NU)
    wijzig(inbreng, tekst="", naam_publiek="", code_zoekdeel="", code_hash="", gewist_op=NU)
    with weigert("inbreng_woorden_vast"):
        wijzig(inbreng, tekst="Terug")


def test_hidden_input_has_a_reason_and_shown_input_has_none(ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(ronde, "Iets", door=coordinator)
    with weigert("inbreng_verborgen_heeft_reden"):
        wijzig(inbreng, staat="verborgen")
    with weigert("inbreng_verborgen_heeft_reden"):
        wijzig(inbreng, reden_verborgen="Zomaar")


def test_who_read_it_and_when_go_together(ronde, maak_inbreng, coordinator):
    with weigert("inbreng_beoordeling_volledig"):
        wijzig(maak_inbreng(ronde, "Iets"), beoordeeld_door=coordinator)


def test_input_of_a_citizen_is_never_shown_unread(ronde, maak_inbreng):
    with weigert("inbreng_burger_pas_na_nazicht"):
        wijzig(maak_inbreng(ronde, "Iets"), staat="zichtbaar")


def test_input_of_an_organisation_carries_no_data_of_a_citizen(ronde, maak_inbreng, organisatie):
    with weigert("inbreng_organisatie_zonder_burgergegevens"):
        maak_inbreng(ronde, "Iets", organisatie=organisatie, naam_publiek="Jan")


def test_an_email_has_its_key(ronde, maak_inbreng):
    inbreng = maak_inbreng(ronde, "Iets", email="inwoner@voorbeeld.example")
    with weigert("inbreng_email_heeft_sleutel"):
        wijzig(inbreng, dossiersleutel=None)


def test_the_part_belongs_to_the_plan_of_the_round(ronde, maak_inbreng):
    ander = Plan.objects.create(slug="oud", titel="Oud", beginjaar=2020, eindjaar=2025, missie="x")
    garantie = Garantie.objects.create(plan=ander, code="G1", titel="Oud")
    with weigert("inbreng_onderdeel_van_plan"):
        maak_inbreng(ronde, "Iets", onderdeel_id=garantie.pk)


def test_what_was_said_never_changes(ronde, maak_inbreng, organisatie):
    inbreng = maak_inbreng(ronde, "Iets", organisatie=organisatie)
    for naam, velden in (
        ("inbreng_woorden_vast", {"tekst": "Iets anders"}),
        ("update", {"organisatie": None}),
        ("update", {"kanaal": "papier"}),
        ("update", {"standpunt": "akkoord"}),
    ):
        with weigert(naam):
            wijzig(inbreng, **velden)
    assert Inbreng.objects.get().tekst == "Iets"


def test_the_same_post_is_kept_once(ronde, maak_inbreng):
    maak_inbreng(ronde, "Iets", inzending="1" * 32)
    with weigert("inzending"):
        maak_inbreng(ronde, "Iets", inzending="1" * 32)


def test_an_answer_has_a_reason(ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(ronde, "Iets", door=coordinator)
    with weigert("antwoord_heeft_reden"):
        Antwoord.objects.create(inbreng=inbreng, besluit="deels", reden="", door=coordinator)


def test_an_answer_that_says_no_changes_nothing(ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(ronde, "Iets", door=coordinator)
    with weigert("antwoord_niet_zonder_wijziging"):
        Antwoord.objects.create(inbreng=inbreng, besluit="niet", reden="Nee.", wijziging="Toch", door=coordinator)


def test_an_input_has_one_answer(ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(ronde, "Iets", door=coordinator)
    Antwoord.objects.create(inbreng=inbreng, besluit="niet", reden="Nee.", door=coordinator)
    with weigert("inbreng_id"):
        Antwoord.objects.create(inbreng=inbreng, besluit="niet", reden="Nee.", door=coordinator)


def test_a_round_with_input_is_not_deleted(ronde, maak_inbreng):
    maak_inbreng(ronde, "Iets")
    with pytest.raises(DatabaseError), transaction.atomic():
        Ronde.objects.filter(pk=ronde.pk)._raw_delete("default")
        transaction.get_connection().check_constraints()


def test_a_round_with_input_stays_with_its_plan(ronde, maak_inbreng):
    ander = Plan.objects.create(slug="oud", titel="Oud", beginjaar=2020, eindjaar=2025, missie="x")
    maak_inbreng(ronde, "Iets")
    with weigert("ronde_plan_blijft_bij_inbreng"):
        wijzig(ronde, plan=ander)
