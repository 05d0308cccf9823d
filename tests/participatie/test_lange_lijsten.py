"""Lists of staff that grow: a page at a time, and whom to invite by searching instead of a wall of boxes."""

import pytest
from django.utils import timezone

from participatie.forms.overleg import UitnodigFormulier
from participatie.models import Groepsgesprek, Inbreng, Melding, Overleguitnodiging
from participatie.views import genodigden
from sociaalhuis.models import Organisatie
from tests.participatie.overleggen import maak_overleg

BEHEER = "/participatie/beheer/"


@pytest.fixture
def overleg(coordinator, plan):
    return maak_overleg(coordinator, plan=plan, staat="concept")


def maak_organisaties(aantal, soort="vzw", **velden):
    return Organisatie.objects.bulk_create(
        Organisatie(code=f"{soort}-{nr}", naam=f"Vereniging {soort} {nr:03}", soort=soort, erkend_op=timezone.now(), **velden)
        for nr in range(aantal)
    )  # fmt: skip


def test_what_waits_is_read_a_page_at_a_time_and_machines_come_last(als, huis, ronde, coordinator, planner):
    robot = Inbreng.objects.create(ronde=ronde, tekst="Koop nu", teken="links")
    rijen = [Inbreng.objects.create(ronde=ronde, tekst=f"Bank {nr}") for nr in range(26)]
    staf = als(planner)
    eerst = staf.get(f"{BEHEER}inbreng/")
    assert (eerst.context["inbrengen"], eerst.context["verdacht"]) == (rijen[:25], [])
    assert "?pagina=2" in eerst.content.decode()
    daarna = staf.get(f"{BEHEER}inbreng/?pagina=2")
    assert (daarna.context["inbrengen"], daarna.context["verdacht"]) == (rijen[25:], [robot])
    assert staf.get(f"{BEHEER}inbreng/?pagina=<script>").context["pagina"].number == 1
    assert staf.get(f"{BEHEER}inbreng/?pagina=99").context["pagina"].number == 2
    for nr, rij in enumerate(rijen):
        Melding.objects.create(inbreng=rij, waarom="anders", inzending=f"{nr:032x}")
    assert len(staf.get(f"{BEHEER}meldingen/").context["pagina"]) == 25
    assert "Nog niets beslist" in staf.get(f"{BEHEER}meldingen/?toon=beslist").content.decode()
    Groepsgesprek.objects.bulk_create(
        Groepsgesprek(ronde=ronde, datum=timezone.localdate(), plaats=f"Zaal {nr}", aantal=9, geleid_door="Buurtwerk", ingevoerd_door=planner)
        for nr in range(26)
    )  # fmt: skip
    assert len(staf.get(f"{BEHEER}rondes/open/gesprek/?pagina=2").context["pagina"]) == 1


def test_whom_to_invite_is_searched_and_a_whole_kind_goes_in_one_click(
    als, bewoner, huis, overleg, planner, loket_ocmw, gebied, organisatie, ouderenraad
):
    maak_organisaties(UitnodigFormulier.MEEST + 3)
    raden = [ouderenraad, *maak_organisaties(2, "adviesraad")]
    raden[0].gebieden.add(gebied)
    pad, staf = f"{BEHEER}overleg/{overleg.slug}/uitnodigen/", als(planner)
    alles = staf.get(pad)
    assert "we tonen er 40 van de 47" in alles.content.decode()
    assert alles.content.decode().count('name="organisaties"') == 40
    assert 'name="allemaal"' not in alles.content.decode()
    assert staf.post(pad, {"allemaal": "1"}).status_code == 200  # everyone in the house is no kind
    assert not Overleguitnodiging.objects.exists()
    assert als(loket_ocmw).post(f"{pad}?soorten=adviesraad", {"allemaal": "1"}).status_code == 404
    for vraag, aantal in [
        ("soorten=adviesraad", 3), (f"soorten=adviesraad&gebieden={gebied.pk}", 1), ("naam=VZW+04", 3), ("naam=\u202e", 47),
        ("soorten=vals&naam=x", 47), ("naam=%00", 47), ("naam=" + "x" * 5000, 47), ("naam=<script>", 0),
    ]:  # fmt: skip
        gevonden = staf.get(f"{pad}?{vraag}")
        assert (gevonden.status_code, gevonden.context["past"]) == (200, aantal), vraag
    # somebody who was ticked before the list got shorter is still invited
    staf.post(f"{pad}?soorten=adviesraad", {"nodig": "1", "organisaties": [organisatie.pk]})
    assert Overleguitnodiging.objects.get().organisatie == organisatie
    for _ in range(2):
        gedaan = staf.post(f"{pad}?soorten=adviesraad", {"allemaal": "1"})
    assert gedaan.url == f"{pad}?soorten=adviesraad"
    assert set(Overleguitnodiging.objects.values_list("organisatie", flat=True)) == {
        organisatie.pk,
        *(r.pk for r in raden),
    }
    assert "al uitgenodigd" in staf.get(f"{pad}?soorten=adviesraad").content.decode()
    staf.post(f"{pad}?soorten=vzw", {"allemaal": "1"})
    assert len(staf.get(f"{pad}?pagina=2").context["pagina"]) == Overleguitnodiging.objects.count() - 25


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_the_lists(als, huis, ronde, overleg, planner, aantal, django_assert_num_queries):
    for nr, organisatie in enumerate(maak_organisaties(aantal)):
        inbreng = Inbreng.objects.create(ronde=ronde, tekst=f"Bank {nr}")
        Melding.objects.create(inbreng=inbreng, waarom="anders", inzending=f"{nr:032x}")
        Groepsgesprek.objects.create(ronde=ronde, datum=timezone.localdate(), plaats=f"Zaal {nr}", aantal=9, geleid_door="x", ingevoerd_door=planner)  # fmt: skip
        Overleguitnodiging.objects.create(overleg=overleg, organisatie=organisatie)
    staf = als(planner)
    for pad, queries in [
        ("inbreng/", 12), ("meldingen/", 12), ("meldingen/?toon=beslist", 11), ("rondes/open/gesprek/", 13),
        (f"overleg/{overleg.slug}/uitnodigen/?naam=Ver", 20),
    ]:  # fmt: skip
        staf.get(f"{BEHEER}{pad}")
        with django_assert_num_queries(queries):
            assert staf.get(f"{BEHEER}{pad}").status_code == 200


def test_the_list_of_a_round_is_kept_a_page_at_a_time(als, huis, ronde, coordinator, monkeypatch):
    monkeypatch.setattr(genodigden, "PER_BLAD", 2)
    een, twee, drie = maak_organisaties(3)
    pad, staf = f"{BEHEER}rondes/open/genodigden/", als(coordinator)
    staf.post(f"{pad}?pagina=2", {"doe": "lijst", "organisaties": [drie.pk]})
    staf.post(pad, {"doe": "lijst", "organisaties": [een.pk]})
    assert set(ronde.genodigden.values_list("organisatie", flat=True)) == {een.pk, drie.pk}
    fout = staf.post(pad, {"doe": "lijst", "organisaties": [drie.pk]}, follow=True)  # of another page
    assert "Kies organisaties uit de lijst" in fout.content.decode()
    staf.post(f"{pad}?pagina=2", {"doe": "lijst"})
    assert set(ronde.genodigden.values_list("organisatie", flat=True)) == {een.pk}
    assert "Bewaar elk blad apart" in staf.get(pad).content.decode()
