"""An organisation takes everything along, and has everything erased: a canary in every field, sought in a real pg_dump."""

import io
import json
import logging
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from loket.models import Capaciteit
from participatie import nieuws
from participatie.acties import reactienotas, wisverzoek
from participatie.acties.antwoord import beantwoord, lees_na, publiceer_antwoorden, splits
from participatie.acties.eigen import wis
from participatie.acties.inschrijving import schrijf_in
from participatie.acties.mandaatuitnodiging import nodig_uit
from participatie.acties.opmerking import schrijf
from participatie.acties.steun import steun, verklaar_steun
from participatie.acties.vragen import geef_antwoorden
from participatie.models import (
    Aanmelding,
    Formulier,
    Formulierconcept,
    Formuliervraag,
    Inbreng,
    Mandaat,
    Reactienota,
    Wisverzoek,
)
from participatie.models.wisverzoek import WACHT
from participatie.staat import MagNiet
from plan.models import Partnerschap
from sociaalhuis import rollen
from sociaalhuis.keuring import bijlagen
from sociaalhuis.models import Dossiersleutel, Gebruiker, Organisatie, UitgaandeMail
from sociaalhuis.templatetags.huis import moment
from tests.loket.test_wissen import alle_bestanden, dump, treffers
from tests.participatie.overleggen import maak_overleg
from tests.participatie.test_vragen import foto

HOEK = "/participatie/mijn/voor/kanarievogel/"
WISSEN = f"{HOEK}gegevens/wissen/"
NAAM = "Kanarie Noord"
# What every word of this organisation begins with; the dump is read in small letters.
KANARIE = "kanarie"


@pytest.fixture
def kanarie(organisatie, voedselbank):
    """The organisation and its first voice, with a canary in every word."""
    for naam in ("omschrijving", "straat", "gemeente"):
        setattr(organisatie, naam, f"Kanarie {naam}")
    organisatie.code, organisatie.naam, organisatie.email = "kanarievogel", NAAM, "kanarie@voorbeeld.example"
    organisatie.website = "https://kanarie.example"
    organisatie.save()
    Gebruiker.objects.filter(pk=voedselbank.pk).update(naam="Kanarie Vera", email="kanarie-vera@voorbeeld.example")
    Mandaat.objects.create(
        gebruiker=voedselbank, organisatie=organisatie, rol="aanspreekpunt", van=timezone.now() - timedelta(days=60)
    )
    return organisatie


@pytest.fixture
def collega(kanarie, ouderenraad, maak_gebruiker):
    """Speaks for the organisation, and for another one that stays."""
    wie = maak_gebruiker("wim", rollen.ORGANISATIELID, medewerker=False)
    for waar in (kanarie, ouderenraad):
        Mandaat.objects.create(gebruiker=wie, organisatie=waar)
    return wie


def vul(kanarie, wie, ronde, gesloten_ronde, actie, plan, coordinator, planner, maak_inbreng, ouderenraad):
    """Everything an organisation can give. Returns the input that is answered in public."""
    sleutel = Dossiersleutel.objects.create()
    Aanmelding.objects.create(
        naam=NAAM, soort="vzw", omschrijving="Kanarie ooit", inzending=uuid.uuid4(), organisatie=kanarie, staat="erkend",
        dossiersleutel=sleutel, contact_naam="Kanarie contact", contact_email="kanarie-contact@voorbeeld.example",
        eerste_door=coordinator, eerste_op=timezone.now(), tweede_door=planner, tweede_op=timezone.now(),
    )  # fmt: skip
    nodig_uit(organisatie=kanarie, naam="Kanarie nieuw", email="kanarie-nieuw@voorbeeld.example", inzending=uuid.uuid4(), door=wie)  # fmt: skip
    stem = maak_inbreng(
        gesloten_ronde, "Kanarie eerst. Kanarie dan.", organisatie=kanarie, ingediend_door=wie, onderdeel_id=actie.pk
    )
    punten = [
        {"citaat": citaat, "besluit": "niet", "reden": "Het geld is op."}
        for citaat in ("Kanarie eerst.", "Kanarie dan.")
    ]
    beantwoord(inbreng=stem, besluit="niet", reden="Het geld is op.", door=coordinator)
    antwoord = splits(inbreng=stem, punten=punten, door=coordinator)
    lees_na(antwoord=antwoord, door=planner)
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    reactienotas.maak(type(gesloten_ronde).objects.select_related("plan").get(pk=gesloten_ronde.pk))

    formulier = Formulier.objects.create(ronde=ronde)
    kort, keuze, bestand = (
        Formuliervraag.objects.create(
            formulier=formulier, nummer=nummer, soort=soort, vraag=f"Vraag {nummer}", keuzes=keuzes
        )
        for nummer, soort, keuzes in ((1, "kort", ""), (2, "keuze", "Ja\nNee"), (3, "bestand", ""))
    )
    geef_antwoorden(
        formulier=formulier, antwoorden={kort: "Kanarie kort", keuze: "Ja", bestand: {"bestand": True}}, bestanden={bestand: bijlagen.keur(foto("kanarie.png"))},
        organisatie=kanarie, inzending=uuid.uuid4(), door=wie,
    )  # fmt: skip
    Formulierconcept.objects.create(ronde=ronde, fase="inbrengen", organisatie=kanarie, gegevens={"v1": ["Kanarie concept"]}, door=wie)  # fmt: skip
    ander = maak_inbreng(ronde, "Van de ouderenraad.", organisatie=ouderenraad)
    steun(inbreng=ander, organisatie=kanarie, door=wie)
    verklaar_steun(plan=plan, organisatie=kanarie, tekst="Kanarie steunt.", door=wie)
    schrijf(ronde=ronde, organisatie=kanarie, tekst="Kanarie zelf.", openbaar=True, inzending=uuid.uuid4(), door=wie)
    schrijf_in(overleg=maak_overleg(coordinator), organisatie=kanarie, nodig_tekst="Kanarie tolk", inzending=uuid.uuid4(), door=wie)  # fmt: skip
    Partnerschap.objects.create(onderdeel=actie, organisatie=kanarie, wat="Kanarie helpt mee")
    Capaciteit.objects.create(organisatie=kanarie, opmerking="Kanarie vol")
    return stem


# --- unhappy -----------------------------------------------------------------------------------------


def test_who_may_not_or_does_not_mean_it_erases_nothing(
    als, bewoner, huis, kanarie, collega, voedselbank, coordinator, actie
):
    baas, gewoon = als(voedselbank), als(collega)
    assert bewoner.get(WISSEN).status_code == 302
    assert [als(coordinator).get(pad).status_code for pad in (WISSEN, f"{HOEK}gegevens/alles/")] == [404, 404]
    assert "Alleen een aanspreekpunt" in gewoon.get(WISSEN).content.decode()
    assert gewoon.post(WISSEN, {"naam": NAAM}).status_code == 200
    with pytest.raises(PermissionDenied):
        wisverzoek.vraag_wissen(organisatie=kanarie, door=collega)
    for naam, fout in [
        ("", "Typ de naam van jullie organisatie om te bevestigen."),
        ("Voedselbank", f"Dit is niet de naam van jullie organisatie. Typ: {NAAM}"),
        ("<script>alert(1)</script>", f"Dit is niet de naam van jullie organisatie. Typ: {NAAM}"),
        ("x" * 5000, "Dat is te lang. Typ de naam van jullie organisatie."),
        ("a\x00b", "Hier staat een teken in dat we niet kunnen bewaren. Typ de tekst opnieuw."),
    ]:
        antwoord = baas.post(WISSEN, {"naam": naam})
        assert (antwoord.status_code, antwoord.context["form"].errors["naam"]) == (422, [fout]), naam
        assert "<script>alert" not in antwoord.content.decode()
    actie.trekker_organisatie = kanarie
    actie.save()
    pagina = baas.post(WISSEN, {"naam": NAAM})
    assert pagina.status_code == 422
    assert (
        "Jullie trekken deze actie van het plan: G1.1.a. Vraag ons eerst om een andere trekker."
        in pagina.content.decode()
    )
    assert not Wisverzoek.objects.exists() and not UitgaandeMail.objects.exists()
    actie.trekker_organisatie = None
    actie.save()

    for _ in range(2):  # a double click asks it once
        assert baas.post(WISSEN, {"naam": " kanarie  NOORD "}).status_code == 302
    verzoek = Wisverzoek.objects.get()
    assert verzoek.vanaf == verzoek.gevraagd_op + WACHT
    assert sorted(UitgaandeMail.objects.values_list("aan", flat=True)) == [
        "kanarie-vera@voorbeeld.example",
        "wim@proefdorp.example",
    ]
    assert not any(KANARIE in f"{mail.onderwerp} {mail.tekst}".lower() for mail in UitgaandeMail.objects.all())
    with pytest.raises(PermissionDenied):
        wisverzoek.stop(verzoek=verzoek, door=collega)
    assert wisverzoek.voer_uit(verzoek.vanaf - timedelta(seconds=1)) == 0
    assert "1 organisatie wil alles wissen" in als(coordinator).get("/beheer/").content.decode()
    staf = f"/participatie/beheer/organisaties/{kanarie.code}/"
    assert "Deze organisatie vroeg om alles te wissen" in als(coordinator).get(staf).content.decode()
    als(coordinator).post(staf, {"doe": "stop-wissen", "pk": verzoek.pk})
    assert wisverzoek.voer_uit(verzoek.vanaf) == 0
    assert Organisatie.objects.get(pk=kanarie.pk).naam == NAAM
    with pytest.raises(MagNiet, match="al gestopt"):
        wisverzoek.stop(verzoek=verzoek, door=voedselbank)
    baas.post(WISSEN, {"naam": NAAM})
    assert baas.post(WISSEN, {"doe": "stop"}).status_code == 302
    assert not Wisverzoek.objects.open().exists()


# --- taking along, and erasing -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_canary_in_every_word_goes_along_and_then_is_nowhere(
    als, bewoner, huis, kanarie, collega, voedselbank, ronde, gesloten_ronde, actie, plan, coordinator, planner,
    maak_inbreng, ouderenraad, settings, tmp_path, caplog,
):  # fmt: skip
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    caplog.set_level(logging.DEBUG)
    voedselbank.refresh_from_db()
    stem = vul(
        kanarie, voedselbank, ronde, gesloten_ronde, actie, plan, coordinator, planner, maak_inbreng, ouderenraad
    )
    baas = als(voedselbank)
    baas.post(f"{HOEK}gegevens/", {**velden_van(kanarie), "telefoon": "059 12 34 56"})  # the address of a page is kept

    # taking along: every word, to read and for a machine, and the file
    antwoord = baas.get(f"{HOEK}gegevens/alles/")
    assert antwoord["Content-Type"] == "application/zip" and "no-store" in antwoord["Cache-Control"]
    zip_ = zipfile.ZipFile(io.BytesIO(b"".join(antwoord.streaming_content)))
    alles = json.loads(zip_.read("alles.json"))
    lees = zip_.read("overzicht.html").decode()
    woorden = [
        "Kanarie omschrijving", "Kanarie ooit", "Kanarie contact", "Kanarie Vera", "Kanarie eerst. Kanarie dan.", "Kanarie kort",
        "Kanarie concept", "Kanarie steunt.", "Kanarie zelf.", "Kanarie helpt mee", "Kanarie vol", "Het geld is op.",
    ]  # fmt: skip
    plat = json.dumps(alles, ensure_ascii=False)
    assert "<dd>Vraag 1: Kanarie kort</dd><dd>Vraag 2: Ja</dd>" in lees and "[&#x27;" not in lees
    assert f"<dt><strong>Gegeven op</strong></dt><dd>{moment(stem.ingediend_op)}</dd>" in lees
    assert [woord for woord in woorden if woord not in plat or woord not in lees] == []
    assert alles["inbreng"][1]["antwoorden op onze vragen"] == [
        {"vraag": "Vraag 1", "antwoord": "Kanarie kort"}, {"vraag": "Vraag 2", "antwoord": "Ja"},
        {"vraag": "Vraag 3", "antwoord": "kanarie.jpg"},
    ]  # fmt: skip
    assert alles["steun"][0]["van"] == "Ouderenraad Proefdorp" and "Van de ouderenraad." not in plat
    (bestand,) = [naam for naam in zip_.namelist() if naam.startswith("bestanden/")]
    assert bestand.endswith("-kanarie.jpg") and zip_.read(bestand)[:3] == b"\xff\xd8\xff"

    # what goes and what stays is said beforehand
    pagina = baas.get(WISSEN).content.decode()
    for zin in (
        "2 keer inbreng: jullie woorden, standpunten en bestanden",
        "1 antwoord dat al online staat, en wat daardoor veranderde.",
        "1 formulier dat nog niet verstuurd is",
        "1 keer jullie deel in een actie van het plan",
    ):
        assert zin in pagina, zin
    assert treffers(dump(), {KANARIE}) == {KANARIE}

    baas.post(WISSEN, {"naam": NAAM})
    nota = Reactienota.objects.get().bestand.name
    assert wisverzoek.voer_uit(timezone.now() + WACHT) == 1
    assert wisverzoek.voer_uit(timezone.now() + WACHT) == 0
    gevonden = [
        regel[:160]
        for regel in dump().decode().splitlines()
        if KANARIE in regel.lower() or KANARIE.encode().hex() in regel
    ]
    assert gevonden == []
    assert not (settings.MEDIA_ROOT / nota).exists()
    assert [pad.name for pad in (settings.MEDIA_ROOT / "inbreng").iterdir()] == []
    assert treffers(alle_bestanden(settings.MEDIA_ROOT), {KANARIE}) == set()

    # the answer is still there to read, without them
    stem = Inbreng.objects.get(pk=stem.pk)
    for pad in (stem.get_absolute_url(), f"/participatie/rondes/{gesloten_ronde.slug}/"):
        tekst = bewoner.get(pad).content.decode()
        assert "Het geld is op." in tekst and "Een organisatie die zich liet wissen" in tekst, pad
        assert KANARIE not in tekst.lower()
    assert "Deze woorden zijn gewist." in bewoner.get(stem.get_absolute_url()).content.decode()
    open_ = Inbreng.objects.get(ronde=ronde, organisatie=kanarie.pk)
    assert (open_.staat, open_.formulierantwoorden.get().waarde) == ("ingetrokken", "Ja")
    assert Wisverzoek.objects.get().uitgevoerd_op and Organisatie.objects.get(pk=kanarie.pk).erkend_op is None

    # nobody of them comes in; who speaks for another too, still does
    wie = Gebruiker.objects.get(pk=voedselbank.pk)
    assert (wie.naam, wie.is_active, wie.email) == ("", False, f"gewist-{wie.pk}@gewist.invalid")
    assert baas.get(HOEK).status_code in (302, 404)
    assert als(collega).get("/participatie/mijn/voor/ouderenraad/").status_code == 200
    assert als(collega).get(HOEK).status_code == 404
    assert Gebruiker.objects.get(pk=collega.pk).email == "wim@proefdorp.example"


def velden_van(organisatie):
    namen = ("omschrijving", "email", "telefoon", "website", "straat", "huisnummer", "postcode", "gemeente")
    return {naam: getattr(organisatie, naam) for naam in namen}


def test_one_that_fails_stops_no_other_and_says_nothing(
    kanarie, voedselbank, ouderenraad, collega, monkeypatch, caplog, huis
):
    Mandaat.objects.filter(gebruiker=collega, organisatie=ouderenraad).update(rol="aanspreekpunt")
    for waar, door in ((kanarie, voedselbank), (ouderenraad, collega)):
        wisverzoek.vraag_wissen(organisatie=waar, door=door)
    echt = wisverzoek.wis_alles

    def soms(pk):
        if Wisverzoek.objects.get(pk=pk).organisatie_id == kanarie.pk:
            raise ValueError(NAAM)
        return echt(pk)

    monkeypatch.setattr(wisverzoek, "wis_alles", soms)
    assert wisverzoek.voer_uit(timezone.now() + WACHT) == 1
    assert "could not be carried out: ValueError" in caplog.text and NAAM not in caplog.text
    namen = (
        Organisatie.objects.filter(pk__in=[kanarie.pk, ouderenraad.pk]).order_by("pk").values_list("naam", flat=True)
    )
    assert set(namen) == {NAAM, "Een organisatie die zich liet wissen"}


def test_words_that_are_erased_are_no_example_on_the_home_page(
    bewoner, huis, gesloten_ronde, maak_inbreng, coordinator, klaar
):
    """The example takes the shortest words first, and erased ones are shortest of all."""
    weg = maak_inbreng(gesloten_ronde, "Kort.", door=coordinator)
    lang = maak_inbreng(gesloten_ronde, "Een bankje aan de kerk.", door=coordinator)
    for inbreng in (weg, lang):
        klaar(inbreng, "overgenomen", wijziging="Er komt een bankje.")
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    assert nieuws.voorbeeld()["vraag"] == "Kort."
    wis(inbreng=weg)
    assert nieuws.voorbeeld()["vraag"] == "Een bankje aan de kerk."
    assert "Een bankje aan de kerk." in bewoner.get("/").content.decode()
