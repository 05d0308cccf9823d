import uuid

import pytest
from django.core import mail as djangomail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from plan.acties.bestelling import bestel, handel_af
from plan.acties.bewaren import NA_VERSTUREN, NOOIT_VERSTUURD
from plan.models import Bestelling
from sociaalhuis.bewaren import ruim_op
from sociaalhuis.models import Dossiersleutel, UitgaandeMail
from sociaalhuis.post.werker import Post

NAAM, ADRES, MAIL = "Jan Kanarie", "Kanariestraat 7, 9998 Proefdorp", "kanarie@voorbeeld.example"


@pytest.fixture
def adres(plan, huis):
    return reverse("plan:bestellen", args=[plan.slug])


@pytest.fixture
def ingevuld():
    return {
        "inzending": str(uuid.uuid4()),
        "vorm": "papier",
        "naam": NAAM,
        "adres": ADRES,
        "email": MAIL,
        "aantal": "2",
    }


@pytest.fixture
def bestelling(plan, huis):
    return bestel(plan=plan, inzending=uuid.uuid4(), vorm="mail", naam=NAAM, email=MAIL)


# --- the form ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wijziging", "veld"),
    [
        ({"naam": ""}, "naam"),
        ({"naam": "x" * 81}, "naam"),
        ({"naam": "Jan\x00"}, "naam"),
        ({"vorm": ""}, "vorm"),
        ({"vorm": "duif"}, "vorm"),
        ({"adres": ""}, "adres"),
        ({"vorm": "mail", "email": ""}, "email"),
        ({"vorm": "mail", "email": "geen adres"}, "email"),
        ({"aantal": "0"}, "aantal"),
        ({"aantal": "11"}, "aantal"),
        ({"aantal": "1e309"}, "aantal"),
        ({"inzending": "geen-uuid"}, "inzending"),
        ({"voornaam_2": "robot"}, "voornaam_2"),
    ],
)
def test_bad_input_gives_the_form_back_and_keeps_nothing(bewoner, adres, ingevuld, wijziging, veld):
    antwoord = bewoner.post(adres, {**ingevuld, **wijziging})
    assert antwoord.status_code == 422
    assert list(antwoord.context["form"].errors) == [veld]
    assert not Bestelling.objects.exists()
    assert not UitgaandeMail.objects.exists()


def test_what_was_typed_comes_back_escaped(bewoner, adres, ingevuld):
    antwoord = bewoner.post(adres, {**ingevuld, "naam": "<script>alert(1)</script>", "vorm": ""})
    assert b"<script>alert(1)" not in antwoord.content


def test_an_order_on_paper(bewoner, plan, adres, ingevuld):
    antwoord = bewoner.post(adres, ingevuld)
    assert antwoord.status_code == 302
    assert antwoord["Location"] == reverse("plan:besteld", args=[plan.slug])
    gevonden = Bestelling.objects.get()
    assert (gevonden.plan, gevonden.vorm, gevonden.aantal) == (plan, "papier", 2)
    assert (gevonden.naam, gevonden.email, gevonden.adres) == (NAAM, MAIL, ADRES)


def test_a_digital_order_keeps_no_address(bewoner, adres, ingevuld):
    bewoner.post(adres, {**ingevuld, "vorm": "mail", "aantal": "9"})
    gevonden = Bestelling.objects.get()
    assert (gevonden.adres, gevonden.aantal) == (None, 1)


def test_a_double_click_is_one_order(bewoner, adres, ingevuld):
    antwoorden = {bewoner.post(adres, ingevuld)["Location"] for _ in range(3)}
    assert len(antwoorden) == 1
    assert Bestelling.objects.count() == 1
    assert UitgaandeMail.objects.count() == 2


def test_the_eleventh_order_of_a_day_is_refused(bewoner, adres, ingevuld):
    for _ in range(10):
        assert bewoner.post(adres, {**ingevuld, "inzending": str(uuid.uuid4())}).status_code == 302
    antwoord = bewoner.post(adres, {**ingevuld, "inzending": str(uuid.uuid4())})
    assert antwoord.status_code == 429
    assert Bestelling.objects.count() == 10


def test_a_plan_that_is_not_public_cannot_be_ordered(bewoner, als, planner, geheim_plan, huis, ingevuld):
    adres = reverse("plan:bestellen", args=[geheim_plan.slug])
    assert bewoner.get(adres).status_code == 404
    assert als(planner).post(adres, ingevuld).status_code == 404
    assert not Bestelling.objects.exists()


# --- the mails --------------------------------------------------------------------------------


def test_mails_say_nothing(bewoner, huis, adres, ingevuld):
    bewoner.post(adres, ingevuld)
    kenmerk = Bestelling.objects.get().kenmerk
    aan_coordinator, aan_burger = UitgaandeMail.objects.order_by("pk")
    assert (aan_coordinator.adres, aan_burger.adres, aan_burger.aan) == (huis.coordinator_email, MAIL, "")
    assert reverse("admin:plan_bestelling_changelist") in aan_coordinator.tekst
    for mail in (aan_coordinator, aan_burger):
        assert kenmerk in mail.onderwerp
        alles = mail.onderwerp + mail.tekst
        assert NAAM not in alles and ADRES not in alles and "OCMW" not in mail.onderwerp


def test_without_a_mail_address_only_the_coordinator_gets_mail(bewoner, huis, adres, ingevuld):
    bewoner.post(adres, {**ingevuld, "email": ""})
    assert list(UitgaandeMail.objects.values_list("aan", flat=True)) == [huis.coordinator_email]


# --- the coordinator --------------------------------------------------------------------------


def test_name_and_address_are_ciphertext(bestelling):
    with connection.cursor() as cursor:
        cursor.execute("SELECT naam, email FROM plan_bestelling")
        rij = b"".join(bytes(waarde) for waarde in cursor.fetchone())
    assert NAAM.encode() not in rij and MAIL.encode() not in rij


def test_only_the_coordinator_sees_orders(bestelling, coordinator, planner, loket_ocmw, beheer, superuser):
    assert list(Bestelling.objects.zichtbaar_voor(coordinator)) == [bestelling]
    for gebruiker in (planner, loket_ocmw, beheer, superuser):
        assert not Bestelling.objects.zichtbaar_voor(gebruiker).exists()


def test_who_may_not_see_an_order_cannot_handle_it(bestelling, planner):
    with pytest.raises(Bestelling.DoesNotExist):
        handel_af(bestelling=bestelling, door=planner)


def test_a_coordinator_without_the_right_cannot_handle_it(bestelling, coordinator):
    coordinator.groups.get().permissions.clear()
    with pytest.raises(PermissionDenied):
        handel_af(bestelling=bestelling, door=coordinator)


def test_handling_mails_the_link_and_erases_who_it_was_a_week_later(bestelling, coordinator, huis):
    handel_af(bestelling=bestelling, door=coordinator)
    mail = UitgaandeMail.objects.get(sleutel=f"bestelling-{bestelling.pk}-verstuurd")
    assert (mail.aan, mail.adres) == ("", MAIL)
    assert reverse("plan:uitvoer", args=[bestelling.plan.slug, "pdf"]) in mail.tekst
    gewist = Bestelling.objects.get()
    assert gewist.afgehandeld_op and gewist.email == MAIL  # the mail still has to leave
    assert Post().volgende() is True  # to the coordinator, that we have it, and this one
    assert sorted(bericht.to[0] for bericht in djangomail.outbox) == sorted([MAIL, MAIL, huis.coordinator_email])
    assert ruim_op(gewist.afgehandeld_op + NA_VERSTUREN) == 1
    gewist = Bestelling.objects.get()
    assert (gewist.naam, gewist.email) == ("[gewist]", "[gewist]")
    assert Dossiersleutel.objects.get().ingepakt is None
    assert list(UitgaandeMail.objects.values_list("aan", flat=True)) == [huis.coordinator_email]


def test_a_copy_on_paper_erases_who_it_was_at_once(plan, huis, coordinator):
    rij = bestel(plan=plan, inzending=uuid.uuid4(), vorm="papier", naam=NAAM, email=MAIL, adres=ADRES)
    handel_af(bestelling=rij, door=coordinator)
    rij = Bestelling.objects.get()
    assert (rij.naam, rij.email, rij.adres) == ("[gewist]",) * 3
    assert list(UitgaandeMail.objects.values_list("aan", flat=True)) == [huis.coordinator_email]


def test_an_order_that_was_erased_as_nobody_sent_it_is_only_marked_as_done(bestelling, coordinator):
    ruim_op(bestelling.besteld_op + NOOIT_VERSTUURD)
    handel_af(bestelling=bestelling, door=coordinator)
    assert Bestelling.objects.get().afgehandeld_op
    assert not UitgaandeMail.objects.filter(sleutel__endswith="-verstuurd").exists()


def test_handling_twice_mails_once(bestelling, coordinator):
    eerst = handel_af(bestelling=bestelling, door=coordinator).afgehandeld_op
    assert handel_af(bestelling=bestelling, door=coordinator).afgehandeld_op == eerst
    assert UitgaandeMail.objects.exclude(dossiersleutel=None).count() == 2


@pytest.mark.parametrize(
    ("velden", "regel"),
    [({"vorm": "papier"}, "bestelling_weet_waarheen"), ({"aantal": 11}, "bestelling_aantal_1_tot_10")],
)
def test_rules_of_an_order(bestelling, velden, regel):
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Bestelling.objects.filter(pk=bestelling.pk).update(**velden)
