"""A question and its states: what may happen when, and what the database refuses whoever asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from loket.acties import behandeling
from loket.models import Bericht, Gebeurtenis, Inzage, MagNiet, Overdracht, Vraag
from loket.models.staat import STAPPEN, Staat, Stap
from sociaalhuis.keuring.bijlagen import Schoon
from sociaalhuis.models import UitgaandeMail
from tests.loket.vragen import vraag_van

MEDEWERKERSTAPPEN = {
    Stap.NEEM: {},
    Stap.NOTEER: {"tekst": "Notitie"},
    Stap.STUUR_BERICHT: {"tekst": "Bericht"},
    Stap.BEANTWOORD: {"tekst": "Antwoord"},
    Stap.VRAAG_TERUG: {"tekst": "Terugvraag"},
    Stap.SLUIT_AF: {"resultaat": "geholpen"},
    Stap.HEROPEN: {},
    Stap.LAAT_DOOR: {},
    Stap.PARKEER: {"tot": timezone.localdate() + timedelta(days=3), "reden": "Wacht op een papier"},
    Stap.HERVAT: {},
    Stap.DEEL_IN: {"prioriteit": 1},
}
# how to come in each state, from a new question
WEG_NAAR = {
    Staat.NIEUW: [],
    Staat.IN_BEHANDELING: [Stap.NEEM],
    Staat.WACHT_OP_VRAGER: [Stap.VRAAG_TERUG],
    Staat.GEPARKEERD: [Stap.PARKEER],
    Staat.BEANTWOORD: [Stap.BEANTWOORD],
    Staat.AFGESLOTEN: [Stap.SLUIT_AF],
    Staat.INGETROKKEN: [Stap.TREK_IN],
}


def doe(stap, vraag, door, **velden):
    verb = getattr(behandeling, stap)
    if stap == Stap.TREK_IN:
        return verb(vraag=vraag)
    return verb(vraag=vraag, door=door, **MEDEWERKERSTAPPEN[stap], **velden)


def in_staat(staat, team, door):
    vraag = vraag_van(team)
    for stap in WEG_NAAR[staat]:
        vraag = doe(stap, vraag, door)
    assert vraag.staat == staat
    return vraag


# --- unhappy first ----------------------------------------------------------------------------


@pytest.mark.parametrize("staat", Staat.values)
@pytest.mark.parametrize("stap", [*MEDEWERKERSTAPPEN, Stap.TREK_IN])
def test_every_step_from_every_state(stap, staat, team_sociale_dienst, loket_ocmw):
    vraag = in_staat(staat, team_sociale_dienst, loket_ocmw)
    versie, stappen = vraag.versie, vraag.gebeurtenissen.count()
    if staat in STAPPEN[stap] and stap != Stap.LAAT_DOOR:
        na = doe(stap, vraag, loket_ocmw)
        verwacht = STAPPEN[stap][staat]
        assert (na.staat, Vraag.objects.get(pk=vraag.pk).staat) == (verwacht, verwacht)
        assert vraag.gebeurtenissen.last().stap == stap
    else:
        with pytest.raises(MagNiet):
            doe(stap, vraag, loket_ocmw)
        nu = Vraag.objects.get(pk=vraag.pk)
        assert (nu.staat, nu.versie, nu.gebeurtenissen.count()) == (staat, versie, stappen)
        assert nu.notities.count() == (staat == Staat.GEPARKEERD)


def test_a_question_in_quarantine_is_not_answered(team_sociale_dienst, loket_ocmw):
    vraag = vraag_van(team_sociale_dienst, valstrik="http://spam")
    for stap in (Stap.NEEM, Stap.BEANTWOORD, Stap.VRAAG_TERUG, Stap.STUUR_BERICHT):
        with pytest.raises(MagNiet):
            doe(stap, vraag, loket_ocmw)
    na = behandeling.laat_door(vraag=vraag, door=loket_ocmw)
    assert (na.staat, na.quarantaine) == (Staat.NIEUW, "")
    assert behandeling.neem(vraag=vraag, door=loket_ocmw).staat == Staat.IN_BEHANDELING


def test_a_colleague_who_was_first_is_noticed_and_nothing_is_written(team_sociale_dienst, loket_ocmw, team_ocmw):
    vraag = vraag_van(team_sociale_dienst)
    behandeling.neem(vraag=vraag, door=team_ocmw, versie=1)
    with pytest.raises(behandeling.Ondertussen):
        behandeling.beantwoord(vraag=vraag, tekst="Te laat", door=loket_ocmw, versie=1)
    assert Bericht.objects.count() == 0
    assert Vraag.objects.get(pk=vraag.pk).behandelaar == team_ocmw


def test_after_a_transfer_the_old_team_can_do_nothing(team_sociale_dienst, team_onthaal, loket_ocmw, loket_gemeente):
    vraag = vraag_van(team_onthaal)
    na = behandeling.draag_over(vraag=vraag, team=team_sociale_dienst, reden="Voor het OCMW", door=loket_gemeente)
    assert (na.team, na.bestuur_id, na.behandelaar) == (team_sociale_dienst, team_sociale_dienst.bestuur_id, None)
    with pytest.raises(MagNiet):
        behandeling.beantwoord(vraag=vraag, tekst="Nog iets", door=loket_gemeente)
    overdracht = Overdracht.objects.get()
    assert (overdracht.van_team, overdracht.naar_team, overdracht.tekst) == (
        team_onthaal,
        team_sociale_dienst,
        "Voor het OCMW",
    )
    assert overdracht.naar_ander_bestuur
    assert behandeling.neem(vraag=vraag, door=loket_ocmw).behandelaar == loket_ocmw


def test_only_the_head_of_the_team_assigns_to_somebody_else(
    team_sociale_dienst, loket_ocmw, team_ocmw, loket_thuiszorg
):
    vraag = vraag_van(team_sociale_dienst)
    with pytest.raises(MagNiet):
        behandeling.wijs_toe(vraag=vraag, naar=team_ocmw, door=loket_ocmw)
    with pytest.raises(MagNiet):  # works in another team
        behandeling.wijs_toe(vraag=vraag, naar=loket_thuiszorg, door=team_ocmw)
    na = behandeling.wijs_toe(vraag=vraag, naar=loket_ocmw, door=team_ocmw)
    assert (na.behandelaar, na.staat) == (loket_ocmw, Staat.IN_BEHANDELING)
    assert (na.gebeurtenissen.last().door, na.gebeurtenissen.last().naar) == (team_ocmw, loket_ocmw)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE loket_vraag SET geregistreerd_op = now() - interval '1 year'",
        "UPDATE loket_vraag SET referentie = '2020-AAAAAA'",
        "UPDATE loket_vraag SET team_id = (SELECT id FROM sociaalhuis_team WHERE code = 'onthaal')",
        "UPDATE loket_vraag SET staat = 'afgesloten'",
        "UPDATE loket_vraag SET staat = 'in_behandeling'",
        "UPDATE loket_vraag SET resultaat = 'geholpen'",
        "UPDATE loket_vraag SET afgesloten_op = now()",
        "UPDATE loket_vraag SET code_hash = ''",
        "UPDATE loket_inzage SET op = now() - interval '1 day'",
        "DELETE FROM loket_inzage",
        "UPDATE loket_gebeurtenis SET door_id = NULL, op = now() - interval '1 day'",
        "DELETE FROM loket_gebeurtenis",
    ],
)
def test_the_database_refuses(sql, team_sociale_dienst, team_onthaal, loket_ocmw):
    vraag = vraag_van(team_sociale_dienst)
    Inzage.objects.create(vraag=vraag, door=loket_ocmw, pagina="dossier", reden="opnemen")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# --- who sees what ----------------------------------------------------------------------------


def test_a_question_is_only_seen_by_its_own_team(
    team_sociale_dienst, loket_ocmw, team_ocmw, loket_thuiszorg, loket_gemeente, planner, coordinator, beheer, toezicht,
    voedselbank, superuser,
):  # fmt: skip
    vraag = vraag_van(team_sociale_dienst)
    for wie in (loket_ocmw, team_ocmw):
        assert list(Vraag.objects.zichtbaar_voor(wie)) == [vraag]
    for wie in (
        loket_thuiszorg, loket_gemeente, planner, coordinator, beheer, toezicht, voedselbank, superuser,
    ):  # fmt: skip
        assert list(Vraag.objects.zichtbaar_voor(wie)) == []


def test_a_team_of_the_other_bestuur_stays_closed_even_for_a_member(team_sociale_dienst, loket_gemeente):
    vraag_van(team_sociale_dienst)
    loket_gemeente.teams.add(team_sociale_dienst)
    assert list(Vraag.objects.zichtbaar_voor(loket_gemeente)) == []


def test_who_may_no_longer_log_in_sees_nothing(team_sociale_dienst, loket_ocmw):
    vraag_van(team_sociale_dienst)
    loket_ocmw.is_active = False
    assert list(Vraag.objects.zichtbaar_voor(loket_ocmw)) == []


# --- happy ------------------------------------------------------------------------------------


def test_writing_back_opens_an_answered_question_with_a_new_term(huis, team_sociale_dienst, loket_ocmw):
    oud = timezone.now() - timedelta(days=30)
    vraag = vraag_van(team_sociale_dienst, geregistreerd_op=oud)
    behandeling.beantwoord(vraag=vraag, tekst="Antwoord", door=loket_ocmw)
    na = behandeling.schrijf_terug(vraag=vraag, tekst="Nog iets")
    assert (na.staat, na.geregistreerd_op) == (Staat.IN_BEHANDELING, oud)
    assert na.uiterlijk_op > timezone.localdate() and not na.is_te_laat
    assert [b.tekst for b in Vraag.objects.get(pk=vraag.pk).berichten.all()] == ["Antwoord", "Nog iets"]


def test_nobody_can_write_on_a_withdrawn_question(team_sociale_dienst):
    vraag = vraag_van(team_sociale_dienst)
    behandeling.trek_in(vraag=vraag)
    with pytest.raises(MagNiet):
        behandeling.schrijf_terug(vraag=vraag, tekst="Toch nog")
    assert Bericht.objects.count() == 0


def test_a_mail_says_nothing(huis, thema, team_sociale_dienst, loket_ocmw):
    vraag = vraag_van(
        team_sociale_dienst, antwoordwijze="mail", email="iemand@voorbeeld.example", naam="Kanarie Geheim",
        tekst="Kanarie-vraag over schulden", thema=thema,
    )  # fmt: skip
    behandeling.noteer(vraag=vraag, tekst="Kanarie-notitie", door=loket_ocmw)
    assert UitgaandeMail.objects.count() == 0
    behandeling.beantwoord(vraag=vraag, tekst="Kanarie-antwoord", door=loket_ocmw)
    mail = UitgaandeMail.objects.get()
    assert (mail.adres, mail.onderwerp) == (
        "iemand@voorbeeld.example",
        f"Er is een bericht voor je ({vraag.referentie})",
    )
    assert "/loket/opvolgen/" in mail.tekst and huis.telefoon in mail.tekst
    for woord in ("Kanarie", "schuld", thema.naam, "OCMW", "sociale dienst", loket_ocmw.naam):
        assert woord.lower() not in (mail.onderwerp + mail.tekst).lower()


@pytest.mark.parametrize("wijze", ["telefoon", "brief", "hier"])
def test_no_mail_for_who_did_not_ask_for_one(wijze, team_sociale_dienst, loket_ocmw):
    vraag = vraag_van(team_sociale_dienst, antwoordwijze=wijze, email="iemand@voorbeeld.example")
    behandeling.beantwoord(vraag=vraag, tekst="Antwoord", door=loket_ocmw)
    assert UitgaandeMail.objects.count() == 0


def test_what_people_tell_is_nowhere_in_the_tables(settings, tmp_path, team_sociale_dienst, team_onthaal, loket_ocmw):
    """Canaries in every personal field: only ciphertext in the database and in the files."""
    settings.MEDIA_ROOT = tmp_path
    from_gate = Schoon("Kanarie-naam.txt", "text/plain", b"Kanarie-inhoud")
    vraag = vraag_van(
        team_sociale_dienst, tekst="Kanarie-tekst", naam="Kanarie-persoon", email="kanarie@voorbeeld.example",
        telefoon="0470 Kanarie", adres="Kanariestraat 1", antwoordwijze="hier", bijlagen=[from_gate],
    )  # fmt: skip
    behandeling.beantwoord(vraag=vraag, tekst="Kanarie-antwoord", door=loket_ocmw)
    behandeling.noteer(vraag=vraag, tekst="Kanarie-notitie", door=loket_ocmw)
    behandeling.schrijf_terug(vraag=vraag, tekst="Kanarie-terug")
    behandeling.draag_over(vraag=vraag, team=team_onthaal, reden="Kanarie-reden", door=loket_ocmw)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tabellen = [tabel for (tabel,) in cursor.fetchall()]
        assert "loket_vraag" in tabellen and "loket_vraagevent" in tabellen
        for tabel in tabellen:
            cursor.execute(
                f'SELECT count(*) FROM "{tabel}" t WHERE t::text ILIKE %s OR t::text ILIKE %s',
                ["%kanarie%", "%" + b"anarie".hex() + "%"],
            )  # noqa: S608
            assert cursor.fetchone() == (0,), tabel
    bestanden = [pad for pad in tmp_path.rglob("*") if pad.is_file()]
    assert len(bestanden) == 1 and b"anarie" not in bestanden[0].read_bytes()
    terug = Vraag.objects.get(pk=vraag.pk)
    assert (terug.tekst, terug.naam, terug.adres) == ("Kanarie-tekst", "Kanarie-persoon", "Kanariestraat 1")
    assert terug.bijlagen.get().lees() == b"Kanarie-inhoud"
    terug.dossiersleutel.wis()
    gewist = Vraag.objects.get(pk=vraag.pk)
    assert (gewist.tekst, gewist.bijlagen.get().lees()) == ("[gewist]", None)


def test_a_transfer_is_in_the_history_of_the_database(team_sociale_dienst, team_onthaal, loket_ocmw):
    vraag = vraag_van(team_sociale_dienst)
    behandeling.draag_over(vraag=vraag, team=team_onthaal, reden="Reden", door=loket_ocmw)
    assert list(Vraag.pgh_event_model.objects.filter(pgh_obj=vraag).values_list("team__code", "staat")) == [
        ("onthaal", "nieuw")
    ]
    assert [g.stap for g in Gebeurtenis.objects.filter(vraag=vraag)] == ["gesteld", "draag_over"]
