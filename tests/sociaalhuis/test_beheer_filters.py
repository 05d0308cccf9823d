"""Filters of the lists of the admin, kept by name, each for oneself."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sociaalhuis.models import Beheerfilter, Organisatie

BEWAAR, LIJST = reverse("admin:filter_bewaar"), reverse("admin:sociaalhuis_organisatie_changelist")

pytestmark = pytest.mark.django_db


def bewaar(client, **velden):
    return client.post(
        BEWAAR, {"naam": "Vzw's", "lijst": "sociaalhuis.organisatie", "keuzes": "soort__exact=vzw", **velden}
    )


def test_only_for_a_list_that_you_may_see(als, huis, bewoner, voedselbank, planner, loket_ocmw, beheer):
    assert bewaar(bewoner).status_code == bewaar(als(voedselbank)).status_code == 302
    assert bewaar(als(loket_ocmw)).status_code == 404
    for lijst in ("plan.actie", "loket.vraag", "geen", "", "\x00"):
        assert bewaar(als(beheer), lijst=lijst).status_code == 404
    assert als(beheer).get(BEWAAR).status_code == 405
    assert not Beheerfilter.objects.exists()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"naam": ""}, "Geef je filter een naam."),
        ({"naam": "x" * 5000}, "Kies een korte naam: hoogstens 40 tekens."),
        ({"naam": "a\x00"}, "Hier staat een teken in dat we niet kunnen bewaren."),
        ({"keuzes": ""}, "Kies eerst een filter of zoek op een woord."),
        ({"keuzes": "p=3&_popup=1"}, "Kies eerst een filter of zoek op een woord."),
        ({"keuzes": "q=" + "x" * 5000}, "Hoogstens"),
    ],
)
def test_what_does_not_fit_is_told(als, huis, beheer, velden, zin):
    client = als(beheer)
    antwoord = bewaar(client, **velden)
    assert antwoord.status_code == 302 and not Beheerfilter.objects.exists()
    assert zin.lower() in client.get(LIJST).content.decode().lower()


def test_kept_used_replaced_and_thrown_away(als, huis, beheer, coordinator, organisatie):
    client, ander = als(beheer), als(coordinator)
    Organisatie.objects.create(code="raad", naam="Ouderenraad", soort="adviesraad")
    assert "Bewaar deze keuze" not in client.get(LIJST).content.decode()
    assert "Bewaar deze keuze" in client.get(LIJST, {"soort__exact": "vzw", "p": "1"}).content.decode()
    assert bewaar(client, keuzes="p=2&soort__exact=vzw").url == f"{LIJST}?soort__exact=vzw"
    bewaar(client, naam=" Vzw's ", keuzes="soort__exact=vzw&q=mand")
    filter_ = Beheerfilter.objects.get()
    assert (filter_.naam, filter_.keuzes, filter_.eigenaar) == ("Vzw's", "q=mand&soort__exact=vzw", beheer)
    pagina = client.get(f"{LIJST}?{filter_.keuzes}").content.decode()
    assert (
        organisatie.naam in pagina
        and "Ouderenraad" not in pagina.partition('id="changelist-form"')[2].partition("</form>")[0]
    )
    assert 'aria-current="true">Vzw&#x27;s</a>' in pagina
    assert "Vzw&#x27;s" not in ander.get(LIJST).content.decode()
    weg = reverse("admin:filter_weg", args=[filter_.pk])
    assert ander.post(weg).status_code == 404
    assert client.post(weg).url == LIJST and client.post(weg).status_code == 404
    assert not Beheerfilter.objects.exists()


def test_the_database_keeps_them_whole(beheer):
    rij = {"eigenaar": beheer, "lijst": "plan.actie", "naam": "a", "keuzes": "q=1"}
    Beheerfilter.objects.create(**rij)
    for naam, anders in (("beheerfilter_naam_een_keer", {}), ("beheerfilter_heeft_naam_en_keuzes", {"naam": ""})):
        with pytest.raises(IntegrityError, match=naam), transaction.atomic():
            Beheerfilter.objects.create(**{**rij, **anders})
