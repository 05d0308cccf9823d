"""The questions of a round: wrong, hidden, changed meanwhile, closed, by two at once; and then as it should."""

import io
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL import Image

from participatie.acties.eigen import wis
from participatie.models import Formulier, Formulierantwoord, Formulierconcept, Formuliervraag, Inbreng, Mandaat
from participatie.uitslag import uitslagen
from sociaalhuis import rollen

PAD = "/participatie/rondes/open/vragen/"


def foto(naam="foto.png"):
    inhoud = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(inhoud, "PNG")
    return SimpleUploadedFile(naam, inhoud.getvalue(), "image/png")


@pytest.fixture
def vul_in(vragen, bewijs):
    """vul_in(client, kort="Dorp", keuze="Ja"): posts the form with these answers, by kind."""

    def post(client, nummer=1, pad=PAD, extra=None, **antwoorden):
        data = {"bewijs": bewijs(nummer), "merk": vragen["kort"].formulier.merk, **(extra or {})}
        return client.post(pad, data | {vragen[soort].veldnaam: waarde for soort, waarde in antwoorden.items()})

    return post


def fouten(antwoord, vragen):
    """Dict of kind (or '') to the first error."""
    namen = {vraag.veldnaam: soort for soort, vraag in vragen.items()}
    return {namen.get(naam, ""): regels[0] for naam, regels in antwoord.context["form"].errors.items()}


# --- wrong ------------------------------------------------------------------------------------------


def test_every_wrong_answer_says_what_to_do_and_keeps_the_rest(bewoner, huis, vragen, vul_in):
    antwoord = vul_in(
        bewoner, kort="x" * 201, lang="Een <script>alert(1)</script>\u202e", keuze="Ja", meerdere=["Geld", "Vals"],
        rangschikken=["1", "1", ""], punten=["6", "5", ""], getal="21", datum="31/2/2027", thema=["bestaat-niet"],
        bestand=SimpleUploadedFile("virus.png", b"MZ\x90\x00\x03\xff\xff"),
    )  # fmt: skip
    assert fouten(antwoord, vragen) == {
        "kort": "Je tekst is te lang: hoogstens 200 tekens.",
        "meerdere": "Kies antwoorden uit de lijst.",
        "schaal": "Kies een cijfer.",
        "rangschikken": "Je gaf twee keer dezelfde plaats. Geef elke plaats één keer.",
        "punten": "Je gaf 11 punten. Je mag er 10 verdelen: haal er 1 weg.",
        "getal": "Kies een getal tot en met 20.",
        "datum": "Deze datum bestaat niet. Schrijf hem zoals 3/3/2027.",
        "bestand": antwoord.context["form"].errors[vragen["bestand"].veldnaam][0],
        "thema": "Kies antwoorden uit de lijst.",
    }
    inhoud = antwoord.content.decode()
    assert "Een &lt;script&gt;alert(1)&lt;/script&gt;" in inhoud
    assert 'value="6"' in inhoud
    assert not Inbreng.objects.exists()
    for soort, waarde, zin in [
        ("rangschikken", ["9", "", ""], "Kies een plaats uit de lijst."),
        ("punten", ["-1", "", ""], "Schrijf bij elk antwoord een heel getal, of laat het leeg."),
        ("punten", ["٣", "", ""], "Schrijf bij elk antwoord een heel getal, of laat het leeg."),
        ("getal", "drie", "Schrijf een heel getal, zonder letters."),
        ("getal", "0", "Kies een getal vanaf 1."),
        ("schaal", "9", "Kies een antwoord uit de lijst."),
        ("lang", "x" * 5001, "Je tekst is te lang: hoogstens 2000 tekens. Maak hem korter, of bel ons."),
    ]:
        gegeven = fouten(vul_in(bewoner, **{"keuze": "Ja", "schaal": "3", soort: waarde}), vragen)
        assert gegeven == {soort: zin}, soort
    assert fouten(vul_in(bewoner), vragen) == {"keuze": "Kies een antwoord."}


def test_nothing_at_all_is_no_input(bewoner, huis, vragen, vul_in):
    Formuliervraag.objects.update(verplicht=False)
    assert fouten(vul_in(bewoner), vragen) == {"": "Je vulde nog niets in. Beantwoord minstens één vraag."}


# --- hidden -----------------------------------------------------------------------------------------


def test_a_hidden_question_is_not_required_and_its_answer_is_dropped_after_a_word(bewoner, huis, vragen, vul_in):
    antwoord = vul_in(bewoner, keuze="Nee", schaal="4", kort="Dorp")
    assert fouten(antwoord, vragen) == {
        "": "We tellen dit antwoord niet mee, want die vraag hoort niet bij je andere antwoorden: "
        "“5. Hoe tevreden ben je?”. Klopt dat? Verstuur dan opnieuw."
    }
    opnieuw = vul_in(bewoner, keuze="Nee", schaal="4", kort="Dorp", extra={"weg": antwoord.context["form"].data["weg"]})
    assert opnieuw.context["inbreng"].code
    assert bewaard(Inbreng.objects.get()) == {"kort": "Dorp", "keuze": "Nee"}


def bewaard(inbreng):
    return {rij.vraag.soort: rij.waarde for rij in inbreng.formulierantwoorden.select_related("vraag")}


def test_without_javascript_a_question_says_when_it_is_asked(bewoner, huis, vragen):
    inhoud = bewoner.get(PAD).content.decode()
    assert inhoud.count("Alleen als je bij vraag 3 koos: Ja.") == 2
    assert inhoud.count(f'data-toon-als="{vragen["keuze"].veldnaam}" data-toon-waarde="Ja"') == 2


# --- changed, closed, twice -------------------------------------------------------------------------


def test_questions_that_changed_meanwhile_lose_nothing(bewoner, huis, vragen, vul_in):
    oud = vragen["kort"].formulier.merk
    Formulier.objects.update(stand=2)
    antwoord = vul_in(bewoner, keuze="Nee", kort="Dorp", extra={"merk": oud})
    assert fouten(antwoord, vragen) == {"": "De vragen van deze ronde zijn intussen veranderd. Wat je invulde, staat er nog. "
                                            "Kijk even na en verstuur opnieuw."}  # fmt: skip
    assert 'value="Dorp"' in antwoord.content.decode()
    opnieuw = vul_in(bewoner, keuze="Nee", kort="Dorp", extra={"merk": antwoord.context["form"].data["merk"]})
    assert opnieuw.context["inbreng"].code


def test_a_closed_round_gives_the_answers_back(bewoner, huis, ronde, vragen, vul_in):
    ronde.sluit_op = timezone.now() - timedelta(minutes=1)
    ronde.save()
    antwoord = vul_in(bewoner, keuze="Nee", kort="Dorp", rangschikken=["", "1", "2"])
    assert antwoord.status_code == 409
    inhoud = unescape(antwoord.content.decode())
    for tekst in ("Je antwoorden zijn niet verstuurd", "Hoe heet je straat?\nDorp", "1. Bus, 2. Bib", "059 99 00 00"):
        assert tekst in inhoud
    assert not Inbreng.objects.exists()
    assert "<form" not in bewoner.get(PAD).content.decode().split("<main")[1]


def test_a_round_without_questions_or_a_draft_has_no_such_page(bewoner, huis, ronde, maak_ronde):
    assert bewoner.get(PAD).status_code == 404
    Formulier.objects.create(ronde=ronde)
    assert bewoner.get(PAD).status_code == 404
    maak_ronde("concept", staat="concept")
    assert bewoner.get("/participatie/rondes/concept/vragen/").status_code == 404


# --- as it should -----------------------------------------------------------------------------------


def test_every_kind_is_kept_and_the_same_post_counts_once(bewoner, huis, vragen, vul_in):
    alles = {
        "kort": "Dorpsstraat", "lang": "Een bank.\nEn nog een.", "keuze": "Ja", "meerdere": ["Geld", "Werk"], "schaal": "4",
        "rangschikken": ["2", "", "1"], "punten": ["7", "3", ""], "getal": "3", "datum": "2027-03-03", "thema": ["geld"],
        "doelgroep": ["ouderen"], "gebied": ["proefdorp"],
    }  # fmt: skip
    eerst = vul_in(bewoner, bestand=foto(), **alles)
    code = eerst.context["inbreng"].code
    assert vul_in(bewoner, bestand=foto(), **alles).context["inbreng"].code == code != ""
    inbreng = Inbreng.objects.get()
    assert bewaard(inbreng) == {
        "kort": "Dorpsstraat", "lang": "Een bank.\nEn nog een.", "keuze": "Ja", "meerdere": ["Geld", "Werk"], "schaal": 4,
        "rangschikken": ["Bib", "Bankjes"], "punten": {"Bankjes": 7, "Bus": 3}, "getal": 3, "datum": "2027-03-03",
        "bestand": {"bestand": True}, "thema": ["geld"], "doelgroep": ["ouderen"], "gebied": ["proefdorp"],
    }  # fmt: skip
    assert (inbreng.met_formulier, inbreng.staat) == (True, "ingediend")
    assert inbreng.tekst == "Hoe heet je straat?\nDorpsstraat\n\nWat mis je?\nEen bank.\nEn nog een."
    bestand = inbreng.formulierantwoorden.get(vraag=vragen["bestand"]).bestand
    assert (bestand.naam, Image.open(io.BytesIO(bestand.lees())).size) == ("foto.jpg", (8, 8))
    with pytest.raises(DatabaseError, match="formuliervraag_vast_bij_antwoorden"), transaction.atomic():
        Formuliervraag.objects.filter(pk=vragen["kort"].pk).update(vraag="Iets anders?")
    with pytest.raises(DatabaseError, match="formuliervraag_vast_bij_antwoorden"), transaction.atomic():
        Formuliervraag.objects.create(formulier=vragen["kort"].formulier, nummer=99, soort="kort", vraag="Nog iets?")
    with pytest.raises(DatabaseError, match="formulierantwoord_vast|Cannot update"), transaction.atomic():
        Formulierantwoord.objects.filter(vraag=vragen["kort"]).update(waarde="Anders")
    wis(inbreng=inbreng)
    assert set(bewaard(inbreng)) == set(vragen) - {"kort", "lang", "bestand"}
    assert bestand.dossiersleutel.__class__.objects.get(pk=bestand.dossiersleutel_id).gewist_op


# --- organisations ----------------------------------------------------------------------------------


@pytest.fixture
def collega(mandaat, maak_gebruiker):
    collega = maak_gebruiker("collega", rollen.ORGANISATIELID, medewerker=False)
    Mandaat.objects.create(gebruiker=collega, organisatie=mandaat.organisatie, van=mandaat.van)
    return collega


def test_colleagues_finish_one_draft_and_nobody_is_overwritten_unseen(als, huis, vragen, vul_in, mandaat, collega):
    een, twee = als(mandaat.gebruiker), als(collega)
    bewaar = {"bewaar": "1", "versie": "0"}
    assert (
        vul_in(een, kort="Eerste", punten=["4", "", ""], extra=bewaar).url == f"{PAD}?organisatie=voedselbank&bewaard=1"
    )
    pagina = twee.get(PAD)
    inhoud = pagina.content.decode()
    assert 'value="Eerste"' in inhoud
    assert 'value="4"' in inhoud
    assert "voedselbank bewaarde dit op" in inhoud
    assert vul_in(twee, kort="Tweede", extra={"bewaar": "1", "versie": "1"}).status_code == 302
    botst = vul_in(een, kort="Derde", lang="Nog iets", extra={"bewaar": "1", "versie": "1"})
    assert botst.context["anders"] == {"Hoe heet je straat?": "Tweede", "Wat mis je?": "(leeg)"}
    assert "collega bewaarde intussen andere antwoorden" in unescape(botst.content.decode())
    assert 'value="Derde"' in botst.content.decode()
    assert vul_in(een, kort="Derde", keuze="Nee", extra={"versie": "1"}).context["anders"]  # sending neither
    assert Formulierconcept.objects.get().gegevens[vragen["kort"].veldnaam] == ["Tweede"]
    assert vul_in(een, kort="Derde", keuze="Nee", extra={"versie": "2"}).status_code == 302
    inbreng = Inbreng.objects.get()
    assert (inbreng.organisatie, inbreng.ingediend_door, inbreng.staat) == (
        mandaat.organisatie,
        mandaat.gebruiker,
        "zichtbaar",
    )
    assert not Formulierconcept.objects.exists()


def test_an_organisation_has_one_set_of_answers_and_a_colleague_sees_what_is_replaced(
    als, huis, ronde, vragen, vul_in, mandaat, collega
):
    een, twee = als(mandaat.gebruiker), als(collega)
    assert een.get(PAD).context["eerder"] is None
    assert vul_in(een, 1, kort="Dorp", keuze="Nee", rangschikken=["2", "", "1"], getal="3").status_code == 302
    eerste = Inbreng.objects.get()
    # an old tab: the first answers were not seen
    botst = vul_in(twee, 2, kort="Kade", keuze="Nee")
    assert botst.status_code == 200 and Inbreng.objects.get() == eerste
    inhoud = unescape(botst.content.decode())
    assert "voedselbank verstuurde intussen de antwoorden van jullie organisatie" in inhoud and 'value="Kade"' in inhoud
    assert botst.context["anders"] == {
        "Hoe heet je straat?": "Dorp",
        "Wat moet eerst?": "2, 1",
        "Met hoeveel woon je?": "3",
    }
    # a fresh page begins with what was sent
    pagina = twee.get(PAD)
    begin = pagina.context["form"].initial
    assert [begin[vragen[soort].veldnaam] for soort in ("kort", "rangschikken", "getal")] == [
        "Dorp",
        ["2", "", "1"],
        "3",
    ]
    assert "Jullie antwoordden al" in pagina.content.decode()
    gezien = pagina.context["form"]["eerder"].value()
    assert gezien == eerste.referentie
    for _ in range(2):  # a double click
        assert vul_in(twee, 3, kort="Kade", keuze="Ja", schaal="4", extra={"eerder": gezien}).status_code == 302
    eerste.refresh_from_db()
    tweede = Inbreng.objects.exclude(pk=eerste.pk).get()
    assert (eerste.staat, tweede.staat, tweede.ingediend_door) == ("vervangen", "zichtbaar", collega)
    assert vul_in(een, 4, kort="Weer", keuze="Nee", extra={"eerder": gezien}).status_code == 200  # the first is gone
    (versie,) = uitslagen(ronde)
    assert versie.mensen == 1


def test_a_draft_is_not_for_others(als, huis, vragen, vul_in, mandaat, ouderenraad, maak_gebruiker):
    ander = maak_gebruiker("ander", rollen.ORGANISATIELID, medewerker=False)
    Mandaat.objects.create(gebruiker=ander, organisatie=ouderenraad, van=mandaat.van)
    vul_in(als(mandaat.gebruiker), kort="Geheim", extra={"bewaar": "1", "versie": "0"})
    assert "Geheim" not in als(ander).get(PAD).content.decode()
    assert als(ander).get(f"{PAD}?organisatie=voedselbank").status_code == 404
    mandaat.tot = timezone.now()
    mandaat.save()
    client = als(mandaat.gebruiker)
    assert "Geheim" not in client.get(PAD).content.decode()
    te_laat = vul_in(client, kort="Van ons", keuze="Nee", extra={"versie": "1"})
    assert (te_laat.status_code, Inbreng.objects.count()) == (409, 0)
    assert "Je spreekt niet meer voor deze organisatie" in te_laat.content.decode()
    assert "Van ons" in te_laat.content.decode()


def test_who_speaks_for_two_organisations_chooses_one(als, huis, vragen, mandaat, ouderenraad):
    Mandaat.objects.create(gebruiker=mandaat.gebruiker, organisatie=ouderenraad, van=mandaat.van)
    client = als(mandaat.gebruiker)
    assert "Namens welke organisatie?" in client.get(PAD).content.decode()
    assert client.get(f"{PAD}?organisatie=ouderenraad").context["namens"] == ouderenraad


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_the_questions(bewoner, huis, ronde, aantal, django_assert_num_queries):
    formulier = Formulier.objects.create(ronde=ronde)
    for nummer in range(1, aantal + 1):
        Formuliervraag.objects.create(formulier=formulier, nummer=nummer, soort="kort", vraag=f"Vraag {nummer}?")
    bewoner.get(PAD)
    with django_assert_num_queries(5 + 3):  # round, phases, form, questions and what they depend on; the house
        assert bewoner.get(PAD).status_code == 200
