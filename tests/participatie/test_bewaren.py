"""Contacts of participation go when they have served."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participatie.acties.aanmelding import kijk_na, weiger
from participatie.acties.bewaren import NA_ANTWOORD, NA_BESLISSING, NA_RONDE, NAAM, NOOIT_BEANTWOORD, NOOIT_BESLIST
from participatie.acties.inbreng import verberg
from participatie.models import Aanmelding, Antwoord, Inbreng, Ronde
from participatie.staat import MagNiet
from sociaalhuis.bewaren import ruim_op
from sociaalhuis.models import UitgaandeMail
from tests.participatie.test_aanmelding import aanmelding, velden  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


def test_an_application_keeps_its_contact_until_half_a_year_after_the_decision(aanmelding, coordinator, huis):  # noqa: F811
    assert ruim_op(timezone.now() + NOOIT_BESLIST - DAG) == 0  # nobody decided yet
    weiger(aanmelding=aanmelding, door=coordinator, reden="Bestaat niet meer.")
    nu = Aanmelding.objects.get().geweigerd_op
    assert ruim_op(nu + NA_BESLISSING - DAG) == 0
    assert Aanmelding.objects.get().contact_email != "[gewist]"
    assert ruim_op(nu + NA_BESLISSING) == 1
    rij = Aanmelding.objects.get()
    assert (rij.contact_naam, rij.contact_email, rij.contact_telefoon) == ("[gewist]", "[gewist]", "[gewist]")
    assert rij.naam and not UitgaandeMail.objects.filter(dossiersleutel=rij.dossiersleutel).exists()
    assert ruim_op(nu + 2 * NA_BESLISSING) == 0


def test_an_address_goes_three_months_after_the_answers_and_no_mail_follows(gesloten_ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(gesloten_ronde, "Meer banken.", email="inwoner@voorbeeld.example", door=coordinator)
    nu = timezone.now()
    assert ruim_op(nu + NOOIT_BEANTWOORD - 2 * DAG) == 0  # no answer yet
    Ronde.objects.filter(pk=gesloten_ronde.pk).update(antwoorden_gepubliceerd_op=nu)
    assert (ruim_op(nu + NA_ANTWOORD - DAG), ruim_op(nu + NA_ANTWOORD)) == (0, 1)
    rij = Inbreng.objects.get(pk=inbreng.pk)
    assert (rij.email, rij.tekst) == ("[gewist]", "Meer banken.")
    UitgaandeMail.objects.all().delete()
    verberg(inbreng=rij, door=coordinator, reden="Er stond een naam in.")
    assert UitgaandeMail.objects.count() == 0


def test_what_nobody_checked_for_a_year_can_only_be_refused(aanmelding, coordinator, team_ocmw, huis):  # noqa: F811
    kijk_na(aanmelding=aanmelding, door=coordinator)
    assert ruim_op(aanmelding.aangemeld_op + NOOIT_BESLIST) == 1
    with pytest.raises(MagNiet, match="een jaar lang"):
        kijk_na(aanmelding=aanmelding, door=team_ocmw)
    rij = weiger(aanmelding=aanmelding, door=coordinator, reden="Te lang blijven liggen.")
    assert (rij.staat, UitgaandeMail.objects.exclude(dossiersleutel=None).count()) == ("geweigerd", 0)


def test_what_was_shown_keeps_its_words_and_loses_its_name_and_what_was_hidden_keeps_its_place(
    gesloten_ronde, maak_inbreng, coordinator, klaar, bewoner, huis
):
    """A round that was answered; the same day one that was not: there it takes two years."""
    getoond = maak_inbreng(gesloten_ronde, "Meer banken.", naam_publiek="Een buur", door=coordinator)
    verborgen = maak_inbreng(gesloten_ronde, "De naam van mijn buurman.", door=coordinator)
    verberg(inbreng=verborgen, door=coordinator, reden="Er stond een naam in.")
    ongelezen = maak_inbreng(gesloten_ronde, "Nooit gelezen.")
    sluit = gesloten_ronde.sluit_op
    assert ruim_op(sluit + NOOIT_BEANTWOORD - DAG) == 0
    klaar(getoond)
    nu = timezone.now()
    Ronde.objects.filter(pk=gesloten_ronde.pk).update(antwoorden_gepubliceerd_op=nu)
    Antwoord.objects.update(staat="gepubliceerd")
    assert [ruim_op(nu + NA_RONDE - DAG), ruim_op(nu + NA_RONDE)] == [0, 2]
    verborgen, ongelezen = (Inbreng.objects.get(pk=rij.pk) for rij in (verborgen, ongelezen))
    assert (verborgen.tekst, verborgen.staat, verborgen.reden_verborgen) == ("", "verborgen", "Er stond een naam in.")
    assert (ongelezen.tekst, ongelezen.staat) == ("", "ingetrokken")
    assert [ruim_op(nu + NAAM - DAG), ruim_op(nu + NAAM)] == [0, 1]
    pagina = bewoner.get(getoond.get_absolute_url()).content.decode()
    assert "Meer banken." in pagina and "Een inwoner" in pagina and "Een buur" not in pagina
