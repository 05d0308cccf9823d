"""A year of the plan: proposed from what runs, adopted and frozen, followed up, reported, closed; then the next one."""

import io
import json
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plan.acties.jaarverslagen import Jaarverslagmaker, maak, met_verslag
from plan.acties.jaren import breng_naar, neem_op, volg_op
from plan.jaren import voorstel
from plan.models import Jaaractie, Jaaractieplan, Jaaropvolging, Jaarverslag, Plan, Raming, Standwoord
from sociaalhuis.models import PubliekeVersie
from tests.plan.test_beheer import bewaar, formulier

pytestmark = pytest.mark.usefixtures("huis")


@pytest.fixture
def acties(maak_actie):
    """a runs and has a task and money in 2026; b should have been done in 2025; c begins in 2027; d and e need nothing more."""
    a = maak_actie("a", begin=date(2026, 2, 1), einde=date(2027, 12, 31), korte_omschrijving="Beginnen.")
    b = maak_actie("b", einde=date(2025, 6, 30), stand="vertraagd", voortgang=40)
    c = maak_actie("c", begin=date(2027, 1, 1))
    d = maak_actie("d", stand="uitgevoerd", voortgang=100)
    e = maak_actie("e", stand="stopgezet")
    a.taken.create(titel="Folder maken", tegen=date(2026, 5, 1))
    a.taken.create(titel="Later", tegen=date(2027, 5, 1))
    return {actie.code[-1]: actie for actie in (a, b, c, d, e)}


@pytest.fixture
def jaar(plan):
    return Jaaractieplan.objects.create(plan=plan, jaar=2026, inleiding="<p>Ons eerste jaar.</p>")


@pytest.fixture
def geld(plan, acties, ocmw, coordinator):
    aanvraag = acties["a"].projectaanvragen.create(plan=plan, code="P1", titel="Project", aanvrager="Dienst")
    Raming.objects.create(
        projectaanvraag=aanvraag, bestuur=ocmw, jaar=2026, richting="uitgave", bedrag=Decimal("1200.50")
    )
    Raming.objects.create(projectaanvraag=aanvraag, bestuur=ocmw, jaar=2027, richting="uitgave", bedrag=Decimal("7"))
    aanvraag.noteer_staat("goedgekeurd", door=coordinator, beslissing="Ja.")
    aanvraag.save()
    return aanvraag


@pytest.fixture
def vast(jaar, acties, geld, coordinator):
    """2026 with two actions, adopted."""
    regels = [
        {"actie": acties["a"].pk, "wat": "Folder maken"},
        {"actie": acties["b"].pk, "wat": "Afwerken", "reden": "Te laat."},
    ]
    neem_op(jaarplan=jaar, regels=regels, door=coordinator)
    return breng_naar(jaarplan=jaar, staat="vastgesteld", door=coordinator, op=date(2026, 1, 15))


def breekt(naam):
    return pytest.raises(IntegrityError, match=naam)


def stelling(door, jaarplan, moment="halfjaar", **per_letter):
    """follow(...): a="in-uitvoering" and the like, with a note."""
    rijen = {
        regel.pk: (per_letter[regel.actie.code[-1]], f"Nota {regel.actie.code[-1]}")
        for regel in jaarplan.regels.select_related("actie")
        if regel.actie.code[-1] in per_letter
    }
    return volg_op(jaarplan=jaarplan, moment=moment, rijen=rijen, door=door)


# --- the database -----------------------------------------------------------------------------------


def test_an_adopted_year_stays_as_it_was(vast, acties, coordinator):
    regel = vast.regels.first()
    for naam, breek in [
        ("jaaractieplan_vastgesteld_blijft", lambda: Jaaractieplan.objects.update(inleiding="<p>Anders</p>")),
        ("jaaractieplan_vastgesteld_blijft", lambda: Jaaractieplan.objects.update(staat="ontwerp")),
        ("jaaractieplan_vastgesteld_blijft", lambda: Jaaractieplan.objects.update(tekst="{}")),
        ("jaaractieplan_vastgesteld_blijft", lambda: Jaaractieplan.objects.update(vastgesteld_op=None)),
        ("jaaractie_vastgesteld_blijft", lambda: Jaaractie.objects.filter(pk=regel.pk).update(wat="Anders")),
        ("jaaractie_vastgesteld_blijft", lambda: Jaaractie.objects.filter(pk=regel.pk).delete()),
        ("jaaractie_vastgesteld_blijft", lambda: vast.regels.create(actie=acties["c"], wat="Erbij")),
    ]:
        with breekt(naam), transaction.atomic():
            breek()
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM plan_jaaractieplan")
    Jaaractie.objects.filter(pk=regel.pk).update(resultaat="Dit mag wel")
    Jaaractieplan.objects.filter(pk=vast.pk).update(staat="afgesloten", evaluatie="<p>Goed.</p>")
    with breekt("jaaractie_vastgesteld_blijft"), transaction.atomic():
        Jaaractie.objects.filter(pk=regel.pk).update(resultaat="Te laat")
    with breekt("jaaractieplan_vastgesteld_blijft"), transaction.atomic():
        Jaaractieplan.objects.filter(pk=vast.pk).update(evaluatie="<p>Toch niet.</p>")


def test_a_year_is_adopted_whole_or_not(jaar, coordinator):
    for velden in ({"vastgesteld_op": date(2026, 1, 1)}, {"tekst": "{}"}, {"vingerafdruk": "x" * 64}):
        with breekt("jaaractieplan_vast_heel_of_niet"), transaction.atomic():
            Jaaractieplan.objects.filter(pk=jaar.pk).update(**velden)
    with breekt("jaaractieplan_vast_heel_of_niet"), transaction.atomic():
        Jaaractieplan.objects.filter(pk=jaar.pk).update(
            staat="vastgesteld",
            vastgesteld_op=date(2026, 1, 1),
            vastgesteld_door=coordinator,
            tekst="{}",
            vingerafdruk="x" * 64,
        )


def test_only_an_adopted_year_is_followed_up(jaar, acties, coordinator):
    neem_op(jaarplan=jaar, regels=[{"actie": acties["a"].pk, "wat": "Doen"}], door=coordinator)
    with breekt("jaaropvolging_van_vastgesteld_jaar"), transaction.atomic():
        Jaaropvolging.objects.create(
            jaaractie=jaar.regels.get(), moment="jaar", stand="in-uitvoering", door=coordinator
        )


# --- the verbs --------------------------------------------------------------------------------------


def test_the_proposal_holds_what_runs_with_its_tasks_and_money(plan, acties, geld):
    gevonden = voorstel(plan, 2026)
    assert [(v.actie.code[-1], v.doorgeschoven, v.wat) for v in gevonden] == [
        ("a", False, "Folder maken"),
        ("b", True, "Actie b"),
    ]
    assert [taak.titel for taak in gevonden[0].taken] == ["Folder maken"]
    assert gevonden[0].geld == {"ocmw": {"uitgave": Decimal("1200.50")}}
    volgend = {v.actie.code[-1]: v for v in voorstel(plan, 2027)}
    assert set(volgend) == {"a", "b", "c"}
    assert (volgend["a"].doorgeschoven, volgend["a"].open_van_vorig, volgend["a"].wat) == (
        True,
        "Folder maken",
        "Later",
    )
    acties["a"].taken.filter(titel="Folder maken").update(klaar_op=date(2026, 4, 1))
    assert not voorstel(plan, 2027)[0].doorgeschoven


def test_what_moves_on_needs_a_reason_and_comes_of_this_plan(jaar, acties, geheim_plan, planner, loket_ocmw):
    for regel, zin in [
        ({"actie": acties["b"].pk, "wat": "Afwerken", "reden": "  "}, "Schuift een actie door"),
        ({"actie": acties["a"].pk, "wat": " "}, "wat"),
        ({"actie": geheim_plan.onderdelen.get(soort="actie").pk, "wat": "x"}, "acties van dit plan"),
    ]:
        with pytest.raises(ValidationError, match=zin):
            neem_op(jaarplan=jaar, regels=[regel], door=planner)
    with pytest.raises(PermissionDenied):
        neem_op(jaarplan=jaar, regels=[], door=loket_ocmw)
    assert not jaar.regels.exists()
    goed = [{"actie": acties["a"].pk, "wat": "Doen"}] * 2
    assert (neem_op(jaarplan=jaar, regels=goed, door=planner), neem_op(jaarplan=jaar, regels=goed, door=planner)) == (
        1,
        0,
    )


def test_adopting_freezes_what_the_year_holds(vast, acties, plan, coordinator, planner):
    inhoud = json.loads(vast.tekst)
    assert inhoud["acties"][0] | {"sleutel": 0} == {
        "sleutel": 0, "code": "G1.1.a", "titel": "Actie a", "wat": "Folder maken", "overgedragen": "",
        "taken": [{"titel": "Folder maken", "tegen": "2026-05-01", "wie": ""}], "geld": {"ocmw": {"uitgave": "1200.50"}},
    }  # fmt: skip
    assert (inhoud["acties"][1]["overgedragen"], vast.vastgesteld_door) == ("Te laat.", coordinator)
    with pytest.raises(ValidationError, match="vastgesteld"):
        neem_op(jaarplan=vast, regels=[{"actie": acties["c"].pk, "wat": "x"}], door=coordinator)
    with pytest.raises(ValidationError, match="nu 'vastgesteld'"):
        breng_naar(jaarplan=vast, staat="ontwerp", door=coordinator)
    leeg = Jaaractieplan.objects.create(plan=plan, jaar=2028)
    with pytest.raises(ValidationError, match="nog geen acties"):
        breng_naar(jaarplan=leeg, staat="vastgesteld", door=coordinator)
    with pytest.raises(PermissionDenied):
        breng_naar(jaarplan=leeg, staat="vastgesteld", door=planner)
    assert breng_naar(jaarplan=leeg, staat="ontwerp", door=planner).staat == "ontwerp"


def test_following_up_closing_and_what_goes_on_next_year(vast, acties, plan, planner, coordinator):
    assert stelling(planner, vast, a="in-uitvoering", b="vertraagd") == 2
    assert stelling(coordinator, vast, a="in-uitvoering", b="vertraagd") == 0  # the same again writes nothing
    assert set(Jaaropvolging.objects.values_list("door", flat=True)) == {planner.pk}
    with pytest.raises(ValidationError, match="stand uit de lijst"):
        stelling(planner, vast, a="zomaar")
    with pytest.raises(ValidationError) as fout:
        breng_naar(jaarplan=vast, staat="afgesloten", door=coordinator)
    assert fout.value.messages == [
        "Schrijf eerst de evaluatie van dit jaar.",
        "G1.1.a Actie a: noteer eerst hoe het afliep.",
        "G1.1.b Actie b: noteer eerst hoe het afliep.",
    ]
    stelling(planner, vast, "jaar", a="vertraagd", b="uitgevoerd")
    assert list(vast.regels.values_list("resultaat", flat=True)) == ["Nota a", "Nota b"]
    Jaaractieplan.objects.filter(pk=vast.pk).update(evaluatie="<p>Een druk jaar.</p>")
    assert breng_naar(jaarplan=vast, staat="afgesloten", door=coordinator).staat == "afgesloten"
    with pytest.raises(ValidationError, match="nog niet afgesloten"):
        stelling(planner, vast, "jaar", a="uitgevoerd")
    acties["a"].taken.all().delete()
    volgend = {v.actie.code[-1]: v for v in voorstel(plan, 2027)}
    assert (volgend["a"].doorgeschoven, volgend["a"].open_van_vorig) == (True, "Folder maken")


# --- the pages of staff -----------------------------------------------------------------------------


def adres(naam, jaarplan, *meer):
    return reverse(f"admin:plan_jaaractieplan_{naam}", args=[jaarplan.pk, *meer])


def test_staff_make_a_year_from_the_proposal(huis, als, plan, acties, geld, planner, coordinator):
    client = als(planner)
    gemaakt = client.post(reverse("admin:plan_jaaractieplan_add"), {"plan": plan.pk, "jaar": "2026", "inleiding": ""})
    jaarplan = Jaaractieplan.objects.get()
    assert gemaakt["Location"] == adres("voorstel", jaarplan)
    pagina = client.get(adres("voorstel", jaarplan)).content.decode()
    for zin in ("Komt van vorig jaar", "Folder maken (tegen 1 mei 2026)", "OCMW: €\xa01.200,50 uitgaven"):
        assert zin in pagina
    a, b = (f"a{acties[letter].pk}" for letter in "ab")
    goed = {f"{a}-mee": "on", f"{a}-wat": "Folder", f"{b}-mee": "on", f"{b}-wat": "Afwerken", f"{b}-reden": "Ziekte."}
    for veld, waarde, zin in [
        (f"{b}-reden", "", "Schrijf waarom dit niet klaar was in het jaar ervoor."),
        (f"{a}-wat", " ", "Schrijf wat er dit jaar gebeurt."),
        (f"{a}-wat", "x" * 5000, "Nu zijn het er 5000."),
        (f"{b}-reden", "\x00", "NUL-tekens"),
    ]:
        fout = client.post(adres("voorstel", jaarplan), {**goed, veld: waarde})
        assert fout.status_code == 400 and "Er is nog niets bewaard." in fout.content.decode()
        assert zin in fout.content.decode() or veld == f"{b}-reden"
        assert "Ziekte." in fout.content.decode() or veld == f"{b}-reden"
    assert not jaarplan.regels.exists()
    zonder_b = {naam: waarde for naam, waarde in goed.items() if naam != f"{b}-mee"}
    client.post(adres("voorstel", jaarplan), zonder_b)
    assert [regel.wat for regel in jaarplan.regels.all()] == ["Folder"]
    assert [form.voorstel.actie for form in client.get(adres("voorstel", jaarplan)).context["forms"]] == [acties["b"]]
    client.post(adres("voorstel", jaarplan), goed)
    assert jaarplan.regels.get(actie=acties["b"]).overgedragen_reden == "Ziekte."
    assert client.post(adres("stap", jaarplan, "vastgesteld")).status_code == 302
    assert not Jaaractieplan.objects.get().is_vast  # only the coordinator adopts
    als(coordinator).post(adres("stap", jaarplan, "vastgesteld"))
    assert Jaaractieplan.objects.get().is_vast
    dubbel = als(coordinator).post(adres("stap", jaarplan, "vastgesteld"), follow=True)
    assert "Deze stap kan nu niet. Dit jaar is nu: vastgesteld." in dubbel.content.decode()


def test_staff_follow_up_without_overwriting_each_other(huis, als, vast, planner, coordinator, loket_ocmw):
    lijst = adres("opvolging", vast, "halfjaar")
    a, b = (regel.pk for regel in vast.regels.all())
    pagina, andere = (adres("volg_actie", vast, "halfjaar", sleutel) for sleutel in (a, b))
    assert "0 van 2 genoteerd" in als(planner).get(lijst).content.decode()
    eerst = als(planner).get(pagina)
    assert "Bewaar en ga naar G1.1.b" in eerst.content.decode()
    velden = {"_gezien": eerst.context["gezien"], "stand": "in-uitvoering", "nota": "Half"}
    for veld, waarde in (("nota", "x" * 5000), ("nota", "\x00"), ("stand", "zomaar"), ("stand", "")):
        slecht = als(planner).post(pagina, {**velden, veld: waarde})
        assert slecht.status_code == 400 and not Jaaropvolging.objects.exists()
    # a colleague writes about another action meanwhile: nothing is in the way of either
    ander = {"_gezien": als(coordinator).get(andere).context["gezien"], "stand": "vertraagd", "nota": ""}
    assert als(coordinator).post(andere, {**ander, "_volgende": "1"})["Location"] == pagina
    assert als(planner).post(pagina, {**velden, "_volgende": "1"})["Location"] == lijst  # nothing is left to do
    laat = als(coordinator).post(pagina, {**velden, "nota": "Mijn zin"})
    assert (
        laat.status_code == 400
        and "Gewijzigd door planner" in laat.content.decode()
        and "Mijn zin" in laat.content.decode()
    )
    assert set(Jaaropvolging.objects.values_list("nota", "door")) == {("Half", planner.pk), ("", coordinator.pk)}
    assert "2 van 2 genoteerd" in als(planner).get(lijst).content.decode()
    Standwoord.objects.create(plan=vast.plan, stand="in-uitvoering", woord="We zijn bezig")  # the town's own word
    einde = als(planner).get(adres("volg_actie", vast, "jaar", a)).content.decode()
    assert "We zijn bezig. Half" in einde and "Resultaat" in einde  # what was noted halfway stands beside it
    assert "<td>We zijn bezig</td>" in als(planner).get(lijst).content.decode()
    assert als(planner).get(adres("volg_actie", vast, "halfjaar", 999_999)).status_code == 404
    for deur in (lijst, pagina):
        assert als(loket_ocmw).get(deur).status_code == 403
    client = als(planner)
    client.get(lijst)
    with CaptureQueriesContext(connection) as twee:
        client.get(lijst)
    assert len(twee) <= 13
    opgeslagen = bewaar(als(planner), vast, evaluatie="<p>Goed jaar.</p>")
    assert opgeslagen.status_code == 302
    velden = formulier(als(planner).get(adres("change", vast)))
    assert not any(naam.endswith(("-wat", "-actie", "inleiding")) for naam in velden)
    Jaaractieplan.objects.update(staat="afgesloten")
    assert als(planner).post(adres("change", vast), {"evaluatie": "x"}).status_code == 403
    assert als(planner).post(adres("delete", vast), {"post": "yes"}).status_code == 403


def test_next_year_begins_at_the_year_before(huis, als, vast, planner):
    pagina = als(planner).get(adres("change", vast)).content.decode()
    assert "Maak het ontwerp van 2027" in pagina
    Jaaractieplan.objects.create(plan=vast.plan, jaar=2027)
    assert "Maak het ontwerp van 2027" not in als(planner).get(adres("change", vast)).content.decode()


# --- what anyone reads ------------------------------------------------------------------------------


def openbaar(naam, vast, *meer):
    return reverse(f"plan:{naam}", args=[vast.plan.slug, vast.jaar, *meer])


def test_there_is_no_report_before_anything_was_noted(vast, bewoner):
    for naam in ("jaarverslag", "jaarverslag_pdf", "jaarverslag_xlsx"):
        assert bewoner.get(openbaar(naam, vast, "halfjaar")).status_code == 404
    assert met_verslag() == []


def test_anyone_reads_the_year_and_its_reports(vast, plan, acties, planner, bewoner):
    stelling(planner, vast, a="in-uitvoering", b="vertraagd")
    jaar = bewoner.get(openbaar("jaar", vast)).content.decode()
    for zin in ("Vastgesteld op donderdag 15 januari 2026", "Hoe loopt het?", "Nota a", "(tegen 1 mei 2026)", "Te laat.",
                "Lees het opvolgingsrapport over het eerste halfjaar"):  # fmt: skip
        assert zin in jaar, zin
    assert "Lees het jaarverslag" not in jaar
    pagina = bewoner.get(openbaar("jaarverslag", vast, "halfjaar"))
    tekst = pagina.content.decode()
    for zin in (
        "Opvolgingsrapport eerste halfjaar 2026",
        "Daarvan schoof er 1 door",
        "Nota b",
        "€\xa01.200,50",
        "wordt nog gemaakt",
    ):
        assert zin in tekst, zin
    assert not pagina.cookies
    Raming.objects.update(bedrag=9)  # the money of the report is that of the year as adopted
    assert "€\xa01.200,50" in bewoner.get(openbaar("jaarverslag", vast, "halfjaar")).content.decode()
    boek = openpyxl.load_workbook(io.BytesIO(bewoner.get(openbaar("jaarverslag_xlsx", vast, "halfjaar")).content))
    assert [rij[3].value for rij in boek.worksheets[2].iter_rows(min_row=4)] == ["Nota a", "Nota b"]
    Plan.objects.update(staat="voorbereiding", gepubliceerd_op=None)
    assert bewoner.get(openbaar("jaarverslag", vast, "halfjaar")).status_code == 404


def test_the_worker_makes_the_pdf_once_per_content(vast, planner, coordinator, bewoner, monkeypatch):
    stelling(planner, vast, "jaar", a="uitgevoerd", b="stopgezet")
    Jaaractieplan.objects.filter(pk=vast.pk).update(evaluatie="<p>Een druk jaar.</p><ul><li>Veel geleerd</li></ul>")
    vast.refresh_from_db()
    wacht = bewoner.get(openbaar("jaarverslag_pdf", vast, "jaar"))
    assert (wacht.status_code, wacht["Cache-Control"]) == (202, "no-store")
    PubliekeVersie.objects.update_or_create(pk=1, defaults={"nummer": 5})
    maker = Jaarverslagmaker()
    assert (maker(), maker()) == (True, False)
    with CaptureQueriesContext(connection) as vragen:
        antwoord = bewoner.get(openbaar("jaarverslag_pdf", vast, "jaar"))
    assert len(vragen) <= 4 and not any("plan_raming" in vraag["sql"] for vraag in vragen)  # nothing is built anew
    with pikepdf.open(io.BytesIO(b"".join(antwoord.streaming_content))) as pdf:
        assert str(pdf.Root.Lang) == "nl-BE" and pdf.Root.MarkInfo.Marked
        assert "pdfuaid:part" in pdf.Root.Metadata.read_bytes().decode() or b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    assert (
        bewoner.get(openbaar("jaarverslag_pdf", vast, "jaar"), headers={"if-none-match": antwoord["ETag"]}).status_code
        == 304
    )
    assert not maak(vast, "jaar")
    eerste = Jaarverslag.objects.get().van
    stelling(planner, vast, "jaar", a="vertraagd")
    assert maak(vast, "jaar") and Jaarverslag.objects.get().van != eerste
    assert "Een druk jaar." in bewoner.get(openbaar("jaarverslag", vast, "jaar")).content.decode()
    assert Jaaropvolging.objects.first().op <= timezone.now() and isinstance(
        Jaarverslag.objects.get().gemaakt_op, datetime
    )
