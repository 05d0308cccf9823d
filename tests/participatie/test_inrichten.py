"""The coordinator makes a round: what is refused, its days, its questions and their versions; and the whole way online."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from participatie.acties import vragenlijst
from participatie.acties.inrichten import maak_ronde
from participatie.models import Formulier, Formulierantwoord, Formuliervraag, Inbreng, Ronde
from participatie.recepten import RECEPTEN, voorstel
from participatie.staat import MagNiet

BEHEER = "/participatie/beheer/"
WERKDAG = date(2026, 11, 20)  # a Friday
DAG = timedelta(days=1)


@pytest.fixture
def bevraging(plan, coordinator):
    return maak_ronde(recept=RECEPTEN["bevraging"], plan=plan, door=coordinator)


def fouten(antwoord):
    return {naam: regels[0] for naam, regels in antwoord.context["form"].errors.items()}


# --- days -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", RECEPTEN)
def test_proposed_days_are_working_days_in_order(code):
    gesloten = frozenset({date(2026, 11, 27), date(2026, 12, 24)})
    tijden = voorstel(RECEPTEN[code], WERKDAG, gesloten)
    assert tijden.opent_op == timezone.make_aware(datetime(2026, 11, 30, 9))  # five working days, one of them closed
    dagen = [timezone.localdate(tot) for _, _, tot in tijden.fasen] + [tijden.antwoord_tegen]
    assert dagen == sorted(dagen)
    assert all(dag.weekday() < 5 and dag not in gesloten for dag in dagen)
    assert [soort for soort, _, _ in tijden.fasen] == list(RECEPTEN[code].dagen)


# --- the round --------------------------------------------------------------------------------------


def velden(ronde, **anders):
    opent, sluit = timezone.localtime(ronde.opent_op), timezone.localtime(ronde.sluit_op)
    return {
        "titel": ronde.titel, "vraag": ronde.vraag, "wie": ronde.wie, "inleiding": ronde.inleiding, "versie": "",
        "stappen": "inbrengen", "opent_dag": opent.date(), "opent_uur": "09:00", "weegt_dag": "",
        "sluit_dag": sluit.date(), "sluit_uur": "23:59", "antwoord_dag": ronde.antwoord_tegen, "kan": ["invullen"], **anders,
    }  # fmt: skip


def test_days_that_cannot_be_are_refused_in_words(als, huis, bevraging, coordinator):
    client, pad = als(coordinator), f"{BEHEER}rondes/{bevraging.slug}/inrichten/"
    opent, sluit = timezone.localdate(bevraging.opent_op), timezone.localdate(bevraging.sluit_op)
    for anders, fout in [
        ({"sluit_dag": opent - DAG}, {"sluit_dag": "De ronde sluit nadat ze opent. Kies een latere dag."}),
        (
            {"antwoord_dag": sluit - DAG},
            {"antwoord_dag": "Antwoorden kan pas als de ronde gesloten is. Kies een latere dag."},
        ),
        ({"stappen": "beide"}, {"weegt_dag": "Kies een dag tussen het openen en het sluiten."}),
        (
            {"stappen": "beide", "weegt_dag": sluit + DAG},
            {"weegt_dag": "Kies een dag tussen het openen en het sluiten."},
        ),
        ({"kan": []}, {"kan": "Kies minstens één manier om mee te doen."}),
        ({"opent_dag": "31/2/2027"}, {"opent_dag": "Deze datum bestaat niet."}),
        ({"titel": "x" * 121}, None),
        ({"titel": ""}, None),
    ]:
        gevonden = fouten(client.post(pad, velden(bevraging, **anders)))
        assert gevonden == fout if fout else list(gevonden) == ["titel"], anders
    assert client.post(pad, velden(bevraging, stappen="beide", weegt_dag=opent + DAG, titel="Nieuw")).status_code == 302
    ronde = Ronde.objects.get(pk=bevraging.pk)
    assert ronde.titel == "Nieuw"
    assert [fase.soort for fase in ronde.fases.all()] == ["inbrengen", "wegen", "antwoorden", "resultaat"]
    assert ronde.zonder == ["inbrengen", "amenderen", "standpunt", "steunen", "adviseren"]


def test_an_open_round_keeps_its_opening_and_a_closed_one_everything(als, huis, ronde, gesloten_ronde, coordinator):
    client = als(coordinator)
    gevonden = fouten(client.post(f"{BEHEER}rondes/open/inrichten/", velden(ronde)))
    assert gevonden == {"__all__": "De ronde is al open. Het uur waarop ze opent, ligt vast."}
    opent = timezone.localtime(ronde.opent_op)
    Ronde.objects.filter(pk=ronde.pk).update(opent_op=opent.replace(hour=9, minute=0, second=0, microsecond=0))
    ronde.refresh_from_db()
    voorbij = velden(ronde, sluit_dag=timezone.localdate() - DAG)
    assert fouten(client.post(f"{BEHEER}rondes/open/inrichten/", voorbij)) == {
        "__all__": "Het uur waarop de ronde sluit, is al voorbij. Kies een later uur."
    }
    assert "veranderen niet meer" in client.get(f"{BEHEER}rondes/gesloten/inrichten/").content.decode()
    gevonden = fouten(client.post(f"{BEHEER}rondes/gesloten/inrichten/", velden(gesloten_ronde)))
    assert gevonden == {"__all__": "Deze ronde is gesloten. Ze verandert niet meer."}


def test_who_is_not_the_coordinator_makes_nothing(als, bewoner, huis, bevraging, planner, voedselbank):
    paden = ["ronde-maken/", *(f"rondes/{bevraging.slug}/{pad}" for pad in ("inrichten/", "vragen/inbrengen/", "vragen/inbrengen/proef/"))]  # fmt: skip
    for pad in paden:
        assert als(planner).get(BEHEER + pad).status_code in (403, 404), pad
        assert als(voedselbank).get(BEHEER + pad).status_code in (403, 404), pad
        assert bewoner.get(BEHEER + pad).status_code == 302, pad


# --- questions --------------------------------------------------------------------------------------

VRAAG = {"soort": "kort", "vraag": "Hoe heet je?", "uitleg": "", "keuzes": "", "minimum": "", "maximum": "", "laag": "",
         "hoog": "", "toon_als": "", "toon_waarde": ""}  # fmt: skip


def test_a_question_that_cannot_be_asked_is_refused_in_words(als, huis, bevraging, coordinator):
    client, pad = als(coordinator), f"{BEHEER}rondes/{bevraging.slug}/vragen/inbrengen/nieuw/"
    eerst = bevraging.formulieren.get().vragen.get(nummer=1)
    for anders, fout in [
        ({"vraag": ""}, {"vraag": "Schrijf je vraag."}),
        ({"soort": "keuze", "keuzes": "Ja"}, {"keuzes": "Schrijf minstens twee antwoorden, één op elke regel."}),
        ({"soort": "punten", "keuzes": "Ja\n Ja "}, {"keuzes": "Twee antwoorden zijn hetzelfde."}),
        (
            {"soort": "keuze", "keuzes": "Ja\n" + "x" * 201},
            {"keuzes": "Een antwoord is te lang: hoogstens 200 tekens."},
        ),
        ({"soort": "getal", "minimum": "5", "maximum": "5"}, {"maximum": "Het hoogste is meer dan het laagste."}),
        ({"soort": "schaal", "maximum": "50"}, {"maximum": "Een schaal heeft twee tot elf cijfers."}),
        ({"soort": "punten", "keuzes": "a\nb", "maximum": "9999"}, {"maximum": "Kies 1 tot 1000 punten."}),
        ({"toon_als": eerst.pk, "toon_waarde": "Misschien"}, {"toon_waarde": "Kies een van deze antwoorden: Ja, Nee."}),
    ]:
        assert fouten(client.post(pad, {**VRAAG, **anders})) == fout, anders
    assert bevraging.formulieren.get().vragen.count() == 4


def test_questions_move_and_go_unless_another_needs_them(als, huis, bevraging, coordinator):
    client, pad = als(coordinator), f"{BEHEER}rondes/{bevraging.slug}/vragen/inbrengen/"
    vragen = list(bevraging.formulieren.get().vragen.all())

    def doe(wat):
        berichten = client.post(pad, {"doe": wat}, follow=True).context["messages"]
        return [str(bericht) for bericht in berichten]

    assert doe(f"weg:{vragen[0].stam}") == [
        "“Hoe goed hielpen we je?” hangt af van deze vraag. Pas eerst die vraag aan."
    ]
    assert doe(f"op:{vragen[1].stam}") == ["Een vraag komt na de vraag waarvan ze afhangt."]
    doe(f"op:{vragen[3].stam}")
    doe(f"weg:{vragen[1].stam}")
    assert list(bevraging.formulieren.get().vragen.values_list("nummer", "vraag")) == [
        (1, "Kom je soms in het Sociaal Huis?"), (2, "Wat moeten we beter doen?"), (3, "Wat hield je tegen?"),
    ]  # fmt: skip
    assert bevraging.formulieren.get().stand == 3
    assert client.post(pad, {"doe": "weg:00000000-0000-0000-0000-000000000000"}).status_code == 404
    with pytest.raises(MagNiet, match="Wat hield je tegen"):
        vragenlijst.bewaar_vraag(
            ronde=bevraging, fase="inbrengen", stam=vragen[0].stam, gegevens={"keuzes": "Ja\nSoms"}, door=coordinator
        )


def test_a_form_with_answers_gets_a_new_version_and_old_answers_keep_theirs(als, huis, bevraging, coordinator):
    client, pad = als(coordinator), f"{BEHEER}rondes/{bevraging.slug}/vragen/inbrengen/"
    vraag = bevraging.formulieren.get().vragen.get(nummer=4)
    inbreng = Inbreng.objects.create(ronde=bevraging, met_formulier=True)
    Formulierantwoord.objects.create(inbreng=inbreng, vraag=vraag, waarde="Meer bankjes")
    assert "Deze vragen staan online" in client.get(pad).content.decode()
    antwoord = client.post(f"{pad}{vraag.stam}/", {**VRAAG, "soort": "lang", "vraag": "Wat moet anders?"}, follow=True)
    assert "Versie 2 is nog niet in gebruik" in antwoord.content.decode()
    assert Formulier.objects.huidig(bevraging, "inbrengen").nummer == 1
    client.post(pad, {"doe": "gebruik"})
    nieuw = Formulier.objects.huidig(bevraging, "inbrengen")
    assert (nieuw.nummer, [v.vraag for v in nieuw.vragen.all()][-1]) == (2, "Wat moet anders?")
    assert nieuw.vragen.get(nummer=2).toon_als == nieuw.vragen.get(nummer=1)
    assert nieuw.vragen.get(nummer=4).stam == vraag.stam
    assert inbreng.formulierantwoorden.get().vraag.vraag == "Wat moeten we beter doen?"


def test_questions_are_copied_from_another_round(als, huis, bevraging, ronde, coordinator):
    client, pad = als(coordinator), f"{BEHEER}rondes/open/vragen/inbrengen/"
    assert fouten_over(client.post(pad, {"doe": "over", "van": ""})) == {"van": ["Kies een ronde."]}
    client.post(pad, {"doe": "over", "van": bevraging.formulieren.get().pk})
    nieuw = Formulier.objects.huidig(ronde, "inbrengen")
    assert [vraag.vraag for vraag in nieuw.vragen.all()] == [v.vraag for v in bevraging.formulieren.get().vragen.all()]
    assert not set(nieuw.vragen.values_list("stam")) & set(bevraging.formulieren.get().vragen.values_list("stam"))


def fouten_over(antwoord):
    return antwoord.context["over"].errors


def test_a_try_out_checks_everything_and_keeps_nothing(als, huis, bevraging, coordinator):
    client, pad = als(coordinator), f"{BEHEER}rondes/{bevraging.slug}/vragen/inbrengen/proef/"
    namen = {vraag.nummer: vraag.veldnaam for vraag in bevraging.formulieren.get().vragen.all()}
    assert fouten(client.post(pad, {namen[1]: "Ja"})) == {namen[2]: "Kies een cijfer."}
    antwoord = client.post(pad, {namen[1]: "Ja", namen[2]: "4"})
    assert antwoord.context["uitkomst"] == [
        ("Kom je soms in het Sociaal Huis?", "Ja"),
        ("Hoe goed hielpen we je?", "4"),
    ]
    assert (Inbreng.objects.count(), Formulierantwoord.objects.count()) == (0, 0)


# --- the whole way ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", RECEPTEN)
def test_from_recipe_to_online(als, bewoner, huis, plan, coordinator, code):
    client = als(coordinator)
    assert fouten(client.post(f"{BEHEER}ronde-maken/", {"plan": plan.pk, "titel": ""})) == {
        "recept": "Kies wat je wil doen."
    }
    gemaakt = client.post(f"{BEHEER}ronde-maken/", {"recept": code, "plan": plan.pk, "titel": ""})
    ronde = Ronde.objects.get(recept=code)
    assert gemaakt.url == f"{BEHEER}rondes/{ronde.slug}/inrichten/"
    assert client.get(gemaakt.url).status_code == 200
    assert "Dit is een concept" in client.get(ronde.get_absolute_url()).content.decode()
    assert bewoner.get(ronde.get_absolute_url()).status_code == 404
    client.post(f"{BEHEER}rondes/{ronde.slug}/publiceer/", {"wat": "ronde"})
    ronde.refresh_from_db()
    assert (ronde.staat, ronde.fase, ronde.soort_fase(ronde.opent_op)) == (
        "gepubliceerd",
        "straks",
        next(iter(RECEPTEN[code].dagen)),
    )
    assert bewoner.get(ronde.get_absolute_url()).status_code == 200
    if code == "prioriteiten":
        assert Formuliervraag.objects.get(formulier__ronde=ronde, nummer=1).lijst == ["G1 Wonen"]


def test_the_admin_does_not_move_the_round_away_from_its_weighing(als, huis, bevraging, coordinator):
    begin, sluit = bevraging.opent_op, bevraging.sluit_op
    bevraging.fases.filter(soort="inbrengen").update(tot=sluit - 5 * DAG)
    bevraging.fases.create(soort="wegen", van=sluit - 5 * DAG, tot=sluit)
    bevraging.sluit_op = begin + DAG
    with pytest.raises(ValidationError, match="valt dan buiten de ronde"):
        bevraging.clean()


def test_the_introduction_is_written_without_html_and_the_address_is_of_whole_words(
    client, als, huis, plan, coordinator
):
    ronde = maak_ronde(
        recept=RECEPTEN["nalezen"], plan=plan, door=coordinator, titel="Wat vind je van het plan voor volgend jaar?"
    )
    assert ronde.slug == "wat-vind-je-van-het-plan-voor-volgend"
    cora, pad = als(coordinator), f"{BEHEER}rondes/{ronde.slug}/inrichten/"
    begin = cora.get(pad).context["form"].initial["inleiding"]
    assert begin.startswith("We schreven een ontwerp.") and "<" not in begin
    tekst = "Lees **mee**.\n\n- thuis\n- bij ons <script>"
    assert cora.post(pad, velden(ronde, inleiding=tekst, kan=["amenderen"])).status_code == 302
    ronde.refresh_from_db()
    assert ronde.inleiding == "<p>Lees <strong>mee</strong>.</p><ul><li>thuis</li><li>bij ons &lt;script&gt;</li></ul>"
    assert cora.get(pad).context["form"].initial["inleiding"] == tekst
    assert cora.post(f"{BEHEER}rondes/{ronde.slug}/publiceer/", {"wat": "ronde"}).status_code == 302
    assert client.get(ronde.get_absolute_url()).context["wegen"] == [
        {"naam": "participatie:tekst", "tekst": "Lees nu al de tekst"}
    ]
