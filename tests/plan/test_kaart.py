"""The card of a guarantee: what it tells, and that it is one page and one sheet whatever is in it."""

import io
from datetime import date
from decimal import Decimal as D

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from plan import kaartblad
from plan.acties.versies import bevries
from plan.kaart import maak
from plan.models import (
    Actie,
    Besluit,
    Besteding,
    Doelstelling,
    Garantie,
    Indicator,
    Meting,
    Projectaanvraag,
    Raming,
)
from tests.keurpdf import keur

LANG = "Een heel lange titel met veel woorden die iemand in een vergadering bedacht en die niemand durfde in te korten, ook niet na drie keer lezen en een pauze met koffie en taart voor iedereen die er bij was"


def tekst(antwoord, status=200):
    assert antwoord.status_code == status
    return " ".join(antwoord.content.decode().split())


def adres(garantie, naam="kaart"):
    return reverse(f"plan:{naam}", args=[garantie.plan.slug, garantie.code])


@pytest.fixture
def klaar(plan, garantie, actie, aanvraag, doelgroep, gemeente, ocmw, orgaan, coordinator, planner):
    """A guarantee with an action, money planned and spent, an indicator, a decision and an announced version."""
    Actie.objects.filter(pk=actie.pk).update(korte_omschrijving="Wij bellen aan.", voortgang=20, stand="in-uitvoering")
    actie.doelgroepen.add(doelgroep)
    for bestuur, richting, bedrag in ((ocmw, "uitgave", 1000), (ocmw, "ontvangst", 1), (gemeente, "uitgave", 500)):
        Raming.objects.create(projectaanvraag=aanvraag, bestuur=bestuur, jaar=2026, richting=richting, bedrag=bedrag)
    aanvraag.noteer_staat("goedgekeurd", door=coordinator, beslissing="Ja.")
    aanvraag.save()
    Besteding.objects.create(actie=actie, bestuur=ocmw, jaar=2026, bedrag=D("800.50"), bron="Jaarrekening")
    indicator = Indicator.objects.create(
        plan=plan, code="I1", titel="Gezinnen die blijven wonen", eenheid="%", over="aandeel", richting="omhoog",
        nulmeting=60, nulmeting_op=date(2025, 12, 31),
    )  # fmt: skip
    indicator.streefwaarden.create(jaar=2031, waarde=80)
    indicator.onderdelen.add(actie)
    Meting.objects.create(
        indicator=indicator, datum=date(2026, 6, 30), periode_begin=date(2026, 1, 1), waarde=71, staat="goedgekeurd",
        ingevoerd_door=planner, ingediend_op=timezone.now(), gekeurd_door=coordinator, gekeurd_op=timezone.now(),
    )  # fmt: skip
    besluit = Besluit.objects.create(
        plan=plan, orgaan=orgaan, datum=date(2025, 12, 15), titel="Vaststelling", nummer="7", stap="uitvoering",
        uitslag="vastgesteld",
    )  # fmt: skip
    bevries(plan=plan, door=coordinator, stap="bekendmaking", besluit=besluit)
    return garantie


# --- what was spent -------------------------------------------------------------------------------


def test_what_was_spent_belongs_to_a_year_that_came_and_is_said_once(klaar, actie, ocmw, doelstelling):
    for jaar, zin in (
        (2032, "Kies een jaar in de periode van het plan (2026-2031)."),
        (2031, "Dit jaar moet nog komen."),
    ):
        with pytest.raises(ValidationError, match=zin[:20]):
            Besteding(actie=actie, bestuur=ocmw, jaar=jaar, bedrag=1, bron="x").full_clean()
    for velden, regel in (
        ({}, "besteding_een_per_bestuur_en_jaar"), ({"jaar": 2032}, "besteding_van_actie_in_periode"),
        ({"jaar": 2027, "bedrag": -1}, "besteding_niet_onder_nul"), ({"actie_id": doelstelling.pk}, "besteding_van_actie_in_periode"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            Besteding.objects.create(
                **{"actie_id": actie.pk, "bestuur": ocmw, "jaar": 2026, "bedrag": 1, "bron": "x", **velden}
            )


def test_what_was_spent_is_as_visible_as_its_plan(klaar, voedselbank, planner):
    assert Besteding.objects.zichtbaar_voor(voedselbank).count() == 1
    type(klaar.plan).objects.filter(pk=klaar.plan_id).update(staat="voorbereiding", gepubliceerd_op=None)
    assert (
        Besteding.objects.zichtbaar_voor(voedselbank).count(),
        Besteding.objects.zichtbaar_voor(planner).count(),
    ) == (0, 1)


# --- the card -------------------------------------------------------------------------------------


def test_a_hidden_plan_has_no_card(huis, geheim_plan, bewoner, als, planner, loket_ocmw):
    garantie = Garantie.objects.get(plan=geheim_plan)
    for naam in ("kaart", "kaart_pdf"):
        assert (
            bewoner.get(adres(garantie, naam)).status_code
            == als(loket_ocmw).get(adres(garantie, naam)).status_code
            == 404
        )
        assert als(planner).get(adres(garantie, naam)).status_code == 200


def test_an_empty_guarantee_has_a_card(huis, garantie, bewoner):
    html = tekst(bewoner.get(adres(garantie)))
    for zin in ("Er zijn nog geen doelstellingen.", "Er is geen extra geld gepland.", "Er zijn nog geen acties.",
                "We meten nog niets voor deze garantie.", "Er is nog geen eerdere versie.", "Er is nog geen besluit."):  # fmt: skip
        assert zin in html
    assert kaartblad.bladen(bewoner.get(adres(garantie, "kaart_pdf")).content) == 1


def test_the_card_tells_promise_people_money_figures_decision_and_trend(
    huis, klaar, plan, actie, maak_actie, aanvraag, gemeente, bewoner
):
    html = tekst(bewoner.get(adres(klaar)))
    assert "Je woont veilig." in html and "<strong>Voor wie?</strong> ouderen</p>" in html
    assert (
        '<th scope="row">Gemeente</th><td class="getal" data-kop="Gepland">€ 500</td><td class="getal" data-kop="Uitgegeven">€ 0</td>'
        in html
    )
    assert (
        '<th scope="row">OCMW</th><td class="getal" data-kop="Gepland">€ 1.000</td><td class="getal" data-kop="Uitgegeven">€ 800,50</td>'
        in html
    )
    assert (
        '<th scope="row">Samen</th><td class="getal" data-kop="Gepland">€ 1.500</td><td class="getal" data-kop="Uitgegeven">€ 800,50</td>'
        in html
    )
    assert '<td data-kop="Nu">71 %</td><td data-kop="Ons doel">80 % (2031)</td>' in html and "Op koers" in html
    assert "Voortgang: nog altijd 20 %. Er kwamen geen acties bij en er viel er geen weg." in html
    assert "15 dec 2025: Vaststelling (vastgesteld)." in html and "<h3>Korte termijn</h3>" in html
    # the plan moves on
    maak_actie("b", korte_omschrijving="Nieuw.", termijn="lang")
    Actie.objects.filter(pk=actie.pk).update(voortgang=60, trekker="Team wonen")
    Raming.objects.filter(bestuur=gemeente).update(bedrag=700)
    kaart = maak(klaar)
    assert (kaart.trend.toen, kaart.tak.percentage, kaart.trend.geteld) == (20, 30, [(1, "nieuw"), (1, "gewijzigd")])
    assert [deel.titel for deel in kaart.termijnen] == ["Korte termijn", "Lange termijn"]
    html = tekst(bewoner.get(adres(klaar)))
    assert "Vergeleken met versie 1 van" in html
    assert "Voortgang: 30 %, toen 20 %. Acties: 1 nieuw, 1 gewijzigd. Geplande uitgaven: € 200 meer." in html
    assert not bewoner.cookies
    # one that did not exist yet has no trend, and another guarantee does not count
    ander = Garantie.objects.create(plan=plan, code="G2", titel="Ander", korte_omschrijving="x")
    assert maak(ander).trend is None and maak(ander).geld == [] and maak(ander).stukken == []


def test_the_card_asks_the_same_for_one_row_and_for_three(
    huis, klaar, plan, maak_actie, bewoner, doelgroep, ocmw, django_assert_num_queries
):
    for nummer in (1, 2, 3):
        actie = maak_actie(f"x{nummer}", korte_omschrijving="x", doelgroepen=[doelgroep])
        actie.bbc_codes.create(plan=plan, bestuur=ocmw, code=f"AC{nummer}")
        Indicator.objects.create(
            plan=plan, code=f"J{nummer}", titel="x", eenheid="x", richting="omhoog"
        ).onderdelen.add(actie)
        if nummer in (1, 3):
            with django_assert_num_queries(VRAGEN):
                bewoner.get(adres(klaar))


VRAGEN = 25


def vol(plan, garantie, gemeente, ocmw, coordinator):
    """As much as fits in every column: long titles, many goals, actions, indicators."""
    Garantie.objects.filter(pk=garantie.pk).update(titel=LANG[:200], korte_omschrijving=(LANG + LANG)[:250])
    for nummer in range(9):
        doel = Doelstelling.objects.create(plan=plan, code=f"D{nummer}", titel=LANG[:200], ouder=garantie)
        for termijn in ("kort", "middellang", "lang"):
            actie = Actie.objects.create(
                plan=plan, code=f"D{nummer}.{termijn}", titel=LANG[:200], ouder=doel, termijn=termijn, bestuur="beide",
                korte_omschrijving="x",
            )  # fmt: skip
        indicator = Indicator.objects.create(
            plan=plan, code=f"I{nummer}", titel=LANG[:200], eenheid="plaatsen per 100 jonge kinderen", richting="omhoog",
            nulmeting=1_234_567, nulmeting_op=date(2025, 12, 31),
        )  # fmt: skip
        indicator.streefwaarden.create(jaar=2031, waarde=9_876_543)
        indicator.onderdelen.add(doel)
        Meting.objects.create(
            indicator=indicator, datum=date(2026, 6, 30), periode_begin=date(2026, 1, 1), waarde=2_345_678, staat="goedgekeurd",
            ingevoerd_door=coordinator, ingediend_op=timezone.now(), gekeurd_door=coordinator, gekeurd_op=timezone.now(), alleen_reden="x",
        )  # fmt: skip
    aanvraag = Projectaanvraag.objects.create(plan=plan, code="P9", titel="x", actie=actie, aanvrager="x")
    for bestuur in (gemeente, ocmw):
        Raming.objects.create(
            projectaanvraag=aanvraag, bestuur=bestuur, jaar=2027, richting="uitgave", bedrag=D("123456789.01")
        )
    aanvraag.noteer_staat("goedgekeurd", door=coordinator, beslissing="Ja.")
    aanvraag.save()
    bevries(plan=plan, door=coordinator)


def test_the_fullest_guarantee_fits_on_one_sheet_and_its_pdf_is_accessible(
    huis, plan, garantie, gemeente, ocmw, coordinator, bewoner
):
    vol(plan, garantie, gemeente, ocmw, coordinator)
    garantie.refresh_from_db()
    antwoord = bewoner.get(adres(garantie, "kaart_pdf"))
    assert antwoord["Content-Disposition"] == 'attachment; filename="2026-2031-G1-kaart.pdf"'
    titel, soorten, bladwijzers = keur(antwoord.content)
    assert titel == LANG[:200] and soorten.count("/Table") == 2 and "/L" in soorten
    assert [kop for kop, _ in bladwijzers] == [
        "Wat willen we bereiken?", "Wat kost het?", "Wat doen we?", "Werkt het?", "Sinds de vorige versie", "Laatste besluit",
    ]  # fmt: skip
    with pikepdf.open(io.BytesIO(antwoord.content)) as pdf:
        assert len(pdf.pages) == 1 == kaartblad.bladen(antwoord.content)
        assert [round(float(maat)) for maat in pdf.pages[0].MediaBox] == [0, 0, 595, 842]
    html = tekst(bewoner.get(adres(garantie)))
    assert html.count("en nog 4") == 5  # goals, three terms, indicators
