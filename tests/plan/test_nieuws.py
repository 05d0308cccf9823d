from datetime import date

from plan.models import Actie, Doelstelling, Garantie
from plan.nieuws import nieuws


def test_no_news_is_an_empty_list(plan, actie):
    assert nieuws() == []


def test_what_moved_last_comes_first_one_per_guarantee(plan, maak_actie):
    ander = Garantie.objects.create(plan=plan, code="G2", titel="Geld", volgorde=1)
    doel = Doelstelling.objects.create(plan=plan, code="G2.1", titel="Minder schulden", ouder=ander)
    for letter, ouder, dag in [("a", None, 1), ("b", None, 3), ("a", doel, 2)]:
        actie = maak_actie(letter, ouder=ouder)
        actie.noteer_stand("in-uitvoering", 50, f"Nieuws van dag {dag}.", op=date(2026, 9, dag))
        actie.save()
    assert [bericht["tekst"] for bericht in nieuws()] == ["Nieuws van dag 3.", "Nieuws van dag 2."]
    assert nieuws(1) == [
        {
            "titel": "Dit beweegt: een dak",
            "tekst": "Nieuws van dag 3.",
            "url": Actie.objects.get(code="G1.1.b").get_absolute_url(),
        }
    ]


def test_a_hidden_plan_makes_no_news(geheim_plan):
    actie = Actie.objects.get()
    actie.noteer_stand("in-uitvoering", 50, "Geheim nieuws.")
    actie.save()
    assert nieuws() == []
