"""Putting the council track right: leaving a step out, correcting a step, withdrawing one. What was frozen stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from plan.acties.raadspad import begin_raadspad
from plan.acties.rechtzetten import trek_in, verbeter_stap
from plan.acties.versies import zet_reden
from plan.models import Besluit, Plan, Rechtzetting, Versie, Wijzigingsreden
from tests.plan.conftest import DAG, ROUTE


def laatste(stap):
    return Besluit.objects.geldend().filter(stap=stap).latest("pk")


# --- leaving a step out -----------------------------------------------------------------------------


def test_a_town_without_advice_and_committee_says_why_and_walks_on(ontwerp, coordinator, organen, als, planner, huis):
    adres = reverse("admin:plan_raadspad_add")
    velden = {"plan": ontwerp.pk, "naam": "Klein plan", "begonnen_op": "2026-03-02", "zonder_advies": "x" * 301,
              "zonder_comite": "Het comité beslist hier alleen over hulp."}  # fmt: skip
    assert als(coordinator).post(adres, velden).status_code == 200  # too long: told at the field, kept
    assert not ontwerp.raadspaden.exists()
    velden["zonder_advies"] = "Er is nog geen adviesraad."
    assert als(coordinator).post(adres, velden).status_code == 302
    pad = ontwerp.raadspaden.get()
    assert (pad.volgende(), pad.zonder_vast) == ([("ontwerp", "college"), ("ontwerp", "vast-bureau")], [])
    for stap, orgaan in (("comite", "bijzonder-comite"), ("ontwerp", "college")):
        besluit = Besluit(plan=ontwerp, raadspad=pad, stap=stap, orgaan=organen[orgaan], datum=DAG, titel="x", nummer=stap,
                          uitslag="gunstig" if stap == "comite" else "goedgekeurd")  # fmt: skip
        if stap == "comite":
            with pytest.raises(ValidationError, match="Deze weg laat deze stap weg: Het comité beslist"):
                besluit.full_clean()
            with pytest.raises(IntegrityError, match="besluit_na_wat_nodig_is"), transaction.atomic():
                besluit.save()
        else:
            besluit.full_clean()
            besluit.save()
    pad.vergeet()
    assert pad.zonder_vast == ["zonder_advies", "zonder_comite"]
    pagina = als(planner).get(reverse("plan:weg", args=[ontwerp.slug])).content.decode()
    assert "Er is nog geen adviesraad." in pagina and "Niet op deze weg" in pagina
    for kolom in pad.zonder_vast:  # nobody asks a step afterwards that others already stand on
        with pytest.raises(IntegrityError, match="raadspad_zonder_blijft"), transaction.atomic():
            type(pad).objects.filter(pk=pad.pk).update(**{kolom: ""})


def test_without_the_committee_advice_still_comes_first(ontwerp, coordinator, organen, lok):
    pad = begin_raadspad(plan=ontwerp, naam="x", door=coordinator, begonnen_op=DAG, zonder_comite="Niet gevraagd.")
    assert pad.volgende() == [("advies", "")]
    velden = {"plan": ontwerp, "raadspad": pad, "datum": DAG, "titel": "x"}
    with pytest.raises(IntegrityError, match="besluit_na_wat_nodig_is"), transaction.atomic():
        Besluit.objects.create(**velden, stap="ontwerp", orgaan=organen["college"], nummer="1", uitslag="goedgekeurd")
    Besluit.objects.create(**velden, stap="advies", adviesraad=lok, uitslag="gunstig")
    pad.vergeet()
    assert pad.volgende() == [("advies", ""), ("ontwerp", "college"), ("ontwerp", "vast-bureau")]
    assert pad.zonder_vast == ["zonder_advies"]
    type(pad).objects.filter(pk=pad.pk).update(zonder_comite="")  # nothing stands on that yet


# --- correcting -------------------------------------------------------------------------------------


def test_a_correction_is_refused_when_the_way_would_not_fit_any_more(zet, pad, coordinator, planner):
    zet.tot("vaststelling-ocmw")
    rmw, comite = laatste("vaststelling-ocmw"), laatste("comite")
    with pytest.raises(PermissionDenied):
        verbeter_stap(besluit=rmw, reden="x", door=planner, titel="y")
    for besluit, reden, velden, zin in [
        (rmw, " ", {"titel": "y"}, "Schrijf waarom"),
        (rmw, "x", {"titel": rmw.titel}, "Er is niets veranderd"),
        (rmw, "x", {"stemmen_voor": 1, "stemmen_tegen": 3, "onthoudingen": 0}, "niet meer stemmen voor"),
        (comite, "x", {"datum": DAG + timedelta(days=3)}, "na de stap die erop volgde"),
        (laatste("ontwerp"), "x", {"uitslag": "geweigerd"}, "zette al een stap na deze"),
        (laatste("ontwerp"), "x", {"nummer": comite.nummer, "datum": timezone.localdate() + timedelta(days=1)}, "moet nog komen"),
    ]:  # fmt: skip
        with pytest.raises(ValidationError, match=zin):
            verbeter_stap(besluit=besluit, reden=reden, door=coordinator, **velden)
    with pytest.raises(IntegrityError, match="besluit_na_wat_nodig_is"), transaction.atomic():
        Besluit.objects.filter(pk=laatste("ontwerp").pk).update(uitslag="geweigerd")
    assert not Rechtzetting.objects.exists()


def test_a_vote_is_corrected_on_the_page_and_everybody_can_read_why(zet, pad, ontwerp, als, coordinator, planner, huis):
    zet.tot("bekendmaking")
    rmw, bekend = laatste("vaststelling-ocmw"), laatste("bekendmaking")
    adres = reverse("admin:plan_raadspad_verbeter", args=[pad.pk, rmw.pk])
    assert als(planner).get(adres).status_code == 403
    client = als(coordinator)
    velden = {"datum": DAG.isoformat(), "titel": rmw.titel, "nummer": rmw.nummer, "uitslag": "vastgesteld",
              "stemmen_voor": "18", "stemmen_tegen": "0", "onthoudingen": "6", "reden": ""}  # fmt: skip
    fout = client.post(adres, velden)
    assert (fout.status_code, fout.context["form"].errors["reden"]) == (400, ["Schrijf hier waarom."])
    dubbel = client.post(adres, {**velden, "nummer": "", "uitslag": "goedgekeurd", "reden": "\u202eRecht.\x00"})
    assert dubbel.status_code == 400 and {"nummer", "uitslag"} <= set(dubbel.context["form"].errors)
    assert client.post(adres, {**velden, "reden": "De telling was fout overgetypt."}).status_code == 302
    rij = Rechtzetting.objects.get()
    assert (rij.soort, rij.door) == ("verbeterd", coordinator)
    assert rij.wat == "stemmen voor: niets werd 18; stemmen tegen: niets werd 0; onthoudingen: niets werd 6"
    pagina = client.get(rmw.get_absolute_url()).content.decode()
    assert "De telling was fout overgetypt." in pagina and "Stemmen voor: niets werd 18" in pagina
    assert Versie.objects.count() == 8  # nothing was frozen anew
    with pytest.raises(Exception, match="Cannot (update|delete)"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE plan_rechtzetting SET reden = 'anders'")
    # the day of the announcement is the day on which the plan became public
    verbeter_stap(besluit=bekend, reden="Dag later.", door=coordinator, datum=DAG + timedelta(days=2))
    ontwerp.refresh_from_db()
    assert ontwerp.gepubliceerd_op == DAG + timedelta(days=2)


# --- withdrawing ------------------------------------------------------------------------------------


def test_only_the_last_step_goes_and_it_can_be_noted_again(zet, pad, ontwerp, als, coordinator, planner, organen, huis):
    zet.tot("ontwerp")
    fout_genoteerd = zet("vaststelling-ocmw", "rmw", uitslag="geweigerd")
    assert (pad.is_open, pad.geweigerd) == (False, fout_genoteerd)
    with pytest.raises(PermissionDenied):
        trek_in(besluit=fout_genoteerd, reden="x", door=planner)
    with pytest.raises(ValidationError, match="Schrijf waarom"):
        trek_in(besluit=fout_genoteerd, reden=" ", door=coordinator)
    eerder = laatste("comite")
    with pytest.raises(ValidationError, match=r"de laatste eerst: vaststelling van het deel van het OCMW \(Raad"):
        trek_in(besluit=eerder, reden="x", door=coordinator)
    with pytest.raises(IntegrityError, match="besluit_na_wat_nodig_is"), transaction.atomic():
        Besluit.objects.filter(pk=eerder.pk).update(ingetrokken_op=timezone.now())
    client = als(coordinator)
    tegen = client.get(reverse("admin:plan_raadspad_trek_in", args=[pad.pk, eerder.pk])).content.decode()
    assert "Dit kan nog niet." in tegen and "Waarom?" not in tegen
    adres = reverse("admin:plan_raadspad_trek_in", args=[pad.pk, fout_genoteerd.pk])
    assert als(planner).post(adres, {"reden": "x"}).status_code == 403
    assert client.post(adres, {"reden": "x" * 5000}).status_code == 400
    for status in (302, 302):  # the second is a double click
        assert client.post(adres, {"reden": "Het was goedgekeurd."}).status_code == status
    pad.vergeet()
    assert (pad.is_open, pad.volgende()) == (True, [("vaststelling-ocmw", "rmw")])
    opnieuw = zet("vaststelling-ocmw", "rmw")  # the same number again
    assert (opnieuw.nummer, Versie.objects.count(), Rechtzetting.objects.count()) == (fout_genoteerd.nummer, 6, 1)
    with pytest.raises(IntegrityError, match="besluit_ingetrokken_blijft"), transaction.atomic():
        Besluit.objects.filter(pk=fout_genoteerd.pk).update(ingetrokken_op=None)
    with pytest.raises(IntegrityError, match="besluit_ingetrokken_op_een_weg"), transaction.atomic():
        Besluit.objects.create(plan=ontwerp, stap="start", orgaan=organen["rmw"], datum=DAG, titel="x", nummer="q",
                               uitslag="goedgekeurd", ingetrokken_op=timezone.now())  # fmt: skip
    # its page stays and says why, without telling machines that it is a decision
    pagina = client.get(fout_genoteerd.get_absolute_url()).content.decode()
    assert "Deze stap telt niet mee" in pagina and "Het was goedgekeurd." in pagina and "typeof" not in pagina
    assert "Verkeerd genoteerd en rechtgezet" in client.get(reverse("plan:weg", args=[ontwerp.slug])).content.decode()
    versies = client.get(reverse("plan:versies", args=[ontwerp.slug])).content.decode()
    assert versies.count("niet meetelt") == 1
    assert client.get(reverse("plan:proces", args=[ontwerp.slug])).content.decode().count("vaststelling-ocmw-rmw") == 1


def test_of_two_executives_and_two_advices_one_may_go_while_enough_stand(zet, pad, coordinator):
    from_ = [stap for stap, _, _ in ROUTE]
    zet.tot("ontwerp")
    college = Besluit.objects.get(stap="ontwerp", orgaan__soort="college")
    trek_in(besluit=college, reden="Nog niet behandeld.", door=coordinator)
    pad.vergeet()
    assert (pad.volgende(), from_[1]) == ([("ontwerp", "college")], "ontwerp")
    with pytest.raises(ValidationError, match="al ingetrokken"):
        trek_in(besluit=college, reden="x", door=coordinator)


def test_an_announcement_by_mistake_hides_the_plan_again_and_opens_its_reasons(zet, pad, ontwerp, coordinator):
    garantie = ontwerp.onderdelen.get()
    for dicht in ("Op advies.", "Later."):  # the second is written after the announcement and stays open
        zet_reden(plan=ontwerp, onderdeel=garantie.pk, code="G1", voor_raad=dicht, door=coordinator)
        if dicht == "Op advies.":
            zet_reden(plan=ontwerp, onderdeel=None, code="", voor_raad="Missie.", door=coordinator)
            zet.tot("bekendmaking")
            assert not Wijzigingsreden.objects.filter(versie=None).exists()
    trek_in(besluit=laatste("bekendmaking"), reden="Te vroeg.", door=coordinator)
    ontwerp.refresh_from_db()
    assert (ontwerp.staat, ontwerp.gepubliceerd_op) == (Plan.Staat.VOORBEREIDING, None)
    assert set(Wijzigingsreden.objects.filter(versie=None).values_list("voor_raad", flat=True)) == {"Later.", "Missie."}
    zet("bekendmaking", "college", dagen=1)
    ontwerp.refresh_from_db()
    assert (ontwerp.staat, ontwerp.gepubliceerd_op) == (Plan.Staat.OPENBAAR, DAG + timedelta(days=1))
    # a plan that was public before stays so
    Plan.objects.filter(pk=ontwerp.pk).update(gepubliceerd_op=DAG - timedelta(days=90))
    trek_in(besluit=laatste("bekendmaking"), reden="Weer te vroeg.", door=coordinator)
    ontwerp.refresh_from_db()
    assert ontwerp.staat == Plan.Staat.OPENBAAR
