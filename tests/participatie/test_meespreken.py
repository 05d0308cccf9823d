"""Taking part in the text itself: paragraphs, proposals, standpoints, support; and coming back with the receipt code."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participatie.acties.antwoord import beantwoord, lees_na, publiceer_antwoorden
from participatie.acties.inbreng import verberg
from participatie.acties.melding import beslis
from participatie.acties.steun import PER_INBRENG, steun, trek_verklaring_in, verklaar_steun
from participatie.models import Inbreng, Melding, Steun, Steunverklaring
from participatie.rondetekst import kies
from participatie.staat import MagNiet
from plan.acties.alineas import volg
from sociaalhuis.models import UitgaandeMail

PAD = "/participatie/rondes/open/"
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture
def alineas(actie):
    """The two paragraphs of the text of the action, below a heading."""
    actie.lange_omschrijving = "<h3>Hoe</h3><p>We bouwen zes woningen.</p><p>Ze zijn klaar in 2028.</p>"
    actie.save()
    volg(actie)
    return list(actie.alineas.geldig())


def tekst_van(antwoord):
    return " ".join(re.sub(r"<[^>]+>", " ", antwoord.content.decode()).split())


def test_a_paragraph_gets_another_wording_and_keeps_the_words_that_stood_there(
    bewoner, huis, ronde, actie, alineas, geef, coordinator, als
):
    kop, zes, klaar = alineas
    pagina = bewoner.get(f"{PAD}tekst/G1/").content.decode()
    assert pagina.count("Reageer op deze alinea") == 2  # not on the heading
    assert f"{PAD}inbreng/?alinea={zes.sleutel}" in pagina
    assert bewoner.get(f"{PAD}tekst/G9/").status_code == 404
    form = bewoner.get(f"{PAD}inbreng/?alinea={zes.sleutel}").context["form"]
    assert form["voorstel"].value() == "We bouwen zes woningen."
    zegel = form["alinea"].value()
    leeg = geef(bewoner, ronde, tekst="", alinea=zegel, voorstel="We bouwen  zes woningen.")
    assert leeg.context["form"].errors == {
        "tekst": ["Zeg wat je van deze alinea vindt, of pas hieronder de tekst aan."]
    }
    assert not Inbreng.objects.exists()
    # the text changes while someone writes: what they saw is what is kept
    actie.lange_omschrijving = "<h3>Hoe</h3><p>We bouwen acht woningen.</p><p>Ze zijn klaar in 2028.</p>"
    actie.save()
    volg(actie)
    geef(bewoner, ronde, nummer=2, tekst="", alinea=zegel, voorstel="We bouwen twaalf woningen.\u202e")
    inbreng = Inbreng.objects.get()
    assert (inbreng.alinea, inbreng.onderdeel_id) == (zes, actie.pk)
    assert (inbreng.alinea_tekst, inbreng.voorstel) == ("We bouwen zes woningen.", "We bouwen twaalf woningen.")
    als(coordinator).post(f"/participatie/beheer/inbreng/{inbreng.pk}/", {"doe": "toon"})
    pagina = tekst_van(bewoner.get(f"/participatie/inbreng/{inbreng.referentie}/"))
    assert "We bouwen [weg: zes ] [erbij: twaalf ] woningen." in pagina
    assert "In het plan staat nu: We bouwen acht woningen." in pagina
    assert "1 reactie op deze alinea" in tekst_van(bewoner.get(f"{PAD}tekst/G1/"))
    assert "1 reactie" in tekst_van(bewoner.get(f"{PAD}tekst/"))
    assert bewoner.get(f"{PAD}?alinea={zes.sleutel}").context["pagina"].paginator.count == 1
    assert bewoner.get(f"{PAD}?alinea={klaar.sleutel}").context["pagina"].paginator.count == 0
    # a seal that is not ours counts as none
    geef(bewoner, ronde, nummer=3, tekst="Los", alinea="verzonnen", voorstel="Iets")
    assert Inbreng.objects.get(tekst="Los").alinea is None
    assert kies(ronde, "nietdaar") is None


def test_a_standpoint_has_a_reason_and_a_new_one_takes_its_place(als, huis, ronde, mandaat, actie, geef, bewoner):
    client, organisatie = als(mandaat.gebruiker), mandaat.organisatie
    velden = {"organisatie": organisatie.pk, "onderdeel": "G1.1.a"}
    fout = geef(client, ronde, tekst="", standpunt="bezwaar", **velden)
    assert fout.context["form"].errors == {"tekst": ["Schrijf waarom jullie bezwaar hebben."]}
    assert "standpunt" in geef(client, ronde, tekst="x", standpunt="misschien", **velden).context["form"].errors
    geef(client, ronde, nummer=2, tekst="Te klein.", standpunt="bezwaar", **velden)
    geef(client, ronde, nummer=3, tekst="", standpunt="akkoord", **velden)
    oud, nieuw = Inbreng.objects.order_by("pk")
    assert (oud.staat, nieuw.staat, nieuw.tekst) == ("vervangen", "zichtbaar", "")
    ronde_pagina = bewoner.get(PAD)
    assert [(naam, aantal) for naam, _, aantal in ronde_pagina.context["standpunten"]] == [("Akkoord", 1)]
    assert "Te klein." not in ronde_pagina.content.decode()
    assert "Bezwaar . Te klein." in tekst_van(bewoner.get(f"/participatie/inbreng/{nieuw.referentie}/"))
    # a citizen has none, whatever is posted
    geef(bewoner, ronde, nummer=4, tekst="Ik ook", standpunt="bezwaar")
    assert Inbreng.objects.get(tekst="Ik ook").standpunt == ""


def test_support_counts_once_per_organisation_and_with_a_limit_for_citizens(
    als, huis, ronde, mandaat, ouderenraad, maak_inbreng, bewoner, coordinator
):
    van_raad = maak_inbreng(ronde, "Van de raad", organisatie=ouderenraad)
    verborgen = maak_inbreng(ronde, "Slecht", organisatie=ouderenraad)
    verberg(inbreng=verborgen, door=coordinator, reden="Er stond een naam in.")
    client, pad = als(mandaat.gebruiker), f"/participatie/inbreng/{van_raad.referentie}/steunen/"
    assert bewoner.get(f"/participatie/inbreng/{verborgen.referentie}/steunen/").status_code == 404
    assert client.post(pad, {"organisatie": ouderenraad.pk}).status_code == 404  # not theirs to speak for
    for _ in range(2):
        client.post(pad, {"organisatie": mandaat.organisatie_id})
    for _ in range(PER_INBRENG + 2):
        antwoord = bewoner.post(pad, follow=True)
    assert "Eén keer is genoeg." in antwoord.content.decode()
    assert Steun.objects.per_inbreng([van_raad.pk]) == {
        van_raad.pk: {"organisaties": ["Voedselbank De Mand"], "inwoners": PER_INBRENG}
    }
    assert "Gesteund door Voedselbank De Mand en 3 inwoners" in tekst_van(bewoner.get(PAD))
    client.post(pad, {"organisatie": mandaat.organisatie_id, "doe": "terug"})
    assert Steun.objects.nu().exclude(organisatie=None).count() == 0
    # a statement of support for the plan: one at a time, and taken back at once
    with pytest.raises(PermissionDenied):
        verklaar_steun(plan=ronde.plan, organisatie=ouderenraad, tekst="Ja", door=mandaat.gebruiker)
    wij = {"plan": ronde.plan, "organisatie": mandaat.organisatie, "door": mandaat.gebruiker}
    verklaring = verklaar_steun(tekst="Dit helpt onze klanten.", **wij)
    with pytest.raises(MagNiet, match="staat er al"):
        verklaar_steun(tekst="Nog eens", **wij)
    with pytest.raises(PermissionDenied):
        trek_verklaring_in(verklaring=verklaring, door=coordinator)
    trek_verklaring_in(verklaring=verklaring, door=mandaat.gebruiker)
    with pytest.raises(MagNiet, match="al ingetrokken"):
        trek_verklaring_in(verklaring=verklaring, door=mandaat.gebruiker)
    assert not Steunverklaring.objects.nu().exists()


def test_a_hidden_input_keeps_its_place_and_its_author_reads_why_behind_the_code(
    bewoner, andere_bewoner, huis, ronde, geef, coordinator, als
):
    code = CODE.search(geef(bewoner, ronde, tekst="Jan is dom", email="in@voorbeeld.example").content.decode())[0]
    inbreng = Inbreng.objects.get()
    assert code.replace("-", "") not in "".join(mail.tekst + mail.onderwerp for mail in UitgaandeMail.objects.all())
    als(coordinator).post(f"/participatie/beheer/inbreng/{inbreng.pk}/", {"doe": "toon"})
    # reported by a visitor, twice the same page, decided with a reason
    form = andere_bewoner.get(f"/participatie/inbreng/{inbreng.referentie}/melden/").context["form"]
    melding = {"bewijs": form["bewijs"].value(), "toelichting": "x" * 501}
    fout = andere_bewoner.post(f"/participatie/inbreng/{inbreng.referentie}/melden/", melding).context["form"].errors
    assert set(fout) == {"waarom", "toelichting"}
    melding |= {"waarom": "kwetsend", "toelichting": "Dit is over mijn buurman."}
    for _ in range(2):
        antwoord = andere_bewoner.post(f"/participatie/inbreng/{inbreng.referentie}/melden/", melding)
    assert "Dank je voor je melding" in antwoord.content.decode()
    gemeld = Melding.objects.get()
    with pytest.raises(MagNiet, match="Schrijf waarom"):
        beslis(melding=gemeld, gegrond=True, reden=" ", door=coordinator)
    beslis(melding=gemeld, gegrond=True, reden="Er stond een scheldwoord in.", door=coordinator)
    with pytest.raises(MagNiet, match="al beslist"):
        beslis(melding=gemeld, gegrond=False, reden="Toch niet", door=coordinator)
    pagina = bewoner.get(PAD).content.decode()
    assert "Deze inbreng tonen we niet, want: Er stond een scheldwoord in." in pagina
    assert "Jan is dom" not in pagina
    nieuws = UitgaandeMail.objects.get(onderwerp__startswith="Er is nieuws")
    assert "scheldwoord" not in nieuws.tekst and "/participatie/opvolgen/" in nieuws.tekst
    # the reason stands behind the code, and nowhere without it
    assert bewoner.get("/participatie/opvolgen/inbreng/").status_code == 302
    verkeerd = bewoner.post("/participatie/opvolgen/", {"code": "0000-0000-0000-0000"})
    assert "We vinden geen inbreng met deze code." in verkeerd.content.decode()
    eigen = bewoner.post("/participatie/opvolgen/", {"code": code.lower()}, follow=True)
    assert "We tonen dit niet op de website, want: Er stond een scheldwoord in." in tekst_van(eigen)


def test_with_the_code_a_citizen_adds_renames_takes_along_and_erases(
    bewoner, andere_bewoner, huis, ronde, geef, coordinator, planner, als, bewijs
):
    antwoord = geef(bewoner, ronde, tekst="Meer banken.", naam_publiek="Mia", email="mia@voorbeeld.example")
    code, eerste = CODE.search(antwoord.content.decode())[0], Inbreng.objects.get()
    bewoner.post("/participatie/opvolgen/", {"code": code})
    pad, staf = "/participatie/opvolgen/inbreng/", als(coordinator)
    leeg = bewoner.post(pad, {"vul_aan": "1", "tekst": " ", "bewijs": bewijs(2)})
    assert leeg.context["aanvulling"].errors == {"tekst": ["Schrijf hier wat je nog wil zeggen."]}
    bewoner.post(pad, {"vul_aan": "1", "tekst": "En een kraantje.", "bewijs": bewijs(2)})
    tweede = Inbreng.objects.get(vult_aan=eerste)
    assert (tweede.naam_publiek, tweede.staat, tweede.code_hash) == ("Mia", "ingediend", "")
    for rij in (eerste, tweede):
        staf.post(f"/participatie/beheer/inbreng/{rij.pk}/", {"doe": "toon"})
    assert "Later zei Mia nog" in bewoner.get(f"/participatie/inbreng/{eerste.referentie}/").content.decode()
    # without a name at once, with another name only after it was read
    bewoner.post(pad, {"naam": "1", "naam_publiek": ""})
    assert "Mia" not in andere_bewoner.get(PAD).content.decode()
    bewoner.post(pad, {"naam": "1", "naam_publiek": "Een oma"})
    assert sorted(Inbreng.objects.values_list("staat", "naam_publiek")) == [("ingediend", "Een oma")] * 2
    assert "@" in bewoner.post(pad, {"naam": "1", "naam_publiek": "x@y.be"}).context["naam"].data["naam_publiek"]
    for rij in (eerste, tweede):
        staf.post(f"/participatie/beheer/inbreng/{rij.pk}/", {"doe": "toon"})
    alles = json.loads(bewoner.get("/participatie/opvolgen/meenemen/").content)
    assert [(rij["je tekst"], rij["e-mailadres"]) for rij in alles] == [
        ("Meer banken.", "mia@voorbeeld.example"),
        ("En een kraantje.", ""),
    ]
    # the answers come out; the words can still go, and the answer stays
    ronde.sluit_op = timezone.now() - timedelta(minutes=1)
    ronde.save()
    for rij in (eerste, tweede):
        concept = beantwoord(
            inbreng=rij, besluit="overgenomen", reden="Goed idee.", wijziging="Er komen banken.", door=coordinator
        )
        lees_na(antwoord=concept, door=planner)
    publiceer_antwoorden(ronde=ronde, door=coordinator)
    assert (
        "Intrekken kan niet meer"
        in bewoner.post("/participatie/opvolgen/weg/", {"doe": "trek_in"}, follow=True).content.decode()
    )
    bewoner.post("/participatie/opvolgen/weg/", {"doe": "wis"})
    pagina = andere_bewoner.get(PAD).content.decode()
    assert "Meer banken." not in pagina and "Een oma" not in pagina
    assert pagina.count("Wie dit schreef, liet zijn woorden wissen.") == pagina.count("Goed idee.") == 2
    assert bewoner.get(pad).status_code == 302
    assert "werkt de code niet meer" in bewoner.post("/participatie/opvolgen/", {"code": code}).content.decode()
    assert not UitgaandeMail.objects.filter(dossiersleutel__isnull=False).exists()
    assert Inbreng.objects.exclude(gewist_op=None).filter(email__isnull=True, tekst="").count() == 2


def test_taking_back_and_closing_the_browser(bewoner, huis, ronde, geef, coordinator, als):
    code = CODE.search(geef(bewoner, ronde, tekst="Weg ermee").content.decode())[0]
    bewoner.post("/participatie/opvolgen/", {"code": code})
    bewoner.post("/participatie/opvolgen/weg/", {"doe": "trek_in"})
    assert Inbreng.objects.get().staat == "ingetrokken"
    assert "Je trok dit in." in bewoner.get("/participatie/opvolgen/inbreng/").content.decode()
    bewoner.post("/participatie/opvolgen/sluiten/")
    assert bewoner.get("/participatie/opvolgen/inbreng/").status_code == 302
    als(coordinator).post(f"/participatie/beheer/inbreng/{Inbreng.objects.get().pk}/", {"doe": "toon"})
    assert Inbreng.objects.get().staat == "ingetrokken"


def test_a_late_input_is_handed_back_kept_when_asked_and_counts_only_with_a_reason(
    bewoner, huis, gesloten_ronde, geef, coordinator, als
):
    dicht = geef(bewoner, gesloten_ronde, tekst="Net te laat")
    assert (dicht.status_code, Inbreng.objects.count()) == (409, 0)
    assert 'name="te_laat" value="ja"' in dicht.content.decode()
    assert CODE.search(geef(bewoner, gesloten_ronde, tekst="Net te laat", te_laat="ja").content.decode())
    inbreng = Inbreng.objects.get()
    assert inbreng.staat == "te_laat"
    assert "Net te laat" not in bewoner.get("/participatie/rondes/gesloten/").content.decode()
    staf, pad = als(coordinator), f"/participatie/beheer/inbreng/{inbreng.pk}/"
    staf.post(pad, {"doe": "toon"})
    assert Inbreng.objects.get().staat == "te_laat"
    staf.post(pad, {"doe": "toon", "reden_laat": "De website lag stil."})
    assert Inbreng.objects.get().staat == "zichtbaar"
    assert "Het telt mee, want: De website lag stil." in bewoner.get("/participatie/rondes/gesloten/").content.decode()


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        ("Mail naar jan@voorbeeld.example", "een e-mailadres"),
        ("Bel me op 0470 12 34 56", "een telefoonnummer"),
        ("Mijn nummer is 85.07.30-033.28", "een rijksregisternummer"),
    ],
)
def test_personal_data_for_everyone_to_read_is_asked_once_more(bewoner, huis, ronde, geef, tekst, wat):
    form = geef(bewoner, ronde, tekst=tekst).context["form"]
    assert form.errors["toch"][0].startswith(f"In je tekst staat {wat}. Iedereen kan dat lezen.")
    assert tekst in geef(bewoner, ronde, tekst=tekst).content.decode()
    assert not Inbreng.objects.exists()
    geef(bewoner, ronde, tekst=tekst, toch="on")
    assert Inbreng.objects.get().tekst == tekst


# --- support in the admin -------------------------------------------------------------------------


def test_staff_looks_at_support_and_changes_nothing(
    als, huis, ronde, plan, mandaat, organisatie, maak_inbreng, coordinator, planner, loket_ocmw, superuser, bewoner
):
    inbreng = maak_inbreng(ronde, "Meer bussen.", door=coordinator, email="iemand@voorbeeld.example")
    van_ons = steun(inbreng=inbreng, organisatie=organisatie, door=mandaat.gebruiker)
    steun(inbreng=inbreng, bezoeker="192.0.2.1")
    verklaring = verklaar_steun(plan=plan, organisatie=organisatie, tekst="Wij staan erachter.", door=mandaat.gebruiker)
    rijen = {"steun": van_ons, "steunverklaring": verklaring}
    for model, rij in rijen.items():
        lijst = f"/beheer/participatie/{model}/"
        assert [als(wie).get(lijst).status_code for wie in (loket_ocmw, planner, coordinator)] == [403, 200, 200]
        assert [als(coordinator).get(lijst + rest).status_code for rest in ("add/", f"{rij.pk}/delete/")] == [403, 403]
        assert als(coordinator).post(f"{lijst}{rij.pk}/change/", {"tekst": "Anders"}).status_code == 403
        assert als(superuser).get(f"{lijst}{rij.pk}/change/").status_code == 302  # without a role: not there
    tekst = als(planner).get("/beheer/participatie/steun/").content.decode()
    assert organisatie.naam in tekst and "Een inwoner" in tekst and inbreng.referentie in tekst
    assert "192.0.2.1" not in tekst and "iemand@" not in tekst and mandaat.gebruiker.email not in tekst
    een = als(planner).get(f"/beheer/participatie/steunverklaring/{verklaring.pk}/change/").content.decode()
    assert "Wij staan erachter." in een and mandaat.gebruiker.email not in een
    assert (str(van_ons), str(verklaring)) == (f"steun voor {inbreng.pk}", f"steunverklaring van {organisatie.naam}")
    with pytest.raises(PermissionDenied):
        trek_verklaring_in(verklaring=verklaring, door=coordinator)


def test_the_list_of_support_asks_the_same_number_of_queries(
    als, huis, ronde, organisatie, mandaat, maak_inbreng, coordinator, django_assert_max_num_queries
):
    client, aantallen = als(coordinator), []
    client.get("/beheer/participatie/steun/")
    for nummer in (1, 2):
        for keer in range(nummer):
            inbreng = maak_inbreng(ronde, f"{nummer} {keer}", door=coordinator)
            steun(inbreng=inbreng, organisatie=organisatie, door=mandaat.gebruiker)
        with django_assert_max_num_queries(40) as gevraagd:
            client.get("/beheer/participatie/steun/")
        aantallen.append(len(gevraagd))
    assert aantallen[0] == aantallen[1]
