"""Advisory councils: who may found one, who votes, when advice is valid, and its way from question to council track."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie import samenstelling
from participatie.acties.advies import begin_advies, stel_vast, verzend_advies, vraag_advies, zet_op_de_weg
from participatie.acties.adviesraad import laat_lid_gaan, voeg_lid_toe
from participatie.models import Advies, Adviesraad, Mandaat, Raadslid, Reactierecht
from participatie.staat import MagNiet
from plan.acties.raadspad import begin_raadspad
from plan.models import Besluit, Document
from sociaalhuis.beheer import wacht
from sociaalhuis.models import Bestuursorgaan, UitgaandeMail

pytestmark = pytest.mark.django_db
HOEK = "/participatie/mijn/voor/ouderenraad/adviezen/"
BEHEER = "/participatie/beheer"
VANDAAG = timezone.localdate


@pytest.fixture
def gemeenteraad(gemeente):
    return Bestuursorgaan.objects.create(soort="gemeenteraad", bestuur=gemeente)


@pytest.fixture
def raad(ouderenraad, gemeenteraad):
    return Adviesraad.objects.create(
        organisatie=ouderenraad, soort="ouderenraad", opgericht_door=gemeenteraad, opgericht_op=date(2025, 3, 20),
        besluit_nummer="2025-GR-0041",
    )  # fmt: skip


@pytest.fixture
def leden(raad, coordinator):
    """leden("vvm"): members with a vote, of these sexes; velden change them all."""

    def maak(geslachten, **velden):
        standaard = {"soort": "effectief", "functie": "lid", "mandataris": False, "van": date(2025, 4, 1)}
        return [
            voeg_lid_toe(
                adviesraad=raad, naam=f"Lid {nummer} Kanarie", geslacht=g, door=coordinator, **{**standaard, **velden}
            )
            for nummer, g in enumerate(geslachten)
        ]

    return maak


@pytest.fixture
def spreker(maak_gebruiker, ouderenraad):
    gebruiker = maak_gebruiker("raad", "organisatielid", medewerker=False)
    Mandaat.objects.create(gebruiker=gebruiker, organisatie=ouderenraad, rol="aanspreekpunt")
    return gebruiker


@pytest.fixture
def advies(raad, plan, spreker, leden):
    """An advice that is written, of a council of six, three of each sex."""
    leden("vvvmmm")
    rij = begin_advies(adviesraad=raad, plan=plan, titel="Over bankjes", inzending="0" * 32, door=spreker)
    Advies.objects.filter(pk=rij.pk).update(tekst="Zet er meer bankjes.", uitslag="gunstig")
    rij.refresh_from_db()
    return rij


STEM = {"aanwezig": 5, "stemmen_voor": 4, "stemmen_tegen": 1, "onthoudingen": 0, "versie": 1}


# --- the law ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("geslachten", "in_evenwicht"),
    [
        ("", False),
        ("v", False),
        ("vm", True),
        ("vvm", True),
        ("vvvm", False),
        ("vvvvmm", True),
        ("vvvvvmm", False),
        ("vmx", True),
    ],
)
def test_at_most_two_thirds_of_one_sex(geslachten, in_evenwicht):
    leden = [Raadslid(geslacht=g) for g in geslachten]
    stand = samenstelling.van(leden, lambda aantal: 0)
    assert stand.in_evenwicht is in_evenwicht


def test_only_effective_members_without_a_seat_in_the_council_count():
    leden = [
        Raadslid(geslacht="v"), Raadslid(geslacht="m"), Raadslid(geslacht="m", mandataris=True),
        Raadslid(geslacht="m", soort="plaatsvervanger"),
    ]  # fmt: skip
    assert samenstelling.van(leden, lambda aantal: aantal) == samenstelling.Samenstelling(2, 1, 2)


@pytest.mark.parametrize(
    ("quorum", "nodig"), [("meer-dan-helft", [4, 4]), ("helft", [3, 4]), ("derde", [2, 3]), ("geen", [0, 0])]
)
def test_the_quorum_of_six_and_of_seven(quorum, nodig):
    assert [Adviesraad(quorum=quorum).nodig(aantal) for aantal in (6, 7)] == nodig


def test_only_the_gemeenteraad_founds_a_council(raad, gemeente, als, huis, coordinator, organisatie):
    college = Bestuursorgaan.objects.create(soort="college", bestuur=gemeente)
    with pytest.raises(IntegrityError, match="adviesraad_opgericht_door_gemeenteraad"), transaction.atomic():
        Adviesraad.objects.update(opgericht_door=college)
    velden = {"organisatie": organisatie.pk, "soort": "lok", "opgericht_door": college.pk, "opgericht_op": "2025-01-01",
              "besluit_nummer": "1", "besluit_uri": "", "quorum": "helft"}  # fmt: skip
    client = als(coordinator)
    antwoord = client.post(f"{BEHEER}/adviesraden/", velden)
    assert antwoord.context["form"].errors == {
        "opgericht_door": ["Alleen de gemeenteraad richt een adviesraad op (art. 304)."]
    }
    assert (
        client.post(f"{BEHEER}/adviesraden/", {**velden, "opgericht_door": raad.opgericht_door_id}).status_code == 302
    )
    lok = Adviesraad.objects.get(organisatie=organisatie)
    assert lok.heeft_reactierecht and not raad.heeft_reactierecht
    # the row is the one mark: for advice and for input, whatever the kind
    Reactierecht.objects.filter(organisatie=organisatie).delete()
    Reactierecht.objects.create(organisatie=raad.organisatie, grond="Zo besliste de raad.")
    assert not Adviesraad.objects.get(pk=lok.pk).heeft_reactierecht
    assert Adviesraad.objects.get(pk=raad.pk).heeft_reactierecht


@pytest.mark.parametrize(
    ("wijzig", "naam"),
    [
        ({"tot": date(2025, 1, 1)}, "raadslid_tot_na_van"),
        ({"soort": "plaatsvervanger", "functie": "voorzitter"}, "raadslid_ambt_is_effectief"),
    ],
)
def test_what_the_database_refuses_of_a_member(leden, wijzig, naam):
    leden("v")
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Raadslid.objects.update(**wijzig)


def test_members_come_and_go_and_only_staff_sees_names_and_sex(
    als, bewoner, huis, raad, leden, coordinator, planner, team_ocmw, spreker
):
    leden("vvvvm", functie="lid")
    leden("m", functie="voorzitter")
    leden("m", mandataris=True)
    adres = f"{BEHEER}/adviesraden/ouderenraad/"
    client = als(coordinator)
    pagina = client.get(adres).content.decode()
    assert "Lid 4 Kanarie" in pagina and ">Vrouw<" in pagina and "4 van de 6" in pagina
    for wie, pad in ((planner, adres), (spreker, HOEK), (None, "/participatie/adviesraden/ouderenraad/")):
        ander = (als(wie) if wie else bewoner).get(pad).content.decode()
        assert "Lid 4" not in ander and "Vrouw" not in ander
    publiek = bewoner.get("/participatie/adviesraden/ouderenraad/")
    assert not publiek.cookies
    assert publiek.content.decode().count("Kanarie") == 1  # the chair, and nobody else
    assert "Meer dan twee derde" not in publiek.content.decode()

    lid = Raadslid.objects.filter(geslacht="m", functie="lid", mandataris=False).get()
    als(team_ocmw).post(adres, {"stop": lid.pk})
    als(planner).post(adres, {"stop": lid.pk})
    lid.refresh_from_db()
    assert lid.tot is None
    client.post(adres, {"stop": lid.pk})
    Raadslid.objects.filter(pk=lid.pk).update(tot=VANDAAG() - timedelta(days=1))
    assert (
        "Meer dan twee derde van één geslacht" in bewoner.get("/participatie/adviesraden/ouderenraad/").content.decode()
    )
    assert "Advies niet geldig" in client.get(adres).content.decode()
    with pytest.raises(MagNiet, match="al afgelopen"):
        laat_lid_gaan(lid=lid, door=coordinator)

    nieuw = {
        "naam": "Nora",
        "geslacht": "m",
        "soort": "effectief",
        "functie": "lid",
        "van": "2026-01-01",
        "tot": "2025-01-01",
        "lid": "x",
    }
    assert client.post(adres, nieuw).context["lidform"].errors == {"__all__": ["Het einde ligt niet voor het begin."]}
    assert list(client.post(adres, {**nieuw, "tot": "", "geslacht": "", "naam": "\x00"}).context["lidform"].errors) == [
        "naam",
        "geslacht",
    ]
    assert client.post(adres, {**nieuw, "tot": ""}).status_code == 302
    with pytest.raises(ValidationError):
        leden("q")


# --- an advice ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wijzig", "fout"),
    [
        ({"zitting_op": date(2999, 1, 1)}, "moet nog komen"),
        ({"zitting_op": date(2020, 1, 1)}, "geen leden met een stem"),
        ({"aanwezig": 7}, "telde op die dag 6 leden"),
        ({"onthoudingen": 3}, "meer stemmen \\(8\\) dan aanwezige leden"),
        ({"aanwezig": 3, "stemmen_voor": 3, "stemmen_tegen": 0}, "Er zijn er 4 nodig. Zonder quorum"),
        ({"stemmen_voor": 2, "stemmen_tegen": 2}, "niet meer stemmen voor dan tegen"),
        ({"versie": 2}, "Een collega wijzigde"),
    ],
)
def test_a_vote_that_cannot_be(advies, spreker, wijzig, fout):
    with pytest.raises(MagNiet, match=fout):
        stel_vast(advies=advies, door=spreker, **{**STEM, "zitting_op": VANDAAG(), **wijzig})
    advies.refresh_from_db()
    assert (advies.staat, advies.zitting_op) == ("concept", None)


def test_an_advice_without_a_text_or_of_somebody_else(advies, spreker, voedselbank, mandaat, coordinator):
    Advies.objects.update(tekst=" ")
    with pytest.raises(MagNiet, match="Schrijf eerst"):
        stel_vast(advies=advies, door=spreker, zitting_op=VANDAAG(), **STEM)
    with pytest.raises(Advies.DoesNotExist):
        stel_vast(advies=advies, door=voedselbank, zitting_op=VANDAAG(), **STEM)
    with pytest.raises(PermissionDenied):  # staff does not adopt for a council
        stel_vast(advies=advies, door=coordinator, zitting_op=VANDAAG(), **STEM)


def test_what_was_adopted_never_changes(advies, spreker):
    stel_vast(advies=advies, door=spreker, zitting_op=VANDAAG(), **STEM)
    for veld in ({"tekst": "Anders"}, {"stemmen_voor": 5}, {"titel": "Anders"}, {"van_een_geslacht": 1}):
        with pytest.raises(IntegrityError, match="advies_vastgesteld_blijft"), transaction.atomic():
            Advies.objects.update(**veld)
    heel = {"staat": "vastgesteld", "tekst": "x", "uitslag": "gunstig", "zitting_op": VANDAAG(), "stemgerechtigd": 4,
            "van_een_geslacht": 2, "aanwezig": 4, "stemmen_voor": 3, "stemmen_tegen": 1, "onthoudingen": 0}  # fmt: skip
    for wijzig, naam in (
        ({"aanwezig": 5}, "advies_niet_meer_stemmen_dan_leden"),
        ({"onthoudingen": 1}, "advies_niet_meer_stemmen_dan_leden"),
        ({"staat": "concept"}, "advies_vastgesteld_is_heel"),
        ({"uitslag": ""}, "advies_vastgesteld_is_heel"),
        ({"staat": "verzonden"}, "advies_staat_klopt"),
        ({"gevraagd_op": VANDAAG()}, "advies_vraag_heel_of_niet"),
    ):
        with pytest.raises(IntegrityError, match=naam), transaction.atomic():
            Advies.objects.create(
                adviesraad=advies.adviesraad, plan=advies.plan, titel="x", inzending="1" * 32, **{**heel, **wijzig}
            )  # fmt: skip


def test_too_late_for_the_round(advies, spreker, gesloten_ronde):
    Advies.objects.update(ronde=gesloten_ronde)
    stel_vast(advies=advies, door=spreker, zitting_op=VANDAAG(), **STEM)
    advies.refresh_from_db()
    with pytest.raises(MagNiet):
        verzend_advies(advies=advies, door=spreker)
    advies.refresh_from_db()
    assert advies.staat == "vastgesteld"


def test_from_question_to_the_council_track(
    als, bewoner, huis, raad, leden, plan, ronde, spreker, coordinator, gemeenteraad, bewijs
):
    """Asked by the gemeenteraad, written by two at once, adopted, sent, answered, and a step of the plan's way."""
    leden("vvvvvm")  # five of six: more than two thirds
    staf, client = als(coordinator), als(spreker)
    vraag = {"bewijs": bewijs(), "verstuur": "x", "titel": "Advies over het ontwerp", "over": f"ronde-{ronde.pk}",
             "gevraagd_door": gemeenteraad.pk, "tegen": (VANDAAG() + timedelta(days=20)).isoformat()}  # fmt: skip
    adres = f"{BEHEER}/adviesraden/ouderenraad/"
    assert staf.post(adres, {**vraag, "tegen": "2020-01-01", "titel": ""}).context["vraagform"].errors.keys() == {
        "titel",
        "tegen",
    }
    for _ in range(2):
        assert staf.post(adres, vraag).status_code == 302
    rij = Advies.objects.get()
    mail = UitgaandeMail.objects.get()
    assert (mail.aan, rij.ronde, rij.plan) == (spreker.email, ronde, plan)
    assert "/participatie/mijn/" in mail.tekst and "raad" not in mail.tekst + mail.onderwerp  # nor for whom they speak
    assert "1 advies is aan jullie gevraagd" in client.get("/participatie/mijn/").content.decode()

    pad = f"{HOEK}{rij.pk}/"
    tekst = {"doe": "Bewaar", "versie": 1, "titel": rij.titel, "tekst": "Meer bankjes. <script>x</script>", "uitslag": "ongunstig",
             "minderheid": "Wij vonden het te duur."}  # fmt: skip
    for fout in (
        {"tekst": ""},
        {"tekst": "x" * 20_001},
        {"uitslag": "x"},
        {"bestand": SimpleUploadedFile("x.pdf", b"GIF89a")},
    ):
        antwoord = client.post(pad, {**tekst, **fout})
        assert (antwoord.status_code, list(antwoord.context["form"].errors)) == (422, list(fout))
    assert client.post(pad, {**tekst, "bestand": SimpleUploadedFile("x.pdf", b"%PDF-1.7 klein")}).status_code == 302
    tweede = client.post(pad, {**tekst, "tekst": "De tekst van een collega die later bewaart"})
    assert tweede.status_code == 422
    assert (
        "De tekst van een collega die later bewaart" in tweede.content.decode()
        and "Meer bankjes." in tweede.content.decode()
    )

    publiek = f"/participatie/adviezen/{rij.referentie}/"
    stem = {"doe": "Stel het advies vast", **STEM, "versie": 2, "aanwezig": 6, "zitting_op": VANDAAG().isoformat()}
    assert list(client.post(pad, {**stem, "aanwezig": "veel"}).context["stem"].errors) == ["aanwezig"]
    assert client.post(pad, stem).status_code == 302
    assert "Advies niet geldig" in client.get(pad).content.decode()
    assert bewoner.get(publiek).status_code == 404
    client.post(pad, {"doe": "verzend"})
    client.post(pad, {"doe": "verzend"})  # a double click

    pagina = bewoner.get(publiek)
    inhoud = pagina.content.decode()
    assert not pagina.cookies
    for woorden in (
        "Meer bankjes. &lt;script&gt;",
        "Wij vonden het te duur.",
        "Advies niet geldig",
        "5 van de 6",
        "Er is nog geen reactie",
    ):
        assert woorden in inhoud
    assert "Kanarie" not in inhoud and "rouw" not in inhoud
    assert (
        bewoner.get(f"{publiek}document/").headers["Content-Disposition"]
        == f'attachment; filename="advies-{rij.referentie}.pdf"'
    )
    assert publiek in bewoner.get(ronde.get_absolute_url()).content.decode()
    assert str(wacht.BRONNEN["participatie.adviezen"][1](coordinator)[1]) == "1 advies wacht op een reactie"

    beheer = f"{BEHEER}/adviezen/{rij.pk}/"
    assert "Zet het op de weg" not in staf.get(beheer).content.decode()  # no walk is open
    plan.onderdelen.update(korte_omschrijving="Een dak.", lange_omschrijving="<p>Een dak.</p>")
    begin_raadspad(plan=plan, naam="Vaststelling van het plan", door=coordinator)
    assert "Dat staat ook bij de stap." in staf.get(beheer).content.decode()
    gezegd = staf.post(beheer, {"doe": "weg"}, follow=True).context["messages"]
    assert [str(woord) for woord in gezegd] == ["Het advies is een stap op de weg langs de raden."]
    besluit = Besluit.objects.get()
    assert (besluit.stap, besluit.adviesraad, besluit.uitslag, besluit.stemming) == (
        "advies", raad.organisatie, "ongunstig", "4 voor, 1 tegen, 0 onthoudingen.",
    )  # fmt: skip
    assert "artikel 304" in besluit.toelichting
    document = Document.objects.get()
    assert "<script>" not in document.inhoud and "Standpunt van de minderheid" in document.inhoud
    assert document.get_absolute_url() in bewoner.get(besluit.get_absolute_url()).content.decode()
    assert besluit.get_absolute_url() in bewoner.get(publiek).content.decode()
    with pytest.raises(MagNiet, match="kan nu geen stap zijn"):
        zet_op_de_weg(advies=rij, door=coordinator)

    assert staf.post(beheer, {"doe": "x", "antwoord": ""}).context["form"].errors == {
        "antwoord": ["Schrijf wat jullie met het advies doen, en waarom."]
    }
    staf.post(beheer, {"doe": "x", "antwoord": "We zetten er tien."})
    assert "We zetten er tien." in bewoner.get(publiek).content.decode()
    assert UitgaandeMail.objects.count() == 2


def test_advice_that_nobody_asked_for_and_a_council_that_is_none(
    als, huis, raad, plan, spreker, mandaat, bewijs, coordinator
):
    client = als(spreker)
    assert list(client.post(HOEK, {"bewijs": bewijs(), "titel": "", "over": "plan-0"}).context["form"].errors) == [
        "titel",
        "over",
    ]
    velden = {"bewijs": bewijs(), "titel": "Uit onszelf", "over": f"plan-{plan.pk}"}
    assert client.post(HOEK, velden).url == client.post(HOEK, velden).url
    assert not Advies.objects.get().is_gevraagd
    pk = Advies.objects.get().pk
    ander = als(mandaat.gebruiker)
    assert ander.get("/participatie/mijn/voor/voedselbank/adviezen/").status_code == 404
    assert ander.get(f"/participatie/mijn/voor/voedselbank/adviezen/{pk}/").status_code == 404
    assert "Ons advies" not in ander.get("/participatie/mijn/").content.decode()
    with pytest.raises(PermissionDenied):
        vraag_advies(
            adviesraad=raad, plan=plan, titel="x", gevraagd_door=raad.opgericht_door, tegen=VANDAAG(),
            inzending="2" * 32, door=spreker,
        )  # fmt: skip


@pytest.mark.parametrize(
    "pad", ["/participatie/adviesraden/", "/participatie/adviesraden/ouderenraad/", f"{BEHEER}/adviesraden/", HOEK]
)
def test_as_many_questions_for_one_row_as_for_three(
    als, huis, raad, leden, plan, spreker, coordinator, pad, django_assert_max_num_queries
):
    client = als(coordinator if pad.startswith(BEHEER) else spreker)

    def bij(nummer):
        leden("vm")
        leden("v", functie="secretaris")
        rij = begin_advies(adviesraad=raad, plan=plan, titel="x", inzending=f"{nummer:032x}", door=spreker)
        Advies.objects.filter(pk=rij.pk).update(
            staat="verzonden", zitting_op=VANDAAG(), aanwezig=2, stemmen_voor=2, stemmen_tegen=0, onthoudingen=0,
            stemgerechtigd=2, van_een_geslacht=1, tekst="x", uitslag="gunstig", verzonden_op=timezone.now(),
        )  # fmt: skip

    bij(1)
    client.get(pad)
    with django_assert_max_num_queries(99) as een:
        client.get(pad)
    bij(2), bij(3)
    with django_assert_max_num_queries(99) as drie:
        client.get(pad)
    assert len(een) == len(drie)
