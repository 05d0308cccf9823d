"""Reading the Flemish catalogue: what is damaged is named, what is there is kept, what we changed stays ours."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from loket.acties.invoer import voer_in
from loket.acties.lpdcverschil import HUN, ONS, beslis_alles, stand_van
from loket.lpdc.lezen import Onleesbaar, lees
from loket.models import Dienst, Zoekrij

BESTAND = Path(__file__).parent / "lpdc" / "proefdorp.nt"
ID = "https://data.proefdorp.example/id/"
ECHT = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "lpdc"

pytestmark = pytest.mark.django_db


@pytest.fixture
def inhoud():
    return BESTAND.read_text(encoding="utf-8")


@pytest.fixture
def voer(ocmw):
    """voer(text or bytes) -> the report of an import for the OCMW."""

    def doe(tekst, bestuur=None):
        ruw = tekst.encode() if isinstance(tekst, str) else tekst
        return voer_in(bestand=BytesIO(ruw), bestuur=bestuur or ocmw)

    return doe


def alles_van(dienst):
    """Everything that an import may change, to compare before and after."""
    return {
        naam: getattr(dienst, naam) for naam in ("titel", "beschrijving", "zoektermen", "bron_basis", "gewijzigd_op")
    }


# --- files that are no N-Triples, or damaged ------------------------------------------------------


@pytest.mark.parametrize(
    ("ruw", "melding"),
    [
        (b"", "leeg"),
        (b"\n  \n# niets\r\n", "leeg"),
        (bytes(range(256)) * 40, "geen leesbaar N-Triples-bestand. Regel 1: de regel bevat nultekens"),
        ("<a> <b> <c> .".encode("utf-16"), "UTF-16"),
        (b"@prefix a: <http://a.example/> .\na:b a a:c .\n", "Regel 1: de regel begint niet met een adres"),
        (b"%PDF-1.7\n" * 50, "Regel 1"),
    ],
)
def test_a_file_that_is_no_n_triples_is_refused_with_the_reason(voer, ruw, melding):
    with pytest.raises(Onleesbaar, match=melding):
        voer(ruw)
    assert Dienst.objects.count() == 0


def test_a_broken_line_is_named_and_only_its_service_is_refused(voer, inhoud):
    regels = inhoud.splitlines()
    nummer = next(n for n, regel in enumerate(regels, 1) if "productID" in regel)
    regels[nummer - 1] = regels[nummer - 1][:-20]
    verslag = voer("\n".join(regels))
    assert verslag.schade == [["de regel eindigt niet op een punt: er is wellicht een stuk weggevallen", [nummer]]]
    assert verslag.geweigerd == [["Budgethulp", f"regel {nummer} is beschadigd"]]
    assert set(Dienst.objects.values_list("titel", flat=True)) == {"", "Uitleendienst"}


def test_a_broken_line_of_a_part_refuses_the_service_it_belongs_to(voer, inhoud):
    regels = inhoud.splitlines()
    nummer = next(n for n, regel in enumerate(regels, 1) if "bewijs/1> <http://purl.org/dc/terms/description" in regel)
    regels[nummer - 1] = regels[nummer - 1][:-3]
    assert voer("\n".join(regels)).geweigerd == [["Budgethulp", f"regel {nummer} is beschadigd"]]


def test_a_line_of_which_nothing_is_left_counts_against_its_neighbours(voer, inhoud):
    regels = inhoud.splitlines()
    nummer = next(n for n, regel in enumerate(regels, 1) if "productID" in regel)
    regels[nummer - 1] = "<http"
    assert voer("\n".join(regels)).geweigerd == [["Budgethulp", f"regel {nummer} is beschadigd"]]


def test_a_file_that_was_cut_off_keeps_what_came_before(voer, inhoud):
    """The service at the end is damaged; the import after a whole file brings only that one."""
    afgekapt = inhoud.encode()[:-40]
    assert [naam for naam, _ in voer(afgekapt).geweigerd] == ["Uitleendienst"]
    heel = voer(inhoud)
    assert (heel.nieuw, heel.ongewijzigd) == (1, 2)


def test_latin_1_says_how_to_save_the_file(voer, inhoud):
    verslag = voer(inhoud.encode("latin-1"))
    (reden, regels), *meer = verslag.schade
    assert "bewaar het als UTF-8" in reden
    assert len(regels) == 1 and meer == []
    assert [naam for naam, _ in verslag.geweigerd] == ["Budgethulp"]


def test_a_line_that_is_too_long_is_named_and_the_rest_is_read(voer, inhoud):
    reus = f'<{ID}reus> <http://purl.org/dc/terms/title> "{"x" * 3_000_000}" .\n'
    verslag = voer(reus + inhoud)
    assert verslag.schade == [["de regel is langer dan 1000 kB", [1]]]
    assert verslag.nieuw == 3


@pytest.mark.parametrize(
    "verander",
    [
        lambda tekst: tekst.replace("\n", "\r\n").encode(),
        lambda tekst: b"\xef\xbb\xbf" + tekst.encode(),
        lambda tekst: tekst.rstrip("\n").encode(),
        lambda tekst: (tekst + tekst).encode(),
    ],
    ids=["crlf", "bom", "no-last-newline", "every-line-twice"],
)
def test_the_same_file_written_otherwise_gives_the_same_catalogue(voer, inhoud, verander):
    voer(inhoud)
    verslag = voer(verander(inhoud))
    assert (verslag.nieuw, verslag.bijgewerkt, verslag.ongewijzigd, verslag.schade) == (0, 0, 3, [])


def test_two_statements_glued_on_one_line_are_both_read_and_named(voer, inhoud):
    verslag = voer(inhoud.replace(" .\n", " .", 1))
    assert verslag.hersteld == [1]
    assert verslag.nieuw == 3


# --- what is a service ----------------------------------------------------------------------------

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LPDC = "https://productencatalogus.data.vlaanderen.be/ns/ipdc-lpdc#"
TITEL = "<http://purl.org/dc/terms/title>"


def test_of_snapshots_of_one_service_the_last_is_taken_under_the_uri_of_the_service(voer):
    regels = []
    for nummer, jaar in ((1, 2026), (2, 2027)):
        snap = f"<{ID}snapshot/{nummer}>"
        regels += [
            f"{snap} {TYPE} <{LPDC}InstancePublicServiceSnapshot> .",
            f"{snap} <http://purl.org/dc/terms/isVersionOf> <{ID}dienst/x> .",
            f'{snap} <http://www.w3.org/ns/prov#generatedAtTime> "{jaar}-01-01T00:00:00Z" .',
            f'{snap} {TITEL} "Titel van {jaar}"@nl-BE-x-informal .',
        ]
    voer("\n".join(regels))
    assert list(Dienst.objects.values_list("lpdc_uri", "titel")) == [(f"{ID}dienst/x", "Titel van 2027")]


def test_a_concept_and_a_service_without_uri_are_refused_with_the_reason(voer):
    verslag = voer(
        f'<{ID}c> {TYPE} <{LPDC}ConceptualPublicService> .\n<{ID}c> {TITEL} "Concept"@nl .\n'
        f'_:b {TYPE} <{LPDC}InstancePublicService> .\n_:b {TITEL} "Zonder adres"@nl .\n'
    )
    assert verslag.geweigerd == [
        ["Concept", "is een concept van Vlaanderen, geen dienst van een lokaal bestuur"],
        ["Zonder adres", "heeft geen eigen adres (URI), dus een tweede invoer zou hem dubbel maken"],
    ]
    assert Dienst.objects.count() == 0


def test_parts_may_be_blank_nodes(voer):
    voer(
        f'<{ID}d> {TYPE} <{LPDC}InstancePublicService> .\n<{ID}d> {TITEL} "Dienst"@nl .\n'
        f'<{ID}d> <http://data.europa.eu/m8g/hasCost> _:k .\n_:k {TITEL} "Gratis"@nl .\n'
    )
    kost = Dienst.objects.get().kosten.get()
    assert (kost.titel, kost.lpdc_uri) == ("Gratis", "")


def test_two_texts_for_the_same_field_take_the_first_and_say_so(voer):
    verslag = voer(
        f'<{ID}d> {TYPE} <{LPDC}InstancePublicService> .\n<{ID}d> {TITEL} "Een"@nl .\n<{ID}d> {TITEL} "Twee"@nl .\n'
    )
    assert Dienst.objects.get().titel == "Een"
    assert verslag.gaten["twee verschillende teksten voor hetzelfde, de eerste genomen"] == ["Een"]


# --- what comes in --------------------------------------------------------------------------------


def test_a_whole_service_comes_in_with_every_field(voer, inhoud, thema):
    voer(inhoud)
    d = Dienst.objects.get(lpdc_uri=f"{ID}dienst/budgethulp")
    assert (d.titel, d.slug, d.status) == ("Budgethulp", "budgethulp", "gepubliceerd")
    assert d.beschrijving == "<p>Heb je moeite met je rekeningen? We zetten <strong>alles</strong> op een rij.</p>"
    assert d.verdere_beschrijving == "<h3>Hoe lang?</h3><p>Zolang je wil.</p>"
    assert (d.uitzonderingen, d.regelgeving) == (
        "<p>Niet voor zelfstandigen.</p>",
        "<p>Organieke wet van 8 juli 1976.</p>",
    )
    assert (d.type, d.gratis, d.start, d.einde) == ("AdviesBegeleiding", True, date(2026, 1, 1), date(2099, 12, 31))
    assert (d.zoektermen, d.tags, d.talen) == (["schulden", "rekeningen"], ["proef"], ["NLD"])
    assert (d.bevoegde_niveaus, d.uitvoerende_niveaus) == (["Lokaal"], ["Lokaal"])
    assert d.bevoegde_overheden == d.uitvoerende_overheden == [f"{ID}bestuurseenheid/ocmw"]
    assert (d.lpdc_themas, d.lpdc_doelgroepen) == (["WelzijnGezondheid"], ["Burger"])
    assert d.lpdc_gebieden == ["http://data.europa.eu/nuts/code/BE29999998"]
    assert d.publicatiekanalen == ["YourEurope"] and len(d.your_europe) == 1
    assert (d.productnummer, d.lpdc_concept, d.lpdc_conceptsnapshot) == (
        "9001",
        f"{ID}concept/1",
        f"{ID}conceptsnapshot/1",
    )
    assert (d.taalvariant, d.lpdc_status, d.lpdc_herziening) == ("nl-be-x-informal", "ontwerp", "concept-gewijzigd")
    assert (d.lpdc_fusie, d.omzetting_nodig, d.lpdc_gearchiveerd) == (True, False, False)
    assert d.lpdc_gewijzigd_op.isoformat() == "2026-02-05T09:00:00+00:00"
    assert [(v.titel, v.bewijs_titel) for v in d.voorwaarden.all()] == [
        ("Je woont in Proefdorp", "Breng mee"),
        ("Je hebt schulden", ""),
    ]
    assert [(w.titel, w.url, w.procedure and w.procedure.titel) for w in d.websites.order_by("titel")] == [
        ("Maak een afspraak", "https://afspraak.proefdorp.example", "Zo begin je"),
        ("Meer lezen", "https://www.proefdorp.example/budget", None),
    ]
    punt = d.contactpunten.get()
    assert (punt.adres, punt.email, punt.openingsuren) == (
        "Dorpsplein 1 bus A, 9998 Proefdorp",
        "budget@proefdorp.example",
        "ma 09:00-12:00",
    )
    assert (d.wetgeving.get().url, d.voordelen.get().titel, d.kosten.get().titel) == (
        "https://wet.example/1976",
        "Rust",
        "Gratis",
    )
    assert list(d.themas.all()) == [thema]
    assert Zoekrij.objects.filter(dienst=d).exists()


def test_a_partial_service_comes_in_as_a_draft_with_its_gaps(voer, inhoud):
    verslag = voer(inhoud)
    zonder = Dienst.objects.get(lpdc_uri=f"{ID}dienst/zonder-titel")
    assert (zonder.titel, zonder.status, str(zonder)) == ("", "ontwerp", "(zonder titel)")
    assert verslag.niet_getoond == 1
    naam = f"(zonder titel) {ID}dienst/zonder-titel"
    assert verslag.gaten["geen titel"] == [naam]
    for gat in ("datum die geen datum is", "ongeldig e-mailadres", "onvolledig adres", "website zonder adres",
                "onderdeel dat niet in het bestand staat"):  # fmt: skip
        assert verslag.gaten[gat] == ["Uitleendienst"], gat
    assert verslag.gaten["geen gebied"] == [naam, "Uitleendienst"]
    assert (verslag.nieuw, verslag.met_gaten, verslag.geweigerd) == (3, 2, [])


# --- a second import ------------------------------------------------------------------------------


def test_a_second_import_changes_nothing(voer, inhoud):
    voer(inhoud)
    voor = {d.pk: alles_van(d) for d in Dienst.objects.all()}
    onderdelen = list(Dienst.objects.values_list("voorwaarden__pk", "websites__pk"))
    verslag = voer(inhoud)
    assert (verslag.nieuw, verslag.bijgewerkt, verslag.ongewijzigd) == (0, 0, 3)
    assert {d.pk: alles_van(d) for d in Dienst.objects.all()} == voor
    assert list(Dienst.objects.values_list("voorwaarden__pk", "websites__pk")) == onderdelen


def test_what_changed_at_the_source_is_taken_over(voer, inhoud):
    voer(inhoud)
    verslag = voer(
        inhoud.replace('"Budgethulp"@', '"Hulp met je budget"@').replace("Je hebt schulden", "Je hebt zorgen")
    )
    d = Dienst.objects.get(lpdc_uri=f"{ID}dienst/budgethulp")
    assert (verslag.bijgewerkt, verslag.ongewijzigd) == (1, 2)
    assert (d.titel, d.slug) == ("Hulp met je budget", "budgethulp")
    assert [v.titel for v in d.voorwaarden.all()] == ["Je woont in Proefdorp", "Je hebt zorgen"]


@pytest.fixture
def eigen_titel(voer, inhoud):
    """A service whose title and conditions were changed here after the import."""
    voer(inhoud)
    d = Dienst.objects.get(lpdc_uri=f"{ID}dienst/budgethulp")
    d.titel = "Onze titel"
    d.save()
    d.voorwaarden.filter(titel="Je hebt schulden").delete()
    return d


def test_a_local_edit_stays_when_the_source_did_not_change(voer, inhoud, eigen_titel):
    verslag = voer(inhoud)
    eigen_titel.refresh_from_db()
    assert (verslag.ongewijzigd, verslag.lokaal) == (3, [])
    assert (eigen_titel.titel, eigen_titel.voorwaarden.count()) == ("Onze titel", 1)


def test_a_local_edit_stays_and_is_reported_when_the_source_changed_too(voer, inhoud, eigen_titel):
    anders = inhoud.replace('"Budgethulp"@', '"Hun titel"@').replace("Zolang je wil", "Een jaar")
    for keer, verwacht in enumerate([(1, 2), (0, 3)]):
        verslag = voer(anders)
        assert (verslag.bijgewerkt, verslag.ongewijzigd) == verwacht, keer
        assert verslag.lokaal == [["Hun titel", ["titel"]]]
    eigen_titel.refresh_from_db()
    assert eigen_titel.titel == "Onze titel"
    assert "Een jaar" in eigen_titel.verdere_beschrijving
    assert eigen_titel.bron_verschil == {"titel": "Hun titel"}


def beslist(diensten, keuze, door):
    """How many services were decided and how many were not, with the marks of this moment."""
    marken = {dienst.pk: stand_van(dienst) for dienst in diensten.all()}
    return tuple(map(len, beslis_alles(diensten=diensten, keuze=keuze, standen=marken, door=door)))


@pytest.mark.parametrize("actie", ["neem_over", "houd_eigen"])
def test_a_decision_about_several_carries_what_was_seen(voer, inhoud, eigen_titel, als, loket_ocmw, actie):
    voer(inhoud.replace('"Budgethulp"@', '"Hun titel"@'))
    client, lijst = als(loket_ocmw), reverse("admin:loket_dienst_changelist")
    keuze = {"action": actie, "_selected_action": eigen_titel.pk}
    html = client.post(lijst, keuze).content.decode()
    assert "Wij: Onze titel" in html and "LPDC: Hun titel" in html
    assert Dienst.objects.get(pk=eigen_titel.pk).bron_verschil == {"titel": "Hun titel"}  # nothing happened yet
    stand = re.search(rf'name="stand_{eigen_titel.pk}" value="([0-9a-f]+)"', html)[1]
    zeker = {**keuze, "bevestigd": "ja", f"stand_{eigen_titel.pk}": stand}
    Dienst.objects.filter(pk=eigen_titel.pk).update(titel="Net veranderd")
    for velden in (zeker, {**zeker, f"stand_{eigen_titel.pk}": ""}, {**keuze, "bevestigd": "ja"}):
        assert "Intussen veranderde er iets aan deze dienst" in client.post(lijst, velden, follow=True).content.decode()
    rij = Dienst.objects.get(pk=eigen_titel.pk)
    assert (rij.titel, rij.bron_verschil) == ("Net veranderd", {"titel": "Hun titel"})
    Dienst.objects.filter(pk=eigen_titel.pk).update(titel="Onze titel")
    client.post(lijst, zeker)
    rij.refresh_from_db()
    assert (rij.titel, rij.bron_verschil) == ("Hun titel" if actie == "neem_over" else "Onze titel", {})
    assert "LPDC niets anders" in client.post(lijst, zeker, follow=True).content.decode()


def test_a_clerk_takes_over_or_keeps_what_differs(voer, inhoud, eigen_titel, loket_ocmw):
    anders = inhoud.replace('"Budgethulp"@', '"Hun titel"@').replace("Met een adres in", "Met een huis in")
    voer(anders)
    deze = Dienst.objects.filter(pk=eigen_titel.pk)
    assert set(deze.get().bron_verschil) == {"titel", "voorwaarden"}
    assert beslist(deze, ONS, loket_ocmw) == (1, 0)
    assert (deze.get().titel, deze.get().bron_verschil) == ("Onze titel", {})
    assert voer(anders).lokaal == []
    voer(anders.replace('"Hun titel"@', '"Derde titel"@').replace("Met een huis in", "Met een tuin in"))
    assert beslist(deze, HUN, loket_ocmw) == (1, 0)
    assert (deze.get().titel, deze.get().voorwaarden.count(), deze.get().bron_verschil) == ("Derde titel", 2, {})
    assert Zoekrij.objects.get(dienst=eigen_titel).titel == "derde titel"


def test_the_service_of_the_other_bestuur_is_not_moved(voer, inhoud, gemeente):
    voer(inhoud)
    verslag = voer(inhoud.replace('"Budgethulp"@', '"Anders"@'), bestuur=gemeente)
    assert verslag.geweigerd[0] == ["Anders", "staat al in de catalogus bij OCMW Proefdorp"]
    assert not Dienst.objects.filter(titel="Anders").exists()


def test_what_is_archived_at_the_source_goes_off_the_site(voer, inhoud):
    voer(inhoud)
    voer(inhoud + f'<{ID}dienst/budgethulp> <{LPDC}isArchived> "true" .\n')
    assert not Dienst.objects.gepubliceerd().filter(titel="Budgethulp").exists()


# --- the command ----------------------------------------------------------------------------------


def test_the_command_prints_a_line_per_quarter_and_the_table(ocmw, capsys):
    call_command("importeer_lpdc", str(BESTAND), bestuur="ocmw")
    uit = capsys.readouterr().out
    assert "  1/3\n  2/3\n  3/3\n" in uit
    assert "nieuw                                      3" in uit
    assert "ongeldig e-mailadres (1): Uitleendienst" in uit


def test_the_command_ends_with_1_after_damage_and_2_when_nothing_can_be_read(ocmw, tmp_path, inhoud, capsys):
    stuk, leeg = tmp_path / "stuk.nt", tmp_path / "leeg.nt"
    stuk.write_text(inhoud + "<kapot", encoding="utf-8")
    leeg.write_bytes(b"")
    for bestanden, code in (([stuk], 1), ([leeg], 2), ([tmp_path / "weg.nt"], 2), ([leeg, BESTAND], 2)):
        with pytest.raises(SystemExit) as einde:
            call_command("importeer_lpdc", *map(str, bestanden), bestuur="ocmw")
        assert einde.value.code == code
    assert Dienst.objects.count() == 3


def test_the_command_says_that_the_bestuur_is_not_there(db):
    with pytest.raises(CommandError, match="bestaat nog niet"):
        call_command("importeer_lpdc", str(BESTAND), bestuur="ocmw")


@pytest.mark.skipif(not ECHT.is_dir(), reason="the folder with real catalogues is not here")
def test_every_record_of_the_real_catalogues_is_read():
    per_bestand = {}
    for pad in sorted(ECHT.glob("*.nt")):
        with pad.open("rb") as bestand:
            per_bestand[pad.stem] = len(lees(bestand).records)
    assert sum(per_bestand.values()) == 345, per_bestand
