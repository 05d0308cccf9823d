"""A small plan that anyone may read, and one that is still being prepared."""

from datetime import date, timedelta

import pytest

from plan.acties.raadspad import begin_raadspad, zet_stap
from plan.models import Actie, Doelstelling, Garantie, Jaaractieplan, Plan, Projectaanvraag
from sociaalhuis.models import Bestuursorgaan, Organisatie

# the way past both councils, as (step, body, outcome); advice comes before it
DAG = date(2026, 3, 2)
ROUTE = [
    ("comite", "bijzonder-comite", "gunstig"),
    ("ontwerp", "college", "goedgekeurd"),
    ("ontwerp", "vast-bureau", "goedgekeurd"),
    ("vaststelling-ocmw", "rmw", "vastgesteld"),
    ("vaststelling-gemeente", "gemeenteraad", "vastgesteld"),
    ("goedkeuring-ocmw", "gemeenteraad", "goedgekeurd"),
    ("bekendmaking", "college", "bekendgemaakt"),
]


@pytest.fixture
def plan(db):
    return Plan.objects.create(
        slug="2026-2031",
        titel="Samen sterk",
        beginjaar=2026,
        eindjaar=2031,
        missie="Niemand staat er alleen voor.",
        visie="<p>Een open deur.</p>",
        staat=Plan.Staat.OPENBAAR,
        gepubliceerd_op=date(2025, 12, 19),
    )


@pytest.fixture
def geheim_plan(db):
    """In preparation: nobody outside should ever see a word of it."""
    plan = Plan.objects.create(
        slug="2032-2037", titel="Geheime titel", beginjaar=2032, eindjaar=2037, missie="Geheime missie"
    )
    garantie = Garantie.objects.create(plan=plan, code="X1", titel="Geheime garantie")
    doelstelling = Doelstelling.objects.create(plan=plan, code="X1.1", titel="Geheim doel", ouder=garantie)
    Actie.objects.create(
        plan=plan, code="X1.1.a", titel="Geheime actie", ouder=doelstelling, termijn="kort", bestuur="ocmw"
    )
    return plan


@pytest.fixture
def garantie(plan):
    return Garantie.objects.create(
        plan=plan,
        code="G1",
        titel="Een dak",
        korte_omschrijving="Je woont veilig.",
        stand_toelichting="Twee woningen klaar.",
    )


@pytest.fixture
def doelstelling(plan, garantie):
    return Doelstelling.objects.create(plan=plan, code="G1.1", titel="Minder uithuiszettingen", ouder=garantie)


@pytest.fixture
def maak_actie(plan, doelstelling):
    """maak_actie("b", termijn="lang") -> action G1.1.b; themes and the like as codes of objects."""

    def maak(letter, ouder=None, **velden):
        meer = {naam: velden.pop(naam) for naam in ("themas", "doelgroepen", "gebieden", "partners") if naam in velden}
        actie = Actie.objects.create(
            **{
                "plan": plan,
                "code": f"{(ouder or doelstelling).code}.{letter}",
                "titel": f"Actie {letter}",
                "ouder": ouder or doelstelling,
                "termijn": "kort",
                "bestuur": "ocmw",
                **velden,
            }
        )
        for naam, objecten in meer.items():
            getattr(actie, naam).set(objecten)
        return actie

    return maak


@pytest.fixture
def actie(maak_actie):
    return maak_actie("a", trekker="Sociale dienst", begin=date(2026, 2, 1), einde=date(2027, 12, 31))


@pytest.fixture
def jaarplan(plan):
    return Jaaractieplan.objects.create(plan=plan, jaar=2026, staat=Jaaractieplan.Staat.VASTGESTELD)


@pytest.fixture
def aanvraag(plan, actie):
    return Projectaanvraag.objects.create(
        plan=plan, code="P01", titel="Begeleider", actie=actie, aanvrager="Sociale dienst"
    )


@pytest.fixture
def orgaan(ocmw):
    return Bestuursorgaan.objects.create(soort=Bestuursorgaan.Soort.RMW, bestuur=ocmw)


@pytest.fixture
def organen(gemeente, ocmw):
    kant = {"gemeenteraad": gemeente, "college": gemeente, "rmw": ocmw, "vast-bureau": ocmw, "bijzonder-comite": ocmw}
    return {soort: Bestuursorgaan.objects.create(soort=soort, bestuur=bestuur) for soort, bestuur in kant.items()}


@pytest.fixture
def lok(db):
    return Organisatie.objects.create(code="lok", naam="Lokaal Overleg Kinderopvang", soort="adviesraad")


@pytest.fixture
def ontwerp(db):
    plan = Plan.objects.create(slug="nieuw", titel="Nieuw plan", beginjaar=2026, eindjaar=2031, missie="Samen.")
    Garantie.objects.create(plan=plan, code="G1", titel="Een dak", korte_omschrijving="Je woont veilig.")
    return plan


@pytest.fixture
def pad(ontwerp, coordinator, organen):
    return begin_raadspad(plan=ontwerp, naam="Vaststelling", door=coordinator, begonnen_op=DAG)


@pytest.fixture
def zet(pad, organen, lok, coordinator):
    """zet("ontwerp", "college") takes a step; zet.tot("ontwerp") all steps up to and with it."""

    def stap(naam, wie=None, uitslag=None, dagen=0, **velden):
        standaard = {(s, o): u for s, o, u in ROUTE}
        wie_het_is = {"adviesraad": lok} if naam == "advies" else {"orgaan": organen[wie]}
        besluit = zet_stap(**{
            "raadspad": pad, "stap": naam, "datum": DAG + timedelta(days=dagen), "titel": f"Besluit {naam}",
            "nummer": f"{naam}-{wie}", "uitslag": uitslag or standaard.get((naam, wie), "gunstig"), "door": coordinator,
            **wie_het_is, **velden,
        })  # fmt: skip
        pad.vergeet()
        return besluit

    def tot(laatste):
        stap("advies", nummer="")
        for naam, wie, _ in ROUTE:
            stap(naam, wie)
            if naam == laatste and not (naam == "ontwerp" and wie == "college"):
                return

    stap.tot = tot
    return stap
