"""A public plan with one guarantee, goal and action, an open and a closed round, and who speaks for the food bank."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.utils import timezone

from participatie.acties.antwoord import beantwoord, lees_na
from participatie.acties.inbreng import toon
from participatie.models import Formulier, Formuliervraag, Inbreng, Mandaat, Ronde
from plan.models import Actie, Doelstelling, Garantie, Plan
from sociaalhuis.inzending import ZOUT
from sociaalhuis.models import Dossiersleutel, Organisatie

ALLES = [
    ("kort", "Hoe heet je straat?", {}),
    ("lang", "Wat mis je?", {}),
    ("keuze", "Kom je vaak in het Sociaal Huis?", {"keuzes": "Ja\nNee", "verplicht": True}),
    ("meerdere", "Waarvoor?", {"keuzes": "Geld\nWonen\nWerk", "toon": ("keuze", "Ja")}),
    ("schaal", "Hoe tevreden ben je?", {"laag": "helemaal niet", "hoog": "heel erg", "toon": ("keuze", "Ja"), "verplicht": True}),
    ("rangschikken", "Wat moet eerst?", {"keuzes": "Bankjes\nBus\nBib"}),
    ("punten", "Verdeel je punten", {"keuzes": "Bankjes\nBus\nBib", "maximum": 10}),
    ("getal", "Met hoeveel woon je?", {"minimum": 1, "maximum": 20}),
    ("datum", "Sinds wanneer?", {}),
    ("bestand", "Heb je een foto?", {}),
    ("thema", "Over welk thema?", {}),
    ("doelgroep", "Over welke groep?", {}),
    ("gebied", "Over welke buurt?", {}),
]  # fmt: skip


@pytest.fixture
def plan(db):
    plan = Plan.objects.create(
        slug="2026-2031",
        titel="Sociaal plan",
        beginjaar=2026,
        eindjaar=2031,
        missie="Iedereen telt mee.",
        staat=Plan.Staat.OPENBAAR,
        gepubliceerd_op=date(2026, 1, 5),
    )
    garantie = Garantie.objects.create(plan=plan, code="G1", titel="Wonen")
    doel = Doelstelling.objects.create(plan=plan, code="G1.1", titel="Een dak", ouder=garantie)
    Actie.objects.create(
        plan=plan, code="G1.1.a", titel="Noodwoning", ouder=doel, termijn="kort", bestuur="beide", trekker="Wonen"
    )
    return plan


@pytest.fixture
def actie(plan):
    return Actie.objects.get(plan=plan, code="G1.1.a")


@pytest.fixture
def maak_ronde(plan):
    """maak_ronde("zomer", van=-10, tot=5): a published round that opens and closes so many days from now."""

    def maak(slug, van=-10, tot=5, staat=Ronde.Staat.GEPUBLICEERD, **velden):
        nu = timezone.now()
        return Ronde.objects.create(
            slug=slug,
            plan=plan,
            titel=f"Ronde {slug}",
            vraag="Wat moet eerst?",
            wie="Iedereen",
            opent_op=nu + timedelta(days=van),
            sluit_op=nu + timedelta(days=tot),
            antwoord_tegen=timezone.localdate() + timedelta(days=tot + 30),
            staat=staat,
            **velden,
        )

    return maak


@pytest.fixture
def ronde(maak_ronde):
    return maak_ronde("open")


@pytest.fixture
def gesloten_ronde(maak_ronde):
    return maak_ronde("gesloten", van=-30, tot=-1)


@pytest.fixture
def mandaat(voedselbank, organisatie):
    return Mandaat.objects.create(
        gebruiker=voedselbank, organisatie=organisatie, van=timezone.now() - timedelta(days=30)
    )


@pytest.fixture
def ouderenraad(db):
    return Organisatie.objects.create(
        code="ouderenraad", naam="Ouderenraad Proefdorp", soort="adviesraad", erkend_op=timezone.now()
    )


@pytest.fixture
def maak_inbreng():
    """maak_inbreng(ronde, "tekst", organisatie=None, door=None): one input, a citizen's shown when `door` has read it."""

    def maak(ronde, tekst, organisatie=None, door=None, email="", **velden):
        if email:
            velden |= {"dossiersleutel": Dossiersleutel.objects.create(), "email": email}
        velden.setdefault("staat", "zichtbaar" if organisatie else "ingediend")
        inbreng = Inbreng.objects.create(ronde=ronde, tekst=tekst, organisatie=organisatie, **velden)
        return toon(inbreng=inbreng, door=door) if door else inbreng

    return maak


@pytest.fixture
def bewijs():
    """bewijs(nummer): the hidden token of a page that was made a minute ago."""

    def maak(nummer=1, seconden=60):
        return signing.dumps([f"{nummer:032x}", int(timezone.now().timestamp()) - seconden], salt=ZOUT)

    return maak


@pytest.fixture
def geef(bewijs):
    """geef(client, ronde, tekst=...): posts the form of a round."""

    def post(client, ronde, nummer=1, **velden):
        velden = {"bewijs": bewijs(nummer), "onderdeel": "", "tekst": "Meer bankjes.", **velden}
        return client.post(f"/participatie/rondes/{ronde.slug}/inbreng/", velden)

    return post


@pytest.fixture
def klaar(coordinator, planner):
    """klaar(inbreng, "deels", wijziging="x"): an answer by the coordinator that the planner has read."""

    def maak(inbreng, besluit="niet", reden="Daarom.", **velden):
        antwoord = beantwoord(inbreng=inbreng, besluit=besluit, reden=reden, door=coordinator, **velden)
        return lees_na(antwoord=antwoord, door=planner)

    return maak


@pytest.fixture
def vragen(ronde, thema, doelgroep, gebied):
    """Dict of kind to question: a form with every kind."""
    formulier, per_soort = Formulier.objects.create(ronde=ronde), {}
    for nummer, (soort, tekst, velden) in enumerate(ALLES, start=1):
        velden = dict(velden)
        if toon := velden.pop("toon", None):
            velden |= {"toon_als": per_soort[toon[0]], "toon_waarde": toon[1]}
        per_soort[soort] = Formuliervraag.objects.create(
            formulier=formulier, nummer=nummer, soort=soort, vraag=tekst, **velden
        )
    return per_soort
