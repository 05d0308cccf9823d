"""A round in concept as others will see it: who may look, each role in each step, and that nothing can be sent."""

from datetime import timedelta

import pytest

from participatie.models import Formulier, Formuliervraag, Genodigde, Inbreng, Ronde

PAD = "/participatie/beheer/rondes/straks/voorbeeld/"


@pytest.fixture
def concept(maak_ronde):
    """Asks questions, gives points in a second step, and opens in two days."""
    ronde = maak_ronde("straks", van=2, tot=20, staat="concept")
    midden = ronde.opent_op + timedelta(days=9)
    ronde.fases.filter(soort="inbrengen").update(tot=midden)
    ronde.fases.create(soort="wegen", van=midden, tot=ronde.sluit_op)
    for fase, vraag in (("inbrengen", "Wat mis je?"), ("wegen", "Wat moet eerst?")):
        formulier = Formulier.objects.create(ronde=ronde, fase=fase)
        Formuliervraag.objects.create(formulier=formulier, nummer=1, soort="lang", vraag=vraag)
    return ronde


def midden(antwoord):
    return antwoord.content.decode().split('<fieldset class="voorbeeld" disabled>')[1].split("</main>")[0]


def test_only_who_works_on_rounds_and_only_a_draft(
    als, bewoner, huis, ronde, concept, planner, coordinator, voedselbank, loket_ocmw, mandaat
):
    assert bewoner.get(PAD).status_code == 302
    for wie in (voedselbank, loket_ocmw):
        assert als(wie).get(PAD).status_code == 404
    for wie in (planner, coordinator):
        assert als(wie).get(PAD).status_code == 200
    staf = als(planner)
    assert staf.get("/participatie/beheer/rondes/open/voorbeeld/").status_code == 404
    for fout in ("als=coordinator", "als=\x00", "stap=concept", "stap=", "pagina=geheim", "pagina=<script>"):
        assert staf.get(f"{PAD}?{fout}").status_code == 404, fout
    assert staf.post(PAD, {"tekst": "x"}).status_code == 405


def test_each_role_sees_its_page_in_each_step_and_nothing_is_written(
    als, huis, concept, coordinator, organisatie, ouderenraad
):
    for genodigd in (organisatie, ouderenraad):
        Genodigde.objects.create(ronde=concept, organisatie=genodigd, door=coordinator)
    staf = als(coordinator)
    voor = Ronde.objects.filter(pk=concept.pk).values().get()
    doen = {
        ("bezoeker", "informeren"): [],
        ("organisatie", "informeren"): [],
        ("bezoeker", "inbrengen"): ["de vragen invullen", "inbreng geven", "een andere tekst voorstellen", "inbreng van een ander steunen"],
        ("organisatie", "inbrengen"): ["de vragen invullen", "inbreng geven", "een andere tekst voorstellen", "een standpunt geven", "inbreng van een ander steunen"],
        ("adviesraad", "inbrengen"): ["de vragen invullen", "inbreng geven", "een andere tekst voorstellen", "een standpunt geven", "inbreng van een ander steunen", "advies geven"],
        ("bezoeker", "wegen"): ["punten geven", "inbreng van een ander steunen"],
        ("adviesraad", "wegen"): ["punten geven", "een standpunt geven", "inbreng van een ander steunen", "advies geven"],
        ("bezoeker", "antwoorden"): ["tellingen van vragen zien"],
        ("organisatie", "resultaat"): ["tellingen van vragen zien"],
    }  # fmt: skip
    for (rol, stap), kan in doen.items():
        pagina = staf.get(PAD, {"als": rol, "stap": stap})
        assert pagina.context["kan"] == kan, (rol, stap)
        assert "Voorbeeld: je kan hier niets versturen" in pagina.content.decode()
        assert "<form" not in midden(pagina)
    for stap, zin in [
        ("informeren", "Je kan meedoen vanaf"), ("inbrengen", "Nog 18 dagen"), ("wegen", "Nog 9 dagen"),
        ("antwoorden", "De ronde sloot op"), ("resultaat", "Dit zeiden jullie, dit deden we"),
    ]:  # fmt: skip
        assert zin in midden(staf.get(PAD, {"stap": stap})), stap
    vragen = {"pagina": "vragen"}
    assert "Wat mis je?" in midden(staf.get(PAD, vragen))
    assert "Wat moet eerst?" in midden(staf.get(PAD, {**vragen, "stap": "wegen", "als": "organisatie"}))
    raad = midden(staf.get(PAD, {"pagina": "geef", "als": "adviesraad"}))
    assert ouderenraad.naam in raad and "Wat is jullie standpunt?" in raad
    bezoeker = midden(staf.get(PAD, {"pagina": "geef"}))
    assert (
        "Welke naam mag erbij staan?" in bezoeker and "<form" not in bezoeker and "csrfmiddlewaretoken" not in bezoeker
    )
    # a page that is not there in that step is the page of the round
    assert staf.get(PAD, {"pagina": "geef", "stap": "antwoorden"}).context["pagina_"] == "ronde"
    assert Ronde.objects.filter(pk=concept.pk).values().get() == voor
    assert not Inbreng.objects.exists()
    assert f'href="{PAD}"' in staf.get("/participatie/beheer/rondes/straks/").content.decode()


def test_without_questions_or_invited_there_is_still_a_form(als, huis, maak_ronde, coordinator):
    maak_ronde("straks", van=2, tot=20, staat="concept", zonder=["amenderen"])
    staf = als(coordinator)
    eerst = staf.get(PAD, {"als": "organisatie"})
    assert [naam for naam, _ in eerst.context["paginas"]] == ["ronde", "geef"]
    assert "een andere tekst voorstellen" not in eerst.context["kan"]
    assert "Jullie organisatie" in midden(staf.get(PAD, {"als": "organisatie", "pagina": "geef"}))
