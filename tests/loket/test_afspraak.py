"""Booking and what happens to an appointment after it; two people, and fifty, at once."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from loket.acties import afspraak as acties
from loket.acties.bewaren import wis_afspraken
from loket.models import Afspraak, AfspraakSpoor, MagNiet, Spreekuur
from loket.models.afspraak import Stap
from sociaalhuis import ontvangst
from sociaalhuis.models import Dossiersleutel, Team, UitgaandeMail
from tests.loket.afspraken import boeking, om, spreekuur, vrij
from tests.loket.vragen import bewijs

pytestmark = pytest.mark.usefixtures("nu")


def stappen(afspraak):
    return list(afspraak.spoor.values_list("stap", flat=True))


# --- booking -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "begin", ["2027-03-02T10:00", "2027-03-02T09:15", "2027-03-03T09:00", "2027-02-23T09:00", "2028-03-07T09:00"]
)
def test_a_moment_that_is_not_offered_cannot_be_booked(dinsdag, begin):
    with pytest.raises(acties.NietVrij):
        boeking(dinsdag, begin)
    assert not Afspraak.objects.exists() and not Dossiersleutel.objects.exists()


def test_a_booked_moment_is_gone(dinsdag):
    boeking(dinsdag)
    with pytest.raises(acties.NietVrij) as fout:
        boeking(dinsdag)
    assert str(fout.value) == "Dat moment is net geboekt. Kies een ander: wat je invulde staat er nog."
    assert Afspraak.objects.count() == 1 and Dossiersleutel.objects.count() == 1


def test_a_booking(dinsdag, team_sociale_dienst):
    bon = boeking(dinsdag, contactwijze="mail", email="sam@voorbeeld.be")
    afspraak = Afspraak.objects.get()
    assert (bon.nieuw, afspraak.begin, afspraak.einde) == (True, om("2027-03-02T09:00"), om("2027-03-02T09:30"))
    assert (afspraak.team, afspraak.bestuur, afspraak.plek) == (team_sociale_dienst, team_sociale_dienst.bestuur, 1)
    assert (afspraak.naam, afspraak.email, afspraak.teken) == ("Sam", "sam@voorbeeld.be", "")
    assert ontvangst.klopt(bon.code, afspraak.code_hash) and len(bon.code) == 16
    assert stappen(afspraak) == ["boek"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text FROM loket_afspraak a")
        rij = cursor.fetchone()[0]
    assert "Sam" not in rij and b"Sam".hex() not in rij and bon.code not in rij and b"sam@".hex() not in rij


def test_the_same_form_again_is_the_same_appointment(dinsdag):
    formulier = bewijs()
    een, twee = (boeking(dinsdag, bewijs=formulier) for _ in "ab")
    assert (een.code, een.afspraak.pk, twee.nieuw) == (twee.code, twee.afspraak.pk, False)
    assert Afspraak.objects.count() == 1


def test_a_machine_leaves_a_mark_and_is_not_refused(dinsdag):
    assert boeking(dinsdag, valstrik="http://x").afspraak.teken == "valstrik"


def test_who_is_bound_to_the_session_gets_the_appointment(dinsdag, loket_ocmw):
    Spreekuur.objects.update(medewerker=loket_ocmw)
    assert boeking(dinsdag).afspraak.medewerker == loket_ocmw


# --- what the database keeps -----------------------------------------------------------------------


def dubbel(afspraak, **velden):
    """The same row again, past every check in Python."""
    kopie = Afspraak.objects.get(pk=afspraak.pk)
    kopie.pk, kopie._state.adding, kopie.inzending = None, True, None
    kopie.referentie, kopie.dossiersleutel = f"2027-{velden.pop('nummer', 'XXXXXX')}", Dossiersleutel.objects.create()
    kopie.naam = kopie.email = kopie.telefoon = kopie.adres = kopie.reden = ""
    for naam, waarde in velden.items():
        setattr(kopie, naam, waarde)
    kopie.save(force_insert=True)
    return kopie


def test_one_desk_holds_one_appointment_at_a_time(dinsdag):
    afspraak = boeking(dinsdag).afspraak
    with pytest.raises(IntegrityError, match="afspraak_een_per_plek"), transaction.atomic():
        dubbel(afspraak)
    kwart = timedelta(minutes=15)
    with pytest.raises(IntegrityError, match="afspraak_een_per_plek"), transaction.atomic():
        dubbel(afspraak, begin=afspraak.begin + kwart, einde=afspraak.einde + kwart)
    dubbel(afspraak, plek=2)
    dubbel(afspraak, nummer="YYYYYY", begin=afspraak.einde, einde=afspraak.einde + kwart)
    dubbel(afspraak, nummer="ZZZZZZ", staat="afgezegd")


def test_one_person_has_one_appointment_at_a_time(dinsdag, loket_ocmw):
    afspraak = boeking(dinsdag).afspraak
    Afspraak.objects.update(medewerker=loket_ocmw)
    with pytest.raises(IntegrityError, match="afspraak_een_per_medewerker"), transaction.atomic():
        dubbel(afspraak, plek=2, medewerker=loket_ocmw)


@pytest.mark.parametrize(
    ("naam", "velden"),
    [
        ("afspraak_eindigt_na_begin", {"einde": om("2027-03-02T09:00")}),
        ("afspraak_plek_vanaf_een", {"plek": 0}),
        ("afspraak_code_heeft_zoekdeel", {"code_hash": ""}),
    ],
)
def test_the_database_refuses(dinsdag, naam, velden):
    boeking(dinsdag)
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Afspraak.objects.update(**velden)


def test_team_and_registration_do_not_change(dinsdag, team_thuiszorg):
    boeking(dinsdag)
    for velden in ({"team": team_thuiszorg}, {"gemaakt_op": om("2020-01-01T00:00")}, {"referentie": "2027-AAAAAA"}):
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            Afspraak.objects.update(**velden)


def test_a_session_with_appointments_is_not_deleted_and_the_trail_only_grows(dinsdag):
    afspraak = boeking(dinsdag).afspraak
    with pytest.raises(IntegrityError), transaction.atomic():
        dinsdag.delete()
    for daad in (AfspraakSpoor.objects.all().delete, lambda: AfspraakSpoor.objects.update(stap="lees")):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            daad()
    assert stappen(afspraak) == ["boek"]


# --- fifty at once ---------------------------------------------------------------------------------


def tegelijk(aantal, doe):
    """Runs `doe(n)` in so many threads that start at the same moment; gives what each returned or raised."""
    start, uitkomst = threading.Barrier(aantal), [None] * aantal

    def draad(n):
        try:
            connection.ensure_connection()
            start.wait()
            uitkomst[n] = doe(n)
        except Exception as fout:  # the test looks at each
            uitkomst[n] = fout
        finally:
            connections.close_all()

    draden = [threading.Thread(target=draad, args=[n]) for n in range(aantal)]
    for d in draden:
        d.start()
    for d in draden:
        d.join()
    return uitkomst


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plekken", [1, 3])
def test_fifty_people_and_one_moment(kade, gesprek, plekken):
    rij = spreekuur(kade, gesprek, plekken=plekken)
    uitkomst = tegelijk(50, lambda n: boeking(rij, naam=f"Sam {n}"))
    gelukt = [u for u in uitkomst if isinstance(u, acties.Ontvangst)]
    assert [type(u) for u in uitkomst if u not in gelukt] == [acties.NietVrij] * (50 - plekken)
    assert sorted(Afspraak.objects.values_list("plek", flat=True)) == list(range(1, plekken + 1))
    assert len(gelukt) == plekken and Dossiersleutel.objects.count() == plekken


@pytest.mark.django_db(transaction=True)
def test_fifty_rows_around_the_verb_and_the_database_keeps_one(kade, gesprek):
    afspraak = boeking(spreekuur(kade, gesprek)).afspraak
    Afspraak.objects.update(staat="afgezegd")
    uitkomst = tegelijk(50, lambda n: dubbel(afspraak, nummer=f"{n:06}", staat="geboekt"))
    assert sum(isinstance(u, Afspraak) for u in uitkomst) == 1
    assert {type(u) for u in uitkomst} <= {Afspraak, IntegrityError, OperationalError}
    assert Afspraak.objects.exclude(staat="afgezegd").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_from_fifty_hands_is_one_appointment(kade, gesprek):
    rij, formulier = spreekuur(kade, gesprek, plekken=3), bewijs()
    uitkomst = tegelijk(50, lambda n: boeking(rij, bewijs=formulier))
    assert {(u.code, u.afspraak.pk) for u in uitkomst} == {(uitkomst[0].code, Afspraak.objects.get().pk)}
    assert sum(u.nieuw for u in uitkomst) == 1


@pytest.mark.django_db(transaction=True)
def test_moved_and_cancelled_at_once(kade, gesprek):
    afspraak = boeking(spreekuur(kade, gesprek)).afspraak
    daden = [
        lambda: acties.verzet(afspraak=afspraak, begin=om("2027-03-09T09:00"), door=None, getoond=1),
        lambda: acties.zeg_af(afspraak=afspraak, door=None, getoond=1),
    ]
    uitkomst = tegelijk(2, lambda n: daden[n]())
    assert sorted(type(u).__name__ for u in uitkomst) == ["Afspraak", "Ondertussen"]
    afspraak.refresh_from_db()
    assert (afspraak.staat, afspraak.begin) in [
        ("geboekt", om("2027-03-09T09:00")),
        ("afgezegd", om("2027-03-02T09:00")),
    ]


# --- moving, cancelling, coming ----------------------------------------------------------------------


def test_move(dinsdag):
    afspraak = boeking(dinsdag).afspraak
    bezet = boeking(dinsdag, "2027-03-09T09:00").afspraak
    for begin, fout in [(bezet.begin, acties.NietVrij), (om("2027-03-02T12:00"), acties.NietVrij)]:
        with pytest.raises(fout):
            acties.verzet(afspraak=afspraak, begin=begin, door=None)
    nieuw = acties.verzet(afspraak=afspraak, begin=om("2027-03-09T09:30"), door=None)
    assert (nieuw.begin, nieuw.versie, nieuw.code_hash) == (om("2027-03-09T09:30"), 2, afspraak.code_hash)
    assert vrij(dinsdag, "2027-03-02", "2027-03-09") == [("2027-03-02 09:00", 1), ("2027-03-02 09:30", 1)]
    assert stappen(afspraak) == ["boek", "verzet"]
    same = acties.verzet(afspraak=afspraak, begin=om("2027-03-09T09:30"), door=None)
    assert same.versie == 2 and stappen(afspraak) == ["boek", "verzet"]


def test_cancel_frees_the_desk_and_happens_once(dinsdag):
    afspraak = boeking(dinsdag).afspraak
    acties.zeg_af(afspraak=afspraak, door=None)
    assert ("2027-03-02 09:00", 1) in vrij(dinsdag)
    with pytest.raises(MagNiet):
        acties.zeg_af(afspraak=afspraak, door=None)
    with pytest.raises(MagNiet):
        acties.verzet(afspraak=afspraak, begin=om("2027-03-09T09:00"), door=None)
    assert boeking(dinsdag).nieuw


def test_nothing_changes_once_it_began(dinsdag, nu):
    afspraak = boeking(dinsdag).afspraak
    nu("2027-03-02T09:00")
    for daad in (
        lambda: acties.zeg_af(afspraak=afspraak, door=None),
        lambda: acties.verzet(afspraak=afspraak, begin=om("2027-03-09T09:00"), door=None),
    ):
        with pytest.raises(MagNiet):
            daad()


def test_nobody_arrives_before_the_day_or_stays_away_before_the_hour(dinsdag, loket_ocmw, nu):
    afspraak = boeking(dinsdag).afspraak
    for stap in (Stap.AANGEKOMEN, Stap.NIET_GEKOMEN, Stap.AFGEROND):
        with pytest.raises(MagNiet):
            acties.zet(afspraak=afspraak, stap=stap, door=loket_ocmw)
    nu("2027-03-02T08:50")
    with pytest.raises(MagNiet):
        acties.zet(afspraak=afspraak, stap=Stap.NIET_GEKOMEN, door=loket_ocmw)
    nu("2027-03-02T09:05")
    for stap, staat in [
        (Stap.NIET_GEKOMEN, "niet_gekomen"),
        (Stap.AANGEKOMEN, "aangekomen"),
        (Stap.AFGEROND, "afgerond"),
    ]:
        assert acties.zet(afspraak=afspraak, stap=stap, door=loket_ocmw).staat == staat
    assert stappen(afspraak) == ["boek", "niet_gekomen", "aangekomen", "afgerond"]


def test_only_the_team_sees_and_touches_it(
    dinsdag, loket_ocmw, loket_thuiszorg, loket_gemeente, team_ocmw, superuser, beheer, toezicht
):
    afspraak = boeking(dinsdag).afspraak
    for wel in (loket_ocmw, team_ocmw):
        assert list(Afspraak.objects.zichtbaar_voor(wel)) == [afspraak]
    for niet in (loket_thuiszorg, loket_gemeente, superuser, beheer, toezicht):
        assert not Afspraak.objects.zichtbaar_voor(niet).exists()
        for daad in (
            lambda niet=niet: acties.lees(referentie=afspraak.referentie, door=niet),
            lambda niet=niet: acties.zeg_af(afspraak=afspraak, door=niet),
            lambda niet=niet: acties.verzet(afspraak=afspraak, begin=om("2027-03-09T09:00"), door=niet),
        ):
            with pytest.raises(Afspraak.DoesNotExist):
                daad()
    assert stappen(afspraak) == ["boek"]


def test_assign(dinsdag, loket_ocmw, team_ocmw, loket_gemeente):
    een, twee = boeking(dinsdag).afspraak, boeking(dinsdag, "2027-03-02T09:30").afspraak
    with pytest.raises(MagNiet, match="niet in het team"):
        acties.wijs_toe(afspraak=een, naar=loket_gemeente, door=team_ocmw)
    assert acties.wijs_toe(afspraak=een, naar=loket_ocmw, door=team_ocmw).medewerker == loket_ocmw
    begin, einde = om("2027-03-02T09:15"), om("2027-03-02T09:45")
    Afspraak.objects.filter(pk=twee.pk).update(begin=begin, einde=einde, plek=2)
    with pytest.raises(MagNiet, match="heeft op dat uur al een andere afspraak"):
        acties.wijs_toe(afspraak=twee, naar=loket_ocmw, door=team_ocmw)


# --- mail ------------------------------------------------------------------------------------------


def test_who_chose_mail_hears_what_staff_changed_and_the_mail_says_nothing(dinsdag, loket_ocmw):
    afspraak = boeking(dinsdag, contactwijze="mail", email="sam@voorbeeld.be").afspraak
    acties.verzet(afspraak=afspraak, begin=om("2027-03-09T09:00"), door=loket_ocmw)
    acties.zeg_af(afspraak=afspraak, reden="Iedereen is ziek", door=loket_ocmw)
    mails = UitgaandeMail.objects.order_by("pk")
    assert [mail.adres for mail in mails] == ["sam@voorbeeld.be"] * 2
    for mail in mails:
        alles = f"{mail.onderwerp} {mail.tekst}"
        assert afspraak.referentie in alles and "/loket/opvolgen/" in alles
        assert not any(woord in alles for woord in ("Sam", "schulden", "ziek", "Kade", "9 maart", "09:00", "9.00"))
    assert Afspraak.objects.get().reden == "Iedereen is ziek"


def test_own_changes_and_other_ways_of_contact_send_nothing(dinsdag, loket_ocmw):
    een = boeking(dinsdag, contactwijze="mail", email="sam@voorbeeld.be").afspraak
    acties.verzet(afspraak=een, begin=om("2027-03-09T09:00"), door=None)
    acties.zeg_af(
        afspraak=boeking(dinsdag, contactwijze="telefoon", telefoon="0470 00 00 00").afspraak, door=loket_ocmw
    )
    assert not UitgaandeMail.objects.exists()


def test_a_reminder_the_day_before_once(dinsdag, nu):
    een = boeking(dinsdag, contactwijze="mail", email="sam@voorbeeld.be").afspraak
    boeking(dinsdag, "2027-03-09T09:00", contactwijze="mail", email="later@voorbeeld.be")
    boeking(dinsdag, "2027-03-02T09:30")
    nu("2027-03-01T09:00")
    with transaction.atomic():
        assert acties.herinner(om("2027-03-01T08:59")) == acties.herinner(om("2027-03-01T20:00")) == 0
        assert [acties.herinner(om("2027-03-01T09:00")) for _ in "ab"] == [1, 0]
    mail = UitgaandeMail.objects.get()
    assert mail.adres == "sam@voorbeeld.be" and "Morgen verwachten we je" in mail.tekst
    assert stappen(een) == ["boek", "herinner"]
    acties.verzet(afspraak=een, begin=om("2027-03-16T09:00"), door=None)
    with transaction.atomic():
        assert acties.herinner(om("2027-03-15T09:00")) == 1  # moved: reminded again, before the new day


def test_no_reminder_for_what_was_cancelled_or_erased(dinsdag):
    een = boeking(dinsdag, contactwijze="mail", email="sam@voorbeeld.be").afspraak
    acties.zeg_af(afspraak=een, door=None)
    twee = boeking(dinsdag, contactwijze="mail", email="sam@voorbeeld.be").afspraak
    acties.wis(afspraak=twee)
    with transaction.atomic():
        assert acties.herinner(om("2027-03-01T09:00")) == 0


# --- erasing ----------------------------------------------------------------------------------------


def test_erasing_takes_the_person_away_and_cancels_what_was_to_come(dinsdag, loket_ocmw):
    bon = boeking(dinsdag, contactwijze="mail", email="sam@voorbeeld.be")
    acties.verzet(afspraak=bon.afspraak, begin=om("2027-03-09T09:00"), door=loket_ocmw)
    for _ in "ab":
        acties.wis(afspraak=bon.afspraak)
    afspraak = Afspraak.objects.get()
    assert (afspraak.staat, afspraak.naam, afspraak.email, afspraak.code_hash) == (
        "afgezegd",
        "[gewist]",
        "[gewist]",
        "",
    )
    assert stappen(afspraak) == ["boek", "verzet", "zeg_af", "wis"]
    assert not UitgaandeMail.objects.exists()
    with pytest.raises(FieldError):
        afspraak.dossiersleutel.versleutel(b"x", "y")


def test_after_the_term_the_person_is_erased_and_the_figures_stay(dinsdag, nu, loket_ocmw):
    oud, nieuw = boeking(dinsdag).afspraak, boeking(dinsdag, "2027-03-09T09:00").afspraak
    nu("2027-03-02T09:05")
    acties.zet(afspraak=oud, stap=Stap.AANGEKOMEN, door=loket_ocmw)
    assert wis_afspraken(om("2027-04-01T09:00")).aantal == 0
    assert [wis_afspraken(om("2027-04-01T09:31")).aantal for _ in "ab"] == [1, 0]
    assert [a.naam for a in Afspraak.objects.order_by("begin")] == ["[gewist]", "Sam"]
    assert Afspraak.objects.get(pk=oud.pk).staat == "aangekomen" and nieuw.pk


def test_reading_leaves_a_trace(dinsdag, loket_ocmw):
    afspraak = boeking(dinsdag).afspraak
    assert acties.lees(referentie=afspraak.referentie.lower(), door=loket_ocmw).naam == "Sam"
    assert list(afspraak.spoor.values_list("stap", "door")) == [("boek", None), ("lees", loket_ocmw.pk)]
    assert Team.objects.exists()
