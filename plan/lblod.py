"""The words of the Flemish standard for decisions (LBLOD, applicatieprofiel Besluit Publicatie), for RDFa on our pages."""

from sociaalhuis.models import Bestuursorgaan

Orgaan = Bestuursorgaan.Soort

PREFIX = (
    "besluit: http://data.vlaanderen.be/ns/besluit# eli: http://data.europa.eu/eli/ontology#"
    " prov: http://www.w3.org/ns/prov# dct: http://purl.org/dc/terms/ skos: http://www.w3.org/2004/02/skos/core#"
    " org: http://www.w3.org/ns/org# besluittype: https://data.vlaanderen.be/id/concept/BesluitType/"
    " xsd: http://www.w3.org/2001/XMLSchema#"
)
CLASSIFICATIE = "http://data.vlaanderen.be/id/concept/BestuursorgaanClassificatieCode/"
# migration 20180320140700 of app-digitaal-loket
ORGAANCODE = {
    Orgaan.GEMEENTERAAD: "5ab0e9b8a3b2ca7c5e000005",
    Orgaan.COLLEGE: "5ab0e9b8a3b2ca7c5e000006",
    Orgaan.RMW: "5ab0e9b8a3b2ca7c5e000007",
    Orgaan.VAST_BUREAU: "5ab0e9b8a3b2ca7c5e000008",
    Orgaan.BIJZONDER_COMITE: "5ab0e9b8a3b2ca7c5e000009",
}
MEERJARENPLAN = "2f189152-1786-4b55-a3a9-d7f06de63f1c"
VASTSTELLING = "73d5d79f-3f70-4ca9-9512-e216300cd3ac"
AANPASSING = "1869e152-e724-4dd7-927c-a11e7d832858"
VAST = {"vaststelling-ocmw", "vaststelling-gemeente"}


def classificatie(orgaan):
    """The URI of the kind of body: as the town filled it in, else that of the Flemish list; "" for an advisory council."""
    if orgaan is None:
        return ""
    return orgaan.uri or CLASSIFICATIE + ORGAANCODE[orgaan.soort]


def besluittype(besluit):
    """The code of the kind of decision within `besluittype:`, "" for a step that the Flemish list does not know."""
    if not besluit.raadspad_id:
        return ""
    if besluit.stap in VAST:
        return VASTSTELLING if besluit.raadspad.nummer == 1 else AANPASSING
    return MEERJARENPLAN if besluit.stap == "goedkeuring-ocmw" else ""
