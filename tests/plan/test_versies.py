"""Frozen versions: what refuses to freeze, what nobody can change, and what is in them."""

import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from plan.acties.alineas import volg_plan
from plan.acties.versies import bevries, wat_niet_klopt, zet_reden
from plan.models import (
    Actie,
    Afhankelijkheid,
    Besluit,
    Feit,
    Garantie,
    Mjplijn,
    Mjpversie,
    Onderdeel,
    Raming,
    Taak,
    Verantwoording,
    Versie,
    Wijzigingsreden,
)
from plan.models.versie import als_tekst, vingerafdruk
from plan.uitvoer.boekje import maak


@pytest.fixture
def af(plan, actie, thema, doelgroep):
    """The small plan with every text that a version needs."""
    Actie.objects.filter(pk=actie.pk).update(lange_omschrijving="<p>Wij bellen aan.</p><p>En we luisteren.</p>")
    actie.themas.add(thema)
    volg_plan(plan)
    return plan


@pytest.fixture
def versie(af, coordinator):
    return bevries(plan=af, door=coordinator)


def zet_geld(aanvraag, bestuur, bedrag, staat, door, jaar=2027, bbc_code=None):
    Raming.objects.create(
        projectaanvraag=aanvraag, bestuur=bestuur, jaar=jaar, richting="uitgave", bedrag=Decimal(bedrag), bbc_code=bbc_code
    )  # fmt: skip
    aanvraag.noteer_staat(staat, door=door, beslissing="Er is geld.")
    aanvraag.save()


# --- what refuses ----------------------------------------------------------------------------------


def test_only_who_may_publish_freezes(af, planner, loket_ocmw, beheer, voedselbank):
    for gebruiker in (planner, loket_ocmw, beheer, voedselbank):
        with pytest.raises(PermissionDenied):
            bevries(plan=af, door=gebruiker)
    assert not Versie.objects.exists()


def test_everything_that_is_missing_is_told_at_once(plan, actie, maak_actie, coordinator):
    Garantie.objects.update(korte_omschrijving="")
    Actie.objects.filter(pk=actie.pk).update(gewicht=60)
    maak_actie("b", gewicht=30, korte_omschrijving="Kort gezegd.")
    with pytest.raises(ValidationError) as fout:
        bevries(plan=plan, door=coordinator)
    assert fout.value.messages == [
        "G1 Een dak: schrijf de belofte van deze garantie.",
        "G1.1.a Actie a: schrijf wat er in deze actie gebeurt.",
        "G1.1 Minder uithuiszettingen: de gewichten zijn samen 90,00 %, maar moeten samen 100 % zijn.",
    ]
    assert not Versie.objects.exists()


def test_weights_of_100_with_a_part_left_out_are_refused(af, actie, maak_actie):
    Actie.objects.filter(pk=actie.pk).update(gewicht=100)
    maak_actie("b", korte_omschrijving="Kort.")
    assert wat_niet_klopt(af) == [
        "G1.1 Minder uithuiszettingen: niet elk deel heeft een gewicht. Geef ze allemaal een, of geen enkel."
    ]


def test_a_plan_without_a_guarantee_or_a_mission_is_refused(plan):
    plan.missie = " "
    plan.save()
    assert wat_niet_klopt(plan) == ["Het plan heeft nog geen missie.", "Het plan heeft nog geen garanties."]


def test_granted_money_without_amounts_is_refused(af, aanvraag, coordinator):
    assert wat_niet_klopt(af) == []  # only asked for
    aanvraag.noteer_staat("goedgekeurd", door=coordinator, beslissing="Ja.")
    aanvraag.save()
    assert wat_niet_klopt(af) == ["Projectaanvraag P01 Begeleider: goedgekeurd, maar zonder bedragen."]


def test_money_above_the_multi_year_plan_is_refused_to_the_cent(af, aanvraag, ocmw, coordinator):
    code = af.bbc_codes.create(bestuur=ocmw, code="AC1")
    zet_geld(aanvraag, ocmw, "1000.01", "opgenomen", coordinator, bbc_code=code)
    assert wat_niet_klopt(af) == []  # there is no multi-year plan beside it yet
    mjp = Mjpversie.objects.create(plan=af, bestuur=ocmw, nummer=1, naam="MJP", bron="x.csv", vingerafdruk="0")
    lijn = Mjplijn.objects.create(
        versie=mjp, rij=1, bestuur=ocmw, bbc_code=code, richting="uitgave", jaar=2027, bedrag=1000
    )
    assert wat_niet_klopt(af) == [
        "BBC-code AC1 in 2027: de aanvragen ramen €\u00a01.000,01 uitgave, maar het meerjarenplan voorziet €\u00a01.000."
    ]
    Mjplijn.objects.filter(pk=lijn.pk).update(bedrag=Decimal("1000.01"))
    assert wat_niet_klopt(af) == []


def test_a_decision_of_another_plan_is_refused(af, geheim_plan, orgaan, coordinator):
    besluit = Besluit.objects.create(
        plan=geheim_plan, orgaan=orgaan, datum="2031-01-01", titel="x", nummer="1", stap="uitvoering", uitslag="gunstig"
    )
    with pytest.raises(ValidationError, match="ander plan"):
        bevries(plan=af, door=coordinator, besluit=besluit)


# --- what nobody can change ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plan_versie SET naam = 'anders'",
        "UPDATE plan_versie SET tekst = '{}', vingerafdruk = encode(sha256('{}'), 'hex')",
        "UPDATE plan_versie SET op = now()",
        "DELETE FROM plan_versie",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_version(versie, sql):
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Versie.objects.get().tekst == versie.tekst


def test_a_plan_with_a_version_cannot_go(versie, af):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM plan_wijzigingsreden; DELETE FROM plan_plan WHERE id = %s", [af.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_text_that_is_not_what_was_hashed_does_not_come_in(af, coordinator):
    with pytest.raises(IntegrityError, match="versie_vingerafdruk_klopt"), transaction.atomic():
        Versie.objects.create(
            plan=af, nummer=1, naam="x", door=coordinator, tekst="{ }", vingerafdruk=vingerafdruk("{}")
        )


def test_numbers_are_unique_and_start_at_1(versie, af, coordinator):
    rest = {"plan": af, "naam": "x", "door": coordinator, "tekst": "é", "vingerafdruk": vingerafdruk("é")}
    for nummer, regel in [(0, "versie_nummer_vanaf_1"), (1, "versie_nummer_uniek")]:
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            Versie.objects.create(nummer=nummer, **rest)


# --- what is in it ---------------------------------------------------------------------------------


def test_a_version_holds_the_plan_as_it_was(af, actie, aanvraag, ocmw, coordinator, thema):
    zet_geld(aanvraag, ocmw, "1200.50", "goedgekeurd", coordinator)
    versie = bevries(plan=af, door=coordinator)
    Onderdeel.objects.filter(pk=actie.pk).update(titel="Later anders")
    inhoud = Versie.objects.get(pk=versie.pk).inhoud
    assert (versie.nummer, versie.naam, versie.stap) == (1, "Tussentijdse versie", "")
    assert versie.vingerafdruk == vingerafdruk(als_tekst(inhoud))
    assert inhoud["formaat"] == 1
    assert inhoud["plan"]["missie"] == af.missie
    assert [deel["code"] for deel in inhoud["onderdelen"]] == ["G1", "G1.1", "G1.1.a"]
    deel = inhoud["onderdelen"][2]
    assert (deel["titel"], deel["niveaunaam"], deel["begin"], deel["stand"]) == (
        "Actie a", "actie", "2026-02-01", "nog-niet-gestart",
    )  # fmt: skip
    assert deel["koppelingen"]["themas"] == [{"code": thema.code, "naam": thema.naam}]
    assert [rij["html"] for rij in deel["alineas"]] == ["<p>Wij bellen aan.</p>", "<p>En we luisteren.</p>"]
    assert [len(rij["sleutel"]) for rij in deel["alineas"]] == [8, 8]
    assert inhoud["geld"] == [
        {"onderdeel": actie.pk, "bestuur": "ocmw", "jaar": 2027, "uitgave": "1200.50", "ontvangst": "0.00"}
    ]


def test_a_version_keeps_findings_public_tasks_and_what_waits(af, actie, maak_actie, coordinator, bewoner, huis):
    ander = maak_actie("b", korte_omschrijving="Kort.")
    Afhankelijkheid.objects.create(actie=ander, wacht_op=actie, reden="eerst mensen")
    Taak.objects.create(actie=actie, titel="Opening", soort="mijlpaal", wie="Wonen", tegen="2027-03-01")
    Taak.objects.create(actie=actie, titel="Intern overleg", wie="Wonen")
    feit = Feit.objects.create(plan=af, zin="1 op 8 is arm.", bron="Opgroeien", datum="2024-05-01")
    Verantwoording.objects.create(feit=feit, onderdeel=actie.ouder, uitleg="Dus eerst dit.")
    versie = bevries(plan=af, door=coordinator)
    inhoud = versie.inhoud
    assert [(rij["onderdeel"], rij["titel"], rij["tegen"], rij["klaar_op"]) for rij in inhoud["taken"]] == [
        (actie.pk, "Opening", "2027-03-01", None)
    ]
    assert inhoud["samenhang"] == [{"onderdeel": ander.pk, "wacht_op": actie.pk, "reden": "eerst mensen"}]
    assert [(rij["onderdeel"], rij["zin"], rij["uitleg"]) for rij in inhoud["verantwoording"]] == [
        (actie.ouder_id, "1 op 8 is arm.", "Dus eerst dit.")
    ]
    Feit.objects.all().delete()
    Taak.objects.all().delete()
    Afhankelijkheid.objects.all().delete()
    pagina = bewoner.get(versie.get_absolute_url()).content.decode()
    assert "<li>Opening (Wonen), tegen 1 mrt 2027</li>" in pagina and "Intern overleg" not in pagina
    assert "<li>1 op 8 is arm.: Dus eerst dit. (bron: Opgroeien, 1 mei 2024)</li>" in pagina
    assert "<li>G1.1.a Actie a: eerst mensen</li>" in pagina
    blokken = [str(blok) for blok in maak(inhoud, besluiten=[], huis=huis, kenmerken=[])["blokken"]]
    assert all(any(zin in blok for blok in blokken) for zin in ("Opening (Wonen)", "1 op 8 is arm.", "eerst mensen"))


def test_every_column_of_a_part_is_in_it(versie):
    """A column that is added later is frozen by itself, or named as left out."""
    vast = {"sleutel", "ouder", "niveaunaam", "koppelingen", "alineas"}
    buiten = {"id", "plan", "pad", "plek", "garantie", "niveau"}
    assert set(versie.inhoud["onderdelen"][0]) - vast == {
        veld.name for veld in Onderdeel._meta.concrete_fields
    } - buiten - {"ouder"}


def test_the_number_of_queries_does_not_grow(af, maak_actie, coordinator, django_assert_num_queries):
    bevries(plan=af, door=coordinator)
    with connection.execute_wrapper(teller := Teller()):
        bevries(plan=af, door=coordinator, naam="Twee")
    eerste, teller.aantal = teller.aantal, 0
    maak_actie("b", korte_omschrijving="Kort.")
    maak_actie("c", korte_omschrijving="Kort.")
    with connection.execute_wrapper(teller):
        bevries(plan=af, door=coordinator)
    assert teller.aantal <= eerste + 2  # the number and the new row


class Teller:
    aantal = 0

    def __call__(self, execute, sql, params, many, context):
        self.aantal += 1
        return execute(sql, params, many, context)


def test_the_same_twice_is_one_version(versie, af, actie, coordinator):
    assert bevries(plan=af, door=coordinator) == versie
    Onderdeel.objects.filter(pk=actie.pk).update(titel="Anders")
    assert bevries(plan=af, door=coordinator).nummer == 2


# --- reasons ---------------------------------------------------------------------------------------


def test_a_reason_is_written_once_and_closed_by_what_is_published(af, actie, coordinator, planner, loket_ocmw):
    with pytest.raises(PermissionDenied):
        zet_reden(plan=af, onderdeel=actie.pk, code=actie.code, door=loket_ocmw, voor_raad="x")
    for tekst in ("Eerst zo.", "Dan zo."):
        zet_reden(plan=af, onderdeel=actie.pk, code=actie.code, door=planner, voor_burger=tekst)
    zet_reden(plan=af, onderdeel=None, code="", door=planner, voor_raad="De missie werd korter.")
    versie = bevries(plan=af, door=coordinator, stap="bekendmaking")
    assert [(r["code"], r["voor_raad"], r["voor_burger"]) for r in versie.inhoud["redenen"]] == [
        ("", "De missie werd korter.", ""),
        (actie.code, "", "Dan zo."),
    ]
    assert set(Wijzigingsreden.objects.values_list("versie", flat=True)) == {versie.pk}
    nieuw = zet_reden(plan=af, onderdeel=actie.pk, code=actie.code, door=planner, voor_burger="Nu zo.")
    assert nieuw.versie is None
    assert zet_reden(plan=af, onderdeel=actie.pk, code=actie.code, door=planner) is None
    assert Wijzigingsreden.objects.count() == 2


def test_two_open_reasons_for_one_part_or_none_with_words_are_refused(af):
    Wijzigingsreden.objects.create(plan=af, voor_raad="a")
    with pytest.raises(IntegrityError, match="wijzigingsreden_een_open"), transaction.atomic():
        Wijzigingsreden.objects.create(plan=af, voor_raad="b")
    with pytest.raises(IntegrityError, match="wijzigingsreden_zegt_iets"), transaction.atomic():
        Wijzigingsreden.objects.create(plan=af, onderdeel=1, code="X")


# --- two people ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_people_freezing_at_once_get_one_version_each_or_the_same(plan, garantie, coordinator):
    """Without the lock both would take number 1."""
    klaar, gevonden = threading.Barrier(2), []

    def vries(naam):
        try:
            klaar.wait(timeout=20)
            gevonden.append(bevries(plan=plan, door=coordinator, stap=naam).nummer)
        finally:
            connection.close()

    draden = [threading.Thread(target=vries, args=[stap]) for stap in ("ontwerp", "advies")]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=30)
    assert sorted(gevonden) == [1, 2]
    assert Versie.objects.count() == 2


def test_nothing_can_be_written_while_the_picture_is_taken(af, coordinator):
    """The lock on the tables of a snapshot is there until the end of the transaction."""
    with transaction.atomic():
        bevries(plan=af, door=coordinator)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relation::regclass::text FROM pg_locks WHERE mode = 'ShareLock' AND pid = pg_backend_pid()"
                " AND relation IS NOT NULL"
            )
            tabellen = {naam for (naam,) in cursor.fetchall()}
    assert {"plan_onderdeel", "plan_raming", "plan_alinea", "plan_niveau"} <= tabellen
    assert timezone.now() >= Versie.objects.get().op
