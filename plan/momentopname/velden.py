"""Rows of the database as plain data, whatever columns they have."""

from datetime import date
from decimal import Decimal

from plan.models import Alinea


def plat_maken(waarde):
    """A value of a column as JSON knows it: days as ISO, amounts as text with their cents."""
    if isinstance(waarde, Decimal):
        return str(waarde)
    return waarde.isoformat() if isinstance(waarde, date) else waarde


def naamloos(rij):
    """A row that is pointed at, as its code and name; its number where it has none."""
    return {"code": str(getattr(rij, "code", rij.pk)), "naam": str(getattr(rij, "naam", rij))}


def kolommen(rij, buiten=()):
    """Dict of every column of a row but those named in `buiten`; what it points at becomes a code and a name."""
    inhoud = {}
    for veld in rij._meta.concrete_fields:
        if veld.name in buiten:
            continue
        if veld.is_relation:
            doel = getattr(rij, veld.name)
            inhoud[veld.name] = naamloos(doel) if doel else None
        else:
            inhoud[veld.name] = plat_maken(getattr(rij, veld.attname))
    return inhoud


def alineas_van(plan):
    """{key of the part, None for the plan itself: [{"veld", "sleutel", "html"}]} of the paragraphs that are in a text now."""
    per_deel = {}
    rijen = Alinea.objects.filter(plan=plan).geldig().order_by("veld", "volgorde", "pk")
    for alinea in rijen:
        rij = {"veld": alinea.veld, "sleutel": alinea.sleutel, "html": alinea.html}
        per_deel.setdefault(alinea.onderdeel_id, []).append(rij)
    return per_deel
