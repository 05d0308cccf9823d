"""What somebody answered on the questions of a round, all of it: for staff, for who gave it, and in what they take along."""

import io
import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from participatie.acties.aangekruist import neem_samen
from participatie.acties.antwoord import beletsel_voor_antwoorden, publiceer_antwoorden
from participatie.acties.bestand import kijk_na, open_bestand
from participatie.acties.eigen import wis
from participatie.acties.inbreng import toon
from participatie.acties.vragen import geef_antwoorden
from participatie.models import Bestandinzage, Formulierbestand, Inbreng, Reactierecht, Ronde, Samenvoeging
from participatie.staat import MagNiet
from sociaalhuis.keuring.bijlagen import keur
from sociaalhuis.management.commands.werker import TAKEN
from sociaalhuis.tekst import plat
from tests.clamd import VIRUS, clamd_op

BRIEF = b"Hier is te weinig licht."


@pytest.fixture
def antwoord_op(vragen):
    """antwoord_op(nummer, organisatie=..., door=..., inhoud=b"..."): an input with ticked answers only, and a file."""

    def geef(nummer=1, inhoud=BRIEF, **velden):
        antwoorden = {
            "keuze": "Ja", "schaal": 4, "rangschikken": ["Wonen", "Zorg"], "punten": {"Wonen": 6}, "bestand": {"bestand": True},
        }  # fmt: skip
        schoon = keur(SimpleUploadedFile("Ons plein.txt", inhoud))
        return geef_antwoorden(
            formulier=vragen["keuze"].formulier,
            antwoorden={vragen[soort]: waarde for soort, waarde in antwoorden.items()},
            bestanden={vragen["bestand"]: schoon},
            inzending=UUID(int=nummer),
            **velden,
        )

    return geef


@pytest.fixture
def map_voor_bestanden(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "bestanden"


def test_a_file_is_for_who_checks_and_every_time_it_leaves_is_kept(
    map_voor_bestanden, huis, antwoord_op, als, coordinator, planner, loket_ocmw, voedselbank, bewoner
):
    inbreng, ander = antwoord_op(), antwoord_op(2)
    bestand = Formulierbestand.objects.get(antwoord__inbreng=inbreng)
    pad = f"/participatie/beheer/inbreng/{inbreng.pk}/bestand/{bestand.antwoord_id}/"
    assert als(loket_ocmw).get(pad).status_code == als(voedselbank).get(pad).status_code == 404
    assert bewoner.get(pad).status_code == 302
    assert als(planner).get(pad).status_code == 403
    staf = als(coordinator)
    for fout in (pad.replace(str(inbreng.pk), str(ander.pk), 1), pad.replace(f"/{bestand.antwoord_id}/", "/999999/")):
        assert staf.get(fout).status_code == 404
    assert not Bestandinzage.objects.exists()
    antwoord = staf.get(pad)
    assert (antwoord.status_code, antwoord.content, antwoord["Content-Type"]) == (200, BRIEF, "text/plain")
    assert antwoord["Content-Disposition"] == 'attachment; filename="Ons-plein.txt"'
    assert antwoord["Content-Security-Policy"] == "sandbox; default-src 'none'"
    inzage = Bestandinzage.objects.get()
    assert (inzage.inbreng, inzage.vraag, inzage.door) == (inbreng, bestand.antwoord.vraag, coordinator)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Bestandinzage.objects.all().delete()
    pagina = plat(staf.get(f"/participatie/beheer/inbreng/{inbreng.pk}/").content.decode())
    assert "Wie opende een bestand?" in pagina and str(coordinator) in pagina
    # erased by who gave it: gone for everyone, and that it was read stays known
    wis(inbreng=inbreng)
    assert staf.get(pad).status_code == 404
    assert Bestandinzage.objects.count() == 1


def test_a_file_waits_for_the_scanner_and_is_looked_at_until_it_is_known(
    map_voor_bestanden, huis, antwoord_op, als, coordinator, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.SCANNER = f"unix://{tmp_path}/er-is-niets.ctl"
    goed, slecht, weg = antwoord_op(), antwoord_op(2, BRIEF + VIRUS), antwoord_op(3)
    staf, rijen = als(coordinator), {rij.antwoord.inbreng_id: rij for rij in Formulierbestand.objects.all()}
    rijen[weg.pk].dossiersleutel.wis()
    with pytest.raises(Formulierbestand.DoesNotExist):
        open_bestand(inbreng=goed, antwoord=rijen[goed.pk].antwoord_id, door=coordinator)
    pagina = plat(staf.get(f"/participatie/beheer/inbreng/{goed.pk}/").content.decode())
    assert "Ons-plein.txt (Wordt nog nagekeken op virussen)" in pagina
    kijk_na(timezone.now())  # still away
    assert set(Formulierbestand.objects.values_list("keuring", flat=True)) == {"wacht"}
    with clamd_op() as server, django_capture_on_commit_callbacks(execute=True):
        settings.SCANNER = server.adres
        kijk_na(timezone.now())
    assert {rij.antwoord.inbreng_id: rij.keuring for rij in Formulierbestand.objects.all()} == {
        goed.pk: "klaar", slecht.pk: "besmet", weg.pk: "klaar",
    }  # fmt: skip
    assert [default_storage.exists(rijen[rij.pk].plaats) for rij in (goed, slecht)] == [True, False]
    paden = {pk: f"/participatie/beheer/inbreng/{pk}/bestand/{rij.antwoord_id}/" for pk, rij in rijen.items()}
    assert [staf.get(paden[rij.pk]).status_code for rij in (goed, slecht, weg)] == [200, 404, 404]
    assert "Geweigerd: er zat een virus in" in staf.get(f"/participatie/beheer/inbreng/{slecht.pk}/").content.decode()
    taak = next(taak for taak in TAKEN if getattr(taak, "naam", "") == "formulierbestanden-nakijken")
    assert taak.tijd <= timedelta(minutes=1)


def test_ticked_answers_read_as_words_for_staff_and_their_giver_and_nobody_else(
    map_voor_bestanden, huis, antwoord_op, als, coordinator, planner, mandaat, ronde, bewoner, loket_ocmw
):
    with pytest.raises(PermissionDenied):
        antwoord_op(door=loket_ocmw, organisatie=mandaat.organisatie)
    onze = antwoord_op(organisatie=mandaat.organisatie, door=mandaat.gebruiker)
    mia = antwoord_op(2)
    woorden = ("1. Wonen, 2. Zorg", "Wonen: 6")
    staf, wij = als(planner), als(mandaat.gebruiker)
    bewoner.post("/participatie/opvolgen/", {"code": mia.code})
    for client, pad in (
        (staf, f"/participatie/beheer/inbreng/{mia.pk}/"),
        (staf, f"/participatie/beheer/inbreng/{onze.pk}/antwoord/"),
        (wij, f"/participatie/mijn/inbreng/{onze.referentie}/"),
        (bewoner, "/participatie/opvolgen/inbreng/"),
    ):
        pagina = plat(client.get(pad).content.decode())
        for woord in woorden:
            assert woord in pagina, (pad, woord)
        assert "Ons-plein.txt" not in pagina or client is staf
    for pad in (onze.get_absolute_url(), ronde.get_absolute_url()):
        assert "Wonen: 6" not in bewoner.get(pad).content.decode()
    # and in what a citizen takes along
    mee = json.loads(bewoner.get("/participatie/opvolgen/meenemen/").content)[0]["je antwoorden op onze vragen"]
    assert set(woorden) <= {rij["antwoord"] for rij in mee}


def test_the_sheet_of_a_round_holds_every_answer_and_asks_no_more_for_three_than_for_one(
    map_voor_bestanden, huis, antwoord_op, als, coordinator, loket_ocmw, ronde, maak_inbreng
):
    pad, staf = f"/participatie/beheer/rondes/{ronde.slug}/inbreng.xlsx", als(coordinator)
    assert als(loket_ocmw).get(pad).status_code == 404
    leeg = load_workbook(io.BytesIO(staf.get(pad).content))
    assert leeg.sheetnames[1:] == ["1 Inbreng"]
    antwoord_op()
    maak_inbreng(ronde, "=1+1 met woorden", door=coordinator)
    staf.get(pad)
    with CaptureQueriesContext(
        connection,
    ) as een:
        staf.get(pad)
    antwoord_op(2), antwoord_op(3)
    with CaptureQueriesContext(connection) as drie:
        boek = load_workbook(io.BytesIO(staf.get(pad).content))
    assert len(een) == len(drie)
    inbreng, vragen = (list(vel.iter_rows(min_row=4, values_only=True)) for vel in boek.worksheets[1:])
    assert len(inbreng) == 4 and ("=1+1 met woorden" in {rij[5] for rij in inbreng})
    assert [rij[-1] for rij in vragen] == list(
        Inbreng.objects.filter(met_formulier=True).order_by("ingediend_op", "pk").values_list("referentie", flat=True)
    )
    assert {"Ja", "4", "1. Wonen, 2. Zorg", "Wonen: 6", "Een bestand"} <= set(vragen[0])


# --- answered together --------------------------------------------------------------------------------


def test_what_was_only_ticked_is_read_and_answered_in_one_step(
    map_voor_bestanden,
    huis,
    vragen,
    ronde,
    als,
    coordinator,
    planner,
    loket_ocmw,
    ouderenraad,
    bewoner,
    klaar,
    maak_inbreng,
):
    def tik(nummer, soort="keuze", waarde="Ja", **velden):
        formulier = vragen["keuze"].formulier
        formulier.ronde = Ronde.objects.get(pk=ronde.pk)
        return geef_antwoorden(
            formulier=formulier, antwoorden={vragen[soort]: waarde}, bestanden={}, inzending=UUID(int=nummer), **velden
        )  # fmt: skip

    los = [tik(1, email="een@voorbeeld.example"), tik(2), tik(3)]
    met_naam, met_woorden = tik(4, naam_publiek="Jan"), tik(5, "lang", "Een bank.")
    met_recht = Inbreng.objects.create(ronde=ronde, met_formulier=True, organisatie=ouderenraad, staat="zichtbaar")
    Reactierecht.objects.create(organisatie=ouderenraad, grond="Zo staat het in het besluit.")
    pad, doe = f"/participatie/beheer/rondes/{ronde.slug}/publiceer/", {"wat": "aangekruist"}
    staf = als(coordinator)
    for door in (planner, loket_ocmw):
        with pytest.raises(PermissionDenied):
            neem_samen(ronde=ronde, door=door)
    with pytest.raises(MagNiet, match="als de ronde gesloten is"):
        neem_samen(ronde=ronde, door=coordinator)
    Ronde.objects.update(sluit_op=timezone.now() - timedelta(hours=1))
    assert als(loket_ocmw).post(pad, doe).status_code == 404
    pagina = plat(staf.get(f"/participatie/beheer/rondes/{ronde.slug}/").content.decode())
    assert "3 keer vulde iemand de vragen in" in pagina and "Neem ze samen" in pagina
    for _ in range(2):  # a double click adds nothing
        staf.post(pad, doe)
    assert set(Samenvoeging.objects.values_list("inbreng", "leidend")) == {(rij.pk, los[0].pk) for rij in los[1:]}
    assert "keer vulde iemand" not in plat(staf.get(f"/participatie/beheer/rondes/{ronde.slug}/").content.decode())
    gelezen = Inbreng.objects.filter(staat="zichtbaar", beoordeeld_door=coordinator)
    assert set(gelezen.values_list("pk", flat=True)) == {rij.pk for rij in los}
    assert not Samenvoeging.objects.filter(inbreng__in=[met_naam, met_woorden, met_recht]).exists()
    # the duty to answer stays: one answer for all, one each for who said something or has a right to it
    for rij in (met_naam, met_woorden):
        toon(inbreng=rij, door=coordinator)
    ronde.refresh_from_db()
    klaar(los[0], "overgenomen", reden="Jullie kozen wonen.", wijziging="Wonen komt eerst.")
    assert beletsel_voor_antwoorden(ronde) == "Elke inbreng heeft een antwoord nodig. Nog zonder antwoord: 3."
    staf.post(pad, doe)  # the one with a name was read meanwhile, and comes along
    assert beletsel_voor_antwoorden(ronde) == "Elke inbreng heeft een antwoord nodig. Nog zonder antwoord: 2."
    klaar(met_woorden), klaar(met_recht)
    publiceer_antwoorden(ronde=ronde, door=coordinator)
    with pytest.raises(MagNiet, match="staan online"):
        neem_samen(ronde=ronde, door=coordinator)
    # public: not a list of empty cards, one answer, and the same on the page of each
    antwoord = bewoner.get(ronde.get_absolute_url())
    pagina = plat(antwoord.content.decode())
    assert [rij.pk for rij in antwoord.context["inbrengen"]] == [met_woorden.pk]
    assert antwoord.context["pagina"].paginator.count == 1
    assert (
        "5 keer vulde iemand de vragen in zonder er iets bij te schrijven." in pagina
        and "Jullie kozen wonen." in pagina
    )
    for rij in (*los, met_naam):
        eigen = plat(bewoner.get(rij.get_absolute_url()).content.decode())
        assert "3 anderen vulden de vragen in" in eigen and "Wonen komt eerst." in eigen
    nota = plat(bewoner.get(f"{ronde.get_absolute_url()}reactienota/").content.decode())
    assert nota.count("Jullie kozen wonen.") == 1 and "4 keer ingevuld" in nota


def test_an_empty_survey_has_nothing_to_take_together(huis, vragen, ronde, coordinator):
    Ronde.objects.update(sluit_op=timezone.now() - timedelta(hours=1))
    with pytest.raises(MagNiet, match="niets om samen te nemen"):
        neem_samen(ronde=ronde, door=coordinator)
