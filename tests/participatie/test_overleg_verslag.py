"""Minutes: not before the meeting, never approved by who wrote them; then online, and what comes of them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties import overlegtaak
from participatie.acties import verslag as verbs
from participatie.acties.agendapunt import haal_van_agenda, zet_op_agenda
from participatie.acties.inschrijving import schrijf_bij
from participatie.models import Inbreng, Verslag, Verslagregel
from participatie.staat import MagNiet
from plan.models import Onderdeel
from sociaalhuis.models import UitgaandeMail
from tests.participatie.overleggen import maak_overleg

PAD = "/participatie/beheer/overleg/buurtgesprek/verslag/"
REGELS = "/participatie/beheer/overleg/buurtgesprek/regel/"


def tekst(response):
    return response.content.decode()


@pytest.fixture
def overleg(huis, planner, plan, ronde):
    overleg = maak_overleg(planner, plan=plan, ronde=ronde, begin=timezone.now() - timedelta(hours=3))
    zet_op_agenda(overleg=overleg, door=planner, onderdeel=Onderdeel.objects.get(plan=plan, code="G1.1.a"))
    return overleg


@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        ({"regel": ""}, "Schrijf wat je wil bewaren."),
        ({"regel": "x" * 5000}, "Je tekst is te lang: hoogstens 1000 tekens."),
        ({"regel": "a\x00"}, "In je tekst staat een teken dat we niet kunnen bewaren."),
        ({"soort": "feest"}, "Kies wat je opschrijft."),
        ({"soort": "taak"}, "Kies wie dit doet, of schrijf het erbij."),
        ({"soort": "taak", "doet": "g0"}, "Deze keuze bestaat niet (meer)."),
        ({"soort": "besluit", "tegen": "2027-01-01"}, "Dan is het een taak."),
        ({"soort": "taak", "wie": "De buurt", "tegen": "ooit"}, "Deze dag klopt niet."),
    ],
)
def test_a_mistake_in_a_line_is_said(als, overleg, planner, fout, zin):
    punt = overleg.agenda.get()
    velden = {"voeg_toe": "1", "soort": "gezegd", "regel": "<script>Blijft", **fout}
    response = als(planner).post(f"{PAD}{punt.pk}/", velden)
    assert response.status_code == 200 and zin in tekst(response)
    assert "regel" in fout or "&lt;script&gt;Blijft</textarea>" in tekst(response)
    assert not Verslagregel.objects.exists()


def test_no_minutes_before_the_meeting_and_no_rights_for_others(als, huis, planner, loket_ocmw, overleg):
    straks = maak_overleg(planner, "Straks")
    with pytest.raises(MagNiet, match="als het overleg begonnen is"):
        verbs.schrijf_verslag(overleg=straks, door=planner, samenvatting="x", teksten={})
    for pad in (PAD, f"{PAD}{overleg.agenda.get().pk}/", "/participatie/beheer/overleg/taken/"):
        assert als(loket_ocmw).get(pad).status_code == 404
    assert als(planner).get(f"{PAD}999999/").status_code == 404
    assert als(loket_ocmw).post(f"{REGELS}1/", {"doe": "weg"}).status_code == 404


def test_minutes_from_draft_to_the_page_and_the_pdf(bewoner, als, overleg, planner, coordinator, organisatie):
    punt, browser = overleg.agenda.get(), als(planner)
    schrijver = f"{PAD}{punt.pk}/"
    assert browser.post(schrijver, {"tekst": "We spraken over de noodwoning.", "versie": "0"}).status_code == 302
    te_laat = tekst(als(coordinator).post(schrijver, {"tekst": "Mijn tekst", "versie": "0"}))
    assert "Een collega bewaarde intussen" in te_laat and "Mijn tekst</textarea>" in te_laat
    browser.post(PAD, {"samenvatting": "Een goed gesprek.", "versie": "1"})
    for regel in (
        {"soort": "gezegd", "regel": "Maak de woning drempelvrij."},
        {"soort": "besluit", "regel": "We zoeken een tweede woning."},
        {"soort": "taak", "regel": "De huurprijs opvragen.", "doet": f"o{organisatie.pk}", "tegen": "2027-03-01"},
        {"soort": "taak", "regel": "De buren inlichten.", "doet": f"g{planner.pk}"},
    ):
        assert browser.post(schrijver, {"voeg_toe": "1", **regel}).status_code == 302
    verslag = Verslag.objects.get()
    assert (verslag.staat, verslag.opgesteld_door, verslag.versie) == ("concept", planner, 6)
    with pytest.raises(MagNiet, match="Een collega keurt het goed"):
        verbs.keur_goed(verslag=verslag, door=planner, versie=6)
    with pytest.raises(IntegrityError, match="verslag_vier_ogen"), transaction.atomic():
        Verslag.objects.update(staat="goedgekeurd", goedgekeurd_door=planner, goedgekeurd_op=timezone.now())
    with pytest.raises(MagNiet):
        verbs.publiceer_verslag(verslag=verslag, door=coordinator)
    assert "is intussen veranderd" in tekst(
        als(coordinator).post(PAD, {"doe": "keur_goed", "versie": "5"}, follow=True)
    )
    assert bewoner.get("/participatie/overleg/buurtgesprek/verslag.pdf").status_code == 404
    assert "noodwoning" not in tekst(bewoner.get("/participatie/overleg/buurtgesprek/"))
    type(overleg).objects.update(einde=timezone.now())
    als(coordinator).post(PAD, {"doe": "keur_goed", "versie": "6"})
    browser.post(PAD, {"doe": "publiceer"})
    pagina = tekst(bewoner.get("/participatie/overleg/buurtgesprek/"))
    for zin in (
        "Een goed gesprek.",
        "We spraken over de noodwoning.",
        "We zoeken een tweede woning.",
        "Voedselbank De Mand, tegen 1 mrt 2027",
        "Door gemeente en OCMW",
    ):
        assert zin in pagina
    assert planner.naam not in pagina.replace("planner@", "")
    pdf = bewoner.get("/participatie/overleg/buurtgesprek/verslag.pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF-") and b"pdfuaid" in pdf.content
    with pytest.raises(MagNiet, match="staat online"):
        verbs.voeg_regel_toe(punt=punt, door=planner, soort="besluit", tekst="Te laat")
    with pytest.raises(MagNiet, match="staat al iets in het verslag"):
        haal_van_agenda(punt=punt, door=planner)
    assert "Verslag staat online" in tekst(bewoner.get("/participatie/overleg/"))
    browser.post(PAD, {"doe": "haal_terug"})
    assert "noodwoning" not in tekst(bewoner.get("/participatie/overleg/buurtgesprek/"))
    assert browser.post(PAD, {"doe": "toveren"}).status_code == 404


def test_what_was_said_becomes_an_input_once_with_the_size_of_the_meeting(
    bewoner, als, overleg, planner, coordinator, ronde, gesloten_ronde
):
    punt = overleg.agenda.get()
    schrijf_bij(overleg=overleg, door=planner, aantal=19)
    regel = verbs.voeg_regel_toe(punt=punt, door=planner, soort="gezegd", tekst="Maak de woning drempelvrij.")
    besluit = verbs.voeg_regel_toe(punt=punt, door=planner, soort="besluit", tekst="We zoeken verder.")
    for _ in range(2):  # a double click
        als(coordinator).post(f"{REGELS}{regel.pk}/", {"doe": "inbreng"})
    inbreng = Inbreng.objects.get()
    assert (inbreng.kanaal, inbreng.groepsgrootte, inbreng.onderdeel.code, inbreng.tekst, inbreng.staat) == (
        "overleg", 19, "G1.1.a", "Maak de woning drempelvrij.", "zichtbaar",
    )  # fmt: skip
    assert inbreng.ingevoerd_door == coordinator and inbreng.van.startswith("Buurtgesprek van ")
    assert "Maak de woning drempelvrij." in tekst(bewoner.get(ronde.get_absolute_url()))
    with pytest.raises(MagNiet, match="Ze blijft staan"):
        verbs.verwijder_regel(regel=regel, door=planner)
    with pytest.raises(MagNiet, match="Enkel wat gezegd werd"):
        verbs.maak_inbreng(regel=besluit, door=coordinator)
    wacht = verbs.voeg_regel_toe(punt=punt, door=planner, soort="gezegd", tekst="Van de planner.")
    assert verbs.maak_inbreng(regel=wacht, door=planner).staat == "ingediend"  # checked by who may
    als(planner).post(f"{REGELS}{besluit.pk}/", {"doe": "weg"})
    assert not Verslagregel.objects.filter(pk=besluit.pk).exists()
    laat = verbs.voeg_regel_toe(punt=punt, door=planner, soort="gezegd", tekst="Zonder ronde.")
    type(overleg).objects.update(ronde=None)
    with pytest.raises(MagNiet, match="hoort bij geen ronde"):
        verbs.maak_inbreng(regel=laat, door=coordinator)
    assert Inbreng.objects.count() == 2


def test_tasks_are_followed_up_and_mailed_once_a_week(
    als, overleg, planner, voedselbank, mandaat, organisatie, loket_ocmw
):
    punt = overleg.agenda.get()
    maandag = datetime(2030, 7, 8, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    eigen = verbs.voeg_regel_toe(
        punt=punt,
        door=planner,
        soort="taak",
        tekst="Prijs vragen",
        wie_organisatie=organisatie,
        tegen=date(2030, 7, 12),
    )
    verbs.voeg_regel_toe(
        punt=punt, door=planner, soort="taak", tekst="Later", wie_gebruiker=planner, tegen=date(2030, 8, 12)
    )
    verbs.voeg_regel_toe(
        punt=punt, door=planner, soort="taak", tekst="Te laat", wie_gebruiker=planner, tegen=date(2026, 1, 2)
    )
    assert overlegtaak.herinner_aan_taken(maandag - timedelta(days=1)) == 0  # a Sunday
    assert overlegtaak.herinner_aan_taken(maandag) == 2
    assert overlegtaak.herinner_aan_taken(maandag + timedelta(hours=2)) == 0
    brieven = UitgaandeMail.objects.filter(onderwerp="Taken van het overleg")
    assert sorted(brieven.values_list("aan", flat=True)) == [
        "planner@proefdorp.example",
        "voedselbank@proefdorp.example",
    ]
    assert all("Er wacht 1 taak" in brief.tekst and "Prijs" not in brief.tekst for brief in brieven)
    assert (
        als(loket_ocmw).post("/participatie/mijn/overleg/", {"doe": "taak_klaar", "taak": eigen.pk}).status_code == 404
    )
    pagina = tekst(als(voedselbank).get("/participatie/mijn/overleg/"))
    assert "Prijs vragen" in pagina and "Later" not in pagina
    als(voedselbank).post("/participatie/mijn/overleg/", {"doe": "taak_klaar", "taak": eigen.pk})
    eigen.refresh_from_db()
    assert eigen.klaar_door == voedselbank
    lijst = tekst(als(planner).get("/participatie/beheer/overleg/taken/"))
    assert "Toch niet klaar" in lijst and "Te laat" in lijst
    als(planner).post(f"{REGELS}{eigen.pk}/", {"doe": "niet_klaar"})
    eigen.refresh_from_db()
    assert (eigen.klaar_op, eigen.klaar_door) == (None, None)
