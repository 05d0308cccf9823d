"""Erased is erased (V17): a canary in every personal field, sought in a real pg_dump, the files, the log and the mails."""

import json
import logging
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models
from django.test import Client
from pghistory.models import Context

from loket.acties import wissen
from loket.acties.behandeling import Ondertussen, neem
from loket.acties.bewaarstop import hef_stop_op, zet_stop
from loket.acties.vernietiging import STOP, stel_op, wis_dossier
from loket.acties.wiswens import ALLEEN_HOOFD, herinner, vraag_om_wissen, weiger_wens
from loket.models import (
    Bewaarregel,
    Bewaarstop,
    Inzage,
    MagNiet,
    Restgegeven,
    TeWissenBestand,
    Vernietigingslijst,
    Vraag,
    Wiswens,
)
from sociaalhuis import reservekopie
from sociaalhuis.models import Dossiersleutel, UitgaandeMail, VersleuteldTekstVeld
from sociaalhuis.post.werker import Post
from tests.loket.dossiers import (
    hangt_aan,
    kanarie,
    modellen_van_het_dossier,
    persoonlijke_velden,
    rijen_van,
    vol_dossier,
)
from tests.loket.vragen import ontvang, vraag_van

# Personal text that hangs on no question: who erases it instead.
ANDERE_SLEUTEL = {
    "participatie.aanmelding": "own key; when decided; participatie.acties.bewaren",
    "participatie.formulierbestand": "the key of its input; see participatie.acties.bewaren",
    "participatie.inbreng": "own key; see participatie.acties.bewaren",
    "participatie.inschrijving": "own key; three months after the meeting",
    "participatie.mandaatuitnodiging": "own key; a month after the answer",
    "participatie.overleguitnodiging": "own key; three months after the meeting",
    "participatie.raadslid": "own key; two years after the term",
    "participatie.volger": "own key; erased when one stops, or a week after asking without confirming",
    "plan.abonnement": "own key; erased when one stops, or a week after asking without confirming",
    "plan.bestelling": "own key, erased when the copy leaves",
    "sociaalhuis.uitgaandemail": "the key of the case",
}


@pytest.fixture
def dossier(huis, team_sociale_dienst, team_thuiszorg, thema, gebied, doelgroep, loket_ocmw):
    return vol_dossier(team_sociale_dienst, loket_ocmw, thema=thema, gebied=gebied)


@pytest.fixture
def vrager(huis, team_sociale_dienst):
    """The browser of the one who asked, with a case open."""
    client = Client()
    client.ontvangst = ontvang(
        team_sociale_dienst, tekst="Mijn vraag", email="ik@voorbeeld.example", antwoordwijze="mail"
    )
    client.post("/loket/opvolgen/", {"code": client.ontvangst.getoonde_code})
    return client


# --- what is covered --------------------------------------------------------------------------


def test_every_personal_field_belongs_to_a_case_or_says_who_erases_it():
    van_een_dossier = set(modellen_van_het_dossier())
    los = {
        model._meta.label_lower
        for model in apps.get_models()
        if persoonlijke_velden(model) and model not in van_een_dossier and "pgh_id" not in {v.name for v in model._meta.fields}
    }  # fmt: skip
    assert los == ANDERE_SLEUTEL.keys() & los
    assert los - ANDERE_SLEUTEL.keys() == set()


def test_a_file_field_of_a_case_has_the_name_that_erasing_looks_for():
    andere = {
        f"{model._meta.label_lower}.{veld.name}"
        for model in modellen_van_het_dossier()
        for veld in model._meta.concrete_fields
        if isinstance(veld, models.FileField) and veld.name != wissen.BESTANDSVELD
    }
    assert andere == set()


def test_nothing_that_points_at_a_case_stands_in_the_way_of_erasing_it():
    dossier = modellen_van_het_dossier()
    in_de_weg = {
        f"{model._meta.label_lower}.{veld.name}"
        for model in apps.get_models()
        for veld in model._meta.concrete_fields
        if veld.is_relation and veld.related_model in dossier and model not in dossier
        and veld.remote_field.on_delete in (models.PROTECT, models.RESTRICT)
    }  # fmt: skip
    assert in_de_weg == set()


def test_the_cover_sees_a_field_of_a_new_model():
    veld = models.ForeignKey(Vraag, on_delete=models.PROTECT)
    assert not hangt_aan(veld, [Vraag])
    assert isinstance(Vraag._meta.get_field("tekst"), VersleuteldTekstVeld)
    assert set(persoonlijke_velden(Vraag)) == {"tekst", "naam", "email", "telefoon", "adres"}


# --- the search for canaries ------------------------------------------------------------------


@pytest.fixture
def leeg():
    naam = f"test_gewist_{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {naam}")
    yield naam
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {naam} WITH (FORCE)")


def dump(databank=None):
    """All of a database as text, binary columns in hexadecimal."""
    argumenten, omgeving = reservekopie.doel(databank)
    return subprocess.run(
        [reservekopie.programma("pg_dump"), *argumenten, "--inserts"], capture_output=True, check=True, env=omgeving
    ).stdout


def treffers(inhoud: bytes, woorden):
    """Which of the words stand in some bytes, as they are or in hexadecimal."""
    klein = inhoud.lower()
    return {w for w in woorden if w.lower().encode() in klein or w.encode().hex().encode() in klein}


def alle_bestanden(map_: Path) -> bytes:
    return b"\n".join(pad.name.encode() + pad.read_bytes() for pad in sorted(map_.rglob("*")) if pad.is_file())


@pytest.mark.django_db(transaction=True)
def test_a_canary_in_every_field_is_nowhere_before_and_after(
    huis, team_sociale_dienst, team_thuiszorg, thema, gebied, doelgroep, loket_ocmw, team_ocmw, als, leeg,
    settings, tmp_path, caplog,
):  # fmt: skip
    settings.MEDIA_ROOT, settings.POSTMAP = tmp_path / "bestanden", tmp_path / "post"
    settings.EMAIL_BACKEND = "sociaalhuis.post.eml.EmlBackend"
    caplog.set_level(logging.DEBUG)
    ander = vraag_van(team_sociale_dienst, tekst="Een andere vraag die blijft")
    vraag = vol_dossier(team_sociale_dienst, loket_ocmw, thema=thema, gebied=gebied)
    browser = als(team_ocmw)
    browser.post(f"/loket/werkbank/{vraag.referentie.lower()}/noteer/", {"tekst": kanarie(Wiswens, "notitie")})
    browser.post(f"/loket/werkbank/{vraag.referentie.lower()}/heropen/", {})
    assert Post().volgende() is True
    assert UitgaandeMail.objects.get().staat == "verzonden"
    velden = [(model, veld) for model in modellen_van_het_dossier() for veld in persoonlijke_velden(model)]
    woorden = {kanarie(model, veld) for model, veld in velden if (model, veld) != (Vraag, "telefoon")}
    woorden |= {"0400 98 76 54", kanarie(apps.get_model("loket.Bijlage"), "inhoud"), kanarie(Wiswens, "notitie")}
    assert len(woorden) == len(velden) + 2
    leesbaar = {
        getattr(rij, veld)
        for model, veld in velden
        for rij in rijen_van(model, vraag)
        if getattr(rij, veld) is not None
    }
    assert {w for w in woorden if not any(w in tekst for tekst in leesbaar)} == {
        kanarie(apps.get_model("loket.Bijlage"), "inhoud")
    }

    # before: only as ciphertext
    eerst = dump()
    assert treffers(eerst, woorden) == set() and vraag.referentie.encode() in eerst
    assert treffers(alle_bestanden(settings.MEDIA_ROOT), woorden) == set()
    assert len(list((settings.MEDIA_ROOT / "vragen").iterdir())) >= 1
    post = alle_bestanden(settings.POSTMAP)
    assert treffers(post, woorden) == {kanarie(Vraag, "email")}  # to whom it went, and nothing else
    assert treffers(caplog.text.encode(), woorden) == set()
    oud, _ = reservekopie.maak(tmp_path / "kopie")
    oud = oud.rename(tmp_path / "vorige-week.dump")

    # after: not even that
    wis_dossier(vraag=vraag, aanleiding="wens", door=team_ocmw)
    spoor = woorden | {vraag.referentie, vraag.referentie.lower(), vraag.inzending.hex, str(vraag.inzending)}
    assert treffers(dump(), spoor) == set()
    assert {model for model in modellen_van_het_dossier() if rijen_van(model, vraag).exists()} == set()
    assert list((settings.MEDIA_ROOT / "vragen").iterdir()) == []
    assert treffers(alle_bestanden(settings.MEDIA_ROOT) + alle_bestanden(settings.POSTMAP), spoor) == set()
    assert treffers(caplog.text.encode(), woorden) == set()
    assert Dossiersleutel.objects.get(pk=vraag.dossiersleutel_id).ingepakt is None
    assert Vraag.objects.get().pk == ander.pk and Vraag.objects.get().tekst == "Een andere vraag die blijft"

    # and an older backup cannot bring it back
    _, sleutels = reservekopie.maak(tmp_path / "kopie")
    reservekopie.terugzetten(oud, sleutels, leeg)
    assert treffers(dump(leeg), woorden) == set()
    teruggezet = connection.copy()
    teruggezet.settings_dict["NAME"] = leeg
    with teruggezet.cursor() as cursor:
        cursor.execute("SELECT ingepakt FROM sociaalhuis_dossiersleutel WHERE id = %s", [vraag.dossiersleutel_id])
        assert cursor.fetchall() == [(None,)]
    teruggezet.close()


# --- unhappy ----------------------------------------------------------------------------------


def test_a_clerk_does_not_erase_and_nothing_goes(dossier, loket_ocmw, team_ocmw):
    with pytest.raises(MagNiet, match=ALLEEN_HOOFD):
        wis_dossier(vraag=dossier, aanleiding="wens", door=loket_ocmw)
    assert Vraag.objects.filter(pk=dossier.pk).exists() and Vernietigingslijst.objects.count() <= 1


def test_without_a_head_of_the_team_the_team_decides(huis, team_sociale_dienst, loket_ocmw):
    wis_dossier(vraag=vraag_van(team_sociale_dienst), aanleiding="fout", door=loket_ocmw)
    assert Vraag.objects.count() == 0


def test_another_bestuur_gets_nowhere(huis, team_sociale_dienst, loket_gemeente, als):
    vraag = vraag_van(team_sociale_dienst)
    with pytest.raises(MagNiet):
        wis_dossier(vraag=vraag, aanleiding="wens", door=loket_gemeente)
    pad = f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/"
    assert als(loket_gemeente).get(pad).status_code == 404
    goed = {"aanleiding": "wens", "zeker": "on"}
    assert als(loket_gemeente).post(f"{pad}wis/", goed).status_code == 404
    assert Vraag.objects.count() == 1


def test_a_hold_stops_erasing_until_it_is_lifted(huis, team_sociale_dienst, team_ocmw):
    vraag = vraag_van(team_sociale_dienst)
    zet_stop(vraag=vraag, reden="Er loopt een beroep.", door=team_ocmw)
    with pytest.raises(MagNiet, match=STOP[:20]):
        wis_dossier(vraag=vraag, aanleiding="wens", door=team_ocmw)
    with pytest.raises(MagNiet):
        zet_stop(vraag=vraag, reden="Nog eens.", door=team_ocmw)
    hef_stop_op(vraag=vraag, door=team_ocmw)
    with pytest.raises(MagNiet):
        hef_stop_op(vraag=vraag, door=team_ocmw)
    wis_dossier(vraag=vraag, aanleiding="wens", door=team_ocmw)
    assert Vraag.objects.count() == 0


def test_a_case_that_changed_meanwhile_is_not_erased(huis, team_sociale_dienst, team_ocmw):
    vraag = vraag_van(team_sociale_dienst)
    neem(vraag=vraag, door=team_ocmw)
    with pytest.raises(Ondertussen):
        wis_dossier(vraag=vraag, aanleiding="wens", door=team_ocmw, versie=1)
    assert Vraag.objects.count() == 1


@pytest.mark.parametrize(
    "velden", [{}, {"aanleiding": "wens"}, {"zeker": "on"}, {"aanleiding": "x\x00", "zeker": "on"}]
)
def test_the_button_alone_does_nothing(velden, huis, team_sociale_dienst, team_ocmw, als):
    vraag = vraag_van(team_sociale_dienst)
    antwoord = als(team_ocmw).post(f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/wis/", velden)
    assert antwoord.status_code == 200 and antwoord.context["form"].errors
    assert Vraag.objects.count() == 1


def test_a_file_that_will_not_go_is_tried_again(
    dossier, team_ocmw, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    naam = dossier.bijlagen.get().bestand

    def kapot(naam):
        raise PermissionError(naam)

    monkeypatch.setattr(default_storage, "delete", kapot)
    with django_capture_on_commit_callbacks(execute=True):
        wis_dossier(vraag=dossier, aanleiding="wens", door=team_ocmw)
    assert list(TeWissenBestand.objects.values_list("naam", flat=True)) == [naam]
    monkeypatch.undo()
    assert default_storage.exists(naam)
    assert wissen.ruim_bestanden_op() == 1
    assert not default_storage.exists(naam) and not TeWissenBestand.objects.exists()


def test_a_mail_that_waits_does_not_leave_any_more(dossier, team_ocmw):
    assert UitgaandeMail.objects.get().staat == "wacht"
    wis_dossier(vraag=dossier, aanleiding="wens", door=team_ocmw)
    assert UitgaandeMail.objects.count() == 0


def test_a_mail_whose_key_is_gone_is_dropped_and_not_sent(dossier, postvanger):
    dossier.dossiersleutel.wis()
    assert Post().volgende() is False
    assert (postvanger.berichten, UitgaandeMail.objects.count()) == ([], 0)


# --- what stays and what is told --------------------------------------------------------------


def test_what_stays_is_a_number_and_a_proof_without_a_person(dossier, team_ocmw, thema, gebied):
    maand = dossier.geregistreerd_op.date().replace(day=1)
    lijst = wis_dossier(vraag=dossier, aanleiding="wens", door=team_ocmw)
    rest = Restgegeven.objects.get()
    assert (rest.maand, rest.thema, rest.gebied, rest.team_id, rest.kanaal, rest.staat) == (
        maand, thema, gebied, dossier.team_id, "web", "beantwoord",
    )  # fmt: skip
    assert (rest.dagen_tot_antwoord, rest.op_tijd, rest.doorlooptijd) == (0, True, None)
    regel = lijst.regels.get()
    assert (lijst.staat, lijst.goedgekeurd_door, regel.gewist, regel.bestanden) == ("uitgevoerd", team_ocmw, 1, 1)
    assert (regel.naam, regel.van, regel.tot) == ("Op vraag van de vrager", maand, maand)


def test_what_was_merged_goes_along_and_a_part_stays_with_a_wish_of_its_own(
    huis, team_sociale_dienst, team_onthaal, team_ocmw, loket_gemeente
):
    hoofd, dubbel, deel = (
        vraag_van(team_sociale_dienst), vraag_van(team_sociale_dienst, tekst="dubbel"), vraag_van(team_onthaal)
    )  # fmt: skip
    Vraag.objects.filter(pk=dubbel.pk).update(
        samengevoegd_met=hoofd, samengevoegd_op="2020-01-01T12:00Z", afgesloten_op="2020-01-01T12:00Z",
        staat="afgesloten", resultaat="dubbel",
    )  # fmt: skip
    Bewaarregel.objects.create(naam="Kort", maanden=1, grond="Lijst")
    assert stel_op() == []  # what was merged waits for the other
    Vraag.objects.filter(pk=deel.pk).update(afgesplitst_van=hoofd)
    stop = Bewaarstop.objects.create(vraag=dubbel, tekst="x", door=team_ocmw)
    with pytest.raises(MagNiet):
        wis_dossier(vraag=hoofd, aanleiding="wens", door=team_ocmw)
    stop.delete()
    wis_dossier(vraag=hoofd, aanleiding="wens", door=team_ocmw)
    assert list(Vraag.objects.values_list("pk", "afgesplitst_van")) == [(deel.pk, None)]
    assert Wiswens.objects.get().vraag == deel and Restgegeven.objects.count() == 2
    assert set(Dossiersleutel.objects.filter(gewist_op=None)) == {deel.dossiersleutel}


def test_the_history_keeps_no_copy_and_no_address(huis, team_sociale_dienst, team_ocmw, als):
    vraag = vraag_van(team_sociale_dienst)
    als(team_ocmw).post(f"/loket/werkbank/{vraag.referentie.lower()}/neem/", {})
    events = Vraag.pgh_event_model.objects.filter(pgh_obj_id=vraag.pk)
    context = Context.objects.get(pk=events.get().pgh_context_id)
    assert vraag.referentie.lower() in context.metadata["url"]
    wis_dossier(vraag=vraag, aanleiding="wens", door=team_ocmw)
    assert not Vraag.pgh_event_model.objects.filter(pgh_obj_id=vraag.pk).exists()
    assert Context.objects.get(pk=context.pk).metadata == {"user": team_ocmw.pk}
    assert vraag.referentie.lower() not in json.dumps(list(Context.objects.values_list("metadata", flat=True))).lower()


def test_the_log_of_readings_stays_closed_for_everyone_else(dossier):
    with pytest.raises(Exception, match="Cannot update or delete rows"):
        Inzage.objects.filter(vraag=dossier).delete()


def test_a_browser_that_had_it_open_is_sent_to_the_code(vrager, team_ocmw):
    assert vrager.get("/loket/opvolgen/dossier/").status_code == 200
    wis_dossier(vraag=vrager.ontvangst.vraag, aanleiding="wens", door=team_ocmw)
    antwoord = vrager.get("/loket/opvolgen/dossier/")
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/loket/opvolgen/")
    assert "dossier" not in dict(vrager.session.items())
    opnieuw = vrager.post("/loket/opvolgen/", {"code": vrager.ontvangst.getoonde_code})
    assert "We vinden geen vraag of afspraak met deze code" in opnieuw.content.decode()


# --- the wish ---------------------------------------------------------------------------------


def test_a_wish_is_open_once_with_a_month_and_the_head_of_the_team_hears_it(vrager, team_ocmw, als):
    pagina = vrager.get("/loket/opvolgen/wissen/").content.decode()
    assert "Vraag om alles te wissen" in pagina
    for _ in range(2):
        vrager.post("/loket/opvolgen/wissen/", {"tekst": "Ik verhuis <b>en</b> wil weg"})
    wens = Wiswens.objects.get()
    assert wens.tekst == "Ik verhuis <b>en</b> wil weg"
    assert (wens.uiterlijk_op - wens.op.date()).days in range(28, 32)
    mail = UitgaandeMail.objects.get()
    assert (mail.aan, "wissen" in (mail.onderwerp + mail.tekst).lower()) == (team_ocmw.email, False)
    lijst = als(team_ocmw).get("/loket/werkbank/wensen/").content.decode()
    assert vrager.ontvangst.vraag.referentie in lijst and "Ik verhuis" not in lijst
    assert (
        "&lt;b&gt;" in als(team_ocmw).get(f"/loket/werkbank/{wens.vraag.referentie.lower()}/gegevens/").content.decode()
    )


def test_a_refusal_says_why_to_the_one_who_asked(vrager, team_ocmw, loket_ocmw, als):
    vraag = vrager.ontvangst.vraag
    with pytest.raises(MagNiet):
        weiger_wens(vraag=vraag, grond="wet", antwoord="Niets.", door=team_ocmw)
    vraag_om_wissen(vraag=vraag)
    with pytest.raises(MagNiet, match=ALLEEN_HOOFD):
        weiger_wens(vraag=vraag, grond="wet", antwoord="Nee.", door=loket_ocmw)
    pad = f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/weiger/"
    leeg = als(team_ocmw).post(pad, {"grond": "", "antwoord": ""})
    assert set(leeg.context["form"].errors) == {"grond", "antwoord"}
    UitgaandeMail.objects.all().delete()
    assert als(team_ocmw).post(pad, {"grond": "wet", "antwoord": "Tot juni moet dit blijven."}).status_code == 302
    pagina = vrager.get("/loket/opvolgen/wissen/").content.decode()
    assert "Tot juni moet dit blijven." in pagina and "Een wet zegt dat we dit nog moeten bewaren" in pagina
    mail = UitgaandeMail.objects.get()
    assert mail.adres == "ik@voorbeeld.example" and "juni" not in mail.tekst + mail.onderwerp
    vrager.post("/loket/opvolgen/wissen/", {"tekst": ""})  # may be asked again later
    assert Wiswens.objects.open().count() == 1


def test_a_wish_that_is_nearly_due_is_brought_back_once(vrager, team_ocmw):
    wens = vraag_om_wissen(vraag=vrager.ontvangst.vraag)
    assert herinner() == 0
    Wiswens.objects.update(uiterlijk_op=wens.op.date())
    assert (herinner(), herinner()) == (1, 0)


def test_granting_through_the_page_erases_and_leads_to_the_list(vrager, team_ocmw, als):
    vraag = vrager.ontvangst.vraag
    vraag_om_wissen(vraag=vraag)
    browser = als(team_ocmw)
    pad = f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/"
    assert "De vrager vraagt om alles te wissen" in browser.get(pad).content.decode()
    antwoord = browser.post(f"{pad}wis/", {"aanleiding": "wens", "zeker": "on"})
    assert antwoord["Location"] == "/loket/werkbank/?lijst=team"
    assert browser.post(f"{pad}wis/", {"aanleiding": "wens", "zeker": "on"}).status_code == 404  # a second click
    assert (Vraag.objects.count(), Wiswens.objects.count(), Vernietigingslijst.objects.count()) == (0, 0, 1)


def test_reading_the_page_about_keeping_leaves_a_trace(vrager, loket_ocmw, als):
    als(loket_ocmw).get(f"/loket/werkbank/{vrager.ontvangst.vraag.referentie.lower()}/gegevens/")
    assert Inzage.objects.get().pagina == "gegevens"


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_of_wishes_costs_the_same(
    aantal, huis, team_sociale_dienst, team_ocmw, als, django_assert_num_queries
):
    for _ in range(aantal):
        vraag_om_wissen(vraag=vraag_van(team_sociale_dienst))
    browser = als(team_ocmw)
    browser.get("/loket/werkbank/wensen/")
    with django_assert_num_queries(9):
        browser.get("/loket/werkbank/wensen/")


def test_no_mail_to_staff_names_an_erased_case_any_more(vrager, team_ocmw):
    vraag = vrager.ontvangst.vraag
    vraag_om_wissen(vraag=vraag)
    assert UitgaandeMail.objects.get(aan=team_ocmw.email).onderwerp.endswith(f"({vraag.referentie})")
    wis_dossier(vraag=vraag, aanleiding="wens", door=team_ocmw)
    assert not UitgaandeMail.objects.filter(onderwerp__contains=vraag.referentie).exists()
