"""Inviting organisations: the list to correct, the mail that says nothing, the reminder; and what was counted."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participatie.acties.genodigden import gekozen, herinner_genodigden, mail_genodigden, zet_genodigden
from participatie.models import Formulier, Formulierantwoord, Formuliervraag, Genodigde, Inbreng
from participatie.staat import MagNiet
from participatie.uitslag import tel, uitslagen
from sociaalhuis.models import Organisatie, UitgaandeMail

PAD = "/participatie/beheer/rondes/open/genodigden/"


@pytest.fixture
def jeugdhuis(db):
    """An organisation nobody can mail."""
    return Organisatie.objects.create(code="jeugdhuis", naam="Jeugdhuis", soort="vzw", erkend_op=timezone.now())


# --- inviting ---------------------------------------------------------------------------------------


def test_what_is_refused(ronde, gesloten_ronde, maak_ronde, organisatie, coordinator, planner):
    alles = {"organisaties": [organisatie], "uit_lijst": [organisatie]}
    with pytest.raises(PermissionDenied):
        zet_genodigden(ronde=ronde, door=planner, **alles)
    with pytest.raises(MagNiet, match="gesloten"):
        zet_genodigden(ronde=gesloten_ronde, door=coordinator, **alles)
    concept = maak_ronde("concept", staat="concept")
    zet_genodigden(ronde=concept, door=coordinator, **alles)
    with pytest.raises(MagNiet, match="Zet de ronde eerst online"):
        mail_genodigden(ronde=concept, door=coordinator)
    straks = maak_ronde("straks", van=2, tot=9)
    with pytest.raises(MagNiet, match="als de ronde open is"):
        herinner_genodigden(ronde=straks, door=coordinator)
    assert not UitgaandeMail.objects.exists()


def test_a_choice_narrows_and_unrecognised_organisations_are_never_proposed(organisatie, ouderenraad, jeugdhuis, thema):
    Organisatie.objects.create(code="nieuw", naam="Aaa niet erkend", soort="vzw")
    organisatie.themas.add(thema)
    assert list(gekozen()) == [jeugdhuis, ouderenraad, organisatie]
    assert list(gekozen(soorten=["vzw"])) == [jeugdhuis, organisatie]
    assert list(gekozen(soorten=["vzw", "adviesraad"], themas=[thema])) == [organisatie]
    assert list(gekozen(soorten=["adviesraad"], themas=[thema])) == []


def test_from_list_to_reminder(als, huis, ronde, mandaat, ouderenraad, jeugdhuis, coordinator, maak_inbreng):
    ouderenraad.email = "raad@voorbeeld.example"
    ouderenraad.save()
    client, voedselbank = als(coordinator), mandaat.organisatie

    def doe(wat, pad=PAD, **data):
        berichten = client.post(pad, {"doe": wat, **data}, follow=True).context["messages"]
        return [str(bericht) for bericht in berichten]

    drie = [voedselbank.pk, ouderenraad.pk, jeugdhuis.pk]
    assert doe("lijst", organisaties=[999999]) == ["Kies organisaties uit de lijst. Er is niets veranderd."]
    assert doe("lijst", organisaties=drie) == ["De lijst is bewaard. Erbij: 3. Eraf: 0."]
    assert doe("lijst", f"{PAD}?soorten=adviesraad") == ["De lijst is bewaard. Erbij: 0. Eraf: 1."]  # the others stay
    doe("lijst", organisaties=drie)
    assert doe("mail") == ["Gemaild: 2. Zonder mailadres: 1. Bel die."]
    assert doe("mail") == ["Gemaild: 0. Zonder mailadres: 1. Bel die."]  # a second click
    assert {mail.aan for mail in UitgaandeMail.objects.all()} == {mandaat.gebruiker.email, "raad@voorbeeld.example"}
    tekst = UitgaandeMail.objects.first().tekst
    assert "/participatie/rondes/open/" in tekst
    assert not any(naam in tekst for naam in (voedselbank.naam, ronde.titel, ronde.vraag))
    assert doe("lijst") == ["De lijst is bewaard. Erbij: 0. Eraf: 1."]  # who had a mail stays
    maak_inbreng(ronde, "Wij doen mee.", organisatie=voedselbank)
    assert "Herinner 1 organisatie zonder reactie" in client.get(PAD).content.decode()
    assert doe("herinner") == ["Gemaild: 1."]
    assert doe("herinner") == ["Gemaild: 0."]
    assert Genodigde.objects.get(herinnerd_op__isnull=False).organisatie == ouderenraad
    assert UitgaandeMail.objects.count() == 3


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_of_the_invited(als, huis, ronde, coordinator, aantal, django_assert_num_queries):
    for nummer in range(aantal):
        rij = Organisatie.objects.create(code=f"o{nummer}", naam=f"O{nummer}", soort="vzw", erkend_op=timezone.now())
        Genodigde.objects.create(ronde=ronde, organisatie=rij, door=coordinator)
    client = als(coordinator)
    client.get(PAD)
    with django_assert_num_queries(19):
        assert client.get(PAD).status_code == 200


# --- counting ---------------------------------------------------------------------------------------


def vraag(soort, keuzes="A\nB\nC", **velden):
    return Formuliervraag(soort=soort, vraag="?", keuzes=keuzes, **velden)


def test_fewer_than_five_is_never_told(ronde):
    assert tel(vraag("keuze"), ["A"] * 4).te_weinig
    assert tel(vraag("keuze"), ["A"] * 4).rijen == []
    assert tel(vraag("keuze"), ["A"] * 9 + ["B"] * 2 + ["C"] * 6).rijen == [
        ("A", 9),
        ("B", "< 5"),
        ("C", "niet getoond"),
    ]
    assert tel(vraag("keuze"), ["A"] * 9 + ["B"] * 2 + ["C"] * 6).staven == []
    assert tel(vraag("punten", maximum=10), [{"A": 7, "B": 3}] * 5 + [{"A": 10}] + [{"C": 10}] * 4).rijen == [
        ("A", 45), ("B", "niet getoond"), ("C", "< 5"),
    ]  # fmt: skip


def test_what_many_answered_is_counted():
    assert tel(vraag("meerdere"), [["A", "B"]] * 5 + [["A"]]).rijen == [("A", 6), ("B", 5), ("C", 0)]
    schaal = tel(vraag("schaal"), [4, 4, 4, 4, 4, 2, 2, 2, 2, 2, 4])
    assert (schaal.zin, schaal.rijen[1], schaal.rijen[3]) == ("De middelste waarde is 4 op 5.", ("2", 5), ("4", 6))
    assert tel(vraag("getal"), [1, 2, 3, 4, 5, 60]).zin == "De middelste waarde is 3.5."
    rang = tel(vraag("rangschikken"), [["B", "A"]] * 5)
    assert rang.staven == [["B", 15], ["A", 10], ["C", 0]]
    assert tel(vraag("thema", ""), [["geld"]] * 5, {"thema": {"geld": "Geld", "werk": "Werk"}}).rijen == [
        ("Geld", 5), ("Werk", 0),
    ]  # fmt: skip


def test_everyone_sees_counts_after_closing_and_staff_before(als, bewoner, huis, ronde, coordinator, voedselbank):
    formulier = Formulier.objects.create(ronde=ronde)
    keuze = Formuliervraag.objects.create(
        formulier=formulier, nummer=1, soort="keuze", vraag="Kom je?", keuzes="Ja\nNee"
    )
    for nummer in range(9):
        inbreng = Inbreng.objects.create(ronde=ronde, met_formulier=True, teken="valstrik" if nummer == 8 else "")
        Formulierantwoord.objects.create(inbreng=inbreng, vraag=keuze, waarde="Ja" if nummer < 6 else "Nee")
    assert [(een.mensen, een.vragen[0].rijen, een.herkomst) for een in uitslagen(ronde)] == [
        (8, [("Ja", "niet getoond"), ("Nee", "< 5")], [])
    ]
    publiek = "/participatie/rondes/open/tellingen/"
    assert "als de ronde gesloten is" in bewoner.get(publiek).content.decode()
    assert bewoner.get(publiek).context["uitslagen"] is None
    assert als(voedselbank).get("/participatie/beheer/rondes/open/tellingen/").status_code in (403, 404)
    assert "8 keer ingevuld" in als(coordinator).get("/participatie/beheer/rondes/open/tellingen/").content.decode()
    ronde.opent_op, ronde.sluit_op = ronde.opent_op - timedelta(days=9), timezone.now() - timedelta(days=1)
    ronde.save()
    antwoord = bewoner.get(publiek)
    assert "8 keer ingevuld" in antwoord.content.decode()
    assert "Cookie" not in antwoord.headers.get("Vary", "")
    assert publiek in bewoner.get("/participatie/rondes/open/").content.decode()


def test_the_page_of_a_round_offers_what_can_be_done_now(bewoner, huis, ronde):
    assert "Vul de vragen in" not in bewoner.get("/participatie/rondes/open/").content.decode()
    formulier = Formulier.objects.create(ronde=ronde)
    Formuliervraag.objects.create(formulier=formulier, nummer=1, soort="kort", vraag="Wie?")
    inhoud = bewoner.get("/participatie/rondes/open/").content.decode()
    assert inhoud.index("Vul de vragen in") < inhoud.index("Geef je mening")
    ronde.zonder = ["inbrengen"]
    ronde.save()
    inhoud = bewoner.get("/participatie/rondes/open/").content.decode()
    assert "Geef je mening" not in inhoud
    ronde.fases.filter(soort="inbrengen").update(soort="wegen")
    assert "Vul de vragen in" not in bewoner.get("/participatie/rondes/open/").content.decode()
    Formulier.objects.update(fase="wegen")
    assert "Kies wat eerst moet" in bewoner.get("/participatie/rondes/open/").content.decode()
