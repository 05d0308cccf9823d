"""Time limits of referrals: reminders, what is late, what expires, and the date on which sharing ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loket.acties import behandeling
from loket.acties.verloop import VERLOOP_VAN_DOORVERWIJZINGEN, loop_na
from loket.models import Doorverwijzing, GedeeldeKopie, Verwijscijfer, Verwijstermijnen
from sociaalhuis import termijn
from sociaalhuis.management.commands.werker import TAKEN
from sociaalhuis.models import UitgaandeMail
from tests.loket.verwijzingen import vraag_nu

VERLOPEN = {
    "voorgesteld": "verlopen",
    "akkoord": "verlopen",
    "verzonden": "verlopen",
    "vraagt_terug": "verlopen",
    "geholpen": "onbevestigd",
}
BLIJFT = ["aanvaard", "afspraak", "aangekomen"]


def op(dag):
    return timezone.make_aware(timezone.datetime.combine(dag, timezone.datetime.min.time())) + timedelta(hours=9)


def mails(zonder=0):
    return list(UitgaandeMail.objects.filter(pk__gt=zonder).order_by("pk").values_list("aan", flat=True))


def laatste_mail():
    return UitgaandeMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_nothing_happens_before_its_time(verwijs):
    verwijzing = verwijs("verzonden")
    eerder = laatste_mail()
    loop_na(timezone.now())
    assert (Doorverwijzing.objects.get().staat, mails(eerder)) == ("verzonden", [])
    assert verwijzing.uiterlijk_op == termijn.uiterlijk(timezone.now(), 5)


@pytest.mark.parametrize("staat", VERLOPEN)
def test_a_step_that_lasts_too_long_ends_the_referral(staat, verwijs, zaak, loket_ocmw):
    behandeling.neem(vraag=zaak, door=loket_ocmw)
    verwijzing = verwijs(staat)
    behandeling.sluit_af(vraag=zaak, resultaat="doorverwezen", door=loket_ocmw)
    loop_na(op(verwijzing.uiterlijk_op + timedelta(days=1)))
    nu = Doorverwijzing.objects.get()
    assert nu.staat == VERLOPEN[staat]
    assert GedeeldeKopie.objects.get().vernietigd_op is not None
    if staat == "geholpen":
        assert (nu.aandacht, vraag_nu(nu).staat) == ("", "afgesloten")
    else:
        assert (nu.reden, nu.aandacht, vraag_nu(nu).staat) == ("geen_antwoord", "verlopen", "in_behandeling")


@pytest.mark.parametrize("staat", BLIJFT)
def test_after_acceptance_the_desk_is_warned_and_nothing_ends(staat, verwijs, zaak, loket_ocmw):
    behandeling.neem(vraag=zaak, door=loket_ocmw)
    verwijzing = verwijs(staat)
    laat = op(verwijzing.uiterlijk_op + timedelta(days=1))
    eerder = laatste_mail()
    for _ in range(3):
        loop_na(laat)
    nu = Doorverwijzing.objects.get()
    assert (nu.staat, nu.aandacht, nu.deelt()) == (staat, "te_laat", True)
    assert mails(eerder) == [loket_ocmw.email]


@pytest.mark.parametrize("staat", [*VERLOPEN, *BLIJFT])
def test_the_date_of_the_consent_ends_everything(staat, verwijs):
    verwijzing = verwijs(staat)
    loop_na(op(verwijzing.geldig_tot + timedelta(days=1)))
    nu = Doorverwijzing.objects.get()
    assert nu.staat == ("onbevestigd" if staat == "geholpen" else "verlopen")
    assert GedeeldeKopie.objects.get().waarden == {}
    assert Verwijscijfer.objects.count() == 1


def test_the_partner_is_reminded_and_then_the_desk(verwijs, zaak, partner, loket_ocmw):
    behandeling.neem(vraag=zaak, door=loket_ocmw)
    verwijzing = verwijs("verzonden")
    laatste, eerder = verwijzing.uiterlijk_op, laatste_mail()
    dag = laatste
    while termijn.werkdagen_tot(dag, laatste) < 2:
        dag -= timedelta(days=1)
    loop_na(op(dag - timedelta(days=1)))
    assert mails(eerder) == []
    for _ in range(2):
        loop_na(op(dag))
    assert mails(eerder) == [partner.email]
    for _ in range(2):
        loop_na(op(laatste))
    assert mails(eerder) == [partner.email, loket_ocmw.email]


@pytest.mark.parametrize("staat", ["voorgesteld", "geholpen"])
def test_the_client_is_reminded_of_what_waits_for_them(staat, verwijs, zaak):
    verwijzing = verwijs(staat)
    eerder = laatste_mail()
    loop_na(op(verwijzing.uiterlijk_op - timedelta(days=1)))
    assert UitgaandeMail.objects.get(pk__gt=eerder).dossiersleutel == zaak.dossiersleutel


def test_an_appointment_far_away_is_not_late_before_it_was(verwijs):
    verwijzing = verwijs("aanvaard")
    ver = timezone.now() + timedelta(days=40)
    verwijzing.zet_stap("maak_afspraak", termijnen=Verwijstermijnen(), afspraak_op=ver)
    assert verwijzing.uiterlijk_op == termijn.uiterlijk(ver, 10)


def test_an_organisation_may_have_its_own_limits(verwijs, organisatie):
    Verwijstermijnen.objects.create(antwoord=8)
    Verwijstermijnen.objects.create(organisatie=organisatie, antwoord=20)
    assert verwijs("verzonden").uiterlijk_op == termijn.uiterlijk(timezone.now(), 20)
    Verwijstermijnen.objects.filter(organisatie=organisatie).delete()
    assert Verwijstermijnen.van(organisatie).antwoord == 8
    Verwijstermijnen.objects.all().delete()
    assert Verwijstermijnen.van(organisatie).antwoord == 5


def test_the_worker_does_it(verwijs):
    assert VERLOOP_VAN_DOORVERWIJZINGEN in TAKEN
    verwijzing = verwijs("verzonden")
    VERLOOP_VAN_DOORVERWIJZINGEN.niet_voor = None
    VERLOOP_VAN_DOORVERWIJZINGEN(op(verwijzing.uiterlijk_op + timedelta(days=1)))
    assert Doorverwijzing.objects.get().staat == "verlopen"
