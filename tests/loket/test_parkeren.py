"""Parking, taking up again and filing elsewhere, from the page of a case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loket.acties import behandeling
from loket.models import Vraag
from tests.loket.vragen import vraag_van

MORGEN = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def vraag(huis, team_sociale_dienst):
    return vraag_van(team_sociale_dienst)


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"tot": ""}, {"tot": "Kies een dag."}),
        ({"tot": "morgen"}, {"tot": "Schrijf de dag als 24/12/2026."}),
        ({"tot": "\x00"}, {"tot"}),
        ({"tot": str(timezone.localdate())}, {"tot": "Kies een dag na vandaag, hoogstens een half jaar ver."}),
        ({"tot": str(MORGEN + timedelta(days=400))}, {"tot": "Kies een dag na vandaag, hoogstens een half jaar ver."}),
        ({"reden": ""}, {"reden": "Schrijf waarop je wacht."}),
        ({"reden": "\u200b \n"}, {"reden": "Schrijf waarop je wacht."}),
        ({"reden": "x" * 5000}, {"reden"}),
    ],
)
def test_parking_needs_a_day_ahead_and_a_reason(velden, fout, vraag, als, loket_ocmw):
    alles = {"tot": str(MORGEN), "reden": "Wacht <b>op</b> een papier", "versie": 1, **velden}
    antwoord = als(loket_ocmw).post(f"{vraag.get_absolute_url()}parkeer/", alles)
    fouten = antwoord.context["form"].errors
    assert fouten.keys() == (fout.keys() if isinstance(fout, dict) else fout)
    if isinstance(fout, dict):
        assert {veld: zinnen[0] for veld, zinnen in fouten.items()} == fout
    assert (Vraag.objects.get().staat, Vraag.objects.get().versie) == ("nieuw", 1)


def test_a_question_is_parked_and_taken_up_again(vraag, als, loket_ocmw):
    client = als(loket_ocmw)
    velden = {"tot": str(MORGEN), "reden": "Wacht <b>op</b> een papier", "versie": 1}
    pagina = client.post(f"{vraag.get_absolute_url()}parkeer/", velden, follow=True).content.decode()
    assert "De vraag is geparkeerd." in pagina and "Wacht &lt;b&gt;op&lt;/b&gt; een papier" in pagina
    na = Vraag.objects.get()
    assert (na.staat, na.geparkeerd_tot, na.behandelaar, na.uiterlijk_op) == (
        "geparkeerd", MORGEN, loket_ocmw, vraag.uiterlijk_op,
    )  # fmt: skip
    tweede = client.post(f"{vraag.get_absolute_url()}parkeer/", velden)  # a page of before
    assert tweede.status_code == 409 and Vraag.objects.get().notities.count() == 1
    client.post(f"{vraag.get_absolute_url()}hervat/", {"versie": 2})
    assert (Vraag.objects.get().staat, Vraag.objects.get().geparkeerd_tot) == ("in_behandeling", None)


def test_who_writes_back_takes_a_question_out_of_the_park(vraag, loket_ocmw):
    behandeling.parkeer(vraag=vraag, tot=MORGEN, reden="Wacht", door=loket_ocmw)
    behandeling.schrijf_terug(vraag=vraag, tekst="Hier is het papier")
    assert (Vraag.objects.get().staat, Vraag.objects.get().geparkeerd_tot) == ("in_behandeling", None)


def test_a_question_is_filed_elsewhere(vraag, thema, doelgroep, gebied, als, loket_ocmw):
    client = als(loket_ocmw)
    adres = f"{vraag.get_absolute_url()}deel_in/"
    fout = client.post(adres, {"thema": "zzz", "prioriteit": "9", "versie": 1})
    assert fout.context["form"].errors.keys() == {"thema", "prioriteit"}
    client.post(adres, {"thema": "geld", "doelgroep": "ouderen", "gebied": "", "prioriteit": "1", "versie": 1})
    na = Vraag.objects.get()
    assert (na.thema, na.doelgroep, na.gebied, na.prioriteit, na.staat) == (thema, doelgroep, None, 1, "nieuw")
    with pytest.raises(TypeError):
        behandeling.deel_in(vraag=vraag, door=loket_ocmw, team=None)


@pytest.mark.parametrize("stap", ["parkeer", "hervat", "deel_in", "schrap"])
@pytest.mark.parametrize("wie", ["loket_gemeente", "loket_thuiszorg", "beheer"])
def test_not_by_another_team(stap, wie, vraag, als, request):
    assert als(request.getfixturevalue(wie)).post(f"{vraag.get_absolute_url()}{stap}/").status_code == 404
    assert Vraag.objects.get().versie == 1
