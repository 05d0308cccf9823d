"""What did not come through the website: the form on paper, typing it in, and a conversation with a group."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participatie.acties.namens import voer_in
from participatie.models import Groepsgesprek, Inbreng, Ronde
from plan.acties.alineas import volg
from sociaalhuis import ontvangst
from tests.keurpdf import keur

VANDAAG = timezone.localdate


@pytest.fixture
def typ_in(bewijs):
    def post(client, ronde, nummer=1, **velden):
        velden = {"bewijs": bewijs(nummer), "kanaal": "papier", "ontvangen_op": VANDAAG().isoformat(), **velden}
        return client.post(f"/participatie/beheer/rondes/{ronde.slug}/invoeren/", velden)

    return post


def test_the_form_on_paper_has_a_code_for_every_part_and_paragraph(bewoner, huis, ronde, actie):
    actie.lange_omschrijving = "<p>We bouwen zes woningen.</p>"
    actie.save()
    volg(actie)
    alinea = actie.alineas.get()
    pagina = bewoner.get("/participatie/rondes/open/papier/").content.decode()
    assert "<strong>G1</strong> Wonen" in pagina and "Waar geef je dit af?" in pagina
    assert f"A{alinea.pk}" not in pagina
    met_tekst = bewoner.get("/participatie/rondes/open/papier/?deel=G1").content.decode()
    assert f"<strong>A{alinea.pk}</strong>" in met_tekst and "We bouwen zes woningen." in met_tekst
    assert bewoner.get("/participatie/rondes/open/papier/?deel=%00G9").status_code == 404
    pdf = bewoner.get("/participatie/rondes/open/papier.pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"
    keur(pdf.content)


def test_paper_is_typed_in_one_after_another_and_a_double_is_noticed(
    als, huis, ronde, actie, coordinator, planner, voedselbank, bewoner, typ_in, organisatie
):
    for wie in (voedselbank,):
        assert typ_in(als(wie), ronde, tekst="x").status_code == 404
    staf = als(planner)
    leeg = typ_in(staf, ronde, code="G9", tekst="", standpunt="bezwaar").context["form"].errors
    assert leeg == {
        "code": ["We vinden geen deel of alinea met de code “G9”. Kijk hem na op het papier."],
        "standpunt": ["Alleen een organisatie geeft een standpunt. Kies welke."],
        "tekst": ["Typ over wat er op het papier staat."],
    }
    morgen = (VANDAAG() + timedelta(days=1)).isoformat()
    fout = typ_in(staf, ronde, tekst="Meer banken in het park.", ontvangen_op=morgen)
    assert fout.context["form"].non_field_errors() == ["De dag van ontvangst ligt in de toekomst. Kijk de datum na."]
    goed = typ_in(staf, ronde, code="g1.1.a", tekst="Meer banken in het park.", kanaal="telefoon", naam_publiek="Rosa")
    inbreng = Inbreng.objects.get()
    assert (inbreng.onderdeel_id, inbreng.kanaal, inbreng.ingevoerd_door, inbreng.staat) == (
        actie.pk, "telefoon", planner, "ingediend",
    )  # fmt: skip
    assert ontvangst.klopt(goed.context["bewaard"].code.replace("-", ""), inbreng.code_hash)
    assert goed.context["form"]["kanaal"].value() == "telefoon"  # ready for the next one
    assert goed.context["form"]["tekst"].value() is None
    # the same page twice is one; the same words from another page are asked about
    typ_in(staf, ronde, code="g1.1.a", tekst="Meer banken in het park.", kanaal="telefoon", naam_publiek="Rosa")
    dubbel = typ_in(staf, ronde, nummer=2, tekst="meer banken in het park")
    assert dubbel.context["form"].errors["dubbel"] and dubbel.context["form"].lijkt_op == [inbreng]
    assert Inbreng.objects.count() == 1
    typ_in(staf, ronde, nummer=2, tekst="meer banken in het park", dubbel="on")
    typ_in(als(coordinator), ronde, nummer=3, tekst="", organisatie=organisatie.pk, standpunt="akkoord")
    assert sorted(Inbreng.objects.values_list("staat", "standpunt")) == [
        ("ingediend", ""), ("ingediend", ""), ("zichtbaar", "akkoord"),
    ]  # fmt: skip
    with pytest.raises(PermissionDenied):
        voer_in(ronde=ronde, kanaal="papier", ontvangen_op=VANDAAG(), tekst="x", inzending="1" * 32, door=voedselbank)


def test_what_was_handed_in_before_the_end_is_not_late(als, huis, gesloten_ronde, coordinator, typ_in):
    sloot = timezone.localdate(gesloten_ronde.sluit_op)
    typ_in(als(coordinator), gesloten_ronde, tekst="Op tijd in de bus.", ontvangen_op=sloot.isoformat())
    typ_in(als(coordinator), gesloten_ronde, nummer=2, tekst="Een dag later gebracht.")
    assert list(Inbreng.objects.order_by("pk").values_list("staat", flat=True)) == ["zichtbaar", "te_laat"]


def test_a_conversation_with_a_group_is_one_record_whose_points_are_inputs(
    als, huis, ronde, coordinator, bewoner, maak_inbreng
):
    staf, pad = als(coordinator), "/participatie/beheer/rondes/open/gesprek/"
    velden = {"datum": VANDAAG().isoformat(), "plaats": "Buurthuis De Brug", "geleid_door": "Buurtwerk"}
    fout = staf.post(pad, {**velden, "aantal": "1", "punten": "G9: Te ver."}).context["form"].errors
    assert fout == {
        "aantal": ["Een groep is met twee of meer."],
        "punten": ["We vinden geen deel of alinea met de code “G9”. Kijk hem na op het papier."],
    }
    punten = "G1.1.a: De woning is te klein.\r\n\r\n\r\nWe willen een bank."
    for _ in range(2):
        antwoord = staf.post(pad, {**velden, "aantal": "20", "punten": punten})
    assert "staan de punten er al" in antwoord.content.decode()
    assert (Groepsgesprek.objects.count(), Inbreng.objects.count()) == (1, 2)
    assert sorted(Inbreng.objects.values_list("tekst", "onderdeel__code")) == [
        ("De woning is te klein.", "G1.1.a"), ("We willen een bank.", None),
    ]  # fmt: skip
    maak_inbreng(ronde, "Van mij", door=coordinator)
    geteld = Ronde.objects.met_tellingen().get(pk=ronde.pk)
    assert (geteld.burgers_aantal, geteld.namens_aantal, geteld.groepen_aantal, geteld.groep_mensen) == (1, 0, 1, 20)
    pagina = bewoner.get("/participatie/rondes/open/").content.decode()
    assert pagina.count("Groepsgesprek, 20 mensen") >= 2
    assert "1 groepsgesprek, samen 20 mensen" in pagina
    gefilterd = bewoner.get("/participatie/rondes/open/?wie=groepen").context["pagina"]
    assert gefilterd.paginator.count == 2
