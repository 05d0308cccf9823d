"""Three sides of one service: ours (what we hold), theirs (what the source says now), base (what it said when we took it).

The rule per field: never changed here, then theirs is taken; changed here and not there, then ours stays; changed on
both sides, then ours stays and theirs waits in `bron_verschil` for a clerk.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.db import models

from loket.models import Contactpunt, Dienst, Kost, Procedure, Voordeel, Voorwaarde, Website, Wetgeving

GEEN = object()

GEWONE_VELDEN = [
    "titel", "beschrijving", "verdere_beschrijving", "uitzonderingen", "regelgeving", "type", "gratis", "start", "einde",
    "zoektermen", "status", "bevoegde_niveaus", "bevoegde_overheden", "uitvoerende_niveaus", "uitvoerende_overheden",
    "lpdc_gebieden", "lpdc_themas", "lpdc_doelgroepen", "publicatiekanalen", "your_europe", "tags", "talen",
    "taalvariant", "omzetting_nodig", "productnummer", "lpdc_concept", "lpdc_conceptsnapshot", "lpdc_versie_van",
    "lpdc_gemaakt_door", "lpdc_status", "lpdc_herziening", "lpdc_fusie", "lpdc_gearchiveerd", "lpdc_gemaakt_op",
    "lpdc_gewijzigd_op",
]  # fmt: skip

ONDERDEEL = ["titel", "beschrijving", "lpdc_uri"]
KINDEREN = {
    "voorwaarden": (Voorwaarde, [*ONDERDEEL, "bewijs_titel", "bewijs", "bewijs_uri"]),
    "procedures": (Procedure, ONDERDEEL),
    "kosten": (Kost, ONDERDEEL),
    "voordelen": (Voordeel, ONDERDEEL),
    "websites": (Website, [*ONDERDEEL, "url"]),
    "wetgeving": (Wetgeving, [*ONDERDEEL, "url"]),
    "contactpunten": (
        Contactpunt,
        ["naam", "email", "telefoon", "url", "openingsuren", "straat", "huisnummer", "bus", "postcode", "gemeente",
         "land", "adres_uri", "lpdc_uri"],
    ),
}  # fmt: skip
WEBSITE_VELDEN = KINDEREN["websites"][1]


def als_json(waarde):
    """A value of a model field in the shape that the source values have."""
    if isinstance(waarde, datetime):
        return waarde.astimezone(UTC).isoformat()
    if isinstance(waarde, date):
        return waarde.isoformat()
    return waarde


def van_json(naam, waarde):
    """The other way round, for a field of Dienst."""
    veld = Dienst._meta.get_field(naam)
    if waarde and isinstance(veld, models.DateTimeField):
        return datetime.fromisoformat(waarde)
    if waarde and isinstance(veld, models.DateField):
        return date.fromisoformat(waarde)
    return waarde


def onze_waarden(dienst):
    """What we hold, as JSON values with the same names as the source values."""
    waarden = {naam: als_json(getattr(dienst, naam)) for naam in GEWONE_VELDEN}
    for naam, (_, velden) in KINDEREN.items():
        waarden[naam] = [_deel(kind, velden) for kind in getattr(dienst, naam).all()]
    alle_websites = list(dienst.websites.all())
    waarden["websites"] = [_deel(w, WEBSITE_VELDEN) for w in alle_websites if w.procedure_id is None]
    for procedure, inhoud in zip(dienst.procedures.all(), waarden["procedures"], strict=True):
        inhoud["websites"] = [_deel(w, WEBSITE_VELDEN) for w in alle_websites if w.procedure_id == procedure.pk]
    return waarden


def _deel(kind, velden):
    return {naam: getattr(kind, naam) for naam in velden}


@dataclass
class Uitkomst:
    """Per field: what to take over, the new base, and what waits for a decision."""

    over_te_nemen: dict = field(default_factory=dict)
    basis: dict = field(default_factory=dict)
    verschil: dict = field(default_factory=dict)


def vergelijk(*, ons, hun, basis):
    """The `Uitkomst` of the rule above."""
    uitkomst = Uitkomst(basis=dict(basis))
    for naam, hunne in hun.items():
        onze, oude = ons[naam], basis.get(naam, GEEN)
        if onze == hunne:
            uitkomst.basis[naam] = hunne
        elif onze == oude or (oude is GEEN and not onze):
            uitkomst.over_te_nemen[naam] = uitkomst.basis[naam] = hunne
        elif hunne != oude:
            uitkomst.verschil[naam] = hunne
    return uitkomst
