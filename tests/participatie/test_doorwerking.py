"""From an answer to the text of the plan and back: chosen from real differences, announced, carried out, told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participatie.acties.antwoord import publiceer_antwoorden
from participatie.acties.doorwerking import kijk_na, leg_vast, neem_terug, te_kiezen
from participatie.acties.samenvoegen import voeg_samen
from participatie.models import Doorwerking
from participatie.staat import MagNiet
from plan.acties.alineas import volg
from plan.acties.versies import bevries
from plan.models import Actie, Alinea, Garantie, Onderdeel, Plan, Projectaanvraag, Raming
from sociaalhuis.models import Dossiersleutel, UitgaandeMail
from sociaalhuis.tekst import plat

BEHEER = "/participatie/beheer/inbreng/{}/doorwerking/"


@pytest.fixture
def eerste(plan, actie, coordinator):
    """The version the round was about."""
    Garantie.objects.update(korte_omschrijving="Je woont veilig.")
    Actie.objects.update(
        lange_omschrijving="<p>Er komt één noodwoning bij, voor gezinnen die plots geen dak hebben.</p><p>Met een tuin.</p>"
    )
    volg(Actie.objects.get(pk=actie.pk))
    return bevries(plan=plan, door=coordinator, op=timezone.now() - timedelta(days=40))


@pytest.fixture
def inbreng(gesloten_ronde, eerste, actie, maak_inbreng, coordinator):
    return maak_inbreng(
        gesloten_ronde, "Maak er twee", door=coordinator, onderdeel=actie, email="een@voorbeeld.example"
    )


@pytest.fixture
def antwoord(inbreng, klaar):
    return klaar(inbreng, "overgenomen")


@pytest.fixture
def geld(plan, actie, ocmw, coordinator):
    aanvraag = Projectaanvraag.objects.create(
        plan=plan, code="P01", titel="Woning", actie=actie, aanvrager="Wonen", staat=Projectaanvraag.Staat.OPGENOMEN,
        beslist_op=timezone.localdate(), beslist_door=coordinator, beslissing="Goed.",
    )  # fmt: skip
    return Raming.objects.create(
        projectaanvraag=aanvraag,
        bestuur=ocmw,
        jaar=2027,
        soort="exploitatie",
        richting="uitgave",
        bedrag=Decimal("1000"),
    )


def herschrijf(actie, html):
    Actie.objects.filter(pk=actie.pk).update(lange_omschrijving=html)
    volg(Actie.objects.get(pk=actie.pk))


def neem_aan(plan, coordinator):
    return bevries(plan=plan, door=coordinator, stap="bekendmaking")


def test_only_what_was_taken_over_changes_something(inbreng, klaar, coordinator, loket_ocmw):
    antwoord = klaar(inbreng)
    velden = {"soort": "tekst", "onderdeel": inbreng.onderdeel_id, "veld": "titel", "nieuw": "Twee"}
    with pytest.raises(MagNiet, match="verandert er niets in het plan"):
        leg_vast(antwoord=antwoord, door=coordinator, aangekondigd=velden)
    with pytest.raises(PermissionDenied):
        leg_vast(antwoord=antwoord, door=loket_ocmw, aangekondigd=velden)
    with pytest.raises(IntegrityError, match="doorwerking_van_wat_overgenomen_is"), transaction.atomic():
        Doorwerking.objects.create(antwoord=antwoord, door=coordinator, **velden)


def test_the_database_wants_a_real_change(antwoord, coordinator, plan):
    for velden, regel in (
        ({"soort": "tekst", "veld": "titel", "oud": "a", "nieuw": "a"}, "doorwerking_noemt_de_wijziging"),
        ({"soort": "geld", "oud_bedrag": 1, "nieuw_bedrag": 2}, "doorwerking_noemt_de_wijziging"),
        ({"soort": "tekst", "nieuw": "a"}, "doorwerking_tekst_heeft_veld"),
    ):
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            Doorwerking.objects.create(antwoord=antwoord, door=coordinator, **velden)
    ander = Plan.objects.create(slug="ander", titel="Ander", beginjaar=2032, eindjaar=2037, missie="Iets")
    Garantie.objects.create(plan=ander, code="X1", titel="X", korte_omschrijving="X")
    versie = bevries(plan=ander, door=coordinator)
    with pytest.raises(IntegrityError, match="doorwerking_versie_van_dit_plan"), transaction.atomic():
        Doorwerking.objects.create(
            antwoord=antwoord, door=coordinator, soort="tekst", veld="t", nieuw="a", versie=versie
        )


def test_from_real_difference_to_the_plan_and_back_in_two_clicks(
    als, huis, bewoner, gesloten_ronde, inbreng, antwoord, actie, geld, plan, maak_inbreng, eerste, coordinator, mandaat
):
    client, pad = als(coordinator), BEHEER.format(inbreng.pk)
    volgt = maak_inbreng(gesloten_ronde, "Ook twee graag", organisatie=mandaat.organisatie)
    voeg_samen(leidend=inbreng, inbrengen=[volgt], door=coordinator)
    herschrijf(
        actie,
        "<p>Er komt twee keer een noodwoning bij, voor gezinnen die plots geen dak hebben.</p><p>Met een tuin.</p>",
    )
    scherm = client.get(pad)
    groep = scherm.context["groepen"][0]
    assert (groep[0], groep[1]) == ("G1.1.a Noodwoning", True)  # of the part of the input, so open
    gevonden = {wijziging.velden["soort"]: wijziging for wijziging, _ in groep[2]}
    assert (gevonden["tekst"].velden["oud"], gevonden["tekst"].velden["nieuw"]) == (
        "Er komt één noodwoning bij, voor gezinnen die plots geen dak hebben.",
        "Er komt twee keer een noodwoning bij, voor gezinnen die plots geen dak hebben.",
    )
    assert (gevonden["geld"].velden["nieuw_bedrag"], gevonden["geld"].velden["jaar"]) == (Decimal("1000.00"), 2027)
    client.post(pad, {"kies": 1, "wijziging": ["onzin"]})
    assert not Doorwerking.objects.exists()
    for _ in range(2):  # the same again adds nothing
        client.post(pad, {"kies": 1, "wijziging": [wijziging.sleutel for wijziging in gevonden.values()]})
    rijen = list(Doorwerking.objects.order_by("soort"))
    assert [(rij.soort, rij.versie) for rij in rijen] == [("geld", None), ("tekst", None)]
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    UitgaandeMail.objects.all().delete()
    inhoud = bewoner.get(inbreng.get_absolute_url()).content.decode()
    assert inhoud.count("Aangekondigd") == 2
    assert "komt nog in het plan" in bewoner.get(actie.get_absolute_url()).content.decode()
    assert kijk_na(timezone.now()) == 0
    bevries(plan=plan, door=coordinator)  # a version in between adopts nothing
    assert kijk_na(timezone.now()) == 0
    versie = neem_aan(plan, coordinator)
    assert kijk_na(timezone.now()) == 2
    assert kijk_na(timezone.now()) == 0
    assert set(Doorwerking.objects.values_list("versie", flat=True)) == {versie.pk}
    mails = UitgaandeMail.objects.all()
    assert {mail.adres for mail in mails} == {"een@voorbeeld.example", "voedselbank@proefdorp.example"}
    assert not any("oodwoning" in mail.tekst for mail in mails)
    for bewijs in (inbreng, volgt):  # receipt -> the page of the input: one click
        assert bewijs.get_absolute_url() in bewoner.get(bewijs.bewijs_url).content.decode()
        inhoud = bewoner.get(bewijs.get_absolute_url()).content.decode()
        for woorden in ("<del>", "twee keer een", "1.000", f"versie {versie.nummer}", "Veranderd in het plan"):
            assert woorden in inhoud, woorden
    assert (
        volgt.get_absolute_url()
        in als(mandaat.gebruiker).get(f"/participatie/mijn/inbreng/{volgt.referentie}/").content.decode()
    )
    for adres in (f"/plan/{plan.slug}/versies/{eerste.nummer}/{versie.nummer}/", actie.get_absolute_url()):
        inhoud = bewoner.get(adres).content.decode()
        assert inbreng.get_absolute_url() in inhoud, adres
        assert "Ook twee graag" in inhoud
    with pytest.raises(MagNiet, match="Ze blijft staan"):
        neem_terug(doorwerking=rijen[0], door=coordinator)


def test_what_nobody_published_shows_nowhere(bewoner, huis, inbreng, antwoord, actie, plan, eerste, coordinator):
    herschrijf(
        actie,
        "<p>Er komt twee keer een noodwoning bij, voor gezinnen die plots geen dak hebben.</p><p>Met een tuin.</p>",
    )
    leg_vast(antwoord=antwoord, door=coordinator, gekozen=te_kiezen(inbreng.ronde))
    versie = neem_aan(plan, coordinator)
    UitgaandeMail.objects.all().delete()
    kijk_na(timezone.now())
    assert not UitgaandeMail.objects.exists()
    for adres in (
        f"/plan/{plan.slug}/versies/{eerste.nummer}/{versie.nummer}/",
        actie.get_absolute_url(),
        inbreng.get_absolute_url(),
    ):
        inhoud = bewoner.get(adres).content.decode()
        assert "Dit kwam er door inbreng" not in inhoud
        assert "Staat in het plan" not in inhoud
    rij = Doorwerking.objects.get()
    neem_terug(doorwerking=rij, door=coordinator)
    with pytest.raises(MagNiet, match="niet meer"):
        neem_terug(doorwerking=rij, door=coordinator)


def test_what_is_announced_waits_for_the_version_that_holds_it(
    als, huis, inbreng, antwoord, actie, geld, plan, coordinator
):
    client, pad = als(coordinator), BEHEER.format(inbreng.pk)
    leeg = {
        "kondig_aan": 1,
        "soort": "",
        "onderdeel": "",
        "veld": "lange_omschrijving",
        "nieuw": "",
        "bestuur": "",
        "jaar": "",
        "bedrag": "",
    }
    for velden, fouten in (
        ({}, ["soort"]),
        ({"soort": "tekst"}, ["onderdeel", "nieuw"]),
        ({"soort": "deel"}, ["nieuw"]),
        ({"soort": "geld", "onderdeel": "G1.1.a"}, ["bestuur", "jaar", "bedrag"]),
        ({"soort": "tekst", "onderdeel": "X9", "nieuw": "a" * 5000}, ["onderdeel", "nieuw"]),
        ({"soort": "tekst", "onderdeel": "G1.1.a", "nieuw": "a\x00b"}, ["nieuw"]),
        (
            {"soort": "geld", "onderdeel": "G1.1.a", "bestuur": "ocmw", "jaar": "1999", "bedrag": "-1"},
            ["jaar", "bedrag"],
        ),
    ):
        assert sorted(client.post(pad, {**leeg, **velden}).context["form"].errors) == sorted(fouten), velden
    for velden in (
        {"soort": "tekst", "onderdeel": "G1.1.a", "nieuw": "<b>Drie</b> woningen"},
        {"soort": "deel", "nieuw": "Een buddy voor wie verhuist"},
        {"soort": "geld", "onderdeel": "G1.1.a", "bestuur": "ocmw", "jaar": "2027", "bedrag": "2500,50"},
    ):
        assert client.post(pad, {**leeg, **velden}).status_code == 302, velden
    assert b"<b>Drie</b>" not in client.get(pad).content
    assert Doorwerking.objects.get(soort="geld").oud_bedrag == Decimal("1000.00")
    neem_aan(plan, coordinator)
    assert kijk_na(timezone.now()) == 0
    herschrijf(actie, "<p>&lt;b&gt;Drie&lt;/b&gt; woningen, en meer.</p>")
    Raming.objects.update(bedrag=Decimal("2500.50"))
    doel = Onderdeel.objects.get(code="G1.1")
    nieuw = Actie.objects.create(
        plan=plan,
        code="G1.1.b",
        titel="Een buddy voor wie verhuist",
        korte_omschrijving="Samen.",
        ouder_id=doel.pk,
        termijn="kort",
        bestuur="ocmw",
    )
    versie = neem_aan(plan, coordinator)
    assert kijk_na(timezone.now()) == 3
    rij = Doorwerking.objects.get(soort="deel")
    assert (rij.onderdeel, rij.code, rij.versie) == (nieuw.pk, "G1.1.b", versie)


def test_a_proposed_wording_is_announced_as_a_change_of_its_paragraph(
    als, huis, eerste, gesloten_ronde, actie, plan, maak_inbreng, klaar, coordinator
):
    een, tuin = Alinea.objects.filter(onderdeel=actie, veld="lange_omschrijving").order_by("volgorde")
    voorstel = maak_inbreng(
        gesloten_ronde, "", door=coordinator, onderdeel=actie, alinea=tuin, alinea_tekst="Met een tuin.",
        voorstel="Met een grote tuin.",
    )  # fmt: skip
    klaar(voorstel, "overgenomen")
    client, pad = als(coordinator), BEHEER.format(voorstel.pk)
    form = client.get(pad).context["form"]
    velden = {naam: form[naam].value() for naam in ("soort", "onderdeel", "veld", "nieuw")}
    assert velden == {
        "soort": "tekst",
        "onderdeel": "G1.1.a",
        "veld": "lange_omschrijving",
        "nieuw": "Met een grote tuin.",
    }
    zelfde = client.post(pad, {"kondig_aan": 1, **velden, "nieuw": "Met een  tuin."})
    assert zelfde.context["form"].errors == {"nieuw": ["Zo staat het er nu al. Schrijf wat er verandert."]}
    assert client.post(pad, {"kondig_aan": 1, **velden}).status_code == 302
    rij = Doorwerking.objects.get()
    assert (rij.alinea, rij.oud, rij.nieuw) == (tuin.sleutel, "Met een tuin.", "Met een grote tuin.")
    neem_aan(plan, coordinator)
    assert kijk_na(timezone.now()) == 0
    herschrijf(actie, f"<p>{plat(een.html)}</p><p>Met een grote tuin. En een bank.</p>")
    versie = neem_aan(plan, coordinator)
    assert kijk_na(timezone.now()) == 1
    rij.refresh_from_db()
    assert rij.versie == versie


def test_an_answer_outlives_who_gave_the_input(bewoner, huis, gesloten_ronde, inbreng, antwoord, coordinator):
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    Dossiersleutel.objects.all().update(ingepakt=None, gewist_op=timezone.now())
    inhoud = bewoner.get(inbreng.get_absolute_url()).content.decode()
    assert "Maak er twee" in inhoud
    assert "Daarom." in inhoud


def test_what_is_not_shown_has_no_page(bewoner, huis, gesloten_ronde, maak_inbreng, maak_ronde, organisatie):
    ongelezen = maak_inbreng(gesloten_ronde, "Nog te lezen")
    concept = maak_inbreng(maak_ronde("concept", staat="concept"), "Te vroeg", organisatie=organisatie)
    for inbreng in (ongelezen, concept):
        assert bewoner.get(inbreng.get_absolute_url()).status_code == 404
    assert bewoner.get("/participatie/inbreng/2020-ABCDEF/").status_code == 404


def test_the_page_of_an_input_asks_as_much_for_three_changes_as_for_one(
    bewoner, huis, gesloten_ronde, inbreng, antwoord, actie, coordinator
):
    def kondig(woorden):
        velden = {
            "soort": "tekst",
            "onderdeel": actie.pk,
            "code": "G1.1.a",
            "veld": "titel",
            "label": "Titel",
            "nieuw": woorden,
        }
        leg_vast(antwoord=antwoord, door=coordinator, aangekondigd=velden)

    kondig("Een")
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    for pad in (inbreng.get_absolute_url(), actie.get_absolute_url()):
        bewoner.get(pad)
        with CaptureQueriesContext(connection) as een:
            bewoner.get(pad)
        kondig(f"Twee {pad}")
        kondig(f"Drie {pad}")
        with CaptureQueriesContext(connection) as drie:
            bewoner.get(pad)
        assert len(drie) == len(een), pad


def test_a_version_of_before_the_round_carries_nothing_out(plan, inbreng, antwoord, actie, coordinator):
    bevries(plan=plan, door=coordinator, stap="bekendmaking", op=timezone.now() - timedelta(days=200))
    velden = {"soort": "tekst", "onderdeel": actie.pk, "veld": "titel", "nieuw": "Noodwoning"}
    leg_vast(antwoord=antwoord, door=coordinator, aangekondigd=velden)
    assert Doorwerking.objects.get().versie is None
