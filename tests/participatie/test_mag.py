"""Phases and rights of a round: what the database refuses, and the whole table of the manual at each phase's edges."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from participatie.mag import Handeling, Moment, Rol, mag, moment_van, waarom_niet
from participatie.models import Genodigde, Mandaat, Ronde, Rondefase
from plan.models import Plan, Versie
from plan.models.versie import als_tekst, vingerafdruk
from sociaalhuis import rollen
from sociaalhuis.models import Organisatie

HANDLEIDING = Path(__file__).parents[2] / "docs/handleiding/rechten-in-een-ronde.md"
LETTERS = dict(zip("cibwar", Moment, strict=True))
NU = timezone.now().replace(microsecond=0)
TEL = timedelta(microseconds=1)


def dag(n):
    return NU + timedelta(days=n)


@pytest.fixture
def volle_ronde(plan):
    """Reads for 10 days, takes input for 10, rests for 2, weighs for 8; answers promised 30 days later."""
    ronde = Ronde.objects.create(
        slug="vol", plan=plan, titel="Vol", vraag="Wat moet eerst?", wie="Iedereen", staat=Ronde.Staat.GEPUBLICEERD,
        opent_op=dag(10), sluit_op=dag(30), antwoord_tegen=dag(60).date(),
    )  # fmt: skip
    ronde.fases.all().delete()
    randen = [
        ("informeren", 0, 10),
        ("inbrengen", 10, 20),
        ("wegen", 22, 30),
        ("antwoorden", 30, 61),
        ("resultaat", 61, None),
    ]
    for soort, van, tot in randen:
        Rondefase.objects.create(ronde=ronde, soort=soort, van=dag(van), tot=None if tot is None else dag(tot))
    return Ronde.objects.get(pk=ronde.pk)


# --- what the database refuses --------------------------------------------------------------------


def weigert(naam, doe):
    with pytest.raises(DatabaseError, match=naam), transaction.atomic():
        doe()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_phases_that_cannot_be_are_refused_by_name(volle_ronde, plan, organisatie, coordinator):
    fases = {fase.soort: fase for fase in volle_ronde.fases.all()}

    def zet(welke, **velden):
        return lambda: Rondefase.objects.filter(pk=fases[welke].pk).update(**velden)

    weigert("rondefase_tot_na_van", zet("inbrengen", tot=dag(10)))
    weigert("rondefase_alleen_resultaat_zonder_eind", zet("antwoorden", tot=None))
    weigert("rondefase_overlapt_niet", zet("inbrengen", tot=dag(23)))
    weigert("rondefase_een_per_soort", zet("wegen", soort="inbrengen"))
    weigert("rondefase_in_volgorde", zet("informeren", van=dag(20), tot=dag(22)))
    weigert("rondefase_binnen_de_ronde", zet("inbrengen", van=dag(11)))
    weigert("rondefase_binnen_de_ronde", lambda: volle_ronde.fases.filter(soort="wegen").delete())

    ander = Plan.objects.create(slug="oud", titel="Oud", beginjaar=2019, eindjaar=2024, missie="x")
    tekst = als_tekst({})
    versie = Versie.objects.create(
        plan=ander, nummer=1, naam="Oud", door=coordinator, tekst=tekst, vingerafdruk=vingerafdruk(tekst)
    )
    weigert("ronde_versie_van_plan", lambda: Ronde.objects.filter(pk=volle_ronde.pk).update(versie=versie))

    gast = Genodigde.objects.create(ronde=volle_ronde, organisatie=organisatie, door=coordinator)
    weigert(
        "genodigde_een_keer_per_ronde",
        lambda: Genodigde.objects.create(ronde=volle_ronde, organisatie=organisatie, door=coordinator),
    )
    weigert(
        "genodigde_herinnerd_na_mail",
        lambda: Genodigde.objects.filter(pk=gast.pk).update(gemaild_op=dag(2), herinnerd_op=dag(1)),
    )


def test_the_text_of_a_round_with_input_stays_that_text(ronde, plan, maak_inbreng, coordinator):
    tekst = als_tekst({})
    versie = Versie.objects.create(
        plan=plan, nummer=1, naam="Ontwerp", door=coordinator, tekst=tekst, vingerafdruk=vingerafdruk(tekst)
    )
    Ronde.objects.filter(pk=ronde.pk).update(versie=versie)
    maak_inbreng(ronde, "Meer bankjes.")
    weigert("ronde_plan_blijft_bij_inbreng", lambda: Ronde.objects.filter(pk=ronde.pk).update(versie=None))


def test_a_round_has_its_ordinary_phases_and_they_move_with_its_hours(ronde):
    eind = timezone.make_aware(
        timezone.datetime.combine(ronde.antwoord_tegen + timedelta(days=1), timezone.datetime.min.time())
    )
    ronde.refresh_from_db()
    assert list(ronde.fases.values_list("soort", "van", "tot")) == [
        ("inbrengen", ronde.opent_op, ronde.sluit_op),
        ("antwoorden", ronde.sluit_op, eind),
        ("resultaat", eind, None),
    ]
    ronde.sluit_op += timedelta(days=2)
    ronde.save()
    assert list(ronde.fases.values_list("van", "tot"))[:2] == [(ronde.opent_op, ronde.sluit_op), (ronde.sluit_op, eind)]


# --- the table ------------------------------------------------------------------------------------


def tabel_van_de_handleiding():
    """Dict of (action, role) to the set of moments, as the manual says."""
    rijen = [
        [cel.strip() for cel in regel.strip("|").split("|")]
        for regel in HANDLEIDING.read_text().splitlines()
        if regel.startswith("| ")
    ]
    kop, *rest = rijen
    return {
        (rij[0], rol): {LETTERS[letter] for letter in cel if letter != "-"}
        for rij in rest
        for rol, cel in zip(kop[1:], rij[1:], strict=True)
    }


@pytest.fixture
def spelers(organisatie, voedselbank, maak_gebruiker, loket_ocmw, planner, coordinator):
    raad = Organisatie.objects.create(code="raad", naam="Raad", soort="adviesraad", erkend_op=NU)
    raadslid = maak_gebruiker("raadslid", rollen.ORGANISATIELID, medewerker=False)
    for gebruiker, namens in ((voedselbank, organisatie), (raadslid, raad)):
        Mandaat.objects.create(gebruiker=gebruiker, organisatie=namens, van=dag(-1))
    return {
        "bezoeker": AnonymousUser(),
        "organisatie": voedselbank,
        "adviesraad": raadslid,
        "loketmedewerker": loket_ocmw,
        "planmedewerker": planner,
        "coordinator": coordinator,
    }


def test_every_cell_of_the_table_at_the_edges_of_each_phase(volle_ronde, spelers):
    tabel = tabel_van_de_handleiding()
    assert {handeling for handeling, _ in tabel} == set(Handeling.values)
    assert {rol for _, rol in tabel} == set(Rol.values) == set(spelers)
    randen = [
        (dag(-3), "informeren"), (dag(0), "informeren"), (dag(10) - TEL, "informeren"),
        (dag(10), "inbrengen"), (dag(20) - TEL, "inbrengen"),
        (dag(20), "informeren"), (dag(22) - TEL, "informeren"),
        (dag(22), "wegen"), (dag(30) - TEL, "wegen"),
        (dag(30), "antwoorden"), (dag(61), "antwoorden"), (dag(90), "antwoorden"),
    ]  # fmt: skip
    for nu, moment in randen:
        vergelijk(volle_ronde, nu, moment, tabel, spelers)
    volle_ronde.antwoorden_gepubliceerd_op = dag(50)
    vergelijk(volle_ronde, dag(50) - TEL, "antwoorden", tabel, spelers)
    vergelijk(volle_ronde, dag(50), "resultaat", tabel, spelers)
    volle_ronde.staat, volle_ronde.antwoorden_gepubliceerd_op = Ronde.Staat.CONCEPT, None
    vergelijk(volle_ronde, dag(15), "concept", tabel, spelers)


def vergelijk(ronde, nu, moment, tabel, spelers):
    assert moment_van(ronde, nu) == moment, nu
    echt = {
        (handeling, rol)
        for handeling in Handeling.values
        for rol, gebruiker in spelers.items()
        if mag(handeling, ronde=ronde, gebruiker=gebruiker, nu=nu)
    }
    assert echt == {cel for cel, momenten in tabel.items() if moment in momenten}, moment


def test_a_mandate_that_ended_gives_nothing_that_minute(volle_ronde, spelers):
    Mandaat.objects.update(tot=dag(12))
    wie = {"ronde": volle_ronde, "gebruiker": spelers["organisatie"]}
    assert mag(Handeling.STANDPUNT, nu=dag(12) - TEL, **wie)
    assert not mag(Handeling.STANDPUNT, nu=dag(12), **wie)


def test_a_refusal_says_why(volle_ronde):
    assert waarom_niet(Handeling.INBRENGEN, volle_ronde, dag(1)).startswith("Dat kan vanaf ")
    assert waarom_niet(Handeling.INBRENGEN, volle_ronde, dag(25)) == (
        "Dat kon in een vorige stap van deze ronde. Nu niet meer."
    )
    assert waarom_niet(Handeling.INBRENGEN, volle_ronde, dag(31)) == "Deze ronde is gesloten."
    assert waarom_niet(Handeling.PUBLICEREN, volle_ronde, dag(31)) == (
        "Dit kan niet in deze ronde, of niet met jouw rol."
    )
    volle_ronde.staat = Ronde.Staat.CONCEPT
    assert waarom_niet(Handeling.LEZEN, volle_ronde) == "Deze ronde staat nog niet online."


def test_in_the_weighing_phase_a_text_is_not_taken(bewoner, huis, maak_ronde, geef):
    """The round is open, and still the form for free input is not: the table tells, not the hours of the round."""
    ronde = maak_ronde("weegt")
    ronde.fases.filter(soort="inbrengen").update(soort="wegen")
    assert Ronde.objects.get(pk=ronde.pk).is_open
    assert geef(bewoner, ronde, tekst="Mijn tekst").status_code == 409
    assert not ronde.inbrengen.exists()
