"""The days of rounds in a calendar: what everyone gets, what moves, and what is called off."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from participatie.models import Ronde
from plan.models import Plan
from tests.participatie.overleggen import maak_overleg

FEED = "/participatie/agenda.ics"


def rijen(antwoord):
    """{what: event} of a calendar."""
    assert antwoord.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(rij["UID"]).partition("@")[0]: rij for rij in Calendar.from_ical(antwoord.content).walk("VEVENT")}


def test_a_draft_never_shows_and_a_round_that_was_withdrawn_is_called_off_with_its_public_words(
    bewoner, huis, maak_ronde, coordinator
):
    ronde = maak_ronde("zomer", van=2, tot=9, staat="concept")
    assert rijen(bewoner.get(FEED)) == {}
    assert bewoner.get("/participatie/rondes/zomer/agenda.ics").status_code == 404
    Ronde.objects.filter(pk=ronde.pk).update(staat="gepubliceerd")
    for antwoord in (bewoner.get(FEED), bewoner.get("/participatie/rondes/zomer/agenda.ics")):
        assert {naam: (str(rij["SUMMARY"]), rij.decoded("DTSTART"), str(rij["STATUS"]), str(rij["TRANSP"])) for naam, rij in rijen(antwoord).items()} == {
            f"ronde-{ronde.pk}-opent": ("Je kan meepraten: Ronde zomer", timezone.localdate(ronde.opent_op), "CONFIRMED", "TRANSPARENT"),
            f"ronde-{ronde.pk}-sluit": ("Laatste dag om mee te praten: Ronde zomer", timezone.localdate(ronde.sluit_op), "CONFIRMED", "TRANSPARENT"),
            f"ronde-{ronde.pk}-antwoord": ("Onze antwoorden: Ronde zomer", ronde.antwoord_tegen, "CONFIRMED", "TRANSPARENT"),
        }  # fmt: skip
        assert "Cookie" not in antwoord.headers.get("Vary", "") and not antwoord.cookies
    eerst = rijen(bewoner.get(FEED))[f"ronde-{ronde.pk}-sluit"]
    Ronde.objects.filter(pk=ronde.pk).update(sluit_op=ronde.sluit_op + timedelta(days=3))
    verzet = rijen(bewoner.get(FEED))[f"ronde-{ronde.pk}-sluit"]
    assert verzet["SEQUENCE"] == eerst["SEQUENCE"] + 1
    assert verzet.decoded("DTSTART") == eerst.decoded("DTSTART") + timedelta(days=3)
    # back to a draft, with words that nobody may read yet
    Ronde.objects.filter(pk=ronde.pk).update(staat="concept", titel="Geheim", vraag="Geheim?")
    weg = bewoner.get(FEED)
    assert {(str(rij["STATUS"]), rij["SEQUENCE"] > verzet["SEQUENCE"]) for rij in rijen(weg).values()} == {("CANCELLED", True)}  # fmt: skip
    assert len(rijen(weg)) == 3 and "Geheim" not in weg.content.decode() and "Ronde zomer" in weg.content.decode()
    assert bewoner.get("/participatie/rondes/zomer/agenda.ics").status_code == 404


def test_a_plan_that_is_not_public_calls_its_rounds_off_and_old_rounds_leave(bewoner, huis, ronde, maak_ronde):
    maak_ronde("lang-geleden", van=-400, tot=-300, antwoorden_gepubliceerd_op=timezone.now() - timedelta(days=280))
    assert {naam.split("-")[1] for naam in rijen(bewoner.get(FEED))} == {str(ronde.pk)}
    Plan.objects.update(staat="voorbereiding", gepubliceerd_op=None)
    assert {str(rij["STATUS"]) for rij in rijen(bewoner.get(FEED)).values()} == {"CANCELLED"}


def test_the_day_of_the_answers_becomes_the_day_they_came(bewoner, huis, gesloten_ronde):
    Ronde.objects.filter(pk=gesloten_ronde.pk).update(antwoorden_gepubliceerd_op=timezone.now())
    rij = rijen(bewoner.get(FEED))[f"ronde-{gesloten_ronde.pk}-antwoord"]
    assert (rij.decoded("DTSTART"), "De antwoorden staan online." in str(rij["DESCRIPTION"])) == (date.today(), True)


def test_public_meetings_are_beside_them_and_the_pages_lead_here(bewoner, huis, ronde, coordinator):
    met = maak_overleg(coordinator, ronde=ronde, plan=ronde.plan)
    los = maak_overleg(coordinator, "Ander gesprek")
    uids = {f"overleg-{overleg.referentie.lower()}" for overleg in (met, los)}
    assert uids < set(rijen(bewoner.get(FEED)))
    assert uids & set(rijen(bewoner.get("/participatie/rondes/open/agenda.ics"))) == {
        f"overleg-{met.referentie.lower()}"
    }
    assert f'href="{FEED}"' in bewoner.get("/participatie/").content.decode()
    assert 'href="/participatie/rondes/open/agenda.ics"' in bewoner.get("/participatie/rondes/open/").content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_the_feed(bewoner, huis, maak_ronde, aantal, django_assert_num_queries):
    for nummer in range(aantal):
        maak_ronde(f"r{nummer}")
    bewoner.get(FEED)
    with django_assert_num_queries(7):
        assert len(rijen(bewoner.get(FEED))) == 3 * aantal
