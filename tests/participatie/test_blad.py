"""The questions of a round on paper: what is printed, its codes, and typing a sheet in."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from participatie.acties import vragenlijst
from participatie.acties.eigen import wis
from participatie.acties.namens import voer_blad_in
from participatie.acties.vragen import VragenVeranderd
from participatie.kortcode import van_blad, van_vraag
from participatie.models import Formulier, Formuliervraag, Inbreng
from participatie.uitslag import herkomst, uitslagen
from participatie.vraagsoorten import niet_ingevuld
from sociaalhuis import ontvangst

PAD = "/participatie/beheer/rondes/open/blad/"


@pytest.fixture
def blad(vragen):
    return vragen["kort"].formulier


@pytest.fixture
def typ(vragen, bewijs):
    """typ(client, code, keuze="1"): types in a sheet, by kind of question."""

    def post(client, code, nummer=1, extra=None, **antwoorden):
        vandaag = timezone.localdate().isoformat()
        data = {"bewijs": bewijs(nummer), "kanaal": "papier", "ontvangen_op": vandaag, **(extra or {})}
        data |= {vragen[soort].veldnaam: waarde for soort, waarde in antwoorden.items()}
        return client.post(f"{PAD}?code={code}", data)

    return post


def fouten(antwoord, vragen):
    namen = {vraag.veldnaam: soort for soort, vraag in vragen.items()}
    return {namen.get(naam, naam): regels[0] for naam, regels in antwoord.context["form"].errors.items()}


def bewaard(inbreng):
    return {rij.vraag.soort: rij.waarde for rij in inbreng.formulierantwoorden.select_related("vraag")}


# --- wrong ------------------------------------------------------------------------------------------


def test_a_wrong_code_says_so_and_shows_which_sheets_there_are(
    als, huis, ronde, vragen, blad, maak_ronde, planner, voedselbank
):
    staf = als(planner)
    assert als(voedselbank).get(PAD).status_code == 404
    elders = Formuliervraag.objects.create(
        formulier=Formulier.objects.create(ronde=maak_ronde("elders")), nummer=1, soort="kort", vraag="Waar?"
    )
    for code in (
        "B999999-1", "B1", "V999999", van_blad(elders.formulier), van_vraag(elders), f"B{blad.pk}-2", "A1", "\u202e<script>",
    ):  # fmt: skip
        antwoord = staf.get(PAD, {"code": code})
        assert antwoord.context["form"].errors["code"][0].startswith("We vinden geen blad met de code"), code
        assert "“<script>" not in antwoord.content.decode()
    assert "teken in dat we niet kunnen bewaren" in staf.get(PAD, {"code": "B1\x00"}).content.decode()
    assert staf.get(PAD, {"code": ""}).context["form"].errors["code"] == ["Typ de code die op het papier staat."]
    assert staf.get(PAD, {"code": "B" * 5000}).context["form"].errors["code"] == ["Deze code is te lang."]
    assert f'<a href="?code={van_blad(blad)}">' in staf.get(PAD).content.decode()
    for code in (van_blad(blad), f" b {blad.pk} – {blad.stand}.", van_vraag(vragen["datum"]).lower()):
        assert staf.get(PAD, {"code": code}).context["formulier"] == blad
    # the code of a sheet in the field for parts of the plan leads here
    vrij = staf.post("/participatie/beheer/rondes/open/invoeren/", {"code": van_blad(blad), "tekst": "Een bank"})
    assert "de code van een blad met vragen" in vrij.context["form"].errors["code"][0]


def test_every_wrong_number_says_what_to_type_and_keeps_the_rest(als, huis, vragen, blad, planner, typ):
    staf = als(planner)
    assert fouten(typ(staf, van_blad(blad)), vragen) == {
        "__all__": "Je vulde nog niets in. Beantwoord minstens één vraag."
    }
    morgen = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert fouten(typ(staf, van_blad(blad), extra={"ontvangen_op": morgen}, keuze="1"), vragen) == {
        "__all__": "De dag van ontvangst ligt in de toekomst. Kijk de datum na."
    }
    antwoord = typ(
        staf, van_blad(blad), extra={"kanaal": "web", "ontvangen_op": "ooit", "email": "geen"}, kort="x" * 201, keuze="1 2",
        lang="<script>alert(1)</script>\u202e", meerdere="1 4", schaal="6", rangschikken=["1", "1", ""], punten=["6", "5", ""],
        getal="21", datum="31/2/2027", bestand=SimpleUploadedFile("virus.png", b"MZ\x90\x00"), thema="een", doelgroep="0", gebied="²",
    )  # fmt: skip
    gevonden = fouten(antwoord, vragen)
    assert gevonden.pop("bestand") and gevonden.pop("kanaal")
    assert gevonden == {
        "ontvangen_op": "Schrijf de dag als 2027-03-14.",
        "email": "Dit e-mailadres klopt niet. Kijk het na op het papier.",
        "kort": "Je tekst is te lang: hoogstens 200 tekens.",
        "keuze": "Hier hoort één nummer. Zijn er twee aangekruist? Laat het dan leeg.",
        "rangschikken": "Je gaf twee keer dezelfde plaats. Geef elke plaats één keer.",
        "punten": "Je gaf 11 punten. Je mag er 10 verdelen: haal er 1 weg.",
        "getal": "Kies een getal tot en met 20.",
        "datum": "Deze datum bestaat niet. Typ hem zoals 3/3/2027.",
        "thema": "Typ het nummer dat voor het antwoord staat.",
        "doelgroep": "Typ een nummer van 1 tot 1.",
        "gebied": "Typ het nummer dat voor het antwoord staat.",
        "__all__": gevonden["__all__"],
    }
    assert "“4. Waarvoor?” en “5. Hoe tevreden ben je?”" in gevonden["__all__"]  # not asked without a "Ja"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in antwoord.content.decode()
    assert fouten(typ(staf, van_blad(blad), keuze="1", meerdere="4", schaal="6"), vragen) == {
        "meerdere": "Typ een nummer van 1 tot 3.", "schaal": "Typ een cijfer van 1 tot 5.",
    }  # fmt: skip
    assert not Inbreng.objects.exists()


# --- printed ----------------------------------------------------------------------------------------


def test_every_question_is_printed_with_its_code_and_how_to_fill_it_in(bewoner, huis, ronde, vragen, blad):
    pagina = bewoner.get("/participatie/rondes/open/papier/")
    inhoud = pagina.content.decode()
    assert "Cookie" not in pagina.headers.get("Vary", "")
    assert inhoud.count(f"<strong>{van_blad(blad)}</strong>") == 1
    for vraag in vragen.values():
        assert f'{vraag} <span class="papier-code">{van_vraag(vraag)}</span>' in inhoud
    assert "Alleen als je bij vraag 3 koos: <strong>Ja</strong>. Anders ga je naar vraag 6." in inhoud
    for zin in (
        "<strong>2</strong> Nee</li>", "<strong>3</strong> Werk</li>", "<span>helemaal niet</span>", "Je hebt 10 punten.",
        "Schrijf 1 bij wat jij het belangrijkst vindt", "Een getal van 1 tot en met 20.",
        f"Schrijf {van_blad(blad)} op de achterkant.", "<strong>1</strong> Geld</li>", "versie 1 van de vragen",
    ):  # fmt: skip
        assert zin in inhoud, zin
    assert inhoud.count("<i>/</i>") == 2
    assert inhoud.count('class="papier-cijfer"') == 5
    assert inhoud.count('class="papier-vak breed"') == 6
    # writing freely is another sheet of the same round
    assert "Wat wil je zeggen?" in bewoner.get("/participatie/rondes/open/papier/?blad=vrij").content.decode()
    assert bewoner.get("/participatie/rondes/open/papier/?blad=wegen").status_code == 404
    ronde.zonder = ["inbrengen"]
    ronde.save()
    assert "?blad=vrij" not in bewoner.get("/participatie/rondes/open/papier/").content.decode()


# --- as it should -----------------------------------------------------------------------------------


def test_a_sheet_is_typed_in_by_number_and_what_was_left_empty_is_told(
    als, huis, vragen, blad, loket_ocmw, coordinator, typ
):
    staf = als(loket_ocmw)
    foto = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(foto, "PNG")
    alles = {
        "kort": "Dorpsstraat", "keuze": "1", "meerdere": "3, 1", "schaal": "4", "rangschikken": ["2", "", "1"],
        "punten": ["7", "3", ""], "getal": "3", "datum": "3/3/2027", "thema": "1", "doelgroep": "1", "gebied": "1",
    }  # fmt: skip
    goed = typ(
        staf,
        van_blad(blad),
        extra={"kanaal": "telefoon", "naam_publiek": "Rosa"},
        bestand=SimpleUploadedFile("scan.png", foto.getvalue(), "image/png"),
        **alles,
    )
    inbreng = Inbreng.objects.get()
    assert bewaard(inbreng) == {
        "kort": "Dorpsstraat", "keuze": "Ja", "meerdere": ["Geld", "Werk"], "schaal": 4, "rangschikken": ["Bib", "Bankjes"],
        "punten": {"Bankjes": 7, "Bus": 3}, "getal": 3, "datum": "2027-03-03", "bestand": {"bestand": True},
        "thema": ["geld"], "doelgroep": ["ouderen"], "gebied": ["proefdorp"],
    }  # fmt: skip
    assert (inbreng.kanaal, inbreng.staat, inbreng.ingevoerd_door, inbreng.met_formulier, inbreng.naam_publiek) == (
        "telefoon", "ingediend", loket_ocmw, True, "Rosa",
    )  # fmt: skip
    assert inbreng.formulierantwoorden.get(vraag=vragen["bestand"]).bestand.naam == "scan.jpg"
    assert ontvangst.klopt(goed.context["bewaard"].code.replace("-", ""), inbreng.code_hash)
    assert "Niet ingevuld: vraag 2." in goed.content.decode()
    assert goed.context["form"]["kanaal"].value() == "telefoon"  # ready for the next sheet
    assert niet_ingevuld(inbreng) == [vragen["lang"]]
    assert niet_ingevuld(Inbreng(met_formulier=True)) == []  # online
    # the same page twice is one sheet; a required question may stay empty, and what depends on it is not asked
    for _ in range(2):
        half = typ(staf, van_blad(blad), nummer=2, getal="4")
    assert Inbreng.objects.count() == 2
    assert [vraag.soort for vraag in half.context["niet_ingevuld"]] == [
        soort for soort in vragen if soort not in ("meerdere", "schaal", "getal")
    ]
    assert bewaard(Inbreng.objects.latest("pk")) == {"getal": 4}
    pagina = als(coordinator).get(f"/participatie/beheer/inbreng/{inbreng.pk}/").content.decode()
    assert "<strong>Niet ingevuld:</strong> 2. Wat mis je?</p>" in pagina
    wis(inbreng=inbreng)
    inbreng.refresh_from_db()
    assert niet_ingevuld(inbreng) == []


def test_an_organisation_on_paper_is_online_at_once_and_the_same_words_are_asked_about(
    als, huis, vragen, blad, coordinator, typ, organisatie, voedselbank
):
    staf = als(coordinator)
    typ(staf, van_blad(blad), extra={"organisatie": organisatie.pk}, lang="Meer banken in het park.")
    eerste = Inbreng.objects.get()
    nog_eens = typ(staf, van_blad(blad), nummer=7, extra={"organisatie": organisatie.pk}, lang="Toch iets anders.")
    assert f"{organisatie.naam} antwoordde al op deze vragen: {eerste.referentie}." in nog_eens.content.decode()
    assert "Toch iets anders." in nog_eens.content.decode() and Inbreng.objects.get() == eerste
    dubbel = typ(staf, van_blad(blad), nummer=2, lang="meer banken in het park")
    assert dubbel.context["form"].lijkt_op == [Inbreng.objects.get()]
    typ(staf, van_blad(blad), nummer=2, extra={"dubbel": "on"}, lang="meer banken in het park")
    assert list(Inbreng.objects.order_by("pk").values_list("organisatie", "staat", "code_hash")) == [
        (organisatie.pk, "zichtbaar", ""), (None, "zichtbaar", Inbreng.objects.latest("pk").code_hash),
    ]  # fmt: skip
    with pytest.raises(PermissionDenied):
        voer_blad_in(
            formulier=blad, antwoorden={vragen["kort"]: "x"}, bestanden={}, kanaal="papier",
            ontvangen_op=timezone.localdate(), inzending=uuid.uuid4(), door=voedselbank,
        )  # fmt: skip


def test_paper_of_an_older_version_is_typed_and_counted_in_that_version(
    als, huis, ronde, vragen, blad, coordinator, typ, bewoner
):
    # online nobody answered yet, but the sheet may be on a table somewhere: changing makes a new version
    wat = {"ronde": ronde, "fase": "inbrengen", "door": coordinator}
    for soort in ("schaal", "meerdere"):
        vragenlijst.haal_vraag_weg(stam=vragen[soort].stam, **wat)
    vragenlijst.bewaar_vraag(stam=vragen["keuze"].stam, gegevens={"keuzes": "Nooit\nSoms"}, **wat)
    nieuw = vragenlijst.neem_in_gebruik(**wat)
    assert (nieuw.nummer, vragen["keuze"].__class__.objects.get(pk=vragen["keuze"].pk).lijst) == (2, ["Ja", "Nee"])
    assert van_blad(nieuw) in bewoner.get("/participatie/rondes/open/papier/").content.decode()
    staf = als(coordinator)
    assert "Online staan intussen andere vragen" in staf.get(PAD, {"code": van_blad(blad)}).content.decode()
    for nummer in range(1, 6):
        typ(staf, van_blad(blad), nummer=nummer, keuze="2")
    typ(staf, van_blad(nieuw), nummer=6, keuze="2")
    per_versie = [(een.formulier.nummer, een.mensen, een.herkomst) for een in uitslagen(ronde)]
    assert per_versie == [(1, 5, [("Op papier", 5)]), (2, 1, [])]
    assert "5 keer ingevuld. Op papier: 5." in staf.get("/participatie/beheer/rondes/open/tellingen/").content.decode()
    assert list(Inbreng.objects.latest("pk").formulierantwoorden.values_list("waarde", flat=True)) == ["Soms"]
    assert herkomst(["web"] * 9) == herkomst(["papier"] * 4) == []
    assert herkomst(["web"] * 7 + ["papier"] * 2) == [("Website", "niet getoond"), ("Op papier", "< 5")]


def test_a_sheet_printed_from_a_draft_warns_when_a_question_changed_and_a_race_is_refused(
    als, huis, vragen, blad, coordinator, typ
):
    gedrukt = van_blad(blad)
    Formulier.objects.update(stand=2)
    staf = als(coordinator)
    assert "Vragen zijn veranderd nadat dit blad gedrukt is" in staf.get(PAD, {"code": gedrukt}).content.decode()
    antwoord = typ(staf, gedrukt, extra={"merk": blad.merk}, keuze="1")
    assert fouten(antwoord, vragen)["__all__"].startswith("De vragen van deze ronde zijn intussen veranderd")
    assert typ(staf, gedrukt, extra={"merk": f"{blad.pk}.2"}, keuze="1").context["bewaard"]
    with pytest.raises(VragenVeranderd):  # staff changed them between the page and this moment
        voer_blad_in(
            formulier=blad, antwoorden={vragen["kort"]: "x"}, bestanden={}, kanaal="papier",
            ontvangen_op=timezone.localdate(), inzending=uuid.uuid4(), door=coordinator,
        )  # fmt: skip
    assert Inbreng.objects.count() == 1


def test_the_day_of_the_step_decides_whether_a_sheet_is_late(als, huis, ronde, vragen, blad, coordinator, typ):
    stap = ronde.fases.get(soort="inbrengen")
    ronde.opent_op, ronde.sluit_op = ronde.opent_op - timedelta(days=9), timezone.now() - timedelta(days=1)
    ronde.save()
    dag = timezone.localdate(ronde.fases.get(pk=stap.pk).tot)
    typ(als(coordinator), van_blad(blad), extra={"ontvangen_op": dag.isoformat()}, keuze="1")
    typ(als(coordinator), van_blad(blad), nummer=2, keuze="1")
    assert list(Inbreng.objects.order_by("pk").values_list("staat", flat=True)) == ["zichtbaar", "te_laat"]


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_paper_and_of_typing_it_in(
    als, bewoner, huis, ronde, coordinator, aantal, django_assert_num_queries
):
    formulier = Formulier.objects.create(ronde=ronde)
    for nummer in range(1, aantal + 1):
        Formuliervraag.objects.create(
            formulier=formulier, nummer=nummer, soort="keuze", vraag=f"{nummer}?", keuzes="a\nb"
        )
    papier, pad = "/participatie/rondes/open/papier/", f"{PAD}?code={van_blad(formulier)}"
    staf = als(coordinator)
    bewoner.get(papier), staf.get(pad)
    with django_assert_num_queries(5 + 3):
        assert bewoner.get(papier).status_code == 200
    with django_assert_num_queries(15):
        assert staf.get(pad).status_code == 200
