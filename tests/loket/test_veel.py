"""Very many rows: only in the demo, each of them whole, and the desk and the search do with them what they did."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from loket.acties.betekenis import volgende_betekenis
from loket.models import Betekenis, Dienst, Gebeurtenis, Vraag
from loket.veel.diensten import maak_diensten
from loket.veel.vragen import maak_vragen
from loket.zoek import zoek
from loket.zoek.index import herindexeer
from sociaalhuis.models import Dossiersleutel
from tests.loket.diensten import maak_dienst
from tests.loket.vragen import vraag_van

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("opties", [{}, {"diensten": -1}, {"vragen": -5, "diensten": 5}])
def test_without_a_number_it_says_what_to_say(opties, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="Zeg hoeveel"):
        call_command("maak_veel", **opties)


@pytest.mark.parametrize("opdracht", [("maak_veel", "--vragen", "5"), ("meet", "balie")])
def test_outside_the_demo_it_refuses(opdracht, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo"):
        call_command(*opdracht)
    assert not Vraag.objects.exists()


@pytest.mark.parametrize("wat", ["--diensten", "--vragen"])
def test_with_nothing_to_copy_it_says_so(wat, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="laad eerst Wilgenbeke"):
        call_command("maak_veel", wat, "5")


def test_services_are_found_by_word_and_by_meaning(ocmw, thema):
    maak_dienst("Leefloon", bestuur=ocmw, themas=[thema], kort="Een inkomen.")
    maak_dienst("Nachtopvang", bestuur=ocmw, kort="Een bed voor wie buiten leeft.")
    herindexeer()
    while volgende_betekenis():
        pass
    assert maak_diensten(10) == 10
    assert Dienst.objects.gepubliceerd().count() == 12
    assert Betekenis.objects.filter(tekens=None).count() == 0
    assert Dienst.objects.filter(themas=thema).count() == 6
    assert len({dienst.slug for dienst in Dienst.objects.all()}) == 12
    assert zoek("leefloon")[0].titel == "Leefloon"
    assert len(zoek("leefloon")) == 6
    assert zoek("I have nowhere to sleep tonight")[0].titel.startswith("Nachtopvang")


def test_questions_have_a_reference_a_key_and_a_trail_of_their_own(team_sociale_dienst):
    vraag = vraag_van(team_sociale_dienst)
    Vraag.objects.filter(pk=vraag.pk).update(staat="beantwoord", sluit_na=timezone.localdate())
    assert maak_vragen(50) == 50
    assert Vraag.objects.count() == 51
    assert len(set(Vraag.objects.values_list("referentie", flat=True))) == 51
    assert len(set(Vraag.objects.values_list("dossiersleutel", flat=True))) == 51
    assert Dossiersleutel.objects.count() == 51
    assert {kopie.tekst for kopie in Vraag.objects.all()} == {vraag.tekst}
    oud = Vraag.objects.filter(staat="afgesloten")
    assert oud.count() >= 40
    assert not oud.filter(afgesloten_op=None).exists()
    assert not oud.exclude(sluit_na=None).exists()
    assert Gebeurtenis.objects.filter(stap="gesteld").count() == 51
    assert Gebeurtenis.objects.filter(stap="sluit_af").count() == oud.count()
