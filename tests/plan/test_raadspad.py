"""The way past both councils: who may take which step when, what it freezes, and how it reads."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from rdflib import RDF, XSD, Literal, Namespace, URIRef

from plan.acties.publicatie import zet_staat
from plan.acties.raadspad import begin_raadspad, zet_stap
from plan.models import Besluit, Document, Onderdeel, Plan, Raadspad, Versie
from sociaalhuis.models import Organisatie
from tests.plan import rdfa
from tests.plan.conftest import DAG, ROUTE


def fout(veld, tekst):
    return pytest.raises(ValidationError, match=rf"'{veld}'.*{tekst}")


# --- who and what is refused -----------------------------------------------------------------------


def test_only_who_may_publish_walks(ontwerp, pad, zet, planner, loket_ocmw, lok):
    for gebruiker in (planner, loket_ocmw):
        with pytest.raises(PermissionDenied):
            begin_raadspad(plan=ontwerp, naam="x", door=gebruiker)
        with pytest.raises(PermissionDenied):
            zet("advies", door=gebruiker)
    assert not Besluit.objects.exists()


def test_one_walk_at_a_time(pad, ontwerp, coordinator):
    with pytest.raises(ValidationError, match="Er loopt al een weg langs de raden: Vaststelling"):
        begin_raadspad(plan=ontwerp, naam="Nog een", door=coordinator)


@pytest.mark.parametrize(("stap", "wie", "eerst"), [
    ("comite", "bijzonder-comite", "advies"),
    ("ontwerp", "college", "advies van het bijzonder comité"),
    ("vaststelling-ocmw", "rmw", "ontwerp"),
    ("vaststelling-gemeente", "gemeenteraad", "vaststelling van het deel van het OCMW"),
    ("goedkeuring-ocmw", "gemeenteraad", "vaststelling van het deel van de gemeente"),
    ("bekendmaking", "college", "goedkeuring van het deel van het OCMW"),
])  # fmt: skip
def test_no_step_before_the_one_it_needs(zet, stap, wie, eerst):
    with fout("stap", f"Eerst komt nog: {eerst}"):
        zet(stap, wie)
    assert not Besluit.objects.exists()
    assert not Versie.objects.exists()


def test_both_executives_come_before_the_councils(zet):
    zet.tot("comite")
    zet("ontwerp", "vast-bureau")
    with fout("stap", "Eerst komt nog: ontwerp"):
        zet("vaststelling-ocmw", "rmw")


@pytest.mark.parametrize(("stap", "wie"), [
    ("ontwerp", "rmw"), ("vaststelling-ocmw", "gemeenteraad"), ("goedkeuring-ocmw", "rmw"), ("bekendmaking", "gemeenteraad"),
])  # fmt: skip
def test_only_the_right_body_takes_a_step(zet, stap, wie, organen):
    with fout("orgaan", "Deze stap is voor"):
        zet(stap, wie, uitslag="goedgekeurd")


def test_advice_comes_from_an_advisory_council(zet, organen):
    with fout("adviesraad", "Kies welke adviesraad"):
        zet("advies", adviesraad=None, orgaan=organen["rmw"])


def test_a_date_before_the_step_it_needs_or_still_to_come_is_refused(zet):
    zet("advies", dagen=5)
    with fout("datum", "Deze dag ligt voor de stap"):
        zet("comite", "bijzonder-comite", dagen=4)
    with fout("datum", "Deze dag moet nog komen"):
        zet("comite", "bijzonder-comite", datum=timezone.localdate() + timedelta(days=1))
    zet("comite", "bijzonder-comite", dagen=5)


def test_an_earlier_step_does_not_move_past_a_later_one(zet):
    zet.tot("comite")
    advies = Besluit.objects.get(stap="advies")
    advies.datum = DAG + timedelta(days=9)
    with fout("datum", "Deze dag ligt na de stap die erop volgde"):
        advies.full_clean()
    with pytest.raises(IntegrityError, match="besluit_na_wat_nodig_is"), transaction.atomic():
        advies.save()


def test_a_refusal_stops_the_walk_and_a_new_one_may_begin(zet, pad, ontwerp, coordinator, organen):
    zet.tot("ontwerp")
    zet("vaststelling-ocmw", "rmw", uitslag="geweigerd", stemmen_voor=10, stemmen_tegen=10, onthoudingen=4)
    with fout("stap", "Raad voor maatschappelijk welzijn weigerde"):
        zet("vaststelling-gemeente", "gemeenteraad")
    assert (pad.volgende(), pad.is_open) == ([], False)
    with pytest.raises(IntegrityError, match="besluit_na_wat_nodig_is"), transaction.atomic():
        Besluit.objects.create(plan=ontwerp, raadspad=pad, stap="vaststelling-gemeente", orgaan=organen["gemeenteraad"],
                               datum=DAG, titel="x", nummer="y", uitslag="vastgesteld")  # fmt: skip
    assert begin_raadspad(plan=ontwerp, naam="Opnieuw", door=coordinator).nummer == 2


def test_advice_against_does_not_stop_anything(zet, pad):
    zet("advies", uitslag="ongunstig", nummer="")
    assert pad.volgende() == [("advies", ""), ("comite", "bijzonder-comite")]


def test_an_advice_after_the_committee_is_too_late(zet, pad):
    zet.tot("comite")
    ander = Organisatie.objects.create(code="jeugdraad", naam="Jeugdraad", soort="adviesraad")
    with fout("stap", "Een advies kan er niet meer bij"):
        zet("advies", adviesraad=ander)


@pytest.mark.parametrize(("stemmen", "uitslag", "zin"), [
    ((10, 10, 0), "goedgekeurd", "niet meer stemmen voor dan tegen"),
    ((3, 1, 0), "geweigerd", "meer stemmen voor dan tegen"),
])  # fmt: skip
def test_the_vote_agrees_with_the_outcome(zet, stemmen, uitslag, zin):
    zet.tot("comite")
    velden = dict(zip(("stemmen_voor", "stemmen_tegen", "onthoudingen"), stemmen, strict=True))
    with fout("uitslag", zin):
        zet("ontwerp", "college", uitslag=uitslag, **velden)


def test_a_vote_of_which_half_could_not_be_read_is_not_judged():
    for voor, tegen in ((3, None), (None, 3)):
        besluit = Besluit(stemmen_voor=voor, stemmen_tegen=tegen, uitslag="goedgekeurd")
        assert besluit.fout_in_stemming() == ""  # the field that could not be read says so itself


def test_an_outcome_of_another_step_is_refused(zet):
    with fout("uitslag", "past niet bij deze stap"):
        zet("advies", uitslag="vastgesteld")


def test_a_plan_that_does_not_hold_together_is_not_decided_on(zet, ontwerp):
    Onderdeel.objects.update(korte_omschrijving="")
    with pytest.raises(ValidationError, match="schrijf de belofte"):
        zet("advies")
    assert not Besluit.objects.exists()


def test_the_same_step_twice_is_refused(zet):
    zet.tot("comite")
    with fout("orgaan", "zette deze stap al"):
        zet("comite", "bijzonder-comite", nummer="ander")


@pytest.mark.parametrize(("velden", "regel"), [
    ({"orgaan": "college", "stap": "advies"}, "besluit_orgaan_past_bij_stap"),
    ({"orgaan": "rmw"}, "besluit_na_wat_nodig_is"),
    ({"orgaan": None}, "besluit_"),
    ({"orgaan": "rmw", "nummer": "", "raadspad": None}, "besluit_heeft_nummer"),
    ({"orgaan": "rmw", "stemmen_voor": 3, "raadspad": None}, "besluit_stemming_heel_of_niet"),
    ({"orgaan": "rmw", "stemmen_voor": 3, "stemmen_tegen": 0, "onthoudingen": 0, "eenparig": True, "raadspad": None}, "besluit_stemming_heel_of_niet"),
    ({"orgaan": "rmw", "adviesraad": True, "raadspad": None}, "besluit_van_een_orgaan"),
])  # fmt: skip
def test_the_database_keeps_the_rules_too(pad, ontwerp, organen, lok, velden, regel):
    velden = {**velden, "orgaan": organen.get(velden["orgaan"])}
    if velden.get("adviesraad"):
        velden["adviesraad"] = lok
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Besluit.objects.create(**{"plan": ontwerp, "raadspad": pad, "stap": "vaststelling-ocmw", "datum": DAG,
                                  "titel": "x", "nummer": "1", "uitslag": "vastgesteld", **velden})  # fmt: skip


def test_a_walk_of_another_plan_is_refused_by_the_database(pad, plan, lok):
    with pytest.raises(IntegrityError, match="besluit_raadspad_van_dit_plan"), transaction.atomic():
        Besluit.objects.create(
            plan=plan, raadspad=pad, stap="advies", adviesraad=lok, datum=DAG, titel="x", uitslag="gunstig"
        )


def test_one_body_and_one_council_each_once_in_the_database(zet, pad, ontwerp, lok, organen):
    zet.tot("comite")
    rest = {"plan": ontwerp, "raadspad": pad, "datum": DAG, "titel": "x", "uitslag": "gunstig", "nummer": "z"}
    with pytest.raises(IntegrityError, match="besluit_een_advies_per_adviesraad"), transaction.atomic():
        Besluit.objects.create(stap="advies", adviesraad=lok, **rest)
    with pytest.raises(IntegrityError, match="besluit_orgaan_zet_stap_een_keer"), transaction.atomic():
        Besluit.objects.create(stap="comite", orgaan=organen["bijzonder-comite"], **rest)
    with pytest.raises(IntegrityError, match="raadspad_nummer_uniek"), transaction.atomic():
        Raadspad.objects.create(plan=ontwerp, nummer=1, naam="x")


# --- the whole way ---------------------------------------------------------------------------------


def test_the_plan_becomes_public_only_through_the_whole_way(zet, pad, ontwerp, coordinator):
    with pytest.raises(ValidationError, match="De weg langs de raden is nog niet rond"):
        zet_staat(plan=ontwerp, staat="openbaar", door=coordinator)
    zet.tot("goedkeuring-ocmw")
    ontwerp.refresh_from_db()
    assert ontwerp.staat == Plan.Staat.VOORBEREIDING
    zet("bekendmaking", "college", dagen=4)
    ontwerp.refresh_from_db()
    assert (ontwerp.staat, ontwerp.gepubliceerd_op) == (Plan.Staat.OPENBAAR, DAG + timedelta(days=4))
    assert (pad.is_klaar, pad.volgende()) == (True, [])


def test_every_step_froze_a_version_of_its_own(zet, ontwerp):
    zet.tot("bekendmaking")
    assert list(Versie.objects.values_list("nummer", "stap")) == [
        (1, "advies"), *((nummer, stap) for nummer, (stap, _, _) in enumerate(ROUTE, start=2)),
    ]  # fmt: skip
    assert Versie.objects.exclude(besluit=None).count() == 8
    assert Versie.objects.values("vingerafdruk").distinct().count() == 1


def test_what_may_be_done_now_is_told_in_order(zet, pad):
    gezien = [pad.volgende()]
    zet("advies", nummer="")
    for naam, wie, _ in ROUTE:
        gezien.append(pad.volgende())
        zet(naam, wie)
    assert gezien == [
        [("advies", "")],
        [("advies", ""), ("comite", "bijzonder-comite")],
        [("ontwerp", "college"), ("ontwerp", "vast-bureau")],
        [("ontwerp", "vast-bureau")],
        [("vaststelling-ocmw", "rmw")],
        [("vaststelling-gemeente", "gemeenteraad")],
        [("goedkeuring-ocmw", "gemeenteraad")],
        [("bekendmaking", "college")],
    ]


@pytest.mark.django_db(transaction=True)
def test_two_people_noting_the_same_step_at_once_note_it_once(ontwerp, organen, lok, coordinator):
    pad = begin_raadspad(plan=ontwerp, naam="Samen", door=coordinator, begonnen_op=DAG)
    klaar, uitkomst = threading.Barrier(2), []

    def noteer():
        try:
            klaar.wait(timeout=20)
            zet_stap(
                raadspad=pad,
                stap="advies",
                adviesraad=lok,
                datum=DAG,
                titel="Advies",
                uitslag="gunstig",
                door=coordinator,
            )
            uitkomst.append("gezet")
        except ValidationError as fout:
            uitkomst.append(" ".join(fout.messages))
        finally:
            connection.close()

    draden = [threading.Thread(target=noteer) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=30)
    assert sorted(uitkomst)[1] == "gezet"
    assert "gaf al advies" in sorted(uitkomst)[0]
    assert (Besluit.objects.count(), Versie.objects.count()) == (1, 1)


# --- pages -----------------------------------------------------------------------------------------


def test_the_way_of_a_hidden_plan_does_not_exist_for_others(zet, pad, ontwerp, bewoner, als, planner, loket_ocmw, huis):
    besluit = zet("advies", nummer="")
    for naam, args in [("weg", []), ("besluit", [besluit.pk])]:
        adres = reverse(f"plan:{naam}", args=[ontwerp.slug, *args])
        assert bewoner.get(adres).status_code == als(loket_ocmw).get(adres).status_code == 404
        assert als(planner).get(adres).status_code == 200


def test_a_decision_of_another_plan_is_a_404(zet, plan, ontwerp, als, planner, huis):
    besluit = zet("advies", nummer="")
    assert als(planner).get(reverse("plan:besluit", args=[plan.slug, besluit.pk])).status_code == 404


def test_the_page_shows_what_is_done_and_what_comes(zet, ontwerp, als, planner, huis):
    zet.tot("vaststelling-ocmw")
    antwoord = als(planner).get(reverse("plan:weg", args=[ontwerp.slug]))
    ((_, rijen),) = antwoord.context["paden"]
    assert [[(vak["kant"], vak["toestand"]) for vak in rij["vakken"]] for rij in rijen] == [
        [("beide", "klaar")],
        [("ocmw", "klaar")],
        [("gemeente", "klaar"), ("ocmw", "klaar")],
        [("ocmw", "klaar")],
        [("gemeente", "nu")],
        [("gemeente", "straks")],
        [("gemeente", "straks")],
    ]
    assert "Nu aan de beurt" in antwoord.content.decode()


def test_the_page_asks_the_same_for_more_steps(zet, ontwerp, als, planner, huis, django_assert_num_queries):
    zet("advies", nummer="")
    client, adres = als(planner), reverse("plan:weg", args=[ontwerp.slug])
    client.get(adres)
    with connection.execute_wrapper(teller := Teller()):
        client.get(adres)
    een, teller.aantal = teller.aantal, 0
    for naam, wie, _ in ROUTE[:3]:
        zet(naam, wie)
    with connection.execute_wrapper(teller):
        client.get(adres)
    assert teller.aantal == een


class Teller:
    aantal = 0

    def __call__(self, execute, sql, params, many, context):
        self.aantal += 1
        return execute(sql, params, many, context)


BESLUIT = Namespace("http://data.vlaanderen.be/ns/besluit#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
PROV = Namespace("http://www.w3.org/ns/prov#")
ORG = Namespace("http://www.w3.org/ns/org#")


def test_the_decision_page_says_the_same_to_machines(zet, ontwerp, als, planner, huis):
    document = Document.objects.create(plan=ontwerp, slug="notulen", titel="Uittreksel", soort="notulenuittreksel",
                                       datum=DAG, inhoud="<p>Besloten.</p>")  # fmt: skip
    zet.tot("ontwerp")
    besluit = zet("vaststelling-ocmw", "rmw", stemmen_voor=18, stemmen_tegen=0, onthoudingen=6, document=document,
                  titel='Vaststelling <b>"deel"</b>')  # fmt: skip
    html = als(planner).get(besluit.get_absolute_url()).content.decode()
    adres = f"http://testserver{besluit.get_absolute_url()}"
    graaf = rdfa.lees(html, adres)
    zitting, punt, behandeling, uri = (
        URIRef(f"{adres}#{naam}") for naam in ("zitting", "agendapunt", "behandeling", "besluit")
    )
    assert (zitting, RDF.type, BESLUIT.Zitting) in graaf
    assert (zitting, BESLUIT.behandelt, punt) in graaf
    assert (zitting, BESLUIT.geplandeStart, Literal("2026-03-02", datatype=XSD.date)) in graaf
    assert (behandeling, PROV.generated, uri) in graaf
    assert (uri, RDF.type, BESLUIT.Besluit) in graaf
    assert (uri, RDF.type, URIRef("https://data.vlaanderen.be/id/concept/BesluitType/73d5d79f-3f70-4ca9-9512-e216300cd3ac")) in graaf  # fmt: skip
    assert graaf.value(uri, ELI.title) == Literal('Vaststelling <b>"deel"</b>')
    orgaan = graaf.value(zitting, BESLUIT.isGehoudenDoor)
    assert graaf.value(orgaan, ORG.classification) == URIRef(
        "http://data.vlaanderen.be/id/concept/BestuursorgaanClassificatieCode/5ab0e9b8a3b2ca7c5e000007"
    )
    stemming = graaf.value(behandeling, BESLUIT.heeftStemming)
    assert [int(graaf.value(stemming, BESLUIT[naam])) for naam in ("aantalVoorstanders", "aantalTegenstanders", "aantalOnthouders")] == [18, 0, 6]  # fmt: skip
    assert document.get_absolute_url() in html
    assert besluit.versies.get().get_absolute_url() in html


def test_the_own_address_of_a_decision_counts_as_its_name(zet, ontwerp, als, planner, huis):
    besluit = zet("advies", nummer="", uri="https://data.example/besluit/1")
    graaf = rdfa.lees(als(planner).get(besluit.get_absolute_url()).content.decode(), "http://testserver/x")
    assert (URIRef("https://data.example/besluit/1"), RDF.type, BESLUIT.Besluit) in graaf
