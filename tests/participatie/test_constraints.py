"""What the database refuses, whoever asks."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from participatie.models import Aanmelding, Antwoord, Inbreng, Mandaat, Ronde
from plan.models import Garantie, Plan
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


def test_input_has_words(ronde, maak_inbreng):
    with weigert("inbreng_heeft_tekst"):
        maak_inbreng(ronde, "")


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


@pytest.mark.parametrize("velden", [{"tekst": "Iets anders"}, {"organisatie": None}, {"kanaal": "papier"}])
def test_what_was_said_never_changes(ronde, maak_inbreng, organisatie, velden):
    inbreng = maak_inbreng(ronde, "Iets", organisatie=organisatie)
    with weigert("update"):
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
