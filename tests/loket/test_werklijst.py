"""The lists of the desk: what is in them, in which order, what they cost; saved filters; several questions at once."""

from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone

from loket.acties import behandeling
from loket.models import OpgeslagenFilter, Vraag
from loket.werkbank import werklijst
from sociaalhuis.models import Thema
from tests.loket.vragen import vraag_van

BANK = "/loket/werkbank/"
OVER_EEN_WEEK = timezone.localdate() + timedelta(days=7)


@pytest.fixture
def drie(huis, thema, team_sociale_dienst):
    """Three new questions of the same team."""
    return [vraag_van(team_sociale_dienst, tekst=str(n), thema=thema) for n in range(3)]


def rij(vraag):
    """A ticked row as the page posts it."""
    vraag.refresh_from_db(fields=["versie"])
    return f"{vraag.referentie}:{vraag.versie}"


def teksten(antwoord):
    return [str(bericht) for bericht in antwoord.context["messages"]]


# --- several at once: what cannot be done is said ----------------------------------------------


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"daad": "neem"}, "Duid eerst een of meer vragen aan."),
        ({"daad": "", "vraag": ["2026-7K3F9Q:1"]}, "Kies wat je wil doen."),
        ({"daad": "vernietig", "vraag": ["2026-7K3F9Q:1"]}, "Kies wat je wil doen."),
        ({"daad": "sluit_af", "vraag": ["2026-7K3F9Q:1"]}, "Resultaat: kies uit de lijst."),
        ({"daad": "thema", "thema": "\x00", "vraag": ["2026-7K3F9Q:1"]}, "Nieuw thema: kies uit de lijst."),
        ({"daad": "wijs_toe", "naar": "1", "vraag": ["2026-7K3F9Q:1"]}, "Alleen een teamverantwoordelijke wijst vragen toe."),
        ({"daad": "neem", "vraag": ["x" * 5000, "2026-\u202e:1", "2026-ZZZZZZ:-1"]}, "Duid eerst een of meer vragen aan."),
        ({"daad": "neem", "vraag": [f"2026-{n:06}:1" for n in range(101)]}, "Kies hoogstens 100 vragen tegelijk."),
    ],
)  # fmt: skip
def test_a_choice_that_makes_no_sense_changes_nothing(velden, fout, drie, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(f"{BANK}reeks/", velden, follow=True)
    assert teksten(antwoord) == [fout]
    assert set(Vraag.objects.values_list("staat", "versie")) == {("nieuw", 1)}


def test_what_cannot_be_done_does_not_stop_the_rest(drie, team_onthaal, als, loket_ocmw, team_ocmw):
    een, twee, drie_ = drie
    andere = vraag_van(team_onthaal, tekst="van een ander")
    gekozen = [rij(vraag) for vraag in (een, twee, drie_, andere)]
    behandeling.sluit_af(vraag=twee, resultaat="geholpen", door=team_ocmw)
    gekozen[1] = rij(twee)
    behandeling.neem(vraag=drie_, door=team_ocmw)
    antwoord = als(loket_ocmw).post(f"{BANK}reeks/", {"daad": "neem", "vraag": gekozen}, follow=True)
    assert teksten(antwoord) == [
        "1 vraag is genomen.",
        f"3 vragen bleven staan. {twee.referentie}: Dit kan nu niet: de vraag staat op ‘Afgesloten’. {drie_.referentie}: Iemand"
        f" deed er ondertussen iets mee. {andere.referentie}: Deze vraag is niet (meer) bij jouw team.",
    ]
    wie = {v.pk: v.behandelaar for v in Vraag.objects.select_related("behandelaar")}
    assert (wie[een.pk], wie[drie_.pk], wie[andere.pk]) == (loket_ocmw, team_ocmw, None)


def test_several_are_assigned_closed_and_filed(drie, als, team_ocmw, loket_ocmw):
    wonen = Thema.objects.create(code="wonen", naam="Wonen")
    client = als(team_ocmw)

    def doe(daad, **velden):
        return client.post(f"{BANK}reeks/", {"daad": daad, "vraag": [rij(v) for v in drie], **velden}, follow=True)

    assert teksten(doe("wijs_toe", naar=loket_ocmw.pk)) == ["3 vragen zijn toegewezen."]
    assert teksten(doe("thema", thema="wonen")) == ["3 vragen zijn van thema veranderd."]
    assert teksten(doe("prioriteit", prioriteit=1)) == ["3 vragen zijn van prioriteit veranderd."]
    assert teksten(doe("sluit_af", resultaat="geholpen")) == ["3 vragen zijn afgesloten."]
    assert set(Vraag.objects.values_list("behandelaar", "thema", "prioriteit", "staat", "resultaat")) == {
        (loket_ocmw.pk, wonen.pk, 1, "afgesloten", "geholpen")
    }
    assert {v.gebeurtenissen.count() for v in drie} == {5}


def test_after_it_one_is_back_on_the_same_page_of_the_same_list(drie, als, loket_ocmw):
    velden = {"daad": "neem", "vraag": [rij(drie[0])], "terug": "lijst=nieuw&thema=geld&pagina=3&kwaad=http://x"}
    antwoord = als(loket_ocmw).post(f"{BANK}reeks/", velden)
    assert antwoord["Location"] == "/loket/werkbank/?lijst=nieuw&thema=geld&pagina=3"


# --- lists ------------------------------------------------------------------------------------


def test_every_list_of_own_teams_is_within_the_one_door(drie, team_onthaal, team_thuiszorg, loket_ocmw, team_ocmw):
    for team in (team_onthaal, team_thuiszorg):
        vraag_van(team)
    for wie in (loket_ocmw, team_ocmw):
        assert set(Vraag.objects.in_de_bak_van(wie)) == set(Vraag.objects.zichtbaar_voor(wie))


@pytest.mark.parametrize("wie", ["planner", "beheer", "superuser", "voedselbank"])
def test_who_does_not_work_at_the_desk_has_no_lists(wie, drie, team_sociale_dienst, request):
    gebruiker = request.getfixturevalue(wie)
    gebruiker.teams.add(team_sociale_dienst)
    assert list(Vraag.objects.in_de_bak_van(gebruiker)) == []


def test_parked_and_unopened_have_their_lists(drie, als, loket_ocmw, team_ocmw):
    een, twee, drie_ = drie
    behandeling.parkeer(vraag=een, tot=OVER_EEN_WEEK, reden="Wacht", door=loket_ocmw)
    als(loket_ocmw).get(twee.get_absolute_url())
    client = als(team_ocmw)
    assert list(client.get(f"{BANK}?lijst=geparkeerd").context["pagina"]) == [een]
    assert set(client.get(f"{BANK}?lijst=ongeopend").context["pagina"]) == {een, drie_}
    assert list(client.get(f"{BANK}?lijst=team").context["pagina"])[-1] == een
    assert "Nog niet geopend" not in als(loket_ocmw).get(BANK).content.decode()


@pytest.mark.parametrize(
    ("zoek", "volgorde"),
    [("orde=nieuwste", "210"), ("orde=oudste", "012"), ("orde=prioriteit", "102"), ("orde=x", "012"), ("prioriteit=1", "1"),
     ("behandelaar=niemand", "02"), ("doelgroep=zzz", "012"), ("behandelaar=99999999999999999999", "012")],
)  # fmt: skip
def test_lists_are_sorted_and_chosen_from(zoek, volgorde, drie, als, loket_ocmw):
    for nummer, vraag in enumerate(drie):
        Vraag.objects.filter(pk=vraag.pk).update(uiterlijk_op=OVER_EEN_WEEK + timedelta(days=nummer))
    behandeling.neem(vraag=drie[1], door=loket_ocmw)
    behandeling.deel_in(vraag=drie[1], prioriteit=1, door=loket_ocmw)
    assert list(als(loket_ocmw).get(f"{BANK}?{zoek}").context["pagina"]) == [drie[int(n)] for n in volgorde]


def test_a_reference_is_found_by_its_first_characters(drie, team_onthaal, als, loket_ocmw):
    een, twee, drie_ = drie
    for vraag, ref in ((een, "2026-7K3F9Q"), (twee, "2026-7K3ZZZ"), (drie_, "2025-7K3AAA")):
        with pgtrigger.ignore("loket.Vraag:registratie_staat_vast"):
            Vraag.objects.filter(pk=vraag.pk).update(referentie=ref)
    client = als(loket_ocmw)

    def gevonden(getypt):
        return {v.referentie for v in client.get(BANK, {"q": getypt}).context["pagina"]}

    assert gevonden("7k3") == gevonden(" 7K3 ") == {"2026-7K3F9Q", "2026-7K3ZZZ", "2025-7K3AAA"}
    assert gevonden("2026-7k3") == {"2026-7K3F9Q", "2026-7K3ZZZ"}
    assert gevonden("7k3f9q") == gevonden("2026-7K3F9Q") == {"2026-7K3F9Q"}
    assert gevonden("7k") == gevonden("2026-") == gevonden("%%%") == gevonden("___") == set()


def test_pages_go_on_without_counting(huis, team_sociale_dienst, als, loket_ocmw, monkeypatch):
    monkeypatch.setattr(werklijst, "PER_PAGINA", 2)
    monkeypatch.setattr(werklijst, "MEESTE_PAGINAS", 2)
    monkeypatch.setattr(werklijst, "TEL_TOT", 3)
    vragen = [vraag_van(team_sociale_dienst, tekst=str(n)) for n in range(5)]
    client = als(loket_ocmw)

    def blad(nummer):
        pagina = client.get(f"{BANK}?pagina={nummer}").context["pagina"]
        return list(pagina), pagina.vorige, pagina.volgende, pagina.is_vol

    assert blad(1) == (vragen[:2], None, 2, False)
    assert blad(2) == blad(99) == (vragen[2:4], 1, None, True)
    assert "3+" in client.get(BANK).content.decode()


def test_an_empty_list_says_something_kind(huis, team_sociale_dienst, als, loket_ocmw):
    pagina = als(loket_ocmw).get(f"{BANK}?lijst=laat").content.decode()
    assert "Niets is te laat" in pagina and "Iedereen kreeg op tijd antwoord." in pagina


# --- filters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"naam": ""}, "Geef je filter een naam."),
        ({"naam": "x" * 41}, "Kies een korte naam: hoogstens 40 tekens."),
        ({"naam": "Ok", "deel_met": "onthaal"}, "Kies een van jouw teams."),
    ],
)
def test_a_filter_without_a_name_is_not_kept(velden, fout, huis, team_sociale_dienst, team_onthaal, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(f"{BANK}filters/", {"terug": "lijst=team", **velden}, follow=True)
    assert teksten(antwoord) == [fout]
    assert OpgeslagenFilter.objects.count() == 0


def test_a_filter_is_kept_shared_and_thrown_away(
    drie, thema, team_sociale_dienst, als, loket_ocmw, team_ocmw, loket_gemeente
):
    client = als(loket_ocmw)
    velden = {"naam": "Geld,  vandaag", "deel_met": team_sociale_dienst.code}
    client.post(f"{BANK}filters/", {**velden, "terug": "lijst=nieuw&thema=geld&q=2026-7K3F9Q&x=1"})
    filter_ = OpgeslagenFilter.objects.get()
    assert (filter_.naam, filter_.keuzes, filter_.team) == (
        "Geld, vandaag",
        "lijst=nieuw&thema=geld",
        team_sociale_dienst,
    )
    assert f"?{filter_.keuzes}".replace("&", "&amp;") in als(team_ocmw).get(BANK).content.decode()
    assert "Geld, vandaag" not in als(loket_gemeente).get(BANK).content.decode()
    assert als(team_ocmw).post(f"{BANK}filters/{filter_.pk}/wis/").status_code == 404
    assert client.get(f"{BANK}?{filter_.keuzes}").content.decode().count("Gooi het filter ‘Geld, vandaag’ weg") == 1
    client.post(f"{BANK}filters/{filter_.pk}/wis/")
    assert OpgeslagenFilter.objects.count() == 0


# --- the way through a list -------------------------------------------------------------------


def test_a_case_knows_the_list_it_came_from(drie, als, loket_ocmw):
    client = als(loket_ocmw)
    een, twee, drie_ = drie

    def buren(vraag):
        return client.get(f"{vraag.get_absolute_url()}?uit=lijst%3Dnieuw").context["buren"]

    assert (buren(een).vorige, buren(een).volgende) == ("", twee.referentie)
    assert (buren(twee).vorige, buren(twee).volgende) == (een.referentie, drie_.referentie)
    assert (buren(drie_).vorige, buren(drie_).volgende) == (twee.referentie, "")
    assert client.get(een.get_absolute_url()).context["buren"] is None
    antwoord = client.post(
        f"{twee.get_absolute_url()}beantwoord/", {"tekst": "Zo zit het.", "versie": 1},
        headers={"referer": f"http://testserver{twee.get_absolute_url()}?uit=lijst%3Dnieuw"},
    )  # fmt: skip
    assert antwoord["Location"] == f"{twee.get_absolute_url()}?uit=lijst%3Dnieuw"
    assert (buren(twee).vorige, buren(twee).volgende) == ("", een.referentie)


@pytest.mark.parametrize("uit", ["%00", "lijst%3Dx%26thema%3D%27", "x" * 900])
def test_an_odd_list_to_go_back_to_breaks_nothing(uit, drie, als, loket_ocmw):
    assert als(loket_ocmw).get(f"{drie[0].get_absolute_url()}?uit={uit}").status_code == 200


# --- workload ---------------------------------------------------------------------------------


def test_the_head_sees_who_has_how_much(drie, als, team_ocmw, loket_ocmw, django_assert_num_queries):
    een, twee, drie_ = drie
    Vraag.objects.filter(pk=een.pk).update(uiterlijk_op=timezone.localdate() - timedelta(days=1))
    behandeling.neem(vraag=een, door=loket_ocmw)
    behandeling.parkeer(vraag=twee, tot=OVER_EEN_WEEK, reden="Wacht", door=loket_ocmw)
    client = als(team_ocmw)
    rijen = client.get(f"{BANK}werklast/").context["rijen"]
    assert [(r.wie and r.wie.naam, r.open, r.laat, r.geparkeerd) for r in rijen] == [
        (None, 1, 0, 0), ("loket.ocmw", 2, 1, 1), ("team.ocmw", 0, 0, 0),
    ]  # fmt: skip
    assert "loket.ocmw (2 open, 1 te laat)" in client.get(drie_.get_absolute_url() + "?doe=wijs_toe").content.decode()
    assert als(loket_ocmw).get(f"{BANK}werklast/").status_code == 404
