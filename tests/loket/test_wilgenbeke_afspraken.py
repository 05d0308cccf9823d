"""The agenda of the demo town."""

from pathlib import Path

import pytest
from django.utils import timezone

from loket.models import Afspraak, Afspraaksoort, Dienst
from sociaalhuis import wilgenbeke
from sociaalhuis.models import Gebruiker, Locatie
from sociaalhuis.wilgenbeke import laad_afspraken, laad_huis, laad_locaties, laad_loket

BRON = Path(wilgenbeke.__file__).parent


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stad(eenmaal):
    for deel in (laad_huis, laad_loket, laad_locaties, laad_afspraken):
        deel.laad(BRON)


def test_every_kind_has_a_session_and_every_slug_exists(stad):
    assert not Afspraaksoort.objects.filter(spreekuren=None).exists()
    inhoud = laad_afspraken.lees(BRON / "afspraken.toml")
    genoemd = {slug for rij in inhoud["soort"] for slug in rij["diensten"]}
    genoemd |= {slug for rij in laad_locaties.lees(BRON / "locaties.toml")["locatie"] for slug in rij["diensten"]}
    assert genoemd - set(Dienst.objects.values_list("slug", flat=True)) == set()
    assert Locatie.objects.count() == 6 and Locatie.objects.filter(is_huis=True).count() == 1


def test_people_came_and_will_come_and_every_one_can_be_read_at_the_desk(stad, als):
    nu = timezone.now()
    assert (Afspraak.objects.filter(begin__gt=nu).count(), Afspraak.objects.filter(begin__lt=nu).count()) == (26, 12)
    client = als(Gebruiker.objects.get(email="loket.ocmw@wilgenbeke.example"))
    eigen = Afspraak.objects.filter(team__code__in=["sociale-dienst", "thuiszorg"])
    assert eigen.count() == 18
    assert {client.get(afspraak.get_absolute_url()).status_code for afspraak in eigen} == {200}
