"""Several routing rules changed at once: tried out as a whole, applied as a whole, or dropped."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.models import Inzage, Verdeelregel
from tests.loket.vragen import gewone_dag, vraag_van

PAD = "/loket/werkbank/verdeling/ontwerp/"


@pytest.fixture
def regels(huis, thema, doelgroep, team_onthaal, team_sociale_dienst):
    """Two rules and the one for the rest."""
    maak = Verdeelregel.objects.create
    return [
        maak(team=team_onthaal, volgorde=10, thema=thema),
        maak(team=team_sociale_dienst, volgorde=20, doelgroep=doelgroep),
        maak(team=team_onthaal, volgorde=1000),
    ]


def begin(client):
    """What the page posts when nothing is changed."""
    form = client.get(PAD).context["formulieren"]
    velden = {"merk": form.merk, "form-TOTAL_FORMS": len(form.forms), "form-INITIAL_FORMS": len(form.initial_forms)}
    for een in form.forms:
        for naam in een.fields:
            waarde = een[naam].value()
            if waarde not in (None, False, ""):
                velden[een.add_prefix(naam)] = "on" if waarde is True else waarde
    return velden


def namen():
    return [f"{regel.voorwaarde}: {regel.team.code}{'' if regel.actief else ' uit'}" for regel in Verdeelregel.objects.op_volgorde()]  # fmt: skip


# --- unhappy first --------------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["loket_ocmw", "planner", "voedselbank", "superuser", "toezicht"])
def test_it_is_for_heads_and_administrators(wie, regels, als, request):
    client = als(request.getfixturevalue(wie))
    assert client.get(PAD).status_code == 404 and client.post(PAD, {"pas_toe": 1}).status_code == 404


@pytest.mark.parametrize("knop", ["probeer", "pas_toe"])
def test_nothing_changed_or_a_broken_page_is_said(regels, als, beheer, knop):
    client = als(beheer)
    antwoord = client.post(PAD, {**begin(client), knop: 1})
    assert antwoord.status_code == 409 and "Er is nog niets veranderd." in antwoord.content.decode()
    assert client.post(PAD, {knop: 1}).status_code == 409
    assert client.post(PAD, {**begin(client), "merk": "x", "form-0-volgorde": 9, knop: 1}).status_code == 409


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"form-0-volgorde": "x"}, "Typ een getal."),
        ({"form-0-volgorde": "0"}, "Vanaf 1."),
        ({"form-0-woorden": "x" * 5000}, "Te lang: hoogstens 500 tekens."),
        ({"form-0-woorden": "a\x00"}, ""),
        ({"form-3-woorden": "<script>", "form-3-team": "99999"}, "Kies uit de lijst."),
        ({"form-2-team": ""}, "Kies"),
    ],
)
def test_odd_values_are_said_kept_and_change_nothing(regels, als, beheer, velden, fout):
    client = als(beheer)
    antwoord = client.post(PAD, {**begin(client), **velden, "pas_toe": 1})
    assert antwoord.status_code == 200 and not antwoord.context["formulieren"].is_valid()
    html = antwoord.content.decode()
    assert (fout in html or fout == "Kies") and "<script>" not in html.split("<main")[1].split("</main>")[0]
    assert namen() == ["thema Geld en schulden: onthaal", "Ouderen: sociale-dienst", "alle andere vragen: onthaal"]


def test_somebody_changed_the_rules_meanwhile(regels, als, beheer, team_ocmw, team_sociale_dienst):
    client = als(beheer)
    velden = {**begin(client), "form-0-volgorde": 9, "pas_toe": 1}
    Verdeelregel.objects.filter(pk=regels[1].pk).update(woorden="honger")
    antwoord = client.post(PAD, velden)
    assert antwoord.status_code == 409 and "Iemand veranderde ondertussen de regels." in antwoord.content.decode()
    assert Verdeelregel.objects.op_volgorde()[0].pk == regels[0].pk


# --- trying and applying --------------------------------------------------------------------------


def test_a_draft_of_several_changes_is_tried_as_a_whole(
    regels, thema, team_sociale_dienst, team_onthaal, als, team_ocmw
):
    eigen = vraag_van(team_sociale_dienst, thema=thema, tekst="Een brief van de deurwaarder")
    for _ in range(3):
        vraag_van(team_onthaal, thema=thema)
    client = als(team_ocmw)
    velden = {**begin(client), "form-0-actief": "", "form-2-team": team_sociale_dienst.pk, "form-3-volgorde": 1,
              "form-3-woorden": "deurwaarder", "form-3-team": team_onthaal.pk, "form-3-prioriteit": 1, "form-3-actief": "on"}  # fmt: skip
    voor = namen()
    uitslag = client.post(PAD, {**velden, "probeer": 1}).context["uitslag"]
    assert (uitslag.bekeken, uitslag.anders) == (4, 4)
    assert [(v.pk, van[0].code, naar) for v, van, naar in uitslag.genoemd] == [(eigen.pk, "onthaal", (team_onthaal, 1))]
    assert Inzage.objects.get().pagina == "proef" and namen() == voor


def test_everything_is_applied_at_once(regels, team_sociale_dienst, team_onthaal, als, beheer):
    client = als(beheer)
    velden = {**begin(client), "form-0-volgorde": 2, "form-1-volgorde": 1, "form-0-actief": "",
              "form-3-woorden": "honger", "form-3-team": team_sociale_dienst.pk, "form-3-prioriteit": 1,
              "form-3-actief": "on", "form-3-volgorde": 3, "pas_toe": 1}  # fmt: skip
    antwoord = client.post(PAD, velden)
    assert antwoord["Location"] == "/loket/werkbank/verdeling/"
    assert namen() == [
        "Ouderen: sociale-dienst", "thema Geld en schulden: onthaal uit", "met “honger”: sociale-dienst",
        "alle andere vragen: onthaal",
    ]  # fmt: skip
    assert client.post(PAD, velden).status_code == 409  # a double click
    assert Verdeelregel.objects.count() == 4


def test_rules_are_thrown_away_but_not_the_one_for_the_rest(regels, als, beheer):
    client = als(beheer)
    client.post(PAD, {**begin(client), "form-0-DELETE": "on", "form-2-DELETE": "on", "pas_toe": 1})
    assert namen() == ["Ouderen: sociale-dienst", "alle andere vragen: onthaal"]


def test_the_page_costs_the_same_with_more_rules(regels, team_onthaal, als, beheer):
    client, dag, keren = als(beheer), gewone_dag(), []
    for _ in (1, 2):
        client.get(PAD, **dag)
        with CaptureQueriesContext(connection) as vragen:
            html = client.get(PAD, **dag).content.decode()
        keren.append(len(vragen))
        for nummer in range(3):
            Verdeelregel.objects.create(team=team_onthaal, woorden=f"w{nummer}", volgorde=30 + nummer)
    assert keren[0] == keren[1] and len(re.findall('<fieldset class="paneel', html)) == 8
