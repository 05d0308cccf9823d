"""The loop of a referral: consent first, every step by who may do it, and back to the desk at once when it fails."""

import contextlib
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from loket.acties import behandeling
from loket.acties import verwijzing as verbs
from loket.models import Doorverwijzing, Gebeurtenis, GedeeldeKopie, MagNiet, Verwijscijfer, Vraag
from loket.models.verwijzing import EINDE, LOPEND, STAPPEN, VOOR_PARTNER, Verwijsstaat
from sociaalhuis.models import UitgaandeMail
from tests.loket.verwijzingen import VELDEN, tot, voorstel, vraag_nu

LOPENDE = [staat.value for staat in LOPEND]
TERUG = {
    "weiger": {"reden": "vol", "tekst": "Kanarie-weigering"},
    "help_niet": {"reden": "niet_gekomen", "tekst": "Kanarie-mislukt"},
}


def kopie_van(verwijzing):
    return GedeeldeKopie.objects.get(doorverwijzing=verwijzing)


# --- what is not allowed ----------------------------------------------------------------------


def test_nothing_is_sent_without_consent(verwijs, loket_ocmw):
    verwijzing = verwijs()
    with pytest.raises(MagNiet, match="nog niet goedgekeurd"):
        verbs.verzend(verwijzing=verwijzing, door=loket_ocmw)
    with pytest.raises(IntegrityError), transaction.atomic():
        Doorverwijzing.objects.filter(pk=verwijzing.pk).update(staat="verzonden", verzonden_op=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Doorverwijzing.objects.filter(pk=verwijzing.pk).update(staat="aanvaard")


def test_a_partner_sees_nothing_before_it_is_sent(verwijs, partner):
    verwijzing = verwijs("akkoord")
    assert list(Doorverwijzing.objects.zichtbaar_voor(partner)) == []
    for verb, velden in [(verbs.aanvaard, {}), (verbs.weiger, {"reden": "vol"})]:
        with pytest.raises(MagNiet, match="niet meer voor jou"):
            verb(verwijzing=verwijzing, door=partner, **velden)


def test_a_paper_needs_the_sheet_and_the_day_it_was_signed(verwijs, loket_ocmw):
    verwijzing = verwijs()
    with pytest.raises(MagNiet, match="Druk eerst"):
        verbs.geef_akkoord(verwijzing=verwijzing, velden=VELDEN, getekend_op=timezone.localdate(), door=loket_ocmw)
    verbs.maak_blad(verwijzing=verwijzing, door=loket_ocmw)
    with pytest.raises(IntegrityError), transaction.atomic():
        verbs.geef_akkoord(verwijzing=verwijzing, velden=VELDEN, door=loket_ocmw)
    with pytest.raises(MagNiet, match="minstens één gegeven"):
        verbs.geef_akkoord(verwijzing=verwijzing, velden=["adres"], getekend_op=timezone.localdate(), door=loket_ocmw)


def test_more_than_was_proposed_is_never_agreed(verwijs):
    verwijzing = verwijs()
    verbs.geef_akkoord(verwijzing=verwijzing, velden=[*VELDEN, "adres", "email"])
    assert set(kopie_van(verwijzing).waarden) == set(VELDEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Doorverwijzing.objects.filter(pk=verwijzing.pk).update(akkoord_velden=["adres"])


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"velden": []}, "minstens één gegeven"),
        ({"velden": ["bestaat_niet"]}, "minstens één gegeven"),
        ({"velden": ["toelichting"], "toelichting": ""}, "minstens één gegeven"),
        ({"geldig_tot": timezone.localdate()}, "na vandaag"),
    ],
)
def test_a_proposal_is_about_something_and_has_an_end(velden, melding, zaak, organisatie, loket_ocmw):
    with pytest.raises(MagNiet, match=melding):
        voorstel(zaak, organisatie, loket_ocmw, **velden)
    assert not Doorverwijzing.objects.exists()


def test_only_to_a_checked_organisation_and_once_at_a_time(zaak, organisatie, andere_organisatie, loket_ocmw):
    voorstel(zaak, organisatie, loket_ocmw)
    with pytest.raises(MagNiet, match="loopt al"):
        voorstel(zaak, organisatie, loket_ocmw)
    organisatie.erkend_op = None
    with pytest.raises(MagNiet, match="nog niet nagekeken"):
        voorstel(zaak, organisatie, loket_ocmw)
    voorstel(zaak, andere_organisatie, loket_ocmw)


@pytest.mark.parametrize("wie", ["loket_thuiszorg", "loket_gemeente", "superuser", "partner", "toezicht"])
def test_nobody_else_proposes(wie, zaak, organisatie, request):
    with pytest.raises(MagNiet, match="niet meer voor jou"):
        voorstel(zaak, organisatie, request.getfixturevalue(wie))


def test_a_closed_or_withdrawn_question_is_not_referred(zaak, organisatie, loket_ocmw):
    behandeling.trek_in(vraag=zaak)
    with pytest.raises(MagNiet, match="Heropen"):
        voorstel(zaak, organisatie, loket_ocmw)


@pytest.mark.parametrize("staat", LOPENDE)
@pytest.mark.parametrize("stap", [stap.value for stap in STAPPEN if stap != "verloop"])
def test_every_step_from_every_state_is_allowed_or_refused_as_the_table_says(stap, staat, verwijs, loket_ocmw):
    verwijzing = verwijs(staat)
    if staat == "voorgesteld":
        verbs.maak_blad(verwijzing=verwijzing, door=loket_ocmw)
    velden = {
        "geef_akkoord": {"velden": VELDEN, "getekend_op": timezone.localdate()},
        "weiger": {"reden": "vol"},
        "help_niet": {"reden": "anders"},
        "maak_afspraak": {"wanneer": timezone.now(), "plaats": "x"},
        **dict.fromkeys(("vraag_terug", "antwoord", "help", "stop"), {"tekst": "x"}),
    }.get(stap, {})
    verb = getattr(verbs, stap)
    naar = STAPPEN[stap].get(staat)
    if naar is None:
        with pytest.raises(MagNiet):
            verb(verwijzing=verwijzing, door=loket_ocmw, **velden)
    else:
        verb(verwijzing=verwijzing, door=loket_ocmw, **velden)
    assert Doorverwijzing.objects.get().staat == (naar or staat)


@pytest.mark.parametrize("stap", ["geef_akkoord", "verzend", "antwoord", "bevestig", "weerspreek", "trek_in", "stop"])
def test_a_partner_does_not_do_what_is_of_the_desk_or_the_client(stap, verwijs, partner):
    staat = {"antwoord": "vraagt_terug", "bevestig": "geholpen", "weerspreek": "geholpen"}.get(stap, "verzonden")
    verwijzing = verwijs(staat)
    velden = {"geef_akkoord": {"velden": VELDEN}, "antwoord": {"tekst": "x"}, "stop": {"tekst": "x"}}.get(stap, {})
    with pytest.raises(MagNiet):
        getattr(verbs, stap)(verwijzing=verwijzing, door=partner, **velden)
    assert Doorverwijzing.objects.get().staat == staat


@pytest.mark.parametrize("stap", ["aanvaard", "meld_aankomst"])
def test_the_client_does_not_do_what_is_of_the_partner(stap, verwijs):
    verwijzing = verwijs({"aanvaard": "verzonden", "meld_aankomst": "afspraak"}[stap])
    with pytest.raises(MagNiet):
        getattr(verbs, stap)(verwijzing=verwijzing, door=None)


@pytest.mark.parametrize("stap", ["weiger", "help_niet"])
def test_a_refusal_has_a_reason(stap, verwijs, partner):
    verwijzing = verwijs("aanvaard")
    with pytest.raises(MagNiet, match="waarom"):
        getattr(verbs, stap)(verwijzing=verwijzing, reden="", door=partner)


# --- the straight way -------------------------------------------------------------------------


def test_the_whole_loop_on_paper(verwijs, zaak, loket_ocmw):
    verwijzing = verwijs("geholpen")
    verbs.bevestig(verwijzing=verwijzing, door=loket_ocmw)
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.staat, verwijzing.akkoord_hoe, verwijzing.akkoord_door) == ("bevestigd", "papier", loket_ocmw)
    stappen = Gebeurtenis.objects.filter(stap="verwijs").order_by("pk").values_list("verwijsstap", flat=True)
    assert list(stappen) == [
        "stel_voor", "geef_akkoord", "verzend", "aanvaard", "maak_afspraak", "meld_aankomst", "help", "bevestig",
    ]  # fmt: skip
    assert [(b.van, b.tekst) for b in verwijzing.berichten.all()] == [
        ("partner", "Kanarie-plaats"),
        ("partner", "Kanarie-hulp"),
    ]


def test_by_code_and_with_everything_it_is_sent_at_once(verwijs):
    verwijzing = verwijs()
    verbs.geef_akkoord(verwijzing=verwijzing, velden=VELDEN)
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.staat, verwijzing.akkoord_hoe, verwijzing.akkoord_door) == ("verzonden", "code", None)
    assert kopie_van(verwijzing).waarden == {
        "naam": "Kanarie-naam",
        "telefoon": "0400 00 00 01",
        "tekst": "Kanarie-tekst",
        "toelichting": "Kanarie-uitleg",
    }


def test_by_code_and_with_less_the_desk_looks_first(verwijs, loket_ocmw):
    verwijzing = verwijs()
    verbs.geef_akkoord(verwijzing=verwijzing, velden=["tekst"])
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.staat, verwijzing.aandacht) == ("akkoord", "akkoord")
    assert kopie_van(verwijzing).waarden == {"tekst": "Kanarie-tekst"}
    verbs.verzend(verwijzing=verwijzing, door=loket_ocmw)
    assert Doorverwijzing.objects.get().aandacht == ""


def test_the_copy_is_what_the_client_saw_and_not_what_changed_since(verwijs, zaak):
    verwijzing = verwijs()
    zaak.telefoon = "0499 99 99 99"
    zaak.save(update_fields=["telefoon"])
    verbs.geef_akkoord(verwijzing=verwijzing, velden=VELDEN)
    assert kopie_van(verwijzing).waarden["telefoon"] == "0400 00 00 01"


@pytest.mark.parametrize("begin", ["verzonden", "aanvaard"])
@pytest.mark.parametrize("wie", ["loket_ocmw", None])
def test_an_answer_leads_back_to_where_it_was_asked(begin, wie, verwijs, partner, request):
    verwijzing = verwijs(begin)
    verbs.vraag_terug(verwijzing=verwijzing, tekst="Hoe oud?", door=partner)
    assert Doorverwijzing.objects.get().aandacht == "vraagt_terug"
    verbs.antwoord(verwijzing=verwijzing, tekst="Vier", door=wie and request.getfixturevalue(wie))
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.staat, verwijzing.aandacht) == (begin, "")
    assert [b.van for b in verwijzing.berichten.all()] == ["partner", "loket" if wie else "vrager"]


def test_an_appointment_can_move(verwijs, partner):
    verwijzing = verwijs("afspraak")
    nieuw = timezone.now() + timedelta(days=9)
    verbs.maak_afspraak(verwijzing=verwijzing, wanneer=nieuw, plaats="Elders", door=partner)
    assert Doorverwijzing.objects.get().afspraak_op == nieuw


# --- back to the desk -------------------------------------------------------------------------


@pytest.mark.parametrize("stap", TERUG)
@pytest.mark.parametrize("vooraf", ["open", "wacht", "beantwoord", "dicht"])
def test_what_fails_stands_at_the_desk_at_once(stap, vooraf, verwijs, zaak, loket_ocmw, partner):
    verwijzing = verwijs("aanvaard")
    behandeling.neem(vraag=zaak, door=loket_ocmw)
    {
        "open": lambda: None,
        "wacht": lambda: behandeling.vraag_terug(vraag=zaak, tekst="?", door=loket_ocmw),
        "beantwoord": lambda: behandeling.beantwoord(vraag=zaak, tekst="!", door=loket_ocmw),
        "dicht": lambda: behandeling.sluit_af(vraag=zaak, resultaat="doorverwezen", door=loket_ocmw),
    }[vooraf]()
    getattr(verbs, stap)(verwijzing=verwijzing, door=partner, **TERUG[stap])
    vraag, verwijzing = vraag_nu(verwijzing), Doorverwijzing.objects.get()
    assert (vraag.staat, vraag.behandelaar) == ("in_behandeling", loket_ocmw)
    assert verwijzing.aandacht == {"weiger": "geweigerd", "help_niet": "niet_geholpen"}[stap]
    assert verwijzing.reden == TERUG[stap]["reden"]
    assert list(Vraag.objects.zichtbaar_voor(loket_ocmw).lopend()) == [vraag]


def test_a_question_that_nobody_took_goes_back_on_the_pile(verwijs, zaak, partner):
    verwijzing = verwijs("verzonden")
    verbs.weiger(verwijzing=verwijzing, door=partner, reden="vol")
    assert vraag_nu(verwijzing).staat == "nieuw"


def test_the_mark_goes_when_someone_saw_it_or_another_partner_is_tried(
    verwijs, zaak, andere_organisatie, loket_ocmw, partner
):
    verwijzing = verwijs("verzonden")
    verbs.weiger(verwijzing=verwijzing, door=partner, reden="vol")
    with pytest.raises(MagNiet):
        verbs.gezien(verwijzing=verwijzing, door=partner)
    verbs.gezien(verwijzing=verwijzing, door=loket_ocmw)
    assert not Doorverwijzing.objects.met_aandacht().exists()
    Doorverwijzing.objects.update(aandacht="geweigerd")
    voorstel(zaak, andere_organisatie, loket_ocmw)
    assert not Doorverwijzing.objects.met_aandacht().exists()


def test_the_client_says_that_there_was_no_help(verwijs, loket_ocmw):
    verwijzing = verwijs("geholpen")
    verbs.weerspreek(verwijzing=verwijzing, tekst="Niemand belde.")
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.staat, verwijzing.aandacht) == ("weersproken", "weersproken")


# --- the copy ends ----------------------------------------------------------------------------


@pytest.mark.parametrize("staat", [s.value for s in VOOR_PARTNER])
def test_withdrawing_ends_the_access_at_that_moment(staat, verwijs, partner):
    verwijzing = verwijs(staat)
    assert verwijzing.deelt() and kopie_van(verwijzing).waarden
    verbs.trek_in(verwijzing=verwijzing)
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.staat, verwijzing.deelt(), kopie_van(verwijzing).waarden) == ("ingetrokken", False, {})
    with pytest.raises(MagNiet, match="ingetrokken door de vrager"):
        verbs.aanvaard(verwijzing=verwijzing, door=partner)


def test_the_copy_ends_on_its_date_even_when_no_job_ran(verwijs):
    verwijzing = verwijs("aanvaard")
    laatste = verwijzing.geldig_tot
    assert verwijzing.deelt(laatste) and not verwijzing.deelt(laatste + timedelta(days=1))


def test_every_end_destroys_the_copy(verwijs, loket_ocmw):
    verwijzing = verwijs("geholpen")
    verbs.bevestig(verwijzing=verwijzing)
    kopie = kopie_van(verwijzing)
    assert kopie.waarden == {} and kopie.vernietigd_op and kopie.sleutel.ingepakt is None


def test_erasing_the_case_erases_the_copy(verwijs):
    verwijzing = verwijs("aanvaard")
    vraag_nu(verwijzing).dossiersleutel.wis()
    assert kopie_van(verwijzing).waarden == {}
    assert [b.tekst for b in verwijzing.berichten.all()] == []
    assert kopie_van(verwijzing).sleutel.ingepakt is not None  # its own key alone opens nothing


def test_withdrawing_the_question_ends_its_referrals(verwijs, zaak):
    verwijzing = verwijs("aanvaard")
    behandeling.trek_in(vraag=zaak)
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.staat, verwijzing.aandacht, vraag_nu(verwijzing).staat) == ("ingetrokken", "", "ingetrokken")
    assert kopie_van(verwijzing).waarden == {}


# --- figures ----------------------------------------------------------------------------------


def test_an_end_leaves_one_figure_without_a_person(verwijs, zaak, thema, doelgroep, gebied, partner):
    Vraag.objects.update(thema=thema, gebied=gebied)
    verwijzing = verwijs("verzonden", doelgroep=doelgroep, wachttijd=21)
    Doorverwijzing.objects.update(gemaakt_op=timezone.now() - timedelta(days=12, hours=1))
    verbs.weiger(verwijzing=verwijzing, door=partner, reden="wachttijd")
    cijfer = Verwijscijfer.objects.get()
    assert (cijfer.thema, cijfer.doelgroep, cijfer.gebied) == (thema, doelgroep, gebied)
    assert (cijfer.uitkomst, cijfer.reden, cijfer.wachttijd_vooraf) == ("geweigerd", "wachttijd", 21)
    assert (cijfer.dagen_tot_verzonden, cijfer.dagen_tot_aanvaard, cijfer.dagen_tot_einde) == (12, None, 12)
    assert cijfer.maand == timezone.localdate().replace(day=1)
    assert {veld.name for veld in Verwijscijfer._meta.fields}.isdisjoint(
        {"vraag", "doorverwijzing", "referentie", "op"}
    )


# --- mails ------------------------------------------------------------------------------------


def test_mails_say_nothing(verwijs, partner, loket_ocmw, zaak):
    behandeling.neem(vraag=zaak, door=loket_ocmw)
    verwijzing = verwijs("vraagt_terug")
    verbs.antwoord(verwijzing=verwijzing, tekst="Kanarie-antwoord")
    verbs.weiger(verwijzing=verwijzing, door=partner, reden="vol", tekst="Kanarie-weigering")
    mails = list(UitgaandeMail.objects.order_by("pk"))
    assert {mail.aan for mail in mails if not mail.dossiersleutel} == {partner.email, loket_ocmw.email}
    assert sum(mail.dossiersleutel == zaak.dossiersleutel for mail in mails) == 3  # to the client, under their own key
    for mail in mails:
        geheel = f"{mail.onderwerp} {mail.tekst}"
        assert "anarie-" not in geheel and "Voedselbank" not in geheel and "vol" not in geheel.split()


def test_a_partner_that_was_never_sent_anything_gets_no_mail(verwijs, partner):
    verbs.trek_in(verwijzing=verwijs())
    assert not UitgaandeMail.objects.filter(aan=partner.email).exists()


def test_a_partner_without_a_voice_gets_its_mail_itself(zaak, andere_organisatie, loket_ocmw):
    verbs.geef_akkoord(verwijzing=voorstel(zaak, andere_organisatie, loket_ocmw), velden=VELDEN)
    assert UitgaandeMail.objects.filter(aan="caw@proefdorp.example").count() == 1


# --- two at once ------------------------------------------------------------------------------


def test_an_old_page_changes_nothing(verwijs, partner, loket_ocmw):
    verwijzing = verwijs("verzonden")
    verbs.aanvaard(verwijzing=verwijzing, door=partner, versie=verwijzing.versie)
    with pytest.raises(MagNiet, match="Ondertussen"):
        verbs.weiger(verwijzing=verwijzing, door=loket_ocmw, reden="vol", versie=verwijzing.versie)
    assert Doorverwijzing.objects.get().staat == "aanvaard"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("een", "ander"), [("aanvaard", "trek_in"), ("aanvaard", "aanvaard"), ("weiger", "trek_in"), ("aanvaard", "weiger")]
)
def test_two_in_the_same_second(een, ander, verwijs, partner):
    """One of them is first; what the other wanted is refused, or came after it, and never half."""
    verwijzing = verwijs("verzonden")
    start, gevolg = threading.Barrier(2), []

    def doe(stap):
        door = None if stap == "trek_in" else partner
        velden = {"reden": "vol"} if stap == "weiger" else {}
        start.wait()
        try:
            getattr(verbs, stap)(verwijzing=verwijzing, door=door, versie=verwijzing.versie, **velden)
            gevolg.append(stap)
        except MagNiet:
            pass
        connections.close_all()

    draden = [threading.Thread(target=doe, args=(stap,)) for stap in (een, ander)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(gevolg) == 1
    verwijzing = Doorverwijzing.objects.get()
    assert verwijzing.staat == STAPPEN[gevolg[0]]["verzonden"]
    assert bool(kopie_van(verwijzing).waarden) == (verwijzing.staat == "aanvaard")


@pytest.mark.django_db(transaction=True)
def test_the_same_proposal_twice_in_the_same_second(zaak, organisatie, loket_ocmw):
    start, gelukt = threading.Barrier(2), []

    def doe():
        start.wait()
        with contextlib.suppress(MagNiet):
            gelukt.append(voorstel(zaak, organisatie, loket_ocmw))
        connections.close_all()

    draden = [threading.Thread(target=doe) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert (len(gelukt), Doorverwijzing.objects.count()) == (1, 1)


def test_every_state_is_running_or_an_end():
    assert sorted([*LOPENDE, *EINDE]) == sorted(Verwijsstaat.values)


def test_every_running_state_can_be_reached(verwijs, zaak, organisatie, loket_ocmw, partner):
    for staat in LOPENDE:
        verwijzing = voorstel(zaak, organisatie, loket_ocmw)
        tot(verwijzing, staat, door=loket_ocmw, partner=partner)
        verbs.stop(verwijzing=verwijzing, tekst="Klaar", door=loket_ocmw)
