"""The last aanspreekpunt of an organisation stops: it hears so a month and a week before, and staff sees it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties.aflopend import aflopend, herinner
from participatie.models import Mandaat, Mandaatherinnering
from sociaalhuis.models import UitgaandeMail

DAG = timedelta(days=1)


@pytest.fixture
def einde():
    return timezone.now().replace(microsecond=0) + 40 * DAG


@pytest.fixture
def laatste(mandaat, einde):
    mandaat.rol, mandaat.tot = Mandaat.Rol.AANSPREEKPUNT, einde
    mandaat.save()
    return mandaat


@pytest.fixture
def collega(laatste, coordinator):
    return Mandaat.objects.create(gebruiker=coordinator, organisatie=laatste.organisatie)


def test_who_has_a_successor_is_not_reminded(laatste, collega, einde):
    nu = einde - 5 * DAG
    assert aflopend(nu) == [laatste]
    for velden in ({"tot": None}, {"tot": einde + 60 * DAG}, {"van": einde - DAG, "tot": einde + 60 * DAG}):
        Mandaat.objects.filter(pk=collega.pk).update(**{"rol": "aanspreekpunt", "van": laatste.van, **velden})
        assert aflopend(nu) == [], velden
    Mandaat.objects.filter(pk=collega.pk).update(rol="vertegenwoordiger", tot=None)
    laatste.organisatie.erkend_op = None
    laatste.organisatie.save()
    assert aflopend(nu) == [] and herinner(nu) == 0
    rij = {"mandaat": laatste, "tot": einde, "aantal": 0}
    with pytest.raises(IntegrityError, match="mandaatherinnering_week_of_maand"), transaction.atomic():
        Mandaatherinnering.objects.create(**rij, dagen=8)
    Mandaatherinnering.objects.create(**rij, dagen=7)
    with pytest.raises(IntegrityError, match="mandaatherinnering_een_keer"), transaction.atomic():
        Mandaatherinnering.objects.create(**rij, dagen=7)


def test_a_month_and_a_week_before_once_each_to_all_who_speak(laatste, collega, einde, als, huis, coordinator):
    tel = timedelta(seconds=1)
    momenten = [einde - 30 * DAG - tel, einde - 30 * DAG, einde - 8 * DAG, einde - 7 * DAG, einde - DAG, einde]
    assert [herinner(nu) for nu in momenten] == [0, 2, 0, 2, 0, 0]
    assert list(Mandaatherinnering.objects.order_by("pk").values_list("dagen", "aantal", "op")) == [
        (30, 2, momenten[1]), (7, 2, momenten[3]),
    ]  # fmt: skip
    adressen = [laatste.gebruiker.email, coordinator.email]
    assert sorted(UitgaandeMail.objects.values_list("aan", flat=True)) == sorted(2 * adressen)
    Mandaat.objects.filter(pk=laatste.pk).update(tot=einde + 10 * DAG)  # another end is another reminder
    assert herinner(einde + 8 * DAG) == 2
    assert Mandaatherinnering.objects.count() == 3


def test_staff_and_the_corner_see_it(laatste, einde, als, huis, coordinator):
    client = als(coordinator)
    begin, lijst = "/beheer/", "/participatie/beheer/organisaties/"
    een = f"{lijst}voedselbank/"
    assert not any("laatste aanspreekpunt" in client.get(pad).content.decode() for pad in (begin, een))
    Mandaat.objects.filter(pk=laatste.pk).update(tot=timezone.now() + 6 * DAG)
    assert herinner(timezone.now()) == 1
    assert "1 organisatie verliest binnenkort haar laatste aanspreekpunt" in client.get(begin).content.decode()
    assert "Stopt binnenkort" in client.get(lijst).content.decode()
    pagina = client.get(een).content.decode()
    assert "Het laatste aanspreekpunt stopt na" in pagina and "met 1 mail." in pagina
    hoek = als(laatste.gebruiker).get("/participatie/mijn/").content.decode()
    assert "1 aanspreekpunt stopt binnenkort" in hoek
