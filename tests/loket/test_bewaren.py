"""Destroying on time (V16): at T-1, T and T+1 the right cases go everywhere and the others stay, with proof."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from loket.acties import vernietiging
from loket.acties.behandeling import heropen, neem, sluit_af, trek_in
from loket.acties.bewaarstop import zet_stop
from loket.acties.vernietiging import keur_goed, meld_lijsten, stel_op, volgende_wissing
from loket.models import (
    Bewaarregel,
    Bewaarstop,
    Bijlage,
    MagNiet,
    Vernietigingslijst,
    Vernietigingszaak,
    Vraag,
)
from loket.termijnen.maanden import maanden_later
from sociaalhuis.keuring.bijlagen import Schoon
from sociaalhuis.models import UitgaandeMail
from sociaalhuis.periodiek import Elke
from tests.loket.vragen import vraag_van

DICHT_OP = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)  # already the first of February in Brussels
T = datetime(2027, 2, 1, 3, 0, tzinfo=UTC)
DAG = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def jaar(thema):
    """Cases about money stay a year; all the rest ten years."""
    Bewaarregel.objects.create(naam="Geld", volgorde=1, thema=thema, maanden=12, grond="Lijst, nr. 1")
    return Bewaarregel.objects.create(naam="De rest", volgorde=9, maanden=120, grond="Lijst, nr. 9")


@pytest.fixture
def dichte(huis, team_sociale_dienst, loket_ocmw, thema):
    """dichte(**velden): a closed question about money, with a file and an answer by mail."""

    def maak(op=DICHT_OP, **velden):
        velden = {"thema": thema, "email": "ik@voorbeeld.example", "antwoordwijze": "mail", **velden}
        brief = Schoon("brief.txt", "text/plain", b"kanarie-brief")
        vraag = vraag_van(team_sociale_dienst, bijlagen=[brief], geregistreerd_op=op - DAG, **velden)
        neem(vraag=vraag, door=loket_ocmw, op=op)
        return sluit_af(vraag=vraag, resultaat="geholpen", door=loket_ocmw, op=op)

    return maak


def wis_alles(nu):
    while volgende_wissing(nu):
        pass


# --- unhappy ----------------------------------------------------------------------------------


def test_nothing_goes_without_a_rule_or_without_approval(dichte, team_ocmw, toezicht, jaar):
    Bewaarregel.objects.all().delete()
    dichte()
    assert stel_op(T + 4000 * DAG) == []
    Bewaarregel.objects.create(naam="Alles", maanden=12, grond="Lijst")
    [lijst] = stel_op(T)
    wis_alles(T)
    assert (Vraag.objects.count(), lijst.staat) == (1, "opgesteld")
    with pytest.raises(PermissionDenied):
        keur_goed(lijst=lijst, door=team_ocmw)
    keur_goed(lijst=lijst, door=toezicht)
    with pytest.raises(MagNiet):
        keur_goed(lijst=lijst, door=toezicht)


def test_a_superuser_does_not_approve(dichte, superuser, jaar):
    dichte()
    [lijst] = stel_op(T)
    with pytest.raises(PermissionDenied):
        keur_goed(lijst=lijst, door=superuser)


def test_one_failure_does_not_stop_the_rest_and_is_reported(dichte, toezicht, jaar, monkeypatch, caplog, als):
    goed, kapot, ook = dichte(), dichte(), dichte()
    [lijst] = stel_op(T)
    keur_goed(lijst=lijst, door=toezicht)
    echt = vernietiging.wis

    def wis(*, vraag):
        if vraag.pk == kapot.pk:
            raise ValueError("kanarie in de fout")
        return echt(vraag=vraag)

    monkeypatch.setattr(vernietiging, "wis", wis)
    wis_alles(T)
    assert list(Vraag.objects.values_list("pk", flat=True)) == [kapot.pk]
    zaak = Vernietigingszaak.objects.get()
    assert (zaak.fout, zaak.niet_voor) == ("ValueError", T + DAG)
    assert "ValueError" in caplog.text and "kanarie" not in caplog.text
    assert Vernietigingslijst.objects.get().staat == "goedgekeurd"
    assert "konden niet gewist worden" in als(toezicht).get("/loket/vernietiging/").content.decode()
    monkeypatch.undo()
    wis_alles(T)  # not yet its turn again
    assert Vraag.objects.count() == 1
    wis_alles(T + DAG)
    lijst.refresh_from_db()
    assert (Vraag.objects.count(), lijst.staat, lijst.regels.get().gewist) == (0, "uitgevoerd", 3)
    assert goed.pk and ook.pk


def test_what_changed_after_the_list_was_made_stays(dichte, loket_ocmw, team_ocmw, toezicht, jaar):
    open_, stop, weg = dichte(), dichte(), dichte()
    [lijst] = stel_op(T)
    heropen(vraag=open_, door=loket_ocmw)
    zet_stop(vraag=stop, reden="Er loopt een beroep.", door=team_ocmw, tot=(T + 10 * DAG).date())
    keur_goed(lijst=lijst, door=toezicht)
    wis_alles(T)
    regel = lijst.regels.get()
    assert set(Vraag.objects.values_list("pk", flat=True)) == {open_.pk, stop.pk}
    assert (regel.gepland, regel.gewist, regel.overgeslagen) == (3, 1, 2)
    assert stel_op(T + 10 * DAG) == []  # the last day of the hold
    assert [rij.gepland for rij in stel_op(T + 11 * DAG)[0].regels.all()] == [1]
    assert weg.pk


def test_a_rule_that_cannot_be_is_refused():
    for fout in ({"maanden": 0}, {"grond": ""}, {"einde": "ingetrokken", "resultaat": "geholpen"}):
        velden = {"naam": "x", "maanden": 12, "grond": "Lijst", **fout}
        with pytest.raises(IntegrityError), transaction.atomic():
            Bewaarregel.objects.create(**velden)


def test_a_hold_is_one_per_case(dichte, loket_ocmw):
    vraag = dichte()
    for _ in range(2):
        stop = Bewaarstop(vraag=vraag, tekst="x", door=loket_ocmw)
        if Bewaarstop.objects.exists():
            with pytest.raises(IntegrityError), transaction.atomic():
                stop.save()
        else:
            stop.save()


@pytest.mark.parametrize("adres", ["/loket/vernietiging/", "/loket/vernietiging/1/"])
def test_only_the_one_who_watches_over_it_comes_here(adres, dichte, jaar, als, team_ocmw, beheer, toezicht):
    dichte()
    [lijst] = stel_op(T)
    adres = adres.replace("/1/", f"/{lijst.pk}/")
    assert [als(wie).get(adres).status_code for wie in (team_ocmw, beheer, toezicht)] == [404, 404, 200]
    assert als(team_ocmw).post(f"/loket/vernietiging/{lijst.pk}/").status_code == 404
    assert als(toezicht).get("/loket/vernietiging/999999/").status_code == 404


# --- on time ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("wanneer", "weg"), [(T - DAG, False), (T, True), (T + DAG, True)])
def test_exactly_on_the_day_everything_of_it_goes(
    wanneer, weg, dichte, thema, jaar, toezicht, django_capture_on_commit_callbacks, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    oud, blijft = dichte(), [dichte(DICHT_OP + 2 * DAG), dichte(thema=None)]
    namen = {b.vraag_id: b.bestand for b in Bijlage.objects.all()}
    with django_capture_on_commit_callbacks(execute=True):
        for lijst in stel_op(wanneer):
            keur_goed(lijst=lijst, door=toezicht)
        wis_alles(wanneer)
    over = {vraag.pk for vraag in blijft} | (set() if weg else {oud.pk})
    assert set(Vraag.objects.values_list("pk", flat=True)) == over
    assert {pk for pk, naam in namen.items() if default_storage.exists(naam)} == over
    for model in (Vraag.pgh_event_model,):
        assert set(model.objects.values_list("pgh_obj_id", flat=True)) == over
    for veld in ("inzages", "gebeurtenissen", "berichten"):
        rijen = Vraag._meta.get_field(veld).related_model.objects
        assert not rijen.filter(vraag=oud.pk).exists() or not weg
    oud.dossiersleutel.refresh_from_db()
    assert (oud.dossiersleutel.ingepakt is None) is weg
    if weg:
        lijst = Vernietigingslijst.objects.get()
        regel = lijst.regels.get()
        assert (lijst.staat, lijst.goedgekeurd_door) == ("uitgevoerd", toezicht)
        assert (regel.naam, regel.grond, regel.maanden, regel.gewist, regel.bestanden) == (
            "Geld",
            "Lijst, nr. 1",
            12,
            1,
            1,
        )
        assert (regel.van, regel.tot) == (datetime(2026, 2, 1).date(),) * 2
        assert Vernietigingszaak.objects.count() == 0


def test_months_are_counted_as_the_database_counts_them():
    dag = datetime(2024, 1, 31).date()
    assert [maanden_later(dag, n).isoformat() for n in (0, 1, 12, 13)] == [
        "2024-01-31", "2024-02-29", "2025-01-31", "2025-02-28",
    ]  # fmt: skip


def test_the_first_rule_that_fits_counts(dichte, thema, jaar):
    Bewaarregel.objects.create(naam="Lang", volgorde=0, resultaat="geholpen", thema=thema, maanden=60, grond="Lijst")
    dichte()
    assert stel_op(T) == []
    assert stel_op(datetime(2031, 2, 1, 12, tzinfo=UTC))[0].regels.get().naam == "Lang"


def test_withdrawn_and_spam_have_rules_of_their_own_and_need_nobody(huis, team_sociale_dienst, jaar):
    for einde, maanden in (("ingetrokken", 3), ("quarantaine", 1)):
        Bewaarregel.objects.create(naam=einde, einde=einde, maanden=maanden, grond="Geen belang", automatisch=True)
    weg = vraag_van(team_sociale_dienst, geregistreerd_op=DICHT_OP)
    trek_in(vraag=weg, op=DICHT_OP)
    spam = vraag_van(team_sociale_dienst, valstrik="ik ben een robot", geregistreerd_op=DICHT_OP)
    lopend = vraag_van(team_sociale_dienst, geregistreerd_op=DICHT_OP)
    for nu, over in [
        (datetime(2026, 2, 28, 12, tzinfo=UTC), {weg, spam, lopend}),
        (datetime(2026, 3, 1, 12, tzinfo=UTC), {weg, lopend}),
        (datetime(2026, 4, 30, 12, tzinfo=UTC), {weg, lopend}),
        (datetime(2026, 5, 1, 12, tzinfo=UTC), {lopend}),
    ]:
        stel_op(nu)
        wis_alles(nu)
        assert set(Vraag.objects.all()) == over, nu
    assert {lijst.goedgekeurd_door for lijst in Vernietigingslijst.objects.all()} == {None}


def test_a_case_is_on_one_list_only_and_the_besturen_have_their_own(dichte, jaar, team_onthaal, loket_gemeente, thema):
    dichte()
    ander = vraag_van(team_onthaal, thema=thema, geregistreerd_op=DICHT_OP)
    neem(vraag=ander, door=loket_gemeente, op=DICHT_OP)
    sluit_af(vraag=ander, resultaat="geholpen", door=loket_gemeente, op=DICHT_OP)
    assert {lijst.bestuur.code for lijst in stel_op(T)} == {"ocmw", "gemeente"}
    assert stel_op(T + DAG) == []


def test_the_one_who_approves_hears_it_and_again_after_two_weeks(dichte, jaar, toezicht):
    dichte()
    taak = Elke(DAG, "bewaren", vernietiging.elke_dag)
    taak(T)
    mail = UitgaandeMail.objects.filter(aan=toezicht.email).get()
    assert "/loket/vernietiging/" in mail.tekst
    assert (meld_lijsten(T + 13 * DAG), meld_lijsten(T + 14 * DAG), meld_lijsten(T + 15 * DAG)) == (0, 1, 0)


def test_approving_through_the_page(dichte, jaar, toezicht, als):
    vraag = dichte()
    [lijst] = stel_op(T)
    browser = als(toezicht)
    pagina = browser.get(f"/loket/vernietiging/{lijst.pk}/").content.decode()
    assert vraag.referentie in pagina and "Keur goed en wis 1 dossier" in pagina
    for _ in range(2):  # a second click changes nothing
        assert browser.post(f"/loket/vernietiging/{lijst.pk}/").status_code == 302
    wis_alles(T)
    pagina = browser.get(f"/loket/vernietiging/{lijst.pk}/").content.decode()
    assert vraag.referentie not in pagina and "Gewist" in pagina


def test_the_page_of_a_case_says_when_it_goes(dichte, jaar, loket_ocmw, als):
    vraag = dichte()
    pagina = als(loket_ocmw).get(f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/").content.decode()
    assert "maandag 1 februari 2027" in pagina and "Lijst, nr. 1" in pagina


def test_a_hold_through_the_page(dichte, jaar, loket_ocmw, als):
    vraag = dichte()
    pad = f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/"
    browser = als(loket_ocmw)
    gisteren = (timezone.localdate() - DAG).isoformat()
    fout = browser.post(f"{pad}stop/", {"reden": "x" * 5000, "tot": gisteren})
    assert set(fout.context["form"].errors) == {"reden", "tot"} and "x" * 5000 in fout.content.decode()
    assert browser.post(f"{pad}stop/", {"reden": "Beroep <script>", "tot": ""}).status_code == 302
    assert "Beroep &lt;script&gt;" in browser.get(pad).content.decode()
    assert stel_op(T) == []
    assert browser.post(f"{pad}hef-op/", {}).status_code == 302
    assert len(stel_op(T)) == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_lists_cost_the_same(aantal, dichte, jaar, toezicht, als, django_assert_num_queries):
    for n in range(aantal):
        dichte()
        stel_op(T + n * DAG)
    browser = als(toezicht)
    browser.get("/loket/vernietiging/")
    # who looks (3), rules, four counts, the house with its days (4), the lists, what went by itself
    with django_assert_num_queries(14):
        browser.get("/loket/vernietiging/")
    lijst = Vernietigingslijst.objects.last()
    with django_assert_num_queries(10):
        browser.get(f"/loket/vernietiging/{lijst.pk}/")
