"""A text for everyone and the names of the case list: who is told, what it leaves behind, and what is a name."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from loket.acties import namen
from loket.models import Inzage, Vraag
from participatie.models import Inbreng, Ronde
from plan.models import Plan
from sociaalhuis import rollen
from sociaalhuis.inzending import ZOUT
from sociaalhuis.persoonsgegevens import NOEMT_BEKENDE, NOEMT_NAAM, met_bekende_namen, schrijfwijzen, woordgroepen
from tests.loket.verwijzingen import zaak_van

TEKST = "Ik vind dat zoë-anne de bruyckere eerst een woning moet krijgen."


@pytest.fixture
def zaak(huis, team_sociale_dienst):
    return zaak_van(team_sociale_dienst, naam="Zoé Anne De Bruyckere")


@pytest.fixture
def ronde(db):
    nu = timezone.now()
    plan = Plan.objects.create(
        slug="plan",
        titel="Plan",
        beginjaar=2026,
        eindjaar=2031,
        missie="x",
        staat="openbaar",
        gepubliceerd_op=nu.date(),
    )
    return Ronde.objects.create(
        slug="open", plan=plan, titel="Ronde", vraag="Wat?", wie="Iedereen", staat="gepubliceerd", opent_op=nu,
        sluit_op=nu + timedelta(days=5), antwoord_tegen=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip


def typ(client, nummer=1, **velden):
    bewijs = signing.dumps([f"{nummer:032x}", int(timezone.now().timestamp()) - 60], salt=ZOUT)
    vandaag = timezone.localdate().isoformat()
    velden = {"bewijs": bewijs, "kanaal": "papier", "ontvangen_op": vandaag, "tekst": TEKST, **velden}
    return client.post("/participatie/beheer/rondes/open/invoeren/", velden)


def test_only_who_may_read_the_case_is_told(
    zaak, coordinator, planner, loket_ocmw, loket_gemeente, loket_thuiszorg, team_ocmw, superuser, toezicht, maak_gebruiker, gemeente, team_onthaal
):  # fmt: skip
    # a coordinator who works at the desk of the other Bestuur sees no case of this one
    beide = maak_gebruiker("beide", rollen.COORDINATOR, rollen.LOKETMEDEWERKER, bestuur=gemeente, teams=[team_onthaal])
    for wie in (coordinator, planner, loket_gemeente, loket_thuiszorg, superuser, toezicht, beide):
        assert met_bekende_namen(TEKST, wie) == [], wie
        assert met_bekende_namen("Vraag het aan Zoé Anne De Bruyckere", wie) == [NOEMT_NAAM], wie
    assert not Inzage.objects.exists()
    for nummer, wie in enumerate((loket_ocmw, team_ocmw), start=1):
        assert met_bekende_namen(TEKST, wie) == [NOEMT_BEKENDE]
        spoor = Inzage.objects.get(door=wie)
        assert (spoor.vraag, spoor.pagina, Inzage.objects.count()) == (zaak, "namen", nummer)
    assert met_bekende_namen("Vraag het aan Jan Peeters", loket_ocmw) == [NOEMT_NAAM]
    assert met_bekende_namen("De bus rijdt te weinig", loket_ocmw) == []
    assert Inzage.objects.count() == 2  # what did not fit was read by nobody


def test_an_erased_old_or_suspect_case_says_nothing(zaak, loket_ocmw, team_sociale_dienst, monkeypatch):
    zaak.dossiersleutel.wis()
    assert met_bekende_namen(TEKST, loket_ocmw) == []
    dicht = zaak_van(team_sociale_dienst, naam="Jef Kanarie")
    velden = {"staat": "afgesloten", "resultaat": "geholpen"}
    Vraag.objects.filter(pk=dicht.pk).update(afgesloten_op=timezone.now() - namen.PAS_DICHT, **velden)
    assert met_bekende_namen("jef kanarie", loket_ocmw) == []
    Vraag.objects.filter(pk=dicht.pk).update(afgesloten_op=timezone.now() - timedelta(days=9))
    assert met_bekende_namen("kanarie jef", loket_ocmw) == [NOEMT_BEKENDE]
    zaak_van(team_sociale_dienst, naam="Nog Iemand")
    monkeypatch.setattr(namen, "MEEST", 1)  # the newest only
    assert met_bekende_namen("jef kanarie", loket_ocmw) == []


def test_what_is_a_name_in_a_text():
    assert schrijfwijzen("Ingrid") == schrijfwijzen("") == set()
    assert schrijfwijzen("Jan Pieter JANSSENS") == {
        "jan pieter janssens", "pieter janssens jan", "janssens jan pieter", "jan janssens", "janssens jan",
    }  # fmt: skip
    for tekst, noemt in [
        ("dag JAN-PIETER  Janssens!", True), ("(Janssens,\nJan)", True), ("Jan en Janssens", False), ("Janssens", False),
        ("Pieter Jan", False), ("janjanssens", False), ("Ján Jànssens's fiets", False), ("Ján Jànssens", True),
    ]:  # fmt: skip
        assert schrijfwijzen("Jan Pieter Janssens").isdisjoint(woordgroepen(tekst)) is not noemt, tekst


def test_who_types_paper_in_confirms_and_then_it_is_kept(als, zaak, ronde, loket_ocmw, loket_gemeente):
    fout = typ(als(loket_ocmw)).context["form"].errors
    assert fout == {"toch": [f"In de tekst staat {NOEMT_BEKENDE}. Iedereen zal dat kunnen lezen. Haal het weg, of duid aan dat het mag."]}  # fmt: skip
    assert not Inbreng.objects.exists()
    assert typ(als(loket_ocmw), toch="on").context["bewaard"]
    # a colleague of the other Bestuur is not stopped, and a name that only looks like one is read by the coordinator
    assert typ(als(loket_gemeente), nummer=2, dubbel="on").context["bewaard"]
    assert typ(als(loket_ocmw), nummer=3, tekst="Vraag het aan Jan Peeters van het park.").context["bewaard"]
    punten = {"datum": timezone.localdate().isoformat(), "plaats": "Buurthuis", "aantal": "9", "geleid_door": "Buurtwerk", "punten": TEKST}  # fmt: skip
    gesprek = als(loket_ocmw).post("/participatie/beheer/rondes/open/gesprek/", punten)
    assert list(gesprek.context["form"].errors) == ["toch"]
    assert (
        als(loket_ocmw).post("/participatie/beheer/rondes/open/gesprek/", {**punten, "toch": "on"}).status_code == 302
    )


def test_the_coordinator_is_asked_once_before_a_text_with_a_name_shows(als, huis, ronde, coordinator, zaak):
    inbreng = Inbreng.objects.create(ronde=ronde, tekst="Vraag het aan Jan Peeters.")
    pad, staf = f"/participatie/beheer/inbreng/{inbreng.pk}/", als(coordinator)
    gevraagd = staf.post(pad, {"doe": "toon"})  # also the button of the list leads here
    assert (gevraagd.status_code, gevraagd.context["let_op"]) == (200, [NOEMT_NAAM])
    assert "Toon deze inbreng toch" in gevraagd.content.decode()
    staf.post(pad, {"doe": "toch"})
    inbreng.refresh_from_db()
    assert inbreng.staat == "zichtbaar"
