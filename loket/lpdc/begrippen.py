"""The names that LPDC uses in RDF, see the shapes of the Flemish product catalogue (ipdc-lpdc)."""

from rdflib import Namespace

ADMS = Namespace("http://www.w3.org/ns/adms#")
ADRES = Namespace("https://data.vlaanderen.be/ns/adres#")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
EXT = Namespace("http://mu.semte.ch/vocabularies/ext/")
LPDC = Namespace("https://productencatalogus.data.vlaanderen.be/ns/ipdc-lpdc#")
M8G = Namespace("http://data.europa.eu/m8g/")
PAV = Namespace("http://purl.org/pav/")
PROV = Namespace("http://www.w3.org/ns/prov#")
PS = Namespace("http://vocab.belgif.be/ns/publicservice#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("http://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")

INSTANTIE = LPDC.InstancePublicService
SNAPSHOT = LPDC.InstancePublicServiceSnapshot
CONCEPTEN = {LPDC.ConceptualPublicService, LPDC.ConceptualPublicServiceSnapshot}

# A subject without a type that has one of these is still a service.
KENMERKEN = {
    LPDC.dutchLanguageVariant,
    LPDC.targetAudience,
    LPDC.competentAuthorityLevel,
    LPDC.executingAuthorityLevel,
    M8G.hasCompetentAuthority,
    SCHEMA.productID,
    EXT.hasVersionedSource,
}

# Of a text in several variants the first of these is taken; "" is a text without a language.
TAALVOORKEUR = [
    "nl-be-x-informal",
    "nl",
    "nl-be",
    "nl-be-x-generated-informal",
    "nl-be-x-formal",
    "nl-be-x-generated-formal",
    "",
]
