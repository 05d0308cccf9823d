"""Naming a colleague in a note: only who may see the case, a mail that says nothing, a list of what waits for me."""

import pytest
from django.utils import timezone

from loket.acties import behandeling, delen
from loket.models import MagNiet, Notitie, Vermelding
from sociaalhuis.models import UitgaandeMail
from tests.loket.vragen import gewone_dag, vraag_van

PAD = "/loket/werkbank/voor-mij/"


@pytest.fixture
def vraag(huis, team_sociale_dienst):
    return vraag_van(team_sociale_dienst, tekst="Kanarie-inhoud", naam="Kanarie-naam")


def noteer(client, vraag, *wie, tekst="Kanarie-notitie"):
    return client.post(f"{vraag.get_absolute_url()}noteer/", {"tekst": tekst, "vermeld": [w.pk for w in wie]})


@pytest.mark.parametrize(
    "wie", ["loket_thuiszorg", "loket_gemeente", "planner", "toezicht", "superuser", "voedselbank"]
)
def test_who_may_not_see_the_case_cannot_be_named(wie, vraag, als, loket_ocmw, request):
    vreemd = request.getfixturevalue(wie)
    antwoord = noteer(als(loket_ocmw), vraag, vreemd)
    assert antwoord.context["form"].errors["vermeld"] == ["Kies een collega uit de lijst."]
    assert "Kanarie-notitie" in antwoord.content.decode()
    with pytest.raises(MagNiet):
        behandeling.noteer(vraag=vraag, tekst="x", door=loket_ocmw, vermeld=[vreemd])
    assert (Notitie.objects.count(), Vermelding.objects.count(), UitgaandeMail.objects.count()) == (0, 0, 0)


def test_the_list_to_choose_from_holds_the_team_without_me(vraag, als, loket_ocmw, team_ocmw, loket_thuiszorg, beheer):
    vouwen = als(loket_ocmw).get(vraag.get_absolute_url() + "?doe=noteer").context["vouwen"]
    assert [naam for _, naam in vouwen[0]["formulier"].fields["vermeld"].choices] == ["team.ocmw"]


def test_the_team_that_helps_can_be_named(vraag, als, loket_ocmw, loket_gemeente, team_onthaal):
    delen.deel(vraag=vraag, met_team=team_onthaal, recht="lees", reden="x", tot=timezone.localdate(), door=loket_ocmw)
    assert noteer(als(loket_ocmw), vraag, loket_gemeente).status_code == 302
    assert Vermelding.objects.get().wie == loket_gemeente


def test_a_mail_says_nothing_and_the_list_shows_it(vraag, als, loket_ocmw, team_ocmw):
    assert noteer(als(loket_ocmw), vraag, team_ocmw).status_code == 302
    mail = UitgaandeMail.objects.get()
    assert mail.aan == team_ocmw.email and PAD in mail.tekst
    for woord in ("Kanarie", vraag.referentie, "OCMW", "notitie", loket_ocmw.naam):
        assert woord.lower() not in (mail.onderwerp + mail.tekst).lower()
    client = als(team_ocmw)
    lijst = client.get(PAD).content.decode()
    assert vraag.referentie in lijst and "Nog niet gelezen" in lijst and "Kanarie" not in lijst
    assert vraag.referentie not in als(loket_ocmw).get(PAD).content.decode()
    assert "loket.ocmw voor team.ocmw" in client.get(vraag.get_absolute_url()).content.decode()
    assert "Nog niet gelezen" not in client.get(PAD).content.decode()


def test_reading_by_another_is_not_reading_by_me(vraag, als, loket_ocmw, team_ocmw):
    noteer(als(loket_ocmw), vraag, team_ocmw)
    als(loket_ocmw).get(vraag.get_absolute_url())
    assert Vermelding.objects.get().gelezen_op is None


def test_what_left_the_team_leaves_the_list(vraag, als, loket_ocmw, team_ocmw, team_onthaal):
    noteer(als(loket_ocmw), vraag, team_ocmw)
    behandeling.draag_over(vraag=vraag, team=team_onthaal, reden="Daar", door=loket_ocmw)
    assert vraag.referentie not in als(team_ocmw).get(PAD).content.decode()


def test_naming_myself_or_someone_twice_is_once_or_nothing(vraag, loket_ocmw, team_ocmw):
    behandeling.noteer(vraag=vraag, tekst="x", door=loket_ocmw, vermeld=[loket_ocmw, team_ocmw, team_ocmw])
    assert [v.wie for v in Vermelding.objects.all()] == [team_ocmw]


def test_the_one_who_asked_never_sees_it(huis, team_sociale_dienst, als, loket_ocmw, team_ocmw, bewoner):
    from_code = vraag_van(team_sociale_dienst, tekst="Mijn vraag")
    noteer(als(loket_ocmw), from_code, team_ocmw)
    session = bewoner.session
    session["dossier"] = from_code.pk
    session.save()
    assert "Kanarie-notitie" not in bewoner.get("/loket/opvolgen/dossier/").content.decode()


@pytest.mark.parametrize("wie", ["planner", "coordinator", "beheer", "toezicht", "voedselbank", "superuser"])
def test_the_list_is_for_the_desk(wie, huis, als, request):
    assert als(request.getfixturevalue(wie)).get(PAD).status_code == 404


def test_the_list_costs_the_same_with_more_rows(
    vraag, als, loket_ocmw, team_ocmw, team_onthaal, django_assert_num_queries
):
    client = als(team_ocmw)
    dag = gewone_dag()
    for aantal in (1, 3):
        while Vermelding.objects.count() < aantal:
            noteer(als(loket_ocmw), vraag, team_ocmw)
        client.get(PAD, **dag)
        with django_assert_num_queries(6):
            client.get(PAD, **dag)
