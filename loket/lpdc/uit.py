"""A service of ours as an instance snapshot of LPDC: JSON-LD with the keys that LPDC uses, and from that Turtle.

The keys and the shape are those of the Flemish product catalogue (ipdc-lpdc, InstancePublicServiceSnapshot). The context
travels with the document, so nothing is fetched from elsewhere to read it. What must be there and is not is named by
`gebreken`; such a service does not go out.
"""

import json
import uuid

from django.conf import settings
from rdflib import Graph

from loket.lpdc.vergelijk import onze_waarden
from loket.models.dienst import Dienst

LPDC = "https://productencatalogus.data.vlaanderen.be/ns/ipdc-lpdc#"
CODE = "https://productencatalogus.data.vlaanderen.be/id/concept/"
LBLOD = "http://data.lblod.info/id/"
REFNIS = "http://vocab.belgif.be/auth/refnis2019/"
TALEN = ("nl", "nl-be-x-formal", "nl-be-x-informal", "nl-be-x-generated-formal", "nl-be-x-generated-informal")
ONZE_TAAL = "nl-be-x-informal"  # our own texts say je
TAALCODE = "http://publications.europa.eu/resource/authority/language/"


def _taal(predicaat):
    return {"@id": predicaat, "@container": "@language"}


def _verwijst(predicaat, basis=None):
    term = {"@id": predicaat, "@type": "@id"}
    return term | ({"@context": {"@base": basis}} if basis else {})


def _moment(predicaat):
    return {"@id": predicaat, "@type": "xsd:dateTime"}


CONTEXT = {
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ldes": "https://w3id.org/ldes#",
    "tree": "https://w3id.org/tree#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "http://schema.org/",
    "m8g": "http://data.europa.eu/m8g/",
    "lpdcExt": LPDC,
    "cpsv": "http://purl.org/vocab/cpsv#",
    "ps": "http://vocab.belgif.be/ns/publicservice#",
    "adres_": "https://data.vlaanderen.be/ns/adres#",
    "prov": "http://www.w3.org/ns/prov#",
    # the stream
    "EventStream": "ldes:EventStream",
    "Node": "tree:Node",
    "Relation": "tree:Relation",
    "timestampPath": _verwijst("ldes:timestampPath"),
    "versionOfPath": _verwijst("ldes:versionOfPath"),
    "view": _verwijst("tree:view"),
    "viewDescription": _verwijst("tree:viewDescription"),
    "member": {"@id": "tree:member", "@container": "@set"},
    "relation": {"@id": "tree:relation", "@container": "@set"},
    "node": _verwijst("tree:node"),
    # a snapshot
    "Instantie": "lpdcExt:InstancePublicServiceSnapshot",
    "isVersionOf": _verwijst("dct:isVersionOf"),
    "generatedAtTime": _moment("prov:generatedAtTime"),
    "creatie": _moment("schema:dateCreated"),
    "laatstGewijzigd": _moment("schema:dateModified"),
    "startDienstVerlening": _moment("schema:startDate"),
    "eindeDienstVerlening": _moment("schema:endDate"),
    "aangemaaktDoor": _verwijst("http://purl.org/pav/createdBy"),
    "gearchiveerd": {"@id": "lpdcExt:isArchived", "@type": "xsd:boolean"},
    "productnummer": "schema:productID",
    "linkedConcept": _verwijst("dct:source"),
    "naam": _taal("dct:title"),
    "beschrijving": _taal("dct:description"),
    "verdereBeschrijving": _taal("lpdcExt:additionalDescription"),
    "uitzonderingen": _taal("lpdcExt:exception"),
    "regelgevingTekst": _taal("lpdcExt:regulation"),
    "type": _verwijst("dct:type"),
    "talen": _verwijst("dct:language"),
    "zoektermen": {"@id": "http://www.w3.org/ns/dcat#keyword", "@container": "@language"},
    "bevoegdBestuursniveaus": _verwijst("lpdcExt:competentAuthorityLevel"),
    "bevoegdeOverheden": _verwijst("m8g:hasCompetentAuthority"),
    "uitvoerendBestuursniveaus": _verwijst("lpdcExt:executingAuthorityLevel"),
    "uitvoerendeOverheden": _verwijst("lpdcExt:hasExecutingAuthority"),
    "geografischToepassingsgebieden": _verwijst("dct:spatial"),
    "themas": _verwijst("m8g:thematicArea"),
    "doelgroepen": _verwijst("lpdcExt:targetAudience"),
    "publicatiekanalen": _verwijst("lpdcExt:publicationMedium"),
    "yourEuropeCategorieen": _verwijst("lpdcExt:yourEuropeCategory"),
    "tags": "lpdcExt:instanceTag",
    # parts
    "order": {"@id": "http://www.w3.org/ns/shacl#order", "@type": "xsd:integer"},
    "Voorwaarde": "m8g:Requirement",
    "Bewijs": "m8g:Evidence",
    "Procedure": "cpsv:Rule",
    "Kost": "m8g:Cost",
    "FinancieelVoordeel": "lpdcExt:FinancialAdvantage",
    "Website": "schema:WebSite",
    "Regelgeving": "http://data.europa.eu/eli/ontology#LegalResource",
    "Contactgegeven": "schema:ContactPoint",
    "Adres": "http://www.w3.org/ns/locn#Address",
    "voorwaarden": {"@id": "ps:hasRequirement", "@container": "@set"},
    "bewijs": "ps:hasSupportingEvidence",
    "procedures": {"@id": "cpsv:follows", "@container": "@set"},
    "kosten": {"@id": "m8g:hasCost", "@container": "@set"},
    "financieleVoordelen": {"@id": "cpsv:produces", "@container": "@set"},
    "websites": {"@id": "http://www.w3.org/2000/01/rdf-schema#seeAlso", "@container": "@set"},
    "procedureWebsites": {"@id": "lpdcExt:hasWebsite", "@container": "@set"},
    "regelgeving": {"@id": "m8g:hasLegalResource", "@container": "@set"},
    "contactgegevens": {"@id": "m8g:hasContactPoint", "@container": "@set"},
    "url": "schema:url",
    "email": "schema:email",
    "telefoonnummer": "schema:telephone",
    "openingsuren": "schema:openingHours",
    "adres": "lpdcExt:address",
    "straatnaam": _taal("adres_:Straatnaam"),
    "huisnummer": "adres_:Adresvoorstelling.huisnummer",
    "busnummer": "adres_:Adresvoorstelling.busnummer",
    "postcode": "adres_:postcode",
    "gemeentenaam": _taal("adres_:gemeentenaam"),
    "land": _taal("adres_:land"),
    "verwijstNaar": _verwijst("adres_:verwijstNaar"),
}

# what must be there, in words for staff -> how it is found in the values that go out
VERPLICHT = {
    "een titel": "naam",
    "een beschrijving": "beschrijving",
    "wie het maakte (de URI van het bestuur)": "aangemaaktDoor",
    "een bevoegde overheid": "bevoegdeOverheden",
    "een gebied": "geografischToepassingsgebieden",
}


def instantie_uri(dienst: Dienst) -> str:
    """The identity of a service in LPDC: the one it came with, or one that always stays the same for this service."""
    if dienst.lpdc_uri:
        return dienst.lpdc_uri
    return f"{LBLOD}public-service/{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.SITE_URL}/loket/dienst/{dienst.pk}')}"


def lid(dienst: Dienst, nis_code: str = "", uri: str = "") -> dict:
    """The service as a member without `@id` and `generatedAtTime`. Empty fields are left out.

    `nis_code` is that of the municipality: a service for the whole of it has that area. `uri` is the identity under which
    it went out before, so that another address of the site makes no other service of it.
    """
    ons, uri = onze_waarden(dienst), dienst.lpdc_uri or uri or instantie_uri(dienst)
    taal = dienst.taalvariant if dienst.taalvariant in TALEN else ONZE_TAAL
    deel = _Delen(uri, taal)
    eigen = [dienst.bestuur.uri] if dienst.bestuur.uri and not dienst.aanbieder_id else []
    heel = [f"{REFNIS}{nis_code}"] if nis_code and not dienst.gebieden.all() else []
    waarden = {
        "@type": "Instantie",
        "isVersionOf": uri,
        "creatie": ons["lpdc_gemaakt_op"] or dienst.gemaakt_op.isoformat(),
        "laatstGewijzigd": dienst.gewijzigd_op.isoformat(),
        "aangemaaktDoor": ons["lpdc_gemaakt_door"] or dienst.bestuur.uri,
        "startDienstVerlening": _dag(ons["start"]),
        "eindeDienstVerlening": _dag(ons["einde"]),
        "productnummer": ons["productnummer"],
        "linkedConcept": ons["lpdc_concept"],
        "naam": deel.tekst(ons["titel"]),
        "beschrijving": deel.tekst(ons["beschrijving"]),
        "verdereBeschrijving": deel.tekst(ons["verdere_beschrijving"]),
        "uitzonderingen": deel.tekst(ons["uitzonderingen"]),
        "regelgevingTekst": deel.tekst(ons["regelgeving"]),
        "type": _codes("Type", [ons["type"]] if ons["type"] else []),
        "talen": [TAALCODE + taalcode for taalcode in ons["talen"]],
        "zoektermen": {"nl": ons["zoektermen"]} if ons["zoektermen"] else None,
        "bevoegdBestuursniveaus": _codes("BevoegdBestuursniveau", ons["bevoegde_niveaus"]),
        "bevoegdeOverheden": ons["bevoegde_overheden"] or eigen,
        "uitvoerendBestuursniveaus": _codes("UitvoerendBestuursniveau", ons["uitvoerende_niveaus"]),
        "uitvoerendeOverheden": ons["uitvoerende_overheden"] or eigen,
        "geografischToepassingsgebieden": ons["lpdc_gebieden"] or heel,
        "themas": _codes("Thema", ons["lpdc_themas"]),
        "doelgroepen": _codes("Doelgroep", ons["lpdc_doelgroepen"]),
        "publicatiekanalen": _codes("PublicatieKanaal", ons["publicatiekanalen"]),
        "yourEuropeCategorieen": ons["your_europe"],
        "tags": ons["tags"],
        "voorwaarden": deel.lijst("requirement", ons["voorwaarden"], deel.voorwaarde),
        "procedures": deel.lijst("rule", ons["procedures"], deel.procedure),
        "kosten": deel.lijst("cost", ons["kosten"], deel.gewoon("Kost")),
        "financieleVoordelen": deel.lijst("financial-advantage", ons["voordelen"], deel.gewoon("FinancieelVoordeel")),
        "websites": deel.lijst("website", ons["websites"], deel.gewoon("Website")),
        "regelgeving": deel.lijst("legal-resource", ons["wetgeving"], deel.gewoon("Regelgeving")),
        "contactgegevens": deel.lijst("contact-point", ons["contactpunten"], deel.contactpunt),
    }
    return _gevuld(waarden)


def gebreken(inhoud: dict) -> list:
    """What a member lacks that LPDC asks of every service, in words for staff."""
    missend = [woorden for woorden, sleutel in VERPLICHT.items() if not inhoud.get(sleutel)]
    for contact in inhoud.get("contactgegevens", []):
        adres = contact.get("adres")
        if adres and not {"straatnaam", "huisnummer", "postcode", "gemeentenaam", "land"} <= adres.keys():
            missend.append("een volledig adres van het contactpunt (straat, nummer, postcode, gemeente, land)")
    return list(dict.fromkeys(missend))


def als_jsonld(document: dict) -> bytes:
    return json.dumps({"@context": CONTEXT, **document}, ensure_ascii=False, indent=1).encode()


def als_turtle(document: dict) -> bytes:
    """The same statements as Turtle."""
    graaf = Graph()
    graaf.parse(data=als_jsonld(document), format="json-ld")
    return graaf.serialize(format="turtle", encoding="utf-8")


class _Delen:
    """The parts of one service, each with an identity and its place in the order."""

    def __init__(self, uri, taal):
        self.uri, self.taal = uri, taal

    def tekst(self, waarde):
        return {self.taal: waarde} if waarde else None

    def lijst(self, soort, delen, maak):
        gemaakt = []
        for nummer, deel in enumerate(delen, start=1):
            uri = deel["lpdc_uri"] or f"{self.uri}/{soort}/{nummer}"
            gemaakt.append({"@id": uri, **_gevuld(maak(deel, uri)), "order": nummer})
        return gemaakt

    def gewoon(self, soort):
        return lambda deel, uri: {"@type": soort, **self._kop(deel), "url": deel.get("url")}

    def voorwaarde(self, deel, uri):
        bewijs = {"titel": deel["bewijs_titel"], "beschrijving": deel["bewijs"]}
        heeft = any(bewijs.values())
        eigen = {
            "@id": deel["bewijs_uri"] or f"{uri}/evidence",
            "@type": "Bewijs",
            **_gevuld(self._kop(bewijs)),
            "order": 1,
        }
        return {"@type": "Voorwaarde", **self._kop(deel), "bewijs": eigen if heeft else None}

    def procedure(self, deel, uri):
        onder = _Delen(uri, self.taal)
        websites = onder.lijst("website", deel["websites"], onder.gewoon("Website"))
        return {"@type": "Procedure", **self._kop(deel), "procedureWebsites": websites}

    def contactpunt(self, deel, uri):
        adres = {
            "straatnaam": self.plaats(deel["straat"]),
            "huisnummer": deel["huisnummer"],
            "busnummer": deel["bus"],
            "postcode": deel["postcode"],
            "gemeentenaam": self.plaats(deel["gemeente"]),
            "land": self.plaats(deel["land"] or ("België" if deel["straat"] and deel["postcode"] else "")),
            "verwijstNaar": deel["adres_uri"],
        }
        heeft = any(adres.values())
        return {
            "@type": "Contactgegeven",
            "naam": self.tekst(deel["naam"]),
            "email": deel["email"],
            "telefoonnummer": deel["telefoon"],
            "openingsuren": deel["openingsuren"],
            "url": deel["url"],
            "adres": {"@id": f"{uri}/address", "@type": "Adres", **_gevuld(adres)} if heeft else None,
        }

    def plaats(self, waarde):
        return {"nl": waarde} if waarde else None

    def _kop(self, deel):
        return {"naam": self.tekst(deel["titel"]), "beschrijving": self.tekst(deel["beschrijving"])}


def _codes(lijst, codes):
    return [f"{CODE}{lijst}/{code}" for code in codes]


def _dag(iso):
    return f"{iso}T12:00:00+00:00" if iso else None  # midday, so that no time zone makes it another day


def _gevuld(waarden):
    return {naam: waarde for naam, waarde in waarden.items() if waarde not in (None, "", [], {})}
