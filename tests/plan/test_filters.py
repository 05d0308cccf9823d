import pytest
from django.http import QueryDict
from django.urls import reverse

from plan.filters import ActieFilter
from plan.models import Actie
from sociaalhuis.models import Doelgroep, Gebied, Thema


@pytest.fixture
def vier_acties(maak_actie, thema, doelgroep, gebied):
    wonen = Thema.objects.create(code="wonen", naam="Wonen", volgorde=1)
    jongeren = Doelgroep.objects.create(code="jongeren", naam="Jongeren", volgorde=1)
    wijk = Gebied.objects.create(code="wijk", naam="Wijk", soort="wijk", ouder=gebied, volgorde=1)
    maak_actie("a", themas=[thema, wonen], doelgroepen=[doelgroep], gebieden=[gebied], trekker="Onthaal", volgorde=1)
    maak_actie(
        "b", themas=[wonen], doelgroepen=[jongeren], gebieden=[wijk], bestuur="gemeente", trekker="Wonen", volgorde=2
    )
    maak_actie("c", themas=[thema], bestuur="beide", termijn="lang", stand="uitgevoerd", voortgang=100, volgorde=3)
    maak_actie("d", termijn="lang", trekker="Onthaal", volgorde=4)


def filter_met(vraag):
    return ActieFilter(QueryDict(vraag), queryset=Actie.objects.all())


@pytest.mark.parametrize(
    ("vraag", "codes"),
    [
        ("", "abcd"),
        ("thema=wonen", "ab"),
        ("doelgroep=ouderen", "a"),
        ("gebied=wijk", "b"),
        ("termijn=lang", "cd"),
        ("stand=uitgevoerd", "c"),
        ("trekker=Onthaal", "ad"),
        ("bestuur=ocmw", "acd"),
        ("bestuur=gemeente", "bc"),
        ("garantie=G1", "abcd"),
        ("garantie=G9", ""),
        ("thema=wonen&bestuur=ocmw", "a"),
        ("thema=wonen&termijn=lang", ""),
    ],
)
def test_filters_give_exactly_these_actions(vier_acties, vraag, codes):
    gevonden = filter_met(vraag)
    assert [actie.code[-1] for actie in gevonden.qs.in_volgorde()] == list(codes)
    assert not gevonden.onbekend


@pytest.mark.parametrize(
    "vraag", ["thema=bestaat-niet", "stand=zwevend", "bestuur=beide", "trekker=%00", "termijn=%27--"]
)
def test_an_unknown_choice_is_left_out_and_told(vier_acties, vraag):
    gevonden = filter_met(f"{vraag}&doelgroep=ouderen")
    assert gevonden.onbekend
    assert [actie.code[-1] for actie in gevonden.qs] == ["a"]


def facet(gevonden, titel):
    return {k["naam"]: k["aantal"] for f in gevonden.facetten() if f["titel"] == titel for k in f["keuzes"]}


def test_counts_say_what_a_choice_would_give(vier_acties):
    gevonden = filter_met("thema=wonen")
    assert facet(gevonden, "Thema") == {"Geld en schulden": 2, "Wonen": 2}  # as if no theme were chosen
    assert facet(gevonden, "Bestuur") == {"Gemeente": 1, "OCMW": 1}
    assert facet(gevonden, "Stand") == {"Nog niet gestart": 2}
    assert facet(gevonden, "Trekker") == {"Onthaal": 1, "Wonen": 1}


def test_both_besturen_count_for_each(vier_acties):
    assert facet(filter_met(""), "Bestuur") == {"Gemeente": 2, "OCMW": 3}


def test_every_count_is_what_the_link_gives(vier_acties):
    for facet_ in filter_met("bestuur=ocmw").facetten():
        for keuze in facet_["keuzes"]:
            if not keuze["gekozen"]:
                assert filter_met(keuze["url"].removeprefix("?")).qs.count() == keuze["aantal"], keuze


def test_a_choice_without_results_can_be_undone(vier_acties):
    gevonden = filter_met("thema=wonen&termijn=lang")
    [keuze] = [k for f in gevonden.facetten() for k in f["keuzes"] if k["gekozen"] and k["naam"] == "Lange termijn"]
    assert (keuze["aantal"], keuze["url"]) == (0, "?thema=wonen")


# --- words ------------------------------------------------------------------------------------


@pytest.fixture
def met_woorden(vier_acties):
    Actie.objects.filter(code="G1.1.b").update(lange_omschrijving="<p>We geven <b>één</b> premie voor de huur.</p>")
    Actie.objects.filter(code="G1.1.c").update(titel="Premies aan huis", contact="Balie 3")


@pytest.mark.parametrize(
    ("vraag", "codes"),
    [
        ("q=premie", "bc"),
        ("q=GEVEN+een+PREMI%C3%8B", "b"),
        ("q=G%C3%A9ven+%C3%A9%C3%A9n", "b"),
        ("q=geven%20hu", "b"),
        ("q=remie", ""),
        ("q=balie", "c"),
        ("q=dak", "abcd"),  # the name of the guarantee
        ("q=onthaal&termijn=lang", "d"),
        ("q=premie&bestuur=ocmw", "c"),
        ("q=+%E2%80%AE+", "abcd"),
        ("q=.*", "abcd"),
        ("q=" + "x" * 101, "abcd"),
        ("q=%00", "abcd"),
    ],
)
def test_every_word_must_occur_at_the_beginning_of_one(met_woorden, vraag, codes):
    assert [actie.code[-1] for actie in filter_met(vraag).qs.in_volgorde()] == list(codes)


def test_counts_and_chips_go_with_the_words(met_woorden):
    gevonden = filter_met("q=premie&bestuur=ocmw&thema=wonen")
    assert facet(gevonden, "Bestuur") == {"Gemeente": 1, "OCMW": 0}
    assert gevonden.weg_te_halen() == [
        {"naam": "Woord: premie", "url": "?thema=wonen&bestuur=ocmw", "aantal": 1},
        {"naam": "Thema: Wonen", "url": "?q=premie&bestuur=ocmw", "aantal": 1},
        {"naam": "Bestuur: OCMW", "url": "?q=premie&thema=wonen", "aantal": 1},
    ]
    assert filter_met("").weg_te_halen() == []


def test_counting_takes_two_queries_whatever_is_chosen(met_woorden, django_assert_num_queries):
    with django_assert_num_queries(2):
        gevonden = filter_met("q=premie&bestuur=ocmw&thema=wonen&trekker=Onthaal&garantie=G1")
        assert gevonden.facetten() and gevonden.weg_te_halen() and gevonden.treffers == []


def test_nothing_found_helps_on(met_woorden, plan, bewoner, huis):
    tekst = bewoner.get(reverse("plan:acties", args=[plan.slug]), {"q": "premei"}).content.decode()
    assert 'href="?q=premie"' in tekst and "Geen acties met “premei”" in tekst and "Toon alle acties" in tekst
    tekst = bewoner.get(
        reverse("plan:acties", args=[plan.slug]), {"q": "<script>x", "termijn": "lang"}
    ).content.decode()
    assert "<script>x" not in tekst and "Zonder “Woord: &lt;script&gt;x”</a>: 2 acties" in tekst
    assert filter_met("termijn=lang").bedoel_je() is None and filter_met("q=zzzzzzzz").bedoel_je() is None
