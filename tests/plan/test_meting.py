"""A measurement from draft to approved: who may, what is refused, what two people do at once, and what follows from it."""

import threading
from datetime import date
from decimal import Decimal as D

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from plan.acties.metingen import bewaar, dien_in, gooi_weg, keur_goed, stuur_terug
from plan.acties.versies import bevries
from plan.burgertaal import vertel
from plan.koers import Koers
from plan.meten import Gemeten, doelen, gemeten, lees, te_meten
from plan.models import Actie, Indicator, Meting, Streefwaarde, Uitsplitsing
from plan.momentopname import neem
from plan.verschil import vergelijk

VANDAAG = timezone.localdate()


@pytest.fixture
def indicator(plan, actie, doelstelling):
    """Families that were helped: from 100 at the end of 2025 to 200 in 2031. Measured since 2023."""
    indicator = Indicator.objects.create(
        plan=plan, code="I1", titel="Gezinnen met hulp", definitie="Elk gezin telt één keer.", eenheid="gezinnen",
        over="mensen", richting="omhoog", nulmeting=100, nulmeting_op=date(2025, 12, 31), bron="Eigen telling",
        eigenaar="Sociale dienst", frequentie="halfjaar", vanaf_jaar=2023,
    )  # fmt: skip
    indicator.onderdelen.add(actie)
    indicator.onderdelen.add(doelstelling, through_defaults={"meet_voortgang": False})
    for jaar, waarde in ((2026, 120), (2031, 200)):
        indicator.streefwaarden.create(jaar=jaar, waarde=waarde)
    return indicator


@pytest.fixture
def meting(indicator, planner):
    """Handed in by the planner: 110 on 30 June 2026."""
    return dien_in(meting=voer_in(indicator, planner, 110), door=planner)


def voer_in(indicator, door, waarde, datum=date(2026, 6, 30), **meer):
    return bewaar(indicator=indicator, datum=datum, waarde=D(waarde), door=door, **meer)


def fout_van(verb, **kwargs):
    """{field: [sentences]} or [sentences] of what a verb refuses."""
    with pytest.raises(ValidationError) as fout, transaction.atomic():
        verb(**kwargs)
    return fout.value.message_dict if hasattr(fout.value, "error_dict") else fout.value.messages


# --- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["loket_ocmw", "beheer", "toezicht", "voedselbank"])
def test_who_does_not_work_on_the_plan_changes_nothing(request, indicator, meting, wie):
    gebruiker = request.getfixturevalue(wie)
    for verb, kwargs in (
        (voer_in, {"indicator": indicator, "waarde": 1}), (dien_in, {"meting": meting}), (keur_goed, {"meting": meting}),
        (stuur_terug, {"meting": meting, "reden": "Nee"}), (gooi_weg, {"meting": meting}),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            verb(door=gebruiker, **kwargs)
    assert Meting.objects.get().staat == "ingediend"


def test_only_the_coordinator_approves_and_sends_back(meting, planner):
    for verb, kwargs in ((keur_goed, {}), (stuur_terug, {"reden": "Nee"})):
        with pytest.raises(PermissionDenied):
            verb(meting=meting, door=planner, **kwargs)


def test_who_wrote_the_figures_approves_them_only_with_a_reason(indicator, coordinator, planner):
    meting = dien_in(meting=voer_in(indicator, coordinator, 110), door=coordinator)
    for reden in ("", " ‮ "):
        assert fout_van(keur_goed, meting=meting, door=coordinator, reden=reden) == {
            "reden": ["Jij voerde dit cijfer in. Schrijf waarom er geen tweede persoon naar kijkt."]
        }
    meting = keur_goed(meting=meting, door=coordinator, reden="Mijn collega is ziek.")
    assert (meting.staat, meting.alleen_reden) == ("goedgekeurd", "Mijn collega is ziek.")
    with pytest.raises(IntegrityError, match="meting_vier_ogen"), transaction.atomic():
        Meting.objects.update(alleen_reden="")


def test_a_reason_is_kept_only_where_one_person_did_both(meting, coordinator):
    assert keur_goed(meting=meting, door=coordinator, reden="Niet nodig").alleen_reden == ""


def test_who_changed_only_the_words_did_not_write_the_figures(indicator, planner, coordinator):
    meting = voer_in(indicator, planner, 110)
    meting = voer_in(indicator, coordinator, 110, meting=meting, toelichting="Na de verhuis.")
    assert (meting.ingevoerd_door, meting.toelichting) == (planner, "Na de verhuis.")
    assert voer_in(indicator, coordinator, 111, meting=meting).ingevoerd_door == coordinator


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("datum", "waarde", "fouten"),
    [
        (date(2022, 12, 31), "110", {"datum": ["Kies een dag van 2023 tot en met 2031."]}),
        (VANDAAG.replace(year=VANDAAG.year + 1), "110", {"datum": ["Deze dag moet nog komen. Meten kan pas als het zover is."]}),
        (date(2026, 6, 30), "110.5", {"waarde": ["Schrijf een heel getal, zonder komma."]}),
        (date(2026, 6, 30), "-1", {"waarde": ["Een aantal mensen is nooit minder dan nul."]}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_the_field(indicator, planner, datum, waarde, fouten):
    assert fout_van(voer_in, indicator=indicator, door=planner, waarde=waarde, datum=datum) == fouten
    assert not Meting.objects.exists()


def test_one_decimal_where_one_is_wanted(indicator, planner):
    Indicator.objects.update(over="dingen", cijfers=1)
    indicator.refresh_from_db()
    assert fout_van(voer_in, indicator=indicator, door=planner, waarde="1.25") == {
        "waarde": ["Schrijf hoogstens 1 cijfer na de komma."]
    }
    assert voer_in(indicator, planner, "-1.5").waarde == D("-1.5")


def test_a_period_has_one_measurement(indicator, meting, planner, coordinator):
    zin = "Voor eerste helft van 2026 is er al een meting, van {} (wacht op goedkeuring)."
    kwargs = {"indicator": indicator, "waarde": 5, "datum": date(2026, 2, 1)}
    assert fout_van(voer_in, door=planner, **kwargs) == {"datum": [zin.format("jou")]}
    assert fout_van(voer_in, door=coordinator, **kwargs) == {"datum": [zin.format(planner)]}
    with pytest.raises(IntegrityError, match="meting_een_per_periode"), transaction.atomic():
        Meting.objects.create(
            indicator=indicator,
            datum=date(2026, 3, 1),
            periode_begin=date(2026, 1, 1),
            waarde=1,
            ingevoerd_door=planner,
        )


def test_a_breakdown_that_cannot_be_is_refused(indicator, planner, doelgroep, gebied):
    def delen(groep, plaats):
        return [Uitsplitsing(doelgroep=doelgroep, waarde=groep), Uitsplitsing(gebied=gebied, waarde=plaats)]

    groter = {"waarde": ["Een groep of gebied is groter dan het geheel. Kijk de getallen na."]}
    assert fout_van(voer_in, indicator=indicator, door=planner, waarde=10, delen=delen(11, 1)) == groter
    assert fout_van(voer_in, indicator=indicator, door=planner, waarde=10, delen=[*delen(1, 6), *delen(1, 6)]) == {
        "waarde": ["De gebieden zijn samen meer dan het geheel. Kijk de getallen na."]
    }
    Indicator.objects.update(over="aandeel")
    indicator.refresh_from_db()
    assert fout_van(voer_in, indicator=indicator, door=planner, waarde=10, delen=delen(11, 1)) == [
        "Schrijf bij elk deel over hoeveel mensen het gaat. Anders weten we niet of het er genoeg zijn."
    ]
    assert not Meting.objects.exists()


def test_every_step_that_is_not_in_the_machine_is_refused(indicator, planner, coordinator):
    meting = voer_in(indicator, planner, 110)
    klad, wacht, terug, goed = (
        [f"Dat kan niet bij een meting die nu '{naam}' is."]
        for naam in ("klad", "wacht op goedkeuring", "teruggestuurd", "goedgekeurd")
    )
    assert fout_van(keur_goed, meting=meting, door=coordinator) == klad
    assert fout_van(stuur_terug, meting=meting, door=coordinator, reden="x") == klad
    dien_in(meting=meting, door=planner)
    assert fout_van(dien_in, meting=meting, door=planner) == wacht
    assert fout_van(gooi_weg, meting=meting, door=planner) == wacht
    assert fout_van(voer_in, indicator=indicator, door=planner, waarde=1, meting=meting) == wacht
    assert fout_van(stuur_terug, meting=meting, door=coordinator, reden=" ") == {
        "reden": ["Schrijf wat er moet veranderen. Wie meet, leest het."]
    }
    stuur_terug(meting=meting, door=coordinator, reden="Tel de Biezen mee.")
    assert fout_van(keur_goed, meting=meting, door=coordinator) == terug
    assert fout_van(gooi_weg, meting=meting, door=planner) == terug
    voer_in(indicator, planner, 115, meting=meting)
    dien_in(meting=meting, door=planner)
    keur_goed(meting=meting, door=coordinator)
    assert fout_van(keur_goed, meting=meting, door=coordinator) == goed  # a double click
    meting.refresh_from_db()
    assert (meting.waarde, meting.staat, meting.terug_reden) == (115, "goedgekeurd", "Tel de Biezen mee.")


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"staat": "goedgekeurd"}, "meting_goedkeuring_heel_of_niet"),
        ({"staat": "concept"}, "meting_staat_klopt"),
        ({"staat": "teruggestuurd"}, "meting_staat_klopt"),
        ({"alleen_reden": "x"}, "meting_goedkeuring_heel_of_niet"),
        ({"datum": date(2025, 12, 31)}, "meting_datum_na_begin_periode"),
        ({"datum": date(2032, 1, 1)}, "meting_binnen_de_jaren"),
    ],
)
def test_the_database_keeps_the_state_whole(meting, velden, regel):
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Meting.objects.update(**velden)


def test_the_database_keeps_plans_apart(indicator, geheim_plan):
    with pytest.raises(DatabaseError, match="streefwaarde_jaar_in_periode"), transaction.atomic():
        Streefwaarde.objects.create(indicator=indicator, jaar=2032, waarde=1)
    with pytest.raises(DatabaseError, match="indicatorkoppeling_zelfde_plan"), transaction.atomic():
        indicator.onderdelen.add(geheim_plan.onderdelen.first())
    with pytest.raises(IntegrityError, match="indicator_mensen_zijn_heel"), transaction.atomic():
        Indicator.objects.update(cijfers=1)
    with pytest.raises(IntegrityError, match="indicator_nulmeting_heel_of_niet"), transaction.atomic():
        Indicator.objects.update(nulmeting=None)


def test_how_often_stays_once_there_are_measurements(meting, indicator):
    indicator.frequentie = "jaar"
    with pytest.raises(ValidationError) as fout:
        indicator.full_clean()
    assert list(fout.value.message_dict) == ["frequentie"]


# --- two people at once ------------------------------------------------------------------------


def test_what_changed_since_the_page_was_opened_is_refused(indicator, planner, coordinator):
    meting = voer_in(indicator, planner, 110)
    gezien = meting.merk
    meting = voer_in(indicator, planner, 111, meting=meting, gezien=gezien)
    anders = ["Iemand veranderde deze meting terwijl jij ze bekeek. Kijk ze nog eens na."]
    assert fout_van(dien_in, meting=meting, door=coordinator, gezien=gezien) == anders
    assert fout_van(voer_in, indicator=indicator, door=coordinator, waarde=9, meting=meting, gezien=gezien) == anders
    assert fout_van(gooi_weg, meting=meting, door=coordinator, gezien=gezien) == anders
    dien_in(meting=meting, door=planner, gezien=meting.merk)
    assert fout_van(keur_goed, meting=meting, door=coordinator, gezien=gezien) == anders
    assert fout_van(stuur_terug, meting=meting, door=coordinator, gezien=gezien, reden="x") == anders


@pytest.mark.django_db(transaction=True)
def test_two_people_entering_the_same_period_make_one_measurement(indicator, planner, coordinator):
    uitkomst, start = [], threading.Barrier(2)

    def voer(door):
        start.wait()
        try:
            uitkomst.append(voer_in(indicator, door, 110).pk)
        except ValidationError as fout:
            uitkomst.append(list(fout.message_dict))
        finally:
            connection.close()

    draden = [threading.Thread(target=voer, args=[wie]) for wie in (planner, coordinator)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomst, key=str) == [Meting.objects.get().pk, ["datum"]]


# --- what follows ------------------------------------------------------------------------------


def test_a_draft_can_be_thrown_away_and_a_breakdown_is_written_whole(indicator, planner, gebied, doelgroep):
    meting = voer_in(indicator, planner, 110, delen=[Uitsplitsing(gebied=gebied, waarde=D(60))])
    voer_in(indicator, planner, 110, meting=meting, delen=[Uitsplitsing(doelgroep=doelgroep, waarde=D(7))])
    assert list(meting.uitsplitsingen.values_list("doelgroep__code", "gebied", "waarde")) == [("ouderen", None, 7)]
    gooi_weg(meting=meting, door=planner)
    assert not Meting.objects.exists() and not Uitsplitsing.objects.exists()


def test_only_what_is_approved_counts_and_is_public(meting, indicator, actie, plan, coordinator, planner, voedselbank):
    def gezien_door(wie):
        return Meting.objects.zichtbaar_voor(wie).count()

    [stuk] = gemeten(Indicator.objects.select_related("plan"))
    assert (stuk.koers, stuk.waarde, doelen(actie), gezien_door(voedselbank), gezien_door(planner)) == (
        Koers.GEEN_METING, None, [], 0, 1,
    )  # fmt: skip
    keur_goed(meting=meting, door=coordinator)
    [stuk] = gemeten(Indicator.objects.select_related("plan"))
    assert stuk.laatste == (date(2026, 6, 30), D(110))
    assert (stuk.verwacht, stuk.koers, stuk.aandeel) == (D(110), Koers.OP_KOERS, D("0.1"))  # 100 + 20 x 181/365 = 109,9
    assert (doelen(actie), gezien_door(voedselbank)) == ([D("0.1")], 1)
    plan.staat, plan.gepubliceerd_op = "voorbereiding", None
    plan.save()
    assert gezien_door(voedselbank) == 0


def test_an_indicator_that_does_not_say_how_far_an_action_is_stays_out(meting, indicator, actie, coordinator):
    keur_goed(meting=meting, door=coordinator)
    indicator.koppelingen.update(meet_voortgang=False)
    assert doelen(actie) == []


def test_behind_and_without_a_target(meting, indicator, coordinator, planner):
    keur_goed(meting=meting, door=coordinator)
    Meting.objects.update(waarde=109)
    [stuk] = gemeten(Indicator.objects.all())
    assert stuk.koers == Koers.ACHTER
    Indicator.objects.update(marge=1)
    [stuk] = gemeten(Indicator.objects.all())
    assert stuk.koers == Koers.OP_KOERS
    Streefwaarde.objects.all().delete()
    [stuk] = gemeten(Indicator.objects.all())
    assert (stuk.koers, stuk.verwacht, stuk.aandeel) == (Koers.GEEN_DOEL, None, None)


def test_what_was_measured_before_the_plan_is_history(indicator, actie):
    stuk = Gemeten(indicator, [(2026, D(120))], [(date(2025, 12, 31), D(500))])
    assert (stuk.koers, stuk.aandeel, stuk.waarde) == (Koers.GEEN_METING, None, D(500))


def test_without_a_baseline_the_first_measurement_is_where_the_course_starts(indicator):
    indicator.nulmeting = indicator.nulmeting_op = None
    stuk = Gemeten(indicator, [(2031, D(200))], [(date(2026, 6, 30), D(50))])
    assert (stuk.koers, stuk.verwacht, stuk.aandeel) == (Koers.OP_KOERS, D(50), D(0))
    stuk.metingen.append((date(2026, 12, 31), D(50)))
    assert Gemeten(indicator, stuk.doelen, stuk.metingen).koers == Koers.ACHTER


def test_what_is_due_moves_on_with_what_is_handed_in(indicator, plan, planner, coordinator):
    def beurten(**kwargs):
        return [(beurt.indicator.code, beurt.periode.naam, beurt.tegen) for beurt in te_meten(plan, **kwargs)]

    eerste = ("I1", "eerste helft van 2026", date(2026, 7, 31))
    assert beurten() == beurten(tot=date(2026, 7, 31)) == [eerste]
    assert beurten(tot=date(2026, 7, 30)) == []
    voer_in(indicator, planner, 90, datum=date(2024, 6, 30))  # before the plan: history
    klad = voer_in(indicator, planner, 110)
    assert beurten() == [eerste]  # a draft is not handed in
    dien_in(meting=klad, door=planner)
    tweede = [("I1", "tweede helft van 2026", date(2027, 1, 31))]
    assert beurten() == tweede
    stuur_terug(meting=klad, door=coordinator, reden="Nee")
    assert beurten() == [eerste]
    dien_in(meting=klad, door=planner)
    keur_goed(meting=klad, door=coordinator)
    assert beurten() == tweede
    Meting.objects.filter(pk=klad.pk).update(datum=date(2031, 12, 31), periode_begin=date(2031, 7, 1))
    assert beurten() == []


def test_due_and_state_take_one_query_whatever_the_number(meting, plan, actie, coordinator, django_assert_num_queries):
    keur_goed(meting=meting, door=coordinator)
    for nummer in (2, 3):
        ander = Indicator.objects.create(plan=plan, code=f"I{nummer}", titel="x", eenheid="x", richting="omlaag")
        ander.onderdelen.add(actie)
    with django_assert_num_queries(1):
        assert len(te_meten(plan)) == 3
    with django_assert_num_queries(1):
        assert len(gemeten(Indicator.objects.select_related("plan"))) == 3
    with django_assert_num_queries(1):
        doelen(actie)


def test_small_numbers_of_people_are_not_told(indicator):
    assert [indicator.zeg(D(waarde)) for waarde in (0, 1, 4, 5, 1234)] == [
        "0 gezinnen", "< 5 gezinnen", "< 5 gezinnen", "5 gezinnen", "1.234 gezinnen",
    ]  # fmt: skip


def test_rights_of_the_roles(db):
    def rollen(codenaam):
        rechten = Permission.objects.filter(codename=codenaam, content_type__app_label="plan")
        return set(rechten.values_list("group__name", flat=True))

    assert rollen("keur_meting") == rollen("add_leemte") == {"coördinator"}
    assert rollen("add_meting") == rollen("add_indicator") == {"coördinator", "planmedewerker"}
    assert rollen("delete_meting") == {None}


def test_reading_asks_nothing_and_keeps_cents(indicator, django_assert_num_queries):
    indicator.doelrijen = [{"wanneer": 2026, "waarde": "0.10"}]
    indicator.meetrijen = [{"wanneer": "2026-06-30", "waarde": "123456789012.35"}]
    with django_assert_num_queries(0):
        stuk = lees(indicator)
    assert (stuk.doelen, stuk.metingen) == ([(2026, D("0.10"))], [(date(2026, 6, 30), D("123456789012.35"))])


def test_an_action_follows_what_was_approved(meting, actie, coordinator):
    keur_goed(meting=meting, door=coordinator)
    actie = Actie.objects.get(pk=actie.pk)
    assert (actie.stand, actie.voortgang) == ("in-uitvoering", 10)
    stuur_terug(meting=Meting.objects.get(), door=coordinator, reden="Toch fout.")
    assert Actie.objects.get(pk=actie.pk).voortgang == 10  # nothing left to follow: it stays where it was


# --- frozen, and what differs --------------------------------------------------------------------


def test_a_version_holds_what_is_measured_and_the_difference_tells_changed_targets(
    huis, meting, indicator, actie, plan, coordinator, planner, bewoner
):
    Actie.objects.filter(pk=actie.pk).update(korte_omschrijving="Wij bellen aan.")
    bevries(plan=plan, door=coordinator)
    keur_goed(meting=meting, door=coordinator)
    keur_goed(
        meting=dien_in(meting=voer_in(indicator, planner, 3, datum=date(2026, 9, 1)), door=planner), door=coordinator
    )
    oud = bevries(plan=plan, door=coordinator)
    [rij] = oud.inhoud["indicatoren"]
    assert rij["metingen"] == [{"datum": "2026-06-30", "waarde": "110.00"}, {"datum": "2026-09-01", "waarde": "< 5"}]
    assert rij["streefwaarden"] == [{"jaar": 2026, "waarde": "120.00"}, {"jaar": 2031, "waarde": "200.00"}]
    assert set(rij["onderdelen"]) == {actie.pk, actie.ouder_id}
    indicator.streefwaarden.filter(jaar=2031).update(waarde=220)
    indicator.streefwaarden.create(jaar=2028, waarde=150)
    Indicator.objects.update(eigenaar="Team wonen")
    ander = Indicator.objects.create(plan=plan, code="I2", titel="Nieuw cijfer", eenheid="x", richting="omlaag")
    nieuw = bevries(plan=plan, door=coordinator)
    verschil = vergelijk(oud.inhoud, nieuw.inhoud)
    assert [(deel.code, deel.wat) for deel in verschil.indicatoren] == [("I1", "anders"), ("I2", "nieuw")]
    assert [(veld.label, veld.oud, veld.nieuw) for veld in verschil.indicatoren[0].velden] == [
        ("Wie meet", "Sociale dienst", "Team wonen"),
        ("Streefwaarde 2028", "", "150 gezinnen"),
        ("Streefwaarde 2031", "200 gezinnen", "220 gezinnen"),
    ]
    [groep] = vertel(verschil)
    assert [zin.tekst for zin in groep.zinnen] == [
        "“Gezinnen met hulp”: we mikken eind 2028 op 150 gezinnen.",
        "“Gezinnen met hulp”: we mikken eind 2031 op 220 gezinnen, niet op 200 gezinnen.",
        "We meten nu ook “Nieuw cijfer”.",
    ]
    # what was only measured is no difference, and versions of before indicators were kept say nothing
    [eerste] = plan.versies.filter(nummer=1)
    assert not vergelijk(eerste.inhoud, oud.inhoud).indicatoren
    vroeger = {naam: waarde for naam, waarde in oud.inhoud.items() if naam != "indicatoren"}
    assert not vergelijk(vroeger, nieuw.inhoud).indicatoren
    ander.delete()
    assert [deel.wat for deel in vergelijk(nieuw.inhoud, neem(plan)).indicatoren] == ["weg"]
    adres = reverse("plan:verschil", args=[plan.slug, oud.nummer, nieuw.nummer])
    html = " ".join(bewoner.get(adres).content.decode().split())
    assert "Wat we meten <span" in html and "Streefwaarde 2031" in html
    assert bewoner.get(reverse("plan:verschil_xlsx", args=[plan.slug, oud.nummer, nieuw.nummer])).status_code == 200
    html = " ".join(bewoner.get(oud.get_absolute_url()).content.decode().split())
    assert "2026: 120 gezinnen; 2031: 200 gezinnen" in html and "&lt; 5 gezinnen" in html
