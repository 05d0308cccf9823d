"""Accounts in the admin: made by e-mail, rights given by a colleague, the person is told."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import reverse

from sociaalhuis import rollen
from sociaalhuis.models import Gebruiker, UitgaandeMail

NIEUW = "/beheer/sociaalhuis/gebruiker/add/"
LIJST = "/beheer/sociaalhuis/gebruiker/"


def wijzig(gebruiker):
    return reverse("admin:sociaalhuis_gebruiker_change", args=[gebruiker.pk])


def groep(rol):
    return Group.objects.get(name=rol).pk


@pytest.fixture
def gegevens(ocmw, team_sociale_dienst):
    return {
        "naam": "Nele Nieuw",
        "email": "Nele.Nieuw@Proefdorp.example",
        "bestuur": ocmw.pk,
        "teams": [team_sociale_dienst.pk],
        "groups": [groep(rollen.LOKETMEDEWERKER)],
        "is_active": "on",
        "wachtwoord": "",
    }


def fouten(response):
    return response.context["adminform"].form.errors


def test_team_van_het_andere_bestuur_wordt_geweigerd(als, beheer, gegevens, team_onthaal):
    response = als(beheer).post(NIEUW, {**gegevens, "teams": [team_onthaal.pk]})
    assert fouten(response) == {
        "teams": ["Onthaal (Gemeente Proefdorp) hoort niet bij dit bestuur. Kies teams van het eigen bestuur."]
    }


def test_medewerker_zonder_bestuur_wordt_geweigerd(als, beheer, gegevens):
    response = als(beheer).post(NIEUW, {**gegevens, "bestuur": "", "teams": []})
    assert fouten(response) == {"bestuur": ["Kies bij welk bestuur deze medewerker hoort."]}


def test_zwak_wachtwoord_wordt_geweigerd_en_staat_in_het_foutenoverzicht(als, beheer, gegevens):
    response = als(beheer).post(NIEUW, {**gegevens, "wachtwoord": "geheim"})
    assert "wachtwoord" in fouten(response)
    assert '<a href="#id_wachtwoord">Wachtwoord: ' in response.content.decode()
    assert not Gebruiker.objects.filter(naam="Nele Nieuw").exists()


def test_zonder_wachtwoord_meldt_de_persoon_zich_aan_met_een_code(als, beheer, gegevens):
    assert als(beheer).post(NIEUW, gegevens).status_code == 302
    nele = Gebruiker.objects.get(email="nele.nieuw@proefdorp.example")
    assert not nele.has_usable_password()
    assert nele.is_staff and not nele.is_superuser
    assert rollen.rollen_van(nele) == {rollen.LOKETMEDEWERKER}
    assert [team.code for team in nele.teams.all()] == ["sociale-dienst"]


def test_met_wachtwoord(als, beheer, gegevens, wachtwoord):
    als(beheer).post(NIEUW, {**gegevens, "wachtwoord": wachtwoord})
    assert Gebruiker.objects.get(naam="Nele Nieuw").check_password(wachtwoord)


def test_stem_van_een_organisatie_is_geen_medewerker(als, beheer, gegevens):
    als(beheer).post(NIEUW, {**gegevens, "bestuur": "", "teams": [], "groups": [groep(rollen.ORGANISATIELID)]})
    assert not Gebruiker.objects.get(naam="Nele Nieuw").is_staff


def test_niemand_geeft_zichzelf_rechten(als, beheer, gegevens, ocmw):
    """A manager of accounts who could become a clerk could read cases."""
    als(beheer).post(wijzig(beheer), {**gegevens, "naam": "Ben", "email": beheer.email})
    beheer = Gebruiker.objects.get(pk=beheer.pk)
    assert beheer.naam == "Ben"
    assert beheer.bestuur.code == "gemeente"
    assert rollen.rollen_van(beheer) == {rollen.BEHEERDER}
    assert not beheer.teams.exists()


def test_beheerder_verandert_de_systeembeheerder_niet(als, beheer, superuser):
    client = als(beheer)
    assert client.post(wijzig(superuser), {"email": beheer.email}).status_code == 403
    assert "is_superuser" not in client.get(wijzig(superuser)).content.decode()


def test_een_gebruiker_verwijderen_kan_niet(als, superuser, planner):
    client = als(superuser)
    assert client.post(reverse("admin:sociaalhuis_gebruiker_delete", args=[planner.pk])).status_code == 403
    client.post(LIJST, {"action": "delete_selected", "_selected_action": [planner.pk], "post": "yes"})
    assert Gebruiker.objects.filter(pk=planner.pk).exists()


def test_nieuw_adres_beeindigt_het_oude(als, beheer, loket_ocmw, gegevens, team_sociale_dienst):
    EmailAddress.objects.create(user=loket_ocmw, email=loket_ocmw.email, verified=True, primary=True)
    oud, ronde = loket_ocmw.email, loket_ocmw.sessieronde
    als(beheer).post(wijzig(loket_ocmw), gegevens)
    loket_ocmw = Gebruiker.objects.get(pk=loket_ocmw.pk)
    assert loket_ocmw.email == "nele.nieuw@proefdorp.example"
    assert loket_ocmw.sessieronde > ronde
    assert not EmailAddress.objects.filter(email=oud).exists()
    mail = UitgaandeMail.objects.get()
    assert (mail.aan, mail.onderwerp) == (oud, "Er is iets veranderd aan je account")


@pytest.fixture
def met_factor(loket_ocmw):
    Authenticator.objects.create(user=loket_ocmw, type=Authenticator.Type.TOTP, data={})
    return loket_ocmw


def test_tweede_factor_wissen_wordt_eerst_gevraagd(als, beheer, met_factor):
    client = als(beheer)
    keuze = {"action": "wis_tweede_factor", "_selected_action": [met_factor.pk]}
    vraag = client.post(LIJST, keuze)
    assert "Wil je dit doen voor 1 gebruiker?" in vraag.content.decode()
    assert Authenticator.objects.filter(user=met_factor).exists()
    ronde = met_factor.sessieronde
    assert client.post(LIJST, {**keuze, "bevestigd": "ja"}).status_code == 302
    assert not Authenticator.objects.filter(user=met_factor).exists()
    met_factor.refresh_from_db()
    assert met_factor.sessieronde > ronde
    assert UitgaandeMail.objects.get().aan == met_factor.email


def test_actie_slaat_de_systeembeheerder_over(als, beheer, superuser, wachtwoord):
    superuser.set_password(wachtwoord)
    superuser.save()
    als(beheer).post(LIJST, {"action": "wis_wachtwoord", "_selected_action": [superuser.pk], "bevestigd": "ja"})
    superuser.refresh_from_db()
    assert superuser.check_password(wachtwoord)
    assert not UitgaandeMail.objects.exists()
