"""What waits for someone, on the first page of the admin: each line counts, and leads where the work is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plan.acties.redactie import bewaar
from plan.models import Onderdeel, Redacteur, Taak
from plan.redactie.versie import merk
from plan.redactie.waarden import waarden
from sociaalhuis import rollen
from sociaalhuis.beheer import wacht
from sociaalhuis.beheer.wacht import Werk, registreer
from tests.plan.conftest import actie, doelstelling, garantie, maak_actie, plan  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


def lijnen(gebruiker):
    return {str(lijn): lijn.url for lijn in wacht.voor(gebruiker)}


def test_nothing_waits_for_who_has_nothing_to_do(als, huis, loket_ocmw, toezicht, planner):
    for gebruiker in (loket_ocmw, toezicht, planner):
        assert wacht.voor(gebruiker) == []
        assert "Dit wacht op jou" not in als(gebruiker).get(reverse("admin:index")).content.decode()


def test_each_line_is_for_who_can_do_it_and_leads_there(
    als,
    huis,
    actie,  # noqa: F811
    planner,
    coordinator,
    beheer,
    maak_gebruiker,
    gemeente,
):
    an = maak_gebruiker("An", rollen.REDACTEUR, bestuur=gemeente)
    Redacteur.objects.create(onderdeel=actie, gebruiker=an)
    deel = Onderdeel.objects.get(pk=actie.pk)
    bewaar(onderdeel=deel, nieuw={**waarden(deel), "titel": "x"}, waarom="Zo", gezien=merk(deel), door=an)
    vandaag = timezone.localdate()
    for dagen in (-1, -2, 3, 60):
        Taak.objects.create(actie=actie, titel="t", tegen=vandaag + timedelta(days=dagen))
    taken = {
        "2 taken zijn te laat": reverse("plan:werklijst"),
        "1 taak moet binnen twee weken klaar zijn": reverse("plan:werklijst"),
    }
    assert lijnen(planner) == taken
    voorstel = {"1 voorstel wacht op je beslissing": reverse("plan:voorstellen")}
    assert lijnen(coordinator) == taken | voorstel
    assert lijnen(an) == lijnen(beheer) == {}
    client = als(coordinator)
    inhoud = client.get(reverse("admin:index")).content.decode()
    assert inhoud.index("2 taken zijn te laat") < inhoud.index("1 voorstel wacht op je beslissing")
    assert {client.get(pad).status_code for pad in lijnen(coordinator).values()} == {200}


def test_a_wing_adds_its_own_line(monkeypatch, planner):
    monkeypatch.setattr(wacht, "BRONNEN", {})

    @registreer("proef", rang=2)
    def proef(gebruiker):
        return [Werk(3, "ding", "dingen", "/x/"), Werk(0, "niets", "niets", "/y/")]

    @registreer("eerder", rang=1)
    def eerder(gebruiker):
        return [Werk(1, "ding", "dingen", "/z/")]

    assert [str(lijn) for lijn in wacht.voor(planner)] == ["1 ding", "3 dingen"]
