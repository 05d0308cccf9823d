"""Our services as a stream of versions for LPDC: what must be there, what never changes, and that it comes back whole."""

import json
from io import BytesIO
from pathlib import Path

import pyshacl
import pytest
from django.db import InternalError, transaction
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from loket.acties.dienst import haal_offline
from loket.acties.invoer import voer_in
from loket.acties.lpdcuit import Bijwerker, publiceer_versies
from loket.lpdc.uit import REFNIS, gebreken, instantie_uri, lid
from loket.lpdc.vergelijk import onze_waarden
from loket.models import Dienst, Lpdcversie
from loket.views import lpdcuit
from tests.loket.test_lpdc import BESTAND, ECHT

VORM = BESTAND.parent / "snapshot-vorm.ttl"
LDES = "/loket/lpdc/ldes/"
SNAPSHOT = URIRef("https://productencatalogus.data.vlaanderen.be/ns/ipdc-lpdc#InstancePublicServiceSnapshot")
# fields of LPDC's own house-keeping: no part of a snapshot
INTERN = {"taalvariant", "omzetting_nodig", "lpdc_status", "lpdc_herziening", "lpdc_fusie", "lpdc_conceptsnapshot",
          "lpdc_versie_van", "lpdc_gewijzigd_op"}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogus(huis, ocmw):
    """The services of the small file, brought in for the OCMW."""
    with BESTAND.open("rb") as bestand:
        voer_in(bestand=bestand, bestuur=ocmw)
    return Dienst.objects.get(titel="Budgethulp")


@pytest.fixture
def eigen(huis, ocmw):
    """A service that somebody wrote here, with nothing about LPDC."""
    ocmw.uri = "https://data.proefdorp.example/id/bestuurseenheid/ocmw"
    ocmw.save()
    return Dienst.objects.create(
        slug="eigen", titel="Eigen dienst", beschrijving="<p>Van ons.</p>", bestuur=ocmw, status="gepubliceerd"
    )


def graaf_van(antwoord):
    vorm = "turtle" if antwoord["Content-Type"].startswith("text/turtle") else "json-ld"
    return Graph().parse(data=antwoord.content, format=vorm)


def te_vergelijken(waarden):
    """Without the house-keeping of LPDC; plain lists sorted, because statements have no order."""
    eigen = {naam: waarde for naam, waarde in waarden.items() if naam not in INTERN}
    return {n: sorted(w) if isinstance(w, list) and all(isinstance(x, str) for x in w) else w for n, w in eigen.items()}


def keur(graaf):
    klopt, _, uitleg = pyshacl.validate(graaf, shacl_graph=Graph().parse(VORM), advanced=False)
    return klopt, uitleg


# --- what cannot go out -------------------------------------------------------------------------


def test_what_lacks_something_does_not_go_out_and_is_named(huis, ocmw):
    dienst = Dienst.objects.create(slug="x", titel="Alleen een titel", kort="Zin", bestuur=ocmw, status="gepubliceerd")
    stand = publiceer_versies()
    assert stand.tekort == [
        (dienst, ["een beschrijving", "wie het maakte (de URI van het bestuur)", "een bevoegde overheid"])
    ]
    assert not Lpdcversie.objects.exists()


def test_an_address_that_lacks_a_part_is_named(eigen):
    eigen.contactpunten.create(straat="Dorpsplein", postcode="9998")
    assert gebreken(lid(eigen, "99998")) == [
        "een volledig adres van het contactpunt (straat, nummer, postcode, gemeente, land)"
    ]


def test_drafts_stay_at_home(catalogus):
    Dienst.objects.update(status="ontwerp")
    assert (publiceer_versies().nieuw, Lpdcversie.objects.count()) == (0, 0)


def test_the_shape_sees_what_is_wrong(catalogus, bewoner):
    """The check can fail: each thing that must be there is missed when it is taken away."""
    publiceer_versies()
    goed = graaf_van(bewoner.get(f"{LDES}0/"))
    (lid_,) = goed.subjects(RDF.type, SNAPSHOT)
    assert keur(goed)[0], keur(goed)[1]
    for predicaat in set(goed.predicates(lid_)):
        naam = str(predicaat).rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        zonder = Graph()
        zonder += goed
        zonder.remove((lid_, predicaat, None))
        moet = naam in {"title", "description", "dateCreated", "dateModified", "createdBy", "hasCompetentAuthority",
                        "spatial", "isVersionOf", "generatedAtTime"}  # fmt: skip
        if naam != "type":
            assert keur(zonder)[0] is not moet, naam


# --- what goes out ------------------------------------------------------------------------------


@pytest.mark.parametrize("accept", ["application/ld+json", "text/turtle"])
def test_a_whole_service_fits_the_shape_in_both_forms(accept, catalogus, bewoner):
    publiceer_versies()
    antwoord = bewoner.get(f"{LDES}0/", headers={"accept": accept})
    assert antwoord["Content-Type"].startswith(accept) and antwoord["Vary"] == "Accept"
    klopt, uitleg = keur(graaf_van(antwoord))
    assert klopt, uitleg


def test_the_two_forms_say_the_same(catalogus, bewoner):
    publiceer_versies()
    een, twee = (graaf_van(bewoner.get(f"/loket/lpdc/ldes/0.{vorm}")) for vorm in ("jsonld", "ttl"))
    assert een.isomorphic(twee) and len(een) > 60


def test_the_keys_are_those_of_lpdc(catalogus, bewoner):
    publiceer_versies()
    document = json.loads(bewoner.get(f"{LDES}0/").content)
    (dienst,) = document["member"]
    assert document["@type"] == "EventStream" and document["view"]["@type"] == "Node"
    assert dienst["@id"].startswith("http://data.lblod.info/id/public-service-snapshot/")
    assert dienst["isVersionOf"] == catalogus.lpdc_uri
    assert dienst["naam"] == {"nl-be-x-informal": "Budgethulp"}
    assert dienst["zoektermen"] == {"nl": ["schulden", "rekeningen"]}
    assert dienst["voorwaarden"][0]["order"] == 1 and "bewijs" in dienst["voorwaarden"][0]


def test_what_goes_out_comes_back_whole(catalogus, bewoner, ocmw):
    """Export, then import into an empty catalogue: the same fields."""
    publiceer_versies()
    voor = onze_waarden(catalogus)
    graaf = graaf_van(bewoner.get(f"{LDES}0/"))
    Dienst.objects.all().delete()
    verslag = voer_in(bestand=BytesIO(graaf.serialize(format="nt").encode()), bestuur=ocmw)
    assert (verslag.nieuw, verslag.gaten) == (1, {})
    assert te_vergelijken(onze_waarden(Dienst.objects.get())) == te_vergelijken(voor)
    assert Dienst.objects.get().lpdc_uri == catalogus.lpdc_uri


def test_a_service_of_our_own_gets_what_the_house_knows(eigen, bewoner):
    publiceer_versies()
    inhoud = Lpdcversie.objects.get().inhoud
    assert inhoud["bevoegdeOverheden"] == [eigen.bestuur.uri] and inhoud["aangemaaktDoor"] == eigen.bestuur.uri
    assert inhoud["geografischToepassingsgebieden"] == [f"{REFNIS}99998"]
    assert inhoud["isVersionOf"] == instantie_uri(eigen)
    klopt, uitleg = keur(graaf_van(bewoner.get(f"{LDES}0/")))
    assert klopt, uitleg


# --- versions -----------------------------------------------------------------------------------


def test_a_change_is_a_new_version_and_nothing_is_no_version(eigen):
    assert publiceer_versies().nieuw == 1
    eigen.save()
    assert publiceer_versies().nieuw == 0
    eigen.kosten.create(titel="Prijs", beschrijving="Gratis")
    assert publiceer_versies().nieuw == 1
    eerste, tweede = Lpdcversie.objects.order_by("pk")
    assert eerste.instantie == tweede.instantie and eerste.snapshot != tweede.snapshot
    assert "kosten" not in eerste.inhoud and tweede.inhoud["kosten"][0]["naam"] == {"nl-be-x-informal": "Prijs"}


def test_another_address_of_the_site_makes_no_other_service(eigen, settings):
    publiceer_versies()
    settings.SITE_URL = "https://nieuw.proefdorp.example"
    assert (publiceer_versies().nieuw, Lpdcversie.objects.count()) == (0, 1)


def test_what_leaves_the_site_is_archived_once_and_may_come_back(eigen, loket_ocmw, bewoner):
    publiceer_versies()
    haal_offline(diensten=Dienst.objects.all(), door=loket_ocmw)
    assert (publiceer_versies().gearchiveerd, publiceer_versies().gearchiveerd) == (1, 0)
    assert Lpdcversie.objects.last().inhoud["gearchiveerd"] is True
    Dienst.objects.update(status="gepubliceerd")
    assert publiceer_versies().nieuw == 1
    eigen.delete()
    assert publiceer_versies().gearchiveerd == 1 and Lpdcversie.objects.count() == 4
    klopt, uitleg = keur(graaf_van(bewoner.get(f"{LDES}0/")))
    assert klopt, uitleg


def test_a_version_cannot_be_changed_or_deleted(eigen):
    publiceer_versies()
    for doe in (lambda: Lpdcversie.objects.update(gearchiveerd=True), lambda: Lpdcversie.objects.all().delete()):
        with pytest.raises(InternalError, match="pgtrigger"), transaction.atomic():
            doe()


@pytest.mark.django_db(transaction=True)
def test_the_job_looks_only_when_something_public_changed(eigen, django_assert_num_queries):
    job, nu = Bijwerker(), eigen.gemaakt_op
    job(nu)
    with django_assert_num_queries(1):
        job(nu)
    Dienst.objects.update(titel="Anders")
    job(nu)
    assert Lpdcversie.objects.count() == 2


# --- pages --------------------------------------------------------------------------------------


def test_the_stream_says_how_versions_are_known_and_where_they_begin(bewoner, huis):
    for adres in (LDES, "/loket/lpdc/ldes.ttl", "/loket/lpdc/ldes.jsonld"):
        antwoord = bewoner.get(adres)
        klopt, uitleg = keur(graaf_van(antwoord))
        assert klopt, uitleg
        assert not antwoord.cookies
    assert json.loads(bewoner.get(LDES).content)["view"].endswith("/loket/lpdc/ldes/0/")


@pytest.mark.parametrize(
    "adres", [f"{LDES}1/", f"{LDES}999999999/", "/loket/lpdc/ldes/0.xml", f"{LDES}-1/", f"{LDES}x/"]
)
def test_a_page_that_is_not_there(adres, bewoner, huis):
    assert bewoner.get(adres).status_code == 404


def test_full_pages_are_linked_and_stay_as_they_are(eigen, bewoner, monkeypatch):
    monkeypatch.setattr(lpdcuit, "PER_BLAD", 2)
    for n in range(5):
        Dienst.objects.update(titel=f"Titel {n}")
        publiceer_versies()
    bladen = [bewoner.get(f"{LDES}{n}/") for n in range(3)]
    documenten = [json.loads(b.content) for b in bladen]
    titels = [lid["naam"]["nl-be-x-informal"] for d in documenten for lid in d["member"]]
    assert titels == [f"Titel {n}" for n in range(5)]
    volgende = [[r["node"].split("/ldes/")[1] for r in d["view"].get("relation", [])] for d in documenten]
    assert volgende == [["1/"], ["0/", "2/"], ["1/"]]
    assert [("immutable" in b["Cache-Control"]) for b in bladen] == [True, True, False]


@pytest.mark.parametrize("aantal", [1, 3])
def test_a_page_asks_the_same_of_the_database_whatever_it_holds(aantal, eigen, bewoner, django_assert_num_queries):
    for n in range(aantal):
        Dienst.objects.update(titel=f"Titel {n}")
        publiceer_versies()
    with django_assert_num_queries(1):
        bewoner.get(f"{LDES}0/")


def test_the_whole_services_of_a_real_catalogue_fit_the_shape(huis, ocmw, bewoner):
    bestand = Path(ECHT) / "hasselt-ocmw.nt"
    if not bestand.exists():
        pytest.skip("the folder with real catalogues is not here")
    with bestand.open("rb") as open_:
        voer_in(bestand=open_, bestuur=ocmw)
    stand = publiceer_versies()
    assert stand.nieuw + len(stand.tekort) == Dienst.objects.gepubliceerd().count() and stand.nieuw > 10
    klopt, uitleg = keur(graaf_van(bewoner.get(f"{LDES}0/")))
    assert klopt, uitleg[:3000]
