from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from plan.models import (
    Afhankelijkheid,
    Besluit,
    Document,
    Garantie,
    Jaaractie,
    Jaaractieplan,
    Pijler,
    Plan,
    Processtap,
    Raming,
)
from sociaalhuis.models import Bestuursorgaan

GEHEIM = ("Geheime", "Geheim doel", "X1")
PLANPAGINAS = ["plan", "afdrukken", "geld", "acties", "matrix", "proces", "structuur", "principes", "cijfers", "pijlers",
               "documenten", "bestellen", "besteld"]  # fmt: skip


def pagina(client, naam, *args, status=200, **vragen):
    antwoord = client.get(reverse(f"plan:{naam}", args=args), vragen)
    assert antwoord.status_code == status
    return antwoord


def tekst(antwoord):
    return antwoord.content.decode()


@pytest.fixture
def document(plan):
    return Document.objects.create(
        plan=plan,
        slug="notulen",
        titel="Uittreksel",
        soort="notulenuittreksel",
        datum=date(2025, 12, 15),
        inhoud="<p>Besloten.</p>",
    )


# --- drafts are hidden ------------------------------------------------------------------------


@pytest.mark.parametrize("naam", PLANPAGINAS)
def test_no_page_of_a_hidden_plan_exists_for_others(naam, geheim_plan, bewoner, als, loket_ocmw, voedselbank, huis):
    for client in (bewoner, als(loket_ocmw), als(voedselbank)):
        assert not set(GEHEIM) & set(tekst(pagina(client, naam, geheim_plan.slug, status=404)).split())


def test_no_part_of_a_hidden_plan_exists_for_others(geheim_plan, bewoner, planner, als, huis):
    Pijler.objects.create(plan=geheim_plan, code="planning", titel="Geheim", tekst="<p>x</p>")
    Jaaractieplan.objects.create(plan=geheim_plan, jaar=2032, staat="vastgesteld")
    Document.objects.create(
        plan=geheim_plan, slug="d", titel="Geheim", soort="advies", datum=date(2031, 1, 1), inhoud="<p>x</p>"
    )
    delen = [("garantie", "X1"), ("actie", "X1.1.a"), ("pijler", "planning"), ("jaar", 2032), ("document", "d")]
    for naam, sleutel in delen:
        pagina(bewoner, naam, geheim_plan.slug, sleutel, status=404)
        pagina(als(planner), naam, geheim_plan.slug, sleutel)


def test_who_works_on_it_reads_a_hidden_plan_and_is_told_so(geheim_plan, als, planner, coordinator, huis):
    for gebruiker in (planner, coordinator):
        assert "Nog niet openbaar" in tekst(pagina(als(gebruiker), "plan", geheim_plan.slug))


def test_a_year_in_preparation_is_hidden(plan, bewoner, als, planner, huis):
    Jaaractieplan.objects.create(plan=plan, jaar=2028)
    pagina(bewoner, "jaar", plan.slug, 2028, status=404)
    assert "2028" not in tekst(pagina(bewoner, "plan", plan.slug))
    pagina(als(planner), "jaar", plan.slug, 2028)


def test_a_document_that_is_not_public_is_hidden(plan, document, ocmw, bewoner, huis):
    Document.objects.update(openbaar=False)
    orgaan = Bestuursorgaan.objects.create(soort="rmw", bestuur=ocmw)
    Besluit.objects.create(
        plan=plan, orgaan=orgaan, datum=date(2025, 12, 15), titel="Vaststelling", nummer="1", stap="advies",
        uitslag="gunstig", document=document,
    )  # fmt: skip
    pagina(bewoner, "document", plan.slug, document.slug, status=404)
    assert document.titel not in tekst(pagina(bewoner, "documenten", plan.slug))
    assert reverse("plan:document", args=[plan.slug, document.slug]) not in tekst(pagina(bewoner, "proces", plan.slug))


@pytest.mark.parametrize(
    "adres", ["/plan/2026-2031/jaren/99999999999999999999/", "/plan/2026-2031/garanties/..%2F/", "/plan/%00/"]
)
def test_a_strange_address_is_not_found(plan, bewoner, huis, adres):
    assert bewoner.get(adres).status_code == 404


@pytest.mark.parametrize("naam", PLANPAGINAS)
def test_a_page_is_only_read(plan, bewoner, huis, naam):
    methode = bewoner.put if naam == "bestellen" else bewoner.post
    assert methode(reverse(f"plan:{naam}", args=[plan.slug])).status_code == 405


# --- what they show ---------------------------------------------------------------------------


def test_one_plan_is_opened_at_once(plan, geheim_plan, bewoner, als, planner, huis):
    antwoord = pagina(bewoner, "plannen", status=302)
    assert antwoord["Location"] == plan.get_absolute_url()
    assert list(pagina(als(planner), "plannen").context["plannen"]) == [geheim_plan, plan]


def test_without_a_plan_the_page_says_so(db, bewoner, huis):
    assert "nog geen plan" in tekst(pagina(bewoner, "plannen"))


@pytest.mark.parametrize("naam", [naam for naam in PLANPAGINAS if naam != "bestellen"])
def test_plain_pages_set_no_cookie(plan, garantie, bewoner, huis, naam):
    antwoord = pagina(bewoner, naam, plan.slug)
    assert not antwoord.cookies
    assert "Cookie" not in antwoord.get("Vary", "")


def test_the_plan_shows_its_mission_and_guarantees_in_order(plan, garantie, actie, bewoner, huis):
    Garantie.objects.create(plan=plan, code="G0", titel="Geld", volgorde=1)
    actie.noteer_stand("in-uitvoering", 40)
    actie.save()
    antwoord = pagina(bewoner, "plan", plan.slug)
    assert plan.missie in tekst(antwoord)
    assert [(tak.nummer, tak.deel.titel, tak.percentage) for tak in antwoord.context["takken"]] == [
        (1, "Een dak", 40),
        (2, "Geld", 0),
    ]
    assert antwoord.context["standen"] == [("In uitvoering", "bezig", 1)]


def test_the_plan_shows_granted_money_with_a_table(plan, aanvraag, gemeente, ocmw, coordinator, bewoner, huis):
    for bestuur, bedrag in [(gemeente, "1000.50"), (ocmw, "20.25")]:
        Raming.objects.create(
            projectaanvraag=aanvraag, bestuur=bestuur, jaar=2027, richting="uitgave", bedrag=Decimal(bedrag)
        )
    assert pagina(bewoner, "plan", plan.slug).context["geld"] is None
    aanvraag.noteer_staat("opgenomen", door=coordinator, beslissing="Ja.")
    aanvraag.save()
    antwoord = pagina(bewoner, "plan", plan.slug)
    geld = antwoord.context["geld"]
    assert geld["staven"][1] == ["2027", Decimal("1000.50"), Decimal("20.25")]
    assert geld["totaal"] == {"uitgave": Decimal("1020.75"), "ontvangst": Decimal(0), "saldo": Decimal("-1020.75")}
    assert "€\xa01.020,75" in tekst(antwoord) and "€\xa01.000,50" in tekst(antwoord)


def test_a_guarantee_shows_goals_actions_and_neighbours(plan, garantie, actie, bewoner, huis):
    volgende = Garantie.objects.create(plan=plan, code="G2", titel="Volgende", volgorde=1)
    antwoord = pagina(bewoner, "garantie", plan.slug, garantie.code)
    assert [doel.deel.code for doel in antwoord.context["tak"].takken] == ["G1.1"]
    assert [a.code for a in antwoord.context["acties"]] == ["G1.1.a"]
    assert antwoord.context["vorige"] is None
    assert antwoord.context["volgende"].deel.code == volgende.code
    assert actie.trekker in tekst(antwoord)


def test_without_a_plan_who_works_on_it_is_shown_where_to_begin(bewoner, huis, als, planner):
    assert "Er staat nog geen plan op deze site" in tekst(pagina(bewoner, "plannen"))
    html = tekst(als(planner).get(reverse("plan:plannen")))
    assert f'href="{reverse("admin:plan_plan_add")}">Begin het plan</a>' in html


def test_a_goal_says_what_its_actions_wait_for(plan, garantie, actie, maak_actie, bewoner, huis):
    Afhankelijkheid.objects.create(actie=maak_actie("b"), wacht_op=actie)
    html = tekst(pagina(bewoner, "garantie", plan.slug, "G1"))
    adres = reverse("plan:actie", args=[plan.slug, actie.code])
    assert f'Eerst moet dit gebeuren: <a href="{adres}">Actie a</a> (nog niet gestart).' in html
    assert html.count("Eerst moet dit gebeuren") == 1


def test_an_action_shows_its_years_but_not_a_hidden_one(plan, actie, jaarplan, bewoner, huis):
    geheim = Jaaractieplan.objects.create(plan=plan, jaar=2028)
    Jaaractie.objects.create(jaaractieplan=jaarplan, actie=actie, wat="Dit jaar starten")
    Jaaractie.objects.create(jaaractieplan=geheim, actie=actie, wat="Nog geheim werk")
    antwoord = tekst(pagina(bewoner, "actie", plan.slug, actie.code))
    assert "Dit jaar starten" in antwoord and "Nog geheim werk" not in antwoord


def test_a_goal_is_read_on_the_page_of_its_guarantee(plan, doelstelling, bewoner, huis):
    adres, anker = doelstelling.get_absolute_url().split("#")
    assert f'id="{anker}"' in tekst(bewoner.get(adres))


def test_a_year_shows_results_and_why_something_moved(plan, jaarplan, actie, bewoner, huis):
    Jaaractie.objects.create(
        jaaractieplan=jaarplan, actie=actie, wat="Starten", resultaat="Gestart in maart", overgedragen=True,
        overgedragen_reden="De vergunning kwam te laat",
    )  # fmt: skip
    antwoord = tekst(pagina(bewoner, "jaar", plan.slug, 2026))
    for woord in ("Starten", "Gestart in maart", "De vergunning kwam te laat"):
        assert woord in antwoord


def test_the_process_shows_steps_and_decisions(plan, ocmw, bewoner, huis):
    Processtap.objects.create(plan=plan, datum=date(2025, 1, 20), titel="Start met alle diensten")
    Besluit.objects.create(
        plan=plan, orgaan=Bestuursorgaan.objects.create(soort="rmw", bestuur=ocmw), datum=date(2025, 12, 15),
        titel="Vaststelling", nummer="2025-RMW-1", stap="vaststelling-ocmw", uitslag="vastgesteld",
    )  # fmt: skip
    antwoord = tekst(pagina(bewoner, "proces", plan.slug))
    assert "Start met alle diensten" in antwoord and "2025-RMW-1" in antwoord


def test_a_file_is_a_download(plan, document, bewoner, huis, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pagina(bewoner, "document_bestand", plan.slug, document.slug, status=404)
    document.bestand.save("x.pdf", ContentFile(b"%PDF-1.7 inhoud"))
    antwoord = pagina(bewoner, "document_bestand", plan.slug, document.slug)
    assert b"".join(antwoord.streaming_content) == b"%PDF-1.7 inhoud"
    assert antwoord["Content-Disposition"] == 'attachment; filename="notulen.pdf"'
    assert (antwoord["Content-Type"], antwoord["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


def test_a_plan_that_is_over_says_so(plan, bewoner, huis):
    Plan.objects.update(staat=Plan.Staat.AFGELOPEN)
    assert "Dit plan is afgelopen" in tekst(pagina(bewoner, "plan", plan.slug))


# --- queries ----------------------------------------------------------------------------------

HUIS = 4  # the house with its place, closing days and other hours; kept in the process outside a test


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(
    ("naam", "sleutel", "vragen"),
    [
        ("plan", None, 9),
        ("garantie", "G1", 14),
        ("acties", None, 7),
        ("matrix", None, 5),
        ("jaar", 2026, 8),
        ("geld", None, 5),
        ("vertaling", None, 6),
        ("proces", None, 3),
        ("documenten", None, 2),
        ("pijlers", None, 2),
        ("afdrukken", None, 19),
        ("plannen", None, 1),
    ],
)
def test_pages_ask_the_same_for_one_row_and_for_three(
    plan, garantie, maak_actie, jaarplan, thema, doelgroep, gebied, organisatie, coordinator, ocmw, bewoner, huis,
    django_assert_num_queries, aantal, naam, sleutel, vragen,
):  # fmt: skip
    orgaan = Bestuursorgaan.objects.create(soort="rmw", bestuur=ocmw)
    garantie.themas.add(thema)
    garantie.doelgroepen.add(doelgroep)
    Plan.objects.create(
        slug="oud",
        titel="Oud",
        beginjaar=2020,
        eindjaar=2025,
        missie="x",
        staat="afgelopen",
        gepubliceerd_op=date(2020, 1, 1),
    )
    for nummer in range(aantal):
        Garantie.objects.create(plan=plan, code=f"H{nummer}", titel="Nog een", volgorde=5)
        actie = maak_actie(
            "abc"[nummer], themas=[thema], doelgroepen=[doelgroep], gebieden=[gebied], partners=[organisatie],
            trekker_organisatie=organisatie,
        )  # fmt: skip
        Jaaractie.objects.create(jaaractieplan=jaarplan, actie=actie, wat="Doen")
        aanvraag = actie.projectaanvragen.create(plan=plan, code=f"P{nummer}", titel="Project", aanvrager="Dienst")
        aanvraag.noteer_staat("opgenomen", door=coordinator, beslissing="Ja.")
        aanvraag.save()
        Raming.objects.create(projectaanvraag=aanvraag, bestuur=ocmw, jaar=2026, richting="uitgave", bedrag=Decimal(5))
        Processtap.objects.create(plan=plan, datum=date(2025, 1, 1), titel="Stap")
        Pijler.objects.create(plan=plan, code=f"p{nummer}", titel="Pijler", tekst="<p>x</p>")
        document = Document.objects.create(
            plan=plan, slug=f"d{nummer}", titel="Stuk", soort="advies", datum=date(2025, 1, 1), inhoud="<p>x</p>"
        )
        Besluit.objects.create(
            plan=plan, orgaan=orgaan, datum=date(2025, 1, 1), titel="Besluit", nummer=str(nummer), stap="advies",
            uitslag="gunstig", document=document,
        )  # fmt: skip
    args = [] if naam == "plannen" else [plan.slug] if sleutel is None else [plan.slug, sleutel]
    adres = reverse(f"plan:{naam}", args=args)
    with django_assert_num_queries(vragen + HUIS):
        assert bewoner.get(adres).status_code == 200
