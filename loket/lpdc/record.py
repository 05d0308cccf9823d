"""One service of LPDC as the values of our own fields, with a list of what it lacks.

`vertaal` never refuses a record: what cannot be read becomes a gap, so a clerk sees per service what to repair.
The values are plain JSON, cleaned, so they can be compared with what we hold and kept as the base of the next import.
"""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone
from rdflib import Literal

from loket.lpdc.begrippen import ADMS, ADRES, CPSV, DCAT, DCT, EXT, LPDC, M8G, PAV, PS, RDFS, SCHEMA, SH, TAALVOORKEUR
from loket.models.dienst import LpdcDoelgroep, LpdcThema, Niveau, Type
from sociaalhuis.tekst import plat, schoon, zonder_onzichtbare

LANGSTE_TEKST = 200_000
GELDIG_ADRES = URLValidator(schemes=["http", "https"])
GRATIS = re.compile(r"\b(gratis|kosteloos|geen kosten|kost niets|kost je niets)\b", re.IGNORECASE)
BEDRAG = re.compile(r"€|\beuro\b|\beur\b", re.IGNORECASE)


class Vertaling:
    """Collects values and gaps of one record while it is read."""

    def __init__(self, lezing):
        self.lezing = lezing
        self.gaten = []

    def gat(self, soort):
        if soort not in self.gaten:
            self.gaten.append(soort)

    # --- single values ---

    def tekst(self, onderwerp, predicaat, lengte=None):
        """The best language variant as plain text; "" when there is none."""
        waarde = plat(self._variant(onderwerp, predicaat))
        if lengte and len(waarde) > lengte:
            self.gat(f"tekst ingekort tot {lengte} tekens")
            waarde = waarde[: lengte - 1].rstrip() + "…"
        return waarde

    def html(self, onderwerp, predicaat):
        """The best language variant as clean HTML; "" when there is none."""
        ruw = self._variant(onderwerp, predicaat)
        if len(ruw) > LANGSTE_TEKST:
            self.gat(f"tekst langer dan {LANGSTE_TEKST // 1000} kB, weggelaten")
            return ""
        return schoon(ruw)

    def _variant(self, onderwerp, predicaat):
        per_taal = {}
        for waarde in onderwerp.alle(predicaat):
            if not isinstance(waarde, Literal):
                continue
            if plat(waarde):
                gelijk = per_taal.setdefault((waarde.language or "").lower(), str(waarde))
                if gelijk != str(waarde):
                    self.gat("twee verschillende teksten voor hetzelfde, de eerste genomen")
        for taal in TAALVOORKEUR:
            if taal in per_taal:
                return per_taal[taal]
        anders = next((t for t in per_taal if t.startswith("nl")), None) or next(iter(per_taal), None)
        if anders is None:
            return ""
        if not anders.startswith("nl"):
            self.gat("geen Nederlandse tekst")
        return per_taal[anders]

    def letterlijk(self, onderwerp, predicaat, lengte=300):
        """The first value as it is, on one line."""
        waarde = " ".join(zonder_onzichtbare(str(onderwerp.een(predicaat) or "")).split())
        if len(waarde) > lengte:
            self.gat("waarde te lang, weggelaten")
            return ""
        return waarde

    def regels(self, onderwerp, predicaat):
        """The first value as it is, its lines kept."""
        ruw = zonder_onzichtbare(str(onderwerp.een(predicaat) or ""))[:2000]
        return "\n".join(filter(None, (" ".join(regel.split()) for regel in ruw.splitlines())))

    def letterlijke(self, onderwerp, predicaat, lengte=300):
        """All values as they are, without doubles, in the order of the file."""
        waarden = [" ".join(zonder_onzichtbare(str(w)).split()) for w in onderwerp.alle(predicaat)]
        if any(len(w) > lengte for w in waarden):
            self.gat("waarde te lang, weggelaten")
        return list(dict.fromkeys(w for w in waarden if 0 < len(w) <= lengte))

    def codes(self, onderwerp, predicaat, keuzes=None, lengte=60):
        """The last part of each URI of a code list; a code that is not in `keuzes` is kept and named as a gap."""
        codes = [_staart(w) for w in self.letterlijke(onderwerp, predicaat)]
        for code in codes:
            if keuzes is not None and code not in keuzes.values:
                self.gat(f"onbekende code {code[:40]}")
        return list(dict.fromkeys(c for c in codes if 0 < len(c) <= lengte))

    def ja(self, onderwerp, predicaat):
        return self.letterlijk(onderwerp, predicaat).lower() in {"true", "1"}

    def moment(self, onderwerp, predicaat):
        """An ISO moment in UTC, or None."""
        ruw = self.letterlijk(onderwerp, predicaat)
        if not ruw:
            return None
        try:
            moment = datetime.fromisoformat(ruw)
        except ValueError:
            self.gat("datum die geen datum is")
            return None
        if not timezone.is_aware(moment):
            moment = timezone.make_aware(moment)
        try:
            return moment.astimezone(timezone.get_fixed_timezone(0)).isoformat()
        except OverflowError:
            self.gat("datum die geen datum is")
            return None

    def dag(self, onderwerp, predicaat):
        """A day of our own time zone as ISO, or None."""
        moment = self.moment(onderwerp, predicaat)
        return timezone.localtime(datetime.fromisoformat(moment)).date().isoformat() if moment else None

    def adres_van_site(self, onderwerp, wat):
        """A web address, or "" with a gap."""
        ruw = self.letterlijk(onderwerp, SCHEMA.url, 1000)
        if not ruw:
            if wat:
                self.gat(f"{wat} zonder adres")
            return ""
        if "://" not in ruw and "." in ruw:
            ruw = f"https://{ruw}"
        try:
            GELDIG_ADRES(ruw)
        except ValidationError:
            self.gat("ongeldig webadres")
            return ""
        return ruw

    # --- parts ---

    def delen(self, onderwerp, predicaat, maak):
        """The parts that a subject points at, as made by `maak(part)`, in their order; None is left out."""
        gemaakt = []
        for knoop in dict.fromkeys(onderwerp.alle(predicaat)):
            deel = self.lezing.deel(knoop)
            if deel is None:
                self.gat("onderdeel dat niet in het bestand staat")
                continue
            if inhoud := maak(deel):
                gemaakt.append((self._volgorde(deel), deel.regel, inhoud))
        return [inhoud for _, _, inhoud in sorted(gemaakt, key=lambda g: g[:2])]

    def _volgorde(self, deel):
        try:
            return int(str(deel.een(SH.order) or 0))
        except ValueError:
            return 0

    def onderdeel(self, deel):
        inhoud = {
            "titel": self.tekst(deel, DCT.title, 300),
            "beschrijving": self.html(deel, DCT.description),
            "lpdc_uri": _identiteit(deel),
        }
        return inhoud if inhoud["titel"] or inhoud["beschrijving"] else None

    def voorwaarde(self, deel):
        bewijzen = self.delen(deel, PS.hasSupportingEvidence, self.onderdeel)
        inhoud = self.onderdeel(deel)
        if not inhoud and not bewijzen:
            return None
        inhoud = inhoud or {"titel": "", "beschrijving": "", "lpdc_uri": _identiteit(deel)}
        bewijs = bewijzen[0] if bewijzen else {"titel": "", "beschrijving": "", "lpdc_uri": ""}
        return inhoud | {
            "bewijs_titel": bewijs["titel"],
            "bewijs": bewijs["beschrijving"],
            "bewijs_uri": bewijs["lpdc_uri"],
        }

    def procedure(self, deel):
        websites = self.delen(deel, LPDC.hasWebsite, self.website)
        inhoud = self.onderdeel(deel)
        if not inhoud and not websites:
            return None
        return (inhoud or {"titel": "", "beschrijving": "", "lpdc_uri": _identiteit(deel)}) | {"websites": websites}

    def website(self, deel):
        return self._met_adres(deel, "website")

    def wet(self, deel):
        return self._met_adres(deel, "wetgeving")

    def _met_adres(self, deel, wat):
        url = self.adres_van_site(deel, wat)
        if not url:
            return None
        return {
            "titel": self.tekst(deel, DCT.title, 300),
            "beschrijving": self.html(deel, DCT.description),
            "lpdc_uri": _identiteit(deel),
            "url": url,
        }

    def contactpunt(self, deel):
        email = self.letterlijk(deel, SCHEMA.email).removeprefix("mailto:")
        if email:
            try:
                validate_email(email)
            except ValidationError:
                self.gat("ongeldig e-mailadres")
                email = ""
        adressen = self.delen(deel, LPDC.address, self.adres)
        adres = adressen[0] if adressen else dict.fromkeys(
            ("straat", "huisnummer", "bus", "postcode", "gemeente", "land", "adres_uri"), ""
        )  # fmt: skip
        inhoud = {
            "naam": self.tekst(deel, DCT.title, 120),
            "email": email,
            "telefoon": self.letterlijk(deel, SCHEMA.telephone, 40),
            "url": self.adres_van_site(deel, ""),
            "openingsuren": self.regels(deel, SCHEMA.openingHours),
            **adres,
        }
        if not any(inhoud.values()):
            self.gat("leeg contactpunt")
            return None
        return inhoud | {"lpdc_uri": _identiteit(deel)}

    def adres(self, deel):
        adres = {
            "straat": self.tekst(deel, ADRES.Straatnaam, 120),
            "huisnummer": self.letterlijk(deel, ADRES["Adresvoorstelling.huisnummer"], 20),
            "bus": self.letterlijk(deel, ADRES["Adresvoorstelling.busnummer"], 20),
            "postcode": self.letterlijk(deel, ADRES.postcode, 10),
            "gemeente": self.tekst(deel, ADRES.gemeentenaam, 80),
            "land": self.tekst(deel, ADRES.land, 60),
            "adres_uri": self.letterlijk(deel, ADRES.verwijstNaar),
        }
        if not all(adres[v] for v in ("straat", "huisnummer", "postcode", "gemeente")):
            self.gat("onvolledig adres")
        return adres if any(adres.values()) else None


def _staart(uri):
    return uri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _identiteit(deel):
    """The URI of a part; a blank node has none."""
    return deel.uri if "://" in deel.uri and len(deel.uri) <= 300 else ""


def vertaal(lezing, record):
    """(values, gaps) of a service: a dict of our field names to JSON values, and a list of Dutch words."""
    v = Vertaling(lezing)
    types = v.codes(record, DCT.type, Type)
    start, einde = v.dag(record, SCHEMA.startDate), v.dag(record, SCHEMA.endDate)
    if start and einde and einde < start:
        v.gat("eindigt voor het begint, einddatum weggelaten")
        einde = None
    waarden = {
        "titel": v.tekst(record, DCT.title, 300),
        "beschrijving": v.html(record, DCT.description),
        "verdere_beschrijving": v.html(record, LPDC.additionalDescription),
        "uitzonderingen": v.html(record, LPDC.exception),
        "regelgeving": v.html(record, LPDC.regulation),
        "type": types[0] if types and types[0] in Type.values else "",
        "start": start,
        "einde": einde,
        "zoektermen": v.letterlijke(record, DCAT.keyword),
        "bevoegde_niveaus": v.codes(record, LPDC.competentAuthorityLevel, Niveau, 30),
        "bevoegde_overheden": v.letterlijke(record, M8G.hasCompetentAuthority),
        "uitvoerende_niveaus": v.codes(record, LPDC.executingAuthorityLevel, Niveau, 30),
        "uitvoerende_overheden": v.letterlijke(record, LPDC.hasExecutingAuthority),
        "lpdc_gebieden": v.letterlijke(record, DCT.spatial),
        "lpdc_themas": v.codes(record, M8G.thematicArea, LpdcThema),
        "lpdc_doelgroepen": v.codes(record, LPDC.targetAudience, LpdcDoelgroep),
        "publicatiekanalen": v.codes(record, LPDC.publicationMedium),
        "your_europe": v.letterlijke(record, LPDC.yourEuropeCategory),
        "tags": v.letterlijke(record, LPDC.instanceTag, 100),
        "talen": [_staart(t)[:30] for t in v.letterlijke(record, DCT.language)],
        "taalvariant": v.letterlijk(record, LPDC.dutchLanguageVariant, 40),
        "omzetting_nodig": v.ja(record, LPDC.needsConversionFromFormalToInformal),
        "productnummer": v.letterlijk(record, SCHEMA.productID, 40),
        "lpdc_concept": v.letterlijk(record, DCT.source),
        "lpdc_conceptsnapshot": v.letterlijk(record, EXT.hasVersionedSource),
        "lpdc_versie_van": v.letterlijk(record, DCT.isVersionOf),
        "lpdc_gemaakt_door": v.letterlijk(record, PAV.createdBy),
        "lpdc_status": _staart(v.letterlijk(record, ADMS.status))[:60],
        "lpdc_herziening": _staart(v.letterlijk(record, EXT.reviewStatus))[:60],
        "lpdc_fusie": v.ja(record, LPDC.forMunicipalityMerger),
        "lpdc_gearchiveerd": v.ja(record, LPDC.isArchived),
        "lpdc_gemaakt_op": v.moment(record, SCHEMA.dateCreated),
        "lpdc_gewijzigd_op": v.moment(record, SCHEMA.dateModified),
        "voorwaarden": v.delen(record, PS.hasRequirement, v.voorwaarde),
        "procedures": v.delen(record, CPSV.follows, v.procedure),
        "kosten": v.delen(record, M8G.hasCost, v.onderdeel),
        "voordelen": v.delen(record, CPSV.produces, v.onderdeel),
        "websites": v.delen(record, RDFS.seeAlso, v.website),
        "wetgeving": v.delen(record, M8G.hasLegalResource, v.wet),
        "contactpunten": v.delen(record, M8G.hasContactPoint, v.contactpunt),
    }
    waarden["gratis"] = is_gratis(waarden["kosten"])
    waarden["status"] = "gepubliceerd" if _genoeg(waarden) else "ontwerp"
    _verplichte_gaten(v, waarden)
    return waarden, v.gaten


def is_gratis(kosten):
    """True when the costs say so and name no amount."""
    tekst = " ".join(f"{k['titel']} {plat(k['beschrijving'])}" for k in kosten)
    return bool(GRATIS.search(tekst)) and not BEDRAG.search(tekst)


def _genoeg(waarden):
    """Enough to show to a citizen: a title and a description, and not put away at the source."""
    return bool(waarden["titel"] and waarden["beschrijving"] and not waarden["lpdc_gearchiveerd"])


def _verplichte_gaten(v, waarden):
    verplicht = {
        "titel": "geen titel",
        "beschrijving": "geen beschrijving",
        "lpdc_gemaakt_op": "geen aanmaakdatum",
        "lpdc_gewijzigd_op": "geen wijzigingsdatum",
        "lpdc_gemaakt_door": "niet bekend wie het maakte",
        "bevoegde_overheden": "geen bevoegde overheid",
        "lpdc_gebieden": "geen gebied",
    }
    for veld, gat in verplicht.items():
        if not waarden[veld]:
            v.gat(gat)
