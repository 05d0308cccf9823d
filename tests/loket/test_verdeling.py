"""Routing: which rule wins, that nothing falls through, editing at the desk, and the try-out that opens no hole."""

import pytest
from django.db import IntegrityError, transaction

from loket.acties.verdeling import bestemming
from loket.models import Dienst, Inzage, Verdeelregel, Vraag
from loket.werkbank.verdeelproef import bezwaren, proef
from sociaalhuis.models import Gebied
from tests.loket.vragen import ingevuld, vraag_van

PAD = "/loket/werkbank/verdeling/"


def regel(team, volgorde=10, **velden):
    return Verdeelregel.objects.create(team=team, volgorde=volgorde, **velden)


@pytest.fixture
def wijk(gebied):
    deel = Gebied.objects.create(code="deel", naam="Deel", soort="deelgemeente", ouder=gebied)
    return Gebied.objects.create(code="wijk", naam="Wijk", soort="wijk", ouder=deel)


# --- nothing falls through --------------------------------------------------------------------


def test_without_rules_the_ocmw_gets_it_and_a_service_its_own_team(team_onthaal, team_sociale_dienst, ocmw):
    dienst = Dienst.objects.create(slug="d", titel="D", kort="x", bestuur=ocmw, team=team_onthaal)
    assert bestemming().team == team_sociale_dienst
    assert bestemming(dienst=dienst).team == team_onthaal


def test_the_rule_for_the_rest_is_one_stays_on_and_comes_last(team_onthaal, team_sociale_dienst, thema):
    regel(team_onthaal, volgorde=1)
    regel(team_sociale_dienst, volgorde=99, thema=thema)
    assert bestemming(thema=thema).team == team_sociale_dienst
    assert bestemming().team == team_onthaal
    for fout in ({"volgorde": 5}, {"actief": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            regel(team_sociale_dienst, **fout)


# --- the first rule that fits -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("woorden", "tekst", "past"),
    [
        ("deurwaarder", "De DEURWAARDERS komen morgen", True),
        ("waarder", "de deurwaarder", False),
        ("geen eten, honger", "Ik heb geen  eten.", True),
        ("geen eten", "geen geld om te eten", False),
        ("één café", "een CAFE in de straat", True),
        ("c++, (", "wat dan ook", False),
        (".*", "wat dan ook", False),
        ("honger", "", False),
    ],
)
def test_words_are_sought_without_capitals_and_accents_at_the_begin(
    woorden, tekst, past, team_onthaal, team_sociale_dienst
):
    regel(team_onthaal, woorden=woorden)
    assert (bestemming(tekst=tekst).team == team_onthaal) is past


def test_all_conditions_must_hold_and_an_area_holds_its_parts(
    thema, doelgroep, gebied, wijk, ocmw, team_onthaal, team_sociale_dienst
):
    dienst = Dienst.objects.create(slug="d", titel="D", kort="x", bestuur=ocmw)
    alles = {"thema": thema, "doelgroep": doelgroep, "gebied": gebied, "dienst": dienst, "kanaal": "telefoon"}
    regel(team_onthaal, prioriteit=1, **alles)
    assert (bestemming(**alles).team, bestemming(**alles).prioriteit) == (team_onthaal, 1)
    assert bestemming(**{**alles, "gebied": wijk}).team == team_onthaal
    for veld in alles:
        anders = {**alles, veld: "mail" if veld == "kanaal" else None}
        assert bestemming(**anders).team == team_sociale_dienst, veld


def test_the_order_decides_and_a_rule_that_is_off_does_not(thema, team_onthaal, team_sociale_dienst):
    eerste = regel(team_onthaal, volgorde=10, thema=thema)
    regel(team_sociale_dienst, volgorde=20, thema=thema)
    assert bestemming(thema=thema).team == team_onthaal
    Verdeelregel.objects.filter(pk=eerste.pk).update(actief=False)
    assert bestemming(thema=thema).team == team_sociale_dienst


def test_a_rule_may_leave_it_to_the_team_of_the_service(thema, ocmw, team_onthaal, team_thuiszorg, team_sociale_dienst):
    met = Dienst.objects.create(slug="met", titel="M", kort="x", bestuur=ocmw, team=team_thuiszorg)
    zonder = Dienst.objects.create(slug="zonder", titel="Z", kort="x", bestuur=ocmw)
    regel(None, volgorde=1)
    regel(team_onthaal, volgorde=2, thema=thema)
    assert bestemming(thema=thema, dienst=met).team == team_thuiszorg
    assert bestemming(thema=thema, dienst=zonder).team == team_onthaal


def test_a_question_from_the_website_goes_by_the_rules(huis, team_onthaal, team_sociale_dienst, bewoner):
    regel(team_onthaal, woorden="uit huis gezet", prioriteit=1)
    bewoner.post("/loket/vraag/", ingevuld(tekst="We worden uit huis gezet!"))
    vraag = Vraag.objects.get()
    assert (vraag.team, vraag.prioriteit, vraag.bestuur) == (team_onthaal, 1, team_onthaal.bestuur)


def test_rules_are_one_query(thema, gebied, team_onthaal, team_sociale_dienst, django_assert_num_queries):
    for aantal in (1, 3):
        while Verdeelregel.objects.count() < aantal:
            regel(team_onthaal, thema=thema, woorden=str(Verdeelregel.objects.count()))
        with django_assert_num_queries(2):  # the rules, and the OCMW because none fits
            bestemming(tekst="x")


# --- rules that do nothing are said -----------------------------------------------------------


def test_rules_that_can_never_do_anything_are_reported(
    thema, doelgroep, gebied, wijk, ocmw, team_onthaal, loket_gemeente, team_thuiszorg
):
    weg = Dienst.objects.create(slug="weg", titel="Weg", kort="x", bestuur=ocmw, status="concept")
    breed = regel(team_onthaal, 10, thema=thema, gebied=gebied)
    smal = regel(team_onthaal, 20, thema=thema, gebied=wijk, doelgroep=doelgroep)
    woord = regel(team_onthaal, 30, woorden="brand")
    langer = regel(team_onthaal, 40, woorden="brandweer, brandstof")
    leeg = regel(team_thuiszorg, 50, doelgroep=doelgroep)
    dood = regel(team_onthaal, 60, dienst=weg)
    rest = regel(team_onthaal, 70)
    gevonden = bezwaren(Verdeelregel.objects.op_volgorde())
    assert {pk: zin[:12] for pk, zin in gevonden.items()} == {
        smal.pk: "Komt nooit a", langer.pk: "Komt nooit a", leeg.pk: "In dit team ", dood.pk: "Deze dienst ",
    }  # fmt: skip
    assert not {breed.pk, woord.pk, rest.pk} & gevonden.keys()


# --- editing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["loket_ocmw", "loket_gemeente", "planner", "toezicht", "superuser", "voedselbank"])
def test_rules_are_for_heads_and_administrators(wie, huis, thema, team_onthaal, als, request):
    eigen = regel(team_onthaal, thema=thema)
    client = als(request.getfixturevalue(wie))
    for pad in ("", "nieuw/", f"{eigen.pk}/"):
        assert client.get(PAD + pad).status_code == 404
    for pad in (f"{eigen.pk}/op/", f"{eigen.pk}/wis/", f"{eigen.pk}/"):
        assert client.post(PAD + pad).status_code == 404
    assert Verdeelregel.objects.count() == 1


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"thema": "99999"}, {"thema": "Kies uit de lijst."}),
        ({"woorden": "..., !!"}, {"woorden": "Schrijf woorden met letters of cijfers."}),
        ({"prioriteit": "7"}, {"prioriteit"}),
        ({"woorden": "x" * 5000}, {"woorden"}),
        ({"woorden": "a\x00b"}, {"woorden"}),
        ({"thema": ""}, {"__all__": "Er is al een regel voor alle andere vragen. Vul een voorwaarde in."}),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(velden, fout, huis, thema, team_onthaal, team_ocmw, als):
    regel(team_onthaal)
    goed = {"thema": thema.pk, "team": team_onthaal.pk, "prioriteit": 2, "actief": "on"}
    antwoord = als(team_ocmw).post(f"{PAD}nieuw/", {**goed, **velden})
    fouten = antwoord.context["form"].errors
    assert fouten.keys() == (fout.keys() if isinstance(fout, dict) else fout)
    if isinstance(fout, dict):
        assert {veld: zinnen[0] for veld, zinnen in fouten.items()} == fout
    assert Verdeelregel.objects.count() == 1


def test_rules_are_made_moved_and_thrown_away(huis, thema, doelgroep, team_onthaal, team_sociale_dienst, beheer, als):
    client = als(beheer)
    rest = regel(team_sociale_dienst, 1)
    for veld, waarde in (("thema", thema.pk), ("doelgroep", doelgroep.pk), ("woorden", "<b>honger</b>")):
        client.post(f"{PAD}nieuw/", {veld: waarde, "team": team_onthaal.pk, "prioriteit": 1, "actief": "on"})

    def volgorde():
        return [r.voorwaarde for r in Verdeelregel.objects.op_volgorde()]

    begin = ["thema Geld en schulden", "Ouderen", "met “<b>honger</b>”", "alle andere vragen"]
    assert volgorde() == begin
    derde = Verdeelregel.objects.get(woorden__contains="honger")
    client.post(f"{PAD}{derde.pk}/op/")
    client.post(f"{PAD}{derde.pk}/op/")
    client.post(f"{PAD}{derde.pk}/op/")
    assert volgorde() == [begin[2], begin[0], begin[1], begin[3]]
    client.post(f"{PAD}{derde.pk}/neer/")
    assert volgorde() == [begin[0], begin[2], begin[1], begin[3]]
    assert client.post(f"{PAD}{rest.pk}/op/").status_code == 404
    pagina = client.get(PAD).content.decode()
    assert "&lt;b&gt;honger" in pagina and "<b>honger" not in pagina
    assert "blijft" in client.post(f"{PAD}{rest.pk}/wis/", follow=True).content.decode()
    client.post(f"{PAD}{derde.pk}/wis/")
    client.post(f"{PAD}{rest.pk}/", {"team": team_onthaal.pk, "prioriteit": 2})
    assert volgorde() == [begin[0], begin[1], begin[3]]
    assert Verdeelregel.objects.get(pk=rest.pk).team == team_onthaal


# --- the try-out ------------------------------------------------------------------------------


def probeer(client, **velden):
    return client.post(f"{PAD}nieuw/", {"prioriteit": 2, "actief": "on", "probeer": "1", **velden})


def test_the_try_out_names_only_what_one_may_see_and_changes_nothing(
    huis, thema, team_sociale_dienst, team_onthaal, team_ocmw, als
):
    eigen = vraag_van(team_sociale_dienst, thema=thema, tekst="Kanarie-inhoud over honger")
    anders = vraag_van(team_onthaal, thema=thema, tekst="Ook honger")
    antwoord = probeer(als(team_ocmw), thema=thema.pk, team=team_onthaal.pk)
    uitslag, pagina = antwoord.context["uitslag"], antwoord.content.decode()
    assert (uitslag.bekeken, uitslag.anders, uitslag.gesloten) == (2, 2, 1)
    assert eigen.referentie in pagina and anders.referentie not in pagina and "Kanarie" not in pagina
    assert uitslag.stromen == [("Sociale dienst", "Onthaal", "1 en minder dan 5 van andere teams")]
    assert (Verdeelregel.objects.count(), Inzage.objects.count()) == (0, 0)


def test_words_are_not_sought_in_what_one_may_not_see(huis, team_sociale_dienst, team_onthaal, team_ocmw, beheer, als):
    eigen = vraag_van(team_sociale_dienst, tekst="Wij hebben honger")
    vraag_van(team_onthaal, tekst="Ook honger")
    velden = {"woorden": "honger", "team": team_onthaal.pk}
    uitslag = probeer(als(team_ocmw), **velden).context["uitslag"]
    assert (uitslag.anders, uitslag.gesloten, [v for v, _, _ in uitslag.genoemd]) == (1, 1, [eigen])
    assert list(Inzage.objects.values_list("vraag", "door", "pagina")) == [(eigen.pk, team_ocmw.pk, "proef")]
    uitslag = probeer(als(beheer), **velden).context["uitslag"]
    assert (uitslag.anders, uitslag.gesloten, uitslag.genoemd) == (0, 2, [])
    assert Inzage.objects.count() == 1


def test_the_try_out_of_a_changed_rule_looks_at_it_in_its_place(
    huis, thema, team_sociale_dienst, team_onthaal, team_ocmw, als
):
    vraag_van(team_sociale_dienst, thema=thema)
    regel(team_onthaal, 10, thema=thema)
    tweede = regel(team_sociale_dienst, 20, woorden="niets")
    client = als(team_ocmw)
    velden = {"thema": thema.pk, "team": team_sociale_dienst.pk, "prioriteit": 2, "actief": "on", "probeer": "1"}
    assert client.post(f"{PAD}{tweede.pk}/", velden).context["uitslag"].anders == 0
    eerste = Verdeelregel.objects.get(thema=thema)
    assert client.post(f"{PAD}{eerste.pk}/", velden).context["uitslag"].anders == 1
    assert Verdeelregel.objects.get(pk=eerste.pk).team == team_onthaal


@pytest.mark.django_db(transaction=True)
def test_the_try_out_needs_a_transaction(team_ocmw):
    with pytest.raises(RuntimeError):
        proef(nu=[], straks=[], door=team_ocmw)


# --- rules are kept per version ---------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_changed_rule_counts_for_the_next_question(team_onthaal, team_sociale_dienst, bewoner, huis):
    rest = regel(team_onthaal)
    bewoner.post("/loket/vraag/", ingevuld())
    rest.team = team_sociale_dienst
    rest.save()
    bewoner.post("/loket/vraag/", ingevuld())
    assert [vraag.team for vraag in Vraag.objects.order_by("pk")] == [team_onthaal, team_sociale_dienst]


@pytest.mark.django_db(transaction=True)
def test_an_area_that_moves_follows_the_rule_of_where_it_lies_now(
    team_onthaal, team_sociale_dienst, gebied, wijk, bewoner, huis
):
    regel(team_onthaal, gebied=Gebied.objects.get(code="deel"))
    regel(team_sociale_dienst, volgorde=20)
    bewoner.post("/loket/vraag/", ingevuld(gebied="wijk"))
    Gebied.objects.filter(code="wijk").update(ouder=gebied)
    bewoner.post("/loket/vraag/", ingevuld(gebied="wijk"))
    assert [vraag.team for vraag in Vraag.objects.order_by("pk")] == [team_onthaal, team_sociale_dienst]
