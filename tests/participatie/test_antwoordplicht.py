"""The reaction duty: who answers what, until when, who is reminded when, and the nota that comes out."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie import klok
from participatie.acties.antwoord import keur_rechtzetting, publiceer_antwoorden, zet_recht
from participatie.acties.antwoordplicht import herinner, te_doen, zet_termijn
from participatie.acties.reactienotas import Notamaker
from participatie.acties.toewijzen import verdeel, wijs_deel_toe, wijs_toe
from participatie.models import Reactienota, Reactierecht, Ronde, Toewijzing
from participatie.staat import MagNiet
from plan.models import Garantie, Opvolgkeuze
from sociaalhuis.beheer.wacht import voor
from sociaalhuis.models import UitgaandeMail
from sociaalhuis.verslag.rekenblad import SOORT_XLSX
from tests.keurpdf import keur

LIJST = "/participatie/beheer/rondes/gesloten/{}/"
NOTA = "/participatie/rondes/gesloten/reactienota"


@pytest.fixture
def over_actie(gesloten_ronde, maak_inbreng, actie, coordinator):
    return maak_inbreng(gesloten_ronde, "Een extra noodwoning", door=coordinator, onderdeel=actie)


@pytest.fixture
def over_plan(gesloten_ronde, maak_inbreng, coordinator):
    return maak_inbreng(gesloten_ronde, "=1+1 en alles beter", door=coordinator)


# --- who --------------------------------------------------------------------------------------------


def test_only_the_coordinator_chooses_and_only_who_can_answer(
    gesloten_ronde, over_actie, planner, loket_ocmw, coordinator
):
    for door in (planner, loket_ocmw):
        with pytest.raises(PermissionDenied):
            wijs_toe(ronde=gesloten_ronde, inbrengen=[over_actie.pk], gebruiker=planner, door=door)
    with pytest.raises(MagNiet, match="kan geen antwoorden schrijven"):
        wijs_toe(ronde=gesloten_ronde, inbrengen=[over_actie.pk], gebruiker=loket_ocmw, door=coordinator)
    with pytest.raises(IntegrityError, match="toewijzing_van_een_ding"), transaction.atomic():
        Toewijzing.objects.create(ronde=gesloten_ronde, gebruiker=planner)


def test_a_part_of_another_plan_or_round_is_refused(gesloten_ronde, maak_ronde, over_actie, planner):
    with pytest.raises(IntegrityError, match="toewijzing_van_deze_ronde"), transaction.atomic():
        Toewijzing.objects.create(ronde=maak_ronde("elders"), inbreng=over_actie, gebruiker=planner)


def test_who_leads_a_part_answers_unless_a_person_chose(
    als, huis, gesloten_ronde, over_actie, over_plan, maak_inbreng, actie, planner, coordinator
):
    assert verdeel(gesloten_ronde) == 0  # nobody follows "Wonen"
    Opvolgkeuze.objects.create(gebruiker=planner, trekkers=["Wonen"])
    assert verdeel(gesloten_ronde) == 1
    assert (over_actie.toewijzing.gebruiker, over_actie.toewijzing.vanzelf) == (planner, True)
    Opvolgkeuze.objects.create(gebruiker=coordinator, trekkers=["Wonen"])  # of two people, nobody in particular
    client, garantie = als(coordinator), Garantie.objects.get(code="G1")
    for post in ({"deel": "G9", "wie": planner.pk}, {"deel": "G1", "wie": ""}, {"deel": "\x00", "wie": "abc"}):
        client.post(LIJST.format("delen"), post)
        assert not Toewijzing.objects.filter(onderdeel__isnull=False).exists()
    client.post(LIJST.format("delen"), {"deel": "G1", "wie": coordinator.pk})
    assert Toewijzing.objects.get(inbreng=over_actie).gebruiker == coordinator
    assert coordinator.naam in client.get(LIJST.format("delen")).content.decode()
    wijs_deel_toe(ronde=gesloten_ronde, onderdeel=actie, gebruiker=planner, door=coordinator)
    assert Toewijzing.objects.get(inbreng=over_actie).gebruiker == planner  # the nearest part counts
    nieuw = maak_inbreng(gesloten_ronde, "Later gekomen", door=coordinator, onderdeel=garantie)
    assert verdeel(gesloten_ronde) == 1
    assert Toewijzing.objects.get(inbreng=nieuw).gebruiker == coordinator
    client.post(
        LIJST.format("antwoorden"), {"doe": "wijs", "wie": planner.pk, "inbreng": [nieuw.pk, over_plan.pk, 999_999]}
    )
    assert set(
        Toewijzing.objects.filter(gebruiker=planner, inbreng__isnull=False).values_list("inbreng", flat=True)
    ) == {
        nieuw.pk,
        over_plan.pk,
        over_actie.pk,
    }
    client.post(LIJST.format("antwoorden"), {"doe": "wijs", "wie": "niemand", "inbreng": [over_plan.pk]})
    assert not Toewijzing.objects.filter(inbreng=over_plan).exists()
    als(planner).post(LIJST.format("antwoorden"), {"doe": "verdeel"})
    assert als(planner).post(LIJST.format("delen"), {"deel": "G1", "wie": planner.pk}).status_code == 403


# --- the clock --------------------------------------------------------------------------------------


def test_the_term_counts_working_days_and_a_promise_does_not_move(als, huis, maak_ronde, coordinator, planner):
    sluit = datetime(2026, 12, 23, 22, 0, tzinfo=UTC)  # Wednesday; Friday is Christmas
    assert klok.tegen(sluit, 5) == date(2026, 12, 31)
    ronde = maak_ronde("straks", van=5, tot=9, staat="concept")
    with pytest.raises(PermissionDenied):
        zet_termijn(ronde=ronde, door=planner, werkdagen=20)
    with pytest.raises(MagNiet, match="Kies een latere dag"):
        zet_termijn(ronde=ronde, door=coordinator, datum=timezone.localdate())
    assert zet_termijn(ronde=ronde, door=coordinator, werkdagen=20) == klok.tegen(ronde.sluit_op, 20)
    client, pad = als(coordinator), "/participatie/beheer/rondes/straks/publiceer/"
    for fout in ("", "0", "999", "99999999", "-1", "veel"):
        assert (
            "Kies een aantal werkdagen"
            in client.post(pad, {"wat": "termijn", "werkdagen": fout}, follow=True).content.decode()
        )
    client.post(pad, {"wat": "termijn", "werkdagen": "15"})
    assert Ronde.objects.get(pk=ronde.pk).antwoord_tegen == klok.tegen(ronde.sluit_op, 15)
    with pytest.raises(MagNiet, match="verandert niet meer"):
        zet_termijn(ronde=maak_ronde("online"), door=coordinator, werkdagen=20)


@pytest.mark.parametrize(
    ("dag", "naam"),
    [(0, None), (9, None), (10, "half"), (12, "half"), (13, "week"), (19, "week"), (20, "dag"), (21, "laat-0"), (27, "laat-0"), (28, "laat-1")],
)  # fmt: skip
def test_the_moments_of_a_reminder(dag, naam):
    sluit = datetime(2026, 3, 1, 20, tzinfo=UTC)
    ronde = Ronde(sluit_op=sluit, antwoord_tegen=date(2026, 3, 21))
    moment = klok.moment(ronde, date(2026, 3, 1) + timedelta(days=dag))
    assert (moment and moment[0]) == naam


def test_who_must_answer_is_reminded_once_per_moment_and_the_public_reads_it_is_late(
    bewoner, huis, gesloten_ronde, over_actie, over_plan, klaar, planner, coordinator
):
    nu = timezone.make_aware(datetime(2026, 3, 25, 10))  # Wednesday
    Ronde.objects.filter(pk=gesloten_ronde.pk).update(
        opent_op=nu - timedelta(days=60), sluit_op=nu - timedelta(days=30), antwoord_tegen=nu.date() - timedelta(days=1)
    )
    UitgaandeMail.objects.all().delete()
    wijs_toe(ronde=gesloten_ronde, inbrengen=[over_actie.pk], gebruiker=planner, door=coordinator)
    assert herinner(nu.replace(hour=22)) == 0
    assert herinner(nu + timedelta(days=3)) == 0  # Saturday
    assert herinner(nu) == 2
    assert herinner(nu + timedelta(hours=1)) == 0
    mails = {mail.adres: mail.tekst for mail in UitgaandeMail.objects.all()}
    assert [str(lijn) for lijn in voor(planner) if "jouw antwoord" in str(lijn)] == ["1 inbreng wacht op jouw antwoord"]
    assert "Er wacht nog 1 inbreng op een antwoord. De beloofde dag is voorbij." in mails["planner@proefdorp.example"]
    assert "Er wachten nog 2 inbrengen op een antwoord." in mails["coordinator@proefdorp.example"]
    assert not any("noodwoning" in tekst for tekst in mails.values())
    klaar(over_actie)
    assert te_doen(gesloten_ronde) == {None: 1}
    assert herinner(nu + timedelta(days=7)) == 1
    for pad in ("/participatie/rondes/gesloten/", over_actie.get_absolute_url(), over_actie.bewijs_url):
        assert "We beloofden een antwoord tegen" in bewoner.get(pad).content.decode(), pad


# --- the nota ---------------------------------------------------------------------------------------


def test_the_nota_is_there_only_when_the_answers_are(bewoner, huis, gesloten_ronde, over_plan, klaar):
    klaar(over_plan)
    for eind in ("/", ".pdf", ".xlsx", "-1.pdf"):
        assert bewoner.get(NOTA + eind).status_code == 404


def test_the_nota_as_page_pdf_and_workbook(
    bewoner, huis, gesloten_ronde, over_actie, over_plan, maak_inbreng, organisatie, klaar, coordinator, planner
):
    verborgen = maak_inbreng(
        gesloten_ronde,
        "Scheldwoord",
        staat="verborgen",
        reden_verborgen="Grof",
        beoordeeld_door=coordinator,
        beoordeeld_op=timezone.now(),
    )
    raad = maak_inbreng(gesloten_ronde, "De raad vraagt", organisatie=organisatie)
    Reactierecht.objects.create(organisatie=organisatie, grond="Besluit over het lokaal overleg")
    antwoord = klaar(over_actie, "overgenomen", wijziging="Twee woningen.")
    klaar(over_plan, "buiten", waarheen="De provincie")
    klaar(raad)
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    assert bewoner.get(NOTA + ".pdf").status_code == 202
    inhoud = bewoner.get(NOTA + "/").content.decode()
    for woorden in (
        "Een extra noodwoning",
        "Daarom. Wat verandert er? Twee woningen.",
        "Daarom. Het gaat naar: De provincie.",
        "Voedselbank De Mand (recht op een reactie)",
        "Voedselbank De Mand heeft recht op een reactie. Besluit over het lokaal overleg.",
        "G1 Wonen",
    ):
        assert woorden in inhoud, woorden
    assert verborgen.referentie not in inhoud
    assert "Scheldwoord" not in inhoud
    maker = Notamaker()
    maker()
    nota = Reactienota.objects.get()
    pdf = bewoner.get(NOTA + ".pdf")
    assert pdf["Content-Type"] == "application/pdf"
    keur(b"".join(pdf.streaming_content))
    assert bewoner.get(NOTA + ".pdf", headers={"if-none-match": pdf["ETag"]}).status_code == 304
    blad = bewoner.get(NOTA + ".xlsx")
    assert blad["Content-Type"] == SOORT_XLSX
    boek = openpyxl.load_workbook(io.BytesIO(b"".join(blad.streaming_content) if blad.streaming else blad.content))
    cellen = {cel.value: cel.data_type for bladzijde in boek for regel in bladzijde for cel in regel}
    assert cellen["=1+1 en alles beter"] == "s"  # text, no formula
    with pytest.raises(Exception, match="reactienota_vast|Cannot"), transaction.atomic():
        Reactienota.objects.update(nummer=9)
    recht = zet_recht(antwoord=antwoord, uitleg="Fout geteld", reden="Drie woningen.", door=coordinator)
    keur_rechtzetting(rechtzetting=recht, door=planner)
    Notamaker()()
    assert list(Reactienota.objects.values_list("nummer", flat=True)) == [2, 1]
    assert bewoner.get(NOTA + "-1.pdf")["ETag"] == f'"{nota.van}"'
    inhoud = bewoner.get(NOTA + "/").content.decode()
    assert "Fout geteld" in inhoud
    assert "Drie woningen." in inhoud
    Notamaker()()
    assert Reactienota.objects.count() == 2
