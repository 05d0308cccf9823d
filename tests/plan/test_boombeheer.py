"""The tree in the admin: up, down, elsewhere, without dragging; and many actions at once, with a way back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from plan.acties.boom import oplopend, schuif, verplaats
from plan.acties.niveaus import zet_niveaus
from plan.acties.reeks import draai_terug, wat_terug, zet_trekker
from plan.acties.standwoorden import zet_standwoorden
from plan.models import Actie, Deelplan, Document, Doelstelling, Garantie, Onderdeel, Reekswijziging, Taak
from sociaalhuis.models import Thema

REEKSEN = reverse("admin:plan_onderdeel_reeksen")
ACTIES = reverse("admin:plan_actie_changelist")


@pytest.fixture
def drie(maak_actie):
    return [maak_actie(letter) for letter in "abc"]


@pytest.fixture
def ander_doel(plan):
    garantie = Garantie.objects.create(plan=plan, code="G2", titel="Nog een", volgorde=5)
    return Doelstelling.objects.create(plan=plan, code="G2.1", titel="Ander doel", ouder=garantie, volgorde=6)


def boom(plan):
    return reverse("admin:plan_onderdeel_boom", args=[plan.pk])


def orde(client, plan, **vraag):
    return [rij["code"] for rij in client.get(boom(plan), vraag).context["rijen"]]


def tekst(antwoord):
    return antwoord.content.decode()


# --- the tree ---------------------------------------------------------------------------------


def test_only_who_edits_the_plan_moves_its_parts(
    huis, als, plan, drie, ander_doel, loket_ocmw, beheer, voedselbank, planner
):
    adressen = [boom(plan), reverse("admin:plan_onderdeel_verplaats", args=[drie[0].pk]), REEKSEN]
    for gebruiker, statussen in ((loket_ocmw, {403}), (beheer, {403}), (voedselbank, {302})):
        assert {als(gebruiker).get(pad).status_code for pad in adressen} == statussen
        assert {als(gebruiker).post(pad).status_code for pad in adressen} == statussen
        with pytest.raises(PermissionDenied):
            schuif(onderdeel=drie[0], stap=1, plaats=0, door=gebruiker)
        with pytest.raises(PermissionDenied):
            verplaats(onderdeel=drie[0], ouder=ander_doel, door=gebruiker)
        with pytest.raises(PermissionDenied):
            zet_trekker(acties=drie, trekker="x", reden="", door=gebruiker)
    plan.staat = "afgelopen"
    plan.save()
    with pytest.raises(ValidationError, match="afgelopen"):
        schuif(onderdeel=drie[0], stap=1, plaats=0, door=planner)


def test_up_and_down_and_twice_is_once(huis, als, plan, drie, planner, ander_doel):
    client, pad = als(planner), boom(plan)
    assert orde(client, plan) == ["G1", "G1.1", "G1.1.a", "G1.1.b", "G1.1.c", "G2", "G2.1"]
    for _ in range(2):  # a double click
        antwoord = client.post(pad, {"schuif": f"{drie[0].pk}_0_1"})
        assert (antwoord.status_code, antwoord.url) == (302, f"{pad}#d{drie[0].pk}")
    assert "staat intussen op een andere plaats" in tekst(client.get(pad))
    assert orde(client, plan)[2:5] == ["G1.1.b", "G1.1.a", "G1.1.c"]
    client.post(pad, {"schuif": f"{drie[2].pk}_2_1"})  # at the edge
    client.post(pad, {"schuif": f"{drie[2].pk}_2_-1"})
    assert orde(client, plan)[2:5] == ["G1.1.b", "G1.1.c", "G1.1.a"]
    for onzin in ("", "1", "a_b_c", "1_2_3_4", f"{10**12}_0_1", "-_-_-", "\x00_1_1"):
        assert client.post(pad, {"schuif": onzin}).status_code == 302
    assert client.post(pad, {"schuif": "999999_0_1"}).status_code == 404
    assert orde(client, plan)[2:5] == ["G1.1.b", "G1.1.c", "G1.1.a"]


@pytest.mark.parametrize(
    ("nummers", "uit"),
    [([0, 0, 0], [0, 1, 2]), ([3, 7, 9], [3, 7, 9]), ([3, 3, 4, 9], [3, 4, 5, 9]), ([32767, 32767], [0, 1])],
)
def test_numbers_stay_as_far_as_they_can(nummers, uit):
    assert oplopend(nummers) == uit


def test_another_parent_takes_all_below_along(huis, als, plan, doelstelling, drie, ander_doel, planner):
    client = als(planner)
    pad = reverse("admin:plan_onderdeel_verplaats", args=[doelstelling.pk])
    assert client.post(pad, {"ouder": ""}).status_code == 422
    for fout in (drie[0].pk, doelstelling.pk, 999_999, "x"):
        assert "Kies iets uit de lijst." in tekst(client.post(pad, {"ouder": fout}))
    nieuw = ander_doel.ouder
    antwoord = client.post(pad, {"ouder": nieuw.pk})
    assert (antwoord.status_code, antwoord.url) == (302, f"{boom(plan)}?open={nieuw.pk}#d{doelstelling.pk}")
    drie[0].refresh_from_db()
    assert (drie[0].garantie_id, drie[0].pad) == (nieuw.pk, [nieuw.pk, doelstelling.pk, drie[0].pk])
    assert orde(client, plan) == ["G1", "G2", "G2.1", "G1.1", "G1.1.a", "G1.1.b", "G1.1.c"]
    with pytest.raises(ValidationError):
        verplaats(onderdeel=Onderdeel.objects.get(pk=nieuw.pk), ouder=doelstelling, door=planner)


def test_a_level_never_stands_above_its_parent(plan, garantie, doelstelling, planner, ander_doel):
    namen = [("garantie", "belofte"), ("doelstelling", "doel"), ("doelstelling", "subdoel"), ("actie", "actie")]
    zet_niveaus(plan=plan, niveaus=[{"soort": s, "naam": n, "meervoud": n} for s, n in namen], door=planner)
    Onderdeel.objects.filter(pk__in=[doelstelling.pk, ander_doel.pk]).update(niveau=plan.niveaus.get(naam="subdoel"))
    deel = Onderdeel.objects.get(pk=doelstelling.pk)
    with pytest.raises(ValidationError, match="past niet onder"):
        verplaats(onderdeel=deel, ouder=ander_doel, door=planner)


def test_a_large_plan_opens_one_branch_at_a_time(huis, als, plan, drie, ander_doel, planner, monkeypatch):
    monkeypatch.setattr("plan.admin.boom.HELEMAAL", 3)
    client = als(planner)
    assert orde(client, plan) == ["G1", "G2"]
    assert orde(client, plan, open=drie[0].ouder.ouder_id) == ["G1", "G1.1", "G1.1.a", "G1.1.b", "G1.1.c", "G2"]
    assert orde(client, plan, open="x\x00") == ["G1", "G2"]


def test_the_tree_asks_the_same_for_one_part_and_for_many(
    huis, als, plan, doelstelling, maak_actie, planner, django_assert_num_queries
):
    client = als(planner)
    maak_actie("a")
    client.get(boom(plan))
    with django_assert_num_queries(12, exact=False) as eerst:
        client.get(boom(plan))
    maak_actie("b")
    maak_actie("c")
    with django_assert_num_queries(len(eerst.captured_queries)):
        client.get(boom(plan))


# --- many at once -----------------------------------------------------------------------------


def reeks(client, naam, acties, **velden):
    gekozen = {"action": f"reeks_{naam}", "_selected_action": [actie.pk for actie in acties], "index": "0"}
    return client.post(ACTIES, {**gekozen, **({"bevestigd": "ja", **velden} if velden else {})})


def test_a_change_of_several_asks_first_and_says_what_is_missing(huis, als, drie, planner):
    client = als(planner)
    vraag = reeks(client, "stand", drie)
    assert vraag.status_code == 200 and "Je verandert <strong>3 acties</strong> tegelijk." in tekst(vraag)
    fouten = [
        ("stand", {"stand": "x", "reden": ""}, ["Kies een stand uit de lijst.", "Schrijf waarom."]),
        ("thema", {"thema": "999999"}, ["Kies een thema uit de lijst.", "Kies of het thema erbij komt of weggaat."]),
        ("trekker", {"trekker": "x" * 5000}, ["Hou het kort: hoogstens 120 tekens. Nu zijn het er 5000."]),
        ("trekker", {"trekker": "a\x00"}, ["Hier staat een teken in dat we niet kunnen bewaren."]),
        ("verplaats", {"ouder": drie[0].pk}, ["Kies een doelstelling uit de lijst."]),
    ]
    for naam, velden, zinnen in fouten:
        antwoord = reeks(client, naam, drie, **velden)
        assert antwoord.status_code == 422
        assert all(zin in tekst(antwoord) for zin in zinnen), naam
    assert not Reekswijziging.objects.exists()


def test_a_change_of_several_speaks_the_words_of_the_town(huis, als, plan, drie, planner, geheim_plan):
    zet_standwoorden(plan=plan, woorden={"stopgezet": "Geschrapt"}, door=planner)
    client = als(planner)
    assert ">Geschrapt</option>" in tekst(reeks(client, "stand", drie))
    ver = Actie.objects.get(plan=geheim_plan)
    assert ">Stopgezet</option>" in tekst(reeks(client, "stand", [*drie, ver]))  # two plans have no word together
    assert reeks(client, "stand", drie, stand="stopgezet", reden="Op").status_code == 302
    assert str(Reekswijziging.objects.get()) == "Stand: geschrapt"


def test_the_lists_lead_to_the_tree_of_the_plan(huis, als, plan, drie, planner, geheim_plan):
    client = als(planner)
    for lijst in ("actie", "doelstelling", "garantie"):
        adres = reverse(f"admin:plan_{lijst}_changelist")
        for welk in (plan, geheim_plan):
            pagina = tekst(client.get(adres, {"plan__id__exact": welk.pk}))
            assert f'href="{boom(welk)}">Boom van {welk.periode}' in pagina
        assert "Boom van" not in tekst(client.get(adres, {"q": "bestaat-niet"}))


def test_all_or_none(huis, als, plan, drie, planner, geheim_plan):
    ver = Actie.objects.get(plan=geheim_plan)
    antwoord = reeks(als(planner), "verplaats", [*drie, ver], ouder=drie[0].ouder_id)
    assert antwoord.status_code == 422 and "Kies acties van één plan." in tekst(antwoord)
    Actie.objects.filter(pk=drie[1].pk).update(einde="2040-01-01")  # a row that could not be saved any more
    antwoord = reeks(als(planner), "stand", drie, stand="stopgezet", reden="Op")
    assert antwoord.status_code == 422 and "G1.1.b Actie b: " in tekst(antwoord)
    assert set(Actie.objects.filter(plan=plan).values_list("stand", flat=True)) == {"nog-niet-gestart"}


@pytest.mark.django_db(transaction=True)
def test_a_mistake_is_taken_back_but_for_what_changed_since(
    huis, als, plan, drie, ander_doel, planner, coordinator, thema
):
    client = als(planner)
    Taak.objects.create(actie=drie[0], titel="Bel")
    ander = Thema.objects.create(code="wonen", naam="Wonen")
    drie[2].themas.add(ander)
    assert reeks(client, "stand", drie, stand="stopgezet", reden="Geen geld").status_code == 302
    assert reeks(client, "thema", drie, thema=ander.pk, erbij="ja").status_code == 302
    assert reeks(client, "trekker", drie, trekker="Wonen").status_code == 302
    assert reeks(client, "verplaats", drie, ouder=ander_doel.pk).status_code == 302
    assert "Maak dit ongedaan" in tekst(client.get(ACTIES))
    assert [str(rij) for rij in Reekswijziging.objects.order_by("pk")] == [
        "Stand: stopgezet", "Thema erbij: Wonen", "Trekker: Wonen", "Verplaatst naar G2.1 Ander doel",
    ]  # fmt: skip
    stand, themas, trekker, plaats = Reekswijziging.objects.order_by("pk")
    # somebody changed one state and one lead since
    Onderdeel.objects.filter(pk=drie[1].pk).update(stand="vertraagd", trekker="Onthaal")
    pagina = client.get(reverse("admin:plan_onderdeel_reeks", args=[stand.pk]))
    gezien = {
        (rij.naam, veld.naam): (veld.was, veld.werd, veld.kan) for rij in pagina.context["rijen"] for veld in rij.velden
    }
    assert gezien[("G1.1.a Actie a", "stand")] == ("Nog niet gestart", "Stopgezet", True)
    assert gezien[("G1.1.b Actie b", "stand")][2] is False
    assert "Iemand veranderde dit sindsdien." in tekst(pagina)
    for wat in (stand, themas, trekker, plaats):
        deur = reverse("admin:plan_onderdeel_reeks", args=[wat.pk])
        assert [client.post(deur).status_code for _ in range(2)] == [302, 302]  # twice is once
    rijen = Actie.objects.filter(plan=plan).in_volgorde()
    assert [(a.code, a.stand, a.stand_reden, a.trekker, a.ouder_id) for a in rijen] == [
        ("G1.1.a", "nog-niet-gestart", "", "", drie[0].ouder_id),
        ("G1.1.b", "vertraagd", "", "Onthaal", drie[0].ouder_id),
        ("G1.1.c", "nog-niet-gestart", "", "", drie[0].ouder_id),
    ]
    assert [list(a.themas.values_list("code", flat=True)) for a in rijen] == [[], [], ["wonen"]]
    assert rijen[0].pad == [rijen[0].garantie_id, rijen[0].ouder_id, rijen[0].pk]
    assert Reekswijziging.objects.filter(terug_op=None, wat__startswith="Ongedaan").count() == 4
    assert draai_terug(reeks=stand, door=coordinator) == (0, 0)
    geschiedenis = client.get(reverse("admin:plan_actie_history", args=[drie[0].pk])).context["wijzigingen"]
    assert "Geen geld" in {w.waarom for w in geschiedenis}
    assert "planner maakte dit al ongedaan" in tekst(client.get(reverse("admin:plan_onderdeel_reeks", args=[stand.pk])))


@pytest.mark.django_db(transaction=True)
def test_papers_go_on_and_off_the_site_for_who_publishes(huis, als, plan, planner, coordinator):
    lens = Deelplan.objects.create(plan=plan, slug="jeugd", titel="Jeugd")
    stuk = Document.objects.create(
        plan=plan, slug="stuk", titel="Stuk", inhoud="<p>x</p>", soort="advies", datum="2026-01-01", openbaar=True
    )
    for rij, actie in ((lens, "op_de_site"), (stuk, "van_de_site")):
        lijst = reverse(f"admin:plan_{rij._meta.model_name}_changelist")
        data = {"action": actie, "_selected_action": [rij.pk], "index": "0"}
        voor = rij.openbaar
        als(planner).post(lijst, data)
        rij.refresh_from_db()
        assert rij.openbaar is voor
        assert als(coordinator).post(lijst, data).status_code == 302
        rij.refresh_from_db()
        assert rij.openbaar is not voor
        draai_terug(reeks=Reekswijziging.objects.first(), door=coordinator)
        rij.refresh_from_db()
        assert rij.openbaar is voor


def test_the_database_keeps_taking_back_whole(drie, planner):
    zet_trekker(acties=drie, trekker="Wonen", reden="", door=planner)
    rij = Reekswijziging.objects.get()
    assert len(wat_terug(rij)) == 3
    with pytest.raises(IntegrityError, match="reekswijziging_terug_heel_of_niet"), transaction.atomic():
        Reekswijziging.objects.filter(pk=rij.pk).update(terug_door=planner)


def test_the_list_of_changes_asks_the_same_for_one_and_for_three(huis, als, drie, planner, django_assert_num_queries):
    client = als(planner)
    zet_trekker(acties=drie, trekker="a", reden="", door=planner)
    client.get(REEKSEN)
    with django_assert_num_queries(12, exact=False) as eerst:
        client.get(REEKSEN)
    zet_trekker(acties=drie, trekker="b", reden="", door=planner)
    zet_trekker(acties=drie, trekker="c", reden="", door=planner)
    with django_assert_num_queries(len(eerst.captured_queries)):
        client.get(REEKSEN)
