"""The coverage matrix: what counts in a cell, what a gap is, who accepts one, and how many queries it takes."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from plan.acties.leemten import aanvaard, trek_in
from plan.dekking import Dekking
from plan.models import Indicator, Leemte, Meting, Raming
from sociaalhuis.models import Doelgroep, Gebied, Thema

STRAKS = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def wijk(gebied):
    dorp = Gebied.objects.create(code="dorp", naam="Dorp", soort="deelgemeente", ouder=gebied, volgorde=1)
    return Gebied.objects.create(code="wijk", naam="Wijk", soort="wijk", ouder=dorp, volgorde=2)


@pytest.fixture
def ander(gebied):
    return Gebied.objects.create(code="elders", naam="Elders", soort="deelgemeente", ouder=gebied, volgorde=3)


@pytest.fixture
def jongeren(doelgroep):
    return Doelgroep.objects.create(code="jongeren", naam="Jongeren", volgorde=9)


def cel(plan, thema, doelgroep, gebied=None):
    dekking = Dekking(plan)
    rijen = dict(dekking.vakken(dekking.gebied(gebied.code) if gebied else None))
    return next(
        v for een, vakken in rijen.items() for v in vakken if (een.pk, v.doelgroep.pk) == (thema.pk, doelgroep.pk)
    )


def tekst(antwoord, status=200):
    assert antwoord.status_code == status
    return " ".join(antwoord.content.decode().split())


@pytest.fixture
def gat(plan, thema, jongeren):
    return {"plan": plan, "thema": thema, "doelgroep": jongeren, "gebied": None}


REDEN = {"reden": "De school doet het al.", "namens": "Stuurgroep", "tot": STRAKS}


# --- accepting a gap ----------------------------------------------------------------------------


def test_only_the_coordinator_accepts_a_gap(gat, planner, loket_ocmw, coordinator):
    for wie in (planner, loket_ocmw):
        with pytest.raises(PermissionDenied):
            aanvaard(door=wie, **gat, **REDEN)
    leemte = aanvaard(door=coordinator, **gat, **REDEN)
    for wie in (planner, loket_ocmw):
        with pytest.raises(PermissionDenied):
            trek_in(leemte=leemte, door=wie)
    trek_in(leemte=leemte, door=coordinator)
    trek_in(leemte=leemte, door=coordinator)
    assert not Leemte.objects.exists()


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"tot": timezone.localdate()}, "tot"), ({"tot": date(2032, 1, 1)}, "tot"), ({"reden": " ‮"}, "reden"),
        ({"namens": ""}, "namens"), ({"reden": "x" * 501}, "reden"),
    ],
)  # fmt: skip
def test_a_gap_needs_a_reason_a_name_and_a_day(gat, coordinator, velden, veld):
    with pytest.raises(ValidationError) as fout:
        aanvaard(door=coordinator, **gat, **{**REDEN, **velden})
    assert list(fout.value.message_dict) == [veld]


def test_the_database_keeps_one_per_cell_and_a_day_that_comes(gat, coordinator):
    aanvaard(door=coordinator, **gat, **REDEN)
    weer = aanvaard(door=coordinator, **gat, **{**REDEN, "reden": "Nieuwe reden."})  # the new reason counts
    assert [leemte.reden for leemte in Leemte.objects.all()] == ["Nieuwe reden."]
    with pytest.raises(IntegrityError, match="leemte_een_per_vak"), transaction.atomic():
        Leemte.objects.create(door=coordinator, **gat, **REDEN)
    for velden, regel in [
        ({"tot": weer.aanvaard_op}, "leemte_loopt_af"),
        ({"namens": ""}, "leemte_zegt_waarom_en_wie"),
    ]:
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            Leemte.objects.update(**velden)


def test_what_is_accepted_expires(gat, plan, thema, jongeren, coordinator):
    aanvaard(door=coordinator, **gat, **REDEN)
    assert (cel(plan, thema, jongeren).is_aanvaard, cel(plan, thema, jongeren).is_gat) == (True, False)
    assert Leemte.objects.geldig().count() == 1
    Leemte.objects.update(aanvaard_op=date(2026, 1, 1), tot=timezone.localdate() - timedelta(days=1))
    assert (cel(plan, thema, jongeren).is_aanvaard, cel(plan, thema, jongeren).is_gat) == (False, True)
    assert Leemte.objects.geldig().count() == 0


# --- what counts --------------------------------------------------------------------------------


def test_an_area_counts_what_happens_there_in_a_part_of_it_and_everywhere(
    plan, maak_actie, thema, doelgroep, wijk, ander, gebied
):
    rest = {"themas": [thema], "doelgroepen": [doelgroep]}
    in_wijk, overal, in_ander = (
        maak_actie("a", gebieden=[wijk], **rest),
        maak_actie("b", **rest),
        maak_actie("c", gebieden=[ander], **rest),
    )
    hele_stad = maak_actie("d", gebieden=[gebied], **rest)

    def hier(waar):
        return cel(plan, thema, doelgroep, waar).acties

    assert hier(None) == [in_wijk.pk, overal.pk, in_ander.pk, hele_stad.pk]
    assert hier(wijk) == hier(wijk.ouder) == [in_wijk.pk, overal.pk, hele_stad.pk]
    assert hier(ander) == [overal.pk, in_ander.pk, hele_stad.pk]
    assert hier(gebied) == hier(None)


def test_a_cell_tells_money_and_the_worst_of_its_indicators(
    plan, actie, garantie, aanvraag, thema, doelgroep, jongeren, ocmw, coordinator, planner
):
    actie.themas.add(thema)
    actie.doelgroepen.add(doelgroep)
    for richting, bedrag in (("uitgave", "1000.50"), ("uitgave", "500"), ("ontvangst", "9")):
        Raming.objects.create(projectaanvraag=aanvraag, bestuur=ocmw, jaar=2027, richting=richting, bedrag=D(bedrag))
    assert cel(plan, thema, doelgroep).geld == 0  # asked for, not granted
    type(aanvraag).objects.update(
        staat="goedgekeurd", beslist_op=date(2026, 1, 1), beslist_door=coordinator, beslissing="Ja."
    )
    vak = cel(plan, thema, doelgroep)
    assert (vak.geld, vak.koers, vak.is_leeg) == (D("1500.50"), None, False)

    def meet(code, deel, waarde):
        indicator = Indicator.objects.create(
            plan=plan,
            code=code,
            titel=code,
            eenheid="x",
            richting="omhoog",
            nulmeting=0,
            nulmeting_op=date(2025, 12, 31),
        )
        indicator.onderdelen.add(deel)
        indicator.streefwaarden.create(jaar=2026, waarde=10)
        if waarde is not None:
            Meting.objects.create(
                indicator=indicator, datum=date(2026, 12, 31), periode_begin=date(2026, 1, 1), waarde=waarde, staat="goedgekeurd",
                ingevoerd_door=planner, ingediend_op=timezone.now(), gekeurd_op=timezone.now(), gekeurd_door=coordinator,
            )  # fmt: skip

    meet("I1", actie, None)
    assert cel(plan, thema, doelgroep).koers == "geen-meting"
    meet("I2", actie.ouder, 10)  # the goal above
    assert cel(plan, thema, doelgroep).koers == "op-koers"
    meet("I3", garantie, 1)  # a guarantee says nothing about one cell
    assert cel(plan, thema, doelgroep).koers == "op-koers"
    meet("I4", actie, 1)
    vak = cel(plan, thema, doelgroep)
    assert vak.koers == "achter"
    assert vak.koersen == {"achter": 1, "op-koers": 1, "geen-meting": 1}
    assert cel(plan, thema, jongeren).koers is None


def test_at_most_ten_queries_whatever_the_size(
    huis, plan, maak_actie, thema, doelgroep, wijk, coordinator, bewoner, django_assert_num_queries, gat
):
    adres = reverse("plan:matrix", args=[plan.slug])

    def vul(nummer):
        actie = maak_actie(f"x{nummer}", themas=[thema], doelgroepen=[doelgroep], gebieden=[wijk])
        Indicator.objects.create(
            plan=plan, code=f"I{nummer}", titel="x", eenheid="x", richting="omhoog"
        ).onderdelen.add(actie)
        Thema.objects.create(code=f"t{nummer}", naam=f"Thema {nummer}")
        aanvaard(door=coordinator, **gat | {"thema": Thema.objects.get(code=f"t{nummer}")}, **REDEN)

    for nummer in (1, 2, 3):
        vul(nummer)
        if nummer in (1, 3):
            for vraag in ({}, {"gebied": "wijk"}):
                with django_assert_num_queries(9):
                    assert bewoner.get(adres, vraag).status_code == 200


# --- the pages ----------------------------------------------------------------------------------


def test_the_matrix_and_its_cells(
    huis, plan, maak_actie, thema, doelgroep, jongeren, wijk, ander, coordinator, gat, bewoner
):
    maak_actie("a", themas=[thema], doelgroepen=[doelgroep], gebieden=[wijk])
    adres = reverse("plan:matrix", args=[plan.slug])
    html = tekst(bewoner.get(adres))
    assert "1 vak is nog leeg." in html and ">1 actie<span" in html and ">geen<span" in html
    assert "2 vakken zijn nog leeg." in tekst(bewoner.get(adres, {"gebied": "elders"}))
    assert "1 vak is nog leeg." in tekst(bewoner.get(adres, {"gebied": "bestaat-niet"}))
    vak = reverse("plan:vak", args=[plan.slug, "geld", "ouderen"])
    assert "Actie a" in tekst(bewoner.get(vak)) and "Hier is nog niets" in tekst(bewoner.get(vak, {"gebied": "elders"}))
    aanvaard(door=coordinator, **gat, **REDEN)
    html = tekst(bewoner.get(adres))
    assert "0 vakken zijn nog leeg. Van 1 ander zegden we waarom we er niets doen." in html and "bewust niet" in html
    html = tekst(bewoner.get(reverse("plan:vak", args=[plan.slug, "geld", "jongeren"])))
    assert "De school doet het al." in html and "Gekozen door: Stuurgroep." in html and str(coordinator) not in html
    for codes in (("geld", "geen"), ("geen", "ouderen")):
        assert bewoner.get(reverse("plan:vak", args=[plan.slug, *codes])).status_code == 404
    assert not bewoner.cookies


def test_a_hidden_plan_has_no_matrix(huis, geheim_plan, thema, doelgroep, bewoner, als, planner):
    slug = geheim_plan.slug
    for naam, codes in (("matrix", ()), ("matrix_xlsx", ()), ("matrix_csv", ()), ("vak", ("geld", "ouderen"))):
        adres = reverse(f"plan:{naam}", args=[slug, *codes])
        assert bewoner.get(adres).status_code == 404
        assert als(planner).get(adres).status_code == 200


def test_the_files_hold_every_cell_and_run_no_formula(
    huis, plan, maak_actie, jongeren, doelgroep, wijk, coordinator, gat, bewoner, thema
):
    Thema.objects.filter(pk=thema.pk).update(naam="=1+1")
    maak_actie("a", themas=[thema], doelgroepen=[doelgroep], gebieden=[wijk])
    aanvaard(door=coordinator, **gat, **{**REDEN, "reden": "@SUM(A1)"})
    blad = bewoner.get(reverse("plan:matrix_csv", args=[plan.slug]), {"gebied": "wijk"})
    assert blad["Content-Disposition"] == 'attachment; filename="2026-2031-dekking-wijk.csv"'
    rijen = list(csv.reader(io.StringIO(blad.content.decode("utf-8-sig")), delimiter=";"))
    assert rijen[1:] == [
        ["'=1+1", "Ouderen", "Wijk", "1", "0", "0", "0", "0", "gevuld", "", "", ""],
        ["'=1+1", "Jongeren", "Wijk", "0", "0", "0", "0", "0", "aanvaard", "'@SUM(A1)", "Stuurgroep", str(STRAKS)],
    ]
    boek = load_workbook(io.BytesIO(bewoner.get(reverse("plan:matrix_xlsx", args=[plan.slug])).content))
    rijen = list(boek.worksheets[1].iter_rows(min_row=4, values_only=True))
    assert len(rijen) == 2 * 4  # anywhere, and three areas
    assert "f" not in {een.data_type for rij in boek.worksheets[1].iter_rows() for een in rij}


def test_the_work_list_is_for_who_works_on_the_plan(
    huis, plan, gat, maak_actie, thema, doelgroep, als, planner, coordinator, loket_ocmw, bewoner
):
    lijst, vak = reverse("plan:leemten", args=[plan.slug]), reverse("plan:leemte", args=[plan.slug, "geld", "jongeren"])
    assert [bewoner.get(pad).status_code for pad in (lijst, vak)] == [302, 302]
    assert [als(loket_ocmw).get(pad).status_code for pad in (lijst, vak)] == [404, 404]
    assert [als(planner).get(pad).status_code for pad in (lijst, vak)] == [200, 403]
    assert als(planner).post(vak, REDEN).status_code == 403
    assert vak not in tekst(als(planner).get(lijst))
    client = als(coordinator)
    assert f'<a href="{vak}">Jongeren</a>' in tekst(client.get(lijst))
    assert client.get(reverse("plan:leemte", args=[plan.slug, "geld", "geen"])).status_code == 404
    # accepted, expired, taken back
    assert client.post(vak, REDEN).status_code == 302
    assert 'id="aanvaard">Aanvaard <span class="teller">1</span>' in tekst(client.get(lijst))
    assert "De school doet het al." in tekst(client.get(vak))
    Leemte.objects.update(aanvaard_op=date(2026, 1, 1), tot=date(2026, 2, 1))
    assert "Was aanvaard, nu niet meer" in tekst(client.get(lijst))
    client.post(vak, {"stap": "trek_in"})
    assert not Leemte.objects.exists()
    # filled while the form was open
    maak_actie("a", themas=[thema], doelgroepen=[gat["doelgroep"]])
    assert "Dit vak is ondertussen niet meer leeg." in tekst(client.post(vak, REDEN), 422)
    assert "Er is niets te aanvaarden." in tekst(client.get(vak))


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"reden": ""}, "Schrijf waarom dit vak leeg mag blijven."),
        ({"reden": "x" * 5000}, "hoogstens 500 tekens. Nu zijn het er 5000."),
        ({"reden": "a\x00b"}, "Hier staat een teken in dat we niet kunnen bewaren."),
        ({"namens": "<script>alert(1)</script>", "tot": ""}, "Kies tot wanneer dit zo mag blijven."),
        ({"tot": "morgen"}, "Schrijf de datum als dag, maand en jaar, zoals 31/12/2027."),
        ({"tot": "2020-01-01"}, "Kies een dag die nog moet komen."),
        ({"tot": "2032-01-01"}, "Kies een dag in de periode van het plan (2026-2031)."),
    ],
)
def test_what_is_wrong_is_told_and_stays(huis, plan, gat, als, coordinator, velden, melding):
    adres = reverse("plan:leemte", args=[plan.slug, "geld", "jongeren"])
    html = tekst(als(coordinator).post(adres, {**REDEN, **velden}), 422)
    assert melding in html and "<script>alert" not in html and ("Stuurgroep" in html or "alert" in html)
    assert not Leemte.objects.exists()
