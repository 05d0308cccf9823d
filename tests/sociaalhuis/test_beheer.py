"""The admin: who may open what, and that it shows nothing it should not."""

import re

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from loket.models import Dienst
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.beheer.widgets import ZoekKeuze
from sociaalhuis.models import Dossiersleutel, Gebied, Organisatie, Team, Thema, UitgaandeMail, VersleuteldTekstVeld

HUIS = {"Huis", "Pagina", "Bestuur", "Bestuursorgaan", "Locatie", "Sluitingsdag", "AndereUren"}
INDELING = {"Thema", "Doelgroep", "Gebied", "Organisatie"}
# role -> tables of the shared ground it finds on the first page
ZIET = {
    "beheer": HUIS | INDELING | {"Gebruiker", "Team", "UitgaandeMail"},
    "toezicht": {"UitgaandeMail"},
    "loket_ocmw": set(),
}
NIET_BEHEERD = {"Gebruiker", "Team", "Huis", "Bestuur", "UitgaandeMail"}


def lijst(model):
    return reverse(f"admin:sociaalhuis_{model}_changelist")


def tabellen(client, app="sociaalhuis"):
    groepen = client.get(reverse("admin:index")).context["app_list"]
    modellen = [model["model"] for groep in groepen for model in groep["models"]]
    return {model.__name__ for model in modellen if model._meta.app_label == app}


def test_zonder_aanmelden_naar_de_ene_deur(bewoner, db):
    response = bewoner.get("/beheer/sociaalhuis/gebruiker/", follow=True)
    assert response.redirect_chain[-1] == ("/account/login/?next=/beheer/sociaalhuis/gebruiker/", 302)


def test_organisatie_vindt_het_beheer_niet(als, voedselbank):
    """Django sends who is not staff to the login of the admin; that is the same 404 as a page that is not there."""
    assert als(voedselbank).get("/beheer/", follow=True).status_code == 404


@pytest.mark.parametrize("rol", ZIET)
def test_eerste_pagina_per_rol(als, request, rol):
    assert tabellen(als(request.getfixturevalue(rol))) == ZIET[rol]


@pytest.mark.parametrize("rol", ["planner", "coordinator", "team_ocmw"])
def test_anderen_zien_geen_gebruikers_of_inrichting(als, request, rol):
    client = als(request.getfixturevalue(rol))
    assert not tabellen(client) & NIET_BEHEERD
    assert {client.get(lijst(naam.lower())).status_code for naam in NIET_BEHEERD} == {403}


def test_geen_dossier_in_het_beheer():
    """Cases are read at the desk, where every reading is logged; the admin has no page for them, also for a superuser."""
    versleuteld = {
        model._meta.label
        for model in apps.get_app_config("loket").get_models()
        if any(isinstance(veld, VersleuteldTekstVeld) for veld in model._meta.fields)
    }
    assert versleuteld >= {"loket.Vraag", "loket.Bericht"}
    assert not versleuteld & {model._meta.label for model in admin.site._registry}
    assert Dossiersleutel not in admin.site._registry


def test_enkel_tabellen_van_dit_huis():
    """Roles are fixed in code; second factors and mail addresses of logins belong to the user."""
    vreemd = {m._meta.app_label for m in admin.site._registry} - {"sociaalhuis", "plan", "loket", "participatie"}
    assert vreemd == {"pghistory"}


def test_elke_tabel_heeft_de_basis_van_dit_huis():
    """Without it a page has fields that not everyone can use, and no history."""
    assert {m._meta.label for m, a in admin.site._registry.items() if not isinstance(a, BeheerAdmin)} == set()


@pytest.fixture
def drie_rijen(gemeente, ocmw, team_onthaal, team_sociale_dienst, team_thuiszorg, maak_gebruiker):
    for n in "abc":
        Thema.objects.create(code=n, naam=n)
        Organisatie.objects.create(code=n, naam=n, soort="vzw")
        maak_gebruiker(n, "planmedewerker", bestuur=gemeente)
        UitgaandeMail.objects.create(sleutel=n, message_id=n, aan=f"{n}@proefdorp.example", onderwerp="Er is nieuws")
    wortel = Gebied.objects.create(code="wortel", naam="Wortel", soort="gemeente")
    for n in "ab":
        Gebied.objects.create(code=n, naam=n, soort="deelgemeente", ouder=wortel)


@pytest.mark.parametrize("model", ["thema", "team", "organisatie", "gebied", "gebruiker", "uitgaandemail"])
def test_lijst_kost_evenveel_bij_een_en_bij_drie_rijen(
    als, beheer, drie_rijen, model, django_assert_num_queries, django_assert_max_num_queries
):
    client = als(beheer)
    tabel = admin.site._registry
    klasse = next(m for m in tabel if m._meta.model_name == model and m._meta.app_label == "sociaalhuis")
    client.get(lijst(model))  # a first visit also writes the session
    with django_assert_max_num_queries(23) as drie:
        assert client.get(lijst(model)).status_code == 200
    blijft = [beheer.pk] if model == "gebruiker" else [klasse.objects.order_by("pk").first().pk]
    if model == "team":
        Team.objects.exclude(pk__in=blijft).delete()
    elif model == "gebied":
        Gebied.objects.exclude(ouder=None).delete()
    else:
        klasse.objects.exclude(pk__in=blijft).delete()
    with django_assert_num_queries(len(drie)):
        assert client.get(lijst(model)).status_code == 200


INLINE = re.compile(rb"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def test_geen_script_of_stijl_in_de_pagina_zelf(als, superuser, huis, gemeente):
    client = als(superuser)
    for model in admin.site._registry:
        for soort in ("changelist", "add"):
            response = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{soort}"))
            if response.status_code == 200:
                assert not INLINE.search(response.content), (model, soort, INLINE.search(response.content))


def test_lege_lijst_en_lijst_zonder_treffer_zeggen_het(als, beheer, thema):
    client = als(beheer)
    assert "Niets gevonden" in client.get(lijst("thema"), {"q": "zzz"}).content.decode()
    thema.delete()
    assert "Deze lijst is nog leeg." in client.get(lijst("thema")).content.decode()


@pytest.mark.parametrize("waarde", ["[]", "<img src=x>", "nul\x00", "1.5", "99999999999999999999999"])
def test_a_key_that_no_row_has_is_refused_beside_its_field(waarde, db):
    """A search field that comes back with such a key is shown again, empty, with the message beside it."""

    class Keuze(forms.Form):
        een = forms.ModelChoiceField(
            Organisatie.objects.all(), widget=ZoekKeuze(Dienst._meta.get_field("aanbieder"), admin.site)
        )

    form = Keuze({"een": waarde})
    pagina = form.as_p()
    assert list(form.errors) == ["een"] and "<img" not in pagina and "selected" not in pagina


@pytest.mark.parametrize("waarde", ["", "nul\x00teken", "[]", "1e309", "99999999999999999999999"])
def test_a_ticked_row_that_is_none_changes_nothing(waarde, als, beheer, ocmw, team_sociale_dienst):
    inhoud = {"action": "delete_selected", "_selected_action": waarde, "index": "0"}
    antwoord = als(beheer).post(lijst("team"), inhoud, follow=True)
    assert (antwoord.status_code, Team.objects.count()) == (200, 1)
